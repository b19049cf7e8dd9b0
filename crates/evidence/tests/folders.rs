//! Published folders: what is there, what is missing, and what absence says.
#![allow(clippy::expect_used, reason = "a test stops where something is not as it must be")]

mod common;

use common::gather_folder;
use falconer_dotnet::image::sample::sample;
use falconer_dotnet::platform::Arch;
use falconer_dotnet::publish::Target;
use falconer_evidence::{MemoryTree, Server, deployment};
use falconer_observation::{Channel, ChannelState, Evidence};

const RUNTIMECONFIG: &[u8] =
    br#"{"runtimeOptions":{"tfm":"net8.0","framework":{"name":"Microsoft.AspNetCore.App","version":"8.0.0"}}}"#;

fn web_config(attributes: &str) -> Vec<u8> {
    format!(
        "<configuration><location path=\".\" inheritInChildApplications=\"false\"><system.webServer><handlers><add name=\"aspNetCore\" \
         path=\"*\" verb=\"*\" modules=\"AspNetCoreModuleV2\" resourceType=\"Unspecified\" /></handlers><aspNetCore {attributes} />\
         </system.webServer></location></configuration>"
    )
    .into_bytes()
}

fn has(evidence: &Evidence, id: &str) -> bool {
    evidence.facts.iter().any(|f| f.id == id)
}

#[test]
fn a_dll_that_arguments_name_and_the_folder_lacks_is_found_at_its_spot() {
    let config = web_config(r#"processPath="dotnet" arguments=".\Appp.dll" hostingModel="inprocess""#);
    let evidence = gather_folder(&[
        ("web.config", &config),
        ("App.dll", b"MZ"),
        ("App.runtimeconfig.json", RUNTIMECONFIG),
    ]);
    let fact =
        evidence.facts.iter().find(|f| f.id == "join.arguments-target-missing").expect("it is missing");
    let spot = fact.span.clone().expect("it has a spot");
    assert_eq!(&evidence.observations[fact.observation].text[spot], ".\\Appp.dll");
}

#[test]
fn names_match_in_any_case_as_on_windows() {
    let config = web_config(r#"processPath="dotnet" arguments=".\APP.DLL""#);
    let evidence = gather_folder(&[
        ("web.config", &config),
        ("App.dll", b"MZ"),
        ("App.runtimeconfig.json", RUNTIMECONFIG),
    ]);
    assert!(!has(&evidence, "join.arguments-target-missing"));
}

#[test]
fn an_executable_that_is_not_there_is_found() {
    let config = web_config(r#"processPath=".\App.exe""#);
    let evidence = gather_folder(&[
        ("web.config", &config),
        ("App.dll", b"MZ"),
        ("App.runtimeconfig.json", RUNTIMECONFIG),
    ]);
    assert!(has(&evidence, "join.process-path-target-missing"));
}

#[test]
fn a_stdout_log_that_is_switched_on_and_not_there_is_evidence() {
    let on = web_config(
        r#"processPath="dotnet" arguments=".\App.dll" stdoutLogEnabled="true" stdoutLogFile=".\logs\stdout""#,
    );
    let files: Vec<(&str, &[u8])> =
        vec![("web.config", &on), ("App.dll", b"MZ"), ("App.runtimeconfig.json", RUNTIMECONFIG)];
    assert_eq!(gather_folder(&files).channel(Channel::Stdout), ChannelState::Nothing);
    let empty = [files.clone(), vec![("logs/stdout_20240101100000_1.log", b"")]].concat();
    assert_eq!(gather_folder(&empty).channel(Channel::Stdout), ChannelState::Empty);
    let off = web_config(
        r#"processPath="dotnet" arguments=".\App.dll" stdoutLogEnabled="false" stdoutLogFile=".\logs\stdout""#,
    );
    let files: Vec<(&str, &[u8])> =
        vec![("web.config", &off), ("App.dll", b"MZ"), ("App.runtimeconfig.json", RUNTIMECONFIG)];
    assert_eq!(gather_folder(&files).channel(Channel::Stdout), ChannelState::NotLooked);
}

#[test]
fn a_debug_log_that_is_switched_on_and_not_there_is_evidence() {
    let settings = |level: &str| {
        format!(
            "<configuration><system.webServer><aspNetCore processPath=\"dotnet\" arguments=\".\\App.dll\"><handlerSettings>\
             <handlerSetting name=\"debugFile\" value=\".\\logs\\debug.log\" /><handlerSetting name=\"debugLevel\" value=\"{level}\" />\
             </handlerSettings></aspNetCore></system.webServer></configuration>"
        )
        .into_bytes()
    };
    let (on, off) = (settings("FILE,TRACE"), settings("CONSOLE"));
    let state = |config: &[u8], logs: &[(&str, &[u8])]| {
        let files: [(&str, &[u8]); 3] =
            [("web.config", config), ("App.dll", b"MZ"), ("App.runtimeconfig.json", RUNTIMECONFIG)];
        gather_folder(&[&files, logs].concat()).channel(Channel::DebugLog)
    };
    assert_eq!(state(&on, &[]), ChannelState::Nothing);
    assert_eq!(state(&on, &[("logs/debug.log", b"")]), ChannelState::Empty);
    assert_eq!(state(&on, &[("logs/debug.log", b"[aspnetcorev2.dll] x")]), ChannelState::Present);
    assert_eq!(state(&off, &[]), ChannelState::NotLooked);
}

#[test]
fn app_offline_is_found_in_any_case() {
    assert!(has(&gather_folder(&[("App_Offline.HTM", b"<p>back soon</p>")]), "folder.app-offline-present"));
}

#[test]
fn an_invalid_runtimeconfig_is_found_with_its_spot() {
    let evidence =
        gather_folder(&[("App.dll", b"MZ"), ("App.runtimeconfig.json", b"{ \"runtimeOptions\": { , } }")]);
    let fact = evidence.facts.iter().find(|f| f.id == "folder.runtimeconfig-invalid").expect("it is invalid");
    assert!(fact.span.is_some());
}

#[test]
fn files_of_a_site_that_are_no_evidence_are_left_alone() {
    let evidence = gather_folder(&[
        ("App.dll", b"MZ"),
        ("App.runtimeconfig.json", RUNTIMECONFIG),
        ("wwwroot/index.html", b"<html><body>HTTP Error 500.30 - how we fixed it</body></html>"),
        ("data/notes.txt", b"HTTP Error 502.5"),
    ]);
    assert!(evidence.observations.iter().all(|o| o.channel != Channel::Page), "{:?}", evidence.observations);
}

#[test]
fn a_dotnet_root_lists_its_runtimes() {
    let evidence = gather_folder(&[
        ("host/fxr/8.0.1/hostfxr.dll", b"MZ"),
        ("shared/Microsoft.NETCore.App/8.0.1/Microsoft.NETCore.App.deps.json", b"{}"),
    ]);
    assert!(evidence.observations.iter().any(|o| o.channel == Channel::Runtimes && o.text.contains("8.0.1")));
}

/// What is found in a folder that starts `process_path` with a 64-bit or 32-bit worker process.
fn deployed(attributes: &str, app: &str, pool: Arch) -> Evidence {
    let runtimeconfig = RUNTIMECONFIG.to_vec();
    let tree = MemoryTree::new([
        ("web.config".to_owned(), web_config(attributes)),
        ("App.dll".to_owned(), sample(app).expect("words for an image")),
        ("App.runtimeconfig.json".to_owned(), runtimeconfig),
    ]);
    deployment("site", &tree, &Server::default(), &Target { pool: Some(pool), ..Target::IIS })
}

#[test]
fn the_bitness_of_the_pool_matters_to_what_runs_in_its_process() {
    let differs = |attributes: &str, app: &str, pool| {
        has(&deployed(attributes, app, pool), "folder.architecture-differs-from-pool")
    };
    let (x86, x64) = ("pe x86 assembly", "pe x64 assembly");
    let inside = r#"processPath="dotnet" arguments=".\App.dll" hostingModel="inprocess""#;
    assert!(differs(inside, x86, Arch::X64));
    assert!(differs(inside, x64, Arch::X86));
    let outside = r#"processPath="dotnet" arguments=".\App.dll" hostingModel="outofprocess""#;
    assert!(differs(outside, x86, Arch::X64), "the dotnet of the PATH has 64 bits");
    assert!(!differs(outside, x64, Arch::X86), "and it does not depend on the pool");
    let own = r#"processPath="C:\x86\dotnet.exe" arguments=".\App.dll" hostingModel="outofprocess""#;
    assert!(!differs(own, x86, Arch::X64));
    let executable = r#"processPath=".\App.exe" hostingModel="outofprocess""#;
    assert!(!differs(executable, x64, Arch::X86));
}

#[test]
fn a_web_config_without_its_app_is_found_where_the_folder_is_deployed() {
    let starts = |attributes: &str, others: &[&str]| {
        let files = others.iter().map(|name| ((*name).to_owned(), b"{}".to_vec()));
        let config = [("web.config".to_owned(), web_config(attributes))];
        let tree = MemoryTree::new(files.chain(config));
        deployment("site", &tree, &Server::default(), &Target::IIS)
    };
    let dll = r#"processPath="dotnet" arguments=".\App.dll""#;
    assert!(has(&starts(dll, &["appsettings.json"]), "join.arguments-target-missing"));
    assert!(has(
        &starts(r#"processPath=".\App.exe""#, &["wwwroot/a.css"]),
        "join.process-path-target-missing"
    ));
    for (attributes, others) in [
        (dll, &[][..]),
        (dll, &["App.csproj", "Program.cs"]),
        (r#"processPath="python" arguments="app.py""#, &["app.py"]),
    ] {
        let evidence = starts(attributes, others);
        assert!(!evidence.facts.iter().any(|fact| fact.id.starts_with("join.")), "{others:?}");
    }
}

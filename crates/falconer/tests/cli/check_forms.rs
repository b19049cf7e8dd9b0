//! `falconer check` is silent on every form of web.config that the SDK writes, and on apps in company.

use falconer_dotnet::image::sample::sample;
use tempfile::TempDir;

use crate::support::{Ran, falconer, folder};

/// What the SDK writes of an app's start (WebConfigTransform of the Web SDK), with the programs that go with it.
const STARTS: [(&str, &[&str]); 4] = [
    (r#"processPath="dotnet" arguments=".\App.dll""#, &[]),
    (r#"processPath="dotnet" arguments=".\App.dll""#, &["App.exe"]),
    (r#"processPath=".\App.exe""#, &["App.exe"]),
    (r#"processPath=".\App.exe" arguments="""#, &["App.exe"]),
];

const MODELS: [&str; 5] = [
    r#" hostingModel="inprocess""#,
    r#" hostingModel="InProcess""#,
    r#" hostingModel="outofprocess""#,
    r#" hostingModel="OutOfProcess""#,
    "",
];

const LOGS: [&str; 2] = [r#"".\logs\stdout""#, r#""\\?\%home%\LogFiles\stdout""#];

const TARGETS: [&[&str]; 4] = [
    &["--target", "iis"],
    &["--target", "iis", "--bitness", "64"],
    &["--target", "iis-express"],
    &["--target", "azure"],
];

fn app(web_config: &str, programs: &[&str]) -> TempDir {
    let config = br#"{"runtimeOptions":{"tfm":"net8.0","frameworks":[
        {"name":"Microsoft.NETCore.App","version":"8.0.0"},{"name":"Microsoft.AspNetCore.App","version":"8.0.0"}]}}"#;
    let dll = sample("pe anycpu assembly").unwrap();
    let exe = sample("pe x64 apphost App.dll").unwrap();
    let mut files: Vec<(&str, &[u8])> =
        vec![("App.dll", &dll), ("App.runtimeconfig.json", config), ("web.config", web_config.as_bytes())];
    files.extend(programs.iter().map(|program| (*program, exe.as_slice())));
    folder(&files)
}

fn check(folder: &TempDir, arguments: &[&str]) -> Ran {
    let ran = falconer().args(["check", "--no-config", "--today", "2026-01-01", "--fail-on", "warning"]);
    ran.args(arguments).args([folder.path()]).run()
}

fn web_config(start: &str, log: &str, model: &str, inner: &str, located: bool) -> String {
    let element = format!("<aspNetCore {start} stdoutLogEnabled=\"false\" stdoutLogFile={log}{model}");
    let element = if inner.is_empty() { element + " />" } else { format!("{element}>{inner}</aspNetCore>") };
    let server = format!(
        "<system.webServer>\r\n<handlers>\r\n<add name=\"aspNetCore\" path=\"*\" verb=\"*\" \
         modules=\"AspNetCoreModuleV2\" resourceType=\"Unspecified\" />\r\n</handlers>\r\n{element}\r\n</system.webServer>"
    );
    let body = match located {
        true => {
            format!("<location path=\".\" inheritInChildApplications=\"false\">\r\n{server}\r\n</location>")
        }
        false => server,
    };
    format!(
        "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<configuration>\r\n{body}\r\n</configuration>\r\n\
         <!--ProjectGuid: 3f8a0c0e-4e0e-4b66-9b8a-5c1d2e6f7a90-->"
    )
}

#[test]
fn the_forms_of_the_sdk_are_silent() {
    let environment = "<environmentVariables><environmentVariable name=\"ASPNETCORE_ENVIRONMENT\" value=\"Staging\" />\
                       </environmentVariables>";
    for (start, programs) in STARTS {
        for (number, model) in MODELS.into_iter().enumerate() {
            // Each of the other choices with some of the models: all with all would be the same again.
            let inner = ["", environment, "<environmentVariables />"][number % 3];
            let target = TARGETS[number % TARGETS.len()];
            // The log of App Service is written when publishing to it.
            let log = if target.contains(&"azure") { LOGS[1] } else { LOGS[0] };
            let text = web_config(start, log, model, inner, number % 2 == 0);
            let ran = check(&app(&text, programs), target);
            assert!(
                !ran.stdout.contains("warning[") && !ran.stdout.contains("error["),
                "{text}\n{}",
                ran.stdout
            );
            ran.quietly_exits(0);
        }
    }
}

/// A web project that refers to a worker project publishes both.
#[test]
fn an_app_beside_the_web_application_needs_no_runtime() {
    let text = web_config(STARTS[0].0, LOGS[0], MODELS[0], "", true);
    let folder = app(&text, &[]);
    let worker = br#"{"runtimeOptions":{"tfm":"net6.0","framework":{"name":"Microsoft.NETCore.App","version":"6.0.0"}}}"#;
    std::fs::write(folder.path().join("Worker.runtimeconfig.json"), worker).unwrap();
    std::fs::write(folder.path().join("Worker.dll"), sample("pe anycpu assembly").unwrap()).unwrap();
    let only_8 = [
        "--runtime",
        "Microsoft.NETCore.App/8.0.11",
        "--runtime",
        "Microsoft.AspNetCore.App/8.0.11",
        "--ignore",
        "folder.target-framework-out-of-support",
    ];
    check(&folder, &only_8).quietly_exits(0).does_not_say("framework-not-installed");
    let only_6 = ["--runtime", "Microsoft.NETCore.App/6.0.36"];
    check(&folder, &only_6).quietly_exits(1).says("framework-not-installed");
}

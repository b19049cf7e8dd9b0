//! `falconer check`: what it finds, how it answers, what it leaves out and what it repairs.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use falconer_dotnet::image::sample::sample;
use jsonschema::Validator;
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{Falconer, Ran, falconer, folder, write};

/// As `dotnet publish` writes it, with places for what a test changes.
fn web_config(attributes: &str) -> String {
    format!(
        "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<configuration>\r\n  \
         <location path=\".\" inheritInChildApplications=\"false\">\r\n    <system.webServer>\r\n      \
         <handlers>\r\n        <add name=\"aspNetCore\" path=\"*\" verb=\"*\" modules=\"AspNetCoreModuleV2\" \
         resourceType=\"Unspecified\" />\r\n      </handlers>\r\n      \
         <aspNetCore processPath=\"dotnet\" arguments=\".\\App.dll\" {attributes} />\r\n    \
         </system.webServer>\r\n  </location>\r\n</configuration>\r\n"
    )
}

const HEALTHY: &str = "stdoutLogEnabled=\"false\" hostingModel=\"inprocess\"";
const MISSPELT: &str = "stdoutLogEnabled=\"false\" hostingModl=\"inprocess\"";
const CHECK: &str = "web-config.unknown-attribute";

fn published(attributes: &str) -> TempDir {
    let dll = sample("pe anycpu assembly").unwrap();
    let config = "{\n  \"runtimeOptions\": {\n    \"tfm\": \"net8.0\",\n    \"frameworks\": [\n      { \"name\": \
                  \"Microsoft.NETCore.App\", \"version\": \"8.0.0\" },\n      { \"name\": \
                  \"Microsoft.AspNetCore.App\", \"version\": \"8.0.0\" }\n    ]\n  }\n}\n";
    folder(&[
        ("publish/App.dll", &dll),
        ("publish/App.runtimeconfig.json", config.as_bytes()),
        ("publish/web.config", web_config(attributes).as_bytes()),
    ])
}

fn check(folder: &TempDir) -> Falconer {
    falconer().args(["check", "--today", "2026-01-01"]).args([folder.path().join("publish")])
}

fn found(ran: &Ran) -> Vec<String> {
    let report = ran.json();
    let findings = report["findings"].as_array().unwrap();
    findings.iter().map(|finding| finding["check"].as_str().unwrap().to_owned()).collect()
}

fn read(folder: &TempDir, file: &str) -> Vec<u8> {
    fs::read(folder.path().join(file)).unwrap()
}

fn all_files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut todo = vec![folder.to_owned()];
    while let Some(dir) = todo.pop() {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => todo.push(path),
                false => drop(files.insert(path.display().to_string(), fs::read(&path).unwrap())),
            }
        }
    }
    files
}

#[test]
fn a_healthy_folder_exits_with_0_and_says_what_was_not_checked() {
    let ran = check(&published(HEALTHY)).run().quietly_exits(0);
    ran.says("no failure found").says("not checked: ").says("permissions (no Windows target)");
}

#[test]
fn what_will_fail_is_named_with_its_place_and_what_it_will_look_like() {
    let ran = check(&published(MISSPELT)).run().quietly_exits(1);
    ran.says(&format!("error[{CHECK}]"))
        .says("hostingModl")
        .says("hostingModel")
        .says("500.19")
        .says("--fix");
}

#[test]
fn a_runtime_that_the_target_lacks_is_found_by_each_way_to_tell_it() {
    let folder = published(HEALTHY);
    write(
        &folder.path().join("runtimes.txt"),
        "Microsoft.NETCore.App 6.0.36 [C:\\Program Files\\dotnet\\shared\\Microsoft.NETCore.App]\r\n",
    );
    for version in ["6.0.36", "9.0.1"] {
        for framework in ["Microsoft.NETCore.App", "Microsoft.AspNetCore.App"] {
            write(
                &folder
                    .path()
                    .join(format!("root-{version}/shared/{framework}/{version}/{framework}.deps.json")),
                "{}",
            );
        }
    }
    let inventory = folder.path().join("runtimes.txt");
    let root = folder.path().join("root-6.0.36");
    for arguments in [
        vec!["--runtime".into(), "Microsoft.NETCore.App/6.0.36".into()],
        vec!["--inventory".into(), inventory.into_os_string()],
        vec!["--dotnet-root".into(), root.into_os_string()],
    ] {
        let ran = check(&folder).args(["--format", "json"]).args(arguments).run().quietly_exits(1);
        assert!(found(&ran).contains(&"join.framework-not-installed".to_owned()), "{}", ran.stdout);
    }
    let fitting =
        ["--runtime", "Microsoft.NETCore.App/8.0.11", "--runtime", "Microsoft.AspNetCore.App/8.0.11"];
    let ran = check(&folder).args(["--format", "json"]).args(fitting).run().quietly_exits(0);
    assert_eq!(found(&ran), [""; 0]);
    let not_checked = ran.json()["not_checked"].to_string();
    assert!(!not_checked.contains("runtimes"), "{not_checked}");
}

#[test]
fn an_archive_is_checked_like_the_folder_and_cannot_be_repaired() {
    let folder = published(MISSPELT);
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for file in ["App.dll", "App.runtimeconfig.json", "web.config"] {
        zip.start_file(file, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut zip, &read(&folder, &format!("publish/{file}"))).unwrap();
    }
    let archive = folder.path().join("publish.zip");
    fs::write(&archive, zip.finish().unwrap().into_inner()).unwrap();
    let ran = falconer().args(["check", "--format", "json"]).args([&archive]).run().quietly_exits(1);
    assert!(found(&ran).contains(&CHECK.to_owned()), "{}", ran.stdout);
    falconer().args(["check", "--fix"]).args([&archive]).run().exits(2).complains("unpack it");
}

#[test]
fn every_report_fits_the_schema() {
    let schema = falconer().args(["schema", "check"]).run().quietly_exits(0).json();
    let schema: Validator = jsonschema::validator_for(&schema).unwrap();
    for (attributes, arguments) in [(HEALTHY, vec![]), (MISSPELT, vec![]), (MISSPELT, vec!["--diff"])] {
        let report: Value =
            check(&published(attributes)).args(["--format", "json"]).args(arguments).run().json();
        let errors: Vec<String> = schema.iter_errors(&report).map(|error| error.to_string()).collect();
        assert_eq!(errors, [""; 0], "{report}");
    }
}

#[test]
fn the_threshold_decides_about_the_exit_code() {
    let folder = published(MISSPELT);
    check(&folder).args(["--exit-zero"]).run().quietly_exits(0).says(CHECK);
    check(&folder).args(["--fail-on", "never"]).run().quietly_exits(0).says(CHECK);
    check(&folder).args(["--fail-on", "note"]).run().quietly_exits(1);
    let logging =
        published("stdoutLogEnabled=\"true\" stdoutLogFile=\".\\logs\\stdout\" hostingModel=\"inprocess\"");
    check(&logging).run().quietly_exits(0).says("web-config.stdout-log-enabled");
    check(&logging).args(["--fail-on", "warning"]).run().quietly_exits(1);
}

#[test]
fn a_finding_is_left_out_where_somebody_asks_for_it() {
    let folder = published(MISSPELT);
    let ran = check(&folder).args(["--format", "json", "--ignore", CHECK]).run().quietly_exits(0);
    assert!(!found(&ran).contains(&CHECK.to_owned()), "{}", ran.stdout);
    assert_eq!(ran.json()["suppressed"][0]["by"], "--ignore");
    check(&folder).args(["--select", "apphost"]).run().quietly_exits(0).does_not_say(CHECK);

    let text = web_config(MISSPELT).replace(
        "<aspNetCore ",
        &format!(
            "<!-- falconer: ignore[{CHECK}] reason: the schema is extended there -->\r\n      <aspNetCore "
        ),
    );
    write(&folder.path().join("publish/web.config"), text);
    let ran = check(&folder).args(["--format", "json"]).run().quietly_exits(0);
    assert_eq!(ran.json()["suppressed"][0]["reason"], "the schema is extended there");

    let settings = format!("[[check.suppress]]\ncheck = \"{CHECK}\"\nreason = \"known\"\n");
    let folder = published(MISSPELT);
    write(&folder.path().join("falconer.toml"), settings);
    check(&folder).run().quietly_exits(0).does_not_say(&format!("error[{CHECK}]"));
    check(&folder).args(["--no-config"]).run().quietly_exits(1);
}

#[test]
fn what_suppresses_nothing_is_told() {
    let folder = published(HEALTHY);
    check(&folder).args(["--ignore", CHECK]).run().quietly_exits(0).says("--ignore").says("nothing of");
    check(&folder).args(["--ignore", "web-config.unknwon-attribute"]).run().exits(2).complains(CHECK);
}

#[test]
fn a_repair_changes_what_is_wrong_and_no_other_byte() {
    let folder = published(MISSPELT);
    let before = read(&folder, "publish/web.config");
    let ran = check(&folder).args(["--fix"]).run().quietly_exits(0);
    ran.says("fixed").says("publish.original");
    let after = read(&folder, "publish/web.config");
    assert_eq!(after, web_config(HEALTHY).into_bytes());
    assert_eq!(read(&folder, "publish.original/web.config"), before);
    // There is nothing left to repair.
    check(&folder).args(["--fix"]).run().quietly_exits(0).does_not_say("fixed");
    assert_eq!(read(&folder, "publish/web.config"), after);
    assert!(!folder.path().join("publish.original.2").exists());
}

#[test]
fn a_difference_is_shown_and_nothing_is_written() {
    let folder = published(MISSPELT);
    let before = all_files(folder.path());
    let ran = check(&folder).args(["--diff"]).run().quietly_exits(1);
    ran.says("-      <aspNetCore processPath=\"dotnet\" arguments=\".\\App.dll\" stdoutLogEnabled=\"false\" hostingModl")
        .says("+      <aspNetCore processPath=\"dotnet\" arguments=\".\\App.dll\" stdoutLogEnabled=\"false\" hostingModel");
    assert_eq!(all_files(folder.path()), before);
}

#[test]
fn what_is_not_safe_is_repaired_only_when_asked_for() {
    let logging = "stdoutLogEnabled=\"true\" stdoutLogFile=\".\\logs\\stdout\" hostingModel=\"inprocess\"";
    let folder = published(logging);
    check(&folder).args(["--fix"]).run().quietly_exits(0);
    assert_eq!(read(&folder, "publish/web.config"), web_config(logging).into_bytes());
    check(&folder).args(["--fix=unsafe"]).run().quietly_exits(0).says("fixed");
    let after = String::from_utf8(read(&folder, "publish/web.config")).unwrap();
    assert!(after.contains("stdoutLogEnabled=\"false\""), "{after}");
}

#[test]
fn fingerprints_stay_when_lines_move_and_no_two_findings_share_one() {
    let marks = |text: &str| {
        let folder = published(HEALTHY);
        write(&folder.path().join("publish/web.config"), text);
        let report = check(&folder).args(["--format", "json"]).run().json();
        let findings = report["findings"].as_array().unwrap().clone();
        findings.iter().map(|finding| finding["fingerprint"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let twice = web_config("hostingModel=\"inprocess\"").replace(
        " hostingModel=\"inprocess\" />",
        "><environmentVariables><variable /><variable /></environmentVariables></aspNetCore>",
    );
    let before = marks(&twice);
    let mut unique = before.clone();
    unique.sort();
    unique.dedup();
    assert!(before.len() > 2 && unique.len() == before.len(), "{before:?}");
    assert_eq!(marks(&twice.replace("<configuration>", "<configuration>\r\n\r\n  <!-- moved -->")), before);
}

#[test]
fn a_secret_does_not_reach_the_answer() {
    let secret = "Sup3rS3cretPassw0rd";
    let text = web_config(HEALTHY).replace(
        "hostingModel=\"inprocess\" />",
        &format!(
            "hostingModel=\"inprocess\">\r\n        <environmentVariables>\r\n          <environmentVariable \
             name=\"ConnectionStrings__Shop\" value=\"Server=sql;User ID=app;Password={secret}\" />\r\n        \
             </environmentVariables>\r\n      </aspNetCore>"
        ),
    );
    let folder = published(HEALTHY);
    write(&folder.path().join("publish/web.config"), text);
    for format in
        ["full", "concise", "json", "sarif", "github", "azure", "gitlab", "junit", "markdown", "html"]
    {
        check(&folder)
            .args(["--verbose", "--format", format])
            .run()
            .quietly_exits(0)
            .says("web-config.secret-in-environment-variable")
            .does_not_say(secret);
    }
}

#[test]
fn init_writes_settings_that_check_reads_and_keeps_those_that_are_there() {
    let folder = published(HEALTHY);
    falconer().args(["init"]).args([folder.path()]).run().exits(0).complains("wrote ");
    check(&folder).run().quietly_exits(0);
    falconer().args(["init"]).args([folder.path()]).run().exits(2).complains("is there already");
}

#[test]
fn a_wrong_setting_is_named_with_its_place_and_what_is_meant() {
    let folder = published(HEALTHY);
    write(&folder.path().join("falconer.toml"), "[check]\ntaget = \"iis\"\n");
    check(&folder).run().exits(2).complains("falconer.toml:2:1").complains("\"target\"");
}

#[test]
fn what_is_no_app_is_told_and_exits_with_3() {
    let folder = folder(&[("publish/notes.txt", b"hello")]);
    check(&folder).run().exits(3);
    falconer().args(["check", "no-such-folder"]).run().exits(3).complains("no-such-folder");
}

#[test]
fn a_check_is_explained_by_its_id() {
    falconer()
        .args(["explain", CHECK])
        .run()
        .quietly_exits(0)
        .says("500.19")
        .says("aspnetcore-section-invalid");
    falconer().args(["list", "checks"]).run().quietly_exits(0).says(CHECK);
}

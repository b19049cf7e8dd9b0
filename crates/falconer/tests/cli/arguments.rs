//! What can be given to `diagnose`, and how.

use crate::samples::{FRAMEWORK_MISSING, FRAMEWORK_MISSING_ID, HEALTHY, SYMPTOM, WEB_CONFIG};
use crate::support::{diagnose_json, falconer, folder};

#[test]
fn bare_words_are_one_text() {
    let words = diagnose_json().args(["HTTP", "Error", "500.30"]).run().quietly_exits(4);
    assert_eq!(words.json()["inputs"][0]["file"], "argument 1");
    assert_eq!(words.json()["inputs"].as_array().unwrap().len(), 1);
    assert_eq!(words.json()["symptoms"][0]["quote"], "HTTP Error 500.30");
}

#[test]
fn a_negative_number_is_no_flag() {
    diagnose_json().args(["exit", "code", "-2147450730"]).run().says(FRAMEWORK_MISSING_ID);
}

#[test]
fn standard_input_is_read_when_nothing_is_named_and_when_it_is_named() {
    for arguments in [&[][..], &["-"]] {
        let ran = diagnose_json().args(arguments).stdin(FRAMEWORK_MISSING).run().quietly_exits(1);
        assert_eq!(ran.diagnoses()[0], FRAMEWORK_MISSING_ID);
        assert_eq!(ran.json()["inputs"][0]["file"], "-");
    }
}

#[test]
fn files_folders_words_and_standard_input_go_together() {
    let folder = folder(&[("a.log", HEALTHY.as_bytes()), ("site/web.config", WEB_CONFIG.as_bytes())]);
    let ran = diagnose_json()
        .args([folder.path().join("a.log"), folder.path().join("site")])
        .args(["HTTP", "Error", "500.30", "-"])
        .stdin(FRAMEWORK_MISSING)
        .run()
        .quietly_exits(1);
    assert_eq!(ran.json()["inputs"].as_array().unwrap().len(), 4);
}

#[test]
fn a_mistyped_path_is_a_warning_and_the_rest_is_diagnosed() {
    let folder = folder(&[("stdout.log", FRAMEWORK_MISSING.as_bytes())]);
    let ran = diagnose_json()
        .args([folder.path().join("stdout.log"), folder.path().join("evnts.evtx")])
        .args(["logs\\missing"])
        .run()
        .quietly_exits(1);
    let warnings = ran.warnings();
    assert_eq!(warnings.len(), 2, "{warnings:?}");
    assert!(warnings[0].0.ends_with("evnts.evtx") && warnings[1].0 == "logs\\missing", "{warnings:?}");
    assert!(warnings.iter().all(|(_, text)| text.contains("there is no such file or folder")));
}

#[test]
fn a_file_that_is_named_twice_is_read_once() {
    let folder = folder(&[("web.config", WEB_CONFIG.as_bytes()), ("stdout.log", HEALTHY.as_bytes())]);
    let file = folder.path().join("web.config");
    let twice = folder.path().join(".").join("web.config");
    let ran = diagnose_json().args([&file, &twice]).args([folder.path()]).run().quietly_exits(0);
    assert_eq!(ran.json()["inputs"].as_array().unwrap().len(), 2, "{}", ran.stdout);
}

#[test]
fn kinds_are_found_by_content_whatever_the_name_says() {
    let folder = folder(&[("x", WEB_CONFIG.as_bytes()), ("y", b"HTTP/1.1 503 Service Unavailable\r\n\r\n")]);
    let ran = diagnose_json().args([folder.path()]).run();
    let kinds: Vec<_> = ran.json()["inputs"].as_array().unwrap().iter().map(|i| i["kind"].clone()).collect();
    assert_eq!(kinds, ["web.config", "browser"]);
}

#[test]
fn wrong_usage_exits_with_2_and_says_what_would_be_right() {
    let cases: [(&[&str], &str); 9] = [
        (&["diagnose", "--format", "yaml", "x"], "full, concise, json, markdown, html"),
        (&["diagnose", "--state", "event-log", "x"], "event-log=nothing"),
        (&["diagnose", "--state", "evt=nothing", "x"], "use one of page, event-log"),
        (&["diagnose", "--state", "page=gone", "x"], "use nothing, empty or present"),
        (&["diagnose", "--threads", "0", "x"], "--threads"),
        (&["diagnose", "--colour", "x"], "--color"),
        (&["diagnsoe"], "diagnose"),
        (&["explain"], "<WHAT>"),
        (&["--catalog", "no-such-folder", "list"], "no-such-folder"),
    ];
    for (arguments, hint) in cases {
        falconer().args(arguments).run().exits(2).complains(hint);
    }
}

#[test]
fn help_and_version_go_to_standard_output() {
    falconer().args(["--help"]).run().quietly_exits(0).says("nothing is sent, nothing is changed");
    falconer().args(["--version"]).run().quietly_exits(0).says("falconer ");
    let help = falconer().args(["diagnose", "--help"]).run().quietly_exits(0);
    for code in ["0 ", "1 ", "2 ", "3 ", "4 ", "70 "] {
        assert!(help.stdout.lines().any(|line| line.trim_start().starts_with(code)), "{code}");
    }
    falconer().run().exits(2).complains("Usage: falconer");
}

#[test]
fn one_thread_and_many_give_the_same_answer() {
    let filler = "2026-11-02 10:00:00 info: all is well here\n".repeat(40_000);
    let log = format!("{filler}{FRAMEWORK_MISSING}{filler}");
    let folder = folder(&[("app.log", log.as_bytes())]);
    let answer = |threads: &str| {
        diagnose_json().args(["--threads", threads]).args([folder.path()]).run().quietly_exits(1).stdout
    };
    assert_eq!(answer("1"), answer("4"));
}

#[test]
fn a_folder_of_rule_packs_adds_failures() {
    let pack = folder(&[("queue-missing.toml", QUEUE_MISSING.as_bytes())]);
    let with = || diagnose_json().args(["--catalog"]).args([pack.path()]);
    let ran = with().args(["w3wp.exe says that the billing queue is not there"]).run().quietly_exits(1);
    assert_eq!(ran.diagnoses(), ["billing-queue-missing"]);
    let by_variable = diagnose_json()
        .env("FALCONER_CATALOG", pack.path().to_str().unwrap())
        .args(["w3wp.exe says that the billing queue is not there"])
        .run();
    assert_eq!(by_variable.diagnoses(), ["billing-queue-missing"]);
    diagnose_json().args([SYMPTOM]).run().does_not_say("billing-queue-missing");
}

#[test]
fn a_wrong_rule_pack_is_refused_with_its_place() {
    let pack = folder(&[("a.toml", QUEUE_MISSING.replace("\"proves\"", "\"prooves\"").as_bytes())]);
    falconer()
        .args(["list", "--catalog"])
        .args([pack.path()])
        .run()
        .exits(2)
        .complains("a.toml")
        .complains("prooves");
}

/// A failure of somebody's own.
pub(crate) const QUEUE_MISSING: &str = r#"
id = "billing-queue-missing"
scenario = "other"
title = "The queue of the billing service is missing"
summary = "The app waits for a queue that nobody has made."
sources = ["our own runbook"]

[[rule]]
strength = "proves"
because = "the app says that the queue is not there"
all = [{ text = "the billing queue is not there" }]

[[remedy]]
for = "any"
text = "Make the queue."

[[case]]
name = "the app says so"
expect = "certain"
[case.files]
"stdout.log" = "the billing queue is not there"
"#;

//! `falconer list`: all that is known.

use crate::support::falconer;

const KINDS: [&str; 5] = ["failures", "messages", "scenarios", "codes", "channels"];

#[test]
fn every_kind_is_listed_in_every_format() {
    for (kind, some) in KINDS.into_iter().zip([
        "shared-framework-missing",
        "ancm.managed-exception",
        "missing-shared-framework",
        "0x80008096",
        "event-log",
    ]) {
        for format in ["text", "markdown", "json"] {
            falconer().args(["list", kind, "--format", format]).run().quietly_exits(0).says(some);
        }
        let json = falconer().args(["list", kind, "-f", "json"]).run().json();
        assert_eq!(json["format_version"], 1);
        assert!(json[kind].as_array().unwrap().len() > 10, "{kind}");
    }
}

#[test]
fn failures_are_listed_when_nothing_is_said_one_a_line() {
    let ran = falconer().args(["list"]).env("COLUMNS", "400").run().quietly_exits(0);
    let failures = falconer().args(["list", "-f", "json"]).run().json();
    let number = failures["failures"].as_array().unwrap().len();
    assert!(number >= 100);
    assert!(ran.stdout.lines().count() >= number);
}

#[test]
fn messages_have_every_wording_and_what_they_point_to() {
    let json = falconer().args(["list", "messages", "-f", "json"]).run().json();
    let messages = json["messages"].as_array().unwrap();
    let message = messages.iter().find(|m| m["id"] == "hostfxr.framework-not-found").unwrap();
    assert!(message["wordings"].as_array().unwrap().len() >= 4);
    assert!(
        message["wordings"].to_string().contains("Framework: '<framework>', version '<version>' (<arch>)")
    );
    assert!(message["failures"].to_string().contains("shared-framework-missing"));
}

#[test]
fn each_scenario_has_failures() {
    let json = falconer().args(["list", "scenarios", "-f", "json"]).run().json();
    for scenario in json["scenarios"].as_array().unwrap() {
        assert!(!scenario["failures"].as_array().unwrap().is_empty(), "{scenario}");
    }
}

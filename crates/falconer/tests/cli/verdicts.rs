//! What an answer comes to, and the exit code that says it.

use crate::samples::{FRAMEWORK_MISSING, FRAMEWORK_MISSING_ID, HEALTHY, SYMPTOM, WEB_CONFIG};
use crate::support::{diagnose_json, falconer, folder};

#[test]
fn a_named_cause_exits_with_1_and_comes_first() {
    falconer()
        .args(["diagnose"])
        .stdin(FRAMEWORK_MISSING)
        .run()
        .quietly_exits(1)
        .says(&format!("certain[{FRAMEWORK_MISSING_ID}]: "))
        .says("Microsoft.AspNetCore.App 8.0.0")
        .says("net start w3svc")
        .says(&format!("next: falconer explain {FRAMEWORK_MISSING_ID}"));
}

#[test]
fn a_healthy_input_exits_with_0_and_prints_one_line() {
    let folder = folder(&[("stdout.log", HEALTHY.as_bytes()), ("web.config", WEB_CONFIG.as_bytes())]);
    let ran = falconer().args(["diagnose"]).args([folder.path()]).run().quietly_exits(0);
    assert_eq!(ran.stdout.lines().count(), 1, "{}", ran.stdout);
    ran.says("no failure found in 2 inputs (stdout log, web.config)");
}

#[test]
fn a_symptom_exits_with_4_and_names_what_would_settle_it() {
    falconer()
        .args(["diagnose", SYMPTOM])
        .run()
        .quietly_exits(4)
        .says("cause not known")
        .says("HTTP Error 500.30")
        .says("would settle it, cheapest first")
        .says("Get-WinEvent")
        .says("on Azure App Service:");
}

#[test]
fn nothing_that_can_be_read_exits_with_3() {
    falconer()
        .args(["diagnose", "no-such-file.evtx"])
        .run()
        .quietly_exits(3)
        .says("no-such-file.evtx: could not be read: there is no such file or folder")
        .says("no evidence could be read");
}

#[test]
fn words_in_which_nothing_is_recognised_are_no_sign_of_health() {
    falconer()
        .args(["diagnose", "-f", "concise", "0x80070002"])
        .run()
        .quietly_exits(3)
        .says("no failure is recognised in these words; `falconer explain` tells what is known of it");
    let ran = falconer().args(["diagnose", "my", "site", "is", "purple"]).run().quietly_exits(3);
    ran.says("no failure is recognised in these words").does_not_say("falconer explain");
}

#[test]
fn exit_zero_turns_failures_into_0_but_not_the_lack_of_evidence() {
    falconer().args(["diagnose", "--exit-zero"]).stdin(FRAMEWORK_MISSING).run().quietly_exits(0);
    falconer().args(["diagnose", "--exit-zero", SYMPTOM]).run().quietly_exits(0);
    falconer().args(["diagnose", "--exit-zero", "no-such-file.evtx"]).run().quietly_exits(3);
}

#[test]
fn the_verdict_in_json_is_the_exit_code_in_words() {
    for (input, code, verdict) in [
        (FRAMEWORK_MISSING, 1, "cause-named"),
        (HEALTHY, 0, "healthy"),
        (SYMPTOM, 4, "cause-unknown"),
        ("", 3, "no-evidence"),
    ] {
        let ran = diagnose_json().stdin(input).run().quietly_exits(code);
        assert_eq!(ran.json()["verdict"], verdict, "{input}");
    }
}

#[test]
fn what_is_known_to_be_absent_is_said_by_flags_and_comes_back() {
    let ran = diagnose_json()
        .args([SYMPTOM, "--state", "event-log=nothing", "--state", "stdout=empty"])
        .run()
        .quietly_exits(4);
    let report = ran.json();
    let state = |channel: &str| {
        let channels = report["channels"].as_array().unwrap();
        channels.iter().find(|c| c["channel"] == channel).map(|c| c["state"].clone())
    };
    assert_eq!(state("event-log").unwrap(), "nothing");
    assert_eq!(state("stdout").unwrap(), "empty");
    assert_eq!(state("page").unwrap(), "present");
    // Nobody is sent for what was looked at already.
    let missing = report["missing_evidence"].to_string();
    assert!(!missing.contains("event log") && !missing.contains("own output"), "{missing}");
}

#[test]
fn what_is_given_wins_over_what_is_said() {
    let ran = diagnose_json().args(["--state", "stdout=nothing", "-"]).stdin(HEALTHY).run();
    let folder = folder(&[("stdout.log", HEALTHY.as_bytes())]);
    let given = diagnose_json().args(["--state", "stdout=nothing"]).args([folder.path()]).run().exits(0);
    assert!(given.json()["channels"].to_string().contains(r#"{"channel":"stdout","state":"present"}"#));
    ran.quietly_exits(0);
}

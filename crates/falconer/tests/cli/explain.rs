//! `falconer explain`: from what somebody has in hand to what is known of it.

use serde_json::Value;

use crate::samples::FRAMEWORK_MISSING;
use crate::support::{Ran, falconer};

fn explain(what: &str) -> Ran {
    falconer().args(["explain", "--format", "json"]).args([what]).run().quietly_exits(0)
}

fn ids(ran: &Ran, list: &str, name: &str) -> Vec<String> {
    let entries = ran.json()[list].as_array().unwrap().clone();
    entries.iter().map(|entry: &Value| entry[name].as_str().unwrap().to_owned()).collect()
}

#[test]
fn an_id_gives_the_page_of_its_failure() {
    falconer()
        .args(["explain", "shared-framework-missing"])
        .run()
        .quietly_exits(0)
        .says("shared-framework-missing: The shared framework that the app asks for is not installed")
        .says("\n  how it shows\n")
        .says("\n  what to do\n")
        .says("\n  sources\n");
}

#[test]
fn a_status_gives_its_message_and_its_failures_best_first() {
    let ran = explain("500.30");
    assert_eq!(ids(&ran, "messages", "id")[0], "page.500.30");
    assert_eq!(ids(&ran, "failures", "id")[0], "http-500-30-only");
    let all = ids(&explain("502"), "messages", "id");
    assert!(all.contains(&"page.502.5".to_owned()), "{all:?}");
}

#[test]
fn a_code_is_found_in_every_notation() {
    for text in ["0x80008096", "80008096", "-2147450730", "2147516566", "150", "exit code 150"] {
        let ran = explain(text);
        assert_eq!(ids(&ran, "codes", "name"), ["FrameworkMissingFailure"], "{text}");
        assert!(ids(&ran, "failures", "id").contains(&"shared-framework-missing".to_owned()), "{text}");
    }
    assert_eq!(ids(&explain("0x80070002"), "codes", "name"), ["ERROR_FILE_NOT_FOUND"]);
    assert_eq!(ids(&explain("193"), "codes", "name"), ["ERROR_BAD_EXE_FORMAT"], "a Win32 error");
}

#[test]
fn an_event_gives_all_messages_that_are_written_with_it() {
    for text in ["1018", "event 1018", "Event ID: 1018"] {
        let ran = explain(text);
        assert!(ids(&ran, "messages", "id").contains(&"ancm.managed-exception".to_owned()), "{text}");
        assert!(ran.json()["messages"].as_array().unwrap().iter().all(|m| m["event"] == 1018), "{text}");
    }
    let wordings = explain("1007").json()["messages"][0]["wordings"].as_array().unwrap().len();
    assert!(wordings >= 3, "every era is shown");
}

#[test]
fn an_exception_and_a_fragment_of_a_message_are_found() {
    let exception = explain("FileNotFoundException");
    assert!(ids(&exception, "messages", "id").contains(&"runtime.assembly-not-found".to_owned()));
    let fragment = falconer().args(["explain", "-f", "json", "failed", "to", "load", "coreclr"]).run();
    assert_eq!(ids(&fragment, "messages", "id")[0], "ancm.load-clr-failed");
}

#[test]
fn a_whole_message_is_found_with_its_values() {
    let ran = explain(FRAMEWORK_MISSING);
    assert!(ids(&ran, "messages", "id").contains(&"hostfxr.framework-not-found".to_owned()));
    assert_eq!(ids(&ran, "failures", "id")[0], "shared-framework-missing");
}

#[test]
fn a_scenario_gives_its_failures() {
    let ran = explain("missing-shared-framework");
    assert_eq!(ids(&ran, "scenarios", "id"), ["missing-shared-framework"]);
    assert!(ids(&ran, "failures", "id").contains(&"shared-framework-missing".to_owned()));
}

#[test]
fn a_message_by_its_id_is_that_message_alone() {
    assert_eq!(ids(&explain("ancm.managed-exception"), "messages", "id"), ["ancm.managed-exception"]);
}

#[test]
fn several_failures_are_a_list_unless_all_is_wanted() {
    let list = falconer().args(["explain", "500.19"]).run().quietly_exits(0);
    assert!(!list.stdout.contains("what to do"));
    let list = list.says("failures that it points to, best first").says("next: falconer explain ");
    let pages = falconer().args(["explain", "-v", "500.19"]).run().quietly_exits(0);
    assert!(pages.stdout.matches("what to do").count() > 3);
    assert!(pages.stdout.len() > 2 * list.stdout.len());
}

#[test]
fn the_page_comes_as_markdown_too() {
    falconer()
        .args(["explain", "-f", "markdown", "shared-framework-missing"])
        .run()
        .quietly_exits(0)
        .says("# The shared framework that the app asks for is not installed\n")
        .says("## What to do\n");
}

#[test]
fn what_is_not_known_exits_with_3_and_suggests_what_is_near() {
    falconer()
        .args(["explain", "shared-framwork-mising"])
        .run()
        .exits(3)
        .complains("nothing is known of 'shared-framwork-mising'; did you mean shared-framework-missing?");
    falconer().args(["explain", "xyzzy"]).run().exits(3).complains("`falconer list`");
    let ran = falconer().args(["explain", "-f", "json", "xyzzy"]).run().exits(3);
    assert_eq!(ran.json()["failures"].as_array().unwrap().len(), 0, "JSON is JSON in any case");
}

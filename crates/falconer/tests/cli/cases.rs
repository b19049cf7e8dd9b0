//! `falconer cases`: the worked cases of catalogue files.

use crate::arguments::QUEUE_MISSING;
use crate::support::{falconer, folder};

fn cases(pack: &str) -> crate::support::Ran {
    let pack = folder(&[("pack.toml", pack.as_bytes())]);
    falconer().args(["cases", "billing-queue-missing", "--catalog"]).args([pack.path()]).run()
}

#[test]
fn the_cases_of_a_rule_pack_are_run() {
    cases(QUEUE_MISSING).quietly_exits(0).says("1 passed, 0 failed");
}

#[test]
fn a_case_that_fails_is_named_with_what_came_instead() {
    cases(&QUEUE_MISSING.replace("expect = \"certain\"", "expect = \"likely\""))
        .quietly_exits(1)
        .says("billing-queue-missing: the app says so: expected Likely, got billing-queue-missing (Certain)")
        .says("0 passed, 1 failed");
}

#[test]
fn a_text_that_the_diagnosis_lacks_is_named() {
    cases(&QUEUE_MISSING.replace("expect = \"certain\"", "expect = \"certain\"\nsays = [\"orders\"]"))
        .quietly_exits(1)
        .says("the diagnosis does not say \"orders\"");
}

#[test]
fn an_unknown_id_is_wrong_usage() {
    falconer()
        .args(["cases", "no-such-failure"])
        .run()
        .exits(2)
        .complains("there is no failure 'no-such-failure'");
}

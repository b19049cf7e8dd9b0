//! Every format of `diagnose`, and where it goes.

use std::fs;

use crate::samples::{FRAMEWORK_MISSING, FRAMEWORK_MISSING_ID, SYMPTOM};
use crate::support::{falconer, folder};

#[test]
fn concise_is_one_line_for_each_diagnosis_that_editors_can_follow() {
    let folder = folder(&[("stdout.log", FRAMEWORK_MISSING.as_bytes())]);
    let ran = falconer().args(["diagnose", "-f", "concise"]).args([folder.path()]).run().quietly_exits(1);
    let first = ran.stdout.lines().next().unwrap();
    let (place, what) = first.split_once(": ").unwrap();
    let (file, line) = place.rsplit_once(':').unwrap();
    assert!(file.ends_with("stdout.log") && line.parse::<u32>().is_ok(), "{first}");
    assert!(what.starts_with(&format!("certain[{FRAMEWORK_MISSING_ID}]: ")), "{first}");
}

#[test]
fn markdown_has_headings_and_fenced_proof() {
    falconer()
        .args(["diagnose", "--format", "markdown"])
        .stdin(FRAMEWORK_MISSING)
        .run()
        .quietly_exits(1)
        .says("## Certain: ")
        .says("### Evidence\n")
        .says("```text\n")
        .says("Framework: 'Microsoft.AspNetCore.App', version '8.0.0' (x64)");
}

#[test]
fn html_is_one_page_that_loads_nothing() {
    let ran =
        falconer().args(["diagnose", "--format", "html"]).stdin(FRAMEWORK_MISSING).run().quietly_exits(1);
    assert!(ran.stdout.starts_with("<!DOCTYPE html>"));
    ran.says("Microsoft.AspNetCore.App").does_not_say("<script").does_not_say("src=\"http");
}

#[test]
fn verbose_shows_what_was_read_and_the_sources() {
    falconer()
        .args(["diagnose", "-v"])
        .stdin(FRAMEWORK_MISSING)
        .run()
        .quietly_exits(1)
        .says("\n  sources\n")
        .says("\nread\n")
        .says("\nchannels\n");
}

#[test]
fn an_answer_goes_to_a_file_in_the_format_of_its_name() {
    let folder = folder(&[]);
    for (name, begins) in
        [("a.html", "<!DOCTYPE html>"), ("a.json", "{\n"), ("a.md", "## Certain"), ("a.txt", "certain[")]
    {
        let path = folder.path().join(name);
        let ran = falconer()
            .args(["diagnose", "--output"])
            .args([&path])
            .stdin(FRAMEWORK_MISSING)
            .run()
            .exits(1)
            .complains("falconer: wrote ");
        assert_eq!(ran.stdout, "");
        let written = fs::read_to_string(&path).unwrap();
        assert!(written.starts_with(begins), "{name}: {written}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 4, "no temporary file is left");
}

#[test]
fn the_flag_wins_over_the_ending() {
    let folder = folder(&[]);
    let path = folder.path().join("a.html");
    falconer().args(["diagnose", "-f", "json", "-o"]).args([&path]).stdin(SYMPTOM).run().exits(4);
    assert!(fs::read_to_string(&path).unwrap().starts_with('{'));
}

#[test]
fn an_answer_that_cannot_be_written_leaves_what_was_there() {
    let folder = folder(&[("there/a.json", b"old")]);
    let output = |name: &str| {
        falconer().args(["diagnose", "-o"]).args([folder.path().join(name)]).stdin(SYMPTOM).run().exits(2)
    };
    output("missing/a.json").complains("a.json: ");
    output("there").complains("is a folder");
    assert_eq!(fs::read_dir(folder.path().join("there")).unwrap().count(), 1);
    output_over(&folder.path().join("there/a.json"));
}

fn output_over(path: &std::path::Path) {
    falconer().args(["diagnose", "-o"]).args([path]).stdin(SYMPTOM).run().exits(4);
    assert!(fs::read_to_string(path).unwrap().starts_with('{'), "an old answer is replaced");
}

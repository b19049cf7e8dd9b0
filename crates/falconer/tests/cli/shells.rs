//! Completions, manual pages, anchors.

use std::fs;

use crate::support::{falconer, folder};

#[test]
fn every_shell_gets_completions_of_all_commands() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        falconer().args(["completions", shell]).run().quietly_exits(0).says("diagnose").says("no-redact");
    }
    falconer().args(["completions", "cmd"]).run().exits(2).complains("bash");
}

#[test]
fn the_manual_has_a_page_for_each_command() {
    falconer().args(["man"]).run().quietly_exits(0).says(".TH falconer 1");
    let dir = folder(&[]);
    let pages = dir.path().join("man1");
    falconer().args(["man"]).args([&pages]).run().quietly_exits(0);
    let diagnose = fs::read_to_string(pages.join("falconer-diagnose.1")).unwrap();
    assert!(diagnose.contains(".TH falconer-diagnose 1") && diagnose.contains("no\\-redact"));
    for command in ["explain", "list", "book", "cases", "schema", "completions", "man"] {
        assert!(pages.join(format!("falconer-{command}.1")).is_file(), "{command}");
    }
    assert!(!pages.join("falconer-anchors.1").exists(), "it is for benchmarks only");
}

#[test]
fn anchors_are_the_fixed_texts_that_logs_are_searched_for() {
    let ran = falconer().args(["anchors"]).run().quietly_exits(0).says("failed to load coreclr");
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert!(lines.len() > 300 && lines.iter().all(|line| line.trim().len() >= 4), "{}", lines.len());
    assert!(lines.is_sorted());
}

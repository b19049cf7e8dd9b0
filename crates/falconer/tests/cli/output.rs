//! What the terminal gets: colours, width, letters, closed pipes.

use crate::samples::{FRAMEWORK_MISSING, SYMPTOM};
use crate::support::{Falconer, falconer};

fn full() -> Falconer {
    falconer().args(["diagnose"]).stdin(FRAMEWORK_MISSING)
}

#[test]
fn a_pipe_gets_no_colours_unless_they_are_asked_for() {
    full().run().does_not_say("\u{1b}");
    full().args(["--color", "always"]).run().says("\u{1b}[");
    full().env("CLICOLOR_FORCE", "1").run().says("\u{1b}[");
    full().env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1").run().does_not_say("\u{1b}");
    full().env("CLICOLOR_FORCE", "1").args(["--color", "never"]).run().does_not_say("\u{1b}");
}

#[test]
fn lines_of_prose_fit_the_columns_and_commands_are_not_broken() {
    for columns in [50, 80, 100] {
        let ran = falconer()
            .args(["diagnose"])
            .args([SYMPTOM])
            .env("COLUMNS", &columns.to_string())
            .run()
            .says("Out-File events.txt");
        let prose = ran.stdout.lines().filter(|line| !line.starts_with("          "));
        for line in prose {
            assert!(line.chars().count() <= columns, "{columns}: {line}");
        }
    }
}

#[test]
fn only_ascii_is_drawn_where_the_locale_or_the_user_says_so() {
    full().run().says("•");
    for ascii in [full().env("LC_ALL", "C"), full().args(["--ascii"])] {
        let ran = ascii.run();
        assert!(ran.stdout.is_ascii(), "{}", ran.stdout);
    }
}

#[test]
fn a_reader_that_has_enough_is_no_failure() {
    let mut child = falconer().args(["list", "messages", "--format", "json"]).command().spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[test]
fn the_exit_code_of_a_diagnosis_outlives_its_reader() {
    let mut child = falconer().args(["diagnose", SYMPTOM]).command().spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait_with_output().unwrap().status.code(), Some(4));
}

#[test]
fn nothing_that_acts_on_a_terminal_comes_out_of_evidence() {
    let hostile = format!("\u{1b}]0;owned\u{7}\u{1b}[2J{FRAMEWORK_MISSING}\u{202e}\u{9b}31m");
    for format in ["full", "concise", "json", "markdown", "html"] {
        let ran = falconer().args(["diagnose", "-v", "-f", format]).stdin(hostile.clone()).run().exits(1);
        let acts = |c: char| c.is_control() && c != '\n' || matches!(c, '\u{202e}' | '\u{9b}');
        assert!(!ran.stdout.chars().any(acts), "{format}: {:?}", ran.stdout);
    }
}

use falconer_report::Options;
use falconer_report::check::model::CheckReport;
use falconer_report::check::{CheckFormat, render};
use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

use super::{arbitrary, samples, snapshot};

fn full(report: &CheckReport, options: &Options) -> String {
    render(report, CheckFormat::Full, options)
}

#[test]
fn a_broken_folder_at_width_40_in_ascii() {
    let options = Options { width: 40, unicode: false, ..Options::default() };
    snapshot("check-broken-full-40-ascii", &full(&samples::broken(), &options));
}

#[test]
fn everything_about_a_broken_folder() {
    let options = Options { verbose: true, ..Options::default() };
    snapshot("check-broken-full-verbose", &full(&samples::broken(), &options));
}

#[test]
fn a_fixed_folder_in_colour() {
    let options = Options { color: true, ..Options::default() };
    snapshot("check-fixed-full-colour", &full(&samples::fixed(), &options));
}

#[test]
fn hostile_text_stays_text() {
    snapshot("check-hostile-full", &full(&samples::hostile(), &Options::default()));
}

#[test]
fn a_healthy_folder_takes_one_line_and_one_for_what_was_not_checked() {
    let text = full(&samples::healthy(), &Options::default());
    let expected = "no failure found in 3 files\n\
                    not checked: permissions (no Windows target), application pools (no applicationHost.config;\n\
                    --apphost FILE)\n";
    assert_eq!(text, expected);
    let mut report = samples::healthy();
    report.not_checked.clear();
    assert_eq!(full(&report, &Options::default()), "no failure found in 3 files\n");
}

#[test]
fn nothing_that_could_be_read_is_no_healthy_folder() {
    let mut report = samples::healthy();
    report.inputs.clear();
    report.not_checked.clear();
    assert_eq!(full(&report, &Options::default()), "nothing was checked\n");
}

#[test]
fn the_summary_counts_findings_files_and_fixes() {
    let text = full(&samples::broken(), &Options::default()).replace('\n', " ");
    let summary = "3 errors, 1 warning, 1 note in 3 files; 1 can be fixed with --fix, 1 more with --fix=unsafe; \
                   2 suppressed; 1 file not read whole not checked: ";
    assert!(text.contains(summary), "{text}");
}

#[test]
fn what_findings_of_one_check_have_in_common_is_said_once() {
    let mut report = samples::broken();
    let mut second = report.findings[3].clone();
    second.message = "`<aspNetCore>` has no attribute `argument`; `arguments` is meant".into();
    report.findings.insert(4, second);
    let text = full(&report, &Options::default());
    assert_eq!(text.matches("The module's schema doesn't know the attribute").count(), 1, "{text}");
    assert_eq!(text.matches("error[web-config.unknown-attribute]: ").count(), 2, "{text}");
    let verbose = full(&report, &Options { verbose: true, ..Options::default() });
    assert_eq!(verbose.matches("The module's schema doesn't know the attribute").count(), 2, "{verbose}");
}

#[test]
fn a_fix_that_differs_from_the_one_before_is_told() {
    let mut report = samples::broken();
    let mut second = report.findings[3].clone();
    second.fix.as_mut().unwrap().text = "Renames the attribute to `arguments`.".into();
    report.findings.insert(4, second);
    let text = full(&report, &Options::default());
    assert!(text.contains("Renames the attribute to `arguments`."), "{text}");
}

#[test]
fn more_than_five_findings_of_one_check_are_counted() {
    let mut report = samples::broken();
    let one = report.findings[0].clone();
    report.findings = vec![one; 12];
    let text = full(&report, &Options::default());
    assert_eq!(text.matches("error[folder.wrong-platform]: ").count(), 5);
    assert!(text.contains("folder.wrong-platform: 7 more, --verbose shows all\n"), "{text}");
    let verbose = full(&report, &Options { verbose: true, ..Options::default() });
    assert_eq!(verbose.matches("error[folder.wrong-platform]: ").count(), 12);
}

#[test]
fn the_next_command_is_about_the_worst_finding() {
    let mut report = samples::broken();
    report.findings.swap(0, 1);
    let text = full(&report, &Options::default());
    assert!(text.contains("\nnext: falconer explain folder.wrong-platform\n"), "{text}");
}

#[test]
fn commands_can_be_copied_as_they_are() {
    let options = Options { width: 40, color: true, ..Options::default() };
    let text = full(&samples::broken(), &options);
    for command in &samples::broken().findings[2].remedies[0].commands {
        assert!(text.lines().any(|line| line.trim_start() == command), "{command}");
    }
}

#[test]
fn ascii_output_of_an_ascii_folder_is_ascii() {
    for report in [samples::broken(), samples::healthy(), samples::fixed()] {
        for verbose in [false, true] {
            let options = Options { unicode: false, verbose, ..Options::default() };
            let text = full(&report, &options);
            assert!(text.is_ascii(), "{:?}", text.chars().find(|c| !c.is_ascii()));
        }
    }
}

proptest! {
    /// Texts of words and ideographs; names short enough for any line.
    #[test]
    fn no_line_is_wider_than_the_screen(
        report in arbitrary::report("([a-zé漢字、]{1,10} ){0,40}", "[a-z]{1,3}"),
        width in 40usize..=120,
        unicode in any::<bool>(),
        verbose in any::<bool>(),
    ) {
        let text = full(&report, &Options { color: false, width, unicode, verbose });
        for line in text.lines() {
            prop_assert!(line.width() <= width, "{} columns: {:?}\n{}", line.width(), line, text);
            prop_assert!(!line.ends_with(' '), "{line:?}");
        }
    }
}

use falconer_report::model::{Confidence, Report};
use falconer_report::{Format, Options, render};
use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

use super::{samples, snapshot};

fn full(report: &Report, options: &Options) -> String {
    render(report, Format::Full, options)
}

const ASCII: Options = Options { color: false, width: 100, unicode: false, verbose: false };

#[test]
fn a_named_cause_at_width_100() {
    snapshot("full-missing-framework-100", &full(&samples::missing_framework(), &Options::default()));
}

#[test]
fn a_named_cause_at_width_50_in_ascii() {
    let options = Options { width: 50, ..ASCII };
    snapshot("full-missing-framework-50-ascii", &full(&samples::missing_framework(), &options));
}

#[test]
fn a_named_cause_in_colour() {
    let options = Options { color: true, ..Options::default() };
    snapshot("full-missing-framework-100-colour", &full(&samples::missing_framework(), &options));
}

#[test]
fn everything_about_a_named_cause() {
    let options = Options { verbose: true, ..Options::default() };
    snapshot("full-missing-framework-100-verbose", &full(&samples::missing_framework(), &options));
}

#[test]
fn two_applications_at_width_100() {
    snapshot("full-two-applications-100", &full(&samples::two_applications(), &Options::default()));
}

#[test]
fn two_applications_at_width_50() {
    let options = Options { width: 50, ..Options::default() };
    snapshot("full-two-applications-50", &full(&samples::two_applications(), &options));
}

#[test]
fn an_unknown_cause_at_width_100_in_ascii() {
    snapshot("full-unknown-100-ascii", &full(&samples::unknown(), &ASCII));
}

#[test]
fn an_unknown_cause_at_width_50() {
    let options = Options { width: 50, ..Options::default() };
    snapshot("full-unknown-50", &full(&samples::unknown(), &options));
}

#[test]
fn no_evidence() {
    snapshot("full-no-evidence", &full(&samples::no_evidence(), &Options::default()));
}

#[test]
fn hostile_text_stays_text() {
    snapshot("full-hostile-100", &full(&samples::hostile(), &Options::default()));
}

#[test]
fn a_healthy_input_takes_one_line() {
    let text = full(&samples::healthy(), &Options::default());
    assert_eq!(text, "no failure found in 2 inputs (stdout log, web.config)\n");
    let narrow = full(&samples::healthy(), &Options { width: 40, ..Options::default() });
    assert_eq!(narrow, "no failure found in 2 inputs\n");
}

#[test]
fn a_healthy_input_with_a_warning_says_so_first() {
    let mut report = samples::healthy();
    report.warnings = samples::no_evidence().warnings;
    let text = full(&report, &Options::default());
    assert!(text.starts_with("warning: photo.jpg: "), "{text}");
    assert!(text.ends_with("no failure found in 2 inputs, 1 warning (stdout log, web.config)\n"), "{text}");
}

#[test]
fn the_last_line_sums_up() {
    let wide = Options { width: 120, ..Options::default() };
    let text = full(&samples::missing_framework(), &wide);
    let last = text.lines().last();
    let expected = "1 cause (certain), 3 causes ruled out, not given: stdout log, applicationHost.config";
    assert_eq!(last, Some(expected));
}

#[test]
fn commands_can_be_copied_as_they_are() {
    let text = full(&samples::missing_framework(), &Options { width: 40, color: true, ..Options::default() });
    for remedy in &samples::missing_framework().diagnoses[0].remedies {
        for command in &remedy.commands {
            assert!(text.lines().any(|line| line.trim_start() == command), "{command}");
        }
    }
}

#[test]
fn at_most_three_other_causes_are_shown_and_the_rest_is_counted() {
    let mut report = samples::two_applications();
    report.diagnoses[2].confidence = Confidence::Likely;
    let other = report.diagnoses[2].clone();
    report.diagnoses.extend([other.clone(), other.clone(), other]);
    let text = full(&report, &Options::default());
    assert_eq!(text.matches("[antivirus-lock]").count(), 2);
    assert!(text.contains("… 2 more: --verbose shows all"), "{text}");
    let verbose = full(&report, &Options { verbose: true, ..Options::default() });
    assert_eq!(verbose.matches("[antivirus-lock]").count(), 4);
}

#[test]
fn what_is_only_possible_is_counted_beside_a_certain_cause() {
    let mut report = samples::two_applications();
    let mut other = report.diagnoses[2].clone();
    other.application = report.diagnoses[0].application.clone();
    report.diagnoses = vec![report.diagnoses[0].clone(), other];
    let text = full(&report, &Options::default());
    assert!(!text.contains("[antivirus-lock]"), "{text}");
    assert!(text.contains("… 1 more: --verbose shows all"), "{text}");
    report.diagnoses[0].confidence = Confidence::Likely;
    assert!(full(&report, &Options::default()).contains("possible[antivirus-lock]"));
}

#[test]
fn ascii_output_of_ascii_evidence_is_ascii() {
    for report in [samples::missing_framework(), samples::unknown(), samples::two_applications()] {
        for verbose in [false, true] {
            let text = full(&report, &Options { verbose, ..ASCII });
            assert!(text.is_ascii(), "{:?}", text.chars().find(|c| !c.is_ascii()));
        }
    }
}

#[test]
fn a_long_label_of_a_spot_goes_below_it() {
    let mut report = samples::missing_framework();
    let snippet = report.diagnoses[0].evidence[0].snippet.as_mut().unwrap();
    snippet.label = "no installed version of this framework can be used instead of the one asked for".into();
    let text = full(&report, &Options { width: 60, ..ASCII });
    let below =
        "      = no installed version of this framework can be used\n        instead of the one asked for\n";
    assert!(text.contains(below), "{text}");
}

#[test]
fn a_spot_in_the_last_line_that_can_be_numbered_is_shown() {
    let mut report = samples::missing_framework();
    report.diagnoses[0].evidence[0].snippet.as_mut().unwrap().first_line = u32::MAX;
    let text = full(&report, &ASCII);
    assert!(text.contains(r#" |         "version": "8.0.7""#), "{text}");
}

proptest! {
    /// Texts of words and ideographs; names short enough for any line.
    #[test]
    fn no_line_is_wider_than_the_screen(
        report in samples::arbitrary::report("([a-zé漢字、]{1,10} ){0,40}", "[a-z]{1,6}( [a-z]{1,6}){0,1}"),
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

use falconer_report::model::Verdict;
use falconer_report::{Format, Options, render};
use proptest::prelude::*;

use super::{samples, snapshot};

#[test]
fn one_line_for_each_diagnosis_and_warning() {
    let text = render(&samples::two_applications(), Format::Concise, &Options::default());
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines,
        [
            "site.zip!/Shop.runtimeconfig.json:7: certain[missing-shared-framework]: The app needs ASP.NET Core 8.0.7 (x64), \
         only 6.0.36 is installed (/LM/W3SVC/5/ROOT)",
            "D:\\web apps\\admin\\web.config:6: likely[two-in-process-apps-in-one-pool]: Two in-process apps share the \
         application pool 'Shared' (/LM/W3SVC/2/ROOT/admin)",
            "possible[antivirus-lock]: Another program holds the app's files",
            "logs.zip!/u_ex261102.log: warning: ends in the middle of a record; the part before it was read",
        ]
    );
}

#[test]
fn a_symptom_without_a_cause_is_said_to_be_one() {
    let text = render(&samples::unknown(), Format::Concise, &Options::default());
    let symptom = "standard input:1: symptom: HTTP Error 500.30 - ASP.NET Core app failed to start";
    assert_eq!(text.lines().last(), Some(symptom));
}

#[test]
fn only_the_word_is_coloured() {
    let options = Options { color: true, ..Options::default() };
    snapshot(
        "concise-two-applications-colour",
        &render(&samples::two_applications(), Format::Concise, &options),
    );
}

#[test]
fn a_healthy_input_takes_one_line() {
    let text = render(&samples::healthy(), Format::Concise, &Options::default());
    assert_eq!(text, "no failure found in 2 inputs\n");
}

proptest! {
    #[test]
    fn there_are_as_many_lines_as_things_to_say(
        report in samples::arbitrary::report(samples::arbitrary::nasty(), samples::arbitrary::nasty()),
    ) {
        let text = render(&report, Format::Concise, &Options::default());
        let symptoms = if report.verdict == Verdict::CauseUnknown { report.symptoms.len() } else { 0 };
        let things = report.diagnoses.len() + report.warnings.len() + symptoms;
        prop_assert_eq!(text.lines().count(), things.max(1));
    }
}

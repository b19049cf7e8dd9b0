//! Test results in the XML of JUnit, as CI servers read it: a case per finding, which fails unless it is but a note; what
//! was not checked or is suppressed is skipped; a folder without findings has one case, which passes.

use std::fmt::Write as _;

use crate::check::model::{CheckReport, Finding, Severity};
use crate::check::wording;
use crate::clean;
use crate::html::escape;

/// What a case comes to; the texts are not escaped yet.
enum Outcome {
    Passed,
    /// Passed, with something to say.
    Noted(String),
    Skipped(String),
    Failed {
        kind: String,
        message: String,
        text: String,
    },
}

struct Case {
    class: String,
    name: String,
    file: Option<String>,
    line: Option<u32>,
    outcome: Outcome,
}

pub(crate) fn render(report: &CheckReport) -> String {
    let cases = cases(report);
    let count = |wanted: fn(&Outcome) -> bool| cases.iter().filter(|case| wanted(&case.outcome)).count();
    let counts = format!(
        "tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\"",
        cases.len(),
        count(|outcome| matches!(outcome, Outcome::Failed { .. })),
        count(|outcome| matches!(outcome, Outcome::Skipped(_))),
    );
    let mut out = String::new();
    // Writing to a `String` cannot fail.
    let _ = writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    let _ = writeln!(out, "<testsuites name=\"falconer check\" {counts}>");
    let _ = writeln!(out, "  <testsuite name=\"falconer check\" {counts}>");
    let target = attribute(&wording::target(report));
    let _ = writeln!(
        out,
        "    <properties>\n      <property name=\"target\" value=\"{target}\" />\n    </properties>"
    );
    cases.iter().for_each(|case| write_case(&mut out, case));
    let _ = writeln!(out, "    <system-out>{}</system-out>", element(&wording::summary(report)));
    let problems = problems(report);
    if !problems.is_empty() {
        let _ = writeln!(out, "    <system-err>{}</system-err>", element(&problems));
    }
    out.push_str("  </testsuite>\n</testsuites>\n");
    out
}

fn cases(report: &CheckReport) -> Vec<Case> {
    let mut cases: Vec<Case> = report.findings.iter().map(|finding| of_finding(report, finding)).collect();
    if cases.is_empty() && !report.inputs.is_empty() {
        cases.push(Case {
            class: "falconer.check".to_owned(),
            name: "no failure found".to_owned(),
            file: None,
            line: None,
            outcome: Outcome::Passed,
        });
    }
    cases.extend(report.suppressed.iter().map(|suppressed| {
        let file = wording::path(report, &suppressed.file);
        let reason = suppressed.reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
        Case {
            class: suppressed.check.clone(),
            name: wording::line_of(report, &suppressed.file, suppressed.line),
            file: Some(file),
            line: suppressed.line,
            outcome: Outcome::Skipped(format!("suppressed by {}{reason}", suppressed.by)),
        }
    }));
    cases.extend(report.not_checked.iter().map(|item| Case {
        class: "falconer.not-checked".to_owned(),
        name: item.what.clone(),
        file: None,
        line: None,
        outcome: Outcome::Skipped(wording::not_checked(item)),
    }));
    cases
}

fn of_finding(report: &CheckReport, finding: &Finding) -> Case {
    let place = wording::place(report, finding);
    let text = details(&place, finding);
    Case {
        // CI servers make groups of the parts of a class between dots.
        class: finding.check.clone(),
        name: place,
        file: Some(wording::path(report, &finding.file)),
        line: wording::spot(finding).map(|spot| spot.line),
        outcome: match finding.severity {
            Severity::Note => Outcome::Noted(text),
            severity => {
                Outcome::Failed { kind: severity.name().to_owned(), message: finding.message.clone(), text }
            }
        },
    }
}

/// What a person reads who opens the case.
fn details(place: &str, finding: &Finding) -> String {
    let mut lines = vec![format!("{place}: {}", finding.message), finding.why.clone()];
    lines.extend(finding.will_show.iter().map(|show| {
        let channel = crate::wording::channel(&show.channel);
        format!("Will show ({channel}): {}", show.text)
    }));
    lines.extend(finding.fix.as_ref().map(|fix| format!("Fix with {}: {}", wording::flag(fix), fix.text)));
    for remedy in &finding.remedies {
        let platform = crate::wording::platform(&remedy.platform);
        let platform = platform.map(|platform| format!(" {platform}")).unwrap_or_default();
        lines.push(format!("Fix{platform}: {}", crate::wording::alternative(&remedy.text)));
        lines.extend(remedy.commands.iter().map(|command| format!("    {command}")));
    }
    lines.push(format!("Failure: {} ({})", finding.failure_title, finding.failure));
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

/// What the suite says besides its cases.
fn problems(report: &CheckReport) -> String {
    let unused = report.unused_suppressions.iter().map(|unused| {
        let place = wording::line_of(report, &unused.file, unused.line);
        format!("{place}: unused suppression: {}", unused.text)
    });
    let warnings = report.warnings.iter().map(|warning| format!("{}: {}", warning.file, warning.text));
    unused.chain(warnings).collect::<Vec<_>>().join("\n")
}

fn write_case(out: &mut String, case: &Case) {
    let file = case.file.as_ref().map(|file| format!(" file=\"{}\"", attribute(file))).unwrap_or_default();
    let line = case.line.map(|line| format!(" line=\"{line}\"")).unwrap_or_default();
    let (class, name) = (attribute(&case.class), attribute(&case.name));
    let _ = write!(out, "    <testcase classname=\"{class}\" name=\"{name}\"{file}{line}");
    let _ = match &case.outcome {
        Outcome::Passed => writeln!(out, " />"),
        Outcome::Noted(text) => {
            writeln!(out, ">\n      <system-out>{}</system-out>\n    </testcase>", element(text))
        }
        Outcome::Skipped(why) => {
            writeln!(out, ">\n      <skipped message=\"{}\" />\n    </testcase>", attribute(why))
        }
        Outcome::Failed { kind, message, text } => writeln!(
            out,
            ">\n      <failure type=\"{}\" message=\"{}\">{}</failure>\n    </testcase>",
            attribute(kind),
            attribute(message),
            element(text),
        ),
    };
}

/// The value of an attribute, in one line. Cleaning names the characters that XML 1.0 forbids.
fn attribute(text: &str) -> String {
    escape(&clean::line(text))
}

/// The text of an element.
fn element(text: &str) -> String {
    escape(&clean::block(text))
}

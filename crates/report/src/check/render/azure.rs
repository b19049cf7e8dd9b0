//! Logging commands of Azure Pipelines:
//! `##vso[task.logissue type=error;sourcepath=…;linenumber=…;columnnumber=…;code=…]message`. Escaped as Microsoft's
//! `azure-pipelines-task-lib` does it. There are issues of two types, error and warning; a note is a plain line.

use std::fmt::Write as _;

use crate::check::model::{CheckReport, Finding, Severity};
use crate::check::wording;
use crate::clean;

pub(crate) fn render(report: &CheckReport) -> String {
    let mut out = String::new();
    for finding in &report.findings {
        match finding.severity {
            Severity::Error => issue_of(&mut out, "error", report, finding),
            Severity::Warning => issue_of(&mut out, "warning", report, finding),
            Severity::Note => {
                let place = wording::place(report, finding);
                plain(&mut out, &format!("{place}: note: {} ({})", finding.message, finding.check));
            }
        }
    }
    for unused in &report.unused_suppressions {
        let mut properties = vec![("type", "warning".to_owned())];
        if !unused.file.starts_with("--") {
            properties.push(("sourcepath", wording::path(report, &unused.file)));
        }
        properties.extend(unused.line.map(|line| ("linenumber", line.to_string())));
        issue(&mut out, &properties, &format!("unused suppression: {}", unused.text));
    }
    for warning in &report.warnings {
        let properties = [("type", "warning".to_owned()), ("sourcepath", warning.file.clone())];
        issue(&mut out, &properties, &warning.text);
    }
    plain(&mut out, &format!("falconer check: {}", wording::summary(report)));
    if let Some(not_checked) = wording::all_not_checked(report) {
        plain(&mut out, &not_checked);
    }
    out
}

fn issue_of(out: &mut String, kind: &str, report: &CheckReport, finding: &Finding) {
    let mut properties =
        vec![("type", kind.to_owned()), ("sourcepath", wording::path(report, &finding.file))];
    if let Some(spot) = wording::spot(finding) {
        properties.push(("linenumber", spot.line.to_string()));
        properties.extend(spot.column.map(|column| ("columnnumber", column.to_string())));
    }
    properties.push(("code", finding.check.clone()));
    issue(out, &properties, &finding.message);
}

fn issue(out: &mut String, properties: &[(&str, String)], message: &str) {
    let properties: Vec<String> =
        properties.iter().map(|(name, value)| format!("{name}={}", property(&clean::exact(value)))).collect();
    // Writing to a `String` cannot fail.
    let _ = writeln!(out, "##vso[task.logissue {}]{}", properties.join(";"), data(&clean::line(message)));
}

/// A line that is no command: the agent looks for `##vso[` and `##[` anywhere in a line.
fn plain(out: &mut String, text: &str) {
    out.push_str(&clean::line(text).replace('[', "("));
    out.push('\n');
}

fn data(text: &str) -> String {
    text.replace('%', "%AZP25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(']', "%5D").replace(';', "%3B")
}

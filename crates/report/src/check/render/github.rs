//! Workflow commands of GitHub Actions:
//! `::error file=…,line=…,col=…,endLine=…,endColumn=…,title=…::message`. Escaped as the runner undoes it (`actions/runner`,
//! `ActionCommand.cs`). No line is anything but a command, so that no text can be taken for one.

use std::fmt::Write as _;

use crate::check::model::{CheckReport, Finding, Severity};
use crate::check::wording;
use crate::clean;

pub(crate) fn render(report: &CheckReport) -> String {
    let mut out = String::new();
    for finding in &report.findings {
        let path = wording::path(report, &finding.file);
        let mut properties = vec![("file", path)];
        properties.extend(spot(finding));
        properties.push(("title", format!("{}: {}", finding.check, finding.title)));
        command(&mut out, name(finding.severity), &properties, &message(finding));
    }
    for unused in &report.unused_suppressions {
        let mut properties = vec![("file", wording::path(report, &unused.file))];
        if unused.file.starts_with("--") {
            properties.clear();
        }
        properties.extend(unused.line.map(|line| ("line", line.to_string())));
        properties.push(("title", "unused suppression".to_owned()));
        command(&mut out, "warning", &properties, &clean::line(&unused.text));
    }
    for warning in &report.warnings {
        let properties = [("file", warning.file.clone()), ("title", "not read whole".to_owned())];
        command(&mut out, "warning", &properties, &clean::line(&warning.text));
    }
    let mut last = wording::summary(report);
    if let Some(not_checked) = wording::all_not_checked(report) {
        last.push_str("; ");
        last.push_str(&clean::line(&not_checked));
    }
    command(&mut out, "notice", &[("title", "falconer check".to_owned())], &last);
    out
}

const fn name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    }
}

fn spot(finding: &Finding) -> Vec<(&'static str, String)> {
    let Some(spot) = wording::spot(finding) else { return Vec::new() };
    let mut properties = vec![("line", spot.line.to_string())];
    if let Some((line, _)) = spot.end {
        properties.push(("endLine", line.to_string()));
    }
    // The runner takes columns only of a spot within one line.
    if spot.end.is_none_or(|(line, _)| line == spot.line) {
        properties.extend(spot.column.map(|column| ("col", column.to_string())));
        properties.extend(spot.end.map(|(_, column)| ("endColumn", column.to_string())));
    }
    properties
}

/// What was found, why it fails, and what to do.
fn message(finding: &Finding) -> String {
    let mut lines = vec![clean::line(&finding.message), clean::line(&finding.why)];
    if let Some(fix) = &finding.fix {
        lines.push(format!("Fix with {}: {}", wording::flag(fix), clean::line(&fix.text)));
    } else if let Some(remedy) = finding.remedies.first() {
        lines.push(format!("Fix: {}", clean::line(&remedy.text)));
    }
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

fn command(out: &mut String, name: &str, properties: &[(&str, String)], message: &str) {
    let properties: Vec<String> =
        properties.iter().map(|(name, value)| format!("{name}={}", property(&clean::exact(value)))).collect();
    // Writing to a `String` cannot fail.
    let _ = writeln!(out, "::{name} {}::{}", properties.join(","), data(message));
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

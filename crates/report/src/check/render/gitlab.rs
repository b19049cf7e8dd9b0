//! A Code Quality report as GitLab reads it: a list of issues, each with a fingerprint of its own.

use std::collections::HashMap;

use serde::Serialize;

use crate::check::model::{CheckReport, Finding, Severity};
use crate::check::wording;
use crate::clean;
use crate::model::Confidence;
use crate::render::json::to_json;

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: String,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<u32>,
}

pub(crate) fn render(report: &CheckReport) -> String {
    // GitLab shows one issue for a fingerprint. The same text can be at fault twice in a file.
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut issues = Vec::new();
    for finding in &report.findings {
        let nth = seen.entry(&finding.fingerprint).or_default();
        *nth += 1;
        let fingerprint = match nth {
            1 => finding.fingerprint.clone(),
            nth => format!("{}-{nth}", finding.fingerprint),
        };
        issues.push(issue(report, finding, fingerprint));
    }
    to_json(&issues)
}

fn issue(report: &CheckReport, finding: &Finding, fingerprint: String) -> Issue {
    let spot = wording::spot(finding);
    Issue {
        description: clean::line(&finding.message),
        check_name: finding.check.clone(),
        fingerprint,
        severity: severity(finding),
        location: Location {
            path: wording::path(report, &finding.file),
            lines: Lines {
                // A line must be given; a finding about a file as a whole is shown at its start.
                begin: spot.map_or(1, |spot| spot.line),
                end: spot.and_then(|spot| spot.end).map(|(line, _)| line),
            },
        },
    }
}

const fn severity(finding: &Finding) -> &'static str {
    match (finding.severity, finding.confidence) {
        (Severity::Error, Confidence::Certain) => "blocker",
        (Severity::Error, _) => "critical",
        (Severity::Warning, Confidence::Possible) => "minor",
        (Severity::Warning, _) => "major",
        (Severity::Note, _) => "info",
    }
}

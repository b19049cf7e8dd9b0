//! What users asked to leave out or to see otherwise.

use falconer_catalog::{Catalog, LintSeverity};
use falconer_observation::{Channel, Evidence};
use falconer_report::check::model::{Severity, Suppressed, UnusedSuppression};
use falconer_settings::{self as settings, Comments, Known, Rules, Verdict};

use crate::Found;

/// The ids of all checks, each with the failure that it foretells.
pub fn known(catalog: &Catalog) -> Vec<(&str, &str)> {
    catalog.lints().map(|(failure, lint)| (lint.id.as_str(), failure.id.as_str())).collect()
}

/// What the rules make of findings.
#[derive(Debug, Default)]
pub struct Judged<'c> {
    /// Those that are shown, with their severity.
    pub shown: Vec<(Found<'c>, Severity)>,
    /// Those that somebody asked to leave out.
    pub suppressed: Vec<Suppressed>,
    /// Suppressions that match nothing.
    pub unused: Vec<UnusedSuppression>,
    /// Comments that do not count, with why: file, line, text.
    pub faults: Vec<UnusedSuppression>,
}

/// Judges findings by the rules and by the comments in the files of the evidence.
pub fn judge<'c>(
    found: Vec<Found<'c>>,
    evidence: &Evidence,
    mut rules: Rules<'_>,
    known: &Known<'_>,
) -> Judged<'c> {
    let mut judged = Judged::default();
    let commented =
        |channel| matches!(channel, Channel::WebConfig | Channel::AppHostConfig | Channel::Folder);
    for observation in evidence.observations.iter().filter(|o| commented(o.channel)) {
        let comments = Comments::read(&observation.source.file, &observation.text, known);
        rules.comments(comments.suppressions);
        judged.faults.extend(comments.faults.into_iter().map(|fault| UnusedSuppression {
            file: fault.place.file,
            line: fault.place.line,
            text: fault.kind.to_string(),
        }));
    }
    let asked: Vec<settings::Finding<'_>> = found
        .iter()
        .map(|one| settings::Finding {
            check: &one.lint.id,
            failure: &one.failure.id,
            file: &one.file,
            offset: one.fact.span.as_ref().map(|span| span.start),
            line: one.line,
        })
        .collect();
    let outcome = rules.apply(&asked);
    judged.unused.extend(outcome.unused.into_iter().map(|unused| UnusedSuppression {
        file: unused.place.file,
        line: unused.place.line,
        text: unused.text,
    }));
    for (one, verdict) in found.into_iter().zip(outcome.verdicts) {
        match verdict {
            Verdict::Shown => {
                let severity = rules.severity(&one.lint.id, &one.failure.id, own(one.lint.severity));
                judged.shown.push((one, shown(severity)));
            }
            Verdict::NotSelected => {}
            Verdict::Suppressed(by) => judged.suppressed.push(Suppressed {
                check: one.lint.id.clone(),
                file: one.file,
                line: one.line,
                by: by.place.to_string(),
                reason: by.reason,
            }),
        }
    }
    judged
}

const fn own(severity: LintSeverity) -> settings::Severity {
    match severity {
        LintSeverity::Note => settings::Severity::Note,
        LintSeverity::Warning => settings::Severity::Warning,
        LintSeverity::Error => settings::Severity::Error,
    }
}

const fn shown(severity: settings::Severity) -> Severity {
    match severity {
        settings::Severity::Note => Severity::Note,
        settings::Severity::Warning => Severity::Warning,
        settings::Severity::Error => Severity::Error,
    }
}

//! From a fulfilled check to what a report says of it.

use std::collections::BTreeMap;
use std::ops::Range;

use falconer_catalog::{Failure, Lint, LintConfidence, LintSeverity, Show};
use falconer_diagnosis::{fill_or_placeholder, snippet};
use falconer_fix::Fix;
use falconer_observation::{Evidence, Observation};
use falconer_report::check::model::{Finding, FixInfo, Severity, WillShow};
use falconer_report::model::{Confidence, Remedy};

use crate::fingerprint::fingerprint;
use crate::{Found, repairs};

/// So much of a spot takes part in the fingerprint, in bytes.
const MARKED: usize = 400;

/// What a report says of all that is shown, in its order; no two findings have the same fingerprint.
pub fn findings(shown: &[(Found<'_>, Severity)], evidence: &Evidence) -> Vec<Finding> {
    let found: Vec<Found<'_>> = shown.iter().map(|(one, _)| one.clone()).collect();
    let repairs = repairs(&found, evidence);
    let told = shown.iter().zip(&repairs);
    let mut findings: Vec<Finding> =
        told.map(|((one, severity), repair)| finding(one, *severity, evidence, repair.as_ref())).collect();
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for finding in &mut findings {
        let count = times.entry(finding.fingerprint.clone()).or_default();
        *count += 1;
        // The same fault again in the same file is another finding.
        if *count > 1 {
            finding.fingerprint = fingerprint(&[&finding.fingerprint, &count.to_string()]);
        }
    }
    findings
}

/// What a report says of a fulfilled check, with the severity that the rules give it and the repair
/// that [`repairs`](crate::repairs) gives for it.
pub fn finding(found: &Found<'_>, severity: Severity, evidence: &Evidence, repair: Option<&Fix>) -> Finding {
    let (failure, lint, fact) = (found.failure, found.lint, &found.fact);
    let observation = evidence.observations.get(fact.observation);
    let spot = observation.zip(fact.span.clone());
    let spot = spot.map(|(o, span)| (o, visible(&o.text, span))).filter(|(_, span)| !span.is_empty());
    let (start, end) = match &spot {
        Some((observation, span)) => (place(observation, span.start), place(observation, span.end)),
        None => (None, None),
    };
    let fill = |text: &str| fill_or_placeholder(text, &fact.fields);
    Finding {
        check: lint.id.clone(),
        title: lint.title.clone(),
        failure: failure.id.clone(),
        failure_title: failure.title.clone(),
        scenario: failure.scenario.name().to_owned(),
        severity,
        confidence: confidence(lint.confidence),
        message: fact.note.clone(),
        why: fill(lint.why.trim()),
        will_show: will_show(failure),
        file: if found.file.is_empty() { ".".to_owned() } else { found.file.clone() },
        line: start.map(|at| at.0),
        column: start.map(|at| at.1),
        end_line: end.map(|at| at.0),
        end_column: end.map(|at| at.1),
        snippet: spot.as_ref().and_then(|(observation, span)| snippet(observation, span.clone(), &fact.note)),
        remedies: remedies(failure, lint, fill),
        fix: repair.map(|fix| FixInfo { safe: fix.safe, text: fix.text.clone() }),
        fingerprint: mark(
            found,
            spot.as_ref().map(|(observation, span)| (*observation, span.start, span.end)),
        ),
        sources: failure.sources.clone(),
    }
}

/// How the failure will look.
pub(crate) fn will_show(failure: &Failure) -> Vec<WillShow> {
    let show = |show: &Show| WillShow { channel: show.channel.name().to_owned(), text: show.text.clone() };
    failure.shows.iter().map(show).collect()
}

/// What to do by hand, with the places for values as `fill` fills them.
pub(crate) fn remedies(failure: &Failure, lint: &Lint, fill: impl Fn(&str) -> String) -> Vec<Remedy> {
    let remedy = |remedy: &falconer_catalog::Remedy| Remedy {
        platform: remedy.platform.name().to_owned(),
        text: fill(&remedy.text),
        commands: remedy.commands.iter().map(|command| fill(command)).collect(),
    };
    lint.remedies(failure).iter().map(remedy).collect()
}

/// The severity that a check has by itself, as reports have it.
pub const fn severity(severity: LintSeverity) -> Severity {
    match severity {
        LintSeverity::Note => Severity::Note,
        LintSeverity::Warning => Severity::Warning,
        LintSeverity::Error => Severity::Error,
    }
}

/// The confidence of a check, as reports have it.
pub const fn confidence(confidence: LintConfidence) -> Confidence {
    match confidence {
        LintConfidence::Possible => Confidence::Possible,
        LintConfidence::Likely => Confidence::Likely,
        LintConfidence::Certain => Confidence::Certain,
    }
}

/// A spot between two characters, at which a file goes wrong, is shown as the character behind it; at the end of the
/// text, or of its line, as the one before. The very beginning stands for the whole file.
fn visible(text: &str, span: Range<usize>) -> Range<usize> {
    if !span.is_empty() || span.start == 0 {
        return span;
    }
    let after = text.get(span.start..).and_then(|rest| rest.chars().next()).filter(|c| !c.is_control());
    let before = || text.get(..span.start).and_then(|rest| rest.chars().next_back());
    match after {
        Some(c) => span.start..span.start + c.len_utf8(),
        None => span.start - before().map_or(0, char::len_utf8)..span.start,
    }
}

/// Line and column, in characters, of a byte of the text; both from 1.
fn place(observation: &Observation, at: usize) -> Option<(u32, u32)> {
    let before = observation.text.get(..at)?;
    let breaks = before.bytes().filter(|b| *b == b'\n').count();
    let line = observation.source.line.unwrap_or(1).saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX));
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count();
    Some((line, u32::try_from(column).unwrap_or(u32::MAX).saturating_add(1)))
}

/// Check, file and the text of the spot, white space left out; not the line, which moves.
fn mark(found: &Found<'_>, spot: Option<(&Observation, usize, usize)>) -> String {
    let text = match spot {
        Some((observation, start, end)) => observation.text.get(start..end).unwrap_or_default(),
        None => &found.fact.note,
    };
    let text: String = text.split_whitespace().flat_map(str::chars).take(MARKED).collect();
    fingerprint(&[&found.lint.id, &found.file, &text])
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn a_spot_between_characters_is_shown_as_one_of_them() {
        assert_eq!(visible("{ é }", 2..2), 2..4);
        assert_eq!(visible("{ \"a\": 1", 8..8), 7..8);
        assert_eq!(visible("{,\n}", 2..2), 1..2);
        assert_eq!(visible("{}", 0..0), 0..0);
        assert_eq!(visible("{}", 0..2), 0..2);
    }
}

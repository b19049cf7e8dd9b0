//! Makes the report of what was decided.

use std::collections::BTreeMap;

use falconer_catalog::Failure;
use falconer_observation::{Channel, ChannelState, Evidence};
use falconer_report::model::{
    ChannelInfo, CheckOutcome, CheckResult, Confidence, Diagnosis, EvidenceItem, FORMAT_VERSION, Input,
    MissingEvidence, Remedy, Report, RuledOut, Seen, Verdict, Warning,
};

use crate::Diagnoser;
use crate::correlate::Incident;
use crate::decide::Candidate;
use crate::proof::{item, proof};
use crate::sighting::{Sighting, SightingKind};

/// So many diagnoses are told.
const MAX_DIAGNOSES: usize = 20;

pub(crate) fn report(
    diagnoser: &Diagnoser<'_>,
    evidence: &Evidence,
    sightings: &[Sighting],
    incidents: &[Incident],
    found: Vec<Candidate<'_>>,
) -> Report {
    let mut diagnoses: Vec<(Candidate<'_>, Diagnosis)> = Vec::new();
    for candidate in found {
        let told = diagnoses
            .iter_mut()
            .find(|(c, _)| c.failure.id == candidate.failure.id && c.application == candidate.application);
        match told {
            Some((_, earlier)) => merge_seen(earlier, evidence, &candidate),
            None => {
                let diagnosis = diagnosis(diagnoser, evidence, sightings, &candidate);
                diagnoses.push((candidate, diagnosis));
            }
        }
    }
    diagnoses.sort_by_key(|(c, _)| std::cmp::Reverse((c.confidence, c.last, c.score)));
    let mut diagnoses: Vec<Diagnosis> = diagnoses.into_iter().map(|(_, d)| d).collect();
    diagnoses.truncate(MAX_DIAGNOSES);
    let symptoms = symptoms(diagnoser, evidence, sightings, incidents);
    let best = diagnoses.first().map(|d| d.confidence);
    let verdict = match best {
        Some(Confidence::Likely | Confidence::Certain) => Verdict::CauseNamed,
        Some(Confidence::Possible) => Verdict::CauseUnknown,
        None if !symptoms.is_empty() => Verdict::CauseUnknown,
        None if evidence.inputs.is_empty() && evidence.channels.is_empty() => Verdict::NoEvidence,
        None => Verdict::Healthy,
    };
    let missing_evidence =
        if verdict == Verdict::CauseUnknown { missing(diagnoser, evidence, &[]) } else { Vec::new() };
    Report {
        format_version: FORMAT_VERSION,
        verdict,
        diagnoses,
        symptoms,
        missing_evidence,
        inputs: evidence
            .inputs
            .iter()
            .map(|i| Input { file: i.file.clone(), kind: i.kind.clone(), bytes: i.bytes })
            .collect(),
        channels: evidence
            .channels
            .iter()
            .map(|(c, s)| ChannelInfo { channel: c.name().to_owned(), state: state_name(*s).to_owned() })
            .collect(),
        warnings: evidence
            .notices
            .iter()
            .map(|n| Warning { file: n.source.file.clone(), text: n.text.clone() })
            .collect(),
    }
}

fn state_name(state: ChannelState) -> &'static str {
    match state {
        ChannelState::NotLooked => "not-looked",
        ChannelState::Nothing => "nothing",
        ChannelState::Empty => "empty",
        ChannelState::Present => "present",
    }
}

fn diagnosis(
    diagnoser: &Diagnoser<'_>,
    evidence: &Evidence,
    sightings: &[Sighting],
    candidate: &Candidate<'_>,
) -> Diagnosis {
    let failure = candidate.failure;
    let placeholder = |text: &str| fill_or_placeholder(text, &candidate.grounds.fields);
    Diagnosis {
        id: failure.id.clone(),
        scenario: failure.scenario.name().to_owned(),
        confidence: candidate.confidence,
        title: failure.title.clone(),
        summary: failure.summary.trim().to_owned(),
        application: (candidate.application != Default::default()).then(|| candidate.application.clone()),
        seen: seen(evidence, &candidate.observations),
        because: candidate.because.clone(),
        evidence: proof(diagnoser, evidence, sightings, candidate),
        contradicted_by: candidate.contradicted_by.clone(),
        consequences: candidate.consequences.clone(),
        remedies: failure
            .remedies
            .iter()
            .map(|r| Remedy {
                platform: r.platform.name().to_owned(),
                text: placeholder(&r.text),
                commands: r.commands.iter().map(|c| placeholder(c)).collect(),
            })
            .collect(),
        ruled_out: candidate
            .ruled_out
            .iter()
            .map(|(id, title, why)| RuledOut { id: id.clone(), title: title.clone(), why: why.clone() })
            .collect(),
        missing_evidence: match candidate.confidence {
            Confidence::Certain => Vec::new(),
            _ => missing(diagnoser, evidence, &failure.settled_by),
        },
        checks: checks(failure, sightings, &candidate.observations),
        sources: failure.sources.clone(),
    }
}

/// Puts values into `{field}` places; what is not known becomes `<field>`.
pub fn fill_or_placeholder(text: &str, fields: &BTreeMap<String, String>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let Some(close) = rest[open..].find('}') else {
            break;
        };
        let name = &rest[open + 1..open + close];
        let is_field = !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        out.push_str(&rest[..open]);
        match fields.get(name) {
            Some(value) if is_field && !value.is_empty() => out.push_str(value),
            _ if is_field => out.push_str(&format!("<{name}>")),
            _ => out.push_str(&rest[open..=open + close]),
        }
        rest = &rest[open + close + 1..];
    }
    out.push_str(rest);
    out
}

fn seen(evidence: &Evidence, numbers: &[usize]) -> Option<Seen> {
    let times: Vec<_> = numbers.iter().filter_map(|&n| evidence.observations.get(n)?.time).collect();
    let first = times.iter().min_by_key(|t| t.millis)?;
    let last = times.iter().max_by_key(|t| t.millis)?;
    Some(Seen { first: first.to_string(), last: last.to_string(), count: 1 })
}

fn merge_seen(earlier: &mut Diagnosis, evidence: &Evidence, candidate: &Candidate<'_>) {
    if let (Some(old), Some(new)) = (&mut earlier.seen, seen(evidence, &candidate.observations)) {
        old.count += 1;
        old.first = old.first.clone().min(new.first);
        old.last = old.last.clone().max(new.last);
    }
}

/// What was not looked at and would help: first what settles this failure, then the cheapest.
fn missing(diagnoser: &Diagnoser<'_>, evidence: &Evidence, settled_by: &[Channel]) -> Vec<MissingEvidence> {
    let sources = &diagnoser.catalog.evidence;
    let wanted: Vec<_> = if settled_by.is_empty() {
        sources.iter().take(3).collect()
    } else {
        settled_by.iter().filter_map(|c| sources.iter().find(|s| s.channel == *c)).collect()
    };
    wanted
        .into_iter()
        .filter(|s| evidence.channel(s.channel) == ChannelState::NotLooked)
        .map(|s| MissingEvidence {
            what: s.what.clone(),
            why: s.why.clone(),
            iis: s.iis.clone(),
            azure: s.azure.clone(),
        })
        .collect()
}

fn checks(failure: &Failure, sightings: &[Sighting], observations: &[usize]) -> Vec<CheckResult> {
    let has = |fact: &Option<String>| {
        fact.as_ref().is_some_and(|id| {
            sightings.iter().any(|s| {
                s.kind == SightingKind::Fact(id.clone()) && observations.binary_search(&s.observation).is_ok()
            })
        })
    };
    failure
        .checks
        .iter()
        .map(|check| CheckResult {
            name: check.name.clone(),
            text: check.text.clone(),
            outcome: if has(&check.fails_on) {
                CheckOutcome::Fails
            } else if has(&check.holds_on) {
                CheckOutcome::Holds
            } else {
                CheckOutcome::NotKnown
            },
            how: check.iis.clone().or_else(|| check.azure.clone()),
        })
        .collect()
}

/// Signs of failure, whether or not a cause is named for them.
fn symptoms(
    diagnoser: &Diagnoser<'_>,
    evidence: &Evidence,
    sightings: &[Sighting],
    incidents: &[Incident],
) -> Vec<EvidenceItem> {
    let newest = incidents.first().map(|i| i.observations.as_slice()).unwrap_or_default();
    let bad = |s: &&Sighting| match &s.kind {
        SightingKind::Status => s.fields.get("status").is_some_and(|s| s.starts_with('5') || s == "403"),
        SightingKind::Message(id) => {
            id.starts_with("page.")
                || matches!(
                    diagnoser.messages.get(id).and_then(|m| m.level),
                    Some(falconer_messages::Level::Error)
                )
        }
        _ => false,
    };
    let mut items: Vec<EvidenceItem> = Vec::new();
    for sighting in sightings.iter().filter(bad).filter(|s| newest.binary_search(&s.observation).is_ok()) {
        if items.len() == 3 {
            break;
        }
        if let Some(observation) = evidence.observations.get(sighting.observation) {
            let item = item(diagnoser, observation, sighting);
            if !items.iter().any(|i| i.quote == item.quote) {
                items.push(item);
            }
        }
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decide::fill;

    #[test]
    fn commands_keep_braces_that_are_no_fields() {
        let fields = BTreeMap::from([("framework".to_owned(), "Microsoft.NETCore.App".to_owned())]);
        assert_eq!(
            fill_or_placeholder("@{LogName='x'} {framework} {version}", &fields),
            "@{LogName='x'} Microsoft.NETCore.App <version>"
        );
    }

    #[test]
    fn fill_drops_a_sentence_without_its_value() {
        let grounds = crate::evaluate::Grounds::default();
        assert_eq!(fill("needs {version}", &grounds, "title"), "title");
        assert_eq!(fill("needs nothing", &grounds, "title"), "needs nothing");
    }
}

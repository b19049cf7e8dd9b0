//! Makes the report of what was decided.

use std::collections::BTreeMap;

use falconer_catalog::Failure;
use falconer_observation::{Channel, ChannelState, Evidence, Observation};
use falconer_report::model::{
    ChannelInfo, CheckOutcome, CheckResult, Confidence, Diagnosis, EvidenceItem, FORMAT_VERSION, Input,
    MissingEvidence, Remedy, Report, RuledOut, Seen, Snippet, Verdict, Warning,
};

use crate::Diagnoser;
use crate::correlate::Incident;
use crate::decide::Candidate;
use crate::sighting::{Sighting, SightingKind};

/// So many pieces of proof are quoted.
const MAX_PROOF: usize = 6;
/// A quote is at most so long.
const MAX_QUOTE: usize = 700;
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

/// The quotes that prove it: the weightiest sighting of each observation, the observations in order.
fn proof(
    diagnoser: &Diagnoser<'_>,
    evidence: &Evidence,
    sightings: &[Sighting],
    candidate: &Candidate<'_>,
) -> Vec<EvidenceItem> {
    let mut numbers = candidate.grounds.sightings.clone();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.sort_by_key(|&n| std::cmp::Reverse(sightings[n].weight));
    let mut items: Vec<EvidenceItem> = Vec::new();
    let mut quoted: Vec<(usize, std::ops::Range<usize>)> = Vec::new();
    for number in numbers {
        let s = &sightings[number];
        let covered = |(o, r): &(usize, std::ops::Range<usize>)| {
            *o == s.observation
                && r.start < s.span.end.max(s.span.start + 1)
                && s.span.start < r.end.max(r.start + 1)
        };
        if quoted.iter().any(covered) || items.len() >= MAX_PROOF {
            continue;
        }
        if let Some(observation) = evidence.observations.get(s.observation) {
            items.push(item(diagnoser, observation, s));
            quoted.push((s.observation, s.span.clone()));
        }
    }
    for (number, range) in &candidate.grounds.quotes {
        if items.len() < MAX_PROOF
            && let Some(observation) = evidence.observations.get(*number)
        {
            items.push(quote(observation, range.clone(), None));
        }
    }
    items
}

fn item(diagnoser: &Diagnoser<'_>, observation: &Observation, sighting: &Sighting) -> EvidenceItem {
    let label = observation.event.as_ref().and_then(|e| match (&e.provider, e.id) {
        (Some(provider), Some(id)) => Some(format!("{provider} / {id}")),
        (Some(provider), None) => Some(provider.clone()),
        (None, Some(id)) => Some(format!("event {id}")),
        (None, None) => None,
    });
    let label = label.or_else(|| match &sighting.kind {
        SightingKind::Message(id) => {
            let event = diagnoser.messages.get(id)?.event?;
            (observation.channel == Channel::EventLog).then(|| format!("event {event}"))
        }
        _ => None,
    });
    let mut item = quote(observation, sighting.span.clone(), label);
    if let (SightingKind::Fact(_), Some(note)) = (&sighting.kind, &sighting.note) {
        item.snippet = snippet(observation, sighting.span.clone(), note);
        if item.quote.is_empty() {
            item.quote = note.clone();
        }
    }
    item
}

fn quote(observation: &Observation, span: std::ops::Range<usize>, label: Option<String>) -> EvidenceItem {
    let text = &observation.text;
    let end = floor(text, span.end.min(span.start.saturating_add(MAX_QUOTE)));
    let start = floor(text, span.start);
    let mut quoted = text.get(start..end).unwrap_or_default().trim().to_owned();
    if end < span.end {
        quoted.push('…');
    }
    let line = observation.source.line.or((observation.event.is_none()).then_some(1)).map(|first| {
        let breaks = text.get(..start).map_or(0, |t| t.bytes().filter(|b| *b == b'\n').count());
        first.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX))
    });
    EvidenceItem {
        channel: observation.channel.name().to_owned(),
        file: observation.source.file.clone(),
        line,
        record: observation.source.record,
        time: observation.time.map(|t| t.to_string()),
        label,
        quote: quoted,
        snippet: None,
    }
}

fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The lines around a spot of a configuration file, when the observation is one.
fn snippet(observation: &Observation, span: std::ops::Range<usize>, label: &str) -> Option<Snippet> {
    if span.is_empty()
        || !matches!(observation.channel, Channel::WebConfig | Channel::AppHostConfig | Channel::Folder)
    {
        return None;
    }
    let text = &observation.text;
    let (start, end) = (floor(text, span.start), floor(text, span.end));
    let from = text[..start].rfind('\n').map_or(0, |i| i + 1);
    let to = text[end..].find('\n').map_or(text.len(), |i| end + i);
    let first = observation.source.line.unwrap_or(1);
    let breaks = u32::try_from(text[..from].bytes().filter(|b| *b == b'\n').count()).unwrap_or(u32::MAX);
    Some(Snippet {
        first_line: first.saturating_add(breaks),
        text: text[from..to].trim_end_matches('\r').to_owned(),
        start: start - from,
        end: (end - from).min(to - from),
        label: label.to_owned(),
    })
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

//! Quotes the evidence.

use falconer_observation::{Channel, Evidence, Observation};
use falconer_report::model::{EvidenceItem, Snippet};

use crate::Diagnoser;
use crate::decide::Candidate;
use crate::sighting::{Sighting, SightingKind};

/// So many pieces of proof are quoted.
const MAX_PROOF: usize = 6;
/// A quote is at most so long.
const MAX_QUOTE: usize = 700;
/// So much of a file is shown on each side of a spot, and of the spot itself.
const MAX_SNIPPET: usize = 2000;
/// So much of a long line is quoted beside what matters.
const MAX_BESIDE: usize = 240;

/// The quotes that prove it: the weightiest sighting of each observation, the observations in order.
pub(crate) fn proof(
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
            quoted.push((s.observation, lines_around(&observation.text, s.span.clone())));
        }
    }
    for (number, range) in &candidate.grounds.quotes {
        let told = |(o, r): &(usize, std::ops::Range<usize>)| {
            o == number && r.start < range.end && range.start < r.end
        };
        if items.len() < MAX_PROOF
            && !quoted.iter().any(told)
            && let Some(observation) = evidence.observations.get(*number)
        {
            items.push(quote(observation, range.clone(), None));
            quoted.push((*number, lines_around(&observation.text, range.clone())));
        }
    }
    items
}

pub(crate) fn item(
    diagnoser: &Diagnoser<'_>,
    observation: &Observation,
    sighting: &Sighting,
) -> EvidenceItem {
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
            // A fact of a log's line is about the whole of it; other facts may be about what is not in the text.
            let whole = matches!(observation.channel, Channel::IisLog | Channel::HttpErr);
            item.quote = if whole { first_line(&observation.text) } else { note.clone() };
            item.label = item.label.or_else(|| whole.then(|| note.clone()));
        }
    }
    item
}

/// The lines that a span stands in; of a long line, what stands close to it.
fn lines_around(text: &str, span: std::ops::Range<usize>) -> std::ops::Range<usize> {
    if span.is_empty() {
        return span;
    }
    let (from, to) = (floor(text, span.start), floor(text, span.end));
    let start = text[..from].rfind('\n').map_or(0, |at| at + 1);
    let end = text[to..].find('\n').map_or(text.len(), |at| to + at);
    let (near, far) = (from.saturating_sub(MAX_BESIDE), to.saturating_add(MAX_BESIDE));
    floor(text, start.max(near))..floor(text, end.min(far))
}

fn quote(observation: &Observation, span: std::ops::Range<usize>, label: Option<String>) -> EvidenceItem {
    let text = &observation.text;
    let lines = lines_around(text, span);
    let end = floor(text, lines.end.min(lines.start.saturating_add(MAX_QUOTE)));
    let start = lines.start;
    let whole = |at: usize| text[at..].starts_with(['\r', '\n']) || at == text.len();
    let mut quoted = text.get(start..end).unwrap_or_default().trim().to_owned();
    if start > 0 && !text[..start].ends_with('\n') && !quoted.is_empty() {
        quoted.insert(0, '…');
    }
    if !whole(end) && !quoted.is_empty() {
        quoted.push('…');
    }
    // An event is found again by where it begins: its text need not stand in the file as it is.
    let line = match observation.event {
        Some(_) => observation.source.line,
        None => {
            let breaks = text.get(..start).map_or(0, |t| t.bytes().filter(|b| *b == b'\n').count());
            let first = observation.source.line.unwrap_or(1);
            Some(first.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX)))
        }
    };
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

fn first_line(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    line[..floor(line, MAX_QUOTE)].to_owned()
}

fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The lines around a spot of a configuration file, when the observation is one.
pub fn snippet(observation: &Observation, span: std::ops::Range<usize>, label: &str) -> Option<Snippet> {
    if span.is_empty()
        || !matches!(observation.channel, Channel::WebConfig | Channel::AppHostConfig | Channel::Folder)
    {
        return None;
    }
    let text = &observation.text;
    let start = floor(text, span.start);
    let end = floor(text, span.end.min(start.saturating_add(MAX_SNIPPET)));
    // A file without line ends is one line: what stands close to the spot is enough.
    let (near, far) = (start.saturating_sub(MAX_SNIPPET), end.saturating_add(MAX_SNIPPET));
    let from = text[..start].rfind('\n').map_or(0, |i| i + 1).max(floor(text, near));
    let to = text[end..].find('\n').map_or(text.len(), |i| end + i).min(floor(text, far));
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

#[cfg(test)]
mod tests {
    use super::*;
    use falconer_observation::Source;

    fn quoted(text: &str, marked: &str) -> String {
        let start = text.find(marked).expect("it is there");
        let observation = Observation::new(Channel::Note, Source::file("a").at_line(1), text);
        quote(&observation, start..start + marked.len(), None).quote
    }

    #[test]
    fn what_matters_is_quoted_with_its_line() {
        assert_eq!(
            quoted("first\r\nErrorCode = '0x80070002'.\r\nlast", "0x80070002"),
            "ErrorCode = '0x80070002'."
        );
        assert_eq!(quoted("a\nb\nc\nd", "b\nc"), "b\nc");
        assert_eq!(quoted("500.30", "500.30"), "500.30");
    }

    #[test]
    fn a_snippet_of_a_file_without_line_ends_is_short() {
        let text = format!("{}<aspNetCore />{}", "<é/>".repeat(200_000), "<é/>".repeat(200_000));
        let start = text.find("<aspNetCore").expect("it is there");
        let observation = Observation::new(Channel::WebConfig, Source::file("a").at_line(1), text);
        for end in [start + 14, observation.text.len()] {
            let shown = snippet(&observation, start..end, "here").expect("a snippet");
            assert!(shown.text.len() <= 3 * MAX_SNIPPET, "{}", shown.text.len());
            assert!(shown.text[shown.start..shown.end].starts_with("<aspNetCore />"));
        }
    }

    #[test]
    fn of_a_long_line_what_stands_beside_it_is_quoted() {
        let long = "é".repeat(2000);
        let quote = quoted(&format!("{long} HERE {long}"), "HERE");
        assert!(quote.starts_with('…') && quote.ends_with('…') && quote.contains(" HERE "));
        assert!(quote.len() < 700, "{}", quote.len());
    }
}

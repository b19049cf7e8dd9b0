//! Event XML: where each `<Event>` begins and ends, whatever stands around it.
//!
//! Events are looked for one by one instead of parsing a document: `wevtutil` writes them without a root,
//! Azure's `eventlog.xml` is cut at either end, and one broken event must not hide the others.

use std::ops::Range;

use crate::draft::Draft;
use crate::lines::{Line, lines};
use crate::reading::{Damage, Form};
use crate::scan::Scan;
use crate::start;
use crate::xml_event::{parse, unescaped};
use crate::xml_marks::Dress;

/// Reads the first event that opens within a line; returns where to go on.
pub(crate) fn read_within(scan: &mut Scan<'_>, line: Line<'_>) -> Option<usize> {
    let (at, dress) = scan.marks.next_open(scan.text, line.start).filter(|(at, _)| *at < line.next)?;
    if let Some(end) = scan.marks.end_of_tracing(scan.text, at) {
        return Some(end);
    }
    note_missing_beginning(scan, line.start, at, dress);
    let start = with_folding_sign(line, at);
    let Some(element) = take(scan, at, dress) else { return Some(at + 1) };
    scan.add(form(dress), start..element.end, element.draft);
    Some(element.end)
}

/// An event read from XML.
pub(crate) struct Element {
    pub(crate) draft: Draft,
    pub(crate) end: usize,
}

/// Reads the event that opens at `at`, and notes its damage. `None` when it is no Windows event.
pub(crate) fn take(scan: &mut Scan<'_>, at: usize, dress: Dress) -> Option<Element> {
    let span = span_of(scan, at, dress);
    let written = scan.text.get(at..span.end)?;
    let parsed = match dress {
        Dress::Plain => parse(written),
        Dress::Escaped => parse(&unescaped(written)),
    };
    if !parsed.is_event() {
        return None;
    }
    // Offsets into an unescaped copy say nothing about the text.
    let offset = |offset: usize| if dress == Dress::Plain { offset } else { 0 };
    let end = match dress {
        _ if span.is_closed => span.end,
        Dress::Plain => end_of_broken(scan.text, at + parsed.structure_end..span.end, parsed.in_string),
        Dress::Escaped => end_of_broken(scan.text, at..span.end, true),
    };
    match parsed.fault {
        Some((_, Damage::BreaksOff)) => scan.fault(end, Damage::BreaksOff),
        Some((place, damage)) => scan.fault(at + offset(place).min(end - at), damage),
        None if !span.is_closed => scan.fault(end, Damage::BreaksOff),
        None => {}
    }
    Some(Element { draft: parsed.draft, end })
}

fn form(dress: Dress) -> Form {
    match dress {
        Dress::Plain => Form::Xml,
        Dress::Escaped => Form::EscapedXml,
    }
}

/// How far an event goes at most.
struct Span {
    end: usize,
    is_closed: bool,
}

/// An event ends behind its closing tag; without one, it cannot go beyond the next event.
fn span_of(scan: &mut Scan<'_>, at: usize, dress: Dress) -> Span {
    let text = scan.text;
    let tags = scan.marks.tags(dress);
    let next = tags.open.next(text, at + 1);
    match tags.close.next(text, at) {
        Some(close) if next.is_none_or(|next| close < next) => {
            let bracket = text.get(close..).and_then(|tail| tail.find(tags.bracket));
            Span { end: bracket.map_or(text.len(), |to| close + to + tags.bracket.len()), is_closed: true }
        }
        _ => Span { end: next.unwrap_or(text.len()), is_closed: false },
    }
}

/// Where an event that is never closed ends. `tail` is what follows its last tag: within a string it is the
/// string, up to the next event in whatever form; otherwise it is something else.
fn end_of_broken(text: &str, tail: Range<usize>, in_string: bool) -> usize {
    if !in_string {
        return tail.start;
    }
    let text = text.get(..tail.end).unwrap_or(text);
    let foreign = |line: &Line<'_>| line.is_divider() || start::is_event(text, *line);
    lines(text, tail.start).skip(1).find(foreign).map_or(tail.end, |line| line.start)
}

/// Old browsers and Event Viewers show `- ` before an element; it belongs to the event.
fn with_folding_sign(line: Line<'_>, at: usize) -> usize {
    let before = line.text.get(..at - line.start).unwrap_or("");
    match before.trim() {
        "-" => line.start + before.find('-').unwrap_or(0),
        _ => at,
    }
}

/// Notes an event whose end stands between `from` and `at`, without its beginning.
fn note_missing_beginning(scan: &mut Scan<'_>, from: usize, at: usize, dress: Dress) {
    let text = scan.text;
    if let Some(close) = scan.marks.tags(dress).close.next(text, from).filter(|close| *close < at) {
        scan.fault(close, Damage::NoBeginning);
    }
}

/// The part of a piece of text between events that is not wrapper: XML declaration, `<Events>`, byte order mark.
pub(crate) fn unwrapped(piece: &str) -> Range<usize> {
    let (mut start, mut end) = (0, piece.len());
    loop {
        let kept = piece.get(start..end).unwrap_or("");
        let trimmed = kept.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        start = end - trimmed.len();
        // Browsers show a sign to fold with before an element.
        let tag = trimmed.trim_start_matches(['-', '▼', '▶', ' ']);
        let wrapper = ["<?xml", "<Events", "</Events"].iter().any(|wrapper| tag.starts_with(wrapper));
        match trimmed.find('>') {
            Some(close) if wrapper => start += close + 1,
            _ => break,
        }
    }
    loop {
        let kept = piece.get(start..end).unwrap_or("").trim_end();
        end = start + kept.len();
        match kept.strip_suffix("</Events>") {
            Some(before) => end = start + before.len(),
            None => return start..end,
        }
    }
}

//! One walk over a text.

use std::ops::Range;

use falconer_observation::WinEvent;
use memchr::memchr_iter;

use crate::draft::Draft;
use crate::lines::Line;
use crate::reading::{Damage, Form, Located, Problem, Reading, limits};
use crate::xml_marks::XmlMarks;
use crate::{start, xml};

/// The state of a walk, and what it found so far.
pub(crate) struct Scan<'t> {
    pub(crate) text: &'t str,
    /// Events to read at most.
    limit: usize,
    found: Vec<Found>,
    faults: Vec<(usize, Damage)>,
    /// Parts of the text that belong to events without being one: headers, wrappers.
    claimed: Vec<Range<usize>>,
    pub(crate) marks: XmlMarks,
    /// From the start of this range on, the next line ends at its end: event XML is often one long line.
    line_end: Range<usize>,
    /// Before this position no list and no JSON is tried: readers looked that far in vain.
    pub(crate) list_tried: usize,
    pub(crate) json_tried: usize,
}

/// An event at its place.
struct Found {
    event: WinEvent,
    form: Form,
    bytes: Range<usize>,
}

impl<'t> Scan<'t> {
    /// Walks over `text` until its end or until `limit` events are found.
    pub(crate) fn run(text: &'t str, limit: usize) -> Self {
        let mut scan = Scan {
            text,
            limit,
            found: Vec::new(),
            faults: Vec::new(),
            claimed: Vec::new(),
            marks: XmlMarks::new(),
            line_end: 0..0,
            list_tried: 0,
            json_tried: 0,
        };
        let mut at = 0;
        while let Some(line) = scan.line(at) {
            if scan.is_full() {
                if limit == limits::EVENTS && !text.get(at..).unwrap_or("").trim().is_empty() {
                    scan.fault(at, Damage::TooMany);
                }
                break;
            }
            at = scan.step(line);
        }
        scan
    }

    fn line(&mut self, at: usize) -> Option<Line<'t>> {
        if self.line_end.contains(&at) {
            return Some(Line::until(self.text, at, self.line_end.end));
        }
        let line = Line::at(self.text, at)?;
        self.line_end = at..line.next;
        Some(line)
    }

    /// Reads what starts in a line; returns where to go on.
    fn step(&mut self, line: Line<'t>) -> usize {
        // Behind XML a walk goes on within the line, where nothing but further XML is to be found.
        let is_whole =
            self.text.get(..line.start).is_some_and(|above| above.is_empty() || above.ends_with('\n'));
        let read = if is_whole { start::read(self, line) } else { None };
        let end = read.or_else(|| xml::read_within(self, line)).unwrap_or(line.next);
        // Readers end behind their start; a walk that stood still would never end.
        if end > line.start { end } else { line.next }
    }

    /// No more events are wanted.
    pub(crate) fn is_full(&self) -> bool {
        self.found.len() >= self.limit
    }

    /// Adds an event.
    pub(crate) fn add(&mut self, form: Form, bytes: Range<usize>, draft: Draft) {
        if self.is_full() {
            return;
        }
        let finished = draft.finish();
        if finished.cut {
            self.fault(bytes.start, Damage::TooLong);
        }
        self.found.push(Found { event: finished.event, form, bytes });
    }

    /// Notes a problem at a position.
    pub(crate) fn fault(&mut self, at: usize, what: Damage) {
        if self.faults.len() < limits::PROBLEMS {
            self.faults.push((at, what));
        }
    }

    /// Takes a part that is no event out of the rest.
    pub(crate) fn claim(&mut self, bytes: Range<usize>) {
        self.claimed.push(bytes);
    }

    /// Takes over what a walk over a copy of a part of the text found, placed by `place`.
    pub(crate) fn adopt(&mut self, inner: Scan<'_>, place: impl Fn(Range<usize>) -> Range<usize>) {
        for found in inner.found {
            if !self.is_full() {
                self.found.push(Found { bytes: place(found.bytes), ..found });
            }
        }
        for (at, what) in inner.faults {
            self.fault(place(at..at).start, what);
        }
        self.claimed.extend(inner.claimed.into_iter().map(place));
    }

    /// The form of the first event.
    pub(crate) fn first_form(&self) -> Option<Form> {
        self.found.first().map(|found| found.form)
    }

    /// The result, with lines counted and the rest gathered.
    pub(crate) fn into_reading(mut self) -> Reading {
        self.faults.sort_by_key(|(at, _)| *at);
        // XML that was looked at twice, as a part of another event and on its own, has its damage twice.
        self.faults.dedup();
        let mut counter = LineCounter::new(self.text);
        let problems =
            self.faults.drain(..).map(|(at, what)| Problem { line: counter.line_of(at), what }).collect();
        let rest = self.rest();
        let form = self.first_form();
        let mut counter = LineCounter::new(self.text);
        let locate = |Found { event, form, bytes }: Found| {
            let line = counter.line_of(bytes.start);
            Located { event, form, bytes, line }
        };
        let events = self.found.into_iter().map(locate).collect();
        Reading { form, events, rest, problems }
    }

    /// What no reader took, without blanks, bare punctuation and the wrappers of event XML.
    fn rest(&mut self) -> Vec<Range<usize>> {
        let mut taken: Vec<Range<usize>> = std::mem::take(&mut self.claimed);
        taken.extend(self.found.iter().map(|found| found.bytes.clone()));
        taken.sort_by_key(|range| range.start);
        taken.push(self.text.len()..self.text.len());
        let mut rest = Vec::new();
        let mut at = 0;
        for range in taken {
            let piece = self.text.get(at..range.start).unwrap_or("");
            let kept = xml::unwrapped(piece);
            if piece.get(kept.clone()).is_some_and(|kept| kept.chars().any(char::is_alphanumeric)) {
                rest.push(at + kept.start..at + kept.end);
            }
            at = at.max(range.end);
        }
        rest
    }
}

/// Counts lines up to growing positions.
struct LineCounter<'t> {
    text: &'t [u8],
    at: usize,
    line: u32,
}

impl<'t> LineCounter<'t> {
    fn new(text: &'t str) -> Self {
        LineCounter { text: text.as_bytes(), at: 0, line: 1 }
    }

    fn line_of(&mut self, at: usize) -> u32 {
        let between = self.text.get(self.at..at).unwrap_or_default();
        let breaks = memchr_iter(b'\n', between).count();
        self.line = self.line.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX));
        self.at = self.at.max(at);
        self.line
    }
}

//! Places in a text that hold a secret.

use std::ops::Range;

use crate::kind::{Kind, Placeholder};

/// A secret in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) range: Range<usize>,
    pub(crate) kind: Kind,
    /// Whether the value is surely a secret, so that it is one wherever else it stands.
    pub(crate) sure: bool,
}

impl Span {
    pub(crate) fn sure(range: Range<usize>, kind: Kind) -> Span {
        Span { range, kind, sure: true }
    }

    pub(crate) fn likely(range: Range<usize>, kind: Kind) -> Span {
        Span { range, kind, sure: false }
    }
}

/// Ordered spans with what stands around them.
pub(crate) fn widen(text: &str, spans: Vec<Span>, width: Width) -> Vec<Span> {
    let mut wide: Vec<Span> = Vec::new();
    for span in spans {
        // Each line is searched for its ends once, however much is found on it.
        if wide.last().is_some_and(|last| span.range.end <= last.range.end) {
            continue;
        }
        let range = match width {
            Width::Secret => span.range,
            Width::Line => lines_of(text, span.range),
            Width::Text => 0..text.len(),
        };
        wide.push(Span { range, ..span });
    }
    wide
}

fn lines_of(text: &str, range: Range<usize>) -> Range<usize> {
    let before = text.get(..range.start).unwrap_or_default();
    let after = text.get(range.end..).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    start..after.find('\n').map_or(text.len(), |length| range.end + length)
}

/// How much is taken for a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Width {
    /// The secret.
    Secret,
    /// The lines that it stands on.
    Line,
    /// Everything.
    Text,
}

/// Orders spans, unites those that overlap and leaves out what placeholders cover.
///
/// United spans keep the kind of the one that begins first: it is the wider context ("the value of `Password=`"
/// rather than "looks like an e-mail address").
pub(crate) fn settle(mut spans: Vec<Span>, placeholders: &[Placeholder]) -> Vec<Span> {
    spans.retain(|span| !span.range.is_empty());
    spans.sort_by_key(|span| (span.range.start, std::cmp::Reverse(span.range.end)));
    let mut united: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match united.last_mut() {
            Some(last) if span.range.start < last.range.end => {
                last.range.end = last.range.end.max(span.range.end);
            }
            _ => united.push(span),
        }
    }
    if placeholders.is_empty() { united } else { cut_out(united, placeholders) }
}

/// What is left of ordered, disjoint spans without the placeholders in them.
fn cut_out(spans: Vec<Span>, placeholders: &[Placeholder]) -> Vec<Span> {
    let mut left = Vec::with_capacity(spans.len());
    let mut next = 0;
    for span in spans {
        let mut start = span.range.start;
        while let Some(hole) = placeholders.get(next) {
            if hole.range.start >= span.range.end {
                break;
            }
            if hole.range.start > start {
                left.push(Span { range: start..hole.range.start, ..span.clone() });
            }
            start = start.max(hole.range.end);
            if hole.range.end > span.range.end {
                break;
            }
            next += 1;
        }
        if start < span.range.end {
            left.push(Span { range: start..span.range.end, ..span });
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(ranges: &[(usize, usize)]) -> Vec<Span> {
        ranges.iter().map(|&(start, end)| Span::sure(start..end, Kind::Key)).collect()
    }

    fn holes(ranges: &[(usize, usize)]) -> Vec<Placeholder> {
        ranges
            .iter()
            .map(|&(start, end)| Placeholder { range: start..end, kind: Kind::Key, number: 1 })
            .collect()
    }

    #[test]
    fn overlapping_spans_unite_and_touching_ones_stay_apart() {
        assert_eq!(
            settle(spans(&[(5, 9), (0, 3), (3, 4), (8, 12), (6, 7)]), &[]),
            spans(&[(0, 3), (3, 4), (5, 12)])
        );
    }

    #[test]
    fn empty_spans_vanish() {
        assert_eq!(settle(spans(&[(4, 4)]), &[]), spans(&[]));
    }

    #[test]
    fn a_placeholder_inside_a_span_is_kept() {
        assert_eq!(
            settle(spans(&[(0, 20), (30, 40)]), &holes(&[(5, 10), (28, 33)])),
            spans(&[(0, 5), (10, 20), (33, 40)])
        );
    }

    #[test]
    fn a_span_that_is_a_placeholder_vanishes() {
        assert_eq!(settle(spans(&[(5, 10)]), &holes(&[(5, 10)])), spans(&[]));
    }

    #[test]
    fn widened_spans_cover_their_lines_or_everything() {
        let text = "one\ntwo\nsix";
        assert_eq!(widen(text, spans(&[(4, 5), (6, 7)]), Width::Line), spans(&[(4, 7)]));
        assert_eq!(widen(text, spans(&[(5, 9)]), Width::Line), spans(&[(4, 11)]));
        assert_eq!(widen(text, spans(&[(4, 5), (9, 10)]), Width::Text), spans(&[(0, 11)]));
    }

    #[test]
    fn one_placeholder_can_cut_two_spans() {
        assert_eq!(settle(spans(&[(0, 6), (8, 14)]), &holes(&[(4, 10)])), spans(&[(0, 4), (10, 14)]));
    }
}

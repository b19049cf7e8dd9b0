//! Comments of JSON, and the lines that they stand before.

use std::ops::Range;

use super::{Comment, LineIndex};

/// The comments of a JSON text, in order. One that begins its line is for the next line that has more than comments;
/// one behind something is for its line.
pub(super) fn comments<'t>(text: &'t str, index: &LineIndex) -> Vec<Comment<'t>> {
    let spans = spans(text);
    let mut comments = Vec::new();
    // From the last to the first: where the next text that is no comment begins.
    let mut next = None;
    let mut end = text.len();
    for span in spans.iter().rev() {
        let after = text.get(span.end..end).unwrap_or_default();
        next = after.find(|c: char| !c.is_whitespace()).map(|at| span.end + at).or(next);
        let spot = if index.begins_line(span.start) { next } else { Some(span.start) };
        comments.push(Comment {
            start: span.start,
            inside: inside(text.get(span.clone()).unwrap_or_default()),
            reach: spot.map(|spot| index.around(spot)).into_iter().collect(),
        });
        end = span.start;
    }
    comments.reverse();
    comments
}

/// A comment without its marks.
fn inside(comment: &str) -> &str {
    match comment.strip_prefix("/*") {
        Some(block) => block.strip_suffix("*/").unwrap_or(block),
        None => comment.trim_start_matches('/'),
    }
}

/// Where comments are, `//` up to the end of the line and `/* */`. An unfinished one ends the search.
fn spans(text: &str) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find(['"', '/'])) {
        let start = at + found;
        let rest = text.get(start..).unwrap_or_default();
        if rest.starts_with('"') {
            at = start + string_length(rest);
        } else if rest.starts_with("//") {
            at = start + rest.find('\n').unwrap_or(rest.len());
            spans.push(start..at);
        } else if rest.starts_with("/*") {
            let Some(length) = rest.get(2..).and_then(|rest| rest.find("*/")) else { break };
            at = start + length + 4;
            spans.push(start..at);
        } else {
            at = start + 1;
        }
    }
    spans
}

/// The length of the string at the start of a text, with its quotes. A string ends with its line, for in damaged
/// JSON a missing quote should not turn all that follows inside out.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            b'\n' => return at,
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

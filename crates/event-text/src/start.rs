//! Where events start: which reader takes a line.

use crate::lines::Line;
use crate::scan::Scan;
use crate::{csv, details, frame, general, json, list, loose, quote, table};

/// Lets the readers have a line, and reads what starts there. `None` when nothing does.
///
/// The first character rules out most readers, so a line of plain text costs little.
pub(crate) fn read(scan: &mut Scan<'_>, line: Line<'_>) -> Option<usize> {
    match line.text.trim_start().chars().next()? {
        '>' => quote::read(scan, line),
        '{' => json::read(scan, line),
        '[' => json::read(scan, line).or_else(|| loose::read(scan, line)),
        '+' | '-' => details::read(scan, line),
        '#' | '"' => csv::read(scan, line),
        '<' | '&' | '0'..='9' => None,
        _ => csv::read(scan, line)
            .or_else(|| details::read(scan, line))
            .or_else(|| table::read(scan, line))
            .or_else(|| list::read(scan, line))
            .or_else(|| general::read(scan, line))
            .or_else(|| frame::read(scan, line))
            .or_else(|| loose::read(scan, line)),
    }
}

/// An event starts in this line, so that the one before it ends. Looks at a bounded number of lines.
///
/// JSON does not count: apps log it into the very messages that this is to keep whole.
pub(crate) fn is_event(text: &str, line: Line<'_>) -> bool {
    let trimmed = line.text.trim_start();
    let Some(first) = trimmed.chars().next() else { return false };
    match first {
        '<' | '&' => is_element(trimmed),
        '+' | '-' => is_element(trimmed.trim_start_matches(['-', ' '])) || details::starts(text, line),
        '#' | '"' => csv::starts(text, line),
        '[' => loose::starts(line),
        '{' | '>' | '0'..='9' => false,
        _ => {
            csv::starts(text, line)
                || details::starts(text, line)
                || table::starts(text, line)
                || list::starts(text, line)
                || general::starts(text, line)
                || frame::starts(line.text)
                || loose::starts(line)
        }
    }
}

fn is_element(text: &str) -> bool {
    ["<Event", "&lt;Event"].into_iter().any(|open| {
        let behind = text.strip_prefix(open).and_then(|behind| behind.chars().next());
        behind.is_some_and(|c| c.is_whitespace() || matches!(c, '>' | '&'))
    })
}

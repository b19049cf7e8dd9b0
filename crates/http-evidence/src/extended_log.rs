//! The extended log format of W3C, as IIS and HTTP.sys write it: directives that name the columns, and rows.

mod layout;
mod stamp;

use memchr::memchr_iter;

pub(crate) use layout::{Field, Layout};
pub(crate) use stamp::{Span, Stamp};

/// The longest line that is read whole. HTTP.sys takes 16 KiB of request line and headers by default, of which
/// the URL, the user agent, the referrer and the cookie may all be logged.
pub(crate) const LINE_LIMIT: usize = 64 * 1024;
/// The longest line that is kept as a sample.
pub(crate) const SAMPLE_LIMIT: usize = 2 * 1024;
/// How many kinds of rows are told apart. Scanners can make any number of paths and statuses.
pub(crate) const GROUP_LIMIT: usize = 1024;
/// How many columns of a row are looked at.
const COLUMN_LIMIT: usize = 64;

/// Where the columns of a row end.
#[derive(Debug)]
pub(crate) struct Columns {
    ends: [u32; COLUMN_LIMIT],
    count: usize,
}

impl Columns {
    pub(crate) fn new() -> Self {
        Columns { ends: [0; COLUMN_LIMIT], count: 0 }
    }

    /// Finds the columns of `line`.
    pub(crate) fn split<'a>(&'a mut self, line: &'a [u8]) -> Row<'a> {
        self.count = 0;
        for blank in memchr_iter(b' ', line) {
            self.push(blank);
        }
        self.push(line.len());
        Row { line, ends: self.ends.get(..self.count).unwrap_or_default() }
    }

    fn push(&mut self, end: usize) {
        if let Some(slot) = self.ends.get_mut(self.count) {
            // A line is not longer than LINE_LIMIT, so its offsets fit.
            *slot = u32::try_from(end).unwrap_or(u32::MAX);
            self.count += 1;
        }
    }
}

/// A row and its columns.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row<'a> {
    line: &'a [u8],
    ends: &'a [u32],
}

impl<'a> Row<'a> {
    /// How many columns it has.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// A column by its number, counted from 0.
    pub(crate) fn column(&self, number: usize) -> Option<&'a [u8]> {
        self.columns(number, number)
    }

    /// The columns from one number up to and with another, as they stand in the line.
    pub(crate) fn columns(&self, first: usize, last: usize) -> Option<&'a [u8]> {
        let start = match first.checked_sub(1) {
            Some(previous) => *self.ends.get(previous)? as usize + 1,
            None => 0,
        };
        self.line.get(start..*self.ends.get(last)? as usize)
    }

    /// A field; `None` when the layout has no such column, or it is `-`.
    pub(crate) fn field(&self, layout: &Layout, field: Field) -> Option<&'a [u8]> {
        self.column(layout.column(field)?).filter(|value| !matches!(**value, [] | [b'-']))
    }
}

/// A decimal number of at most 19 digits.
pub(crate) fn number(text: &[u8]) -> Option<u64> {
    if text.is_empty() || text.len() > 19 || !text.iter().all(u8::is_ascii_digit) {
        return None;
    }
    Some(text.iter().fold(0, |value, digit| value * 10 + u64::from(digit - b'0')))
}

/// Bytes as text, cut to [`SAMPLE_LIMIT`].
pub(crate) fn sample(line: &[u8]) -> String {
    String::from_utf8_lossy(line.get(..SAMPLE_LIMIT).unwrap_or(line)).into_owned()
}

/// Whether a text is such a log: one of its first lines is a `#Fields:` directive, and `names` says yes to the
/// software and the names of the columns.
pub(crate) fn is_log(prefix: &str, names: impl Fn(&str) -> bool) -> bool {
    let prefix = prefix.trim_start_matches(['\u{feff}', '\r', '\n', ' ']);
    prefix.lines().take(8).any(|line| line.starts_with("#Fields:"))
        && prefix.lines().take(8).filter(|line| line.starts_with('#')).any(names)
}

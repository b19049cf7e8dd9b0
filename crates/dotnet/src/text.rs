//! Places in a text file.

use std::fmt;
use std::ops::Range;

/// A line and a column, both counted from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line.
    pub line: u32,
    /// The column.
    pub column: u32,
}

impl Position {
    /// The position of byte `offset` in `text`. An offset past the end, or inside a character, is taken as the
    /// nearest character before it. A byte order mark takes no column.
    pub fn of(text: &[u8], offset: usize) -> Position {
        let (text, offset) = match text.strip_prefix(BOM) {
            Some(rest) => (rest, offset.saturating_sub(BOM.len())),
            None => (text, offset),
        };
        let before = text.get(..offset).unwrap_or(text);
        let line_start = memchr::memrchr(b'\n', before).map_or(0, |i| i + 1);
        let line = memchr::memchr_iter(b'\n', before).count();
        let characters =
            before.get(line_start..).unwrap_or_default().iter().filter(|b| **b & 0xC0 != 0x80).count();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).saturating_add(1);
        Position { line: count(line), column: count(characters) }
    }
}

/// The UTF-8 byte order mark.
pub(crate) const BOM: &[u8] = b"\xEF\xBB\xBF";

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

/// A byte range in a file of at most 4 GiB, byte order mark included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The span as a range to slice the file with.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    pub(crate) fn new(start: usize, end: usize) -> Span {
        let bounded = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span { start: bounded(start), end: bounded(end) }
    }
}

/// A value and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// A value that stands at `span`.
    pub fn new(value: T, span: Span) -> Self {
        Spanned { value, span }
    }

    /// A value that was made up, not read.
    pub fn unplaced(value: T) -> Self {
        Spanned { value, span: Span::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_lines_and_characters_from_one() {
        let text = "a\r\nbé c\n".as_bytes();
        for (offset, line, column) in
            [(0, 1, 1), (1, 1, 2), (3, 2, 1), (4, 2, 2), (6, 2, 3), (9, 3, 1), (99, 3, 1)]
        {
            assert_eq!(Position::of(text, offset), Position { line, column }, "offset {offset}");
        }
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        assert_eq!(Position::of(b"\xEF\xBB\xBF{}", 4), Position { line: 1, column: 2 });
    }
}

//! Places in a text: byte spans, and lines and columns for people.

/// A byte range of the text a configuration was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// Behind the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to, not including, `end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Span { start, end }
    }

    /// The part of `text` it covers; empty when it does not fit `text`.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// The smallest span around both.
    #[must_use]
    pub fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A place for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Position {
    /// Line, from 1. Lines end with LF (or CR LF).
    pub line: u32,
    /// Column, from 1, in characters (Unicode scalar values).
    pub column: u32,
    /// Byte offset in the text.
    pub offset: usize,
}

/// Turns byte offsets into lines and columns, in time that does not depend on the length of a line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lines {
    starts: Vec<usize>,
    /// Per block of [`BLOCK`] bytes: how many characters begin before it.
    characters_before: Vec<usize>,
    /// Which bytes of each block begin a character: one bit per byte.
    begins: Vec<u64>,
    len: usize,
}

/// Bytes per block; the bits of a `u64`.
const BLOCK: usize = 64;

impl Lines {
    /// Prepares the lookup for a text.
    pub fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', bytes).map(|at| at + 1));
        let mut characters_before = Vec::with_capacity(bytes.len() / BLOCK + 1);
        let mut begins = Vec::with_capacity(bytes.len() / BLOCK + 1);
        let mut count = 0usize;
        for block in bytes.chunks(BLOCK) {
            characters_before.push(count);
            let mut bits = 0u64;
            for (at, byte) in block.iter().enumerate() {
                // UTF-8 continuation bytes are 0b10xx_xxxx.
                bits |= u64::from(byte & 0xC0 != 0x80) << at;
            }
            count += bits.count_ones() as usize;
            begins.push(bits);
        }
        characters_before.push(count);
        begins.push(0);
        Lines { starts, characters_before, begins, len: bytes.len() }
    }

    /// Line and column of a byte offset; offsets behind the text are taken as its end.
    pub fn position(&self, offset: usize) -> Position {
        let offset = offset.min(self.len);
        let index = self.starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = self.starts.get(index).copied().unwrap_or(0);
        let column = self.characters(offset).saturating_sub(self.characters(start)) + 1;
        Position {
            line: u32::try_from(index + 1).unwrap_or(u32::MAX),
            column: u32::try_from(column).unwrap_or(u32::MAX),
            offset,
        }
    }

    /// The byte offset of a line and column, both from 1; `None` when the text has no such line.
    pub(crate) fn offset(&self, text: &str, line: u32, column: u32) -> Option<usize> {
        let start = *self.starts.get((line as usize).checked_sub(1)?)?;
        let rest = text.get(start..)?;
        let within =
            rest.char_indices().nth((column as usize).checked_sub(1)?).map_or(rest.len(), |(at, _)| at);
        Some(start + within)
    }

    /// How many characters begin before the byte `offset`.
    fn characters(&self, offset: usize) -> usize {
        let (block, within) = (offset / BLOCK, offset % BLOCK);
        let before = self.characters_before.get(block).copied().unwrap_or(0);
        let bits = self.begins.get(block).copied().unwrap_or(0);
        before + (bits & ((1u64 << within) - 1)).count_ones() as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_end_with_line_feeds() {
        let text = "eins\r\nzwö<f\n…x";
        let lines = Lines::of(text);
        for (needle, line, column) in [("eins", 1, 1), ("<f", 2, 4), ("…", 3, 1), ("x", 3, 2)] {
            let offset = text.find(needle).expect("the needle is there");
            assert_eq!(lines.position(offset), Position { line, column, offset }, "{needle}");
            assert_eq!(lines.offset(text, line, column), Some(offset), "{needle}");
        }
        assert_eq!(lines.position(9999).line, 3);
        assert_eq!(lines.offset(text, 4, 1), None);
    }

    #[test]
    fn agrees_with_plain_counting_across_block_borders() {
        let text = "ä\u{1F600}b…\n".repeat(60);
        let lines = Lines::of(&text);
        for (offset, _) in text.char_indices() {
            let before = &text[..offset];
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            let found = lines.position(offset);
            assert_eq!((found.line as usize, found.column as usize), (line, column), "{offset}");
        }
    }
}

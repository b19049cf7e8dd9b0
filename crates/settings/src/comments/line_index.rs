//! The lines of a text by offset.

use std::ops::Range;

/// Where lines begin, and the text in them.
pub(super) struct LineIndex {
    /// Per line: its first byte, and the first that is no white space.
    lines: Vec<(usize, usize)>,
    length: usize,
}

impl LineIndex {
    pub(super) fn of(text: &str) -> Self {
        let mut lines = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let indent = line.bytes().take_while(u8::is_ascii_whitespace).count();
            lines.push((start, start + indent));
            start += line.len();
        }
        LineIndex { lines, length: text.len() }
    }

    fn line(&self, offset: usize) -> usize {
        self.lines.partition_point(|(start, _)| *start <= offset).saturating_sub(1)
    }

    /// The bytes of the line around an offset, its line end included.
    pub(super) fn around(&self, offset: usize) -> Range<usize> {
        let line = self.line(offset);
        let start = |line: usize| self.lines.get(line).map_or(self.length, |(start, _)| *start);
        start(line)..start(line + 1)
    }

    /// Is there nothing but white space before an offset in its line?
    pub(super) fn begins_line(&self, offset: usize) -> bool {
        self.lines.get(self.line(offset)).is_none_or(|(_, text)| *text >= offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_ends_with_its_line_feed() {
        let index = LineIndex::of("ab\r\n  c\n\nd");
        for (offset, around, begins) in [
            (0, 0..4, true),
            (1, 0..4, false),
            (6, 4..8, true),
            (7, 4..8, false),
            (8, 8..9, true),
            (9, 9..10, true),
        ] {
            assert_eq!((index.around(offset), index.begins_line(offset)), (around, begins), "{offset}");
        }
        assert_eq!(LineIndex::of("").around(0), 0..0);
    }
}

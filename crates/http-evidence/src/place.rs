//! Where something stands in an input.

use std::ops::Range;

use memchr::memchr_iter;

/// Where something stands in an input.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Place {
    /// First line, counted from 1.
    pub line: u32,
    /// Byte range in the input.
    pub bytes: Range<u64>,
}

impl Place {
    /// The place that begins with `self` and ends with `other`.
    pub(crate) fn until(&self, other: &Place) -> Place {
        Place { line: self.line, bytes: self.bytes.start..other.bytes.end.max(self.bytes.end) }
    }
}

/// Finds the lines of byte offsets in a text.
#[derive(Debug)]
pub(crate) struct LineIndex {
    breaks: Vec<usize>,
}

impl LineIndex {
    /// Notes the line breaks of `text`.
    pub(crate) fn new(text: &str) -> Self {
        LineIndex { breaks: memchr_iter(b'\n', text.as_bytes()).collect() }
    }

    /// The line of an offset, counted from 1.
    pub(crate) fn line(&self, offset: usize) -> u32 {
        let before = self.breaks.partition_point(|&b| b < offset);
        u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1)
    }

    /// The place of a range.
    pub(crate) fn place(&self, range: Range<usize>) -> Place {
        Place { line: self.line(range.start), bytes: range.start as u64..range.end as u64 }
    }
}

/// A line of a text, without its line break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TextLine<'a> {
    /// The line.
    pub(crate) text: &'a str,
    /// Where it starts in the text.
    pub(crate) start: usize,
    /// Its number, counted from 1.
    pub(crate) number: u32,
}

impl<'a> TextLine<'a> {
    /// Where it ends in the text.
    pub(crate) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Its place.
    pub(crate) fn place(&self) -> Place {
        Place { line: self.number, bytes: self.start as u64..self.end() as u64 }
    }

    /// The lines of `text`.
    pub(crate) fn all(text: &'a str) -> impl Iterator<Item = TextLine<'a>> {
        let mut start = 0;
        text.split_inclusive('\n').zip(1u32..).map(move |(whole, number)| {
            let line = TextLine { text: whole.trim_end_matches(['\n', '\r']), start, number };
            start += whole.len();
            line
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_carry_their_number_and_offset() {
        let lines: Vec<_> = TextLine::all("a\r\n\nbc").map(|l| (l.text, l.start, l.number)).collect();
        assert_eq!(lines, [("a", 0, 1), ("", 3, 2), ("bc", 4, 3)]);
    }

    #[test]
    fn an_offset_has_the_line_that_holds_it() {
        let index = LineIndex::new("a\nb\n");
        assert_eq!([0, 1, 2, 3, 4].map(|o| index.line(o)), [1, 1, 2, 2, 3]);
    }
}

//! Places in a text as the protocol counts them: lines from 0, and in a line the code units of an encoding.

use gen_lsp_types::{Position, PositionEncodingKind};

/// What a column counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Encoding {
    /// Bytes of UTF-8.
    Utf8,
    /// Code units of UTF-16: what counts unless client and server agree on something else.
    #[default]
    Utf16,
}

impl Encoding {
    /// Its name in the protocol.
    pub(crate) const fn kind(self) -> PositionEncodingKind {
        match self {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
        }
    }
}

/// Turns byte offsets of a text into positions and back, in time that does not depend on the length of a line.
#[derive(Debug, Clone)]
pub(crate) struct Lines {
    encoding: Encoding,
    /// First byte of each line. Lines end with LF, CR LF or CR.
    starts: Vec<usize>,
    /// Per block of [`BLOCK`] bytes: the code units of UTF-16 before it.
    before: Vec<usize>,
    length: usize,
}

/// Bytes per block.
const BLOCK: usize = 256;

impl Lines {
    /// Prepares the lookup for a text.
    pub(crate) fn of(text: &str, encoding: Encoding) -> Lines {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (at, byte) in bytes.iter().enumerate() {
            let ends = *byte == b'\n' || (*byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
            if ends {
                starts.push(at + 1);
            }
        }
        let mut before = vec![0];
        let mut count = 0;
        for block in bytes.chunks(BLOCK) {
            count += utf16_units(block);
            before.push(count);
        }
        Lines { encoding, starts, before, length: bytes.len() }
    }

    /// The position of a byte; offsets behind the text are taken as its end.
    pub(crate) fn position(&self, text: &str, offset: usize) -> Position {
        let offset = offset.min(self.length);
        let line = self.starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or(0);
        let character = self.units(text, offset).saturating_sub(self.units(text, start));
        Position { line: number(line), character: number(character) }
    }

    /// The byte at a position. A column behind the end of its line is taken as that end, a line behind the last as
    /// the end of the text, and what lies within a character as its start.
    pub(crate) fn offset(&self, text: &str, position: Position) -> usize {
        let line = usize::try_from(position.line).unwrap_or(usize::MAX);
        let Some(start) = self.starts.get(line).copied() else { return self.length };
        let next = self.starts.get(line.saturating_add(1)).copied().unwrap_or(self.length);
        let content = text.get(start..next).unwrap_or_default().trim_end_matches(['\r', '\n']);
        let end = start + content.len();
        let units = self.units(text, start).saturating_add(position.character as usize);
        if units >= self.units(text, end) {
            return end;
        }
        match self.encoding {
            Encoding::Utf8 => text.floor_char_boundary(units),
            Encoding::Utf16 => self.offset_of_units(text, units).clamp(start, end),
        }
    }

    /// The last character that begins with at most so many code units before it.
    fn offset_of_units(&self, text: &str, units: usize) -> usize {
        let block = self.before.partition_point(|before| *before <= units).saturating_sub(1);
        // The block may begin within a character, which then belongs to the block before.
        let from = text.ceil_char_boundary(block * BLOCK);
        let mut seen = self.units(text, from);
        for (at, character) in text.get(from..).unwrap_or_default().char_indices() {
            seen += character.len_utf16();
            if seen > units {
                return from + at;
            }
        }
        self.length
    }

    /// The code units before a byte.
    fn units(&self, text: &str, offset: usize) -> usize {
        match self.encoding {
            Encoding::Utf8 => offset,
            Encoding::Utf16 => {
                let block = offset / BLOCK;
                let rest = text.as_bytes().get(block * BLOCK..offset).unwrap_or_default();
                self.before.get(block).copied().unwrap_or(0) + utf16_units(rest)
            }
        }
    }
}

/// The code units of UTF-16 of the characters that begin in these bytes.
fn utf16_units(bytes: &[u8]) -> usize {
    // Continuation bytes are 0b10xx_xxxx; what begins with 0b1111_0xxx takes two units.
    bytes.iter().map(|byte| usize::from(byte & 0xC0 != 0x80) + usize::from(*byte >= 0xF0)).sum()
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(line: u32, character: u32) -> Position {
        Position { line, character }
    }

    #[test]
    fn columns_count_what_was_agreed_on() {
        let text = "a\r\nü😀<x\r…\n";
        for (needle, line, utf16, utf8) in
            [("a", 0, 0, 0), ("ü", 1, 0, 0), ("😀", 1, 1, 2), ("<x", 1, 3, 6), ("…", 2, 0, 0)]
        {
            let offset = text.find(needle).expect("it is there");
            for (encoding, column) in [(Encoding::Utf16, utf16), (Encoding::Utf8, utf8)] {
                let lines = Lines::of(text, encoding);
                assert_eq!(lines.position(text, offset), at(line, column), "{needle} {encoding:?}");
                assert_eq!(lines.offset(text, at(line, column)), offset, "{needle} {encoding:?}");
            }
        }
    }

    #[test]
    fn positions_that_are_not_there_are_taken_as_the_nearest_before() {
        let text = "ab\r\n😀c";
        let lines = Lines::of(text, Encoding::Utf16);
        assert_eq!(lines.offset(text, at(0, 99)), 2, "behind a line");
        assert_eq!(lines.offset(text, at(9, 0)), text.len(), "behind the text");
        assert_eq!(lines.offset(text, at(1, 1)), 4, "within a pair of surrogates");
        assert_eq!(Lines::of(text, Encoding::Utf8).offset(text, at(1, 2)), 4, "within a character");
        assert_eq!(lines.position(text, 999), at(1, 3));
        assert_eq!(Lines::of("", Encoding::Utf16).offset("", at(0, 3)), 0);
    }

    proptest! {
        #[test]
        fn a_position_leads_back_to_its_byte(text in "[a-zü…😀\r\n]{0,700}") {
            for encoding in [Encoding::Utf8, Encoding::Utf16] {
                let lines = Lines::of(&text, encoding);
                for (offset, character) in text.char_indices().filter(|(_, c)| !matches!(c, '\r' | '\n')) {
                    let position = lines.position(&text, offset);
                    let line = text.get(..offset).unwrap_or_default().rsplit(['\r', '\n']).next().unwrap_or_default();
                    let column = match encoding {
                        Encoding::Utf8 => line.len(),
                        Encoding::Utf16 => line.encode_utf16().count(),
                    };
                    prop_assert_eq!(position.character as usize, column, "{}", character);
                    prop_assert_eq!(lines.offset(&text, position), offset);
                }
            }
        }
    }
}

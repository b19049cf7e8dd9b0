//! The lines of a stream, in bounded memory.

use std::io::{self, BufRead};

use memchr::memchr;

use crate::Place;

/// A stream could not be read to its end. What came before is in the result.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("reading stopped after line {line} (byte {offset}): {reason}")]
pub struct Stopped {
    /// The last line that was read, counted from 1; 0 when there was none.
    pub line: u32,
    /// How many bytes were read.
    pub offset: u64,
    /// What the stream said.
    pub reason: String,
}

/// The lines of a stream. A line longer than `limit` bytes is cut there; the rest of it is skipped.
#[derive(Debug)]
pub(crate) struct Lines<R> {
    input: R,
    /// The start of a line that spans two buffers of the stream.
    carry: Vec<u8>,
    /// Bytes of the stream's buffer that the line handed out last still uses.
    in_use: usize,
    limit: usize,
    number: u32,
    offset: u64,
    stopped: Option<Stopped>,
}

/// A line of a stream, without its line break.
#[derive(Debug)]
pub(crate) struct Line<'a> {
    /// Its bytes.
    pub(crate) bytes: &'a [u8],
    /// Its number, counted from 1.
    pub(crate) number: u32,
    /// Where it starts in the stream.
    pub(crate) start: u64,
    /// It was longer than the limit.
    pub(crate) cut: bool,
}

impl Line<'_> {
    /// Its place.
    pub(crate) fn place(&self) -> Place {
        Place { line: self.number, bytes: self.start..self.start.saturating_add(self.bytes.len() as u64) }
    }
}

/// Where the next line is.
enum Found {
    /// In the stream's buffer: that many bytes, and those with the line break.
    InBuffer(usize, usize),
    /// In `carry`.
    Carried { cut: bool },
    /// There is none.
    None,
}

impl<R: BufRead> Lines<R> {
    pub(crate) fn new(input: R, limit: usize) -> Self {
        Lines { input, carry: Vec::new(), in_use: 0, limit, number: 0, offset: 0, stopped: None }
    }

    /// The next line; `None` at the end, and when the stream could not be read ([`stopped`](Self::stopped)).
    pub(crate) fn next_line(&mut self) -> Option<Line<'_>> {
        self.input.consume(std::mem::take(&mut self.in_use));
        self.carry.clear();
        let start = self.offset;
        let found = match self.find() {
            Ok(found) => found,
            Err(error) => {
                self.stopped =
                    Some(Stopped { line: self.number, offset: self.offset, reason: error.to_string() });
                return None;
            }
        };
        let (bytes, cut) = match found {
            Found::None => return None,
            Found::InBuffer(length, used) => {
                self.in_use = used;
                self.offset = self.offset.saturating_add(used as u64);
                // The buffer is not empty, so this reads nothing and gives the same bytes again.
                let buffer = self.input.fill_buf().unwrap_or_default();
                let line = buffer.get(..length).unwrap_or_default();
                (line.get(..self.limit).unwrap_or(line), line.len() > self.limit)
            }
            Found::Carried { cut } => (self.carry.as_slice(), cut),
        };
        self.number = self.number.saturating_add(1);
        Some(Line { bytes: bytes.strip_suffix(b"\r").unwrap_or(bytes), number: self.number, start, cut })
    }

    fn find(&mut self) -> io::Result<Found> {
        let mut carrying = false;
        let mut cut = false;
        loop {
            let buffer = match self.input.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if buffer.is_empty() {
                return Ok(if carrying { Found::Carried { cut } } else { Found::None });
            }
            let end = memchr(b'\n', buffer);
            if let (Some(end), false) = (end, carrying) {
                return Ok(Found::InBuffer(end, end + 1));
            }
            let (part, used) =
                end.map_or((buffer, buffer.len()), |end| (buffer.get(..end).unwrap_or_default(), end + 1));
            let room = self.limit.saturating_sub(self.carry.len());
            self.carry.extend_from_slice(part.get(..room).unwrap_or(part));
            cut |= part.len() > room;
            carrying = true;
            self.input.consume(used);
            self.offset = self.offset.saturating_add(used as u64);
            if end.is_some() {
                return Ok(Found::Carried { cut });
            }
        }
    }

    /// Why the stream could not be read to its end, when it could not.
    pub(crate) fn stopped(self) -> Option<Stopped> {
        self.stopped
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Read};

    use proptest::prelude::*;

    use super::*;

    /// Bytes, number, start and whether it is cut.
    type Seen = (Vec<u8>, u32, u64, bool);

    fn all(input: impl BufRead, limit: usize) -> (Vec<Seen>, Option<Stopped>) {
        let mut lines = Lines::new(input, limit);
        let mut found = Vec::new();
        while let Some(line) = lines.next_line() {
            found.push((line.bytes.to_vec(), line.number, line.start, line.cut));
        }
        (found, lines.stopped())
    }

    #[test]
    fn a_long_line_is_cut_and_the_next_one_is_whole() {
        let (lines, _) = all(BufReader::with_capacity(4, &b"0123456789\r\nab\r\n"[..]), 5);
        assert_eq!(lines, [(b"01234".to_vec(), 1, 0, true), (b"ab".to_vec(), 2, 12, false)]);
    }

    #[test]
    fn a_stream_that_breaks_keeps_the_lines_before() {
        struct Breaks;
        impl Read for Breaks {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("the disk is gone"))
            }
        }
        let (lines, stopped) = all(BufReader::new(b"one\ntwo\n".chain(Breaks)), 100);
        assert_eq!(lines.len(), 2);
        assert_eq!(
            stopped.map(|s| s.to_string()).as_deref(),
            Some("reading stopped after line 2 (byte 8): the disk is gone")
        );
    }

    proptest! {
        #[test]
        fn the_lines_are_the_same_whatever_the_buffer(text in "[a\r\n]{0,40}", size in 1usize..9) {
            let whole = all(text.as_bytes(), 100).0;
            prop_assert_eq!(&all(BufReader::with_capacity(size, text.as_bytes()), 100).0, &whole);
            let expected: Vec<_> = text.split_inclusive('\n').collect();
            prop_assert_eq!(whole.len(), expected.len());
            for ((bytes, _, start, _), line) in whole.iter().zip(expected) {
                prop_assert!(line.as_bytes().starts_with(bytes));
                prop_assert!(text.get(*start as usize..).is_some_and(|rest| rest.starts_with(line)));
            }
        }
    }
}

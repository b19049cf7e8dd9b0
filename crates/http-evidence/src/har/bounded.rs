//! JSON with its strings cut and its depth bounded, as a stream.
//!
//! `serde_json` holds a whole string in memory, and a byte for every open bracket. A recording has bodies of
//! any length, and a hostile one could be a single string.

use std::cell::Cell;
use std::io::{self, BufRead, Read};

use memchr::{memchr_iter, memchr2};

use super::BODY_LIMIT;
use crate::Place;

/// How deep brackets may be nested. A HAR needs eight; tools add a few for their own fields.
const DEPTH_LIMIT: u32 = 100;
/// The longest number or word; `serde_json` holds the digits of a number.
const WORD_LIMIT: u32 = 512;
/// How far a string may go beyond its limit to end with a whole character: two escapes, `\ud83d\ude00`.
const SLACK: usize = 12;

/// How deep the bracket of an entry is: document, log, list, entry.
const ENTRY_DEPTH: u32 = 4;

/// How far the input was read. Shared with the reader of the JSON, which reads byte by byte and so is never
/// ahead of what it has seen.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Position {
    /// How many bytes were read.
    pub(super) offset: u64,
    /// How many line breaks were read.
    breaks: u32,
    /// Where the last bracket at the depth of entries opened.
    entry_start: u64,
    entry_line: u32,
}

impl Position {
    /// The place of the entry whose closing bracket was read last.
    pub(super) fn entry(&self) -> Place {
        Place { line: self.entry_line, bytes: self.entry_start..self.offset }
    }
}

/// Passes JSON on. Of each string it passes about [`BODY_LIMIT`] bytes on and skips the rest.
#[derive(Debug)]
pub(super) struct Bounded<'a, R> {
    input: R,
    filter: Filter,
    position: &'a Cell<Position>,
}

impl<'a, R: BufRead> Bounded<'a, R> {
    pub(super) fn new(input: R, position: &'a Cell<Position>) -> Self {
        Bounded { input, filter: Filter { state: State::Start, depth: 0, word: 0 }, position }
    }
}

impl<R: BufRead> Read for Bounded<'_, R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let mut position = self.position.get();
        let mut written = 0;
        while written == 0 && !out.is_empty() {
            let input = self.input.fill_buf()?;
            if input.is_empty() {
                break;
            }
            let depth = self.filter.depth;
            let (length, passes) = self.filter.step(input, out.len())?;
            let part = input.get(..length).unwrap_or(input);
            if depth < self.filter.depth && self.filter.depth == ENTRY_DEPTH {
                position.entry_start = position.offset;
                position.entry_line = position.breaks.saturating_add(1);
            }
            let breaks = memchr_iter(b'\n', part).count();
            position.breaks = position.breaks.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX));
            position.offset += part.len() as u64;
            if let (true, Some(room)) = (passes, out.get_mut(..part.len())) {
                room.copy_from_slice(part);
                written = part.len();
            }
            let used = part.len();
            self.input.consume(used);
        }
        self.position.set(position);
        Ok(written)
    }
}

#[derive(Debug)]
struct Filter {
    state: State,
    depth: u32,
    word: u32,
}

#[derive(Debug, Clone, Copy)]
enum State {
    /// At the very start, where a byte order mark may stand.
    Start,
    Outside,
    /// In a string of which so many bytes were passed on. `in_pair`: behind the first half of a surrogate pair.
    String {
        passed: usize,
        in_pair: bool,
    },
    /// Behind a backslash in a string.
    Escape {
        passed: usize,
    },
    /// Behind `\u` and some digits of a code in a string.
    Code {
        passed: usize,
        digits: u8,
        value: u32,
    },
    /// In the rest of a string.
    Skipping,
    /// Behind a backslash in the rest of a string.
    SkippingEscape,
}

impl Filter {
    /// How many of the first bytes of `input` belong together, and whether they are passed on; then they are not
    /// more than `room`. It may be none when only the state changed.
    fn step(&mut self, input: &[u8], room: usize) -> io::Result<(usize, bool)> {
        let Some(&first) = input.first() else { return Ok((0, true)) };
        match self.state {
            State::Start => {
                self.state = State::Outside;
                let mark = "\u{feff}".as_bytes();
                Ok((if input.starts_with(mark) { mark.len() } else { 0 }, false))
            }
            State::Outside => self.outside(first).map(|()| (1, true)),
            State::String { passed, in_pair } => {
                Ok(self.string(input.get(..room).unwrap_or(input), passed, in_pair))
            }
            State::Escape { passed } => {
                self.state = match first {
                    b'u' => State::Code { passed: passed + 1, digits: 0, value: 0 },
                    _ => State::String { passed: passed + 1, in_pair: false },
                };
                Ok((1, true))
            }
            State::Code { passed, digits, value } => {
                let value = value << 4 | char::from(first).to_digit(16).unwrap_or_default();
                self.state = match digits {
                    3 => State::String { passed: passed + 1, in_pair: value & 0xfc00 == 0xd800 },
                    _ => State::Code { passed: passed + 1, digits: digits + 1, value },
                };
                Ok((1, true))
            }
            State::Skipping => Ok(self.skip(input, first)),
            State::SkippingEscape => {
                self.state = State::Skipping;
                Ok((1, false))
            }
        }
    }

    fn outside(&mut self, c: u8) -> io::Result<()> {
        let is_word = c.is_ascii_alphanumeric() || matches!(c, b'.' | b'+' | b'-');
        self.word = if is_word { self.word + 1 } else { 0 };
        match c {
            b'"' => self.state = State::String { passed: 0, in_pair: false },
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        if self.depth > DEPTH_LIMIT || self.word > WORD_LIMIT {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "nested too deeply, or a number too long",
            ));
        }
        Ok(())
    }

    fn string(&mut self, input: &[u8], passed: usize, in_pair: bool) -> (usize, bool) {
        let first = input.first().copied().unwrap_or_default();
        let is_inside_character = in_pair || first & 0xc0 == 0x80;
        let may_cut = passed >= BODY_LIMIT + SLACK || (passed >= BODY_LIMIT && !is_inside_character);
        match first {
            b'"' => self.state = State::Outside,
            _ if may_cut => {
                self.state = State::Skipping;
                return (0, false);
            }
            b'\\' => self.state = State::Escape { passed: passed + 1 },
            _ => {
                let part = input.get(..BODY_LIMIT.saturating_sub(passed)).unwrap_or(input);
                let length = memchr2(b'"', b'\\', part).unwrap_or(part.len()).max(1);
                self.state = State::String { passed: passed + length, in_pair: false };
                return (length, true);
            }
        }
        (1, true)
    }

    fn skip(&mut self, input: &[u8], first: u8) -> (usize, bool) {
        match first {
            b'"' => {
                self.state = State::Outside;
                (1, true)
            }
            b'\\' => {
                self.state = State::SkippingEscape;
                (1, false)
            }
            _ => (memchr2(b'"', b'\\', input).unwrap_or(input.len()), false),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn passed(json: &str, buffer: usize) -> Result<String, String> {
        let mut out = String::new();
        let reader = io::BufReader::with_capacity(buffer, json.as_bytes());
        Bounded::new(reader, &Cell::default())
            .read_to_string(&mut out)
            .map(|_| out)
            .map_err(|e| e.to_string())
    }

    #[test]
    fn a_long_string_is_cut_and_what_follows_is_whole() {
        let json = format!("\u{feff}{{\"a\":\"{}\\\"\\\\\",\"b\":[1,\"x\"]}}", "y".repeat(BODY_LIMIT + 9000));
        let expected = format!("{{\"a\":\"{}\",\"b\":[1,\"x\"]}}", "y".repeat(BODY_LIMIT));
        assert_eq!(passed(&json, 64), Ok(expected));
    }

    #[test]
    fn depth_and_numbers_are_bounded() {
        assert!(passed(&"[".repeat(101), 64).is_err());
        assert!(passed(&"1".repeat(1000), 64).is_err());
        assert!(passed(&"[]".repeat(1000), 64).is_ok());
    }

    proptest! {
        #[test]
        fn cut_json_is_still_json(before in 0usize..20, tail in "(é|\\PC|😀|\"|\\\\|\u{1}){1,12}", escaped: bool, size in 3usize..90) {
            let text = format!("{}{}", "z".repeat(BODY_LIMIT - before), tail.repeat(3));
            let mut json = serde_json::to_string(&[&text, "end"]).expect("strings are JSON");
            if escaped {
                let escapes = |c: char| {
                    let mut units = [0; 2];
                    c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")).collect::<String>()
                };
                json = json.chars().map(|c| if c.is_ascii() { c.to_string() } else { escapes(c) }).collect();
            }
            let out = passed(&json, size).expect("readable");
            let read: Vec<String> = serde_json::from_str(&out).expect("still JSON");
            prop_assert_eq!(read.len(), 2);
            prop_assert!(read.first().is_some_and(|cut| text.starts_with(cut.as_str()) && cut.len() + 60 >= BODY_LIMIT.min(text.len())));
        }
    }
}

//! A search that is too simple to be wrong, and texts to try it on.
#![allow(dead_code, reason = "each test file uses a part")]

use std::io::{self, Read};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;

use falconer_scan::{Hit, Matcher, Stats};
use proptest::prelude::*;

/// Bytes that are easily taken for one another when case is folded by clearing a bit, and line ends.
const ALPHABET: &[u8] = b"aAbB01@`[{\n\r\x00 \xC4\xE4";

/// Every occurrence of every literal, in order.
pub(crate) fn naive(text: &[u8], literals: &[Vec<u8>]) -> Vec<Hit> {
    let mut hits = Vec::new();
    for offset in 0..text.len() {
        for (index, literal) in literals.iter().enumerate() {
            let found = text[offset..].get(..literal.len());
            if found.is_some_and(|found| found.eq_ignore_ascii_case(literal)) {
                hits.push(Hit { offset: offset as u64, literal: index });
            }
        }
    }
    hits
}

pub(crate) fn matcher(literals: &[Vec<u8>]) -> Matcher {
    Matcher::new(literals).unwrap_or_else(|error| panic!("{error}"))
}

pub(crate) fn slice_hits(matcher: &Matcher, text: &[u8]) -> Vec<Hit> {
    let mut hits = Vec::new();
    let stats = matcher.scan_slice(text, &mut |hit| {
        hits.push(hit);
        ControlFlow::Continue(())
    });
    assert_eq!((stats.bytes, stats.hits), (text.len() as u64, hits.len() as u64));
    hits
}

pub(crate) fn reader_hits(
    matcher: &Matcher,
    reader: impl Read + Send,
    threads: usize,
) -> (Vec<Hit>, io::Result<Stats>) {
    let mut hits = Vec::new();
    let stats = matcher.scan(reader, NonZeroUsize::MIN.saturating_add(threads - 1), &mut |hit| {
        hits.push(hit);
        ControlFlow::Continue(())
    });
    (hits, stats)
}

/// Some literals, of which some are parts of others, and a text full of them and of near misses.
pub(crate) fn literals_and_text() -> impl Strategy<Value = (Vec<Vec<u8>>, Vec<u8>)> {
    let bytes = |len| prop::collection::vec(prop::sample::select(ALPHABET), len);
    let literals =
        (prop::collection::vec(bytes(5..24_usize), 1..8), prop::collection::vec(any::<(u16, u16)>(), 0..4));
    let pieces = prop::collection::vec((any::<u16>(), any::<u16>(), bytes(0..9_usize)), 0..60);
    (literals, pieces).prop_map(|((mut literals, parts), pieces)| {
        for (which, cut) in parts {
            let whole = &literals[usize::from(which) % literals.len()];
            let len = 5 + usize::from(cut) % (whole.len() - 4);
            literals.push(whole[whole.len() - len..].to_vec());
        }
        let mut text = Vec::new();
        for (which, cases, filler) in pieces {
            let literal = &literals[usize::from(which) % literals.len()];
            text.extend(literal.iter().enumerate().map(|(at, byte)| match cases >> (at % 16) & 1 {
                0 => *byte,
                _ if byte.is_ascii_alphabetic() => byte ^ 0x20,
                _ => *byte,
            }));
            text.extend(filler);
        }
        (literals, text)
    })
}

/// `len` bytes of log lines, the same for the same `seed`; they contain neither `fail` nor `500.`.
pub(crate) fn log_lines(len: usize, seed: u64) -> Vec<u8> {
    let mut state = seed;
    let mut text = Vec::with_capacity(len + 64);
    while text.len() < len {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        text.extend_from_slice(
            format!("info: request {:08x} took {} ms\n", state >> 32, state >> 58).as_bytes(),
        );
    }
    text.truncate(len);
    text
}

/// Writes `what` over `text` at `offset`.
pub(crate) fn plant(text: &mut [u8], offset: usize, what: &[u8]) {
    text[offset..offset + what.len()].copy_from_slice(what);
}

/// Delivers `text` in pieces of odd sizes, interrupted now and then, and fails at its end if told so.
pub(crate) struct Fitful<'a> {
    pub(crate) text: &'a [u8],
    pub(crate) calls: usize,
    pub(crate) fails: bool,
}

impl Read for Fitful<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.calls += 1;
        if self.calls.is_multiple_of(7) {
            return Err(io::ErrorKind::Interrupted.into());
        }
        if self.text.is_empty() && self.fails {
            return Err(io::Error::other("the disk is gone"));
        }
        let piece = buffer.len().min(self.text.len()).min(1 + self.calls * 7919 % 100_000);
        buffer[..piece].copy_from_slice(&self.text[..piece]);
        self.text = &self.text[piece..];
        Ok(piece)
    }
}

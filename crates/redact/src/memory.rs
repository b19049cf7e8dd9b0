//! What has been seen: one number for one secret, and secrets known again where nothing gives them away.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use aho_corasick::{AhoCorasick, MatchKind};

use crate::kind::{Kind, Placeholder};
use crate::span::Span;
use crate::unit::canonical;

/// How many secrets are told apart. More share the number 0, so that hostile input cannot fill the memory.
const MAX_NUMBERED: usize = 1 << 20;

/// How many secrets are looked for everywhere, and how long they may be.
const MAX_KNOWN: usize = 1024;
const MAX_KNOWN_LENGTH: usize = 512;

/// Shorter secrets could be a part of something else.
const MIN_KNOWN_LENGTH: usize = 8;

/// Numbers in placeholders that came with the text count up to here; a forged one must not exhaust the numbers.
const MAX_FOREIGN_NUMBER: u32 = 1 << 20;

/// Numbers for secrets, and the secrets to look for everywhere.
#[derive(Default)]
pub(crate) struct Memory {
    hasher: RandomState,
    /// By the hash of the canonical value: it need not be kept.
    numbers: HashMap<(Kind, u64), u32>,
    last: [u32; Kind::COUNT],
    known: HashMap<String, Kind>,
    matcher: Option<(AhoCorasick, Vec<Kind>)>,
}

impl Memory {
    /// Takes note of placeholders from an earlier run, whose numbers must not be given to other secrets.
    pub(crate) fn reserve(&mut self, placeholders: &[Placeholder]) {
        for placeholder in placeholders.iter().filter(|found| found.number <= MAX_FOREIGN_NUMBER) {
            let last = &mut self.last[placeholder.kind.index()];
            *last = placeholder.number.max(*last);
        }
    }

    /// The number of a secret; the same one for the same value in any escaping.
    pub(crate) fn number(&mut self, kind: Kind, value: &str) -> u32 {
        let mut plain = canonical(value);
        if matches!(kind, Kind::User | Kind::Email | Kind::Host) {
            plain.make_ascii_lowercase();
        }
        let key = (kind, self.hasher.hash_one(plain));
        if let Some(&number) = self.numbers.get(&key) {
            return number;
        }
        if self.numbers.len() >= MAX_NUMBERED {
            return 0;
        }
        let last = &mut self.last[kind.index()];
        *last += 1;
        self.numbers.insert(key, *last);
        *last
    }

    /// Takes note of secrets that are surely ones and that nothing else could be.
    pub(crate) fn learn(&mut self, text: &str, spans: &[Span]) {
        for span in spans.iter().filter(|span| span.sure) {
            let Some(value) = text.get(span.range.clone()) else { continue };
            self.learn_value(value.to_owned(), span.kind);
            self.learn_value(canonical(value), span.kind);
        }
    }

    fn learn_value(&mut self, value: String, kind: Kind) {
        if self.known.len() < MAX_KNOWN && is_distinctive(&value, kind) && !self.known.contains_key(&value) {
            self.known.insert(value, kind);
            self.matcher = None;
        }
    }

    /// Adds the places where a known secret stands.
    pub(crate) fn find(&mut self, text: &str, spans: &mut Vec<Span>) {
        if self.known.is_empty() {
            return;
        }
        if self.matcher.is_none() {
            self.matcher = build(&self.known);
        }
        let Some((matcher, kinds)) = &self.matcher else { return };
        for found in matcher.find_iter(text) {
            if is_whole(text, found.range())
                && let Some(&kind) = kinds.get(found.pattern().as_usize())
            {
                spans.push(Span::likely(found.range(), kind));
            }
        }
    }
}

fn build(known: &HashMap<String, Kind>) -> Option<(AhoCorasick, Vec<Kind>)> {
    let matcher = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(known.keys()).ok()?;
    Some((matcher, known.values().copied().collect()))
}

/// Whether a value is a secret wherever it stands: long, and mixed as no word of a message is.
fn is_distinctive(value: &str, kind: Kind) -> bool {
    let has = |test: fn(&u8) -> bool| value.bytes().any(|byte| test(&byte));
    let mixed = match kind {
        Kind::User | Kind::Email => value.contains(['\\', '@']),
        Kind::Host => value.contains('.') && has(u8::is_ascii_alphabetic),
        _ => has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic),
    };
    mixed && (MIN_KNOWN_LENGTH..=MAX_KNOWN_LENGTH).contains(&value.len())
}

/// Whether a find is a word of its own.
fn is_whole(text: &str, range: std::ops::Range<usize>) -> bool {
    let is_word = |ch: Option<char>| ch.is_some_and(char::is_alphanumeric);
    let before = text.get(..range.start).and_then(|before| before.chars().next_back());
    let after = text.get(range.end..).and_then(|after| after.chars().next());
    !(is_word(before) || is_word(after))
}

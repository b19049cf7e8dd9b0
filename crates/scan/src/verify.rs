//! From a window that may belong to a literal to the literals that stand there.
//!
//! Literals with the same gram at the same distance from their end, form a group; within it they are
//! sorted by their last eight bytes, so that sixty HRESULTs that share `0x80` cost one binary search.

use std::ops::Range;

use crate::Hit;
use crate::gram::{FOLD, ROWS, SPREAD};
use crate::literals::Literals;

/// Bytes of a literal's end that find it within its group.
const TAIL: usize = 8;

/// Literals that end `end` bytes after the start of a window of `slot`.
///
/// Small, because few of them are still in a near cache when they are needed.
struct Group {
    slot: u32,
    /// The members are `tails[first..first + count]`.
    first: u32,
    /// Has the bit [`tail_bit`] of each member; most candidates go no further.
    tail_bits: u64,
    count: u16,
    end: u16,
    /// Length of the tails compared, `TAIL` but for shorter literals.
    tail: u16,
}

/// Finds the literals of a candidate window.
pub(crate) struct Verifier {
    /// Per row the range of its groups: `groups[first[row]..first[row + 1]]`.
    first: Vec<u32>,
    groups: Vec<Group>,
    /// Folded tails, sorted within each group.
    tails: Vec<u64>,
    /// The literal of each tail.
    literals: Vec<u32>,
}

impl Verifier {
    /// Appends the literals with a gram of `slot` that stand around the window at `at` and start within `owned`.
    pub(crate) fn verify(
        &self,
        literals: &Literals,
        text: &[u8],
        at: usize,
        slot: u32,
        owned: &Range<usize>,
        hits: &mut Vec<Hit>,
    ) {
        let row = (slot >> 5) as usize;
        let (Some(&from), Some(&to)) = (self.first.get(row), self.first.get(row + 1)) else { return };
        for group in self.groups.get(from as usize..to as usize).unwrap_or_default() {
            let end = at + usize::from(group.end);
            if group.slot != slot || end > text.len() {
                continue;
            }
            let tail = tail(text, end, usize::from(group.tail));
            if group.tail_bits & tail_bit(tail) == 0 {
                continue;
            }
            let first = group.first as usize;
            let tails = self.tails.get(first..first + usize::from(group.count)).unwrap_or_default();
            let lower = tails.partition_point(|known| *known < tail);
            let equal = tails.iter().skip(lower).take_while(|known| **known == tail).count();
            for literal in self.literals.iter().skip(first + lower).take(equal) {
                push_if_equal(literals, text, end, *literal as usize, owned, hits);
            }
        }
    }
}

fn push_if_equal(
    literals: &Literals,
    text: &[u8],
    end: usize,
    literal: usize,
    owned: &Range<usize>,
    hits: &mut Vec<Hit>,
) {
    let Some(wanted) = literals.get(literal) else { return };
    let Some(start) = end.checked_sub(wanted.len()) else { return };
    let stands = || text.get(start..end).is_some_and(|found| found.eq_ignore_ascii_case(wanted));
    if owned.contains(&start) && stands() {
        hits.push(Hit { offset: start as u64, literal });
    }
}

/// The folded `len` bytes before `end`, the last in the highest place; bytes before the text count as zero.
fn tail(text: &[u8], end: usize, len: usize) -> u64 {
    let before = text.get(..end).unwrap_or_default();
    let all = match before.last_chunk::<TAIL>() {
        Some(bytes) => u64::from_le_bytes(*bytes),
        None => {
            before
                .iter()
                .rev()
                .fold((0, 64), |(word, at), byte| (word | u64::from(*byte) << (at - 8), at - 8))
                .0
        }
    };
    let kept = u32::try_from((TAIL - len.min(TAIL)) * 8).unwrap_or(0);
    (all & FOLD) >> kept.min(63)
}

/// One of 64 bits, by a hash of `tail`.
fn tail_bit(tail: u64) -> u64 {
    1 << (tail.wrapping_mul(SPREAD) >> 58)
}

/// What the verifier is made of, in any order.
#[derive(Default)]
pub(crate) struct VerifierBuilder {
    /// Slot, distance to the end, length of the tail, tail, literal.
    entries: Vec<(u32, u16, u16, u64, u32)>,
}

impl VerifierBuilder {
    /// Adds a literal that has a gram of `slot` at its byte `at`.
    pub(crate) fn add(&mut self, literals: &Literals, literal: usize, at: usize, slot: u32) {
        let Some(text) = literals.get(literal) else { return };
        let len = text.len().min(TAIL);
        // No literal is longer than MAX_LITERAL, nor are there more than MAX_LITERALS.
        let (end, tail_len) = ((text.len() - at) as u16, len as u16);
        self.entries.push((slot, end, tail_len, tail(text, text.len(), len), literal as u32));
    }

    pub(crate) fn build(mut self) -> Verifier {
        self.entries.sort_unstable();
        let mut made = Verifier {
            first: Vec::with_capacity(ROWS + 1),
            groups: Vec::new(),
            tails: Vec::with_capacity(self.entries.len()),
            literals: Vec::with_capacity(self.entries.len()),
        };
        for same in self.entries.chunk_by(|a, b| (a.0, a.1, a.2) == (b.0, b.1, b.2)) {
            let Some(&(slot, end, tail, ..)) = same.first() else { continue };
            made.first.resize((slot >> 5) as usize + 1, made.groups.len() as u32);
            made.groups.push(Group {
                slot,
                first: made.tails.len() as u32,
                tail_bits: same.iter().fold(0, |bits, entry| bits | tail_bit(entry.3)),
                count: same.len() as u16,
                end,
                tail,
            });
            made.tails.extend(same.iter().map(|entry| entry.3));
            made.literals.extend(same.iter().map(|entry| entry.4));
        }
        made.first.resize(ROWS + 1, made.groups.len() as u32);
        made
    }
}

//! Finds which of many patterns start where.

use std::collections::HashMap;

/// Many patterns, found by their first four bytes.
///
/// Made for a program that starts, reads a few kilobytes and ends: it is built in microseconds, where an
/// automaton over the same patterns takes longer to build than the text takes to read.
#[derive(Debug, Clone)]
pub struct Starts {
    patterns: Vec<Vec<u8>>,
    /// A bit for each hash of four bytes that some pattern starts with.
    filter: Vec<u64>,
    by_key: HashMap<u32, Vec<usize>>,
}

/// The length of the keys; shorter patterns cannot be found.
const KEY: usize = 4;
const FILTER_BITS: u32 = 16;

impl Starts {
    /// The shortest pattern that can be found.
    pub const MIN_LENGTH: usize = KEY;

    /// An index of patterns. One that is shorter than [`MIN_LENGTH`](Self::MIN_LENGTH) is never found.
    pub fn new(patterns: Vec<Vec<u8>>) -> Self {
        let mut starts = Starts {
            filter: vec![0; (1 << FILTER_BITS) / 64],
            by_key: HashMap::with_capacity(patterns.len()),
            patterns: Vec::new(),
        };
        for (number, pattern) in patterns.iter().enumerate() {
            if let Some(key) = key(pattern) {
                let bit = hash(key);
                starts.filter[bit / 64] |= 1 << (bit % 64);
                starts.by_key.entry(key).or_default().push(number);
            }
        }
        starts.patterns = patterns;
        starts
    }

    /// Calls `found` with the number of the pattern and the place, for each place in order at which one stands.
    pub fn find(&self, text: &[u8], mut found: impl FnMut(usize, usize)) {
        for (at, window) in text.windows(KEY).enumerate() {
            let Some(key) = key(window) else {
                continue;
            };
            let bit = hash(key);
            if self.filter[bit / 64] & (1 << (bit % 64)) == 0 {
                continue;
            }
            for &number in self.by_key.get(&key).map_or(&[][..], Vec::as_slice) {
                if text[at..].starts_with(&self.patterns[number]) {
                    found(number, at);
                }
            }
        }
    }
}

fn key(bytes: &[u8]) -> Option<u32> {
    bytes.first_chunk::<KEY>().map(|first| u32::from_le_bytes(*first))
}

fn hash(key: u32) -> usize {
    // Fibonacci hashing: the high bits of the product mix all of the key.
    (key.wrapping_mul(0x9e37_79b1) >> (u32::BITS - FILTER_BITS)) as usize
}

#[cfg(test)]
mod tests {
    use super::Starts;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_place_of_every_pattern_is_found(
            patterns in prop::collection::vec("[ab]{4,7}", 1..8),
            text in "[abc]{0,60}",
        ) {
            let starts = Starts::new(patterns.iter().map(|p| p.clone().into_bytes()).collect());
            let mut found = Vec::new();
            starts.find(text.as_bytes(), |pattern, at| found.push((at, pattern)));
            let mut expected = Vec::new();
            for at in 0..text.len() {
                for (number, pattern) in patterns.iter().enumerate() {
                    if text[at..].starts_with(pattern.as_str()) {
                        expected.push((at, number));
                    }
                }
            }
            prop_assert_eq!(found, expected);
        }
    }
}

//! Verdicts that were reached before.

use crate::{
    bytes::u64_at,
    filter::{Filter, MAX_NAME, Verdict},
};

/// The verdicts on the provider names seen last, by the raw bytes of the name. Logs repeat few names, so most
/// records cost one comparison of bytes, however many rules the filter has.
pub(crate) struct Verdicts<'f> {
    filter: &'f Filter,
    known: Vec<(Vec<u8>, Verdict)>,
}

impl<'f> Verdicts<'f> {
    const SLOTS: usize = 256;

    pub(crate) fn new(filter: &'f Filter) -> Self {
        // The empty name stands for "nothing known" in every slot, so it is given its true verdict.
        let nothing = (Vec::new(), filter.verdict(&[]));
        Verdicts { filter, known: vec![nothing; Self::SLOTS] }
    }

    pub(crate) fn filter(&self) -> &'f Filter {
        self.filter
    }

    /// What a provider's name in UTF-16LE decides.
    pub(crate) fn verdict(&mut self, name: &[u8]) -> &Verdict {
        // What follows decides nothing, see `Filter::verdict`.
        let name = name.get(..MAX_NAME + 2).unwrap_or(name);
        match self.known.get_mut(slot_of(name, Self::SLOTS)) {
            Some((known, verdict)) => {
                if known != name {
                    *verdict = self.filter.verdict(name);
                    known.clear();
                    known.extend_from_slice(name);
                }
                verdict
            }
            None => &Verdict::Drop,
        }
    }
}

/// A slot for the name, from its length and from three places in it.
fn slot_of(name: &[u8], slots: usize) -> usize {
    let part = |at: usize| u64_at(name, at).unwrap_or(0);
    let mixed =
        part(0) ^ part(name.len() / 2).rotate_left(21) ^ part(name.len().saturating_sub(8)).rotate_left(42);
    let hash = (mixed ^ name.len() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 48;
    usize::try_from(hash).unwrap_or(0) % slots
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(name: &str) -> Vec<u8> {
        name.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn a_verdict_is_the_same_the_second_time() {
        let filter = Filter::none().events("P1*", [5]).provider("P7");
        let mut verdicts = Verdicts::new(&filter);
        for round in 0..2 {
            for number in 0..2000_u32 {
                let name = format!("P{number}");
                assert_eq!(
                    verdicts.verdict(&raw(&name)),
                    &filter.verdict(&raw(&name)),
                    "{name} in round {round}"
                );
            }
        }
    }

    #[test]
    fn a_name_of_any_length_has_a_verdict() {
        let filter = Filter::none().provider("x*");
        let mut verdicts = Verdicts::new(&filter);
        for length in [0, 1, 3, 4, 255, 256, 257, 258, 30_000] {
            let passes = (1..=256).contains(&length);
            assert_eq!(verdicts.verdict(&raw(&"x".repeat(length))).passes(None), passes, "{length}");
            assert!(!verdicts.verdict(&raw(&"y".repeat(length))).passes(None), "{length}");
        }
    }
}

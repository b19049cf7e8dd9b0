//! Which grams of the literals to look for in one text, and at which stride.
//!
//! A literal of `S + G - 1` bytes or more holds a gram of `G` bytes at a multiple of `S`, wherever it stands in the
//! text. So only every `S`-th window is looked at, and per literal and offset modulo `S` one gram is enough: the one
//! that is rarest in a sample of this very text.

use crate::frequencies::Frequencies;
use crate::gram::{self, MAX_GRAM, MIN_GRAM, ROWS};
use crate::literals::Literals;
use crate::verify::{Verifier, VerifierBuilder};

/// The greatest stride: beyond it the copy of the text into the buffer costs more than the search.
pub(crate) const MAX_STRIDE: usize = 9;
/// The least stride; literals of `MIN_LITERAL` bytes allow it.
pub(crate) const MIN_STRIDE: usize = 2;
/// What following up a candidate costs, in samples (a mispredicted branch, a look-up, a comparison).
const CANDIDATE_COST: f64 = 80.0;

/// The grams looked for.
pub(crate) struct Plan {
    pub(crate) stride: usize,
    /// Folds a window and leaves a gram.
    pub(crate) mask: u64,
    pub(crate) table: Box<[u32; ROWS]>,
    pub(crate) verifier: Verifier,
    /// Candidates per byte, in the sample.
    expected: f64,
}

impl Plan {
    /// The plan that is cheapest for texts like `sample`.
    ///
    /// `members` are the literals to be found by sampling.
    pub(crate) fn new(literals: &Literals, members: &[usize], sample: &[u8]) -> Self {
        let mut best: Option<Choice> = None;
        // Short grams allow a long stride but hit more often; which weighs more depends on the text.
        for (stride, gram) in strides(literals, members) {
            if best.as_ref().is_some_and(|best| best.cost <= 1.0 / stride as f64) {
                break;
            }
            let choice = Choice::new(literals, members, sample, stride, gram);
            if best.as_ref().is_none_or(|best| choice.cost < best.cost) {
                best = Some(choice);
            }
        }
        best.unwrap_or_else(|| Choice::new(literals, members, sample, MIN_STRIDE, MIN_GRAM))
            .into_plan(literals)
    }

    /// Whether `candidates` in `bytes` say that this plan was made for a text of another kind: following them up
    /// took more than twice the time expected, and at least a quarter of the time of the sampling.
    pub(crate) fn is_overrun(&self, candidates: u64, bytes: usize) -> bool {
        let tolerable = 0.25 / (CANDIDATE_COST * self.stride as f64);
        candidates as f64 > bytes as f64 * (2.0 * self.expected).max(tolerable)
    }
}

/// The strides and lengths of grams that suit the shortest of the literals, the longest stride first.
fn strides(literals: &Literals, members: &[usize]) -> impl Iterator<Item = (usize, usize)> {
    let shortest = members.iter().filter_map(|&index| literals.get(index)).map(<[u8]>::len).min();
    let shortest = shortest.unwrap_or(MAX_STRIDE + MAX_GRAM);
    let longest_stride = move |gram: usize| (shortest + 1).saturating_sub(gram).min(MAX_STRIDE);
    // Three bytes are found everywhere: they are for literals that leave little choice.
    let least = if shortest < 8 { MIN_GRAM } else { MIN_GRAM + 1 };
    (least..=MAX_GRAM).map(move |gram| (longest_stride(gram), gram)).take_while(|pair| pair.0 >= MIN_STRIDE)
}

/// One gram of one literal.
struct Pick {
    literal: usize,
    /// Offset of the gram in the literal.
    at: usize,
    hash: u64,
}

/// The grams for one stride, and what they would cost.
struct Choice {
    stride: usize,
    mask: u64,
    table: Box<[u32; ROWS]>,
    picks: Vec<Pick>,
    /// Candidates per byte of text.
    candidates: f64,
    /// Cost of a byte of text, in samples.
    cost: f64,
}

impl Choice {
    fn new(literals: &Literals, members: &[usize], sample: &[u8], stride: usize, gram: usize) -> Self {
        let mask = gram::mask(gram);
        let frequencies = Frequencies::of(sample, mask);
        let mut choice =
            Self { stride, mask, table: Box::new([0; ROWS]), picks: Vec::new(), candidates: 0.0, cost: 0.0 };
        let mut windows = 0;
        for &literal in members {
            let text = literals.get(literal).unwrap_or_default();
            let positions = (text.len() + 1).saturating_sub(gram);
            for residue in 0..stride {
                windows += choice.pick(literal, text, (residue..positions).step_by(stride), &frequencies);
            }
        }
        choice.candidates = frequencies.share(windows) / stride as f64;
        choice.cost = 1.0 / stride as f64 + CANDIDATE_COST * choice.candidates;
        choice
    }

    /// Takes the cheapest gram at one of `positions`; says how many more windows of the sample are candidates.
    fn pick(
        &mut self,
        literal: usize,
        text: &[u8],
        positions: impl Iterator<Item = usize>,
        frequencies: &Frequencies,
    ) -> u64 {
        let weigh = |at: usize| {
            let hash = gram::hash(gram::window(text, at), self.mask);
            let slot = gram::slot(hash);
            let count = u64::from(frequencies.count(slot));
            // A gram looked for already brings no new candidates, only more work for each.
            let known = gram::lookup(&self.table, hash) & 1 != 0;
            let (weight, more) = if known { (count, 0) } else { (4 * count + 1, count) };
            (weight, Pick { literal, at, hash }, more)
        };
        let Some((_, pick, more)) = positions.map(weigh).min_by_key(|weighed| weighed.0) else { return 0 };
        gram::set(&mut self.table, pick.hash);
        self.picks.push(pick);
        more
    }

    fn into_plan(self, literals: &Literals) -> Plan {
        let mut verifier = VerifierBuilder::default();
        for pick in &self.picks {
            verifier.add(literals, pick.literal, pick.at, gram::slot(pick.hash));
        }
        let Self { stride, mask, table, candidates: expected, .. } = self;
        Plan { stride, mask, table, verifier: verifier.build(), expected }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Where in `text` the candidates of `plan` find `literal`.
    fn found(plan: &Plan, literals: &Literals, text: &[u8]) -> Vec<u64> {
        let mut hits = Vec::new();
        crate::sweep::sweep(plan.stride, plan.mask, &plan.table, text, |at, slot| {
            plan.verifier.verify(literals, text, at, slot, &(0..text.len()), &mut hits);
        });
        hits.iter().map(|hit| hit.offset).collect()
    }

    proptest! {
        #[test]
        fn at_each_stride_a_literal_is_found_once_wherever_it_stands(
            literal in "[a-d]{5,40}",
            others in proptest::collection::vec("[a-d]{40,50}", 0..5),
            sample in "[a-d]{0,200}",
        ) {
            let all: Vec<_> = std::iter::once(literal.as_str()).chain(others.iter().map(String::as_str)).collect();
            let literals = Literals::new(&all).expect("within the bounds");
            let members: Vec<_> = (0..all.len()).collect();
            for (stride, gram) in strides(&literals, &members) {
                let choice = Choice::new(&literals, &members, sample.as_bytes(), stride, gram);
                let plan = choice.into_plan(&literals);
                for before in 0..2 * stride {
                    let text = format!("{}{}{}", "-".repeat(before), literal.to_uppercase(), "-".repeat(before % 5));
                    prop_assert_eq!(found(&plan, &literals, text.as_bytes()), [before as u64], "gram {}", gram);
                }
            }
        }
    }
}

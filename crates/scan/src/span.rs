//! The search of a stretch of text.

use std::ops::Range;

use crate::Hit;
use crate::matcher::Matcher;
use crate::plan::Plan;

/// Starts of literals searched for in one go. It bounds the hits that must be sorted (and held) at a time, and how far
/// the lines before a hit must be counted.
pub(crate) const SPAN: usize = 64 << 10;

/// Appends the literals that start within `owned`, in order; the offsets count from the start of `text`.
///
/// `text` must reach as far as the literals may. Returns the number of windows followed up.
pub(crate) fn search(
    matcher: &Matcher,
    plan: &Plan,
    text: &[u8],
    owned: Range<usize>,
    hits: &mut Vec<Hit>,
) -> u64 {
    let literals = matcher.literals();
    let reach = text.len().min(owned.end.saturating_add(literals.overlap()));
    let Some(stretch) = text.get(owned.start..reach) else { return 0 };
    let (kept, starts) = (hits.len(), 0..owned.len());
    let mut candidates = 0;
    crate::sweep::sweep(plan.stride, plan.mask, &plan.table, stretch, |at, slot| {
        candidates += 1;
        plan.verifier.verify(literals, stretch, at, slot, &starts, hits);
    });
    matcher.singles().find(stretch, &starts, hits);
    let found = hits.get_mut(kept..).unwrap_or_default();
    found.sort_unstable_by_key(|hit| (hit.offset, hit.literal));
    for hit in found {
        hit.offset += owned.start as u64;
    }
    candidates
}

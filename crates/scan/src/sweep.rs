//! The one loop that sees the whole text.

use crate::gram::{self, MAX_GRAM, ROWS};
use crate::plan::{MAX_STRIDE, MIN_STRIDE};

/// Samples between two branches.
const BATCH: usize = 8;

/// Calls `candidate` with the position and the slot of every `stride`-th window that is in `table`.
pub(crate) fn sweep(
    stride: usize,
    mask: u64,
    table: &[u32; ROWS],
    text: &[u8],
    candidate: impl FnMut(usize, u32),
) {
    // A stride known to the compiler makes every offset in a batch a constant and drops its bounds checks.
    match stride {
        ..=MIN_STRIDE => strided::<MIN_STRIDE>(mask, table, text, candidate),
        3 => strided::<3>(mask, table, text, candidate),
        4 => strided::<4>(mask, table, text, candidate),
        5 => strided::<5>(mask, table, text, candidate),
        6 => strided::<6>(mask, table, text, candidate),
        7 => strided::<7>(mask, table, text, candidate),
        8 => strided::<8>(mask, table, text, candidate),
        _ => strided::<MAX_STRIDE>(mask, table, text, candidate),
    }
}

fn strided<const S: usize>(
    mask: u64,
    table: &[u32; ROWS],
    text: &[u8],
    mut candidate: impl FnMut(usize, u32),
) {
    let hash = |at| gram::hash(gram::window(text, at), mask);
    let mut base = 0;
    while let Some((passed, mut set)) = text.get(base..).and_then(|rest| next_batch::<S>(mask, table, rest)) {
        base += passed * BATCH * S;
        while set != 0 {
            let at = base + set.trailing_zeros() as usize * S;
            candidate(at, gram::slot(hash(at)));
            set &= set - 1;
        }
        base += BATCH * S;
    }
    let batches = text.len().saturating_sub(MAX_GRAM) / (BATCH * S);
    for at in (batches * BATCH * S..text.len()).step_by(S) {
        if gram::lookup(table, hash(at)) & 1 != 0 {
            candidate(at, gram::slot(hash(at)));
        }
    }
}

/// The number of full batches before the first that has windows in `table`, and a bit for each of these windows.
///
/// A function of its own, so that all the loop needs stays in registers.
#[inline(never)]
fn next_batch<const S: usize>(mask: u64, table: &[u32; ROWS], text: &[u8]) -> Option<(usize, u32)> {
    // The last window reaches beyond the batch.
    for (passed, batch) in text.windows(BATCH * S + MAX_GRAM).step_by(BATCH * S).enumerate() {
        let lookup = |sample: usize| gram::lookup(table, gram::hash(gram::window(batch, sample * S), mask));
        let mut any = 0;
        for sample in 0..BATCH {
            any |= lookup(sample);
        }
        if any & 1 != 0 {
            let set = (0..BATCH).fold(0, |set, sample| set | (lookup(sample) & 1) << sample);
            return Some((passed, set));
        }
    }
    None
}

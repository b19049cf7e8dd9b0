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
    let mut base = 0;
    // The last window reaches beyond the batch.
    while let Some(batch) = text.get(base..base + BATCH * S + MAX_GRAM) {
        let mut any = 0;
        for sample in 0..BATCH {
            any |= gram::lookup(table, gram::hash(gram::window(batch, sample * S), mask));
        }
        if any & 1 != 0 {
            let mut set = 0_u32;
            for sample in 0..BATCH {
                let hash = gram::hash(gram::window(batch, sample * S), mask);
                set |= (gram::lookup(table, hash) & 1) << sample;
            }
            while set != 0 {
                let at = set.trailing_zeros() as usize * S;
                candidate(base + at, gram::slot(gram::hash(gram::window(batch, at), mask)));
                set &= set - 1;
            }
        }
        base += BATCH * S;
    }
    for at in (base..text.len()).step_by(S) {
        let hash = gram::hash(gram::window(text, at), mask);
        if gram::lookup(table, hash) & 1 != 0 {
            candidate(at, gram::slot(hash));
        }
    }
}

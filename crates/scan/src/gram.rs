//! A few bytes of text, folded to one case, as a bit of a table that stays in the first-level cache.

/// log2 of [`ROWS`].
const ROW_BITS: u32 = 13;
/// Rows of the table, of 32 bits each: 32 KiB.
pub(crate) const ROWS: usize = 1 << ROW_BITS;
/// Bits in the table.
pub(crate) const SLOTS: usize = ROWS * 32;
/// The most bytes of a gram.
pub(crate) const MAX_GRAM: usize = 8;
/// The fewest bytes of a gram worth looking for.
pub(crate) const MIN_GRAM: usize = 3;

/// Clears the bit that tells `a` from `A`. It also joins some pairs that are no letters (`@` and `` ` ``), which
/// costs a wrong candidate now and then and never a hit.
pub(crate) const FOLD: u64 = 0xDFDF_DFDF_DFDF_DFDF;
/// 2^64 / golden ratio, odd: spreads all bytes over the high bits.
pub(crate) const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

/// The mask that folds a window and leaves its first `len` bytes.
pub(crate) fn mask(len: usize) -> u64 {
    let dropped = u32::try_from(MAX_GRAM.saturating_sub(len) * 8).unwrap_or(0);
    FOLD.checked_shr(dropped).unwrap_or(0)
}

/// The hash of `window` (little-endian) under `mask`: its high bits choose the row of the table, its low five the bit.
#[inline(always)]
pub(crate) fn hash(window: u64, mask: u64) -> u64 {
    (window & mask).wrapping_mul(SPREAD)
}

#[inline(always)]
fn row(hash: u64) -> usize {
    (hash >> (u64::BITS - ROW_BITS)) as usize
}

/// The number of the bit of `hash`, below [`SLOTS`].
#[inline(always)]
pub(crate) fn slot(hash: u64) -> u32 {
    (row(hash) << 5) as u32 | (hash & 31) as u32
}

/// Whether the bit of `hash` is set in `table`: the lowest bit says it, the others mean nothing.
#[inline(always)]
pub(crate) fn lookup(table: &[u32; ROWS], hash: u64) -> u32 {
    // The shift counts modulo 32.
    table.get(row(hash)).map_or(0, |row| row.wrapping_shr(hash as u32))
}

/// Sets the bit of `hash` in `table`.
pub(crate) fn set(table: &mut [u32; ROWS], hash: u64) {
    if let Some(row) = table.get_mut(row(hash)) {
        *row |= 1_u32.wrapping_shl(hash as u32);
    }
}

/// The eight bytes at `at`; those beyond the end count as zero.
#[inline(always)]
pub(crate) fn window(text: &[u8], at: usize) -> u64 {
    match text.get(at..).and_then(<[u8]>::first_chunk) {
        Some(bytes) => u64::from_le_bytes(*bytes),
        None => last_window(text, at),
    }
}

#[cold]
fn last_window(text: &[u8], at: usize) -> u64 {
    let rest = text.get(at..).unwrap_or_default();
    rest.iter().take(MAX_GRAM).rev().fold(0, |window, byte| window << 8 | u64::from(*byte))
}

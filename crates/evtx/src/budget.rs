//! How much a chunk may cost.

use std::cell::Cell;

use crate::Malformed;

/// What reading the events of one chunk may still cost. A few bytes of a crafted chunk can ask for endless work:
/// a template may place the same long value thousands of times, and be used by thousands of records.
#[derive(Debug)]
pub(crate) struct Budget {
    steps: Cell<u32>,
    output: Cell<u32>,
}

impl Budget {
    /// A real chunk takes some 10,000 steps: each of its at most 64 Ki bytes is a token once, and each record
    /// executes its template's few dozen steps.
    const STEPS: u32 = 1 << 19;
    /// Bytes of text and of the lists that hold it. A real chunk decodes to some 100 KiB, to some 600 KiB in
    /// the worst case of many small named values.
    const OUTPUT: u32 = 2 << 20;

    pub(crate) fn new() -> Self {
        Budget { steps: Cell::new(Self::STEPS), output: Cell::new(Self::OUTPUT) }
    }

    /// Pays for `count` tokens read or steps executed.
    pub(crate) fn steps(&self, count: usize) -> Result<(), Malformed> {
        pay(&self.steps, count)
    }

    /// Pays for `count` bytes of output.
    pub(crate) fn output(&self, count: usize) -> Result<(), Malformed> {
        pay(&self.output, count)
    }
}

fn pay(purse: &Cell<u32>, count: usize) -> Result<(), Malformed> {
    let left = u32::try_from(count).ok().and_then(|count| purse.get().checked_sub(count));
    // An unpaid bill empties the purse: what follows in the chunk must not be cheaper than what failed.
    purse.set(left.unwrap_or(0));
    left.map(|_| ()).ok_or(Malformed::TooMuch)
}

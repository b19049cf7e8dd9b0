use crate::gram::{self, SLOTS};

/// Bytes of text looked at.
const SAMPLE: usize = 1 << 20;
/// Every how many bytes a window is counted; odd, so that fields of even width are met at each of their bytes.
const STEP: usize = 9;

/// How often each bit of the table occurs in a sample of the text to be searched.
pub(crate) struct Frequencies {
    counts: Vec<u32>,
    windows: u32,
}

impl Frequencies {
    /// Counts the windows of `sample` under `mask`.
    pub(crate) fn of(sample: &[u8], mask: u64) -> Self {
        let sample = sample.get(..SAMPLE).unwrap_or(sample);
        let mut made = Self { counts: vec![0; SLOTS], windows: 0 };
        for window in sample.windows(gram::MAX_GRAM).step_by(STEP) {
            let slot = gram::slot(gram::hash(gram::window(window, 0), mask));
            if let Some(count) = made.counts.get_mut(slot as usize) {
                *count += 1;
            }
            made.windows += 1;
        }
        made
    }

    pub(crate) fn count(&self, slot: u32) -> u32 {
        self.counts.get(slot as usize).copied().unwrap_or(0)
    }

    /// The share of all windows that `count` windows are.
    pub(crate) fn share(&self, count: u64) -> f64 {
        count as f64 / f64::from(self.windows.max(1))
    }
}

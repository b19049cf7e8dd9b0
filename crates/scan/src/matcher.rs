use std::fmt;
use std::io::{self, Read};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};

use crate::Error;
use crate::block::BLOCK;
use crate::drive;
use crate::literals::Literals;
use crate::plan::Plan;
use crate::singles::Singles;
use crate::span::{self, SPAN};
use crate::view::{Consumer, View};

/// A literal found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hit {
    /// Where its first byte stands, in bytes from the start of the text.
    pub offset: u64,
    /// Its position in the list the matcher was made of, from 0.
    pub literal: usize,
}

/// What a search did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stats {
    /// Bytes searched.
    pub bytes: u64,
    /// Literals found, each occurrence counted.
    pub hits: u64,
    /// Windows that were followed up; thousands of times the hits are usual, a hundredth of the bytes is slow.
    pub candidates: u64,
}

/// Finds literals, ignoring the case of ASCII letters. Overlapping and nested occurrences are all found.
///
/// Literals of ten bytes or more are best: the shortest one sets the stride for all, except that a few of up to
/// seven bytes without letters (`500.30`) are searched for apart.
pub struct Matcher {
    literals: Literals,
    singles: Singles,
    /// The literals that are found by sampling, all but the singles.
    members: Vec<usize>,
    /// The latest plan made for the start of a text, and how long that start was.
    latest: Mutex<Option<(usize, Arc<Plan>)>>,
}

impl Matcher {
    /// Makes a matcher of `literals`; the same one twice is found twice.
    ///
    /// # Errors
    /// Names the first literal whose length is out of bounds; or there are more than [`MAX_LITERALS`](crate::MAX_LITERALS).
    pub fn new<I>(literals: I) -> Result<Self, Error>
    where
        I: IntoIterator,
        I::Item: AsRef<[u8]>,
    {
        let literals = Literals::new(literals)?;
        let (singles, members) = Singles::split(&literals);
        Ok(Self { literals, singles, members, latest: Mutex::new(None) })
    }

    /// Searches all of `reader` with up to [`MAX_THREADS`](crate::MAX_THREADS) `threads`; the calling one is among them.
    ///
    /// `sink` gets the hits in the order of their offset, then of their literal, until it breaks; it may be called
    /// on any of the threads.
    ///
    /// # Errors
    /// The first error of `reader` other than `Interrupted`. The hits before it have been delivered by then.
    pub fn scan(
        &self,
        reader: impl Read + Send,
        threads: NonZeroUsize,
        sink: &mut (dyn FnMut(Hit) -> ControlFlow<()> + Send),
    ) -> io::Result<Stats> {
        let (stats, failure) = drive::drive(self, reader, threads, 0, &mut Sink(sink));
        failure.map_or(Ok(stats), Err)
    }

    /// Searches `text` on the calling thread, without copying it; otherwise as [`scan`](Self::scan).
    pub fn scan_slice(&self, text: &[u8], sink: &mut dyn FnMut(Hit) -> ControlFlow<()>) -> Stats {
        let plan = self.plan(text);
        let mut stats = Stats { bytes: text.len() as u64, ..Stats::default() };
        let mut hits = Vec::new();
        for start in (0..text.len()).step_by(SPAN) {
            let owned = start..text.len().min(start + SPAN);
            stats.candidates += span::search(self, &plan, text, owned, &mut hits);
            for hit in hits.drain(..) {
                stats.hits += 1;
                if sink(hit).is_break() {
                    return stats;
                }
            }
        }
        stats
    }

    pub(crate) fn literals(&self) -> &Literals {
        &self.literals
    }

    pub(crate) fn singles(&self) -> &Singles {
        &self.singles
    }

    /// The plan for a text that starts with `sample`, or is all of it.
    ///
    /// Texts of less than a block are not worth a plan of their own if there is one that was made for a text of much
    /// the same length.
    pub(crate) fn plan(&self, sample: &[u8]) -> Arc<Plan> {
        let mut latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        match latest.as_ref() {
            Some((len, plan)) if sample.len() < BLOCK.min(4 * len) => Arc::clone(plan),
            _ => Arc::clone(&latest.insert((sample.len(), Arc::new(self.own_plan(sample)))).1),
        }
    }

    /// A plan made for `sample` alone.
    pub(crate) fn own_plan(&self, sample: &[u8]) -> Plan {
        Plan::new(&self.literals, &self.members, sample)
    }
}

impl fmt::Debug for Matcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Matcher").field("literals", &self.literals.len()).finish_non_exhaustive()
    }
}

/// Passes hits on and nothing else.
struct Sink<'a>(&'a mut (dyn FnMut(Hit) -> ControlFlow<()> + Send));

impl Consumer for Sink<'_> {
    const COUNTS_LINES: bool = false;

    fn hits(&mut self, _: &View<'_>, hits: &[Hit]) -> ControlFlow<()> {
        hits.iter().try_for_each(|hit| (self.0)(*hit))
    }

    fn end(&mut self, _: &View<'_>) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

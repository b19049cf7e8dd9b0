//! Searching block by block on several threads, with the hits in order.
//!
//! Each worker takes the next block from the reader, searches it, waits for its turn and hands its hits over. The
//! text is still in the worker's cache when its surroundings are looked at.

use std::io::{self, Read};
use std::num::NonZeroUsize;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use crate::block::{Block, Source};
use crate::plan::Plan;
use crate::span::{self, SPAN};
use crate::view::{Consumer, View};
use crate::{Hit, Matcher, Stats};

/// The most threads of a search: reading is one after the other, and each thread has a buffer of its own.
pub const MAX_THREADS: usize = 8;
/// Hits a worker holds before it waits for its turn.
const HITS_HELD: usize = 16 << 10;
/// The first block that may show that the plan does not fit; twice as many blocks must pass each time after.
const FIRST_REVISION: u64 = 2;

/// Searches all of `reader`; `context` is how many bytes before a hit the views show at least.
pub(crate) fn drive<R: Read + Send, C: Consumer>(
    matcher: &Matcher,
    reader: R,
    threads: NonZeroUsize,
    context: usize,
    consumer: &mut C,
) -> (Stats, Option<io::Error>) {
    let carry = context + matcher.literals().overlap();
    let shared = Shared {
        matcher,
        input: Mutex::new(Input { source: Source::new(reader, carry), plan: None, revision: FIRST_REVISION }),
        turn: Mutex::new(Turn { next: 0, stopped: false, consumer, stats: Stats::default() }),
        turned: Condvar::new(),
    };
    let mut block = Block::new(carry);
    if let Some(plan) = shared.next(&mut block) {
        let others = if block.last { 0 } else { threads.get().min(MAX_THREADS) - 1 };
        thread::scope(|scope| {
            for _ in 0..others {
                scope.spawn(|| {
                    let mut block = Block::new(carry);
                    if let Some(plan) = shared.next(&mut block) {
                        shared.work(block, plan);
                    }
                });
            }
            shared.work(block, plan);
        });
    }
    let stats = locked(&shared.turn).stats;
    let failure = locked(&shared.input).source.failure.take();
    (stats, failure)
}

/// What the workers take from.
struct Input<R> {
    source: Source<R>,
    plan: Option<Arc<Plan>>,
    /// The first block after which the plan may be made anew.
    revision: u64,
}

/// What the workers hand over to, one after the other.
struct Turn<'a, C> {
    /// The block whose turn it is.
    next: u64,
    stopped: bool,
    consumer: &'a mut C,
    stats: Stats,
}

struct Shared<'a, R, C> {
    matcher: &'a Matcher,
    input: Mutex<Input<R>>,
    turn: Mutex<Turn<'a, C>>,
    turned: Condvar,
}

impl<'a, R: Read, C: Consumer> Shared<'a, R, C> {
    /// Fills `block` with the next bytes and says how to search them; nothing when there are none or nobody wants them.
    fn next(&self, block: &mut Block) -> Option<Arc<Plan>> {
        if locked(&self.turn).stopped {
            return None;
        }
        let mut input = locked(&self.input);
        if !input.source.fill(block) {
            return None;
        }
        Some(Arc::clone(input.plan.get_or_insert_with(|| self.matcher.plan(block.text()))))
    }

    /// Searches `block` and all that follow until there are no more.
    fn work(&self, mut block: Block, mut plan: Arc<Plan>) {
        let _guard = StopOnPanic(self);
        let mut hits = Vec::new();
        loop {
            let mut view = View::new(&block, self.matcher.literals().overlap());
            let Some(candidates) = self.search(block.index, &mut view, &plan, &mut hits) else { return };
            if plan.is_overrun(candidates, view.owned.len()) {
                self.revise(block.index, block.text());
            }
            match self.next(&mut block) {
                Some(next) => plan = next,
                None => return,
            }
        }
    }

    /// Searches one block and hands its hits over; nothing when nobody wants more.
    fn search(&self, index: u64, view: &mut View<'_>, plan: &Plan, hits: &mut Vec<Hit>) -> Option<u64> {
        let mut done = Stats { bytes: view.owned.len() as u64, ..Stats::default() };
        for start in view.owned.clone().step_by(SPAN) {
            let owned = start..view.owned.end.min(start + SPAN);
            done.candidates += span::search(self.matcher, plan, view.text, owned.clone(), hits);
            if C::COUNTS_LINES {
                view.count_line_feeds(owned);
            }
            if hits.len() >= HITS_HELD {
                self.hand_over(&mut *self.my_turn(index)?, view, hits)?;
            }
        }
        let mut turn = self.my_turn(index)?;
        self.hand_over(&mut turn, view, hits)?;
        turn.stopped = turn.consumer.end(view).is_break();
        turn.stats.bytes += done.bytes;
        turn.stats.candidates += done.candidates;
        turn.next += 1;
        drop(turn);
        self.turned.notify_all();
        Some(done.candidates)
    }

    /// Waits until all blocks before `index` have been handed over; nothing when nobody wants more.
    fn my_turn(&self, index: u64) -> Option<MutexGuard<'_, Turn<'a, C>>> {
        let turn = locked(&self.turn);
        let waiting = |turn: &mut Turn<'a, C>| turn.next != index && !turn.stopped;
        let turn = self.turned.wait_while(turn, waiting).unwrap_or_else(PoisonError::into_inner);
        (!turn.stopped).then_some(turn)
    }

    fn hand_over(&self, turn: &mut Turn<'_, C>, view: &View<'_>, hits: &mut Vec<Hit>) -> Option<()> {
        for hit in hits.iter_mut() {
            hit.offset += view.offset;
        }
        turn.stats.hits += hits.len() as u64;
        turn.stopped = turn.consumer.hits(view, hits).is_break();
        hits.clear();
        if turn.stopped {
            self.turned.notify_all();
            return None;
        }
        Some(())
    }

    /// Makes a plan for texts like `text`, unless block `index` comes too soon after the last time.
    fn revise(&self, index: u64, text: &[u8]) {
        let mut input = locked(&self.input);
        if index < input.revision {
            return;
        }
        input.revision = index.saturating_mul(2).max(FIRST_REVISION);
        drop(input);
        let plan = Arc::new(self.matcher.own_plan(text));
        locked(&self.input).plan = Some(plan);
    }
}

/// Releases the workers that wait for one that panicked (in the caller's reader or sink).
struct StopOnPanic<'a, 'b, R, C>(&'a Shared<'b, R, C>);

impl<R, C> Drop for StopOnPanic<'_, '_, R, C> {
    fn drop(&mut self) {
        if thread::panicking() {
            locked(&self.0.turn).stopped = true;
            self.0.turned.notify_all();
        }
    }
}

/// A panic of another worker spoils nothing here that is used afterwards.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

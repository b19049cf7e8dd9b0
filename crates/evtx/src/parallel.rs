//! Scanning with several threads.
//!
//! The threads take turns at reading a block, so that each finds its block in its own core's cache. Events come in
//! file order: the thread whose block is due shows its events to the sink, the others put theirs by until then.
//! So no event leaves its thread: to free, or to write again, what another thread wrote is several times as
//! expensive.

use std::{
    collections::VecDeque,
    hint,
    io::Read,
    ops::ControlFlow,
    sync::{
        Condvar, Mutex, MutexGuard, TryLockError,
        atomic::{AtomicU64, Ordering},
    },
    thread,
};

use falconer_observation::WinEvent;

use crate::{
    Filter, Summary,
    block::{Block, Source},
    packed::Packed,
    worker::{Sink, Worker},
};

/// How many bytes of events a thread puts by before it waits for its turn.
const PUT_BY: usize = 8 << 20;
/// The same, in blocks.
const BLOCKS: usize = 64;
/// How often a thread looks for its turn to read before it falls asleep: some 50 µs.
const SPINS: u32 = 2000;
/// The block that is due when no more events are wanted.
const STOPPED: u64 = u64::MAX;

/// Shows an event to someone, on whichever thread found it.
pub(crate) type SharedSink<'s> = dyn FnMut(&mut WinEvent) -> ControlFlow<()> + Send + 's;

/// What the threads share.
struct Shared<'s, R> {
    /// The file, and the number of the next block.
    source: Mutex<(Source<R>, u64)>,
    delivery: Mutex<Delivery<'s>>,
    /// The number of the block whose events are due. Changed by who holds `delivery`.
    due: AtomicU64,
    /// Tells that `due` was changed.
    passed: Condvar,
}

struct Delivery<'s> {
    summary: &'s mut Summary,
    sink: &'s mut SharedSink<'s>,
}

/// What was found in a block and not shown yet.
struct Found {
    number: u64,
    events: Packed,
    summary: Summary,
    is_whole: bool,
}

pub(crate) fn run<'s, R: Read + Send>(
    source: Source<R>,
    filter: &Filter,
    threads: usize,
    summary: &'s mut Summary,
    sink: &'s mut SharedSink<'s>,
) {
    let shared = Shared {
        source: Mutex::new((source, 0)),
        delivery: Mutex::new(Delivery { summary, sink }),
        due: AtomicU64::new(0),
        passed: Condvar::new(),
    };
    thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(|| Thread::new(&shared, filter).run());
        }
        Thread::new(&shared, filter).run();
    });
}

/// One of the threads.
struct Thread<'t, 's, R> {
    shared: &'t Shared<'s, R>,
    worker: Worker<'t>,
    /// The blocks that were read and not wholly shown, in file order; the last may be in work.
    put_by: VecDeque<Found>,
}

/// No more events are wanted. All threads are told.
struct Stopped;

impl<'t, 's, R: Read> Thread<'t, 's, R> {
    fn new(shared: &'t Shared<'s, R>, filter: &'t Filter) -> Self {
        Thread { shared, worker: Worker::new(filter), put_by: VecDeque::new() }
    }

    fn run(mut self) {
        let mut block = Block::new();
        let _: Result<(), Stopped> = self.read(&mut block);
    }

    fn read(&mut self, block: &mut Block) -> Result<(), Stopped> {
        while let Some(found) = self.claim(block)? {
            self.put_by.push_back(found);
            for (offset, chunk) in block.chunks() {
                self.take(offset, chunk)?;
            }
            if let Some(found) = self.put_by.back_mut() {
                found.is_whole = true;
            }
            self.show_what_is_due()?;
        }
        while !self.put_by.is_empty() {
            self.wait()?;
            self.show_what_is_due()?;
        }
        Ok(())
    }

    /// Reads the next block of the file; `None` at its end.
    fn claim(&self, block: &mut Block) -> Result<Option<Found>, Stopped> {
        let mut summary = Summary::default();
        let mut source = self.shared.reader()?;
        let (source, next) = &mut *source;
        // A failure to read is noted once, with the block that it cut short.
        if !source.next(block, &mut summary) && summary.damaged_count == 0 {
            return Ok(None);
        }
        let number = *next;
        *next += 1;
        Ok(Some(Found { number, events: Packed::default(), summary, is_whole: false }))
    }

    /// Takes a chunk of the last block: shows its events, or puts them by.
    fn take(&mut self, offset: u64, chunk: &[u8]) -> Result<(), Stopped> {
        self.show_what_is_due()?;
        let is_only = self.put_by.len() == 1;
        let Some(found) = self.put_by.back_mut() else { return Ok(()) };
        if is_only && self.shared.due.load(Ordering::Acquire) == found.number {
            let (worker, summary) = (&mut self.worker, &mut found.summary);
            self.shared.show(|sink| worker.take(offset, chunk, summary, sink))
        } else {
            let events = &mut found.events;
            let mut pack = |event: &mut WinEvent| {
                events.push(event);
                ControlFlow::Continue(())
            };
            let _: ControlFlow<()> = self.worker.take(offset, chunk, &mut found.summary, &mut pack);
            Ok(())
        }
    }

    /// Shows what was put by and is due. Waits for that only if too much was put by.
    fn show_what_is_due(&mut self) -> Result<(), Stopped> {
        let bytes: usize = self.put_by.iter().map(|found| found.events.bytes()).sum();
        if bytes >= PUT_BY || self.put_by.len() >= BLOCKS {
            self.wait()?;
        }
        while let Some(found) = self.put_by.front_mut() {
            match self.shared.due.load(Ordering::Acquire) {
                STOPPED => return Err(Stopped),
                due if due != found.number => break,
                _ => {}
            }
            if !found.events.is_empty() {
                let draft = self.worker.draft();
                self.shared.show(|sink| found.events.show(draft, sink))?;
            }
            if !found.is_whole {
                break;
            }
            self.shared.finish(found)?;
            self.put_by.pop_front();
        }
        Ok(())
    }

    /// Waits until the first block that was put by is due.
    fn wait(&self) -> Result<(), Stopped> {
        let Some(found) = self.put_by.front() else { return Ok(()) };
        let delivery = self.shared.delivery.lock().map_err(|_| Stopped)?;
        let is_not_due = |_: &mut Delivery<'_>| {
            let due = self.shared.due.load(Ordering::Acquire);
            due != found.number && due != STOPPED
        };
        self.shared.passed.wait_while(delivery, is_not_due).map(|_| ()).map_err(|_| Stopped)
    }
}

impl<R> Shared<'_, R> {
    /// Waits for the turn to read. Another thread has it for no longer than copying a block takes, which is less
    /// than falling asleep and being woken.
    fn reader(&self) -> Result<MutexGuard<'_, (Source<R>, u64)>, Stopped> {
        for _ in 0..SPINS {
            match self.source.try_lock() {
                Ok(source) => return Ok(source),
                Err(TryLockError::Poisoned(_)) => return Err(Stopped),
                Err(TryLockError::WouldBlock) => hint::spin_loop(),
            }
        }
        self.source.lock().map_err(|_| Stopped)
    }

    /// Lets the thread whose block is due show events.
    fn show(&self, events: impl FnOnce(&mut Sink<'_>) -> ControlFlow<()>) -> Result<(), Stopped> {
        let mut delivery = self.delivery.lock().map_err(|_| Stopped)?;
        let Delivery { summary, sink } = &mut *delivery;
        let mut counted = |event: &mut WinEvent| {
            summary.hits += 1;
            sink(event)
        };
        if events(&mut counted).is_break() {
            self.pass(STOPPED);
            return Err(Stopped);
        }
        Ok(())
    }

    /// Adds what was seen of a block, and makes the next one due.
    fn finish(&self, found: &Found) -> Result<(), Stopped> {
        let mut delivery = self.delivery.lock().map_err(|_| Stopped)?;
        delivery.summary.merge(&found.summary);
        self.pass(found.number + 1);
        Ok(())
    }

    /// Makes a block due.
    fn pass(&self, due: u64) {
        self.due.store(due, Ordering::Release);
        self.passed.notify_all();
    }
}

/// A thread that panics, as `sink` may, leaves the others waiting for its block.
impl<R> Drop for Thread<'_, '_, R> {
    fn drop(&mut self) {
        if thread::panicking() {
            let delivery = self.shared.delivery.lock();
            self.shared.pass(STOPPED);
            drop(delivery);
        }
    }
}

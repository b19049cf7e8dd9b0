//! Scanning with several threads.
//!
//! The threads take turns at reading a block, so that each finds its block in its own core's cache, and each has
//! a channel of its own for what it found. Whoever reads announces itself in a common queue; the calling thread
//! follows that queue, and so meets the blocks in file order. It sends events that were seen back to the thread
//! that made them: freeing another thread's memory is several times as expensive as freeing one's own.

use std::{
    io::Read,
    mem,
    ops::ControlFlow,
    sync::{
        Arc, Mutex,
        mpsc::{Receiver, Sender, SyncSender, channel, sync_channel},
    },
    thread,
};

use falconer_observation::WinEvent;

use crate::{
    Filter, Summary,
    block::{Block, Source},
    worker::{Sink, Worker},
};

/// How many messages may wait for the calling thread, per thread.
const WAITING: usize = 2;
/// A message goes out when its events take so many bytes.
const MESSAGE: usize = 64 * 1024;

enum Message {
    Events(Vec<WinEvent>),
    /// The block is done.
    End(Summary),
}

/// The file, and the queue of those who read from it.
struct Turn<R> {
    source: Source<R>,
    queue: Sender<usize>,
}

/// The calling thread's end of the channels to a thread.
struct Far {
    results: Receiver<Message>,
    seen: Sender<Vec<WinEvent>>,
}

/// A thread's end.
struct Near {
    results: SyncSender<Message>,
    seen: Receiver<Vec<WinEvent>>,
}

pub(crate) fn run<R: Read + Send>(
    source: Source<R>,
    filter: &Filter,
    threads: usize,
    summary: &mut Summary,
    sink: &mut Sink<'_>,
) {
    let (queue, readers) = channel();
    let turn = Arc::new(Mutex::new(Turn { source, queue }));
    thread::scope(|scope| {
        let threads: Vec<Far> = (0..threads)
            .map(|number| {
                let (results, found) = sync_channel(WAITING);
                let (back, seen) = channel();
                let turn = Arc::clone(&turn);
                scope.spawn(move || work(number, &turn, filter, &Near { results, seen }));
                Far { results: found, seen: back }
            })
            .collect();
        // The queue ends when the last thread is done with it.
        drop(turn);
        deliver(&readers, &threads, summary, sink);
        // Dropping the channels makes the threads stop, if they have not.
    });
}

/// Hands out the events block by block, until there are no more or no more are wanted.
fn deliver(readers: &Receiver<usize>, threads: &[Far], summary: &mut Summary, sink: &mut Sink<'_>) {
    while let Ok(number) = readers.recv() {
        let Some(thread) = threads.get(number) else { return };
        loop {
            match thread.results.recv() {
                Ok(Message::Events(mut events)) => {
                    for event in &mut events {
                        summary.hits += 1;
                        if sink(event).is_break() {
                            return;
                        }
                    }
                    // A thread that is done frees them no more; they are freed with the channel.
                    let _ = thread.seen.send(events);
                }
                Ok(Message::End(seen)) => {
                    summary.merge(&seen);
                    break;
                }
                Err(_) => return,
            }
        }
    }
}

/// Reads blocks and sends what is found, until the file ends or nobody listens.
fn work<R: Read>(number: usize, turn: &Mutex<Turn<R>>, filter: &Filter, near: &Near) {
    let mut worker = Worker::new(filter);
    let mut block = Block::new();
    loop {
        let mut summary = Summary::default();
        {
            let Ok(mut turn) = turn.lock() else { return };
            // A failure to read is noted once, with the block that it cut short.
            let read = turn.source.next(&mut block, &mut summary);
            if (!read && summary.damaged_count == 0) || turn.queue.send(number).is_err() {
                return;
            }
        }
        if send_block(&mut worker, &block, &mut summary, near).is_none() {
            return;
        }
    }
}

/// Sends the events of a block and its end; `None` when nobody listens.
fn send_block(worker: &mut Worker<'_>, block: &Block, summary: &mut Summary, near: &Near) -> Option<()> {
    let mut events = Vec::new();
    let mut waiting = 0;
    for (offset, chunk) in block.chunks() {
        let mut keep = |event: &mut WinEvent| {
            events.push(mem::take(event));
            ControlFlow::Continue(())
        };
        waiting += worker.take(offset, chunk, summary, &mut keep).continue_value().unwrap_or(0);
        if waiting >= MESSAGE {
            near.results.send(Message::Events(mem::take(&mut events))).ok()?;
            near.seen.try_iter().flatten().for_each(|event| worker.take_back(event));
            waiting = 0;
        }
    }
    if !events.is_empty() {
        near.results.send(Message::Events(events)).ok()?;
    }
    near.results.send(Message::End(mem::take(summary))).ok()
}

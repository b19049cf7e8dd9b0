//! Scanning with several threads.
//!
//! The threads take turns at reading a block, so that each finds its block in its own core's cache, and each has
//! a channel of its own for what it found. Whoever reads announces itself in a common queue; the calling thread
//! follows that queue, and so meets the blocks in file order.

use std::{
    io::Read,
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
    worker::Worker,
};

/// How many messages may wait for the calling thread, per thread.
const WAITING: usize = 2;
/// A message goes out when its events take so many bytes.
const MESSAGE: usize = 256 * 1024;

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

pub(crate) fn run<R: Read + Send>(
    source: Source<R>,
    filter: &Filter,
    threads: usize,
    summary: &mut Summary,
    sink: &mut dyn FnMut(WinEvent) -> ControlFlow<()>,
) {
    let (queue, readers) = channel();
    let turn = Arc::new(Mutex::new(Turn { source, queue }));
    thread::scope(|scope| {
        let results: Vec<Receiver<Message>> = (0..threads)
            .map(|number| {
                let (results, found) = sync_channel(WAITING);
                let turn = Arc::clone(&turn);
                scope.spawn(move || work(number, &turn, filter, &results));
                found
            })
            .collect();
        // The queue ends when the last thread is done with it.
        drop(turn);
        deliver(&readers, &results, summary, sink);
        // Dropping the channels makes the threads stop, if they have not.
    });
}

/// Hands out the events block by block, until there are no more or no more are wanted.
fn deliver(
    readers: &Receiver<usize>,
    results: &[Receiver<Message>],
    summary: &mut Summary,
    sink: &mut dyn FnMut(WinEvent) -> ControlFlow<()>,
) {
    while let Ok(number) = readers.recv() {
        let Some(found) = results.get(number) else { return };
        loop {
            match found.recv() {
                Ok(Message::Events(events)) => {
                    for event in events {
                        summary.hits += 1;
                        if sink(event).is_break() {
                            return;
                        }
                    }
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
fn work<R: Read>(number: usize, turn: &Mutex<Turn<R>>, filter: &Filter, results: &SyncSender<Message>) {
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
        if send_block(&mut worker, &block, &mut summary, results).is_none() {
            return;
        }
    }
}

/// Sends the events of a block and its end; `None` when nobody listens.
fn send_block(
    worker: &mut Worker<'_>,
    block: &Block,
    summary: &mut Summary,
    results: &SyncSender<Message>,
) -> Option<()> {
    let mut events = Vec::new();
    let mut waiting = 0;
    for (offset, chunk) in block.chunks() {
        let mut keep = |event| {
            events.push(event);
            ControlFlow::Continue(())
        };
        waiting += worker.take(offset, chunk, summary, &mut keep).continue_value().unwrap_or(0);
        if waiting >= MESSAGE {
            results.send(Message::Events(std::mem::take(&mut events))).ok()?;
            waiting = 0;
        }
    }
    if !events.is_empty() {
        results.send(Message::Events(events)).ok()?;
    }
    results.send(Message::End(std::mem::take(summary))).ok()
}

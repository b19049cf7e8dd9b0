//! Scanning a log.

use std::{io::Read, num::NonZeroUsize, ops::ControlFlow};

use falconer_observation::WinEvent;

use crate::{
    Error, Filter, Summary,
    block::{Block, Source},
    parallel,
    worker::Worker,
};

/// Shows the events of a log that pass the filter to `sink`, in file order, until it breaks. To keep an event,
/// `sink` takes it (`std::mem::take`).
///
/// `threads` threads, the calling one among them, read and decode; `sink` runs on any of them, one event at a
/// time. Memory is a few MiB per thread, whatever the size of the log.
///
/// Damaged parts are skipped and listed in the [`Summary`].
///
/// # Errors
///
/// [`Error`] if the input is no .evtx log, or its first bytes cannot be read. A failure to read on later is
/// listed in the summary.
pub fn scan(
    reader: impl Read + Send,
    filter: &Filter,
    threads: NonZeroUsize,
    sink: &mut (dyn FnMut(&mut WinEvent) -> ControlFlow<()> + Send),
) -> Result<Summary, Error> {
    if threads == NonZeroUsize::MIN {
        return scan_serial(reader, filter, sink);
    }
    let mut summary = Summary::default();
    let source = Source::open(reader, &mut summary)?;
    parallel::run(source, filter, threads.get(), &mut summary, sink);
    Ok(summary)
}

/// As [`scan`] with one thread, for readers and sinks that stay on theirs.
///
/// # Errors
///
/// See [`scan`].
pub fn scan_serial(
    reader: impl Read,
    filter: &Filter,
    sink: &mut dyn FnMut(&mut WinEvent) -> ControlFlow<()>,
) -> Result<Summary, Error> {
    let mut summary = Summary::default();
    let mut source = Source::open(reader, &mut summary)?;
    let mut worker = Worker::new(filter);
    let mut block = Block::new();
    let mut hits = 0;
    let mut counted = |event: &mut WinEvent| {
        hits += 1;
        sink(event)
    };
    'file: while source.next(&mut block, &mut summary) {
        for (offset, chunk) in block.chunks() {
            if worker.take(offset, chunk, &mut summary, &mut counted).is_break() {
                break 'file;
            }
        }
    }
    summary.hits = hits;
    Ok(summary)
}

//! How far the reading is, for a person who waits.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::output::Console;

/// Work that is shorter than this needs no progress.
const PATIENCE: Duration = Duration::from_millis(600);
/// So often it is drawn.
const PERIOD: Duration = Duration::from_millis(100);

/// What is being read, told to whoever draws it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Watch {
    read: Arc<AtomicU64>,
    current: Arc<Mutex<(String, u64)>>,
}

impl Watch {
    /// From now on this file of that size is read.
    pub(crate) fn begin(&self, name: &str, size: u64) {
        self.read.store(0, Ordering::Relaxed);
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        name.clone_into(&mut current.0);
        current.1 = size;
    }

    /// A reader whose progress is told.
    pub(crate) fn reader<R>(&self, inner: R) -> Watched<R> {
        Watched { inner, read: Arc::clone(&self.read) }
    }

    fn line(&self) -> String {
        let read = self.read.load(Ordering::Relaxed);
        let current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        line(&current.0, read, current.1)
    }
}

fn line(name: &str, read: u64, size: u64) -> String {
    match u128::from(read) * 100 / u128::from(size.max(1)) {
        _ if read == 0 => name.to_owned(),
        percent if size > 0 && percent <= 100 => format!("{percent:>3} % of {} MiB  {name}", size >> 20),
        _ => format!("{} MiB  {name}", read >> 20),
    }
}

/// A reader whose progress is told.
pub(crate) struct Watched<R> {
    inner: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.read.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

impl<R: Seek> Seek for Watched<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

/// Draws progress until it is dropped.
#[derive(Debug)]
pub(crate) struct Progress {
    /// Its end is the sign to stop.
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Progress {
    /// Begins to draw, if somebody is there to see it.
    pub(crate) fn start(watch: &Watch) -> Self {
        if !Console::is_watched() {
            return Progress { stop: None, thread: None };
        }
        let (stop, stopped) = mpsc::channel();
        let watch = watch.clone();
        let thread = thread::Builder::new().name("progress".to_owned()).spawn(move || {
            let mut wait = PATIENCE;
            while stopped.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                wait = PERIOD;
                Console::draw(&watch.line());
            }
            if wait == PERIOD {
                Console::draw("");
            }
        });
        Progress { stop: Some(stop), thread: thread.ok() }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.stop = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_tells_the_share_where_the_size_is_known() {
        assert_eq!(line("a.log", 3 << 20, 12 << 20), " 25 % of 12 MiB  a.log");
        assert_eq!(line("-", 3 << 20, 0), "3 MiB  -");
        assert_eq!(line("a.log", 3 << 20, 1 << 20), "3 MiB  a.log", "a file that grows");
        assert_eq!(line("deciding", 0, 0), "deciding");
    }

    #[test]
    fn what_is_read_is_counted() {
        let watch = Watch::default();
        watch.begin("a", 5 << 20);
        io::copy(&mut watch.reader(io::repeat(0).take(5 << 20)), &mut io::sink()).unwrap();
        assert_eq!(watch.line(), "100 % of 5 MiB  a");
    }
}

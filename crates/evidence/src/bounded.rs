//! Bounds: how much of hostile input is read.

use std::io::{self, Read};

/// Bounds of what is read.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Bytes of one free text that are read whole; a larger one is scanned for what matters.
    pub whole_text: u64,
    /// Bytes of one structured text (events, configuration, JSON) that are read whole.
    pub whole_document: u64,
    /// Files of one folder or archive that are looked at.
    pub files: usize,
    /// Archives within archives.
    pub depth: usize,
    /// Bytes that all archives together may unpack to.
    pub unpacked: u64,
    /// Threads for large logs.
    pub threads: std::num::NonZeroUsize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            whole_text: 128 << 10,
            whole_document: 48 << 20,
            files: 100_000,
            depth: 3,
            unpacked: 16 << 30,
            threads: std::num::NonZeroUsize::MIN,
        }
    }
}

/// Reads at most so many bytes; `true` when the input had more.
pub(crate) fn read_at_most(
    reader: &mut (impl Read + ?Sized),
    limit: u64,
    into: &mut Vec<u8>,
) -> io::Result<bool> {
    let before = into.len() as u64;
    reader.take(limit).read_to_end(into)?;
    if (into.len() as u64) < before + limit {
        return Ok(false);
    }
    let mut one = [0];
    loop {
        match reader.read(&mut one) {
            Ok(0) => return Ok(false),
            Ok(_) => {
                into.extend_from_slice(&one);
                return Ok(true);
            }
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
}

/// A reader that takes what it reads from a budget, and fails when that is used up.
pub(crate) struct Budgeted<'a> {
    pub(crate) inner: Box<dyn Read + Send + 'a>,
    pub(crate) budget: &'a mut u64,
}

/// The budget of unpacked bytes is used up: the mark of a zip bomb.
pub(crate) const BUDGET: &str = "the archive unpacks to more than is read";

impl Read for Budgeted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if *self.budget == 0 {
            return Err(io::Error::other(BUDGET));
        }
        let allowed = usize::try_from(*self.budget).unwrap_or(usize::MAX).min(buffer.len());
        let n = self.inner.read(&mut buffer[..allowed])?;
        *self.budget -= n as u64;
        Ok(n)
    }
}

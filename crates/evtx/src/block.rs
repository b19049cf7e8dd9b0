//! Reading a file in large blocks.

use std::io::{ErrorKind, Read};

use crate::{CHUNK, Error, FILE_HEADER, FILE_MAGIC, Flaw, Summary, bytes::u32_at};

/// A block of chunks. It stays in a core's cache while its chunks are looked at.
const BLOCK: usize = 4 * CHUNK;
/// Into a buffer that does not begin at a page, the kernel copies at half the speed.
const PAGE: usize = 4096;

/// A buffer for a block.
pub(crate) struct Block {
    storage: Vec<u8>,
    start: usize,
    filled: usize,
    /// Where the block begins in the file.
    offset: u64,
}

impl Block {
    pub(crate) fn new() -> Self {
        let storage = vec![0; BLOCK + PAGE];
        let start = storage.as_ptr().align_offset(PAGE).min(PAGE);
        Block { storage, start, filled: 0, offset: 0 }
    }

    /// The chunks with their offsets in the file; the last of a file may be cut off.
    pub(crate) fn chunks(&self) -> impl Iterator<Item = (u64, &[u8])> {
        let filled = self.storage.get(self.start..self.start + self.filled).unwrap_or(&[]);
        filled.chunks(CHUNK).enumerate().map(|(number, chunk)| (self.offset + (number * CHUNK) as u64, chunk))
    }
}

/// A file that is being read.
pub(crate) struct Source<R> {
    reader: R,
    offset: u64,
    ended: bool,
}

impl<R: Read> Source<R> {
    /// Reads the file header, and notes in the summary what it tells.
    pub(crate) fn open(mut reader: R, summary: &mut Summary) -> Result<Self, Error> {
        const DIRTY: u32 = 1;
        const NO_CRC32: u32 = 4;
        let mut header = [0; FILE_HEADER];
        let (filled, failure) = fill(&mut reader, &mut header);
        if let Some(failure) = failure {
            return Err(Error::Read(failure));
        }
        if !header.starts_with(FILE_MAGIC) {
            return Err(Error::NotEvtx);
        }
        let flags = u32_at(&header, 120).unwrap_or(0);
        let checksum = header.get(..120).map(crc32fast::hash);
        if flags & NO_CRC32 == 0 && checksum != u32_at(&header, 124) {
            summary.damage(0, Flaw::FileHeaderChecksum);
        }
        if filled < FILE_HEADER {
            summary.damage(0, Flaw::Truncated);
        }
        summary.dirty = flags & DIRTY != 0;
        Ok(Source { reader, offset: FILE_HEADER as u64, ended: filled < FILE_HEADER })
    }

    /// Reads the next block; `false` at the end of the file. A failure ends it, too, and is noted.
    pub(crate) fn next(&mut self, block: &mut Block, summary: &mut Summary) -> bool {
        if self.ended {
            return false;
        }
        let buffer = block.storage.get_mut(block.start..block.start + BLOCK).unwrap_or(&mut []);
        let (filled, failure) = fill(&mut self.reader, buffer);
        (block.filled, block.offset) = (filled, self.offset);
        self.offset += filled as u64;
        self.ended = filled < BLOCK;
        if let Some(failure) = failure {
            summary.damage(self.offset, Flaw::Unreadable(failure.kind()));
        }
        filled > 0
    }
}

/// Fills a buffer as far as the input goes, or up to a failure.
fn fill(reader: &mut impl Read, buffer: &mut [u8]) -> (usize, Option<std::io::Error>) {
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match reader.read(rest) {
            Ok(0) => break,
            // A reader that claims more than fits is not believed.
            Ok(count) => filled += count.min(rest.len()),
            Err(failure) if failure.kind() == ErrorKind::Interrupted => {}
            Err(failure) => return (filled, Some(failure)),
        }
    }
    (filled, None)
}

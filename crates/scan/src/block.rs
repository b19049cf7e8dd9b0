//! Reading in large, page-aligned blocks that overlap.

use std::io::{self, ErrorKind, Read};

/// Bytes read at a time: few system calls, and the block is still in the second-level cache when it is searched.
pub(crate) const BLOCK: usize = 1 << 20;
/// Alignment of the buffer that is read into. A buffer that is not aligned to a page halves the speed of `read`.
const PAGE: usize = 4096;

/// A buffer with the end of the block before and the bytes of this one.
pub(crate) struct Block {
    memory: Vec<u8>,
    /// Where in `memory` the fresh bytes start; aligned.
    fresh: usize,
    /// Bytes kept from before, right in front of the fresh ones.
    carried: usize,
    filled: usize,
    /// Where the fresh bytes stand in the text.
    offset: u64,
    /// Number of the block, from 0.
    pub(crate) index: u64,
    /// Nothing follows.
    pub(crate) last: bool,
}

impl Block {
    /// A buffer for up to `carry` bytes of the block before.
    pub(crate) fn new(carry: usize) -> Self {
        let memory = vec![0; carry + PAGE + BLOCK];
        let start = memory.get(carry..).unwrap_or_default();
        let fresh = carry + start.as_ptr().align_offset(PAGE).min(PAGE);
        Self { memory, fresh, carried: 0, filled: 0, offset: 0, index: 0, last: true }
    }

    /// The carried bytes and the fresh ones.
    pub(crate) fn text(&self) -> &[u8] {
        self.memory.get(self.fresh - self.carried..self.fresh + self.filled).unwrap_or_default()
    }

    /// Where [`text`](Self::text) starts.
    pub(crate) fn text_offset(&self) -> u64 {
        self.offset - self.carried as u64
    }

    /// How many bytes of [`text`](Self::text) the block before had too.
    pub(crate) fn carried(&self) -> usize {
        self.carried
    }

    fn carry(&mut self, bytes: &[u8]) {
        let start = self.fresh.saturating_sub(bytes.len());
        self.carried = 0;
        if let Some(place) = self.memory.get_mut(start..self.fresh).filter(|place| place.len() == bytes.len())
        {
            place.copy_from_slice(bytes);
            self.carried = bytes.len();
        }
    }

    /// Reads until the block is full or `reader` ends or fails.
    fn read(&mut self, reader: &mut impl Read) -> io::Result<()> {
        self.filled = 0;
        let mut room = self.memory.get_mut(self.fresh..self.fresh + BLOCK).unwrap_or_default();
        while !room.is_empty() {
            match reader.read(room) {
                Ok(0) => break,
                Ok(got) => {
                    let got = got.min(room.len());
                    room = room.get_mut(got..).unwrap_or_default();
                    self.filled += got;
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

/// A reader cut into blocks.
pub(crate) struct Source<R> {
    reader: R,
    /// The end of the latest block, up to `carry` bytes.
    kept: Vec<u8>,
    carry: usize,
    offset: u64,
    blocks: u64,
    ended: bool,
    pub(crate) failure: Option<io::Error>,
}

impl<R: Read> Source<R> {
    /// `carry` bytes of each block are repeated before the next.
    pub(crate) fn new(reader: R, carry: usize) -> Self {
        Self {
            reader,
            kept: Vec::with_capacity(carry),
            carry,
            offset: 0,
            blocks: 0,
            ended: false,
            failure: None,
        }
    }

    /// Fills `block` with what comes next; false when all has been delivered.
    ///
    /// There is always a last block, if need be an empty one. An error of the reader ends the text there.
    pub(crate) fn fill(&mut self, block: &mut Block) -> bool {
        if self.ended {
            return false;
        }
        block.carry(&self.kept);
        self.failure = block.read(&mut self.reader).err();
        block.offset = self.offset;
        block.index = self.blocks;
        block.last = block.filled < BLOCK;
        self.ended = block.last;
        self.offset += block.filled as u64;
        self.blocks += 1;
        let text = block.text();
        self.kept.clear();
        self.kept.extend_from_slice(text.get(text.len().saturating_sub(self.carry)..).unwrap_or_default());
        true
    }
}

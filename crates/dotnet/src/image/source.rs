//! Bytes that can be read from anywhere in a file.

use super::Section;
use std::io::{self, Read, Seek, SeekFrom};

/// A file, wherever it lies.
pub trait Source {
    /// Its size in bytes.
    fn size(&self) -> u64;

    /// Reads from `offset` into `buffer`; returns how many bytes there were, less than the buffer holds only at
    /// the end of the file.
    ///
    /// # Errors
    /// Errors of what lies beneath.
    fn read_at(&mut self, offset: u64, buffer: &mut [u8]) -> io::Result<usize>;
}

impl Source for &[u8] {
    fn size(&self) -> u64 {
        self.len() as u64
    }

    fn read_at(&mut self, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        let rest = usize::try_from(offset).ok().and_then(|o| self.get(o..)).unwrap_or_default();
        let count = rest.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..count), rest.get(..count)) {
            to.copy_from_slice(from);
        }
        Ok(count)
    }
}

/// A file that can seek.
#[derive(Debug)]
pub struct Seekable<R> {
    reader: R,
    size: u64,
}

impl<R: Read + Seek> Seekable<R> {
    /// Finds out the size.
    ///
    /// # Errors
    /// Errors of the reader.
    pub fn new(mut reader: R) -> io::Result<Self> {
        let size = reader.seek(SeekFrom::End(0))?;
        Ok(Seekable { reader, size })
    }
}

impl<R: Read + Seek> Source for Seekable<R> {
    fn size(&self) -> u64 {
        self.size
    }

    fn read_at(&mut self, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        self.reader.seek(SeekFrom::Start(offset))?;
        read_full(&mut self.reader, buffer)
    }
}

/// A file that can only be read from start to end, such as a compressed one in an archive. What was read is
/// kept, up to a limit; nothing is seen of the file beyond the limit.
#[derive(Debug)]
pub struct Forward<R> {
    reader: R,
    size: u64,
    limit: usize,
    read: Vec<u8>,
}

impl<R: Read> Forward<R> {
    /// A file of `size` bytes, of which at most `limit` are kept.
    pub fn new(reader: R, size: u64, limit: usize) -> Self {
        Forward { reader, size, limit, read: Vec::new() }
    }
}

impl<R: Read> Source for Forward<R> {
    fn size(&self) -> u64 {
        self.size
    }

    fn read_at(&mut self, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        let wanted =
            usize::try_from(offset).unwrap_or(usize::MAX).saturating_add(buffer.len()).min(self.limit);
        if let Some(more) = wanted.checked_sub(self.read.len()) {
            self.reader.by_ref().take(more as u64).read_to_end(&mut self.read)?;
        }
        self.read.as_slice().read_at(offset, buffer)
    }
}

fn read_full(reader: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match reader.read(rest) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// Bytes read at once from the start of each file; headers mostly lie within.
const HEAD: usize = 4096;
/// More of a section is not read.
const MAX_SECTION: u64 = 8 << 20;

/// A source with its start at hand.
pub(super) struct View<'s> {
    source: &'s mut dyn Source,
    head: Vec<u8>,
    pub(super) size: u64,
}

impl<'s> View<'s> {
    pub(super) fn new(source: &'s mut dyn Source) -> io::Result<Self> {
        let mut head = vec![0; HEAD];
        let count = source.read_at(0, &mut head)?;
        head.truncate(count);
        let size = source.size();
        Ok(View { source, head, size })
    }

    pub(super) fn head(&self) -> &[u8] {
        &self.head
    }

    /// Up to `length` bytes at `offset`; fewer at the end of the file.
    pub(super) fn bytes(&mut self, offset: u64, length: usize) -> io::Result<Vec<u8>> {
        let in_head = usize::try_from(offset).ok().and_then(|o| self.head.get(o..o.checked_add(length)?));
        if let Some(bytes) = in_head {
            return Ok(bytes.to_vec());
        }
        let left = usize::try_from(self.size.saturating_sub(offset)).unwrap_or(usize::MAX);
        let mut bytes = vec![0; length.min(left)];
        let count = self.source.read_at(offset, &mut bytes)?;
        bytes.truncate(count);
        Ok(bytes)
    }

    /// The bytes of a section, to a limit.
    pub(super) fn section(&mut self, section: &Section) -> io::Result<Vec<u8>> {
        let length = usize::try_from(section.size.min(MAX_SECTION)).unwrap_or(0);
        self.bytes(section.offset, length)
    }
}

//! A chunk's header and the walk over its records.

use crate::{
    CHUNK, CHUNK_HEADER, CHUNK_MAGIC, Flaw, RECORD_HEADER, RECORD_MAGIC,
    bytes::{offset_at, u32_at, u64_at},
};

/// The size of the copy of a record's size that ends it.
const SIZE_COPY: usize = 4;

/// What stands where a chunk could.
pub(crate) enum Kind {
    Chunk,
    /// Zeros: room for a chunk that was not written yet.
    Unused,
    Other,
}

pub(crate) fn kind(bytes: &[u8]) -> Kind {
    if bytes.starts_with(CHUNK_MAGIC) {
        Kind::Chunk
    } else if bytes.iter().take(CHUNK_HEADER).all(|b| *b == 0) {
        Kind::Unused
    } else {
        Kind::Other
    }
}

/// Where the free space begins, by the header.
fn free_space(chunk: &[u8]) -> Option<usize> {
    offset_at(chunk, 48).filter(|free| (CHUNK_HEADER..=CHUNK).contains(free))
}

fn has_no_checksums(chunk: &[u8]) -> bool {
    const NO_CRC32: u32 = 4;
    u32_at(chunk, 120).is_some_and(|flags| flags & NO_CRC32 != 0)
}

/// Tells whether the header's checksum is right: CRC-32 of bytes 0–119 and 128–511, at byte 124.
pub(crate) fn header_is_sound(chunk: &[u8]) -> bool {
    let sound = || {
        let mut crc = crc32fast::Hasher::new();
        crc.update(chunk.get(..120)?);
        crc.update(chunk.get(128..CHUNK_HEADER)?);
        Some(u32_at(chunk, 124)? == crc.finalize())
    };
    has_no_checksums(chunk) || sound() == Some(true)
}

/// Tells whether the records' checksum is right: CRC-32 from byte 512 to the free space, at byte 52.
pub(crate) fn records_are_sound(chunk: &[u8]) -> bool {
    let sound = || {
        let records = chunk.get(CHUNK_HEADER..free_space(chunk)?)?;
        Some(u32_at(chunk, 52)? == crc32fast::hash(records))
    };
    has_no_checksums(chunk) || sound() == Some(true)
}

/// A record at its place in a chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) offset: usize,
    size: usize,
    pub(crate) id: u64,
    /// When it was written, as a FILETIME.
    pub(crate) written: u64,
    /// The copy of the size that ends a record is the same.
    pub(crate) is_closed: bool,
}

impl Record {
    fn at(chunk: &[u8], offset: usize) -> Result<Record, Flaw> {
        let header = chunk.get(offset..).unwrap_or(&[]);
        if !header.starts_with(RECORD_MAGIC) {
            return Err(Flaw::RecordHeader);
        }
        let read = || {
            let size = offset_at(header, 4).filter(|size| *size >= RECORD_HEADER + SIZE_COPY)?;
            let copy = offset_at(header, size - SIZE_COPY)?;
            let (id, written) = (u64_at(header, 8)?, u64_at(header, 16)?);
            Some(Record { offset, size, id, written, is_closed: copy == size })
        };
        read().ok_or(Flaw::RecordSize)
    }

    fn end(&self) -> usize {
        self.offset + self.size
    }

    /// Where the binary XML begins and ends.
    pub(crate) fn content(&self) -> (usize, usize) {
        (self.offset + RECORD_HEADER, self.end() - SIZE_COPY)
    }
}

/// The walk over a chunk's records. Behind a place where none can be read it goes on at the next sound one.
pub(crate) struct Records<'c> {
    chunk: &'c [u8],
    at: usize,
    /// Where the free space begins.
    free: usize,
    last_id: Option<u64>,
}

impl<'c> Records<'c> {
    pub(crate) fn new(chunk: &'c [u8]) -> Self {
        let free = free_space(chunk).unwrap_or(chunk.len()).min(chunk.len());
        Records { chunk, at: CHUNK_HEADER, free, last_id: None }
    }

    fn accept(&mut self, record: Record) -> Record {
        self.at = record.end();
        self.last_id = Some(record.id);
        record
    }

    /// The record behind the last one that the header knows: in a log that was copied while it was open, the
    /// header is older than the records. What is left from a former use of the chunk has other ids.
    fn late_record(&self) -> Option<Record> {
        let record = Record::at(self.chunk, self.at).ok()?;
        let is_next = self.last_id.and_then(|id| id.checked_add(1)) == Some(record.id);
        (record.is_closed && is_next).then_some(record)
    }

    /// The next sound record from `from` on.
    fn search(&self, from: usize) -> Option<Record> {
        let mut from = from;
        loop {
            let area = self.chunk.get(from..self.free)?;
            let offset = from + memchr::memmem::find(area, RECORD_MAGIC)?;
            match Record::at(self.chunk, offset) {
                Ok(record) if record.is_closed && self.last_id.is_none_or(|id| record.id > id) => {
                    return Some(record);
                }
                _ => from = offset + 1,
            }
        }
    }

    /// Goes on behind a place where there is no record.
    fn recover(&mut self, flaw: Flaw) -> Option<(usize, Flaw)> {
        let at = self.at;
        let next = self.search(at + 1);
        self.at = next.map_or(self.chunk.len(), |next| next.offset);
        self.free = if next.is_some() { self.free } else { 0 };
        // Zeros up to the end are free space, whatever the header says.
        let is_blank = self.chunk.get(at..).is_none_or(|rest| rest.iter().take(4).all(|b| *b == 0));
        (next.is_some() || !is_blank).then_some((at, flaw))
    }
}

impl Iterator for Records<'_> {
    type Item = Result<Record, (usize, Flaw)>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.free {
            let record = self.late_record()?;
            return Some(Ok(self.accept(record)));
        }
        match Record::at(self.chunk, self.at) {
            // Its own size is right if a record, or the end, follows where it says.
            Ok(record)
                if record.is_closed
                    || record.end() == self.free
                    || Record::at(self.chunk, record.end()).is_ok() =>
            {
                Some(Ok(self.accept(record)))
            }
            Ok(_) => self.recover(Flaw::RecordSize).map(Err),
            Err(flaw) => self.recover(flaw).map(Err),
        }
    }
}

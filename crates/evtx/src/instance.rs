//! A template's use: which definition, and the values for it.

use crate::{Malformed, bytes::offset_at, value::Value};

/// A template instance at its place in a chunk.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Instance {
    /// The offset of the template's definition in the chunk.
    pub(crate) definition: usize,
    /// How many values there are.
    pub(crate) count: usize,
    /// Where the list of sizes and types begins, 4 bytes each; the values follow it.
    descriptors: usize,
    /// Where the surrounding record or value ends.
    end: usize,
}

impl Instance {
    /// Reads the instance whose token ends at `pos`: a byte, the template's id (4), the definition's offset (4),
    /// the definition itself where it is used first, the count (4), descriptors, values.
    #[inline]
    pub(crate) fn parse(chunk: &[u8], pos: usize, end: usize) -> Result<Self, Malformed> {
        Self::parse_within(chunk, pos, end.min(chunk.len())).ok_or(Malformed::Truncated)
    }

    fn parse_within(chunk: &[u8], pos: usize, end: usize) -> Option<Self> {
        let definition = offset_at(chunk, pos.checked_add(5)?)?;
        let mut at = pos + 9;
        if definition == at {
            at = at.checked_add(24)?.checked_add(offset_at(chunk, at + 20)?)?;
        }
        let count = offset_at(chunk, at)?;
        let descriptors = at + 4;
        let values = descriptors.checked_add(count.checked_mul(4)?)?;
        (values <= end).then_some(Instance { definition, count, descriptors, end })
    }

    /// The sizes and types of the values, and where the first value begins.
    fn list<'c>(&self, chunk: &'c [u8]) -> (&'c [[u8; 4]], usize) {
        let start = self.descriptors + self.count * 4;
        (chunk.get(self.descriptors..start).map_or(&[], |list| list.as_chunks().0), start)
    }

    /// Value number `index`; `Ok(None)` where there are not so many.
    #[inline]
    pub(crate) fn value<'c>(&self, chunk: &'c [u8], index: u16) -> Result<Option<Value<'c>>, Malformed> {
        let (list, start) = self.list(chunk);
        let Some((before, [wanted, ..])) = list.split_at_checked(usize::from(index)) else { return Ok(None) };
        let start = start + before.iter().map(size_of_value).sum::<usize>();
        let end = start + size_of_value(wanted);
        let bytes = if end <= self.end { chunk.get(start..end) } else { None };
        bytes.map(|bytes| Some(Value { kind: wanted[2], bytes })).ok_or(Malformed::Truncated)
    }

    /// Appends where each value stands, and tells where the last one ends.
    #[inline]
    pub(crate) fn spread(&self, chunk: &[u8], places: &mut Vec<Slot>) -> Result<usize, Malformed> {
        let (list, mut at) = self.list(chunk);
        places.extend(list.iter().map(|descriptor| {
            let start = at;
            at += size_of_value(descriptor);
            // Values that begin beyond 4 GiB end beyond the chunk, which is an error below.
            Slot { start: start as u32, size: size_of_value(descriptor) as u16, kind: descriptor[2] }
        }));
        if at <= self.end { Ok(at) } else { Err(Malformed::Truncated) }
    }
}

fn size_of_value(&[low, high, ..]: &[u8; 4]) -> usize {
    usize::from(u16::from_le_bytes([low, high]))
}

/// Where a value stands in its chunk.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Slot {
    start: u32,
    size: u16,
    pub(crate) kind: u8,
}

impl Slot {
    /// Where it begins and ends.
    #[inline]
    pub(crate) fn range(self) -> (usize, usize) {
        let start = self.start as usize;
        (start, start + usize::from(self.size))
    }

    #[inline]
    pub(crate) fn value(self, chunk: &[u8]) -> Value<'_> {
        let (start, end) = self.range();
        Value { kind: self.kind, bytes: chunk.get(start..end).unwrap_or(&[]) }
    }
}

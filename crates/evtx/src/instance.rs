//! A template's use: which definition, and the values for it.

use crate::{
    Malformed,
    bytes::{offset_at, u16_at},
    value::Value,
};

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

    /// The values with the offset at which each begins, in order.
    pub(crate) fn values<'c>(self, chunk: &'c [u8]) -> Values<'c> {
        let list = self.descriptors..self.descriptors + self.count * 4;
        Values {
            chunk,
            descriptors: chunk.get(list).map_or(&[], |list| list.as_chunks().0),
            at: self.descriptors + self.count * 4,
            end: self.end,
        }
    }

    /// Value number `index`; `Ok(None)` where there are not so many.
    #[inline]
    pub(crate) fn value<'c>(self, chunk: &'c [u8], index: u16) -> Result<Option<Value<'c>>, Malformed> {
        let mut values = self.values(chunk);
        let index = usize::from(index);
        let Some((before, rest)) = values.descriptors.split_at_checked(index) else { return Ok(None) };
        values.at += before.iter().map(|d| usize::from(u16::from_le_bytes([d[0], d[1]]))).sum::<usize>();
        values.descriptors = rest;
        values.next().transpose().map(|value| value.map(|(_, value)| value))
    }

    /// Where the instance ends, behind its last value.
    pub(crate) fn end_of_values(self, chunk: &[u8]) -> usize {
        let list = self.values(chunk);
        list.at + list.descriptors.iter().filter_map(|d| u16_at(d, 0)).map(usize::from).sum::<usize>()
    }
}

/// See [`Instance::values`].
pub(crate) struct Values<'c> {
    chunk: &'c [u8],
    descriptors: &'c [[u8; 4]],
    at: usize,
    end: usize,
}

impl<'c> Iterator for Values<'c> {
    type Item = Result<(usize, Value<'c>), Malformed>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let ([low, high, kind, _], rest) = self.descriptors.split_first()?;
        self.descriptors = rest;
        let start = self.at;
        self.at += usize::from(u16::from_le_bytes([*low, *high]));
        let bytes = if self.at <= self.end { self.chunk.get(start..self.at) } else { None };
        Some(bytes.map(|bytes| (start, Value { kind: *kind, bytes })).ok_or(Malformed::Truncated))
    }
}

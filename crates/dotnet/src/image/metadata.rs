//! The version of an assembly: one row of its metadata (ECMA-335 II.22 and II.24.2).

use super::field;
use super::source::View;
use std::fmt;
use std::io;

/// The version of an assembly, as references to it name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AssemblyVersion(pub [u16; 4]);

impl AssemblyVersion {
    /// Reads four numbers with dots between them.
    pub fn parse(text: &str) -> Option<AssemblyVersion> {
        let mut numbers = [0; 4];
        let mut parts = text.split('.');
        for number in &mut numbers {
            let part = parts.next()?;
            *number = part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok()).flatten()?;
        }
        parts.next().is_none().then_some(AssemblyVersion(numbers))
    }
}

impl fmt::Display for AssemblyVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let AssemblyVersion([major, minor, build, revision]) = self;
        write!(f, "{major}.{minor}.{build}.{revision}")
    }
}

/// Bytes read at once from the start of the metadata; the list of streams and the sizes of the tables lie within.
const START: usize = 1024;
/// The number of the table with the assembly.
const ASSEMBLY: usize = 0x20;

/// The version in the metadata at `offset`; `None` for metadata that is damaged or describes a module only.
pub(super) fn version(view: &mut View<'_>, offset: u64) -> io::Result<Option<AssemblyVersion>> {
    let root = view.bytes(offset, START)?;
    let Some(start) = tables_stream(&root) else { return Ok(None) };
    let stream = offset + u64::from(start);
    // It mostly begins in what was read.
    let row = match root.get(start as usize..).and_then(row_offset) {
        Some(row) => Some(row),
        None => row_offset(&view.bytes(stream, START)?),
    };
    let Some(row) = row else { return Ok(None) };
    let row = view.bytes(stream + row, 12)?;
    let number = |i: usize| field(&row, 4 + 2 * i).map(u16::from_le_bytes);
    let numbers = [number(0), number(1), number(2), number(3)];
    Ok(match numbers {
        [Some(major), Some(minor), Some(build), Some(revision)] => {
            Some(AssemblyVersion([major, minor, build, revision]))
        }
        _ => None,
    })
}

/// Where the stream of tables starts, counted from the start of the metadata.
fn tables_stream(root: &[u8]) -> Option<u32> {
    let length = u32::from_le_bytes(field(root, 12)?) as usize;
    let mut at = length.checked_add(16)?;
    let count = u16::from_le_bytes(field(root, at.checked_add(2)?)?);
    if root.get(..4)? != b"BSJB" {
        return None;
    }
    at += 4;
    for _ in 0..count {
        let name = root.get(at.checked_add(8)?..)?;
        let length = name.iter().position(|b| *b == 0)?;
        if name.get(..length)? == b"#~" {
            return Some(u32::from_le_bytes(field(root, at)?));
        }
        at += 8 + (length / 4 + 1) * 4;
    }
    None
}

/// Where the row of the assembly starts, counted from the start of the stream of tables.
fn row_offset(stream: &[u8]) -> Option<u64> {
    let [heaps] = field(stream, 6)?;
    let present = u64::from_le_bytes(field(stream, 8)?);
    let mut rows = [0_u32; 64];
    let mut at = 24;
    for (_, count) in rows.iter_mut().enumerate().filter(|(table, _)| present >> table & 1 != 0) {
        *count = u32::from_le_bytes(field(stream, at)?);
        at += 4;
    }
    // Four bytes that the runtime's own writer may add.
    if heaps & 0x40 != 0 {
        at += 4;
    }
    if rows.get(ASSEMBLY) != Some(&1) {
        return None;
    }
    let sizes = Sizes { heaps, rows };
    let before = TABLES.iter().enumerate().map(|(table, columns)| {
        let size: u64 = columns.iter().map(|column| sizes.column(*column)).sum();
        size * u64::from(sizes.rows_of(table))
    });
    Some(at as u64 + before.sum::<u64>())
}

/// A column of a table.
#[derive(Clone, Copy)]
enum Column {
    /// So many bytes.
    Fixed(u64),
    /// An index into a heap: the bit of the heap in the field of heap sizes.
    Heap(u8),
    /// The number of a row in one of several tables, with so many bits for which.
    Row(u8, &'static [usize]),
}

struct Sizes {
    heaps: u8,
    rows: [u32; 64],
}

impl Sizes {
    fn rows_of(&self, table: usize) -> u32 {
        self.rows.get(table).copied().unwrap_or(0)
    }

    fn column(&self, column: Column) -> u64 {
        let wide = match column {
            Column::Fixed(size) => return size,
            Column::Heap(bit) => self.heaps & bit != 0,
            Column::Row(bits, tables) => tables.iter().any(|t| self.rows_of(*t) >> (16 - bits) != 0),
        };
        if wide { 4 } else { 2 }
    }
}

const U2: Column = Column::Fixed(2);
const U4: Column = Column::Fixed(4);
const STRING: Column = Column::Heap(1);
const GUID: Column = Column::Heap(2);
const BLOB: Column = Column::Heap(4);
const TYPE_DEF: Column = Column::Row(0, &[0x02]);
const FIELD: Column = Column::Row(0, &[0x04]);
const METHOD: Column = Column::Row(0, &[0x06]);
const PARAMETER: Column = Column::Row(0, &[0x08]);
const EVENT: Column = Column::Row(0, &[0x14]);
const PROPERTY: Column = Column::Row(0, &[0x17]);
const MODULE_REF: Column = Column::Row(0, &[0x1A]);
const TYPE: Column = Column::Row(2, &[0x02, 0x01, 0x1B]);
const HAS_ATTRIBUTE: Column = Column::Row(
    5,
    &[
        0x06, 0x04, 0x01, 0x02, 0x08, 0x09, 0x0A, 0x00, 0x0E, 0x17, 0x14, 0x11, 0x1A, 0x1B, 0x20, 0x23, 0x26,
        0x27, 0x28, 0x2A, 0x2C, 0x2B,
    ],
);
const METHOD_OR_REF: Column = Column::Row(1, &[0x06, 0x0A]);

/// The columns of the tables before that of the assembly, by their numbers (ECMA-335 II.22.2 to II.22.39, and the
/// tables of pointers that edit-and-continue adds).
const TABLES: [&[Column]; ASSEMBLY] = [
    &[U2, STRING, GUID, GUID, GUID],
    &[Column::Row(2, &[0x00, 0x1A, 0x23, 0x01]), STRING, STRING],
    &[U4, STRING, STRING, TYPE, FIELD, METHOD],
    &[FIELD],
    &[U2, STRING, BLOB],
    &[METHOD],
    &[U4, U2, U2, STRING, BLOB, PARAMETER],
    &[PARAMETER],
    &[U2, U2, STRING],
    &[TYPE_DEF, TYPE],
    &[Column::Row(3, &[0x02, 0x01, 0x1A, 0x06, 0x1B]), STRING, BLOB],
    &[U2, Column::Row(2, &[0x04, 0x08, 0x17]), BLOB],
    &[HAS_ATTRIBUTE, Column::Row(3, &[0x06, 0x0A]), BLOB],
    &[Column::Row(1, &[0x04, 0x08]), BLOB],
    &[U2, Column::Row(2, &[0x02, 0x06, 0x20]), BLOB],
    &[U2, U4, TYPE_DEF],
    &[U4, FIELD],
    &[BLOB],
    &[TYPE_DEF, EVENT],
    &[EVENT],
    &[U2, STRING, TYPE],
    &[TYPE_DEF, PROPERTY],
    &[PROPERTY],
    &[U2, STRING, BLOB],
    &[U2, METHOD, Column::Row(1, &[0x14, 0x17])],
    &[TYPE_DEF, METHOD_OR_REF, METHOD_OR_REF],
    &[STRING],
    &[BLOB],
    &[U2, Column::Row(1, &[0x04, 0x06]), STRING, MODULE_REF],
    &[U4, FIELD],
    &[U4, U4],
    &[U4],
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_four_numbers() {
        let version = AssemblyVersion::parse("13.0.0.65535").expect("valid");
        assert_eq!((version.to_string().as_str(), version.0[3]), ("13.0.0.65535", 65535));
        for text in ["", "1.2.3", "1.2.3.4.5", "1.2.3.65536", "1.2.3.+4", "1.2.3.x"] {
            assert_eq!(AssemblyVersion::parse(text), None, "{text}");
        }
    }
}

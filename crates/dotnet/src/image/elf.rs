//! ELF files.

use super::source::View;
use super::{Section, field};
use crate::platform::{Arch, Os};
use std::io;

/// More sections are not looked at.
const MAX_SECTIONS: u16 = 256;

/// The headers of an ELF file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ElfImage {
    /// The architecture; `None` for one that .NET does not know.
    pub arch: Option<Arch>,
    /// The system: FreeBSD marks its files, everything else counts as Linux.
    pub os: Os,
    /// The sections that have bytes in the file; none when the section table is stripped.
    pub sections: Vec<Section>,
}

/// `None` when the header is not whole.
pub(super) fn read(view: &mut View<'_>) -> io::Result<Option<ElfImage>> {
    let Some(header) = Header::parse(view.head()) else { return Ok(None) };
    let arch = match (header.machine, header.wide) {
        (0x03, false) => Some(Arch::X86),
        (0x28, false) => Some(Arch::Arm),
        (0x3E, true) => Some(Arch::X64),
        (0xB7, true) => Some(Arch::Arm64),
        _ => None,
    };
    let os = if view.head().get(7) == Some(&9) { Os::FreeBsd } else { Os::Linux };
    let sections = sections(view, &header)?;
    Ok(Some(ElfImage { arch, os, sections }))
}

struct Header {
    wide: bool,
    big_endian: bool,
    machine: u16,
    table: u64,
    entry_size: u16,
    count: u16,
    names: u16,
}

impl Header {
    fn parse(head: &[u8]) -> Option<Header> {
        let wide = match head.get(4)? {
            1 => false,
            2 => true,
            _ => return None,
        };
        let big_endian = head.get(5)? == &2;
        let word = |at| field(head, at).map(|b| half(b, big_endian));
        let (table, rest) = if wide {
            (long(field(head, 0x28)?, big_endian), 0x3A)
        } else {
            (u64::from(int(field(head, 0x20)?, big_endian)), 0x2E)
        };
        Some(Header {
            wide,
            big_endian,
            machine: word(0x12)?,
            table,
            entry_size: word(rest)?,
            count: word(rest + 2)?.min(MAX_SECTIONS),
            names: word(rest + 4)?,
        })
    }

    /// Name offset, type, offset and size of a section.
    fn section(&self, entry: &[u8]) -> Option<(usize, u32, u64, u64)> {
        let name = usize::try_from(int(field(entry, 0)?, self.big_endian)).ok()?;
        let kind = int(field(entry, 4)?, self.big_endian);
        let (offset, size) = if self.wide {
            (long(field(entry, 0x18)?, self.big_endian), long(field(entry, 0x20)?, self.big_endian))
        } else {
            let narrow = |at| field(entry, at).map(|b| u64::from(int(b, self.big_endian)));
            (narrow(0x10)?, narrow(0x14)?)
        };
        Some((name, kind, offset, size))
    }
}

fn half(bytes: [u8; 2], big_endian: bool) -> u16 {
    if big_endian { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) }
}

fn int(bytes: [u8; 4], big_endian: bool) -> u32 {
    if big_endian { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) }
}

fn long(bytes: [u8; 8], big_endian: bool) -> u64 {
    if big_endian { u64::from_be_bytes(bytes) } else { u64::from_le_bytes(bytes) }
}

fn sections(view: &mut View<'_>, header: &Header) -> io::Result<Vec<Section>> {
    let smallest = if header.wide { 0x40 } else { 0x28 };
    if header.table == 0 || header.entry_size < smallest {
        return Ok(Vec::new());
    }
    let entry_size = usize::from(header.entry_size);
    let table = view.bytes(header.table, usize::from(header.count) * entry_size)?;
    let entries: Vec<_> = table.chunks_exact(entry_size).filter_map(|e| header.section(e)).collect();
    let Some((_, _, offset, size)) = entries.get(usize::from(header.names)).copied() else {
        return Ok(Vec::new());
    };
    let names = view.section(&Section { name: String::new(), offset, size: size.min(1 << 16) })?;
    /// The type of a section without bytes in the file.
    const NOBITS: u32 = 8;
    let named = |(name, kind, offset, size): (usize, u32, u64, u64)| {
        let name = names.get(name..)?.split(|b| *b == 0).next()?;
        let name = String::from_utf8_lossy(name).into_owned();
        (kind != NOBITS && size > 0).then_some(Section { name, offset, size })
    };
    Ok(entries.into_iter().filter_map(named).collect())
}

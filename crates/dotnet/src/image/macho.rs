//! Mach-O files, thin and fat.

use super::source::View;
use super::{Section, field};
use crate::platform::Arch;
use std::io;

/// More load commands, or architectures, are not looked at.
const MAX_COMMANDS: u32 = 256;
/// More bytes of load commands are not read.
const MAX_COMMAND_BYTES: u32 = 1 << 16;
const MAGIC_64: u32 = 0xFEED_FACF;
const MAGIC_FAT: u32 = 0xCAFE_BABE;
/// `LC_SEGMENT_64`.
const SEGMENT_64: u32 = 0x19;

/// The headers of a Mach-O file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MachOImage {
    /// The architectures; several in a fat file.
    pub archs: Vec<Arch>,
    /// The sections that have bytes in the file; none for a fat file.
    pub sections: Vec<Section>,
}

pub(super) fn is_magic(head: &[u8]) -> bool {
    let little = field(head, 0).map(u32::from_le_bytes);
    // A fat header is big-endian. Java's class files share its magic; they have a version, at least 43, where
    // a fat file has the number of architectures.
    let fat = field(head, 0).map(u32::from_be_bytes) == Some(MAGIC_FAT)
        && field(head, 4).map(u32::from_be_bytes).is_some_and(|count| count < 43);
    little == Some(MAGIC_64) || fat
}

/// `None` when the header is not whole.
pub(super) fn read(view: &mut View<'_>) -> io::Result<Option<MachOImage>> {
    let head = view.head();
    if field(head, 0).map(u32::from_be_bytes) == Some(MAGIC_FAT) {
        return Ok(fat(head));
    }
    let dword = |at| field(head, at).map(u32::from_le_bytes);
    let (Some(cpu), Some(count), Some(size)) = (dword(4), dword(16), dword(20)) else { return Ok(None) };
    let commands = view.bytes(32, size.min(MAX_COMMAND_BYTES) as usize)?;
    let archs = arch(cpu).into_iter().collect();
    Ok(Some(MachOImage { archs, sections: sections(&commands, count.min(MAX_COMMANDS)) }))
}

fn arch(cpu: u32) -> Option<Arch> {
    match cpu {
        0x0100_0007 => Some(Arch::X64),
        0x0100_000C => Some(Arch::Arm64),
        _ => None,
    }
}

fn fat(head: &[u8]) -> Option<MachOImage> {
    let count = u32::from_be_bytes(field(head, 4)?).min(MAX_COMMANDS) as usize;
    let entries = head.get(8..)?.chunks_exact(20).take(count);
    let archs = entries.filter_map(|e| arch(u32::from_be_bytes(field(e, 0)?))).collect();
    Some(MachOImage { archs, sections: Vec::new() })
}

/// The sections of the segments among the load commands.
fn sections(commands: &[u8], count: u32) -> Vec<Section> {
    let mut sections = Vec::new();
    let mut rest = commands;
    for _ in 0..count {
        let (Some(kind), Some(size)) =
            (field(rest, 0).map(u32::from_le_bytes), field(rest, 4).map(u32::from_le_bytes))
        else {
            break;
        };
        let (Some(command), Some(next)) = (rest.get(..size as usize), rest.get(size as usize..)) else {
            break;
        };
        if size < 8 {
            break;
        }
        if kind == SEGMENT_64 {
            sections.extend(command.get(72..).unwrap_or_default().chunks_exact(80).filter_map(section));
        }
        rest = next;
    }
    sections
}

fn section(entry: &[u8]) -> Option<Section> {
    let name = entry.get(..16)?.split(|b| *b == 0).next()?;
    let size = u64::from_le_bytes(field(entry, 40)?);
    let offset = u64::from(u32::from_le_bytes(field(entry, 48)?));
    let name = String::from_utf8_lossy(name).into_owned();
    (offset > 0).then_some(Section { name, offset, size })
}

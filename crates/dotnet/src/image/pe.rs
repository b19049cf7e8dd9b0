//! PE files: Windows executables and libraries, and managed assemblies of every system.

use super::source::View;
use super::{Image, NotAnImage, Section, field};
use crate::platform::{Arch, Os};
use std::io;

/// More sections than these are not looked at; Windows accepts 96.
const MAX_SECTIONS: u16 = 96;

/// The headers of a PE file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeImage {
    /// The machine word of the file header.
    pub machine: u16,
    /// The image has 64-bit headers (PE32+).
    pub pe32_plus: bool,
    /// It is a library.
    pub dll: bool,
    /// The subsystem.
    pub subsystem: Subsystem,
    /// The CLI header; `None` for a native image.
    pub clr: Option<ClrHeader>,
    /// The sections that have bytes in the file.
    pub sections: Vec<Section>,
    /// Where the table of exports lies, names included.
    pub(super) export_table: Option<Section>,
    /// Where the metadata of an assembly starts.
    pub(super) metadata: Option<u64>,
}

/// What a Windows image runs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Subsystem {
    /// A window (2): `OutputType` is `WinExe`.
    Gui,
    /// A console (3).
    Console,
    /// Anything else.
    Other(u16),
}

/// The CLI header of an assembly (ECMA-335 II.25.3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ClrHeader {
    /// `Flags`.
    pub flags: u32,
    /// `ManagedNativeHeader` is not empty: the file has precompiled code.
    pub has_native_header: bool,
}

impl ClrHeader {
    pub(super) const IL_ONLY: u32 = 0x1;
    pub(super) const REQUIRES_32_BIT: u32 = 0x2;
    pub(super) const IL_LIBRARY: u32 = 0x4;
    pub(super) const PREFERS_32_BIT: u32 = 0x2_0000;

    fn has(self, flag: u32) -> bool {
        self.flags & flag != 0
    }
}

/// What a PE file can run on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Code {
    /// Native code; `None` for a machine that .NET does not know.
    Native(Option<Arch>),
    /// Managed code for any processor.
    AnyCpu,
    /// The same, compiled with "prefer 32-bit", which .NET Core does not heed.
    AnyCpu32BitPreferred,
    /// Managed code for one processor.
    Only(Arch),
    /// Managed and native code linked together (C++/CLI).
    MixedMode(Option<Arch>),
    /// Managed code that was also compiled ahead of time for one processor and system (ReadyToRun).
    ReadyToRun {
        /// The processor.
        arch: Arch,
        /// The system.
        os: Os,
    },
}

impl PeImage {
    /// What the file can run on.
    pub fn code(&self) -> Code {
        let target = decode_machine(self.machine);
        let arch = target.map(|(arch, _)| arch);
        let Some(clr) = self.clr else { return Code::Native(arch) };
        if clr.has(ClrHeader::IL_LIBRARY)
            && clr.has_native_header
            && let Some((arch, os)) = target
        {
            return Code::ReadyToRun { arch, os };
        }
        if !clr.has(ClrHeader::IL_ONLY) {
            return Code::MixedMode(arch);
        }
        match arch {
            Some(Arch::X86) if !self.pe32_plus => {
                match (clr.has(ClrHeader::REQUIRES_32_BIT), clr.has(ClrHeader::PREFERS_32_BIT)) {
                    (true, false) => Code::Only(Arch::X86),
                    (_, true) => Code::AnyCpu32BitPreferred,
                    (false, false) => Code::AnyCpu,
                }
            }
            Some(arch) => Code::Only(arch),
            None => Code::AnyCpu,
        }
    }

    /// Whether a Windows process of that architecture can load the file. Assemblies precompiled for another
    /// system count as plain IL (CoreCLR's assembly binder).
    pub fn loads_on_windows(&self, process: Arch) -> bool {
        match self.code() {
            Code::AnyCpu | Code::AnyCpu32BitPreferred => true,
            Code::Only(arch) | Code::ReadyToRun { arch, os: Os::Windows } => arch == process,
            Code::ReadyToRun { .. } => true,
            Code::Native(arch) | Code::MixedMode(arch) => arch == Some(process),
        }
    }
}

/// Assemblies precompiled for other systems than Windows have the machine word XORed with a value for the system
/// (dotnet/runtime `pedecoder.h`, `IMAGE_FILE_MACHINE_OS_MASK_*`).
const SYSTEMS: [(u16, Os); 6] = [
    (0, Os::Windows),
    (0x7B79, Os::Linux),
    (0x4644, Os::MacOs),
    (0xADC4, Os::FreeBsd),
    (0x1993, Os::NetBsd),
    (0x1992, Os::SunOs),
];

/// The machine word for a processor and a system.
pub(super) fn encode_machine(arch: Arch, os: Os) -> u16 {
    let mask = SYSTEMS.iter().find(|(_, known)| *known == os).map_or(0, |(mask, _)| *mask);
    let word = match arch {
        Arch::X86 => 0x014C,
        Arch::X64 => 0x8664,
        Arch::Arm => 0x01C4,
        Arch::Arm64 => 0xAA64,
    };
    word ^ mask
}

/// The processor and the system of a machine word.
fn decode_machine(word: u16) -> Option<(Arch, Os)> {
    SYSTEMS.iter().find_map(|(mask, os)| {
        let arch = match word ^ mask {
            0x014C => Arch::X86,
            0x8664 => Arch::X64,
            0x01C0 | 0x01C4 => Arch::Arm,
            0xAA64 => Arch::Arm64,
            _ => return None,
        };
        Some((arch, *os))
    })
}

/// A section with its place in memory.
struct Mapped {
    section: Section,
    address: u32,
}

/// `None` when the headers are not whole.
pub(super) fn read(view: &mut View<'_>) -> io::Result<Option<Image>> {
    let Some(start) = field(view.head(), 0x3C).map(u32::from_le_bytes) else { return Ok(None) };
    let coff = view.bytes(u64::from(start), 24)?;
    if coff.get(..4) != Some(b"PE\0\0") {
        let whole = u64::from(start) + 4 <= view.size;
        return Ok(whole.then_some(Image::Other(NotAnImage::Unknown)));
    }
    let word = |at| field(&coff, at).map(u16::from_le_bytes);
    let (Some(machine), Some(count), Some(optional_size), Some(characteristics)) =
        (word(4), word(6), word(20), word(22))
    else {
        return Ok(None);
    };
    let optional = view.bytes(u64::from(start) + 24, usize::from(optional_size))?;
    let table = u64::from(start) + 24 + u64::from(optional_size);
    let table = view.bytes(table, usize::from(count.min(MAX_SECTIONS)) * 40)?;
    let sections: Vec<Mapped> = table.chunks_exact(40).filter_map(section).collect();
    let ends = sections.iter().map(|m| m.section.offset.saturating_add(m.section.size)).max();
    if ends.is_some_and(|end| end > view.size) || table.len() < usize::from(count.min(MAX_SECTIONS)) * 40 {
        return Ok(None);
    }
    let Some(optional) = optional_header(&optional) else { return Ok(None) };
    let managed = match optional.cli {
        Some((address, _)) => clr_header(view, &sections, address)?,
        None => None,
    };
    if optional.cli.is_some() && managed.is_none() {
        return Ok(None);
    }
    let export_table = optional.exports.and_then(|(address, size)| {
        let offset = file_offset(&sections, address)?;
        Some(Section { name: String::new(), offset, size: u64::from(size) })
    });
    Ok(Some(Image::Pe(PeImage {
        machine,
        pe32_plus: optional.pe32_plus,
        dll: characteristics & 0x2000 != 0,
        subsystem: optional.subsystem,
        clr: managed.map(|(clr, _)| clr),
        metadata: managed.and_then(|(_, address)| file_offset(&sections, address)),
        sections: sections.into_iter().map(|m| m.section).collect(),
        export_table,
    })))
}

struct Optional {
    pe32_plus: bool,
    subsystem: Subsystem,
    /// Address and size of the table of exports.
    exports: Option<(u32, u32)>,
    /// Address and size of the CLI header.
    cli: Option<(u32, u32)>,
}

fn optional_header(bytes: &[u8]) -> Option<Optional> {
    let pe32_plus = match u16::from_le_bytes(field(bytes, 0)?) {
        0x10B => false,
        0x20B => true,
        _ => return None,
    };
    let subsystem = match u16::from_le_bytes(field(bytes, 0x44)?) {
        2 => Subsystem::Gui,
        3 => Subsystem::Console,
        other => Subsystem::Other(other),
    };
    let directories = if pe32_plus { 0x70 } else { 0x60 };
    let directory = |index: usize| {
        let address = u32::from_le_bytes(field(bytes, directories + index * 8)?);
        let size = u32::from_le_bytes(field(bytes, directories + index * 8 + 4)?);
        (address != 0 && size != 0).then_some((address, size))
    };
    Some(Optional { pe32_plus, subsystem, exports: directory(0), cli: directory(14) })
}

fn section(entry: &[u8]) -> Option<Mapped> {
    let name = entry.get(..8)?;
    let name = name.split(|b| *b == 0).next().unwrap_or_default();
    let dword = |at| field(entry, at).map(u32::from_le_bytes);
    let (address, size, offset) = (dword(12)?, dword(16)?, dword(20)?);
    let name = String::from_utf8_lossy(name).into_owned();
    let section = Section { name, offset: u64::from(offset), size: u64::from(size) };
    (size > 0).then_some(Mapped { section, address })
}

/// Where an address of the loaded image lies in the file.
fn file_offset(sections: &[Mapped], address: u32) -> Option<u64> {
    sections.iter().find_map(|m| {
        let within = u64::from(address.checked_sub(m.address)?);
        (within < m.section.size).then(|| m.section.offset + within)
    })
}

/// The CLI header, with the address of the metadata.
fn clr_header(
    view: &mut View<'_>,
    sections: &[Mapped],
    address: u32,
) -> io::Result<Option<(ClrHeader, u32)>> {
    let Some(offset) = file_offset(sections, address) else { return Ok(None) };
    let bytes = view.bytes(offset, 72)?;
    let dword = |at| field(&bytes, at).map(u32::from_le_bytes);
    let (Some(metadata), Some(flags), Some(native_size)) = (dword(8), dword(16), dword(68)) else {
        return Ok(None);
    };
    Ok(Some((ClrHeader { flags, has_native_header: native_size != 0 }, metadata)))
}

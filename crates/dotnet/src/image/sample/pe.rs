//! PE files: Windows programs and managed assemblies.

use crate::image::AssemblyVersion;
use crate::image::pe::{ClrHeader, encode_machine};
use crate::platform::{Arch, Os};

/// A flag of the CLI header: there is only IL.
pub const IL_ONLY: u32 = ClrHeader::IL_ONLY;
/// A flag of the CLI header: only for 32-bit processes.
pub const REQUIRES_32_BIT: u32 = ClrHeader::REQUIRES_32_BIT;
/// A flag of the CLI header: precompiled.
pub const IL_LIBRARY: u32 = ClrHeader::IL_LIBRARY;
/// A flag of the CLI header: compiled with "prefer 32-bit".
pub const PREFERS_32_BIT: u32 = ClrHeader::PREFERS_32_BIT;

/// A PE image to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pe {
    /// The machine word.
    pub machine: u16,
    /// It has 64-bit headers.
    pub plus: bool,
    /// It is a library.
    pub dll: bool,
    /// Flags of the CLI header and whether it has precompiled code; `None` for a native image.
    pub clr: Option<(u32, bool)>,
    /// The version of the assembly, when it is one.
    pub version: AssemblyVersion,
    /// The name of the section with code, at most 8 bytes.
    pub code: &'static str,
    /// The bytes of the section `.data`, which is left out without any.
    pub data: Vec<u8>,
}

/// Where the section of code lies in memory and in the file, and where other sections do.
const CODE_ADDRESS: u32 = 0x2000;
const CODE_OFFSET: usize = 0x400;
const CODE_SIZE: usize = 0x200;
const DATA_ADDRESS: u32 = 0x4000;
const DATA_OFFSET: usize = CODE_OFFSET + CODE_SIZE;
/// Where the CLI header and the metadata lie in the section of code.
const CLI: usize = 8;
const METADATA: usize = 0x50;

impl Pe {
    /// A native executable or library.
    pub fn native(arch: Arch, dll: bool) -> Pe {
        Pe {
            machine: encode_machine(arch, Os::Windows),
            plus: arch.is_64_bit(),
            dll,
            clr: None,
            version: AssemblyVersion([1, 0, 0, 0]),
            code: ".text",
            data: Vec::new(),
        }
    }

    /// A managed assembly for one processor, or with `None` for any.
    pub fn assembly(arch: Option<Arch>) -> Pe {
        let flags = if arch == Some(Arch::X86) { IL_ONLY | REQUIRES_32_BIT } else { IL_ONLY };
        Pe { clr: Some((flags, false)), ..Pe::native(arch.unwrap_or(Arch::X86), true) }
    }

    /// The assembly, precompiled for a processor and a system.
    pub fn precompiled(self, arch: Arch, os: Os) -> Pe {
        Pe {
            machine: encode_machine(arch, os),
            plus: arch.is_64_bit(),
            clr: Some((IL_LIBRARY, true)),
            ..self
        }
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        /// Where the headers start, behind a DOS header without a program.
        const START: usize = 0x80;
        let optional_size = if self.plus { 0xF0_u16 } else { 0xE0 };
        let optional = START + 24;
        let table = optional + usize::from(optional_size);
        let mut bytes = vec![0; DATA_OFFSET];
        put(&mut bytes, 0, b"MZ");
        put(&mut bytes, 0x3C, &(START as u32).to_le_bytes());
        put(&mut bytes, START, b"PE\0\0");
        let sections = 1 + u16::from(!self.data.is_empty());
        let characteristics = if self.dll { 0x2022_u16 } else { 0x22 };
        for (at, word) in [(4, self.machine), (6, sections), (20, optional_size), (22, characteristics)] {
            put(&mut bytes, START + at, &word.to_le_bytes());
        }
        let magic = if self.plus { 0x20B_u16 } else { 0x10B };
        const CONSOLE: u16 = 3;
        put(&mut bytes, optional, &magic.to_le_bytes());
        put(&mut bytes, optional + 0x44, &CONSOLE.to_le_bytes());
        section(&mut bytes, table, self.code, CODE_ADDRESS, CODE_SIZE, CODE_OFFSET);
        if !self.data.is_empty() {
            section(&mut bytes, table + 40, ".data", DATA_ADDRESS, self.data.len(), DATA_OFFSET);
        }
        if let Some((flags, native)) = self.clr {
            let directory = optional + if self.plus { 0xE0 } else { 0xD0 };
            put(&mut bytes, directory, &(CODE_ADDRESS + CLI as u32).to_le_bytes());
            put(&mut bytes, directory + 4, &72_u32.to_le_bytes());
            self.managed(&mut bytes, flags, native);
        }
        bytes.extend(&self.data);
        bytes
    }

    /// The CLI header and the metadata.
    fn managed(&self, bytes: &mut Vec<u8>, flags: u32, native: bool) {
        let metadata = metadata(self.version);
        let header = CODE_OFFSET + CLI;
        for (at, value) in [
            (0, 72),
            (8, CODE_ADDRESS + METADATA as u32),
            (12, metadata.len() as u32),
            (16, flags),
            (68, u32::from(native)),
        ] {
            put(bytes, header + at, &value.to_le_bytes());
        }
        put(bytes, CODE_OFFSET + METADATA, &metadata);
    }
}

/// Metadata with the two tables that every assembly has, of one row each (ECMA-335 II.24.2).
fn metadata(AssemblyVersion(version): AssemblyVersion) -> Vec<u8> {
    const MODULE: u32 = 0;
    const ASSEMBLY: u32 = 0x20;
    let mut tables = vec![0, 0, 0, 0, 2, 0, 0, 1];
    tables.extend((1_u64 << MODULE | 1 << ASSEMBLY).to_le_bytes());
    tables.extend([0; 8]);
    tables.extend([1, 0, 0, 0, 1, 0, 0, 0]);
    // The row of the module: 5 columns of 2 bytes.
    tables.extend([0; 10]);
    // The row of the assembly: hash algorithm, version, flags, key, name, culture.
    tables.extend(0x8004_u32.to_le_bytes());
    tables.extend(version.iter().flat_map(|n| n.to_le_bytes()));
    tables.extend([0; 10]);
    let mut root = b"BSJB\x01\0\x01\0\0\0\0\0\x0C\0\0\0v4.0.30319\0\0\0\0\x01\0".to_vec();
    let start = root.len() + 12;
    root.extend((start as u32).to_le_bytes());
    root.extend((tables.len() as u32).to_le_bytes());
    root.extend(b"#~\0\0");
    root.extend(tables);
    root
}

fn section(bytes: &mut Vec<u8>, at: usize, name: &str, address: u32, size: usize, offset: usize) {
    put(bytes, at, name.as_bytes().get(..8).unwrap_or(name.as_bytes()));
    let size = u32::try_from(size).unwrap_or(u32::MAX);
    let offset = u32::try_from(offset).unwrap_or(u32::MAX);
    for (i, value) in [size, address, size, offset].into_iter().enumerate() {
        put(bytes, at + 8 + 4 * i, &value.to_le_bytes());
    }
}

/// Writes bytes into others, which are made longer where they are too short.
pub(super) fn put(bytes: &mut Vec<u8>, at: usize, new: &[u8]) {
    let end = at + new.len();
    if bytes.len() < end {
        bytes.resize(end, 0);
    }
    if let Some(place) = bytes.get_mut(at..end) {
        place.copy_from_slice(new);
    }
}

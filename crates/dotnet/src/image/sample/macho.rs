//! Mach-O files.

use super::pe::put;
use crate::platform::Arch;

/// A Mach-O file to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MachO {
    /// The processor; macOS has none of 32 bits any more, for which the 64-bit one is taken.
    pub arch: Arch,
    /// It is a library, not an executable.
    pub library: bool,
    /// The bytes of the section `__data`.
    pub data: Vec<u8>,
}

impl MachO {
    /// A file without data.
    pub fn new(arch: Arch, library: bool) -> MachO {
        MachO { arch, library, data: Vec::new() }
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        /// The sizes of the header, of the load command of a segment, and of a section in it.
        const HEADER: usize = 32;
        const SEGMENT: usize = 72;
        const SECTION: usize = 80;
        const COMMAND: u32 = (SEGMENT + SECTION) as u32;
        const SEGMENT_64: u32 = 0x19;
        let cpu: u32 = match self.arch {
            Arch::X86 | Arch::X64 => 0x0100_0007,
            Arch::Arm | Arch::Arm64 => 0x0100_000C,
        };
        let mut bytes = vec![0; HEADER + SEGMENT + SECTION];
        let start = bytes.len();
        let kind: u32 = if self.library { 6 } else { 2 };
        for (at, value) in [(0, 0xFEED_FACF), (4, cpu), (12, kind), (16, 1), (20, COMMAND)] {
            put(&mut bytes, at, &value.to_le_bytes());
        }
        for (at, value) in [(0, SEGMENT_64), (4, COMMAND), (64, 1)] {
            put(&mut bytes, HEADER + at, &value.to_le_bytes());
        }
        put(&mut bytes, HEADER + 8, b"__DATA");
        let section = HEADER + SEGMENT;
        put(&mut bytes, section, b"__data");
        put(&mut bytes, section + 16, b"__DATA");
        put(&mut bytes, section + 40, &(self.data.len() as u64).to_le_bytes());
        put(&mut bytes, section + 48, &u32::try_from(start).unwrap_or_default().to_le_bytes());
        bytes.extend(&self.data);
        bytes
    }
}

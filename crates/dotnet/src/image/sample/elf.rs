//! ELF files.

use super::pe::put;
use crate::platform::Arch;

/// An ELF file to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elf {
    /// The processor.
    pub arch: Arch,
    /// It is a library, not an executable.
    pub library: bool,
    /// The bytes of the section `.data`.
    pub data: Vec<u8>,
}

impl Elf {
    /// A file without data.
    pub fn new(arch: Arch, library: bool) -> Elf {
        Elf { arch, library, data: Vec::new() }
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        let (machine, wide) = match self.arch {
            Arch::X86 => (0x03_u16, false),
            Arch::Arm => (0x28, false),
            Arch::X64 => (0x3E, true),
            Arch::Arm64 => (0xB7, true),
        };
        // Executables are position-independent too, but then they name an interpreter; 2 says it plainly.
        let kind = if self.library { 3_u16 } else { 2 };
        let header = if wide { 64 } else { 52 };
        let mut bytes = vec![0; header];
        put(&mut bytes, 0, b"\x7fELF");
        put(&mut bytes, 4, &[if wide { 2 } else { 1 }, 1, 1]);
        put(&mut bytes, 0x10, &kind.to_le_bytes());
        put(&mut bytes, 0x12, &machine.to_le_bytes());
        self.sections(&mut bytes, wide);
        bytes
    }

    /// Three sections: none, the data, the names of the sections.
    fn sections(&self, bytes: &mut Vec<u8>, wide: bool) {
        const NAMES: &[u8] = b"\0.data\0.shstrtab\0";
        let data_at = bytes.len();
        bytes.extend(&self.data);
        let names_at = bytes.len();
        bytes.extend(NAMES);
        let table = bytes.len();
        let (entry, table_at, numbers_at) = if wide { (64_u16, 0x28, 0x3A) } else { (40, 0x20, 0x2E) };
        put(bytes, table_at, &word(table, wide));
        for (i, number) in [entry, 3, 2].into_iter().enumerate() {
            put(bytes, numbers_at + 2 * i, &number.to_le_bytes());
        }
        let sections = [(0, 0, 0, 0), (1, 1, data_at, self.data.len()), (7, 3, names_at, NAMES.len())];
        for (name, kind, offset, size) in sections {
            let start = bytes.len();
            bytes.resize(start + usize::from(entry), 0);
            let (offset_at, size_at) = if wide { (0x18, 0x20) } else { (0x10, 0x14) };
            put(bytes, start, &word(name, false));
            put(bytes, start + 4, &word(kind, false));
            put(bytes, start + offset_at, &word(offset, wide));
            put(bytes, start + size_at, &word(size, wide));
        }
    }
}

/// A number in 8 bytes, or 4.
fn word(value: usize, wide: bool) -> Vec<u8> {
    let bytes = (value as u64).to_le_bytes();
    bytes.get(..if wide { 8 } else { 4 }).unwrap_or_default().to_vec()
}

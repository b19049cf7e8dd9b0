//! Small images and folders made for tests.
#![allow(dead_code, reason = "each test file uses another part")]

use falconer_dotnet::image::Source;
use falconer_dotnet::publish::{FileEntry, Folder};
use std::collections::BTreeMap;
use std::io;

/// A folder in memory. A file without content cannot be opened.
#[derive(Default, Clone)]
pub(crate) struct Memory {
    pub(crate) entries: Vec<FileEntry>,
    pub(crate) contents: BTreeMap<String, Option<Vec<u8>>>,
}

impl Memory {
    pub(crate) fn set(&mut self, path: &str, content: impl Into<Vec<u8>>) {
        let content = content.into();
        self.entries.retain(|e| e.path != path);
        self.entries.push(FileEntry { path: path.to_owned(), size: content.len() as u64 });
        self.contents.insert(path.to_owned(), Some(content));
    }

    pub(crate) fn with(mut self, path: &str, content: impl Into<Vec<u8>>) -> Self {
        self.set(path, content);
        self
    }

    pub(crate) fn without(mut self, path: &str) -> Self {
        self.entries.retain(|e| e.path != path);
        assert!(self.contents.remove(path).is_some(), "{path} was there");
        self
    }
}

impl Folder for Memory {
    fn files(&self) -> &[FileEntry] {
        &self.entries
    }

    fn open<'f>(&'f self, path: &str) -> io::Result<Box<dyn Source + 'f>> {
        match self.contents.get(path) {
            Some(Some(bytes)) => Ok(Box::new(bytes.as_slice())),
            _ => Err(io::Error::other("access denied")),
        }
    }
}

/// A PE image to be made.
pub(crate) struct Pe {
    pub(crate) machine: u16,
    pub(crate) plus: bool,
    pub(crate) dll: bool,
    /// Flags of the CLI header and whether it has native code; `None` for a native image.
    pub(crate) clr: Option<(u32, bool)>,
    /// The section `.data`.
    pub(crate) data: Vec<u8>,
}

pub(crate) const IL_ONLY: u32 = 1;
pub(crate) const REQUIRES_32_BIT: u32 = 2;
pub(crate) const IL_LIBRARY: u32 = 4;
pub(crate) const PREFERS_32_BIT: u32 = 0x2_0000;
pub(crate) const X86: u16 = 0x14C;
pub(crate) const X64: u16 = 0x8664;

impl Pe {
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let optional_size = if self.plus { 0xF0 } else { 0xE0 };
        let sections = 1 + u16::from(!self.data.is_empty());
        let mut b = vec![0; 0x80];
        b[..2].copy_from_slice(b"MZ");
        b[0x3C..0x40].copy_from_slice(&0x80_u32.to_le_bytes());
        b.extend(b"PE\0\0");
        b.extend(self.machine.to_le_bytes());
        b.extend(sections.to_le_bytes());
        b.extend([0; 12]);
        b.extend((optional_size as u16).to_le_bytes());
        b.extend(if self.dll { 0x2022_u16 } else { 0x22 }.to_le_bytes());
        let optional = b.len();
        b.resize(optional + optional_size, 0);
        b[optional..optional + 2].copy_from_slice(&if self.plus { 0x20B_u16 } else { 0x10B }.to_le_bytes());
        b[optional + 0x44..optional + 0x46].copy_from_slice(&3_u16.to_le_bytes());
        if self.clr.is_some() {
            let cli = optional + if self.plus { 0xE0 } else { 0xD0 };
            b[cli..cli + 4].copy_from_slice(&0x2008_u32.to_le_bytes());
            b[cli + 4..cli + 8].copy_from_slice(&72_u32.to_le_bytes());
        }
        section(&mut b, b".text\0\0\0", 0x2000, 0x200, 0x400);
        if !self.data.is_empty() {
            section(&mut b, b".data\0\0\0", 0x4000, self.data.len(), 0x600);
        }
        b.resize(0x600, 0);
        if let Some((flags, native)) = self.clr {
            b[0x408 + 16..0x408 + 20].copy_from_slice(&flags.to_le_bytes());
            b[0x408 + 68..0x408 + 72].copy_from_slice(&u32::from(native).to_le_bytes());
        }
        b.extend(&self.data);
        b
    }
}

fn section(b: &mut Vec<u8>, name: &[u8; 8], address: u32, size: usize, offset: u32) {
    b.extend(name);
    b.extend((size as u32).to_le_bytes());
    b.extend(address.to_le_bytes());
    b.extend((size as u32).to_le_bytes());
    b.extend(offset.to_le_bytes());
    b.extend([0; 16]);
}

/// A managed assembly.
pub(crate) fn assembly(machine: u16, plus: bool, flags: u32, native: bool) -> Vec<u8> {
    Pe { machine, plus, dll: true, clr: Some((flags, native)), data: Vec::new() }.bytes()
}

/// An assembly for any processor.
pub(crate) fn any_cpu() -> Vec<u8> {
    assembly(X86, false, IL_ONLY, false)
}

/// A native library.
pub(crate) fn native(machine: u16) -> Vec<u8> {
    Pe { machine, plus: machine != X86, dll: true, clr: None, data: Vec::new() }.bytes()
}

/// An apphost of Windows, bound to a dll; unbound with the empty name. The bundle's header lies behind the
/// executable.
pub(crate) fn apphost(machine: u16, dll: &str, bundle: Option<&[u8]>) -> Vec<u8> {
    const PLACEHOLDER: &str = "c3ab8ff13720e8ad9047dd39466b3c8974e592c2fa383d4a3960714caef0c4f2";
    let mut data = vec![0; 8];
    data.extend(BUNDLE_SIGNATURE);
    data.extend([0; 8]);
    let name = data.len();
    data.extend(if dll.is_empty() { PLACEHOLDER } else { dll }.as_bytes());
    data.resize(name + 1040, 0);
    let host = |data| Pe { machine, plus: machine != X86, dll: false, clr: None, data }.bytes();
    let Some(bundle) = bundle else { return host(data) };
    let size = host(data.clone()).len();
    data[..8].copy_from_slice(&(size as u64).to_le_bytes());
    let mut bytes = host(data);
    bytes.extend(bundle);
    bytes
}

pub(crate) const BUNDLE_SIGNATURE: [u8; 32] = [
    0x8b, 0x12, 0x02, 0xb9, 0x6a, 0x61, 0x20, 0x38, 0x72, 0x7b, 0x93, 0x02, 0x14, 0xd7, 0xa0, 0x32, 0x13,
    0xf5, 0xb9, 0xe6, 0xef, 0xae, 0x33, 0x18, 0xee, 0x3b, 0x2d, 0xce, 0x24, 0xb3, 0x6a, 0xae,
];

/// The list of a bundle of .NET 6 and later: (kind, offset, content's size, path).
pub(crate) fn manifest(files: &[(u8, u64, u64, &str)]) -> Vec<u8> {
    let mut b = Vec::new();
    b.extend(6_u32.to_le_bytes());
    b.extend(0_u32.to_le_bytes());
    b.extend((files.len() as i32).to_le_bytes());
    b.extend(b"\x04abcd");
    b.extend([0; 40]);
    for (kind, offset, size, path) in files {
        b.extend(offset.to_le_bytes());
        b.extend(size.to_le_bytes());
        b.extend(0_u64.to_le_bytes());
        b.push(*kind);
        b.push(path.len() as u8);
        b.extend(path.as_bytes());
    }
    b
}

/// An ELF library with a section `.data`.
pub(crate) fn elf(machine: u16, data: &[u8]) -> Vec<u8> {
    const NAMES: &[u8] = b"\0.data\0.shstrtab\0";
    let mut b = vec![0; 64];
    b[..8].copy_from_slice(b"\x7fELF\x02\x01\x01\0");
    b[0x12..0x14].copy_from_slice(&machine.to_le_bytes());
    let (data_at, names_at) = (b.len(), b.len() + data.len());
    b.extend(data);
    b.extend(NAMES);
    let table = b.len();
    b[0x28..0x30].copy_from_slice(&(table as u64).to_le_bytes());
    for (at, value) in [(0x3A, 64_u16), (0x3C, 3), (0x3E, 2)] {
        b[at..at + 2].copy_from_slice(&value.to_le_bytes());
    }
    b.extend([0; 64]);
    for (name, offset, size) in [(1_u32, data_at, data.len()), (7, names_at, NAMES.len())] {
        let start = b.len();
        b.extend([0; 64]);
        b[start..start + 4].copy_from_slice(&name.to_le_bytes());
        b[start + 4] = 1;
        b[start + 0x18..start + 0x20].copy_from_slice(&(offset as u64).to_le_bytes());
        b[start + 0x20..start + 0x28].copy_from_slice(&(size as u64).to_le_bytes());
    }
    b
}

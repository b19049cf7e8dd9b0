//! Small images and folders made for tests.
#![allow(dead_code, unused_imports, reason = "each test file uses another part")]
#![allow(clippy::expect_used, reason = "a test stops where something is not as it must be")]

use falconer_dotnet::image::Source;
pub(crate) use falconer_dotnet::image::sample::{
    Elf, IL_LIBRARY, IL_ONLY, PREFERS_32_BIT, Pe, REQUIRES_32_BIT, bound, manifest, sample, unbound,
};
use falconer_dotnet::platform::Arch;
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

pub(crate) const X86: u16 = 0x14C;
pub(crate) const X64: u16 = 0x8664;

/// A managed assembly.
pub(crate) fn assembly(machine: u16, plus: bool, flags: u32, native: bool) -> Vec<u8> {
    Pe { machine, plus, clr: Some((flags, native)), ..Pe::assembly(None) }.bytes()
}

/// An assembly for any processor.
pub(crate) fn any_cpu() -> Vec<u8> {
    image("pe anycpu assembly")
}

/// A native library.
pub(crate) fn native(machine: u16) -> Vec<u8> {
    Pe { machine, plus: machine != X86, ..Pe::native(Arch::X64, true) }.bytes()
}

/// An apphost of Windows, bound to a dll; unbound with the empty name. The bundle's header lies behind the
/// executable.
pub(crate) fn apphost(machine: u16, dll: &str, bundle: Option<&[u8]>) -> Vec<u8> {
    let host = |at| {
        let data = if dll.is_empty() { unbound() } else { bound(dll, at).expect("a short name") };
        Pe { machine, plus: machine != X86, data, ..Pe::native(Arch::X64, false) }.bytes()
    };
    let Some(bundle) = bundle else { return host(0) };
    let mut bytes = host(host(0).len() as u64);
    bytes.extend(bundle);
    bytes
}

/// An ELF library with a section `.data`.
pub(crate) fn elf(arch: Arch, data: &[u8]) -> Vec<u8> {
    Elf { data: data.to_vec(), ..Elf::new(arch, true) }.bytes()
}

/// The image that the words describe.
pub(crate) fn image(words: &str) -> Vec<u8> {
    sample(words).expect("words for an image")
}

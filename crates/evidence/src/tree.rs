//! Folders and archives: many files with paths.

use std::io::{self, Cursor, Read, Seek};

use zip::ZipArchive;
use zip::result::ZipError;

/// A file of a [`Tree`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Path below the root, with `/`.
    pub path: String,
    /// Size in bytes, as far as known beforehand.
    pub size: u64,
}

/// Reading with seeking.
pub trait ReadSeek: Read + Seek {}
impl<T: Read + Seek> ReadSeek for T {}

/// An opened file.
pub enum Opened<'a> {
    /// It can only be read on.
    Stream(Box<dyn Read + 'a>),
    /// It can be read anywhere.
    Seekable(Box<dyn ReadSeek + 'a>),
}

/// A folder, an archive, or a set of files in memory.
pub trait Tree {
    /// The files, sorted by path.
    fn entries(&self) -> &[Entry];

    /// Opens the file of that number.
    ///
    /// # Errors
    /// As the medium says.
    fn open(&mut self, number: usize) -> io::Result<Opened<'_>>;
}

/// So many files of an archive are looked at.
const MAX_FILES: usize = 100_000;

/// A zip archive.
pub(crate) struct ZipTree<R> {
    archive: ZipArchive<R>,
    entries: Vec<Entry>,
    /// The archive's number of each entry.
    numbers: Vec<usize>,
}

impl<R: Read + Seek> ZipTree<R> {
    /// Reads the directory of an archive.
    pub(crate) fn new(reader: R) -> Result<Self, ZipError> {
        let archive = ZipArchive::new(reader)?;
        let mut files = Vec::new();
        for number in 0..archive.len().min(MAX_FILES) {
            // Names only label the evidence; nothing is ever written to them.
            let Some(name) =
                archive.name_for_index(number).and_then(Result::ok).filter(|n| !n.ends_with('/'))
            else {
                continue;
            };
            files.push((name.replace('\\', "/"), number));
        }
        files.sort();
        let mut tree = ZipTree { archive, entries: Vec::new(), numbers: Vec::new() };
        for (path, number) in files {
            let size = tree.archive.by_index_raw(number).map_or(0, |f| f.size());
            tree.entries.push(Entry { path, size });
            tree.numbers.push(number);
        }
        Ok(tree)
    }
}

impl<R: Read + Seek> Tree for ZipTree<R> {
    fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn open(&mut self, number: usize) -> io::Result<Opened<'_>> {
        let number = self.numbers.get(number).copied().ok_or(io::ErrorKind::NotFound)?;
        let file = self.archive.by_index(number).map_err(io::Error::other)?;
        Ok(Opened::Stream(Box::new(file)))
    }
}

/// Files in memory: worked cases and tests.
#[derive(Debug, Clone, Default)]
pub struct MemoryTree {
    entries: Vec<Entry>,
    contents: Vec<Vec<u8>>,
}

impl MemoryTree {
    /// From paths and contents.
    pub fn new(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let mut files: Vec<_> = files.into_iter().collect();
        files.sort();
        let mut tree = MemoryTree::default();
        for (path, content) in files {
            tree.entries.push(Entry { path, size: content.len() as u64 });
            tree.contents.push(content);
        }
        tree
    }
}

impl Tree for MemoryTree {
    fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn open(&mut self, number: usize) -> io::Result<Opened<'_>> {
        let content = self.contents.get(number).ok_or(io::ErrorKind::NotFound)?;
        Ok(Opened::Seekable(Box::new(Cursor::new(content.as_slice()))))
    }
}

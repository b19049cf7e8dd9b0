//! Folders and archives: many files with paths.

use std::io::{self, Cursor, Read, Seek};

use falconer_dotnet::image::Source;

/// A file of a [`Tree`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Path below the root, with `/`.
    pub path: String,
    /// Size in bytes, as far as known beforehand.
    pub size: u64,
}

/// Reading with seeking, on any thread.
pub trait ReadSeek: Read + Seek + Send {}
impl<T: Read + Seek + Send> ReadSeek for T {}

/// An opened file.
pub enum Opened<'a> {
    /// It can only be read on.
    Stream(Box<dyn Read + Send + 'a>),
    /// It can be read anywhere.
    Seekable(Box<dyn ReadSeek + 'a>),
}

/// A folder, an archive, or a set of files in memory.
pub trait Tree {
    /// The files, sorted by path.
    fn entries(&self) -> &[Entry];

    /// Opens the file of that number for reading from its start.
    ///
    /// # Errors
    /// As the medium says.
    fn open(&mut self, number: usize) -> io::Result<Opened<'_>>;

    /// Opens the file of that number for looking at parts of it: headers, JSON.
    ///
    /// # Errors
    /// As the medium says.
    fn source(&self, number: usize) -> io::Result<Box<dyn Source>>;
}

/// Bytes that a [`Source`] owns.
pub(crate) struct Owned(pub(crate) Vec<u8>);

impl Source for Owned {
    fn size(&self) -> u64 {
        self.0.len() as u64
    }

    fn read_at(&mut self, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.as_slice().read_at(offset, buffer)
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

    fn source(&self, number: usize) -> io::Result<Box<dyn Source>> {
        let content = self.contents.get(number).ok_or(io::ErrorKind::NotFound)?;
        Ok(Box::new(Owned(content.clone())))
    }
}

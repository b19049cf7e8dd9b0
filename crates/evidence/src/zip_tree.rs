//! Zip archives as trees.

use std::cell::RefCell;
use std::io::{self, Read, Seek};

use falconer_dotnet::image::Source;
use zip::ZipArchive;
use zip::result::ZipError;

use crate::tree::{Entry, Opened, Owned, Tree};

/// So many files of an archive are looked at.
const MAX_FILES: usize = 100_000;
/// So much of one file is unpacked to look at parts of it.
const MAX_SOURCE: u64 = 64 << 20;

/// A zip archive.
pub struct ZipTree<R> {
    archive: RefCell<ZipArchive<R>>,
    entries: Vec<Entry>,
    /// The archive's number of each entry.
    numbers: Vec<usize>,
}

impl<R: Read + Seek> ZipTree<R> {
    /// Reads the directory of an archive.
    ///
    /// # Errors
    /// What makes it no zip archive.
    pub fn new(reader: R) -> Result<Self, ZipError> {
        let mut archive = ZipArchive::new(reader)?;
        let mut files = Vec::new();
        for number in 0..archive.len().min(MAX_FILES) {
            // Names only label the evidence; nothing is ever written to them.
            let name = archive.name_for_index(number).and_then(Result::ok).map(|n| n.replace('\\', "/"));
            if let Some(name) = name.filter(|n| !n.ends_with('/')) {
                let size = archive.by_index_raw(number).map_or(0, |f| f.size());
                files.push((Entry { path: name, size }, number));
            }
        }
        files.sort_by(|a, b| a.0.path.cmp(&b.0.path));
        let (entries, numbers) = files.into_iter().unzip();
        Ok(ZipTree { archive: RefCell::new(archive), entries, numbers })
    }

    fn number(&self, number: usize) -> io::Result<usize> {
        self.numbers.get(number).copied().ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

impl<R: Read + Seek + Send> Tree for ZipTree<R> {
    fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn open(&mut self, number: usize) -> io::Result<Opened<'_>> {
        let number = self.number(number)?;
        let file = self.archive.get_mut().by_index(number).map_err(io::Error::other)?;
        Ok(Opened::Stream(Box::new(file)))
    }

    fn source(&self, number: usize) -> io::Result<Box<dyn Source>> {
        let number = self.number(number)?;
        let mut archive = self.archive.borrow_mut();
        let file = archive.by_index(number).map_err(io::Error::other)?;
        let mut bytes = Vec::new();
        file.take(MAX_SOURCE).read_to_end(&mut bytes)?;
        Ok(Box::new(Owned(bytes)))
    }
}

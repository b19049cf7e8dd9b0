//! A tree as the inspection of published folders wants it.

use std::io;

use falconer_dotnet::image::Source as ByteSource;
use falconer_dotnet::publish::{FileEntry, Folder};

use crate::tree::Tree;

/// So much of a configuration or JSON file of a folder is quoted from.
pub(crate) const MAX_QUOTED: usize = 1 << 20;

/// A tree as the inspection of published folders wants it.
pub(crate) struct TreeFolder<'t> {
    tree: &'t dyn Tree,
    pub(crate) files: Vec<FileEntry>,
}

impl<'t> TreeFolder<'t> {
    pub(crate) fn new(tree: &'t dyn Tree) -> Self {
        let files = tree.entries().iter().map(|e| FileEntry { path: e.path.clone(), size: e.size }).collect();
        TreeFolder { tree, files }
    }

    /// The start of a file.
    pub(crate) fn read(&self, path: &str, max: usize) -> Option<Vec<u8>> {
        let mut source = self.open(path).ok()?;
        read_source(&mut *source, max).ok().map(|(bytes, _)| bytes)
    }
}

impl Folder for TreeFolder<'_> {
    fn files(&self) -> &[FileEntry] {
        &self.files
    }

    fn open<'f>(&'f self, path: &str) -> io::Result<Box<dyn ByteSource + 'f>> {
        let found = self.tree.entries().binary_search_by(|e| e.path.as_str().cmp(path));
        self.tree.source(found.map_err(|_| io::ErrorKind::NotFound)?)
    }
}

/// The content of a source up to `max` bytes, and whether that is all.
pub(crate) fn read_source(source: &mut dyn ByteSource, max: usize) -> io::Result<(Vec<u8>, bool)> {
    let size = usize::try_from(source.size()).unwrap_or(usize::MAX);
    let mut bytes = vec![0; size.min(max)];
    let count = source.read_at(0, &mut bytes)?;
    bytes.truncate(count);
    Ok((bytes, size <= max))
}

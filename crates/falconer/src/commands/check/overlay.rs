//! A folder with changes that are not written.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Cursor};

use falconer_evidence::{Entry, MemoryTree, Opened, Source, Tree};

/// A tree with some files replaced and others gone.
pub(super) struct Overlay<'t> {
    base: &'t dyn Tree,
    entries: Vec<Entry>,
    /// Where each entry comes from.
    origins: Vec<Origin>,
    replaced: MemoryTree,
}

enum Origin {
    Base(usize),
    Replaced(usize),
}

impl<'t> Overlay<'t> {
    pub(super) fn new(
        base: &'t dyn Tree,
        replaced: &BTreeMap<String, Vec<u8>>,
        gone: &BTreeSet<String>,
    ) -> Overlay<'t> {
        let files = replaced.iter().map(|(path, bytes)| (path.clone(), bytes.clone()));
        let replaced_tree = MemoryTree::new(files);
        let mut overlay = Overlay { base, entries: Vec::new(), origins: Vec::new(), replaced: replaced_tree };
        for (number, entry) in base.entries().iter().enumerate() {
            if gone.iter().any(|path| is_or_lies_in(&entry.path, path)) {
                continue;
            }
            let other = overlay.replaced.entries().binary_search_by(|e| e.path.cmp(&entry.path));
            let (entry, origin) = match other {
                Ok(at) => (overlay.replaced.entries().get(at).unwrap_or(entry).clone(), Origin::Replaced(at)),
                Err(_) => (entry.clone(), Origin::Base(number)),
            };
            overlay.entries.push(entry);
            overlay.origins.push(origin);
        }
        overlay
    }
}

/// Whether a file is that one or lies in that folder.
pub(super) fn is_or_lies_in(file: &str, path: &str) -> bool {
    file.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

impl Tree for Overlay<'_> {
    fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn open(&mut self, number: usize) -> io::Result<Opened<'_>> {
        let mut source = self.source(number)?;
        let mut bytes = vec![0; usize::try_from(source.size()).map_err(io::Error::other)?];
        let count = source.read_at(0, &mut bytes)?;
        bytes.truncate(count);
        Ok(Opened::Seekable(Box::new(Cursor::new(bytes))))
    }

    fn source(&self, number: usize) -> io::Result<Box<dyn Source>> {
        match self.origins.get(number) {
            Some(Origin::Base(number)) => self.base.source(*number),
            Some(Origin::Replaced(number)) => self.replaced.source(*number),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }
}

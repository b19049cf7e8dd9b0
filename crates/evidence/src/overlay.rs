//! A folder with changes that are not written.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Cursor};

use crate::{Entry, MemoryTree, Opened, Source, Tree};

/// A tree with some files replaced, some new and others gone.
pub struct Overlay<'t> {
    base: &'t dyn Tree,
    entries: Vec<Entry>,
    /// Where each entry comes from.
    origins: Vec<Origin>,
    replaced: MemoryTree,
}

#[derive(Clone, Copy)]
enum Origin {
    Base(usize),
    Replaced(usize),
}

impl<'t> Overlay<'t> {
    /// Lays files, by path, over a tree; what lies at a path of `gone`, file or folder, is not there.
    pub fn new(
        base: &'t dyn Tree,
        replaced: &BTreeMap<String, Vec<u8>>,
        gone: &BTreeSet<String>,
    ) -> Overlay<'t> {
        let replaced = MemoryTree::new(replaced.iter().map(|(path, bytes)| (path.clone(), bytes.clone())));
        let numbered = |tree: &dyn Tree, origin: fn(usize) -> Origin| {
            let entries = tree.entries().iter().enumerate();
            entries.map(|(number, entry)| (entry.clone(), origin(number))).collect::<Vec<_>>()
        };
        let mut all = numbered(&replaced, Origin::Replaced);
        all.extend(numbered(base, Origin::Base));
        // The sort keeps the order of equal paths: what is replaced comes first, and its original goes.
        all.sort_by(|(a, _), (b, _)| a.path.cmp(&b.path));
        all.dedup_by(|(second, _), (first, _)| first.path == second.path);
        all.retain(|(entry, _)| !gone.iter().any(|path| is_or_lies_in(&entry.path, path)));
        let (entries, origins) = all.into_iter().unzip();
        Overlay { base, entries, origins, replaced }
    }
}

/// Whether a file is that one or lies in that folder.
pub fn is_or_lies_in(file: &str, path: &str) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[(&str, &str)]) -> MemoryTree {
        MemoryTree::new(files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())))
    }

    #[test]
    fn files_are_replaced_added_and_gone_and_stay_sorted() {
        let base = tree(&[("a/x", "1"), ("a/y", "2"), ("b", "3"), ("bc", "4")]);
        let replaced = [("a/y", "new"), ("aa", "added")].map(|(p, t)| (p.to_owned(), t.as_bytes().to_vec()));
        let overlay = Overlay::new(&base, &replaced.into(), &["b".to_owned()].into());
        let read = |(number, entry): (usize, &Entry)| {
            let mut source = overlay.source(number).expect("it is there");
            let mut bytes = [0; 8];
            let count = source.read_at(0, &mut bytes).expect("it can be read");
            assert_eq!(entry.size, count as u64, "{}", entry.path);
            format!("{}={}", entry.path, String::from_utf8_lossy(&bytes[..count]))
        };
        let all: Vec<String> = overlay.entries().iter().enumerate().map(read).collect();
        assert_eq!(all, ["a/x=1", "a/y=new", "aa=added", "bc=4"]);
    }
}

//! Zip archives as trees.

use std::cell::{Cell, RefCell};
use std::io::{self, Read, Seek};

use falconer_dotnet::image::Source;
use zip::ZipArchive;
use zip::result::ZipError;

use crate::tree::{Entry, Opened, Owned, Tree};

/// So many files of an archive are looked at.
const MAX_FILES: usize = 100_000;
/// So much of one file is unpacked to look at parts of it, in bytes.
const MAX_SOURCE: u64 = 64 << 20;
/// So much of all files together: real publishes unpack to a part of it.
const MAX_SOURCES: u64 = 2 << 30;

/// A zip archive.
pub struct ZipTree<R> {
    archive: RefCell<ZipArchive<R>>,
    entries: Vec<Entry>,
    /// The archive's number of each entry.
    numbers: Vec<usize>,
    /// So many bytes may still be unpacked to look at parts of files.
    left: Cell<u64>,
}

impl<R: Read + Seek> ZipTree<R> {
    /// Reads the directory of an archive.
    ///
    /// # Errors
    /// What makes it no zip archive.
    pub fn new(reader: R) -> Result<Self, ZipError> {
        Self::bounded(reader, MAX_SOURCES)
    }

    /// As [`new`](Self::new); to look at parts of files, at most so many bytes are unpacked of all together.
    ///
    /// # Errors
    /// What makes it no zip archive.
    pub fn bounded(reader: R, unpacked: u64) -> Result<Self, ZipError> {
        let archive = ZipArchive::new(reader)?;
        let mut names = Vec::new();
        for number in 0..archive.len() {
            // Names only label the evidence; nothing is ever written to them.
            let name = archive.name_for_index(number).and_then(Result::ok).map(|name| plain(&name));
            names.extend(name.filter(|n| !n.ends_with('/')).map(|name| (name, number)));
        }
        if names.len() > MAX_FILES {
            // What an archive is about lies further up than what it has many of.
            names.sort_by_cached_key(|(name, _)| name.matches('/').count());
            names.truncate(MAX_FILES);
        }
        names.sort();
        // Unpacking writes the last file of a name over those before.
        names.dedup_by(|later, kept| {
            let same = later.0 == kept.0;
            if same {
                kept.1 = later.1;
            }
            same
        });
        let mut tree = ZipTree {
            entries: Vec::with_capacity(names.len()),
            numbers: Vec::with_capacity(names.len()),
            left: Cell::new(unpacked),
            archive: RefCell::new(archive),
        };
        for (path, number) in names {
            let size = tree.archive.get_mut().by_index_raw(number).map_or(0, |f| f.size());
            tree.entries.push(Entry { path, size });
            tree.numbers.push(number);
        }
        Ok(tree)
    }

    /// Leaves out the files whose names would lead out of the folder that the archive is unpacked to, or name none of
    /// it: with `..`, from a root or a drive. Gives their names.
    pub fn leave_out_strays(&mut self) -> Vec<String> {
        let mut strays = Vec::new();
        let mut kept = Vec::with_capacity(self.numbers.len());
        let all = self.entries.drain(..).zip(self.numbers.drain(..));
        for (entry, number) in all {
            match is_within(&entry.path) {
                true => kept.push((entry, number)),
                false => strays.push(entry.path),
            }
        }
        (self.entries, self.numbers) = kept.into_iter().unzip();
        strays
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
        if self.left.get() == 0 {
            return Err(io::Error::other("the archive unpacks to too much, and the rest was left out"));
        }
        let mut archive = self.archive.borrow_mut();
        let file = archive.by_index(number).map_err(io::Error::other)?;
        let mut bytes = Vec::new();
        file.take(MAX_SOURCE.min(self.left.get())).read_to_end(&mut bytes)?;
        self.left.set(self.left.get().saturating_sub(bytes.len() as u64));
        Ok(Box::new(Owned(bytes)))
    }
}

/// The name with `/`, without parts that mean nothing.
fn plain(name: &str) -> String {
    let name = name.replace('\\', "/");
    match name.contains("./") || name.contains("//") {
        true => {
            let parts: Vec<&str> = name.split('/').collect();
            let last = parts.len().saturating_sub(1);
            // The first and the last part say whether it is absolute, and whether it is a folder.
            let kept = parts
                .iter()
                .enumerate()
                .filter(|(i, part)| **part != "." && (!part.is_empty() || *i == 0 || *i == last));
            kept.map(|(_, part)| *part).collect::<Vec<_>>().join("/")
        }
        false => name,
    }
}

/// The name is that of a file in the folder that the archive is unpacked to, on any system.
fn is_within(path: &str) -> bool {
    let is_name = |part: &str| !matches!(part, "" | "." | "..") && !part.contains([':', '\0']);
    path.split('/').all(is_name)
}

#[cfg(test)]
mod tests {
    use super::{is_within, plain};

    #[test]
    fn parts_of_names_that_mean_nothing_are_taken_out() {
        for (name, expected) in [
            ("web.config", "web.config"),
            ("./web.config", "web.config"),
            ("a\\b//c", "a/b/c"),
            ("a/./b/", "a/b/"),
            ("../a", "../a"),
            ("/a", "/a"),
            ("//server/a", "/server/a"),
        ] {
            assert_eq!(plain(name), expected);
        }
    }

    #[test]
    fn names_that_lead_out_of_the_archive_are_told_from_others() {
        for path in ["web.config", "a/b.dll", "a/..b/c", "ünï/x"] {
            assert!(is_within(path), "{path}");
        }
        for path in
            ["../a", "a/../../b", "/etc/passwd", "C:/a", "//server/share/a", "a:stream", "a\0b", "./a", ""]
        {
            assert!(!is_within(path), "{path}");
        }
    }
}

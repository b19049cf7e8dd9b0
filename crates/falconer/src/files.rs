//! Folders on disk as the gatherer wants them.

use std::collections::VecDeque;
use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use falconer_evidence::{Entry, Opened, Source, Tree};

use crate::progress::Watch;

/// So many entries of one folder tree are listed.
const MAX_ENTRIES: usize = 120_000;
/// So deep goes the listing.
const MAX_DEPTH: usize = 32;

/// A folder on disk, with the files that could not be listed.
#[derive(Debug)]
pub(crate) struct Folder {
    watch: Watch,
    entries: Vec<Entry>,
    /// Where each entry is; a name that is not UTF-8 could not be found again by [`Entry::path`].
    paths: Vec<PathBuf>,
    /// What could not be listed, and why.
    pub(crate) problems: Vec<(PathBuf, io::Error)>,
}

/// A folder that is still to be listed.
struct Todo {
    path: PathBuf,
    prefix: String,
    depth: usize,
}

impl Folder {
    /// Lists a folder and all folders below it. Links to folders below the root are not followed: they may
    /// loop, and what they point to is somebody else's.
    pub(crate) fn list(root: &Path, watch: Watch) -> io::Result<Self> {
        let mut found = Vec::new();
        let mut problems = Vec::new();
        let mut todo = VecDeque::from([Todo { path: root.to_owned(), prefix: String::new(), depth: 0 }]);
        while let Some(folder) = todo.pop_front() {
            let listing = match fs::read_dir(&folder.path) {
                Ok(listing) => listing,
                Err(error) if folder.depth == 0 => return Err(error),
                Err(error) => {
                    problems.push((folder.path, error));
                    continue;
                }
            };
            for item in listing {
                if let Err((place, error)) = item
                    .map_err(|error| (folder.path.clone(), error))
                    .and_then(|item| list_one(&item, &folder, &mut todo, &mut found))
                {
                    problems.push((place, error));
                }
            }
        }
        found.sort_by(|(a, _), (b, _)| a.path.cmp(&b.path));
        let (entries, paths) = found.into_iter().unzip();
        Ok(Folder { watch, entries, paths, problems })
    }

    fn file(&self, number: usize) -> io::Result<(File, &Entry)> {
        let missing = io::ErrorKind::NotFound;
        let (entry, path) = self.entries.get(number).zip(self.paths.get(number)).ok_or(missing)?;
        Ok((File::open(path)?, entry))
    }
}

fn list_one(
    item: &fs::DirEntry,
    folder: &Todo,
    todo: &mut VecDeque<Todo>,
    found: &mut Vec<(Entry, PathBuf)>,
) -> Result<(), (PathBuf, io::Error)> {
    let path = item.path();
    let at = |error| (path.clone(), error);
    let kind = item.file_type().map_err(at)?;
    let name = format!("{}{}", folder.prefix, item.file_name().to_string_lossy());
    if kind.is_dir() {
        if folder.depth >= MAX_DEPTH {
            return Err(at(io::Error::other("it lies too deep, and what is in it was left out")));
        }
        todo.push_back(Todo { path, prefix: format!("{name}/"), depth: folder.depth + 1 });
        return Ok(());
    }
    // Devices and pipes would block; a link to a file is read as that file.
    let data = if kind.is_symlink() { fs::metadata(&path) } else { item.metadata() }.map_err(at)?;
    if data.is_file() && found.len() < MAX_ENTRIES {
        found.push((Entry { path: name, size: data.len() }, path));
    }
    Ok(())
}

/// A file of which parts are read.
struct FileSource {
    file: File,
    size: u64,
}

impl Source for FileSource {
    fn size(&self) -> u64 {
        self.size
    }

    fn read_at(&mut self, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        self.file.seek(SeekFrom::Start(offset))?;
        let mut filled = 0;
        while let Some(rest) = buffer.get_mut(filled..).filter(|r| !r.is_empty()) {
            match self.file.read(rest) {
                Ok(0) => break,
                Ok(n) => filled += n,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
        Ok(filled)
    }
}

impl Tree for Folder {
    fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn source(&self, number: usize) -> io::Result<Box<dyn Source>> {
        let (file, entry) = self.file(number)?;
        Ok(Box::new(FileSource { file, size: entry.size }))
    }

    fn open(&mut self, number: usize) -> io::Result<Opened<'_>> {
        let (file, entry) = self.file(number)?;
        self.watch.begin(&entry.path, entry.size);
        Ok(Opened::Seekable(Box::new(self.watch.reader(file))))
    }
}

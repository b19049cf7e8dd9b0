//! The file system: the only place that opens files.

use std::collections::VecDeque;
use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use falconer_evidence::{Entry, Opened, Source, Tree};

/// So many entries of one folder tree are listed.
const MAX_ENTRIES: usize = 120_000;
/// So deep goes the listing.
const MAX_DEPTH: usize = 32;

/// A folder on disk, with the files that could not be listed.
#[derive(Debug)]
pub(crate) struct Folder {
    root: PathBuf,
    entries: Vec<Entry>,
    /// What could not be listed, and why.
    pub(crate) problems: Vec<(PathBuf, io::Error)>,
}

impl Folder {
    /// Lists a folder and all folders below it. Links to folders below the root are not followed: they may
    /// loop, and what they point to is somebody else's.
    pub(crate) fn list(root: &Path) -> io::Result<Self> {
        let mut folder = Folder { root: root.to_owned(), entries: Vec::new(), problems: Vec::new() };
        let mut todo = VecDeque::from([(root.to_owned(), String::new(), 0)]);
        while let Some((path, prefix, depth)) = todo.pop_front() {
            let listing = match fs::read_dir(&path) {
                Ok(listing) => listing,
                Err(error) if depth == 0 => return Err(error),
                Err(error) => {
                    folder.problems.push((path, error));
                    continue;
                }
            };
            for item in listing {
                let (item, kind) = match item.and_then(|i| i.file_type().map(|k| (i, k))) {
                    Ok(both) => both,
                    Err(error) => {
                        folder.problems.push((path.clone(), error));
                        continue;
                    }
                };
                let name = format!("{prefix}{}", item.file_name().to_string_lossy());
                if kind.is_dir() {
                    if depth < MAX_DEPTH {
                        todo.push_back((item.path(), format!("{name}/"), depth + 1));
                    }
                } else if folder.entries.len() < MAX_ENTRIES {
                    // Devices and pipes would block; a link to a file is read as that file.
                    let data = if kind.is_symlink() { fs::metadata(item.path()) } else { item.metadata() };
                    if let Ok(data) = data
                        && data.is_file()
                    {
                        folder.entries.push(Entry { path: name, size: data.len() });
                    }
                }
            }
        }
        folder.entries.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(folder)
    }
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
        let entry = self.entries.get(number).ok_or(io::ErrorKind::NotFound)?;
        Ok(Box::new(FileSource { file: File::open(self.root.join(&entry.path))?, size: entry.size }))
    }

    fn open(&mut self, number: usize) -> io::Result<Opened<'_>> {
        let entry = self.entries.get(number).ok_or(io::ErrorKind::NotFound)?;
        Ok(Opened::Seekable(Box::new(File::open(self.root.join(&entry.path))?)))
    }
}

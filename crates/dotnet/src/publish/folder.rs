//! Access to a folder, wherever it lies.

use crate::image::Source;
use crate::json::MAX_BYTES;
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::io;
use std::rc::Rc;

/// A file in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileEntry {
    /// Its path relative to the folder, with `/`.
    pub path: String,
    /// Its size in bytes.
    pub size: u64,
}

/// A published folder: on a disk, in an archive, in memory.
pub trait Folder {
    /// All files in it, at any depth, in any order.
    fn files(&self) -> &[FileEntry];

    /// Opens a file; `path` is one of [`files`](Self::files).
    ///
    /// # Errors
    /// Whatever keeps the file from being read.
    fn open<'f>(&'f self, path: &str) -> io::Result<Box<dyn Source + 'f>>;
}

/// A folder with its paths at hand in any case, as on Windows.
pub(super) struct Index<'f> {
    folder: &'f dyn Folder,
    by_lower_path: HashMap<String, &'f FileEntry>,
    by_dir: BTreeMap<&'f str, Vec<&'f FileEntry>>,
    /// What was read, by path.
    contents: RefCell<HashMap<String, Rc<[u8]>>>,
}

/// So many bytes of JSON files are kept.
const MAX_KEPT: usize = 64 << 20;

impl<'f> Index<'f> {
    pub(super) fn new(folder: &'f dyn Folder) -> Self {
        let mut by_dir: BTreeMap<&str, Vec<&FileEntry>> = BTreeMap::new();
        let mut by_lower_path = HashMap::new();
        for file in folder.files() {
            let dir = file.path.rsplit_once('/').map_or("", |(dir, _)| dir);
            by_dir.entry(dir).or_default().push(file);
            by_lower_path.insert(file.path.to_lowercase(), file);
        }
        for files in by_dir.values_mut() {
            files.sort_by(|a, b| a.path.cmp(&b.path));
        }
        Index { folder, by_lower_path, by_dir, contents: RefCell::default() }
    }

    /// The folders, with the files directly in them.
    pub(super) fn dirs(&self) -> impl Iterator<Item = (&'f str, &[&'f FileEntry])> {
        self.by_dir.iter().map(|(dir, files)| (*dir, files.as_slice()))
    }

    /// The files directly in a folder, sorted by path.
    pub(super) fn files_in(&self, dir: &str) -> &[&'f FileEntry] {
        self.by_dir.get(dir).map_or(&[], Vec::as_slice)
    }

    /// The file of that path, in any case.
    pub(super) fn file(&self, path: &str) -> Option<&'f FileEntry> {
        self.by_lower_path.get(&path.to_lowercase()).copied()
    }

    pub(super) fn open(&self, path: &str) -> io::Result<Box<dyn Source + 'f>> {
        self.folder.open(path)
    }

    /// The content of a JSON file, up to one byte more than its readers accept, so that they refuse it. It is kept,
    /// since the places of facts in it are asked for later.
    pub(super) fn content(&self, file: &FileEntry) -> io::Result<Rc<[u8]>> {
        if let Some(bytes) = self.contents.borrow().get(&file.path) {
            return Ok(Rc::clone(bytes));
        }
        let mut source = self.open(&file.path)?;
        let size = usize::try_from(source.size()).unwrap_or(usize::MAX).min(MAX_BYTES + 1);
        let mut bytes = vec![0; size];
        let count = source.read_at(0, &mut bytes)?;
        bytes.truncate(count);
        let bytes: Rc<[u8]> = bytes.into();
        let mut contents = self.contents.borrow_mut();
        if contents.values().map(|kept| kept.len()).sum::<usize>() + bytes.len() <= MAX_KEPT {
            contents.insert(file.path.clone(), Rc::clone(&bytes));
        }
        Ok(bytes)
    }
}

/// A path in a folder; the empty folder name is the top.
pub(super) fn join(dir: &str, name: &str) -> String {
    if dir.is_empty() { name.to_owned() } else { format!("{dir}/{name}") }
}

/// The last part of a path.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The text without an ending, in any case.
pub(super) fn strip_ending<'t>(text: &'t str, ending: &str) -> Option<&'t str> {
    let at = text.len().checked_sub(ending.len())?;
    let matches = text.get(at..)?.eq_ignore_ascii_case(ending);
    matches.then(|| text.get(..at)).flatten()
}

/// The name of a program without its folders, `.dll` or `.exe`; folders may be separated by `\` too.
pub(super) fn program_stem(path: &str) -> &str {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    strip_ending(name, ".dll").or(strip_ending(name, ".exe")).unwrap_or(name)
}

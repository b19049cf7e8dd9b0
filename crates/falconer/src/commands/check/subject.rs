//! What is checked: a folder, a zip archive, or a single file.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use falconer_evidence::{MemoryTree, Tree, ZipTree, is_zip};

use crate::failure::Failure;
use crate::files::Folder;
use crate::progress::Watch;

/// A single file is read up to this size, in bytes.
const MAX_FILE: u64 = 64 << 20;

/// A folder, an archive or a file that is checked.
pub(super) struct Subject {
    tree: Box<dyn Tree>,
    /// The folder that the files lie in; none for an archive.
    folder: Option<PathBuf>,
    root: String,
    problems: Vec<(String, String)>,
}

impl Subject {
    /// Opens what the command line names.
    pub(super) fn open(path: &Path, watch: &Watch) -> Result<Subject, Failure> {
        let data = fs::metadata(path).map_err(Failure::unreadable(path))?;
        if data.is_dir() {
            let mut tree = Folder::list(path, watch.clone()).map_err(Failure::unreadable(path))?;
            let problems = tree.problems.drain(..);
            let problems =
                problems.map(|(place, error)| (shown(&place), format!("could not be read: {error}")));
            let problems = problems.collect();
            return Ok(Subject {
                tree: Box::new(tree),
                folder: Some(path.to_owned()),
                root: root_of(path),
                problems,
            });
        }
        let mut file = File::open(path).map_err(Failure::unreadable(path))?;
        let mut start = Vec::new();
        file.by_ref().take(4).read_to_end(&mut start).map_err(Failure::unreadable(path))?;
        let file = File::open(path).map_err(Failure::unreadable(path))?;
        if is_zip(&start) {
            let damaged =
                |error: &dyn std::fmt::Display| io::Error::other(format!("no zip archive: {error}"));
            let mut tree = ZipTree::new(file).map_err(|e| Failure::unreadable(path)(damaged(&e)))?;
            let strays = tree.leave_out_strays();
            let root = format!("{}!", root_of(path));
            let problems = problem_of(&strays).map(|text| (root.clone(), text)).into_iter().collect();
            return Ok(Subject { tree: Box::new(tree), folder: None, root, problems });
        }
        Subject::single(path, file)
    }

    /// Files in memory that are called a folder: examples. Nothing of it is written.
    pub(super) fn in_memory(tree: MemoryTree) -> Subject {
        Subject {
            tree: Box::new(tree),
            folder: Some(PathBuf::new()),
            root: ".".to_owned(),
            problems: Vec::new(),
        }
    }

    fn single(path: &Path, file: File) -> Result<Subject, Failure> {
        let mut bytes = Vec::new();
        file.take(MAX_FILE).read_to_end(&mut bytes).map_err(Failure::unreadable(path))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        let folder = parent.unwrap_or(Path::new(".")).to_owned();
        Ok(Subject {
            tree: Box::new(MemoryTree::new([(name, bytes)])),
            root: root_of(&folder),
            folder: Some(folder),
            problems: Vec::new(),
        })
    }

    /// Its files.
    pub(super) fn tree(&self) -> &dyn Tree {
        &*self.tree
    }

    /// The folder of its files, where they can be changed.
    pub(super) fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// How it is called in reports.
    pub(super) fn root(&self) -> &str {
        &self.root
    }

    /// The name of the folder or archive by itself.
    pub(super) fn name(&self) -> String {
        let real = self.folder.as_deref().and_then(|folder| fs::canonicalize(folder).ok());
        let name = real.as_deref().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
        let root = || self.root.rsplit('/').next().unwrap_or_default().trim_end_matches('!').to_owned();
        name.unwrap_or_else(root)
    }

    /// What could not be listed, and why.
    pub(super) fn problems(&self) -> &[(String, String)] {
        &self.problems
    }
}

/// What is said of files whose names lead out of an archive.
fn problem_of(strays: &[String]) -> Option<String> {
    let first = strays.first()?;
    let others = match strays.len() {
        1 => String::new(),
        count => format!(" and {} more", count - 1),
    };
    Some(format!("left out what lies outside of the folder that it is unpacked to: {first:?}{others}"))
}

/// The path as it is named, relative where it can be, with `/`.
fn root_of(path: &Path) -> String {
    let here = std::env::current_dir().ok();
    let path = here.and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path);
    let text = shown(path).replace('\\', "/");
    let text = text.trim_start_matches("./").trim_end_matches('/');
    if text.is_empty() { ".".to_owned() } else { text.to_owned() }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

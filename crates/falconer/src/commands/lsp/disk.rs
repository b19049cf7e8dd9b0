//! What lies on disk beside a document.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use falconer_lsp::{Beside, PublishedFolder, Surroundings};

use crate::cli::ServerArgs;
use crate::commands::check::{server, settings};
use crate::files::Folder;
use crate::progress::Watch;

/// Larger documents are not read, in bytes.
const MAX_FILE: u64 = 4 << 20;
/// So many folders above a document are looked at.
const MAX_ABOVE: usize = 8;
/// So many entries of a folder are looked at to know what it is.
const MAX_ENTRIES: usize = 10_000;

/// The disk, with what was read of it.
pub(super) struct Disk<'a> {
    args: &'a ServerArgs,
    /// By the folder of a document.
    known: BTreeMap<PathBuf, Rc<Beside>>,
}

impl<'a> Disk<'a> {
    pub(super) fn new(args: &'a ServerArgs) -> Disk<'a> {
        Disk { args, known: BTreeMap::new() }
    }

    fn look(&self, folder: &Path) -> Beside {
        let mut beside = Beside::default();
        let mut problems = Vec::new();
        match settings::closest(folder).map(|file| settings::read(&file)) {
            Some(Ok(settings)) => beside.settings = settings,
            Some(Err(error)) => problems.push(error.to_string()),
            None => {}
        }
        match server::of(self.args, &beside.settings) {
            Ok((target, server)) => (beside.target, beside.server) = (target, server),
            Err(error) => problems.push(error.to_string()),
        }
        if let Some(root) = published_root(folder) {
            match Folder::list(root, Watch::default()) {
                Ok(tree) => {
                    beside.folder = Some(PublishedFolder { root: root.to_owned(), tree: Box::new(tree) });
                }
                Err(error) => problems.push(format!("{}: {error}", root.display())),
            }
        }
        let root = beside.folder.as_ref().map_or(folder, |found| &found.root);
        let own = root.file_name().unwrap_or_default().to_string_lossy().into_owned();
        match server::folder_name(self.args, &beside.server, own.clone()) {
            Ok(name) => beside.name = name,
            Err(error) => {
                beside.name = own;
                problems.push(error.to_string());
            }
        }
        beside.problems = problems;
        beside
    }
}

impl Surroundings for Disk<'_> {
    fn beside(&mut self, document: &Path) -> Rc<Beside> {
        let folder = document.parent().unwrap_or(Path::new(""));
        if let Some(known) = self.known.get(folder) {
            return Rc::clone(known);
        }
        let looked = Rc::new(self.look(folder));
        self.known.insert(folder.to_owned(), Rc::clone(&looked));
        looked
    }

    fn stored(&mut self, document: &Path) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        // A pipe would be waited for.
        let file = Some(document).filter(|path| path.is_file()).and_then(|path| File::open(path).ok())?;
        file.take(MAX_FILE + 1).read_to_end(&mut bytes).ok()?;
        (bytes.len() as u64 <= MAX_FILE).then_some(bytes)
    }

    fn forget(&mut self) {
        self.known.clear();
    }
}

/// The published folder that a folder is or lies in: the nearest with the files that `dotnet publish` writes.
fn published_root(folder: &Path) -> Option<&Path> {
    let is_absolute = folder.is_absolute();
    let mut above = folder.ancestors().take(MAX_ABOVE).filter(|_| is_absolute).enumerate();
    above.find(|(depth, folder)| is_published(folder, *depth == 0)).map(|(_, folder)| folder)
}

/// Does the folder hold an app? Beside the document a program is enough.
fn is_published(folder: &Path, own: bool) -> bool {
    let endings: &[&str] = match own {
        true => &[".runtimeconfig.json", ".deps.json", ".dll", ".exe"],
        false => &[".runtimeconfig.json", ".deps.json"],
    };
    let Ok(entries) = fs::read_dir(folder) else { return false };
    entries.take(MAX_ENTRIES).filter_map(Result::ok).any(|entry| {
        let name = entry.file_name().to_string_lossy().to_ascii_lowercase();
        endings.iter().any(|ending| name.ends_with(ending))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_published_folder_is_known_by_its_files_from_within() {
        let dir = tempfile::tempdir().unwrap();
        let (app, sub, source) =
            (dir.path().join("app"), dir.path().join("app/sub"), dir.path().join("source"));
        for folder in [&sub, &source] {
            fs::create_dir_all(folder).unwrap();
        }
        for file in ["app/App.Deps.json", "source/tool.txt"] {
            fs::write(dir.path().join(file), "").unwrap();
        }
        assert_eq!(published_root(&app), Some(app.as_path()));
        assert_eq!(published_root(&sub), Some(app.as_path()));
        assert_eq!(published_root(&source), None);
        fs::write(source.join("Tool.dll"), "").unwrap();
        assert_eq!(published_root(&source), Some(source.as_path()));
        fs::create_dir(source.join("below")).unwrap();
        assert_eq!(published_root(&source.join("below")), None, "a program above says nothing");
        assert_eq!(published_root(Path::new("")), None);
    }
}

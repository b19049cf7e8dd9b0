//! What lies beside a document. The library opens nothing; whoever runs it looks.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use falconer_check::Target;
use falconer_evidence::{Server, Tree};
use falconer_settings::Settings;

/// Looks at the disk for the server.
pub trait Surroundings {
    /// What is known of the place of a document. It may be answered from memory until [`Surroundings::forget`].
    fn beside(&mut self, document: &Path) -> Rc<Beside>;

    /// The content of the document on disk; `None` when there is none, or it cannot be read, or has more than 4 MiB.
    fn stored(&mut self, document: &Path) -> Option<Vec<u8>>;

    /// What is on disk may have changed.
    fn forget(&mut self);
}

/// What is known of the place of a document.
#[derive(Default)]
pub struct Beside {
    /// The published folder that the document lies in, if it lies in one.
    pub folder: Option<PublishedFolder>,
    /// The folder's name on the server, by which an applicationHost.config knows it; of any document.
    pub name: String,
    /// What the closest `falconer.toml` says.
    pub settings: Settings,
    /// The server that the folder is meant for.
    pub target: Target,
    /// What is known of that server.
    pub server: Server,
    /// What could not be read, a sentence each, for the user.
    pub problems: Vec<String>,
}

/// A published folder on disk.
pub struct PublishedFolder {
    /// Its path, a prefix of the document's.
    pub root: PathBuf,
    /// Its files.
    pub tree: Box<dyn Tree>,
}

impl PublishedFolder {
    /// The path of a document in the folder, with `/`, as the folder writes it.
    pub(crate) fn path_of(&self, document: &Path) -> Option<String> {
        let parts = document.strip_prefix(&self.root).ok()?.components();
        let parts: Option<Vec<&str>> = parts.map(|part| part.as_os_str().to_str()).collect();
        let path = parts?.join("/");
        let entries = self.tree.entries();
        if entries.binary_search_by(|entry| entry.path.as_str().cmp(&path)).is_ok() {
            return Some(path);
        }
        // Editors on Windows write paths as they were typed.
        let same = entries.iter().find(|entry| entry.path.eq_ignore_ascii_case(&path));
        Some(same.map_or(path, |entry| entry.path.clone()))
    }
}

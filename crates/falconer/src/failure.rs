//! Why a command did not do its work, and the exit code that says so.

use std::io;
use std::path::Path;

use falconer_catalog::CatalogError;
use falconer_messages::DefinitionError;
use thiserror::Error;

use crate::exit::Exit;

/// Why a command did not do its work.
#[derive(Debug, Error)]
pub(crate) enum Failure {
    /// Wrong usage that the argument parser cannot see.
    #[error("{0}")]
    Usage(String),
    /// A rule pack is wrong.
    #[error(transparent)]
    Catalog(#[from] CatalogError),
    /// The embedded messages are wrong.
    #[error(transparent)]
    Messages(#[from] DefinitionError),
    /// A file could not be read or written.
    #[error("{path}: {error}")]
    File {
        /// Which.
        path: String,
        /// Why.
        error: io::Error,
    },
    /// What was to be checked could not be read.
    #[error("{path}: could not be read: {error}")]
    Unreadable {
        /// Which.
        path: String,
        /// Why.
        error: io::Error,
    },
    /// `explain` knows nothing of it.
    #[error("nothing is known of '{query}'; {advice}")]
    NotKnown {
        /// What was asked for.
        query: String,
        /// What to try.
        advice: String,
    },
    /// The answer could not be written.
    #[error("the answer could not be written: {0}")]
    Output(#[from] io::Error),
    /// Our bug.
    #[error("this is a bug in Falconer{}; please report it with the command that you ran", at(place))]
    Bug {
        /// File and line, where known.
        place: Option<String>,
    },
}

fn at(place: &Option<String>) -> String {
    place.as_deref().map(|place| format!(" ({place})")).unwrap_or_default()
}

impl Failure {
    /// The exit code, as documented.
    pub(crate) fn exit(&self) -> Exit {
        match self {
            Failure::Usage(_) | Failure::Catalog(_) | Failure::File { .. } => Exit::Usage,
            Failure::NotKnown { .. } | Failure::Unreadable { .. } => Exit::Nothing,
            Failure::Messages(_) | Failure::Output(_) | Failure::Bug { .. } => Exit::Bug,
        }
    }

    /// Names what could not be read.
    pub(crate) fn unreadable(path: &Path) -> impl FnOnce(io::Error) -> Failure {
        let path = path.display().to_string();
        move |error| Failure::Unreadable { path, error }
    }

    /// Names the file that an error belongs to.
    pub(crate) fn of_file(path: &Path) -> impl FnOnce(io::Error) -> Failure {
        let path = path.display().to_string();
        move |error| Failure::File { path, error }
    }
}

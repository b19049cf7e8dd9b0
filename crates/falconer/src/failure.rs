//! Why a command did not do its work, and the exit code that says so.

use std::io;

use falconer_catalog::CatalogError;
use falconer_messages::DefinitionError;
use thiserror::Error;

/// Exit code: wrong usage or configuration.
pub(crate) const USAGE: u8 = 2;

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
    /// The answer could not be written.
    #[error("the answer could not be written: {0}")]
    Output(#[from] io::Error),
    /// Our bug.
    #[error("this is a bug in Falconer; please report it with the command that you ran")]
    Bug,
}

impl Failure {
    /// The exit code, as documented.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Failure::Usage(_) | Failure::Catalog(_) | Failure::File { .. } => USAGE,
            // A closed pipe is how `head` says that it has enough.
            Failure::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => 0,
            Failure::Messages(_) | Failure::Output(_) | Failure::Bug => 70,
        }
    }

    /// Names the file that an error belongs to.
    pub(crate) fn of_file(path: &std::path::Path) -> impl FnOnce(io::Error) -> Failure {
        let path = path.display().to_string();
        move |error| Failure::File { path, error }
    }
}

//! What can be wrong with a `falconer.toml`.

use thiserror::Error;

use crate::suggest::did_you_mean;
use crate::{FilePatternError, Place, UnknownSelector};

/// What is wrong with a `falconer.toml`, where, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{place}: {kind}")]
pub struct SettingsError {
    /// File, line and column.
    pub place: Place,
    /// What is wrong.
    pub kind: Box<SettingsErrorKind>,
}

/// What can be wrong.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SettingsErrorKind {
    /// Not valid TOML.
    #[error("{0}")]
    Syntax(String),
    /// More than is read.
    #[error("{what} than {most} are not read; is this the right file?")]
    TooLarge {
        /// What there is too much of (`more bytes`).
        what: &'static str,
        /// The most that is read.
        most: usize,
    },
    /// A table has no such key.
    #[error("{table} has no key \"{key}\"{}", meant(*suggestion, "it has", known))]
    UnknownKey {
        /// The table, as it is written (`[check]`).
        table: &'static str,
        /// The key.
        key: String,
        /// What was probably meant.
        suggestion: Option<&'static str>,
        /// The keys that it has, for people.
        known: String,
    },
    /// A key is missing.
    #[error("{table} needs {key}; write {example}")]
    MissingKey {
        /// The table, as it is written.
        table: &'static str,
        /// The key.
        key: &'static str,
        /// A line that would do.
        example: &'static str,
    },
    /// A value is of another type.
    #[error("\"{key}\" cannot be {found}; write {example}")]
    WrongType {
        /// The key.
        key: String,
        /// The type that it has, with its article.
        found: &'static str,
        /// A line that would do.
        example: &'static str,
    },
    /// A value is not one of those that there are.
    #[error("\"{key}\" cannot be {value}{}", meant(*suggestion, "it is one of", known))]
    UnknownValue {
        /// The key.
        key: String,
        /// The value as it is written.
        value: String,
        /// What was probably meant.
        suggestion: Option<&'static str>,
        /// The values that it can have, for people.
        known: String,
    },
    /// A text has nothing in it.
    #[error("\"{key}\" is empty; write {example}")]
    Empty {
        /// The key.
        key: String,
        /// A line that would do.
        example: &'static str,
    },
    /// Not a runtime.
    #[error("\"{0}\" is no runtime; write its name and version: \"Microsoft.NETCore.App/8.0.11\"")]
    Runtime(String),
    /// Not a pattern of files.
    #[error(transparent)]
    Pattern(#[from] FilePatternError),
    /// Not a selector.
    #[error(transparent)]
    Selector(#[from] UnknownSelector),
}

/// What was meant, or what there is to choose from.
fn meant(suggestion: Option<&str>, choice: &str, known: &str) -> String {
    match suggestion {
        Some(_) => did_you_mean(suggestion),
        None => format!("; {choice} {known}"),
    }
}

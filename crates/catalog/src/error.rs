//! What can be wrong with a catalogue file.

use thiserror::Error;

/// What is wrong with a catalogue file; each says where and what to do.
#[derive(Debug, Error)]
pub enum CatalogError {
    /// Not valid TOML, or not of the schema.
    #[error("{file}: {error}")]
    Toml {
        /// The file.
        file: String,
        /// The parser's message, with line, column and the line itself.
        error: Box<toml::de::Error>,
    },
    /// A value is not what it must be.
    #[error("{file}: {place}: {what}")]
    Invalid {
        /// The file.
        file: String,
        /// The part of it (`rule 2, any 1`).
        place: String,
        /// What is wrong and what to write.
        what: String,
    },
}

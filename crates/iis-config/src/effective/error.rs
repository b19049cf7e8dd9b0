//! What IIS refuses when it adds up configuration files.

use crate::{Position, Span};

/// Something IIS refuses: HTTP 500.19.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {}: {}", at.line, self.message())]
pub struct ConfigError {
    /// What.
    pub kind: ConfigErrorKind,
    /// The level of the file: 0 is applicationHost.config, 1 the first web.config of the chain.
    pub level: usize,
    /// The spot in it.
    pub span: Span,
    /// Where the spot begins.
    pub at: Position,
}

/// What IIS refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConfigErrorKind {
    /// An entry is added that is there already.
    Duplicate {
        /// The path of the collection.
        collection: &'static str,
        /// The element that adds it.
        element: String,
        /// The attributes of the key.
        key: Vec<&'static str>,
        /// Their values.
        value: Vec<String>,
        /// The level that added it first.
        first_level: usize,
        /// Where.
        first_at: Position,
    },
    /// An entry is removed that a file above locked.
    LockedEntry {
        /// The path of the collection.
        collection: &'static str,
        /// The values of its key.
        value: Vec<String>,
        /// The level that locks it.
        by_level: usize,
    },
    /// An attribute is set that a file above locked (`lockAttributes`, `lockAllAttributesExcept`).
    LockedAttribute {
        /// The path of its element.
        element: String,
        /// Its name.
        attribute: String,
        /// The level that locks it.
        by_level: usize,
    },
    /// An element is used that a file above locked (`lockElements`, `lockAllElementsExcept`).
    LockedElement {
        /// The path of the element around it.
        parent: String,
        /// Its name.
        element: String,
        /// The level that locks it.
        by_level: usize,
    },
    /// A section is used that a file above locked.
    LockedSection {
        /// Its path.
        section: String,
        /// The level that locks it; 0 with a default applicationHost.config too.
        by_level: usize,
    },
    /// A section is used on a level it may not stand on.
    NotAllowedHere {
        /// Its path.
        section: String,
    },
    /// applicationHost.config does not declare the section: what brings it is not installed.
    UnknownSection {
        /// Its path.
        section: String,
    },
}

impl ConfigError {
    /// The code on the page: `Error Code 0x…`.
    pub fn hresult(&self) -> u32 {
        match self.kind {
            ConfigErrorKind::Duplicate { .. } => 0x8007_00B7,
            ConfigErrorKind::UnknownSection { .. } => 0x8007_000D,
            ConfigErrorKind::LockedEntry { .. }
            | ConfigErrorKind::LockedAttribute { .. }
            | ConfigErrorKind::LockedElement { .. }
            | ConfigErrorKind::LockedSection { .. }
            | ConfigErrorKind::NotAllowedHere { .. } => 0x8007_0021,
        }
    }

    /// What is refused; duplicates in the words of IIS's own page (aspnet/IISIntegration#190).
    pub fn message(&self) -> String {
        match &self.kind {
            ConfigErrorKind::Duplicate { element, key, value, .. } => {
                match (key.as_slice(), value.as_slice()) {
                    ([key], [value]) => format!(
                        "Cannot add duplicate collection entry of type '{element}' with unique key attribute '{key}' set to '{value}'"
                    ),
                    _ => format!(
                        "Cannot add duplicate collection entry of type '{element}' with combined key attributes '{}' respectively set to '{}'",
                        key.join(", "),
                        value.join(", ")
                    ),
                }
            }
            ConfigErrorKind::LockedEntry { collection, value, .. } => {
                format!("the entry {} of {collection} is locked at a higher level", value.join(", "))
            }
            ConfigErrorKind::LockedAttribute { element, attribute, .. } => {
                format!("the attribute {attribute} of {element} is locked at a higher level")
            }
            ConfigErrorKind::LockedElement { parent, element, .. } => {
                format!("the element {element} of {parent} is locked at a higher level")
            }
            ConfigErrorKind::LockedSection { section, .. } => {
                format!("the section {section} is locked at a higher level")
            }
            ConfigErrorKind::NotAllowedHere { section } => {
                format!("the section {section} may not stand on this level")
            }
            ConfigErrorKind::UnknownSection { section } => {
                format!("the section {section} is not declared: what brings it is not installed")
            }
        }
    }
}

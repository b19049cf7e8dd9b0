//! What users set for `falconer check`: `falconer.toml`, comments in the checked files, `--select` and `--ignore`.
//!
//! [`Settings`] is a `falconer.toml`; [`Comments`] are the suppressions in a file's comments; [`Rules`] adds both up
//! with the command line and judges findings: [`Rules::apply`]. Texts come decoded; nothing here opens a file.

mod comments;
mod directive;
mod error;
mod outcome;
mod pattern;
mod place;
mod read;
mod rules;
mod selector;
mod settings;
mod suggest;
mod template;
mod words;

pub use comments::{CommentFault, CommentFaultKind, CommentSuppression, Comments, Reach};
pub use directive::DirectiveError;
pub use error::{SettingsError, SettingsErrorKind};
pub use outcome::{Finding, Outcome, SuppressedBy, Unused, Verdict};
pub use pattern::{FilePattern, FilePatternError};
pub use place::Place;
pub use rules::{ArgumentError, Rules};
pub use selector::{Known, Selector, UnknownSelector};
pub use settings::{FILE_NAME, Runtime, Settings, Suppress, Written};
pub use template::template;
pub use words::{Bitness, FailOn, Severity, Target};

//! Repairs: what was found in a file into edits of it that leave all else as it is.
//!
//! A [`Fixer`] knows one file and gives the [`Fix`] for a fact that was found in it ([`Found`]), where there is one;
//! [`FIXABLE`] lists for which. [`apply_all`] makes the changes of one round, [`repair`] goes on until nothing is
//! left. [`TextFile`] takes a file apart so that it can be put together again byte by byte, [`unified_diff`] shows
//! what would change.
//!
//! Nothing here reads or writes files. Comments, white space, line ends, encoding and byte order mark stay as they
//! are, but for the lines of an element that is taken out.

mod apply;
mod command_line;
mod diff;
mod files;
mod json;
mod model;
mod steps;
mod table;
mod text_file;
mod typo;
mod web_config;
mod xml;

pub use apply::{Applied, MAX_ROUNDS, Repaired, apply_all, repair};
pub use diff::unified_diff;
pub use model::{Change, Fix, FixContext, Found, Safety};
pub use table::{FIXABLE, Fixable, Fixer, MAX_BYTES, fix, fixable};
pub use text_file::{Encoding, TextFile, TextFileError};

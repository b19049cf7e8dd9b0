//! Where somebody asked for something.

use std::fmt;

/// Where somebody asked for something: a spot in a file, or an argument.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file's name as it was given, or the argument (`--ignore`).
    pub file: String,
    /// Line, from 1; `None` for an argument.
    pub line: Option<u32>,
    /// Column, from 1, in characters; `None` for an argument.
    pub column: Option<u32>,
}

impl Place {
    /// A spot in a file.
    pub(crate) fn in_file(file: &str, at: falconer_iis_config::Position) -> Self {
        Place { file: file.to_owned(), line: Some(at.line), column: Some(at.column) }
    }

    /// An argument of the command line.
    pub(crate) fn argument(name: &str) -> Self {
        Place { file: name.to_owned(), line: None, column: None }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        for number in [self.line, self.column].into_iter().flatten() {
            write!(f, ":{number}")?;
        }
        Ok(())
    }
}

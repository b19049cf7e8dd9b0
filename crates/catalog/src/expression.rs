//! Regular expressions of the catalogue, compiled when first used.

use std::sync::OnceLock;

use regex::bytes::{Regex, RegexBuilder};

/// A regular expression on text whose white space is folded to single blanks; ASCII letters match in any case.
///
/// A run uses a part of the catalogue's expressions only, and compiling one costs more than matching it, so each
/// is compiled when it is first asked for.
#[derive(Debug, Clone)]
pub struct Expression {
    source: String,
    compiled: OnceLock<Option<Regex>>,
}

impl Expression {
    pub(crate) fn new(source: String) -> Self {
        Expression { source, compiled: OnceLock::new() }
    }

    /// The expression as written.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The compiled expression; `None` when it is not valid, which loading a catalogue refuses.
    pub fn get(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| compile(&self.source).ok()).as_ref()
    }

    /// Whether it is valid; the error is the compiler's.
    pub(crate) fn check(&self) -> Result<(), String> {
        compile(&self.source).map(drop).map_err(|e| format!("regex '{}' is not valid: {e}", self.source))
    }
}

fn compile(source: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(source).case_insensitive(true).unicode(false).size_limit(1 << 20).build()
}

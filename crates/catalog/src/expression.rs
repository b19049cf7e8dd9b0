//! Regular expressions of the catalogue, compiled when first used.

use std::sync::OnceLock;

use regex::bytes::{Regex, RegexBuilder};

use crate::required;

/// A regular expression on text whose white space is folded to single blanks; ASCII letters match in any case.
///
/// A run uses a part of the catalogue's expressions only, and compiling one costs more than matching it, so each
/// is compiled when it is first asked for.
#[derive(Debug, Clone)]
pub struct Expression {
    source: String,
    needs: Vec<Vec<String>>,
    compiled: OnceLock<Option<Regex>>,
}

impl Expression {
    /// An expression, with the words it needs where they are known already.
    pub(crate) fn new(source: String, needs: Option<Vec<Vec<String>>>) -> Self {
        let needs = needs.unwrap_or_else(|| required::required(&source));
        Expression { source, needs, compiled: OnceLock::new() }
    }

    /// The expression as written.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Groups of words in lower case: a text without any word of some group cannot match.
    pub fn needs(&self) -> &[Vec<String>] {
        &self.needs
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

#[cfg(test)]
mod tests {
    use super::Expression;

    fn needs(source: &str) -> Vec<Vec<String>> {
        Expression::new(source.to_owned(), None).needs
    }

    #[test]
    fn the_words_of_an_expression_are_those_that_every_match_holds() {
        assert_eq!(needs("corewebengine[^.]{0,40}w3svc"), [["corewebengine"], ["w3svc"]]);
        assert_eq!(needs("(second|another) app"), [vec!["another", "second"], vec![" app"]]);
        assert_eq!(needs("(virtual directory)?[^.]{0,9}\\bconverted"), [["converted"]]);
        assert!(needs("a|(un)?installed|.*").is_empty(), "a branch without words says nothing");
        assert!(needs("[").is_empty(), "an expression that is not valid needs nothing");
    }
}

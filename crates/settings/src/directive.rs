//! What a comment asks for: `falconer: ignore[web-config.stdout-log-enabled] reason: we collect these logs`.

use thiserror::Error;

use crate::suggest::{did_you_mean, nearest};

/// The word before the colon.
const NAME: &str = "falconer";
const IGNORE: &str = "ignore";
const IGNORE_FILE: &str = "ignore-file";

/// A comment that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Directive<'t> {
    /// It is for the whole file, and not for the next element or line.
    pub(crate) whole_file: bool,
    /// The selectors, at least one.
    pub(crate) selectors: Vec<&'t str>,
    /// The reason.
    pub(crate) reason: &'t str,
}

/// Why a comment for Falconer does not count.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DirectiveError {
    /// `falconer ignore[…]`.
    #[error("write a colon behind \"falconer\": falconer: ignore[…] reason: …")]
    NoColon,
    /// Another word than those that there are.
    #[error(
        "a comment cannot ask for \"{written}\"{}; there is ignore[…] and ignore-file[…]",
        did_you_mean(*suggestion).trim_end_matches('?')
    )]
    UnknownWord {
        /// The word.
        written: String,
        /// What was probably meant.
        suggestion: Option<&'static str>,
    },
    /// No list of checks, or an empty one.
    #[error("say which checks: {word}[web-config.stdout-log-enabled] reason: …")]
    NoChecks {
        /// `ignore` or `ignore-file`.
        word: &'static str,
    },
    /// The list does not end.
    #[error("the list of checks has no \"]\"")]
    ListNotClosed,
    /// There is no reason.
    #[error("say why: write \"reason: …\" behind the list of checks")]
    NoReason,
    /// Between the list and the reason, or in its place, stands something else.
    #[error("write \"reason:\" before \"{written}\"")]
    NotAReason {
        /// How it begins.
        written: String,
    },
}

/// Reads the inside of a comment. `None`: it is not for Falconer.
pub(crate) fn read(comment: &str) -> Option<Result<Directive<'_>, DirectiveError>> {
    let rest = strip_word(comment.trim(), NAME)?.trim_start();
    match rest.strip_prefix(':') {
        Some(rest) => Some(asked(rest.trim_start())),
        None if strip_word(rest, IGNORE).is_some() => Some(Err(DirectiveError::NoColon)),
        None => None,
    }
}

/// What follows `word` in any case, when a word ends there.
fn strip_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let (start, rest) = text.split_at_checked(word.len())?;
    let ends = !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    (start.eq_ignore_ascii_case(word) && ends).then_some(rest)
}

fn asked(text: &str) -> Result<Directive<'_>, DirectiveError> {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_')).unwrap_or(text.len());
    let (word, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    let Some(known) = [IGNORE, IGNORE_FILE].into_iter().find(|known| *known == word) else {
        let suggestion = nearest(word, [IGNORE, IGNORE_FILE]);
        return Err(DirectiveError::UnknownWord { written: excerpt(word), suggestion });
    };
    let list = rest.trim_start().strip_prefix('[').ok_or(DirectiveError::NoChecks { word: known })?;
    let (list, rest) = list.split_once(']').ok_or(DirectiveError::ListNotClosed)?;
    let selectors: Vec<&str> = list.split(',').map(str::trim).filter(|one| !one.is_empty()).collect();
    if selectors.is_empty() {
        return Err(DirectiveError::NoChecks { word: known });
    }
    Ok(Directive { whole_file: known == IGNORE_FILE, selectors, reason: reason(rest.trim())? })
}

fn reason(text: &str) -> Result<&str, DirectiveError> {
    if text.is_empty() {
        return Err(DirectiveError::NoReason);
    }
    let reason = strip_word(text, "reason").and_then(|rest| rest.trim_start().strip_prefix(':'));
    let Some(reason) = reason else {
        return Err(DirectiveError::NotAReason { written: excerpt(text) });
    };
    Some(reason.trim()).filter(|reason| !reason.is_empty()).ok_or(DirectiveError::NoReason)
}

/// The beginning of a text, enough to know it by.
fn excerpt(text: &str) -> String {
    const LONGEST: usize = 40;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_names_checks_and_a_reason() {
        let directive = |whole_file, selectors: &[&'static str], reason| {
            Some(Ok(Directive { whole_file, selectors: selectors.to_vec(), reason }))
        };
        for (comment, read_as) in [
            (" falconer: ignore[a.b] reason: we know ", directive(false, &["a.b"], "we know")),
            (
                "FALCONER:ignore [ a , b.c, ]\n  Reason : two\nlines",
                directive(false, &["a", "b.c"], "two\nlines"),
            ),
            ("falconer: ignore-file[all] reason: x", directive(true, &["all"], "x")),
            ("falconer: ignore[a] reason: b] c: d", directive(false, &["a"], "b] c: d")),
        ] {
            assert_eq!(read(comment), read_as, "{comment}");
        }
    }

    #[test]
    fn what_is_not_for_falconer_is_left_alone() {
        for comment in
            ["", "Falconer is a bird", "falconers: ignore[a]", "see falconer: ignore[a]", "ignore[a]"]
        {
            assert_eq!(read(comment), None, "{comment}");
        }
    }

    #[test]
    fn a_malformed_comment_is_told_with_what_to_write() {
        for (comment, error) in [
            (
                "falconer ignore[a] reason: b",
                "write a colon behind \"falconer\": falconer: ignore[…] reason: …",
            ),
            (
                "falconer: ignor[a] reason: b",
                "a comment cannot ask for \"ignor\"; did you mean \"ignore\"; there is ignore[…] and ignore-file[…]",
            ),
            ("falconer: ", "a comment cannot ask for \"\"; there is ignore[…] and ignore-file[…]"),
            ("falconer: ignore", "say which checks: ignore[web-config.stdout-log-enabled] reason: …"),
            (
                "falconer: ignore-file[ ,] reason: x",
                "say which checks: ignore-file[web-config.stdout-log-enabled] reason: …",
            ),
            ("falconer: ignore[a reason: b", "the list of checks has no \"]\""),
            ("falconer: ignore[a]", "say why: write \"reason: …\" behind the list of checks"),
            ("falconer: ignore[a] reason: ", "say why: write \"reason: …\" behind the list of checks"),
            ("falconer: ignore[a] because", "write \"reason:\" before \"because\""),
        ] {
            let read = read(comment).expect("it is for Falconer");
            assert_eq!(read.expect_err("it does not count").to_string(), error, "{comment}");
        }
    }
}

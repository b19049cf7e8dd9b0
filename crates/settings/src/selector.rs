//! Selectors: which checks somebody means.

use std::fmt;

use thiserror::Error;

use crate::suggest::{did_you_mean, nearest};

/// Which checks are meant. The order is from the widest to the narrowest.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Selector {
    /// `all`.
    All,
    /// The checks of a family: `web-config`.
    Family(String),
    /// The checks that foretell a failure of the catalogue: `handler-missing`.
    Failure(String),
    /// One check: `web-config.unknown-attribute`.
    Check(String),
}

impl Selector {
    /// The word for all checks.
    pub const ALL: &'static str = "all";

    /// Is the check, which foretells that failure, meant?
    pub fn matches(&self, check: &str, failure: &str) -> bool {
        match self {
            Selector::All => true,
            Selector::Family(family) => family_of(check) == Some(family),
            Selector::Failure(id) => id == failure,
            Selector::Check(id) => id == check,
        }
    }

    /// As it is written.
    pub fn name(&self) -> &str {
        match self {
            Selector::All => Self::ALL,
            Selector::Family(name) | Selector::Failure(name) | Selector::Check(name) => name,
        }
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The family of a check: what stands before the first dot of its id.
fn family_of(check: &str) -> Option<&str> {
    check.split_once('.').map(|(family, _)| family)
}

/// The checks that there are.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The id of each check, with the id of the failure that it foretells.
    pub checks: &'a [(&'a str, &'a str)],
}

/// No check is meant by a selector.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "there is no check, family or failure \"{written}\"{}",
    did_you_mean(suggestion.as_deref())
)]
pub struct UnknownSelector {
    /// As it was written.
    pub written: String,
    /// What was probably meant.
    pub suggestion: Option<String>,
}

impl Known<'_> {
    /// Reads a selector. A name that is both, is the family's before the failure's.
    ///
    /// # Errors
    ///
    /// When no check, family or failure has that name.
    pub fn selector(&self, written: &str) -> Result<Selector, UnknownSelector> {
        let is = |other: &str| other == written;
        if is(Selector::ALL) {
            return Ok(Selector::All);
        }
        if self.checks.iter().any(|(check, _)| is(check)) {
            return Ok(Selector::Check(written.to_owned()));
        }
        if self.checks.iter().any(|(check, _)| family_of(check).is_some_and(is)) {
            return Ok(Selector::Family(written.to_owned()));
        }
        if self.checks.iter().any(|(_, failure)| is(failure)) {
            return Ok(Selector::Failure(written.to_owned()));
        }
        let suggestion = self.suggestion(written).map(str::to_owned);
        Err(UnknownSelector { written: written.to_owned(), suggestion })
    }

    fn suggestion(&self, written: &str) -> Option<&str> {
        let checks = || self.checks.iter().map(|(check, _)| *check);
        let without_family = |check: &&str| check.split_once('.').is_some_and(|(_, name)| name == written);
        checks().find(without_family).or_else(|| {
            let families = checks().filter_map(family_of);
            let failures = self.checks.iter().map(|(_, failure)| *failure);
            nearest(written, checks().chain(families).chain(failures).chain([Selector::ALL]))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHECKS: &[(&str, &str)] = &[
        ("web-config.unknown-attribute", "web-config-malformed"),
        ("web-config.stdout-log-enabled", "stdout-log-path"),
        ("folder.leftover", "folder"),
    ];
    const KNOWN: Known<'_> = Known { checks: CHECKS };

    #[test]
    fn a_selector_is_a_check_a_family_a_failure_or_all() {
        for (written, selector, meant) in [
            ("all", Selector::All, 3),
            ("web-config", Selector::Family("web-config".into()), 2),
            ("stdout-log-path", Selector::Failure("stdout-log-path".into()), 1),
            ("web-config.unknown-attribute", Selector::Check("web-config.unknown-attribute".into()), 1),
            ("folder", Selector::Family("folder".into()), 1),
        ] {
            assert_eq!(KNOWN.selector(written), Ok(selector.clone()), "{written}");
            assert_eq!(selector.name(), written);
            let matching = CHECKS.iter().filter(|(check, failure)| selector.matches(check, failure));
            assert_eq!(matching.count(), meant, "{written}");
        }
    }

    #[test]
    fn an_unknown_selector_is_refused_with_what_was_meant() {
        for (written, meant) in [
            ("web-config.unknown-atribute", Some("web-config.unknown-attribute")),
            ("stdout-log-enabled", Some("web-config.stdout-log-enabled")),
            ("webconfig", Some("web-config")),
            ("ALL", Some("all")),
            ("handlers", None),
            ("", None),
        ] {
            let error = KNOWN.selector(written).unwrap_err();
            assert_eq!(error.suggestion.as_deref(), meant, "{written}");
        }
        assert_eq!(
            KNOWN.selector("webconfig").unwrap_err().to_string(),
            "there is no check, family or failure \"webconfig\"; did you mean \"web-config\"?"
        );
    }
}

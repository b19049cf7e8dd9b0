//! Everything that was asked for, and what it means for each finding.

use thiserror::Error;

use crate::{CommentSuppression, FilePattern, Known, Place, Reach, Selector, Settings, SettingsError};
use crate::{Severity, UnknownSelector, Written};

/// Which findings are shown, from the command line, `falconer.toml` and comments together.
///
/// A finding is shown when a `select` means it, or there is none, and nothing suppresses it. The command line's
/// `--select` stands in for the file's; suppressions of all origins add up.
#[derive(Debug, Clone)]
pub struct Rules<'a> {
    known: Known<'a>,
    select: Vec<Selector>,
    severity: Vec<(Selector, Severity)>,
    pub(crate) suppressions: Vec<Suppression>,
}

/// One request to leave findings out.
#[derive(Debug, Clone)]
pub(crate) struct Suppression {
    pub(crate) place: Place,
    pub(crate) selectors: Vec<Selector>,
    pub(crate) reason: Option<String>,
    pub(crate) scope: Scope,
}

/// Where a suppression is in force; from the widest to the narrowest.
#[derive(Debug, Clone)]
pub(crate) enum Scope {
    Everywhere,
    Files(Vec<FilePattern>),
    File(String),
    Parts(String, Vec<Reach>),
}

/// An argument names checks that there are not.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{argument}: {error}")]
pub struct ArgumentError {
    /// `--select` or `--ignore`.
    pub argument: &'static str,
    /// What is wrong.
    pub error: UnknownSelector,
}

const SELECT: &str = "--select";
const IGNORE: &str = "--ignore";

impl<'a> Rules<'a> {
    /// No rule: all findings are shown.
    pub fn new(known: Known<'a>) -> Self {
        Rules { known, select: Vec::new(), severity: Vec::new(), suppressions: Vec::new() }
    }

    /// Adds what a `falconer.toml` says.
    ///
    /// # Errors
    ///
    /// When it names a check that there is not; nothing is added then.
    pub fn settings(&mut self, settings: &Settings) -> Result<(), SettingsError> {
        let read = |written: &Written| {
            let refused = |unknown: UnknownSelector| SettingsError {
                place: Place::in_file(&settings.file, written.at),
                kind: Box::new(unknown.into()),
            };
            self.known.selector(&written.text).map_err(refused)
        };
        let read_all = |written: &[Written]| written.iter().map(read).collect::<Result<Vec<_>, _>>();
        let select = read_all(&settings.select)?;
        let mut severity = Vec::new();
        for (written, value) in &settings.severity {
            severity.push((read(written)?, *value));
        }
        let mut suppressions = Vec::new();
        for written in &settings.ignore {
            suppressions.push(Suppression {
                place: Place::in_file(&settings.file, written.at),
                selectors: vec![read(written)?],
                reason: None,
                scope: Scope::Everywhere,
            });
        }
        for suppress in &settings.suppress {
            let files = suppress.files.clone();
            suppressions.push(Suppression {
                place: Place::in_file(&settings.file, suppress.at),
                selectors: read_all(&suppress.checks)?,
                reason: Some(suppress.reason.clone()),
                scope: if files.is_empty() { Scope::Everywhere } else { Scope::Files(files) },
            });
        }
        self.select = select;
        self.severity.extend(severity);
        self.suppressions.extend(suppressions);
        Ok(())
    }

    /// Adds `--select` and `--ignore`. To be called behind [`settings`](Self::settings).
    ///
    /// # Errors
    ///
    /// When one names a check that there is not; nothing is added then.
    pub fn arguments(&mut self, select: &[String], ignore: &[String]) -> Result<(), ArgumentError> {
        let read_all = |argument, written: &[String]| {
            let refused = |error| ArgumentError { argument, error };
            written.iter().map(|one| self.known.selector(one).map_err(refused)).collect::<Result<Vec<_>, _>>()
        };
        let select = read_all(SELECT, select)?;
        let ignore = read_all(IGNORE, ignore)?;
        if !select.is_empty() {
            self.select = select;
        }
        self.suppressions.extend(ignore.into_iter().map(|selector| Suppression {
            place: Place::argument(IGNORE),
            selectors: vec![selector],
            reason: None,
            scope: Scope::Everywhere,
        }));
        Ok(())
    }

    /// Adds what the comments of a checked file ask for.
    pub fn comments(&mut self, comments: Vec<CommentSuppression>) {
        self.suppressions.extend(comments.into_iter().map(|comment| {
            let file = comment.place.file.clone();
            Suppression {
                place: comment.place,
                selectors: comment.selectors,
                reason: Some(comment.reason),
                scope: match comment.reach {
                    None => Scope::File(file),
                    Some(parts) => Scope::Parts(file, parts),
                },
            }
        }));
    }

    /// The severity of a check: the one of the narrowest selector in `[check.severity]`, else its own.
    pub fn severity(&self, check: &str, failure: &str, own: Severity) -> Severity {
        let matching = self.severity.iter().filter(|(selector, _)| selector.matches(check, failure));
        matching.max_by_key(|(selector, _)| selector.clone()).map_or(own, |(_, severity)| *severity)
    }

    /// Does `select` mean the check, or is there none?
    pub(crate) fn selects(&self, check: &str, failure: &str) -> bool {
        self.select.is_empty() || self.select.iter().any(|selector| selector.matches(check, failure))
    }
}

//! Which findings are shown, which are not and why, and which suppressions match nothing.

use crate::rules::{Rules, Scope, Suppression};
use crate::{Place, Selector};

/// A finding, as far as rules look at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finding<'a> {
    /// The check's id.
    pub check: &'a str,
    /// The id of the failure that it foretells.
    pub failure: &'a str,
    /// Path relative to the checked folder, with `/`, as it was given to [`Comments::read`](crate::Comments::read).
    pub file: &'a str,
    /// The first byte of its spot in the file's text, when known.
    pub offset: Option<usize>,
    /// Its line, from 1, when known; it counts where there is no offset.
    pub line: Option<u32>,
}

/// What becomes of a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is shown.
    Shown,
    /// `select` does not mean it.
    NotSelected,
    /// Somebody asked to leave it out.
    Suppressed(SuppressedBy),
}

/// Who asked to leave a finding out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuppressedBy {
    /// Where: a comment, an entry of `falconer.toml`, `--ignore`.
    pub place: Place,
    /// The selector that means the finding.
    pub selector: Selector,
    /// The reason that is given there; `ignore` gives none.
    pub reason: Option<String>,
}

/// A suppression, or one of its selectors, that matches nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unused {
    /// Where it stands.
    pub place: Place,
    /// The selector.
    pub selector: Selector,
    /// What it does not do, in a sentence without its place.
    pub text: String,
}

/// What the rules make of all findings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// One for each finding, in their order.
    pub verdicts: Vec<Verdict>,
    /// The suppressions that match nothing.
    pub unused: Vec<Unused>,
}

impl Rules<'_> {
    /// Judges the findings. A suppression also counts as used by a finding that is not selected, so that a narrower
    /// run reports nothing new. Of several that match, the narrowest is named.
    pub fn apply(&self, findings: &[Finding<'_>]) -> Outcome {
        let mut used: Vec<Vec<bool>> =
            self.suppressions.iter().map(|one| vec![false; one.selectors.len()]).collect();
        let verdicts = findings.iter().map(|finding| self.judge(finding, &mut used)).collect();
        let mut unused = Vec::new();
        for (suppression, used) in self.suppressions.iter().zip(&used) {
            for (selector, _) in suppression.selectors.iter().zip(used).filter(|(_, used)| !**used) {
                unused.push(Unused {
                    place: suppression.place.clone(),
                    selector: selector.clone(),
                    text: why_unused(suppression, selector, findings),
                });
            }
        }
        Outcome { verdicts, unused }
    }

    fn judge(&self, finding: &Finding<'_>, used: &mut [Vec<bool>]) -> Verdict {
        let mut by: Option<(&Suppression, &Selector)> = None;
        for (suppression, used) in self.suppressions.iter().zip(used) {
            if !suppression.scope.covers(finding) {
                continue;
            }
            for (selector, used) in suppression.selectors.iter().zip(used) {
                if selector.matches(finding.check, finding.failure) {
                    *used = true;
                    if by.is_none_or(|(best, _)| suppression.rank() > best.rank()) {
                        by = Some((suppression, selector));
                    }
                }
            }
        }
        match by {
            _ if !self.selects(finding.check, finding.failure) => Verdict::NotSelected,
            None => Verdict::Shown,
            Some((suppression, selector)) => Verdict::Suppressed(SuppressedBy {
                place: suppression.place.clone(),
                selector: selector.clone(),
                reason: suppression.reason.clone(),
            }),
        }
    }
}

impl Suppression {
    /// Narrower ones rank higher, and those that say why rank higher than those that do not.
    fn rank(&self) -> (u8, bool) {
        let narrow = match self.scope {
            Scope::Everywhere => 0,
            Scope::Files(_) => 1,
            Scope::File(_) => 2,
            Scope::Parts(..) => 3,
        };
        (narrow, self.reason.is_some())
    }
}

impl Scope {
    fn covers(&self, finding: &Finding<'_>) -> bool {
        match self {
            Scope::Everywhere => true,
            Scope::Files(patterns) => patterns.iter().any(|pattern| pattern.matches(finding.file)),
            Scope::File(file) => file == finding.file,
            Scope::Parts(file, parts) => {
                file == finding.file
                    && parts.iter().any(|part| match (finding.offset, finding.line) {
                        (Some(offset), _) => part.bytes.contains(&offset),
                        (None, Some(line)) => (part.first_line..=part.last_line).contains(&line),
                        (None, None) => false,
                    })
            }
        }
    }

    /// Where it is in force, for the end of a sentence.
    fn words(&self) -> String {
        match self {
            Scope::Everywhere => String::new(),
            Scope::Files(patterns) => {
                let patterns: Vec<&str> = patterns.iter().map(|pattern| pattern.as_str()).collect();
                format!(" in {}", patterns.join(", "))
            }
            Scope::File(_) => " in this file".to_owned(),
            Scope::Parts(_, parts) => match parts.first() {
                Some(part) if part.first_line == part.last_line => format!(" on line {}", part.first_line),
                Some(part) => format!(" on lines {} to {}", part.first_line, part.last_line),
                None => String::new(),
            },
        }
    }
}

fn why_unused(suppression: &Suppression, selector: &Selector, findings: &[Finding<'_>]) -> String {
    let found = "is found";
    let text = format!("nothing of {selector} {found}{}", suppression.scope.words());
    match findings.iter().find(|finding| selector.matches(finding.check, finding.failure)) {
        None => text,
        Some(Finding { file, line: Some(line), .. }) => format!("{text}, but in {file}, line {line}"),
        Some(Finding { file, .. }) => format!("{text}, but in {file}"),
    }
}

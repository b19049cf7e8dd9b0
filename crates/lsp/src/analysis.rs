//! Looks at a document together with what lies beside it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use falconer_catalog::{Catalog, Failure, Lint};
use falconer_check::{Examined, Found, Judged, examine, find, judge, known, repairs};
use falconer_evidence::{MemoryTree, Overlay};
use falconer_fix::Fix;
use falconer_iis_config::Edit;
use falconer_observation::Observation;
use falconer_redact::Redactor;
use falconer_report::check::model::Severity;
use falconer_settings::{Known, Rules};

use crate::beside::Beside;
use crate::document::Document;

/// So many findings of a document are shown.
const MAX_FINDINGS: usize = 1000;

/// The checks, prepared once.
#[derive(Debug)]
pub(crate) struct Checks<'c> {
    pub(crate) catalog: &'c Catalog,
    known: Vec<(&'c str, &'c str)>,
}

/// What a document shows.
#[derive(Debug, Default)]
pub(crate) struct Analysis<'c> {
    pub(crate) findings: Vec<Spotted<'c>>,
    /// Comments for Falconer that do not count: line from 1, and why.
    pub(crate) faults: Vec<(u32, String)>,
    /// What is wrong with the settings.
    pub(crate) problem: Option<String>,
}

/// A finding in a document. Its texts hold no secrets.
#[derive(Debug)]
pub(crate) struct Spotted<'c> {
    pub(crate) failure: &'c Failure,
    pub(crate) lint: &'c Lint,
    pub(crate) severity: Severity,
    pub(crate) message: String,
    /// The spot in [`Document::text`]; none for what is about the file as a whole.
    pub(crate) span: Option<Range<usize>>,
    /// The repair, when it is one of the text.
    pub(crate) fix: Option<Fix>,
}

/// A document in its place: what is looked at.
pub(crate) struct Subject<'a> {
    pub(crate) document: &'a Document,
    pub(crate) beside: &'a Beside,
    /// Further open documents, which stand in for their files as well.
    pub(crate) others: Vec<&'a Document>,
}

impl<'c> Checks<'c> {
    pub(crate) fn new(catalog: &'c Catalog) -> Self {
        Checks { catalog, known: known(catalog) }
    }

    /// Looks at a document.
    pub(crate) fn analyse(&self, subject: &Subject<'_>) -> Analysis<'c> {
        self.look(subject, subject.document.text())
    }

    /// Looks at a document as if it held that text.
    pub(crate) fn look(&self, subject: &Subject<'_>, text: &str) -> Analysis<'c> {
        let (file, examined) = subject.examine(text);
        let checks = Known { checks: &self.known };
        let mut rules = Rules::new(checks);
        let problem = rules.settings(&subject.beside.settings).err().map(|error| error.to_string());
        let found = find(&examined, self.catalog, &subject.beside.target);
        let Examined { evidence, .. } = examined;
        let Judged { shown, faults, .. } = judge(found, &evidence, rules, &checks);
        let shown = shown.into_iter().filter(|(one, _)| one.file == file).take(MAX_FINDINGS);
        let (found, severities): (Vec<Found<'c>>, Vec<Severity>) = shown.unzip();
        let fixes = repairs(&found, &evidence);
        let mut redactor = Redactor::new();
        if !found.is_empty() {
            // What gives a secret away may stand outside of what a message quotes.
            redactor.redact(text);
        }
        let mut clean = |text: &str| redactor.redact(text).into_owned();
        let findings = found.into_iter().zip(severities).zip(fixes).map(|((one, severity), fix)| {
            let fits = |observation: &&Observation| observation.text == text;
            let fits = evidence.observations.get(one.fact.observation).filter(fits).is_some();
            let fix = fix.filter(|fix| fits && can_be_sent(fix.edits()));
            Spotted {
                failure: one.failure,
                lint: one.lint,
                severity,
                message: clean(if one.fact.note.is_empty() { &one.lint.title } else { &one.fact.note }),
                span: one.fact.span.filter(|_| fits),
                fix: fix.map(|fix| Fix { text: clean(&fix.text), ..fix }),
            }
        });
        Analysis {
            findings: findings.collect(),
            faults: faults
                .into_iter()
                .filter(|fault| fault.file == file)
                .map(|fault| (fault.line.unwrap_or(1), fault.text))
                .collect(),
            problem,
        }
    }
}

impl Subject<'_> {
    /// The path of the document in what is looked at, and what that shows.
    fn examine(&self, text: &str) -> (String, Examined) {
        let Subject { document, beside, others } = self;
        let (bytes, stored) = document.bytes(text);
        let inside = beside.folder.as_ref().zip(document.path.as_deref());
        let inside = inside.and_then(|(folder, path)| Some((folder, folder.path_of(path)?)));
        let name = &beside.name;
        let (file, mut examined) = match inside {
            Some((folder, file)) => {
                let mut open = BTreeMap::from([(file.clone(), bytes)]);
                for other in others {
                    if let Some(path) = other.path.as_deref().and_then(|path| folder.path_of(path)) {
                        open.entry(path).or_insert_with(|| other.bytes(other.text()).0);
                    }
                }
                let tree = Overlay::new(&*folder.tree, &open, &BTreeSet::new());
                (file, examine(&tree, name, &beside.server, &beside.target))
            }
            None => {
                let tree = MemoryTree::new([(document.name.clone(), bytes)]);
                (document.name.clone(), examine(&tree, name, &beside.server, &beside.target))
            }
        };
        if !stored {
            forget_encoding(&file, &mut examined);
        }
        (file, examined)
    }
}

/// There are edits, and none overlaps the one in front of it: clients refuse those, or do damage by them.
fn can_be_sent(edits: &[Edit]) -> bool {
    let overlap = |pair: &[Edit]| matches!(pair, [a, b] if b.span.start < a.span.end);
    !edits.is_empty() && !edits.windows(2).any(overlap)
}

/// Takes out what is said of how a file is stored: it is not on disk yet, or cannot be stored as it is there.
fn forget_encoding(file: &str, examined: &mut Examined) {
    let observations = &examined.evidence.observations;
    examined.evidence.facts.retain(|fact| {
        let is_of_file = observations.get(fact.observation).is_some_and(|o| o.source.file == file);
        !(is_of_file && fact.id.ends_with(".encoding-mismatch"))
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use falconer_iis_config::Span;

    #[test]
    fn edits_that_overlap_are_not_sent() {
        let [a, b, c] = [(1, 3), (3, 3), (2, 4)].map(|(start, end)| Edit::delete(Span::new(start, end)));
        assert!(can_be_sent(&[a.clone(), b]));
        assert!(!can_be_sent(&[a, c]));
        assert!(!can_be_sent(&[]));
    }
}

//! Takes secrets out of everything that is shown.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use falconer_catalog::Catalog;
use falconer_diagnosis::fill_or_placeholder;
use falconer_observation::Evidence;
use falconer_redact::Redactor;
use falconer_report::check::model::CheckReport;
use falconer_report::model::{EvidenceItem, Report};

/// The redaction of one run: the same secret gets the same placeholder everywhere.
#[derive(Debug)]
pub(crate) struct Redaction {
    /// None shows everything.
    redactor: Option<Redactor>,
}

/// So much of the text around a quotation is looked at, in bytes.
const AROUND: usize = 4 << 10;

impl Redaction {
    /// With or without redaction.
    pub(crate) fn new(on: bool) -> Self {
        Redaction { redactor: on.then(Redactor::new) }
    }

    /// The text without its secrets.
    pub(crate) fn text<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        match &mut self.redactor {
            Some(redactor) => redactor.redact(text),
            None => Cow::Borrowed(text),
        }
    }

    /// Takes the secrets out of every text of a report. What gives a secret away may stand outside of what is quoted,
    /// so the text around each quotation is gone through first.
    pub(crate) fn report(&mut self, report: &mut Report, evidence: &Evidence, catalog: &Catalog) {
        let Some(redactor) = &mut self.redactor else { return };
        let proof = report.diagnoses.iter().flat_map(|diagnosis| &diagnosis.evidence);
        for item in proof.chain(&report.symptoms) {
            for text in surroundings(item, evidence) {
                redactor.redact(text);
            }
        }
        let own = own_words(catalog, report);
        report.rewrite_texts(&mut |text| match redactor.redact(text) {
            Cow::Owned(redacted) if !own.contains(text) => Some(redacted),
            _ => None,
        });
    }
}

impl Redaction {
    /// Takes the secrets out of every text of a report of `check`. The files that findings are about are gone through
    /// first, for what gives a secret away may stand outside of what is quoted.
    pub(crate) fn check_report(&mut self, report: &mut CheckReport, evidence: &Evidence, catalog: &Catalog) {
        let Some(redactor) = &mut self.redactor else { return };
        // Once through each file, however many findings there are in it.
        let shown = report.findings.iter().filter(|finding| finding.snippet.is_some());
        let files: BTreeSet<&str> = shown.map(|finding| finding.file.as_str()).collect();
        for observation in evidence.observations.iter().filter(|o| files.contains(o.source.file.as_str())) {
            redactor.redact(&observation.text);
        }
        let own = own_checks(catalog);
        report.rewrite_texts(&mut |text| match redactor.redact(text) {
            Cow::Owned(redacted) if !own.contains(text) => Some(redacted),
            _ => None,
        });
    }
}

/// Texts of the catalogue's checks that hold no value of a folder.
fn own_checks(catalog: &Catalog) -> HashSet<Cow<'_, str>> {
    let mut own = HashSet::new();
    for (failure, lint) in catalog.lints() {
        own.extend([&failure.title, &lint.title].map(|text| Cow::Borrowed(text.as_str())));
        own.insert(Cow::Owned(fill_or_placeholder(lint.why.trim(), &BTreeMap::new())));
        own.extend(failure.shows.iter().map(|show| Cow::Borrowed(show.text.as_str())));
        let remedies =
            lint.remedies(failure).iter().flat_map(|remedy| remedy.commands.iter().chain([&remedy.text]));
        own.extend(remedies.map(|text| Cow::Owned(fill_or_placeholder(text, &BTreeMap::new()))));
    }
    own
}

/// Texts of the catalogue that hold no value of the evidence. They give passwords as `<password>` and the like, and a
/// command whose words were taken for a secret would be of no use.
fn own_words<'c>(catalog: &'c Catalog, report: &Report) -> HashSet<Cow<'c, str>> {
    let mut own: HashSet<Cow<'c, str>> = HashSet::new();
    let borrowed = |text: &'c String| Cow::Borrowed(text.as_str());
    own.extend(catalog.failures().iter().map(|failure| borrowed(&failure.title)));
    own.extend(catalog.evidence.iter().flat_map(|e| e.iis.iter().chain(&e.azure)).map(borrowed));
    for failure in report.diagnoses.iter().filter_map(|diagnosis| catalog.get(&diagnosis.id)) {
        own.insert(Cow::Borrowed(failure.summary.trim()));
        let checks = failure.checks.iter();
        own.extend(checks.flat_map(|c| c.iis.iter().chain(&c.azure).chain([&c.text])).map(borrowed));
        let remedies = failure.remedies.iter().flat_map(|r| r.commands.iter().chain([&r.text]));
        own.extend(remedies.map(|text| Cow::Owned(fill_or_placeholder(text, &BTreeMap::new()))));
    }
    own
}

/// The places in the evidence that an item may quote, each with what stands around it.
fn surroundings<'e>(item: &'e EvidenceItem, evidence: &'e Evidence) -> impl Iterator<Item = &'e str> {
    let quote = item.snippet.as_ref().map_or(item.quote.as_str(), |snippet| &snippet.text);
    let quote = quote.trim_matches('…');
    let observations = evidence.observations.iter().filter(|observation| {
        let source = &observation.source;
        source.file == item.file && (item.record.is_none() || source.record == item.record)
    });
    observations.filter_map(move |observation| around(&observation.text, quote))
}

/// A quotation with what stands around it.
fn around<'t>(text: &'t str, quote: &str) -> Option<&'t str> {
    let start = text.find(quote)?;
    let from = text.floor_char_boundary(start.saturating_sub(AROUND));
    let to = text.ceil_char_boundary((start + quote.len()).saturating_add(AROUND));
    text.get(from..to)
}

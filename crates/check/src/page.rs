//! The catalogue's checks as pages.

use std::collections::BTreeMap;

use falconer_catalog::{Catalog, Failure, Lint};
use falconer_diagnosis::fill_or_placeholder;
use falconer_report::check::model::FixInfo;
use falconer_report::check::page::CheckPage;

use crate::finding::{remedies, will_show};
use crate::{confidence, severity};

/// The pages of all checks, in the order of their ids.
pub fn pages(catalog: &Catalog) -> Vec<CheckPage> {
    let mut pages: Vec<CheckPage> = catalog.lints().map(|(failure, lint)| page(failure, lint)).collect();
    pages.sort_by(|a, b| a.id.cmp(&b.id));
    pages
}

/// The page of a check.
pub fn page(failure: &Failure, lint: &Lint) -> CheckPage {
    // A page is of no folder in particular: what would be a value is `<its name>`.
    let placeholders = |text: &str| fill_or_placeholder(text, &BTreeMap::new());
    CheckPage {
        id: lint.id.clone(),
        title: lint.title.clone(),
        failure: failure.id.clone(),
        failure_title: failure.title.clone(),
        severity: severity(lint.severity),
        confidence: confidence(lint.confidence),
        why: placeholders(lint.why.trim()),
        will_show: will_show(failure),
        fix: lint.fix.as_ref().map(|fix| FixInfo { safe: fix.safe, text: fix.text.clone() }),
        remedies: remedies(failure, lint, placeholders),
        since: lint.since.clone(),
        targets: lint.targets.clone(),
        arguments: lint.example.arguments.clone(),
        before: lint.example.before.clone(),
        after: lint.example.after.clone(),
        sources: failure.sources.clone(),
    }
}

//! Finds what the catalogue knows of a word, a number or a text.

mod failures;
mod fold;
mod messages;
mod query;

pub(crate) use failures::{Sought, failures};
pub(crate) use fold::Folded;
pub(crate) use messages::messages;
pub(crate) use query::Query;

use falconer_catalog::Scenario;

use crate::commands::Knowledge;

/// How near a name must be to be suggested.
const NEAR: f64 = 0.7;
/// So many names are suggested.
const SUGGESTED: usize = 3;

/// Names that are nearly what was asked for, nearest first.
pub(crate) fn nearest<'k>(known: &'k Knowledge, text: &str) -> Vec<&'k str> {
    let failures = known.catalog.failures().iter().map(|failure| failure.id.as_str());
    let messages = known.messages.iter().map(|message| message.id.as_str());
    let scenarios = Scenario::ALL.iter().map(|scenario| scenario.name());
    let checks = known.catalog.lints().map(|(_, lint)| lint.id.as_str());
    let asked = text.to_lowercase().replace([' ', '_'], "-");
    let mut near: Vec<(f64, &str)> = failures
        .chain(scenarios)
        .chain(messages)
        .chain(checks)
        .map(|name| (strsim::normalized_damerau_levenshtein(&asked, name), name))
        .filter(|(nearness, _)| *nearness >= NEAR)
        .collect();
    near.sort_by(|(a, x), (b, y)| b.total_cmp(a).then_with(|| x.cmp(y)));
    near.dedup_by_key(|(_, name)| *name);
    near.into_iter().take(SUGGESTED).map(|(_, name)| name).collect()
}

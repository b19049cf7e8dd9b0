//! Which checks of the catalogue the facts fulfil.

use std::collections::BTreeSet;

use falconer_catalog::{Catalog, Failure, Lint};
use falconer_iis_config::JUDGED_BY_LEVELS;
use falconer_observation::{Evidence, Fact};

use crate::{Examined, Target};

/// A check that a fact fulfils.
#[derive(Debug, Clone)]
pub struct Found<'c> {
    /// The failure that it foretells.
    pub failure: &'c Failure,
    /// The check.
    pub lint: &'c Lint,
    /// What was found.
    pub fact: Fact,
    /// The file that it is about, as its observation is called.
    pub file: String,
    /// The first line of the spot.
    pub line: Option<u32>,
}

/// Holds the facts about a folder against the checks, in the order of files and places.
pub fn find<'c>(examined: &Examined, catalog: &'c Catalog, target: &Target) -> Vec<Found<'c>> {
    let evidence = &examined.evidence;
    // What the file alone lets one fear is settled by the files above it.
    let settled = examined.has_host_config();
    let mut found = Vec::new();
    for fact in examined.facts() {
        if settled && is_judged_by_levels(&fact.id) {
            continue;
        }
        let fits = |(_, lint): &(&Failure, &Lint)| fits(lint, fact, target);
        found
            .extend(catalog.lints().filter(fits).map(|(failure, lint)| place(failure, lint, fact, evidence)));
    }
    found.sort_by(|a, b| key(a).cmp(&key(b)));
    let mut told = BTreeSet::new();
    found.retain(|one| {
        told.insert((one.lint.id.clone(), one.file.clone(), start(one), one.fact.note.clone()))
    });
    found
}

fn is_judged_by_levels(id: &str) -> bool {
    id.strip_prefix("web-config.").is_some_and(|id| JUDGED_BY_LEVELS.contains(&id))
}

fn fits(lint: &Lint, fact: &Fact, target: &Target) -> bool {
    lint.fact == fact.id
        && (lint.targets.is_empty() || lint.targets.iter().any(|name| name == target.platform.name()))
        && lint.values.iter().all(|demand| demand.fits(&fact.fields))
}

fn place<'c>(failure: &'c Failure, lint: &'c Lint, fact: &Fact, evidence: &Evidence) -> Found<'c> {
    let observation = evidence.observations.get(fact.observation);
    let file = observation.map(|o| o.source.file.clone()).unwrap_or_default();
    // What has no spot is about the file as a whole, or about one that is not there.
    let line = observation.zip(fact.span.as_ref()).map(|(observation, span)| {
        let before = observation.text.get(..span.start).unwrap_or_default();
        let breaks = before.bytes().filter(|b| *b == b'\n').count();
        let first = observation.source.line.unwrap_or(1);
        first.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX))
    });
    Found { failure, lint, fact: fact.clone(), file, line }
}

fn start(found: &Found<'_>) -> usize {
    found.fact.span.as_ref().map_or(0, |span| span.start)
}

fn key<'f>(found: &'f Found<'_>) -> (&'f str, usize, &'f str) {
    (&found.file, start(found), &found.lint.id)
}

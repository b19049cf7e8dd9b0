//! From observations to causes: recognise, correlate, decide.
//!
//! [`Diagnoser::diagnose`] takes what the readers found and answers with a [`Report`].
//! It does no I/O, knows no clock, and knows no failure: those are the catalogue's.

mod answer;
mod correlate;
mod decide;
mod evaluate;
mod join;
mod placement;
mod proof;
mod recognise;
mod sighting;
mod status;
mod texts;

use falconer_catalog::Catalog;
use falconer_messages::Definitions;
use falconer_observation::Evidence;
use falconer_report::model::Report;

pub use answer::fill_or_placeholder;
pub use join::joined;
pub use proof::snippet;
pub use recognise::Recognisers;
pub use sighting::{Sighting, SightingKind};

/// Names the causes that the evidence shows.
#[derive(Debug)]
pub struct Diagnoser<'a> {
    catalog: &'a Catalog,
    messages: &'a Definitions,
    recognisers: Recognisers,
    words: texts::Words,
}

impl<'a> Diagnoser<'a> {
    /// Prepares the recognisers of a catalogue.
    pub fn new(catalog: &'a Catalog, messages: &'a Definitions) -> Self {
        Diagnoser {
            catalog,
            messages,
            recognisers: Recognisers::new(catalog, messages),
            words: texts::Words::of(catalog),
        }
    }

    /// The recognisers, for readers of large logs that want to know what to look for.
    pub fn recognisers(&self) -> &Recognisers {
        &self.recognisers
    }

    /// The answer to the evidence. Texts in it are not redacted yet.
    pub fn diagnose(&self, evidence: &Evidence) -> Report {
        let mut sightings = self.recognisers.sightings(evidence);
        sightings.extend(join::join(evidence));
        let incidents = correlate::incidents(evidence, &sightings);
        let texts = texts::Texts::new(&self.words, evidence);
        let mut found = Vec::new();
        for incident in &incidents {
            let view = evaluate::View::new(self.catalog, evidence, &texts, &sightings, incident);
            found.extend(decide::decide(self.catalog, &view));
        }
        answer::report(self, evidence, &sightings, &incidents, found)
    }
}

//! Joins evidence of several kinds: what is asked for against what is there.
//!
//! Each join makes a fact that the catalogue's rules name like any other.

mod frameworks;
mod levels;
mod server;

use falconer_observation::{Channel, Evidence, Fact, Observation};

use crate::placement;
use crate::sighting::{Sighting, SightingKind};

/// The facts that follow from two pieces of evidence together.
pub(crate) fn join(evidence: &Evidence) -> Vec<Sighting> {
    let mut found = frameworks::frameworks(evidence);
    found.extend(levels::inherited(evidence));
    found.extend(server::shared_pools(evidence));
    found.extend(placement::find(evidence));
    found.extend(server::webdav(evidence));
    found.extend(server::request_limits(evidence));
    found.extend(server::handler_modules(evidence));
    found
}

/// The same as facts, for who wants to know them without a diagnosis.
pub fn joined(evidence: &Evidence) -> Vec<Fact> {
    let fact = |found: Sighting| match found.kind {
        SightingKind::Fact(id) => Some(Fact {
            id,
            fields: found.fields,
            observation: found.observation,
            span: (!found.span.is_empty()).then_some(found.span),
            note: found.note.unwrap_or_default(),
        }),
        _ => None,
    };
    join(evidence).into_iter().filter_map(fact).collect()
}

pub(crate) fn of_channel(
    evidence: &Evidence,
    channel: Channel,
) -> impl Iterator<Item = (usize, &Observation)> {
    evidence.observations.iter().enumerate().filter(move |(_, o)| o.channel == channel)
}

pub(crate) fn sighting(
    id: &str,
    observation: usize,
    span: std::ops::Range<usize>,
    note: String,
    fields: impl IntoIterator<Item = (&'static str, String)>,
) -> Sighting {
    Sighting {
        kind: SightingKind::Fact(format!("join.{id}")),
        fields: fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        observation,
        span,
        weight: 24,
        note: Some(note),
    }
}

/// The folder of a file, ending with `/`; `None` for texts that are no files.
pub(crate) fn folder_of(file: &str) -> Option<String> {
    let file = file.replace('\\', "/");
    file.rfind('/').map(|at| file[..=at].to_owned())
}

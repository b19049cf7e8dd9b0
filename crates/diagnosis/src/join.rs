//! Joins evidence of several kinds: what is asked for against what is there.
//!
//! Each join makes a fact that the catalogue's rules name like any other.

use falconer_observation::Evidence;

use crate::sighting::Sighting;

/// The facts that follow from two pieces of evidence together.
pub(crate) fn join(_evidence: &Evidence, _sightings: &[Sighting]) -> Vec<Sighting> {
    Vec::new()
}

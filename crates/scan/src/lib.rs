//! Finds many literals in gigabytes of text at the speed of reading it.
//!
//! [`Matcher`] finds hundreds of literals, ignoring ASCII case, at a cost that hardly grows with their number: it
//! looks only at every sixth or so window of the text, and at those with one look-up in a table of 32 KiB.
//! [`interesting_regions`] takes the lines around the hits, so that slow and exact recognisers need to see only
//! those. Texts are read in blocks; memory does not grow with their length.
//!
//! The literals are taken as bytes. Whoever expects them escaped (`&apos;`) or in UTF-16 gives those forms as well.

mod block;
mod drive;
mod error;
mod frequencies;
mod gram;
mod keeper;
mod lines;
mod literals;
mod matcher;
mod plan;
mod region_builder;
mod regions;
mod singles;
mod span;
mod sweep;
mod verify;
mod view;

pub use drive::MAX_THREADS;
pub use error::Error;
pub use literals::{MAX_LITERAL, MAX_LITERALS, MIN_LITERAL};
pub use matcher::{Hit, Matcher, Stats};
pub use regions::{LiteralCount, Region, RegionHit, RegionOptions, Regions, interesting_regions};

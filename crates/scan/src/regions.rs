use std::io::{self, Read};
use std::num::NonZeroUsize;

use crate::drive;
use crate::region_builder::RegionBuilder;
use crate::{MAX_LITERAL, Matcher, Stats};

/// How much to take around hits, and how many of the regions to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RegionOptions {
    /// Lines before the line of a hit.
    pub lines_before: usize,
    /// Lines after the line in which a hit ends.
    pub lines_after: usize,
    /// The most bytes before a hit, and the most after it; up to 64 KiB. A longer line is cut.
    pub context_bytes: usize,
    /// The most bytes of a region; at least what one hit and its surroundings take. Beyond it a new region starts.
    pub region_bytes: usize,
    /// Per literal, how many of the first regions that hold it are kept.
    pub first_per_literal: usize,
    /// Per literal, how many of the last regions that hold it are kept: the newest failure is at the end.
    pub last_per_literal: usize,
    /// The most bytes of all kept regions: half for the first, half for the last ones.
    pub total_bytes: usize,
    /// Threads that search, up to [`MAX_THREADS`](crate::MAX_THREADS).
    pub threads: NonZeroUsize,
}

impl Default for RegionOptions {
    /// Room for a stack trace after each hit, and 8 MiB for all.
    fn default() -> Self {
        Self {
            lines_before: 4,
            lines_after: 40,
            context_bytes: 16 << 10,
            region_bytes: 64 << 10,
            first_per_literal: 4,
            last_per_literal: 8,
            total_bytes: 8 << 20,
            threads: NonZeroUsize::MIN,
        }
    }
}

impl RegionOptions {
    /// The options with values out of bounds moved to the nearest bound.
    pub(crate) fn bounded(&self) -> Self {
        let context_bytes = self.context_bytes.min(64 << 10);
        Self {
            context_bytes,
            region_bytes: self.region_bytes.max(2 * context_bytes + MAX_LITERAL),
            ..self.clone()
        }
    }
}

/// A stretch of the text around one hit or several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// Where it starts, in bytes from the start of the text.
    pub offset: u64,
    /// Number of the line its first byte is in, from 1.
    pub line: u64,
    /// The bytes as they stand there.
    pub text: Vec<u8>,
    /// The literals that start in it, each once, in the order of their first hits.
    pub hits: Vec<RegionHit>,
}

impl Region {
    /// Where the region ends: the offset of the first byte after it.
    pub fn end(&self) -> u64 {
        self.offset + self.text.len() as u64
    }
}

/// The hits of a literal in one region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RegionHit {
    /// Its position in the matcher's list.
    pub literal: usize,
    /// Where it first starts, in bytes from the start of the text.
    pub offset: u64,
    /// How many times it starts in the region.
    pub count: u64,
}

/// How often a literal was found and how much of that the kept regions show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LiteralCount {
    /// Its hits in the whole text.
    pub hits: u64,
    /// Those of them that are in no kept region.
    pub left_out: u64,
}

/// The interesting parts of a text.
#[derive(Debug)]
pub struct Regions {
    /// The kept regions in the order of the text; they do not overlap.
    pub regions: Vec<Region>,
    /// Per literal of the matcher, in its order.
    pub literals: Vec<LiteralCount>,
    /// Regions that were not kept.
    pub left_out: u64,
    /// What the search did.
    pub stats: Stats,
    /// Why the text could not be read to its end; the regions up to there are whole.
    pub failure: Option<io::Error>,
}

/// Searches all of `reader` and returns the lines around what `matcher` finds.
///
/// Memory is bounded by the options, about 1 MiB per thread and 4 MiB for tables, whatever the length of the text.
pub fn interesting_regions(reader: impl Read + Send, matcher: &Matcher, options: &RegionOptions) -> Regions {
    let options = options.bounded();
    let mut builder = RegionBuilder::new(matcher.literals(), &options);
    let (stats, failure) =
        drive::drive(matcher, reader, options.threads, options.context_bytes, &mut builder);
    let (regions, literals, left_out) = builder.finish().into_parts();
    Regions { regions, literals, left_out, stats, failure }
}

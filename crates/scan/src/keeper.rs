//! Which of the regions are kept.
//!
//! The first ones per literal are kept for good while half of the bytes last; of all others the last ones per
//! literal, and when these take more than the other half, the oldest of them go.

use std::collections::{BTreeMap, VecDeque};

use crate::regions::{LiteralCount, Region, RegionHit, RegionOptions};

pub(crate) struct Keeper {
    first_per_literal: usize,
    last_per_literal: usize,
    /// The most bytes of `first`, and of `last`.
    half: usize,
    first: Vec<Region>,
    first_bytes: usize,
    /// By number of the region.
    last: BTreeMap<u64, Held>,
    last_bytes: usize,
    literals: Vec<PerLiteral>,
    added: u64,
}

/// A region kept while it is among the last ones of a literal.
struct Held {
    region: Region,
    /// How many literals hold it.
    holders: usize,
}

#[derive(Clone, Default)]
struct PerLiteral {
    hits: u64,
    /// Regions among `first`.
    first: usize,
    /// Numbers of its last regions.
    last: VecDeque<u64>,
}

impl Keeper {
    pub(crate) fn new(literals: usize, options: &RegionOptions) -> Self {
        Self {
            first_per_literal: options.first_per_literal,
            last_per_literal: options.last_per_literal,
            half: options.total_bytes / 2,
            first: Vec::new(),
            first_bytes: 0,
            last: BTreeMap::new(),
            last_bytes: 0,
            literals: vec![PerLiteral::default(); literals],
            added: 0,
        }
    }

    /// Takes the next region of the text.
    pub(crate) fn add(&mut self, mut region: Region) {
        region.text.shrink_to_fit();
        region.hits.shrink_to_fit();
        self.added += 1;
        let mut wanted_first = false;
        for hit in &region.hits {
            if let Some(literal) = self.literals.get_mut(hit.literal) {
                literal.hits += hit.count;
                wanted_first |= literal.first < self.first_per_literal;
            }
        }
        if wanted_first && self.first_bytes + size(&region) <= self.half {
            self.keep_first(region);
        } else {
            self.keep_last(region);
        }
    }

    fn keep_first(&mut self, region: Region) {
        for hit in &region.hits {
            if let Some(literal) = self.literals.get_mut(hit.literal) {
                literal.first += 1;
            }
        }
        self.first_bytes += size(&region);
        self.first.push(region);
    }

    fn keep_last(&mut self, region: Region) {
        if self.last_per_literal == 0 {
            return;
        }
        let number = self.added;
        let mut dropped = Vec::new();
        for hit in &region.hits {
            if let Some(literal) = self.literals.get_mut(hit.literal) {
                literal.last.push_back(number);
                if literal.last.len() > self.last_per_literal {
                    dropped.extend(literal.last.pop_front());
                }
            }
        }
        self.last_bytes += size(&region);
        self.last.insert(number, Held { holders: region.hits.len(), region });
        for number in dropped {
            self.let_go(number);
        }
        while self.last_bytes > self.half {
            let Some((_, oldest)) = self.last.pop_first() else { break };
            self.last_bytes -= size(&oldest.region);
        }
    }

    /// A literal no longer counts the region among its last ones.
    fn let_go(&mut self, number: u64) {
        let Some(held) = self.last.get_mut(&number) else { return };
        held.holders -= 1;
        if held.holders == 0 {
            self.last_bytes -= size(&held.region);
            self.last.remove(&number);
        }
    }

    /// The kept regions in order, the counts per literal, and the number of regions left out.
    pub(crate) fn into_parts(self) -> (Vec<Region>, Vec<LiteralCount>, u64) {
        let count = |literal: &PerLiteral| LiteralCount { hits: literal.hits, left_out: literal.hits };
        let mut literals: Vec<_> = self.literals.iter().map(count).collect();
        let mut regions = self.first;
        regions.extend(self.last.into_values().map(|held| held.region));
        regions.sort_unstable_by_key(|region| region.offset);
        for hit in regions.iter().flat_map(|region| &region.hits) {
            if let Some(literal) = literals.get_mut(hit.literal) {
                literal.left_out -= hit.count;
            }
        }
        let left_out = self.added - regions.len() as u64;
        (regions, literals, left_out)
    }
}

fn size(region: &Region) -> usize {
    region.text.len() + size_of::<Region>() + region.hits.len() * size_of::<RegionHit>()
}

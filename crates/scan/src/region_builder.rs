//! From hits in the order of the text to regions in the order of the text.

use std::ops::ControlFlow;

use memchr::{memchr, memchr_iter, memrchr_iter};

use crate::Hit;
use crate::keeper::Keeper;
use crate::literals::Literals;
use crate::regions::{Region, RegionHit, RegionOptions};
use crate::view::{Consumer, View};

/// Grows one region at a time and gives the finished ones to the keeper.
pub(crate) struct RegionBuilder<'a> {
    literals: &'a Literals,
    options: &'a RegionOptions,
    keeper: Keeper,
    open: Option<Open>,
    /// Regions begun so far.
    begun: u64,
    /// Per literal, the latest region with a hit of it (counted from 1) and the place of its entry there.
    entries: Vec<(u64, usize)>,
    /// Line feeds before the owned part of the current view.
    line_feeds: u64,
}

impl<'a> RegionBuilder<'a> {
    pub(crate) fn new(literals: &'a Literals, options: &'a RegionOptions) -> Self {
        Self {
            literals,
            options,
            keeper: Keeper::new(literals.len(), options),
            open: None,
            begun: 0,
            entries: vec![(0, 0); literals.len()],
            line_feeds: 0,
        }
    }

    pub(crate) fn finish(mut self) -> Keeper {
        if let Some(open) = self.open.take() {
            self.keeper.add(open.region);
        }
        self.keeper
    }

    fn hit(&mut self, view: &View<'_>, hit: Hit) {
        let length = self.literals.get(hit.literal).map_or(0, <[u8]>::len);
        let end = hit.offset + length as u64;
        let mut open = match self.open.take() {
            Some(mut open) => {
                open.fill(view, hit.offset, self.options);
                if self.belongs(view, hit, end, &open) {
                    open
                } else {
                    let from = open.region.end();
                    self.keeper.add(open.region);
                    self.begin(view, hit, from)
                }
            }
            None => self.begin(view, hit, 0),
        };
        open.take_hit(view, end, self.options);
        if let Some(entry) = self.entries.get_mut(hit.literal) {
            note(&mut open.region.hits, entry, self.begun, hit);
        }
        self.open = Some(open);
    }

    /// Whether the hit is to be part of `open`, which has been filled up to it.
    fn belongs(&self, view: &View<'_>, hit: Hit, end: u64, open: &Open) -> bool {
        let reached = open.region.end();
        if hit.offset < reached {
            return true;
        }
        let fits = end - open.region.offset <= self.options.region_bytes as u64;
        fits && (hit.offset == reached || context_start(view, hit.offset, self.options) <= reached)
    }

    /// Begins a region for `hit`, not before `from`.
    fn begin(&mut self, view: &View<'_>, hit: Hit, from: u64) -> Open {
        self.begun += 1;
        let offset = context_start(view, hit.offset, self.options).max(from);
        let line = self.line_feeds.saturating_add_signed(view.line_feeds_before(offset)) + 1;
        let region = Region { offset, line, text: Vec::new(), hits: Vec::new() };
        Open { region, lines_left: 0, bytes_left: 0 }
    }
}

impl Consumer for RegionBuilder<'_> {
    const COUNTS_LINES: bool = true;

    fn hits(&mut self, view: &View<'_>, hits: &[Hit]) -> ControlFlow<()> {
        for hit in hits {
            self.hit(view, *hit);
        }
        ControlFlow::Continue(())
    }

    fn end(&mut self, view: &View<'_>) -> ControlFlow<()> {
        if let Some(open) = &mut self.open {
            open.fill(view, view.at(view.owned.end), self.options);
        }
        self.line_feeds += view.line_feeds();
        ControlFlow::Continue(())
    }
}

/// Counts `hit` in the entry of its literal, which is made if the region has none yet.
fn note(hits: &mut Vec<RegionHit>, entry: &mut (u64, usize), region: u64, hit: Hit) {
    if entry.0 != region {
        *entry = (region, hits.len());
        hits.push(RegionHit { literal: hit.literal, offset: hit.offset, count: 0 });
    }
    if let Some(known) = hits.get_mut(entry.1) {
        known.count += 1;
    }
}

/// Where the lines before a hit at `offset` start. If they are too long, whole lines are dropped; a line that is too
/// long itself is cut.
fn context_start(view: &View<'_>, offset: u64, options: &RegionOptions) -> u64 {
    let floor = offset.saturating_sub(options.context_bytes as u64).max(view.offset);
    let text = view.between(floor, offset);
    let after = |feed: usize| floor + feed as u64 + 1;
    match memrchr_iter(b'\n', text).nth(options.lines_before) {
        Some(feed) => after(feed),
        None if floor == 0 => 0,
        None => memchr(b'\n', text).map_or(floor, after),
    }
}

/// A region that may still grow.
struct Open {
    region: Region,
    /// Line feeds it may still take in; the last one ends it.
    lines_left: usize,
    /// Bytes it may still take in.
    bytes_left: usize,
}

impl Open {
    /// Takes in what is allowed of the text up to `to`.
    fn fill(&mut self, view: &View<'_>, to: u64, options: &RegionOptions) {
        let room = self.bytes_left.min(options.region_bytes.saturating_sub(self.region.text.len()));
        if self.lines_left == 0 || room == 0 {
            return;
        }
        let from = self.region.end();
        let text = view.between(from, to.min(from + room as u64));
        let (mut feeds, mut taken) = (0, text.len());
        for feed in memchr_iter(b'\n', text).take(self.lines_left) {
            feeds += 1;
            if feeds == self.lines_left {
                taken = feed + 1;
            }
        }
        self.region.text.extend_from_slice(text.get(..taken).unwrap_or_default());
        self.lines_left -= feeds;
        self.bytes_left -= taken;
    }

    /// Takes in a hit that ends at `end`, as far as the region may grow, and allows for the lines after it.
    fn take_hit(&mut self, view: &View<'_>, end: u64, options: &RegionOptions) {
        let limit = self.region.offset + options.region_bytes as u64;
        self.region.text.extend_from_slice(view.between(self.region.end(), end.min(limit)));
        self.lines_left = options.lines_after.saturating_add(1);
        self.bytes_left = options.context_bytes;
    }
}

//! What a search shows of the text while it goes over it.

use std::ops::{ControlFlow, Range};

use crate::Hit;
use crate::block::Block;
use crate::lines;
use crate::span::SPAN;

/// A stretch of the text and its place.
pub(crate) struct View<'a> {
    /// Where `text` starts.
    pub(crate) offset: u64,
    /// The block with what was carried from before it.
    pub(crate) text: &'a [u8],
    /// The part of `text` in which the hits start. These parts join without gaps from view to view.
    pub(crate) owned: Range<usize>,
    /// The line feeds in the owned part before the end of each of its spans, as far as it has been searched.
    line_feeds: Vec<u64>,
}

impl<'a> View<'a> {
    pub(crate) fn new(block: &'a Block, overlap: usize) -> Self {
        let text = block.text();
        // A literal that reaches beyond the block is left to the next one, which has its start carried over.
        let left = if block.last { 0 } else { overlap };
        let owned = block.carried().saturating_sub(overlap)..text.len().saturating_sub(left);
        Self { offset: block.text_offset(), text, owned, line_feeds: Vec::new() }
    }

    /// Where the byte `index` of the view stands.
    pub(crate) fn at(&self, index: usize) -> u64 {
        self.offset + index as u64
    }

    /// The line feeds in the owned part.
    pub(crate) fn line_feeds(&self) -> u64 {
        self.line_feeds.last().copied().unwrap_or(0)
    }

    /// The line feeds in the owned part before `place`, which is negative if `place` is before the owned part.
    pub(crate) fn line_feeds_before(&self, place: u64) -> i64 {
        let start = self.at(self.owned.start);
        let Some(into) = place.checked_sub(start) else {
            return -lines::count(self.between(place, start)).cast_signed();
        };
        let spans = into / SPAN as u64;
        let counted = spans.checked_sub(1).and_then(|span| self.line_feeds.get(usize::try_from(span).ok()?));
        let counted = counted.copied().unwrap_or(0);
        (counted + lines::count(self.between(start + spans * SPAN as u64, place))).cast_signed()
    }

    /// Counts the line feeds of the next span.
    pub(crate) fn count_line_feeds(&mut self, span: Range<usize>) {
        let more = lines::count(self.text.get(span).unwrap_or_default());
        self.line_feeds.push(self.line_feeds() + more);
    }

    /// The bytes from the place `from` to the place `to`, of which the view must have all.
    pub(crate) fn between(&self, from: u64, to: u64) -> &'a [u8] {
        let index = |place: u64| place.checked_sub(self.offset).and_then(|index| usize::try_from(index).ok());
        match (index(from), index(to)) {
            (Some(from), Some(to)) => self.text.get(from..to).unwrap_or_default(),
            _ => &[],
        }
    }
}

/// Takes hits in order.
pub(crate) trait Consumer: Send {
    /// Whether the views are to know their line feeds.
    const COUNTS_LINES: bool;

    /// Takes hits that start in the owned part of `view`; called any number of times per view.
    fn hits(&mut self, view: &View<'_>, hits: &[Hit]) -> ControlFlow<()>;

    /// All hits of `view` have been passed.
    fn end(&mut self, view: &View<'_>) -> ControlFlow<()>;
}

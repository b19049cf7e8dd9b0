//! Grouping the pieces of a text into blocks.

use super::builder::{Builder, Piece};
use super::marks::Mark;
use super::{Form, Inventory, entry, listing, marks};
use std::ops::Range;

/// Pieces that are farther apart belong to different outputs. Between two pieces of one output stand at most
/// a few lines, such as the list of workloads.
const MAX_GAP: usize = 600;
/// More pieces of a text are left out.
const MAX_PIECES: usize = 200_000;

pub(super) fn find(text: &str) -> Vec<(Range<usize>, Inventory)> {
    let entries = entry::entries(text).map(|(range, entry)| (range, Piece::Entry(entry)));
    let marks = marks::marks(text).into_iter().map(|(range, mark)| (range, Piece::Mark(mark)));
    let mut pieces: Vec<(Range<usize>, Piece)> = entries.chain(marks).take(MAX_PIECES).collect();
    pieces.sort_by_key(|(range, _)| range.start);

    let mut blocks = Vec::new();
    let mut open: Option<Builder> = None;
    let mut pending_arch: Option<Range<usize>> = None;
    for (range, piece) in pieces {
        let near = open.as_ref().is_some_and(|b| range.start <= b.range.end + MAX_GAP);
        match open.as_mut().filter(|b| near && !b.ends_before(&piece)) {
            Some(block) => block.add(range, piece),
            None if piece.is_strong() => {
                blocks.extend(open.take().and_then(Builder::finish));
                let mut block = Builder::new(range, piece);
                attach_architecture(text, &mut block, pending_arch.take());
                open = Some(block);
            }
            // hostfxr names the architecture before its list.
            None if matches!(piece, Piece::Mark(Mark::Arch(_))) => pending_arch = Some(range),
            None => {}
        }
    }
    blocks.extend(open.and_then(Builder::finish));
    blocks.extend(listing::find(text));
    blocks.sort_by_key(|(range, _)| range.start);
    merge_listings(blocks)
}

/// Takes an `Architecture: x64` shortly before a block into it.
fn attach_architecture(text: &str, block: &mut Builder, pending: Option<Range<usize>>) {
    let Some(range) = pending.filter(|r| r.end + MAX_GAP >= block.range.start) else { return };
    let mark = marks::marks(text.get(range.clone()).unwrap_or_default()).pop();
    if let Some((_, mark @ Mark::Arch(_))) = mark {
        block.add(range, Piece::Mark(mark));
    }
}

/// Listings of several folders that follow each other are one.
fn merge_listings(blocks: Vec<(Range<usize>, Inventory)>) -> Vec<(Range<usize>, Inventory)> {
    let mut merged: Vec<(Range<usize>, Inventory)> = Vec::new();
    for (range, inventory) in blocks {
        match merged.last_mut() {
            Some((before, all))
                if all.form == Form::Folder
                    && inventory.form == Form::Folder
                    && range.start <= before.end + MAX_GAP =>
            {
                before.end = range.end;
                all.absorb(inventory);
            }
            _ => merged.push((range, inventory)),
        }
    }
    merged
}

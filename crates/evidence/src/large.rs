//! Texts too large to be read whole: only what stands around known words is looked at.

use std::io::{self, Read};
use std::num::NonZeroUsize;

use falconer_observation::{ChannelState, NoticeKind, Source};
use falconer_scan::{Matcher, RegionOptions, interesting_regions};

use crate::collect::Collection;
use crate::plain;

/// Scans a large text.
pub(crate) fn read(
    collection: &mut Collection,
    name: &str,
    size: u64,
    head: &str,
    reader: impl Read + Send,
    matcher: &Matcher,
    threads: NonZeroUsize,
) -> io::Result<()> {
    let channel = plain::channel(name, head);
    collection.input(name, channel.title(), size);
    let mut options = RegionOptions::default();
    options.lines_before = 2;
    options.lines_after = 30;
    options.threads = threads;
    let found = interesting_regions(reader, matcher, &options);
    collection.evidence.note_channel(channel, ChannelState::Present);
    if found.left_out > 0 {
        let text = format!(
            "says the same things over and over: {} further places were left out, the first and the last were read",
            found.left_out
        );
        collection.notice(name, NoticeKind::Bounded, text);
    }
    for region in &found.regions {
        let text = String::from_utf8_lossy(&region.text);
        let line = u32::try_from(region.line).unwrap_or(u32::MAX);
        plain::piece(collection, channel, Source::file(name).at_line(line), &text);
    }
    found.failure.map_or(Ok(()), Err)
}

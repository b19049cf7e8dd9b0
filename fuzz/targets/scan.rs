//! The scan finds what a search letter by letter finds, in a slice and from a reader.
//!
//! The first line holds the literals, with commas between them.
#![no_main]

use std::num::NonZeroUsize;
use std::ops::ControlFlow;

use falconer_scan::{Matcher, RegionOptions, interesting_regions};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let end = input.iter().position(|byte| *byte == b'\n').unwrap_or(input.len());
    let (line, text) = input.split_at(end);
    let literals: Vec<&[u8]> = line.split(|byte| *byte == b',').collect();
    let Ok(matcher) = Matcher::new(&literals) else { return };
    let mut slow = Vec::new();
    for (literal, bytes) in literals.iter().enumerate() {
        let windows = text.windows(bytes.len()).enumerate();
        let hits = windows.filter(|(_, window)| window.eq_ignore_ascii_case(bytes));
        slow.extend(hits.map(|(offset, _)| (offset as u64, literal)));
    }
    slow.sort_unstable();
    let mut fast = Vec::new();
    matcher.scan_slice(text, &mut |hit| {
        fast.push((hit.offset, hit.literal));
        ControlFlow::Continue(())
    });
    assert_eq!(fast, slow);
    let mut read = Vec::new();
    let mut keep = |hit: falconer_scan::Hit| {
        read.push((hit.offset, hit.literal));
        ControlFlow::Continue(())
    };
    matcher.scan(text, NonZeroUsize::MIN, &mut keep).expect("memory can be read");
    assert_eq!(read, slow);
    interesting_regions(text, &matcher, &RegionOptions::default());
});

//! Regions hold the hits with their lines, in order, within the bounds.

mod common;

use std::num::NonZeroUsize;

use common::{Fitful, literals_and_text, log_lines, matcher, naive, plant};
use falconer_scan::{Hit, MAX_LITERAL, Matcher, RegionOptions, Regions, interesting_regions};
use proptest::prelude::*;

const MIB: usize = 1 << 20;

fn options(change: impl FnOnce(&mut RegionOptions)) -> RegionOptions {
    let mut options = RegionOptions::default();
    change(&mut options);
    options
}

fn one_literal() -> Matcher {
    matcher(&[b"failed to load".to_vec()])
}

/// The place after `lines` more line feeds from `from`.
fn lines_on(text: &[u8], from: usize, lines: usize) -> usize {
    let feeds = text[from..].iter().enumerate().filter(|(_, byte)| **byte == b'\n');
    feeds.map(|(at, _)| from + at + 1).nth(lines).unwrap_or(text.len())
}

/// The start of the line that is `lines` above the one of `from`.
fn lines_back(text: &[u8], from: usize, lines: usize) -> usize {
    let feeds = text[..from].iter().enumerate().rev().filter(|(_, byte)| **byte == b'\n');
    feeds.map(|(at, _)| at + 1).nth(lines).unwrap_or(0)
}

/// The stretches of lines around `hits`, touching ones joined.
fn stretches(
    text: &[u8],
    hits: &[Hit],
    literals: &[Vec<u8>],
    before: usize,
    after: usize,
) -> Vec<(usize, usize)> {
    let mut joined: Vec<(usize, usize)> = Vec::new();
    for hit in hits {
        let offset = hit.offset as usize;
        let from = lines_back(text, offset, before);
        let to = lines_on(text, offset + literals[hit.literal].len(), after);
        match joined.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => joined.push((from, to)),
        }
    }
    joined
}

/// What holds for all texts and options.
fn check_laws(found: &Regions, text: &[u8], hits: &[Hit], options: &RegionOptions) {
    let mut reached = 0;
    for region in &found.regions {
        assert!(region.offset >= reached, "regions are in order and do not overlap");
        reached = region.end();
        assert_eq!(region.text, text[region.offset as usize..reached as usize]);
        let feeds = text[..region.offset as usize].iter().filter(|byte| **byte == b'\n').count();
        assert_eq!(region.line, feeds as u64 + 1);
        assert!(region.text.len() <= options.region_bytes.max(2 * options.context_bytes + MAX_LITERAL));
        for hit in &region.hits {
            let inside = |known: &&Hit| {
                (region.offset..reached).contains(&known.offset) && known.literal == hit.literal
            };
            assert_eq!(hits.iter().find(inside).map(|known| known.offset), Some(hit.offset));
            assert_eq!(hits.iter().filter(inside).count() as u64, hit.count);
        }
    }
    for (index, literal) in found.literals.iter().enumerate() {
        let shown = found.regions.iter().flat_map(|region| &region.hits).filter(|hit| hit.literal == index);
        assert_eq!(literal.hits, hits.iter().filter(|hit| hit.literal == index).count() as u64);
        assert_eq!(literal.left_out + shown.map(|hit| hit.count).sum::<u64>(), literal.hits);
    }
    let total: usize = found.regions.iter().map(|region| region.text.len()).sum();
    assert!(total <= options.total_bytes);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn with_room_enough_regions_are_the_lines_around_the_hits(
        (literals, text) in literals_and_text(),
        before in 0_usize..4,
        after in 0_usize..4,
    ) {
        let options = options(|options| {
            (options.lines_before, options.lines_after) = (before, after);
            options.first_per_literal = usize::MAX;
        });
        let found = interesting_regions(text.as_slice(), &matcher(&literals), &options);
        let hits = naive(&text, &literals);
        check_laws(&found, &text, &hits, &options);
        let got: Vec<_> = found.regions.iter().map(|region| (region.offset as usize, region.end() as usize)).collect();
        prop_assert_eq!(got, stretches(&text, &hits, &literals, before, after));
        prop_assert_eq!(found.left_out, 0);
    }

    #[test]
    fn the_laws_hold_in_narrow_bounds(
        (literals, text) in literals_and_text(),
        before in 0_usize..3,
        after in 0_usize..3,
        context in 0_usize..40,
        per_literal in (0_usize..3, 0_usize..3),
        total in 0_usize..3000,
    ) {
        let options = options(|options| {
            (options.lines_before, options.lines_after, options.context_bytes) = (before, after, context);
            (options.first_per_literal, options.last_per_literal) = per_literal;
            (options.region_bytes, options.total_bytes) = (0, total);
        });
        let found = interesting_regions(text.as_slice(), &matcher(&literals), &options);
        check_laws(&found, &text, &naive(&text, &literals), &options);
    }
}

#[test]
fn regions_across_blocks_are_whole_and_have_the_right_lines_on_any_number_of_threads() {
    let literals = vec![b"failed to load".to_vec(), b"500.30".to_vec()];
    let mut text = log_lines(4 * MIB + 99, 3);
    let mut hits = Vec::new();
    for border in 1..=4 {
        for offset in [border * MIB - 3000, border * MIB - 7, border * MIB + 40] {
            plant(&mut text, offset, b"failed to load");
            hits.push(Hit { offset: offset as u64, literal: 0 });
        }
    }
    let expected = stretches(&text, &hits, &literals, 20, 30);
    for threads in 1..=4 {
        let options = options(|options| {
            (options.lines_before, options.lines_after) = (20, 30);
            options.threads = NonZeroUsize::new(threads).expect("not zero");
        });
        let found = interesting_regions(text.as_slice(), &matcher(&literals), &options);
        check_laws(&found, &text, &hits, &options);
        let kept = |(from, to): &(usize, usize)| {
            found.regions.iter().any(|region| (region.offset as usize, region.end() as usize) == (*from, *to))
        };
        assert_eq!(found.left_out + found.regions.len() as u64, expected.len() as u64);
        assert_eq!(expected.iter().filter(|stretch| kept(stretch)).count(), found.regions.len());
        assert!(kept(&expected[0]) && kept(&expected[expected.len() - 1]));
    }
}

#[test]
fn the_first_and_the_last_of_many_are_kept() {
    let text = (0..100).map(|number| format!("failed to load {number}\n\n\n\n")).collect::<String>();
    let options = options(|options| {
        (options.lines_before, options.lines_after) = (0, 0);
        (options.first_per_literal, options.last_per_literal) = (2, 3);
    });
    let found = interesting_regions(text.as_bytes(), &one_literal(), &options);
    let shown: Vec<_> = found.regions.iter().map(|region| String::from_utf8_lossy(&region.text)).collect();
    let expected = [0, 1, 97, 98, 99].map(|number| format!("failed to load {number}\n"));
    assert_eq!(shown, expected);
    assert_eq!((found.left_out, found.literals[0].hits, found.literals[0].left_out), (95, 100, 95));
    assert_eq!(found.regions[4].line, 4 * 99 + 1);
}

#[test]
fn a_rare_literal_keeps_its_region_among_many_of_a_common_one() {
    let mut lines = vec!["failed to load\n\n\n"; 1000];
    lines[500] = "failed to load libgdiplus\n\n\n";
    let text = lines.concat();
    let matcher = Matcher::new(["failed to load", "libgdiplus"]).expect("two literals");
    let options = options(|options| (options.lines_before, options.lines_after) = (0, 0));
    let found = interesting_regions(text.as_bytes(), &matcher, &options);
    assert!(found.regions.iter().any(|region| region.text.ends_with(b"libgdiplus\n")));
    assert_eq!(found.literals[1].left_out, 0);
}

#[test]
fn when_the_bytes_run_out_the_earliest_and_the_newest_remain() {
    let text = (0..400).map(|number| format!("failed to load {number:050}\n\n\n")).collect::<String>();
    let options = options(|options| {
        (options.lines_before, options.lines_after) = (0, 0);
        (options.first_per_literal, options.last_per_literal) = (400, 400);
        (options.context_bytes, options.total_bytes) = (100, 4000);
    });
    let found = interesting_regions(text.as_bytes(), &one_literal(), &options);
    let total: usize = found.regions.iter().map(|region| region.text.len()).sum();
    assert!(total <= 4000 && total > 1000, "{total} bytes");
    assert_eq!(found.regions[0].offset, 0);
    let newest = &found.regions[found.regions.len() - 1];
    assert!(newest.text.ends_with(b"399\n"));
}

#[test]
fn a_text_of_one_endless_line_is_cut_around_the_hit() {
    let mut text = vec![b'x'; 3 * MIB];
    plant(&mut text, 2 * MIB - 5, b"failed to load");
    let options = options(|options| options.context_bytes = 1000);
    let found = interesting_regions(text.as_slice(), &one_literal(), &options);
    assert_eq!(found.regions.len(), 1);
    let region = &found.regions[0];
    assert_eq!((region.offset, region.line), ((2 * MIB - 5 - 1000) as u64, 1));
    assert_eq!(region.text.len(), 1000 + "failed to load".len() + 1000);
}

#[test]
fn a_text_that_is_all_hits_gives_full_regions_and_counts_the_rest() {
    let text = b"failed to load\n".repeat(2 * MIB / 15);
    let options = options(|options| options.region_bytes = 40_000);
    let found = interesting_regions(text.as_slice(), &one_literal(), &options);
    assert_eq!(found.regions.len(), options.first_per_literal + options.last_per_literal);
    assert!(found.regions.iter().all(|region| region.text.len() <= 40_000));
    let shown: u64 = found.regions.iter().flat_map(|region| &region.hits).map(|hit| hit.count).sum();
    assert_eq!(found.literals[0].left_out + shown, text.len() as u64 / 15);
    let newest = &found.regions[found.regions.len() - 1];
    assert_eq!(newest.end(), text.len() as u64);
}

#[test]
fn hits_that_chain_without_end_do_not_outgrow_a_region() {
    let text = vec![b'0'; 200_000];
    let matcher = Matcher::new(["0000000000"]).expect("one literal");
    let options = options(|options| options.region_bytes = 40_000);
    let found = interesting_regions(text.as_slice(), &matcher, &options);
    assert!(found.regions.iter().all(|region| region.text.len() <= 40_000));
    let shown: u64 = found.regions.iter().flat_map(|region| &region.hits).map(|hit| hit.count).sum();
    assert_eq!((found.literals[0].left_out, shown), (0, 200_000 - 9));
}

#[test]
fn a_reader_that_fails_leaves_the_regions_before() {
    let mut text = log_lines(MIB + MIB / 2, 1);
    plant(&mut text, MIB + 5000, b"failed to load");
    let reader = Fitful { text: &text, calls: 0, fails: true };
    let found = interesting_regions(reader, &one_literal(), &RegionOptions::default());
    assert_eq!(found.regions.len(), 1);
    assert_eq!(found.failure.expect("the reader failed").to_string(), "the disk is gone");
}

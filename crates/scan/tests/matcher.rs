//! The matcher finds what a naive search finds, whatever the text, the reader and the number of threads.

mod common;

use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use common::{Fitful, literals_and_text, log_lines, matcher, naive, plant, reader_hits, slice_hits};
use falconer_scan::{Error, Hit, MAX_LITERAL, MAX_LITERALS, MIN_LITERAL, Matcher};
use proptest::prelude::*;

const MIB: usize = 1 << 20;

fn bytes(literals: &[&str]) -> Vec<Vec<u8>> {
    literals.iter().map(|literal| literal.as_bytes().to_vec()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn a_slice_gives_the_hits_of_a_naive_search((literals, text) in literals_and_text()) {
        prop_assert_eq!(slice_hits(&matcher(&literals), &text), naive(&text, &literals));
    }

    #[test]
    fn a_plan_made_for_another_text_gives_the_same_hits(
        (literals, text) in literals_and_text(),
        (_, other) in literals_and_text(),
    ) {
        let matcher = matcher(&literals);
        slice_hits(&matcher, &other);
        prop_assert_eq!(slice_hits(&matcher, &text), naive(&text, &literals));
    }

    #[test]
    fn a_fitful_reader_gives_the_hits_of_the_slice((literals, text) in literals_and_text()) {
        let reader = Fitful { text: &text, calls: 0, fails: false };
        let (hits, stats) = reader_hits(&matcher(&literals), reader, 1);
        prop_assert_eq!(stats.expect("no failure").bytes, text.len() as u64);
        prop_assert_eq!(hits, naive(&text, &literals));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn any_number_of_threads_gives_the_hits_of_one(
        (literals, text) in literals_and_text(),
        len in 0..5 * MIB,
        gap in 1_usize..5000,
        threads in 2_usize..12,
    ) {
        let mut long = Vec::new();
        while long.len() < len {
            long.extend_from_slice(&text);
            long.extend(std::iter::repeat_n(b'.', gap));
        }
        let matcher = matcher(&literals);
        let (one, _) = reader_hits(&matcher, long.as_slice(), 1);
        let (many, stats) = reader_hits(&matcher, long.as_slice(), threads);
        prop_assert_eq!(stats.expect("no failure").hits, one.len() as u64);
        prop_assert!(many == one, "{} hits instead of {}", many.len(), one.len());
        prop_assert!(slice_hits(&matcher, &long) == one);
    }
}

#[test]
fn literals_across_any_border_of_blocks_are_found_once() {
    let literals =
        bytes(&["Failed to load the host", "the host failed", "500.30", "Failed HRESULT returned: 0x8007"]);
    let mut text = log_lines(3 * MIB + 4321, 1);
    let mut planted = Vec::new();
    for (number, border) in (16 << 10..text.len()).step_by(16 << 10).enumerate() {
        let literal = number % literals.len();
        let before = number % (literals[literal].len() + 1);
        plant(&mut text, border - before, &literals[literal]);
        planted.push(Hit { offset: (border - before) as u64, literal });
    }
    let matcher = matcher(&literals);
    for threads in [1, 3] {
        assert_eq!(reader_hits(&matcher, text.as_slice(), threads).0, planted);
    }
    assert_eq!(slice_hits(&matcher, &text), planted);
}

#[test]
fn hits_that_reach_across_a_border_come_before_hits_that_start_later() {
    let literals = bytes(&["fail fail fail fail fail fail", "fail fail"]);
    let mut text = log_lines(2 * MIB, 1);
    plant(&mut text, MIB - 15, b"fail fail fail fail fail fail");
    let expected = naive(&text[MIB - 200..MIB + 200], &literals);
    let (hits, _) = reader_hits(&matcher(&literals), text.as_slice(), 1);
    let shifted: Vec<_> =
        hits.iter().map(|hit| Hit { offset: hit.offset - (MIB as u64 - 200), ..*hit }).collect();
    assert_eq!(shifted, expected);
}

#[test]
fn a_text_that_changes_its_kind_keeps_all_its_hits() {
    // Digits make candidates of what was rare in the first blocks, so the plan is revised on the way.
    let literals: Vec<_> = (0..60).map(|code| format!("0x8007{code:04x}").into_bytes()).collect();
    let mut text = log_lines(2 * MIB, 1);
    text.extend(b"0x80070x800700000000800700007000".repeat(4 * MIB / 32));
    text.extend(log_lines(MIB, 2));
    let end = text.len();
    plant(&mut text, end - 500, b"0x80070005");
    let (hits, _) = reader_hits(&matcher(&literals), text.as_slice(), 2);
    assert!(hits.contains(&Hit { offset: (end - 500) as u64, literal: 5 }));
    assert_eq!(hits.len(), 4 * MIB / 32 + 1);
}

#[test]
fn only_the_case_of_ascii_letters_is_ignored() {
    let literals = vec![b"Module@DLL".to_vec(), b"Ger\xC4t {5}".to_vec()];
    let text = b"mODULE@dll, module`dll, ger\xC4T {5}, ger\xE4t {5}, GER\xC4T [5]";
    let found: Vec<_> = slice_hits(&matcher(&literals), text).iter().map(|hit| hit.offset).collect();
    assert_eq!(found, [0, 24]);
}

#[test]
fn short_numbers_overlap_themselves() {
    let literals = bytes(&["00000", "500.3", "a long literal that allows a long stride"]);
    let text = b"0000000 and 500.30";
    assert_eq!(slice_hits(&matcher(&literals), text), naive(text, &literals));
}

#[test]
fn many_short_literals_need_no_letters() {
    let literals: Vec<_> = (0..40).map(|code| format!("50{:03}", code * 7).into_bytes()).collect();
    let text: Vec<u8> = (0..3000).flat_map(|number| format!("{number}50").into_bytes()).collect();
    assert_eq!(slice_hits(&matcher(&literals), &text), naive(&text, &literals));
}

#[test]
fn the_same_literal_twice_is_found_twice() {
    let hits = slice_hits(&matcher(&bytes(&["hostfxr.dll", "HOSTFXR.DLL"])), b"no hostfxr.dll");
    assert_eq!(hits, [Hit { offset: 3, literal: 0 }, Hit { offset: 3, literal: 1 }]);
}

#[test]
fn nothing_is_found_in_nothing_and_by_nothing() {
    assert_eq!(slice_hits(&matcher(&bytes(&["hostfxr"])), b""), []);
    assert_eq!(slice_hits(&matcher(&[]), b"hostfxr"), []);
    let (hits, stats) = reader_hits(&matcher(&bytes(&["hostfxr"])), std::io::empty(), 4);
    assert_eq!((hits.len(), stats.expect("no failure").bytes), (0, 0));
}

#[test]
fn a_literal_that_fills_the_text_is_found() {
    for len in MIN_LITERAL..40 {
        let literal: Vec<u8> = (0..len).map(|at| b'a' + (at % 26) as u8).collect();
        let hits = slice_hits(&matcher(std::slice::from_ref(&literal)), &literal);
        assert_eq!(hits, [Hit { offset: 0, literal: 0 }], "{len} bytes");
    }
}

#[test]
fn lengths_and_numbers_out_of_bounds_are_refused() {
    let refused = |literals: &[Vec<u8>]| Matcher::new(literals).expect_err("out of bounds");
    assert_eq!(
        refused(&bytes(&["long enough", "shrt"])),
        Error::TooShort { index: 1, len: 4, min: MIN_LITERAL }
    );
    let long = vec![b'x'; MAX_LITERAL + 1];
    assert_eq!(refused(&[long]), Error::TooLong { index: 0, len: MAX_LITERAL + 1, max: MAX_LITERAL });
    assert_eq!(refused(&vec![b"literal".to_vec(); MAX_LITERALS + 1]), Error::TooMany { max: MAX_LITERALS });
    assert!(Matcher::new([vec![b'x'; MAX_LITERAL]]).is_ok());
}

#[test]
fn a_failing_reader_delivers_its_hits_and_then_the_error() {
    let mut text = log_lines(MIB + 77, 1);
    let end = text.len();
    plant(&mut text, end - 14, b"Failed to load");
    let reader = Fitful { text: &text, calls: 0, fails: true };
    let (hits, stats) = reader_hits(&matcher(&bytes(&["failed to load"])), reader, 2);
    assert_eq!(hits, [Hit { offset: (end - 14) as u64, literal: 0 }]);
    assert_eq!(stats.expect_err("the reader failed").to_string(), "the disk is gone");
}

#[test]
fn a_sink_that_breaks_gets_no_more() {
    let text = b"failed to load, ".repeat(MIB / 4);
    let matcher = matcher(&bytes(&["failed to load"]));
    for threads in [1, 4] {
        let mut taken = 0;
        let stats = matcher.scan(text.as_slice(), NonZeroUsize::new(threads).expect("not zero"), &mut |_| {
            taken += 1;
            if taken == 100_000 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert!(stats.expect("no failure").bytes < text.len() as u64);
        assert_eq!(taken, 100_000);
    }
}

#[test]
fn a_sink_that_panics_does_not_leave_threads_waiting() {
    let text = b"failed to load, ".repeat(MIB / 4);
    let matcher = matcher(&bytes(&["failed to load"]));
    let four = NonZeroUsize::new(4).expect("not zero");
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        matcher.scan(text.as_slice(), four, &mut |hit| {
            assert!(hit.offset < MIB as u64 * 2, "far enough");
            ControlFlow::Continue(())
        })
    }));
    assert!(outcome.is_err());
}

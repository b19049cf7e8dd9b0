//! The filter passes exactly the events that decoding all of them and comparing would pass.

#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

mod common;

use std::{num::NonZeroUsize, ops::ControlFlow};

use common::{cases, event, module_event, read, service_event};
use falconer_evtx::{
    Filter,
    encode::{Body, Event, Style, Value, encode},
    scan, scan_serial,
};
use falconer_observation::WinEvent;
use proptest::{collection::vec, prelude::*, sample::select};

fn ids(events: &[WinEvent]) -> Vec<u32> {
    events.iter().filter_map(|event| event.id).collect()
}

/// A log with events of both kinds of providers, in each style.
fn mixed_log() -> Vec<u8> {
    let mut events = Vec::new();
    for style in [Style::Classic, Style::Manifest, Style::Plain] {
        events.push(Event { style, ..module_event(1018, "exited") });
        events.push(Event { style, ..module_event(1033, "started") });
        events.push(Event { style, ..service_event(5009, "pool") });
        events.push(Event {
            style,
            provider: "Microsoft-Windows-IIS-W3SVC-WP".into(),
            ..service_event(2280, "")
        });
    }
    encode(&events).unwrap()
}

#[test]
fn a_provider_passes_wherever_its_name_stands() {
    let (events, summary) = read(&mixed_log(), &Filter::none().provider("iis aspnetcore module v2"), 1);
    assert_eq!(ids(&events), [1018, 1033, 1018, 1033, 1018, 1033]);
    assert_eq!((summary.records, summary.hits), (12, 6));
}

#[test]
fn ids_and_prefixes_restrict_it() {
    let filter =
        Filter::none().events("IIS AspNetCore Module V2", [1018]).provider("Microsoft-Windows-IIS-*");
    assert_eq!(ids(&read(&mixed_log(), &filter, 1).0), [1018, 2280, 1018, 2280, 1018, 2280]);
    assert_eq!(ids(&read(&mixed_log(), &Filter::none().events("*", [5009]), 1).0), [5009; 3]);
}

#[test]
fn the_summary_covers_what_does_not_pass() {
    let at =
        |day: u64| Event { time: 133_485_408_000_000_000 + day * 864_000_000_000, ..service_event(1, "") };
    let file = encode(&[at(3), at(0), at(9)]).unwrap();
    let (events, summary) = read(&file, &Filter::none().provider("x"), 1);
    assert_eq!(events, []);
    assert_eq!(summary.first.unwrap().to_string(), "2024-01-01 00:00:00Z");
    assert_eq!(summary.last.unwrap().to_string(), "2024-01-10 00:00:00Z");
}

#[test]
fn a_provider_without_name_passes_only_where_all_do() {
    for style in [Style::Classic, Style::Manifest, Style::Plain] {
        let file = encode(&[Event { style, id: 7, ..Event::default() }]).unwrap();
        assert_eq!(read(&file, &Filter::none().provider("*"), 1).0, [], "{style:?}");
        assert_eq!(ids(&read(&file, &Filter::all(), 1).0), [7], "{style:?}");
    }
}

#[test]
fn the_sink_can_stop_the_scan() {
    let events: Vec<Event> = (0..2000).map(|id| module_event(id, "message")).collect();
    let file = encode(&events).unwrap();
    let mut seen = Vec::new();
    let mut sink = |event: &mut WinEvent| {
        seen.push(event.id.unwrap());
        if seen.len() == 5 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let summary = scan_serial(&file[..], &Filter::all(), &mut sink).unwrap();
    assert_eq!(seen, [0, 1, 2, 3, 4]);
    assert_eq!(summary.hits, 5);
}

/// A log of some three blocks.
fn long_log() -> Vec<u8> {
    let text = "x".repeat(3000);
    encode(&(0..300).map(|id| module_event(id, &text)).collect::<Vec<_>>()).unwrap()
}

#[test]
fn with_threads_the_sink_sees_file_order_and_can_stop() {
    let file = long_log();
    for threads in 2..5 {
        let mut seen = Vec::new();
        let mut sink = |event: &mut WinEvent| {
            seen.push(event.id.unwrap());
            if seen.len() == 200 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let threads = NonZeroUsize::new(threads).unwrap();
        let summary = scan(&file[..], &Filter::all(), threads, &mut sink).unwrap();
        assert_eq!(summary.hits, 200);
        assert_eq!(seen, (0..200).collect::<Vec<_>>());
    }
}

#[test]
fn a_sink_that_panics_leaves_no_thread_waiting() {
    let file = long_log();
    for fatal in [0, 1, 150, 299] {
        let result = std::panic::catch_unwind(|| {
            let mut sink = |event: &mut WinEvent| {
                assert_ne!(event.id, Some(fatal), "as the test wants it");
                ControlFlow::Continue(())
            };
            scan(&file[..], &Filter::all(), NonZeroUsize::new(3).unwrap(), &mut sink)
        });
        assert!(result.is_err());
    }
}

/// Names of providers that are alike.
const NAMES: [&str; 6] = ["A", "a", "AB", "ABC", "Ä", "B"];
const PATTERNS: [&str; 7] = ["A", "AB", "ab*", "A*", "*", "Ä", "ä"];

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn comparing_raw_bytes_is_exact(
        events in vec((event(), select(&NAMES[..]), 0..4_u16), 1..30),
        rules in vec((select(&PATTERNS[..]), proptest::option::of(vec(0..4_u32, 0..3))), 0..4),
    ) {
        let events: Vec<Event> =
            events.into_iter().map(|(event, name, id)| Event { provider: name.into(), id, ..event }).collect();
        let filter = rules.into_iter().fold(Filter::none(), |filter, (name, ids)| match ids {
            Some(ids) => filter.events(name, ids),
            None => filter.provider(name),
        });
        let file = encode(&events).unwrap();
        let mut expected = read(&file, &Filter::all(), 1).0;
        expected.retain(|event| filter.matches(event.provider.as_deref(), event.id));
        prop_assert_eq!(read(&file, &filter, 1).0, expected);
    }
}

proptest! {
    #![proptest_config(cases(12))]

    #[test]
    fn threads_change_nothing(seed in any::<u16>(), threads in 2..5_usize) {
        // More than a block of 1 MiB, so that several threads have work.
        let text = "x".repeat(3000);
        let events: Vec<Event> = (0..700_u16)
            .map(|number| match seed.wrapping_mul(31).wrapping_add(number) % 3 {
                0 => module_event(number, &text),
                1 => service_event(number, &text),
                _ => Event { body: Body::EventData(vec![(None, Value::Text(text.clone()))]), ..service_event(number, "") },
            })
            .collect();
        let mut file = encode(&events).unwrap();
        // Some damage in the middle, which has to be told in the same way, too.
        let middle = 4096 + 65536 * 20 + usize::from(seed);
        file[middle..middle + 600].fill(0x41);
        for filter in [Filter::all(), Filter::none().provider("IIS AspNetCore Module V2"), Filter::none()] {
            prop_assert_eq!(read(&file, &filter, threads), read(&file, &filter, 1));
        }
    }
}

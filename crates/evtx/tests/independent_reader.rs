//! What the encoder writes is read in the same way by this crate and by the `evtx` crate.

#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

mod common;

use common::{cases, event, module_event, read, read_independently, service_event};
use falconer_evtx::{
    Filter,
    encode::{Body, Event, Style, Value, encode},
};
use falconer_observation::{EventLevel, Timestamp, WinEvent};
use proptest::{collection::vec, prelude::*};

#[test]
fn both_readers_see_the_event_that_was_written() {
    let file =
        encode(&[module_event(1018, "Application '/LM/W3SVC/1/ROOT' has shutdown unexpectedly.")]).unwrap();
    let expected = WinEvent {
        provider: Some("IIS AspNetCore Module V2".into()),
        id: Some(1018),
        level: Some(EventLevel::Error),
        time: Timestamp::parse_iso("2024-01-01T00:00:00Z"),
        log: Some("Application".into()),
        computer: Some("WEB01".into()),
        record: Some(1),
        process_id: None,
        data: [
            "Application '/LM/W3SVC/1/ROOT' has shutdown unexpectedly.",
            "Process Id: 4711.",
            "File Version: 18.0.1.",
        ]
        .map(|text| (None, text.to_owned()))
        .to_vec(),
        message: None,
    };
    let (events, summary) = read(&file, &Filter::all(), 1);
    assert_eq!(events, std::slice::from_ref(&expected));
    assert_eq!(summary.damaged, []);
    assert_eq!(read_independently(&file), [expected]);
}

#[test]
fn names_and_values_of_manifest_providers_are_kept() {
    let file = encode(&[service_event(5011, "DefaultAppPool")]).unwrap();
    let (events, _) = read(&file, &Filter::all(), 1);
    assert_eq!(events, read_independently(&file));
    assert_eq!(events[0].process_id, Some(912));
    assert_eq!(
        events[0].data,
        [("AppPoolID", "DefaultAppPool"), ("ProcessID", "4711"), ("ExitCode", "0xc0000005")]
            .map(|(name, value)| (Some(name.to_owned()), value.to_owned()))
    );
}

#[test]
fn a_forwarded_event_brings_its_message() {
    for style in [Style::Classic, Style::Manifest, Style::Plain] {
        let message = Some("Application pool 'p' is being stopped.".to_owned());
        let file = encode(&[Event { style, message: message.clone(), ..service_event(5002, "p") }]).unwrap();
        let (events, _) = read(&file, &Filter::all(), 1);
        assert_eq!(events[0].message, message, "{style:?}");
        assert_eq!(events, read_independently(&file), "{style:?}");
    }
}

#[test]
fn an_array_is_one_data_for_each_item() {
    let data = vec![(Some("Hosts".to_owned()), Value::Texts(vec!["a".into(), String::new(), "c".into()]))];
    let file = encode(&[Event { body: Body::EventData(data), ..service_event(1, "") }]).unwrap();
    let (events, _) = read(&file, &Filter::all(), 1);
    let hosts = Some("Hosts".to_owned());
    assert_eq!(events[0].data, ["a", "", "c"].map(|item| (hosts.clone(), item.to_owned())));
    assert_eq!(events, read_independently(&file));
}

#[test]
fn files_of_many_chunks_have_sound_checksums_and_all_their_events() {
    let events: Vec<Event> = (0..3000_u16)
        .map(|number| match number % 3 {
            0 => module_event(1000 + number % 40, &format!("message {number} {}", "x".repeat(200))),
            1 => service_event(5000 + number % 40, &format!("pool {number}")),
            _ => Event { style: Style::Plain, ..service_event(5000, "plain") },
        })
        .collect();
    let file = encode(&events).unwrap();
    let (ours, summary) = read(&file, &Filter::all(), 1);
    assert!(summary.chunks > 20, "{}", summary.chunks);
    assert_eq!((summary.records, summary.hits, summary.damaged_count), (3000, 3000, 0));
    assert_eq!(ours, read_independently(&file));
    // The independent reader checks the checksums only when it is told to.
    let settings = evtx::ParserSettings::new().validate_checksums(true);
    let mut parser = evtx::EvtxParser::from_buffer(file).unwrap().with_configuration(settings);
    assert!(parser.header().validate_checksum());
    assert_eq!(parser.records().filter(Result::is_ok).count(), 3000);
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn both_readers_agree_on_any_events(events in vec(event(), 1..20)) {
        let file = encode(&events).unwrap();
        let (ours, summary) = read(&file, &Filter::all(), 1);
        prop_assert_eq!(summary.damaged, vec![]);
        prop_assert_eq!(ours, read_independently(&file));
    }
}

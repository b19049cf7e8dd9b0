//! What is written comes back, field by field.

#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

mod common;

use common::{cases, event, read};
use falconer_evtx::{
    Filter,
    encode::{Body, ChunkWriter, Event, TooLarge, Value, encode},
    is_evtx,
};
use falconer_observation::{EventLevel, Timestamp, WinEvent};
use proptest::{collection::vec, prelude::*};

/// The data that a body of texts stands for.
fn data_of(body: &Body) -> Option<Vec<(Option<String>, String)>> {
    let text = |value: &Value| match value {
        Value::Text(text) => Some(text.clone()),
        Value::Null => Some(String::new()),
        _ => None,
    };
    match body {
        Body::None => Some(Vec::new()),
        Body::Strings(strings) => Some(strings.iter().map(|text| (None, text.clone())).collect()),
        Body::EventData(data) => {
            data.iter().map(|(name, value)| Some((name.clone(), text(value)?))).collect()
        }
        Body::UserData { element, fields, .. } if fields.is_empty() => {
            Some(vec![(Some(element.clone()), String::new())])
        }
        Body::UserData { fields, .. } => {
            fields.iter().map(|(name, value)| Some((Some(name.clone()), text(value)?))).collect()
        }
    }
}

fn same_but_data(event: &Event, record: u64, read: &WinEvent) -> WinEvent {
    WinEvent {
        provider: Some(event.provider.clone()),
        id: Some(event.id.into()),
        level: EventLevel::from_number(event.level.into()),
        time: Some(Timestamp::from_filetime(event.time)),
        log: Some(event.log.clone()),
        computer: Some(event.computer.clone()),
        record: Some(record),
        process_id: Some(event.process).filter(|id| *id != 0),
        data: read.data.clone(),
        message: event.message.clone(),
    }
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn every_field_comes_back(events in vec(event(), 1..40)) {
        let file = encode(&events).unwrap();
        let (found, summary) = read(&file, &Filter::all(), 1);
        prop_assert_eq!(summary.damaged_count, 0);
        prop_assert_eq!(found.len(), events.len());
        for ((event, found), record) in events.iter().zip(&found).zip(1..) {
            prop_assert_eq!(found, &same_but_data(event, record, found));
            if let Some(data) = data_of(&event.body) {
                prop_assert_eq!(&found.data, &data);
            }
        }
    }
}

#[test]
fn an_event_as_large_as_a_chunk_fits_and_a_larger_one_is_refused() {
    let of_length =
        |length: usize| Event { body: Body::Strings(vec!["y".repeat(length)]), ..Event::default() };
    let file = encode(&[of_length(31_000)]).unwrap();
    assert_eq!(read(&file, &Filter::all(), 1).0[0].data[0].1.len(), 31_000);
    assert_eq!(encode(&[of_length(33_000)]), Err(TooLarge));
    let mut chunk = ChunkWriter::new(1);
    assert_eq!(chunk.push(&of_length(33_000)), Err(TooLarge));
    // What did not fit left nothing behind.
    assert_eq!(chunk.push(&of_length(10)), Ok(true));
    assert_eq!(chunk.next_record(), 2);
}

#[test]
fn a_log_is_known_by_its_first_bytes() {
    let file = encode(&[]).unwrap();
    assert!(is_evtx(&file[..8]));
    for other in [&b"ElfFile"[..], b"<Event xmlns=", b"ElfChnk\0", b""] {
        assert!(!is_evtx(other));
    }
    assert_eq!(read(&file, &Filter::all(), 1).0, []);
}

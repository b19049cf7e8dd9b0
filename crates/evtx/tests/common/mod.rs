//! What the tests share: reading with this crate and with the independent one, and events to write.
#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]
#![allow(dead_code, reason = "each test program uses a part of it")]

use std::{num::NonZeroUsize, ops::ControlFlow};

use evtx::{EvtxParser, ParserSettings};
use falconer_evtx::{
    Filter, Summary,
    encode::{Body, Event, Style, Value},
    scan,
};
use falconer_observation::{EventLevel, Timestamp, WinEvent};
use proptest::{collection::vec, option, prelude::*};

/// So many cases, and no files about failures.
pub(crate) fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// All events that pass, read with so many threads.
pub(crate) fn read(file: &[u8], filter: &Filter, threads: usize) -> (Vec<WinEvent>, Summary) {
    let mut events = Vec::new();
    let threads = NonZeroUsize::new(threads).unwrap();
    let mut sink = |event: &mut WinEvent| {
        events.push(std::mem::take(event));
        ControlFlow::Continue(())
    };
    let summary = scan(file, filter, threads, &mut sink).unwrap();
    (events, summary)
}

/// All events as the `evtx` crate reads them.
pub(crate) fn read_independently(file: &[u8]) -> Vec<WinEvent> {
    let settings = ParserSettings::new().num_threads(1).indent(false);
    let mut parser = EvtxParser::from_buffer(file.to_vec()).unwrap().with_configuration(settings);
    parser.records().map(|record| event_of_xml(&record.unwrap().data)).collect()
}

/// Reads the XML of one event.
pub(crate) fn event_of_xml(xml: &str) -> WinEvent {
    let document = roxmltree::Document::parse(xml).unwrap_or_else(|error| panic!("{error}: {xml}"));
    let child = |node: roxmltree::Node<'_, '_>, name: &str| {
        node.children().find(|child| child.tag_name().name() == name).map(|child| child.id())
    };
    let get = |id| document.get_node(id).unwrap();
    let root = document.root_element();
    let system = get(child(root, "System").unwrap());
    let text = |name: &str| {
        let text = get(child(system, name)?).text().unwrap_or("");
        (!text.is_empty()).then(|| text.to_owned())
    };
    let attribute = |name: &str, attribute: &str| {
        get(child(system, name)?).attribute(attribute).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let message = child(root, "RenderingInfo").and_then(|info| child(get(info), "Message"));
    let body = root
        .children()
        .filter(|node| node.is_element() && !["System", "RenderingInfo"].contains(&node.tag_name().name()));
    WinEvent {
        provider: attribute("Provider", "Name"),
        id: text("EventID").map(|id| id.parse().unwrap()),
        level: text("Level").and_then(|level| EventLevel::from_number(level.parse().unwrap())),
        time: attribute("TimeCreated", "SystemTime").and_then(|time| Timestamp::parse_iso(&time)),
        log: text("Channel"),
        computer: text("Computer"),
        record: text("EventRecordID").map(|id| id.parse().unwrap()),
        process_id: attribute("Execution", "ProcessID").map(|id| id.parse().unwrap()).filter(|id| *id != 0),
        data: body.flat_map(leaves).collect(),
        message: message.and_then(|message| get(message).text()).map(str::to_owned),
    }
}

/// The leaf elements in a node, with their names and texts.
fn leaves(node: roxmltree::Node<'_, '_>) -> Vec<(Option<String>, String)> {
    let leaves = node.descendants().filter(|leaf| {
        leaf.is_element() && *leaf != node && !leaf.children().any(|child| child.is_element())
    });
    leaves
        .map(|leaf| {
            let tag = leaf.tag_name().name();
            let name = leaf.attribute("Name").or((tag != "Data").then_some(tag));
            (name.map(str::to_owned), leaf.text().unwrap_or("").to_owned())
        })
        .collect()
}

/// Text that XML can hold as it is.
pub(crate) fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[ -~]{0,60}", "[a-zäöüß€日本😀<&>'\"]{0,20}"]
}

pub(crate) fn name() -> impl Strategy<Value = String> {
    "[A-Za-z][A-Za-z0-9_]{0,12}"
}

pub(crate) fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        text().prop_map(Value::Text),
        "[ -~]{0,30}".prop_map(|text| Value::Ansi(text.into_bytes())),
        any::<i8>().prop_map(Value::I8),
        any::<u8>().prop_map(Value::U8),
        any::<i16>().prop_map(Value::I16),
        any::<u16>().prop_map(Value::U16),
        any::<i32>().prop_map(Value::I32),
        any::<u32>().prop_map(Value::U32),
        any::<i64>().prop_map(Value::I64),
        any::<u64>().prop_map(Value::U64),
        // Readers may round differently where two shortest forms are equally near: none here.
        (-9999..9999_i16).prop_map(|eighths| Value::F32(f32::from(eighths) / 8.0)),
        (-99_999..99_999_i32).prop_map(|eighths| Value::F64(f64::from(eighths) / 8.0)),
        any::<bool>().prop_map(Value::Bool),
        vec(any::<u8>(), 0..40).prop_map(Value::Binary),
        any::<[u8; 16]>().prop_map(Value::Guid),
        any::<u64>().prop_map(Value::Size),
        (0..2_650_467_743_990_000_000_u64).prop_map(Value::FileTime),
        (1601..9999_u16, 1..=12_u16, 1..=28_u16, 0..24_u16, 0..60_u16, 0..1000_u16).prop_map(
            |(year, month, day, hour, minute, milli)| {
                Value::SystemTime([year, month, 0, day, hour, minute, 59, milli])
            }
        ),
        vec(any::<u32>(), 0..5).prop_map(|parts| {
            let mut sid = vec![1, u8::try_from(parts.len()).unwrap(), 0, 0, 0, 0, 0, 5];
            parts.iter().for_each(|part| sid.extend_from_slice(&part.to_le_bytes()));
            Value::Sid(sid)
        }),
        any::<u32>().prop_map(Value::Hex32),
        any::<u64>().prop_map(Value::Hex64),
        vec(text(), 1..5).prop_map(Value::Texts),
        vec(any::<u32>(), 1..5).prop_map(Value::U32s),
    ]
}

pub(crate) fn body() -> impl Strategy<Value = Body> {
    prop_oneof![
        Just(Body::None),
        vec(text(), 1..6).prop_map(Body::Strings),
        vec((option::of(name()), value()), 0..8).prop_map(Body::EventData),
        (name(), vec((name(), value()), 0..6)).prop_map(|(element, fields)| Body::UserData {
            element,
            namespace: "http://manifests.microsoft.com/win/2004/08/windows/eventlog".into(),
            fields
        }),
    ]
}

prop_compose! {
    pub(crate) fn event()(
        style in prop_oneof![3 => Just(Style::Classic), 3 => Just(Style::Manifest), 1 => Just(Style::Plain)],
        provider in prop_oneof![name(), Just("IIS AspNetCore Module V2".to_owned()), Just(".NET Runtime".to_owned())],
        guid in option::of(any::<[u8; 16]>()),
        id in prop_oneof![any::<u16>(), 1000..1040_u16],
        qualifiers in option::of(any::<u16>()),
        level in 0..6_u8,
        time in 100_000_000_000_000_000..150_000_000_000_000_000_u64,
        process in any::<u32>(),
        log in name(),
        computer in "[A-Z0-9-]{1,15}",
        body in body(),
        message in option::weighted(0.2, "[!-~][ -~]{0,50}"),
    ) -> Event {
        Event {
            style, provider, guid, id, qualifiers, level, time, process, log, computer, body, message,
            ..Event::default()
        }
    }
}

/// An event of the module, as the classic source it is.
pub(crate) fn module_event(id: u16, text: &str) -> Event {
    Event {
        provider: "IIS AspNetCore Module V2".into(),
        id,
        level: 2,
        log: "Application".into(),
        body: Body::Strings(vec![text.into(), "Process Id: 4711.".into(), "File Version: 18.0.1.".into()]),
        ..Event::default()
    }
}

/// An event of a provider with a manifest.
pub(crate) fn service_event(id: u16, pool: &str) -> Event {
    Event {
        style: Style::Manifest,
        provider: "Microsoft-Windows-WAS".into(),
        guid: Some(*b"0123456789abcdef"),
        id,
        level: 3,
        process: 912,
        log: "System".into(),
        body: Body::EventData(vec![
            (Some("AppPoolID".into()), Value::Text(pool.into())),
            (Some("ProcessID".into()), Value::U32(4711)),
            (Some("ExitCode".into()), Value::Hex32(0xc000_0005)),
        ]),
        ..Event::default()
    }
}

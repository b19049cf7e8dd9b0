//! Several applications, several days, one event log.

use falconer_evtx::encode::{Body, Event, encode};
use serde_json::Value;

use crate::samples::{FRAMEWORK_MISSING, event};
use crate::support::{diagnose_json, folder};

/// 2026-11-02 00:00:00 UTC as a FILETIME.
const MIDNIGHT: u64 = 134_380_512_000_000_000;
const SECOND: u64 = 10_000_000;

fn module(id: u16, seconds: u64, message: &str) -> Event {
    Event {
        provider: "IIS AspNetCore Module V2".into(),
        id,
        level: 2,
        log: "Application".into(),
        time: MIDNIGHT + seconds * SECOND,
        process: 4712,
        body: Body::Strings(vec![message.into()]),
        ..Event::default()
    }
}

fn diagnosed(report: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let diagnoses = report["diagnoses"].as_array().unwrap().iter();
    diagnoses.map(|d| (text(&d["id"]), text(&d["application"]["id"]))).collect()
}

/// Site 1 lacks a framework in the morning, site 2 has mixed hosting models in the evening.
const MORNING: &str = "Could not find 'aspnetcorev2_inprocess.dll'. Exception message:";
const EVENING: &str = "Mixed hosting model is not supported. Application '/LM/W3SVC/2/ROOT' configured with different \
                       hostingModel value '2' other than the one of running application(s).";

#[test]
fn apps_in_a_binary_event_log_stay_apart_and_the_newest_comes_first() {
    let noise = |n: u64| Event {
        provider: "Microsoft-Windows-Security-SPP".into(),
        id: 16384,
        time: MIDNIGHT + n * SECOND,
        body: Body::Strings(vec![format!("Successfully scheduled, try {n}.")]),
        ..Event::default()
    };
    let mut events: Vec<Event> = (0..500).map(noise).collect();
    events.push(module(1027, 30_000, &format!("{MORNING}\n{FRAMEWORK_MISSING}")));
    let stopped = "Failed to start application '/LM/W3SVC/1/ROOT', ErrorCode '0x8000ffff'.";
    events.push(module(1010, 30_000, stopped));
    events.extend((600..900).map(noise));
    events.push(module(1009, 70_000, EVENING));
    let folder = folder(&[("Application.evtx", &encode(&events).unwrap())]);
    let ran = diagnose_json().args([folder.path()]).run().quietly_exits(1);
    let expected = [
        ("mixed-hosting-models".to_owned(), "/LM/W3SVC/2/ROOT".to_owned()),
        ("shared-framework-missing".to_owned(), "/LM/W3SVC/1/ROOT".to_owned()),
    ];
    assert_eq!(diagnosed(&ran.json()), expected);
    let newest = &ran.json()["diagnoses"][0];
    assert_eq!(newest["evidence"][0]["record"], 803);
    assert_eq!(newest["evidence"][0]["label"], "IIS AspNetCore Module V2 / 1009");
    assert_eq!(newest["seen"]["first"], "2026-11-02 19:26:40Z");
}

#[test]
fn apps_in_copied_events_stay_apart_too() {
    let framework = event(
        1007,
        "11/2/2026 8:20:00 AM",
        &format!(
            "Application '/LM/W3SVC/1/ROOT' with physical root 'C:\\inetpub\\shop\\' failed to load coreclr. \
             Exception message:\n{FRAMEWORK_MISSING}"
        ),
    );
    let mixed = event(1009, "11/3/2026 7:26:40 PM", EVENING);
    let ran = diagnose_json().stdin(format!("{framework}{mixed}")).run().quietly_exits(1);
    let found = diagnosed(&ran.json());
    assert_eq!(found.first().unwrap().1, "/LM/W3SVC/2/ROOT", "{found:?}");
    assert!(found.contains(&("shared-framework-missing".into(), "/LM/W3SVC/1/ROOT".into())), "{found:?}");
}

#[test]
fn a_log_without_anything_of_ours_shows_that_there_is_nothing() {
    let other = Event { provider: "Outlook".into(), id: 63, ..Event::default() };
    let folder = folder(&[("Application.evtx", &encode(&[other]).unwrap())]);
    let ran = diagnose_json().args([folder.path()]).run().quietly_exits(0);
    assert!(ran.json()["channels"].to_string().contains(r#"{"channel":"event-log","state":"nothing"}"#));
}

//! Event XML in the shapes in which people and tools hand it over.

use falconer_event_text::{Damage, Form, Located, read};
use falconer_observation::EventLevel;

const MODULE: &str = "IIS AspNetCore Module V2";

/// One event as `wevtutil qe Application /f:xml` writes it.
fn wevtutil(id: u32, message: &str) -> String {
    format!(
        "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='{MODULE}'/>\
         <EventID Qualifiers='0'>{id}</EventID><Level>2</Level><Task>0</Task><Keywords>0x80000000000000</Keywords>\
         <TimeCreated SystemTime='2021-07-28T19:23:44.0760000Z'/><EventRecordID>31461</EventRecordID>\
         <Execution ProcessID='4711' ThreadID='0'/><Channel>Application</Channel><Computer>WEB01</Computer><Security/>\
         </System><EventData><Data>{message}</Data><Data>Process Id: 11020.</Data></EventData></Event>"
    )
}

fn ids(events: &[Located]) -> Vec<Option<u32>> {
    events.iter().map(|located| located.event.id).collect()
}

#[test]
fn every_field_of_an_event_is_read() {
    let reading =
        read(&wevtutil(1018, "Application &apos;/LM/W3SVC/2/ROOT&apos; &lt;b&gt; &#x41;&#66; &nbsp; a&b"));
    let event = &reading.events[0].event;
    assert_eq!(event.provider.as_deref(), Some(MODULE));
    assert_eq!(
        (event.id, event.level, event.record, event.process_id),
        (Some(1018), Some(EventLevel::Error), Some(31461), Some(4711))
    );
    assert_eq!((event.log.as_deref(), event.computer.as_deref()), (Some("Application"), Some("WEB01")));
    assert_eq!(event.time.map(|time| time.to_string()).as_deref(), Some("2021-07-28 19:23:44Z"));
    let strings = [
        (None, "Application '/LM/W3SVC/2/ROOT' <b> AB &nbsp; a&b".to_owned()),
        (None, "Process Id: 11020.".to_owned()),
    ];
    assert_eq!((event.data.as_slice(), event.message.as_ref()), (strings.as_slice(), None));
    assert_eq!((reading.form, reading.rest, reading.problems), (Some(Form::Xml), vec![], vec![]));
}

#[test]
fn events_without_a_root_stand_one_behind_the_other() {
    let text = format!("{}{}\n{}", wevtutil(1007, "a"), wevtutil(1018, "b"), wevtutil(1032, "c"));
    let reading = read(&text);
    assert_eq!(ids(&reading.events), [Some(1007), Some(1018), Some(1032)]);
    assert_eq!(reading.events.iter().map(|e| e.line).collect::<Vec<_>>(), [1, 1, 2]);
    assert_eq!(reading.events[1].bytes.start, reading.events[0].bytes.end);
}

#[test]
fn a_saved_document_has_nothing_but_events() {
    let text = format!(
        "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\r\n<Events>{}{}</Events>\r\n",
        wevtutil(1007, "a"),
        wevtutil(1018, "b")
    );
    let reading = read(&text);
    assert_eq!((reading.events.len(), reading.rest.len()), (2, 0));
}

#[test]
fn a_rendered_message_is_the_message() {
    let text = "<Event xmlns=\"http://schemas.microsoft.com/win/2004/08/events/event\"><System>\
        <Provider Name=\"Microsoft-Windows-WAS\" Guid=\"{x}\" EventSourceName=\"WAS\"/><EventID Qualifiers=\"32768\">5009</EventID>\
        <Level>3</Level></System><EventData><Data Name=\"AppPoolID\">DefaultAppPool</Data><Data Name=\"ProcessID\">4484</Data>\
        <Binary>C1000000</Binary></EventData><RenderingInfo Culture=\"en-US\"><Message>A process serving application pool \
        'DefaultAppPool' terminated unexpectedly.</Message><Level>Warning</Level><Channel>System</Channel></RenderingInfo></Event>";
    let reading = read(text);
    let event = &reading.events[0].event;
    assert_eq!(
        event.message.as_deref(),
        Some("A process serving application pool 'DefaultAppPool' terminated unexpectedly.")
    );
    assert_eq!(
        (event.provider.as_deref(), event.level),
        (Some("Microsoft-Windows-WAS"), Some(EventLevel::Warning))
    );
    let named = |name: &str, value: &str| (Some(name.to_owned()), value.to_owned());
    assert_eq!(
        event.data,
        [named("AppPoolID", "DefaultAppPool"), named("ProcessID", "4484"), named("Binary", "C1000000")]
    );
    assert_eq!(event.log.as_deref(), Some("System"));
}

#[test]
fn user_data_is_read_by_the_names_of_its_elements() {
    let text = "<Event><System><Provider Name='X'/><EventID>1</EventID></System><UserData><EventXML xmlns='y'>\
        <Reason>low memory</Reason><Empty/><Nested><Code>5</Code></Nested></EventXML></UserData></Event>";
    let data = &read(text).events[0].event.data;
    assert_eq!(data, &[(Some("Reason".into()), "low memory".into()), (Some("Code".into()), "5".into())]);
}

#[test]
fn the_tree_of_an_old_browser_has_minus_signs() {
    let text = "- <Event xmlns=\"http://schemas.microsoft.com/win/2004/08/events/event\">\n- <System>\n  \
        <Provider Name=\"IIS AspNetCore Module V2\" /> \n  <EventID Qualifiers=\"0\">1018</EventID> \n  <Level>2</Level> \n  \
        <Security /> \n  </System>\n- <EventData>\n  <Data>Application 'x' failed</Data> \n  </EventData>\n  </Event>\n";
    let reading = read(text);
    let event = &reading.events[0].event;
    assert_eq!((event.id, event.text().as_str()), (Some(1018), "Application 'x' failed"));
    assert_eq!((reading.events[0].bytes.start, reading.rest), (0, vec![]));
    let folded = format!("▼<Events>\n▼{}\n</Events>", wevtutil(7, "x"));
    assert_eq!((read(&folded).events.len(), read(&folded).rest), (1, vec![]));
}

#[test]
fn an_escaped_event_that_breaks_off_ends_before_the_next_of_any_form() {
    let text =
        "&lt;Event&gt;&lt;System&gt;&lt;EventID&gt;7&lt;/EventID&gt;\nmore\n```\nEvent 1004 (Warning)\nm\n";
    let reading = read(text);
    assert_eq!(ids(&reading.events), [Some(7), Some(1004)]);
    assert_eq!(reading.problems[0].what, Damage::BreaksOff);
}

#[test]
fn levels_of_azures_file_are_event_types() {
    let event = |level: u32| {
        format!(
            "<Event><System><Provider Name=\"IIS AspNetCore Module V2\"/><EventID>1018</EventID><Level>{level}</Level>\
             <Task>0</Task><Keywords>Keywords</Keywords><TimeCreated SystemTime=\"2021-07-28T19:23:44Z\"/>\
             <EventRecordID>213</EventRecordID><Channel>Application</Channel><Computer>RD0</Computer><Security/></System>\
             <EventData><Data>Application failed</Data></EventData></Event>"
        )
    };
    let reading = read(&format!("<Events>{}{}{}</Events>", event(1), event(2), event(4)));
    let levels: Vec<_> = reading.events.iter().map(|e| e.event.level).collect();
    assert_eq!(levels, [Some(EventLevel::Error), Some(EventLevel::Warning), Some(EventLevel::Information)]);
}

#[test]
fn a_rotated_file_keeps_its_whole_events_and_says_what_is_cut() {
    let text = format!(
        "lost beginning</Data></EventData></Event>{}<Event><System><Provider Name=\"X\"/><EventID>7</EventID>\
         </System><EventData><Data>lost e",
        wevtutil(1018, "whole")
    );
    let reading = read(&text);
    assert_eq!(ids(&reading.events), [Some(1018), Some(7)]);
    assert_eq!(reading.events[1].event.text(), "lost e");
    let damage: Vec<_> = reading.problems.into_iter().map(|problem| problem.what).collect();
    assert_eq!(damage, [Damage::NoBeginning, Damage::BreaksOff]);
    assert_eq!(reading.rest.len(), 1, "the lost beginning stays text");
}

#[test]
fn an_event_cut_behind_its_system_part_takes_nothing_that_follows() {
    let text = "<Event xmlns=\"x\">\n  <System>\n    <Provider Name=\"Microsoft-Windows-WAS\" />\n    <EventID>5076</EventID>\n  \
        </System>\n\nA worker process <b>requested</b> a recycle.\n";
    let reading = read(text);
    assert_eq!(ids(&reading.events), [Some(5076)]);
    assert_eq!(reading.problems.len(), 1);
    assert_eq!(&text[reading.rest[0].clone()], "A worker process <b>requested</b> a recycle.");
}

#[test]
fn a_broken_event_does_not_hide_its_neighbours() {
    let broken = wevtutil(1007, "x</Oops>y").replace("</System>", "");
    let cut = "<Event><System><Provider Name='A'/><EventID>1</EventID>";
    let text = format!("{}\n{broken}\n{cut}\n{}", wevtutil(1, "a"), wevtutil(3, "c"));
    let reading = read(&text);
    assert_eq!(ids(&reading.events), [Some(1), Some(1007), Some(1), Some(3)]);
    let lines: Vec<_> = reading.problems.iter().map(|p| p.line).collect();
    assert_eq!(lines, [2, 3]);
    assert!(matches!(reading.problems[0].what, Damage::Malformed(_)));
}

#[test]
fn escaped_xml_is_unescaped_once() {
    let plain = wevtutil(1018, "a &lt;b&gt; c");
    let text = plain.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\'', "&#39;");
    let reading = read(&format!("<pre>{text}</pre> tail"));
    assert_eq!(reading.form, Some(Form::EscapedXml));
    assert_eq!(reading.events[0].event, read(&plain).events[0].event);
    assert_eq!(reading.rest.len(), 2);
}

#[test]
fn a_link_that_a_browser_put_into_the_namespace_does_no_harm() {
    let text = "<Event xmlns=\"<a href=\"http://schemas.microsoft.com/win/2004/08/events/event\">http://schemas</a>\">\
        <System><Provider Name=\".NET Runtime\"/><EventID>1026</EventID></System></Event>";
    assert_eq!(ids(&read(text).events), [Some(1026)]);
}

#[test]
fn entities_of_a_document_type_are_not_expanded() {
    let text = "<!DOCTYPE x [<!ENTITY big \"bigbigbig\"><!ENTITY file SYSTEM \"file:///etc/passwd\">]>\
        <Event><System><Provider Name='X'/><EventID>1</EventID></System><EventData><Data>&big;&file;</Data></EventData></Event>";
    assert_eq!(read(text).events[0].event.text(), "&big;&file;");
}

#[test]
fn elements_nested_without_end_are_not_followed() {
    let text = format!(
        "<Event><System><Provider Name='X'/><EventID>1</EventID></System><UserData>{}</UserData></Event>",
        "<a>".repeat(100_000)
    );
    let reading = read(&text);
    assert_eq!(ids(&reading.events), [Some(1)]);
}

#[test]
fn the_events_of_a_failed_request_trace_are_no_windows_events() {
    let trace = format!("<failedRequest url=\"x\">{}</failedRequest>", wevtutil(0, "trace"));
    let reading = read(&format!("{trace}{}{trace}", wevtutil(1018, "event")));
    assert_eq!(ids(&reading.events), [Some(1018)]);
}

#[test]
fn other_elements_of_that_name_are_no_events() {
    for text in
        ["<Event/>", "<Event name='click'><target/></Event>", "<Events></Events>", "<Event", "a <Event > b"]
    {
        let reading = read(text);
        assert_eq!((reading.events.len(), reading.problems.len()), (0, 0), "{text}");
    }
}

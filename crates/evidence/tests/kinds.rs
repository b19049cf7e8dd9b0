//! What an input is is found by its content; its name only helps where the content does not tell.

mod common;

use common::{channels, gather, only};
use falconer_observation::{Channel, ChannelState};

#[test]
fn each_kind_of_text_is_told_by_its_content_whatever_its_name() {
    let cases: [(&str, Channel); 11] = [
        (
            "<!DOCTYPE html><html><head><title>x</title></head><body><h1>HTTP Error 500.30</h1></body></html>",
            Channel::Page,
        ),
        ("HTTP/1.1 502 Bad Gateway\r\nServer: Microsoft-IIS/10.0\r\n\r\n", Channel::Page),
        (
            "<configuration><system.webServer><aspNetCore processPath=\"dotnet\" /></system.webServer></configuration>",
            Channel::WebConfig,
        ),
        (
            "<configuration><system.applicationHost><applicationPools/></system.applicationHost></configuration>",
            Channel::AppHostConfig,
        ),
        (
            "<configuration><configSections><section name=\"contoso\" type=\"Contoso.Section, Contoso\" /></configSections><system.webServer><aspNetCore processPath=\"dotnet\" /></system.webServer></configuration>",
            Channel::WebConfig,
        ),
        (
            "<configuration><configSections><sectionGroup name=\"system.webServer\"><section name=\"handlers\" /></sectionGroup></configSections></configuration>",
            Channel::AppHostConfig,
        ),
        (
            "#Software: Microsoft Internet Information Services 10.0\n#Fields: date time cs-uri-stem sc-status sc-substatus sc-win32-status\n2024-01-01 10:00:00 /a 500 30 0\n",
            Channel::IisLog,
        ),
        (
            "#Software: Microsoft HTTP API 2.0\n#Fields: date time c-ip c-port s-ip s-port cs-version cs-method cs-uri sc-status s-siteid s-reason s-queuename\n2024-01-01 10:00:00 ::1 1 ::1 80 HTTP/1.1 GET / 503 1 AppOffline Pool\n",
            Channel::HttpErr,
        ),
        (
            "[aspnetcorev2.dll] Initializing logs for 'C:\\x\\aspnetcorev2.dll'. Process Id: 492.. File Version: 12.2.19109.5.\n",
            Channel::DebugLog,
        ),
        (
            "<failedRequest url=\"http://localhost/\" statusCode=\"500.19\"><Event/></failedRequest>",
            Channel::Freb,
        ),
        (
            "Log Name:      Application\nSource:        IIS AspNetCore Module V2\nDate:          1/2/2024 10:00:00 AM\nEvent ID:      1018\nLevel:         Error\nDescription:\nApplication 'x' hit unexpected managed exception\n",
            Channel::EventLog,
        ),
    ];
    for (text, channel) in cases {
        assert_eq!(channels(&gather(&[("anything.dat", text.as_bytes())])), [channel], "{text}");
    }
}

#[test]
fn a_name_tells_the_channel_of_plain_words() {
    for (name, channel) in [
        ("page.txt", Channel::Page),
        ("event-log.txt", Channel::EventLog),
        ("stdout.log", Channel::Stdout),
        ("other.txt", Channel::Note),
        ("aspnetcore-debug.log", Channel::DebugLog),
    ] {
        assert_eq!(channels(&gather(&[(name, b"it does not work")])), [channel], "{name}");
    }
}

#[test]
fn a_stdout_log_has_the_time_and_process_of_its_name() {
    let evidence =
        gather(&[("logs/stdout_20210728192344_11020.log", b"Unhandled exception. System.Exception: x")]);
    let observation = only(&evidence);
    assert_eq!(observation.channel, Channel::Stdout);
    assert_eq!(observation.pid, Some(11020));
    assert_eq!(observation.time.map(|t| t.to_string()).as_deref(), Some("2021-07-28 19:23:44Z"));
}

#[test]
fn every_encoding_gives_the_same_text() {
    let text = "HTTP Error 500.30 - läuft nicht\r\n";
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let windows1252: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect();
    for bytes in [text.as_bytes(), &[&b"\xff\xfe"[..], &utf16].concat(), &utf16, &windows1252] {
        assert_eq!(only(&gather(&[("page.txt", bytes)])).text, text);
    }
}

#[test]
fn an_empty_file_and_a_note_of_absence_are_states_and_no_observations() {
    let evidence = gather(&[("stdout.log", b""), ("event-log.txt", b"(no entry)")]);
    assert!(evidence.observations.is_empty());
    assert_eq!(evidence.channel(Channel::Stdout), ChannelState::Empty);
    assert_eq!(evidence.channel(Channel::EventLog), ChannelState::Nothing);
    assert_eq!(evidence.channel(Channel::Page), ChannelState::NotLooked);
}

#[test]
fn an_event_log_with_nothing_of_a_site_was_looked_at() {
    let event = |source: &str| {
        format!(
            "Log Name:      Application\r\nSource:        {source}\r\nDate:          11/12/2024 9:40:12 AM\r\nEvent ID:      8224\r\n\
             Level:         Information\r\nComputer:      WEB01\r\nDescription:\r\nThe service is shutting down.\r\n\r\n"
        )
    };
    let evidence = gather(&[("log.txt", event("VSS").as_bytes())]);
    assert_eq!(evidence.channel(Channel::EventLog), ChannelState::Nothing);
    assert!(evidence.observations.is_empty(), "{:?}", evidence.observations);
    let both = event("VSS") + &event("IIS AspNetCore Module V2");
    assert_eq!(gather(&[("log.txt", both.as_bytes())]).channel(Channel::EventLog), ChannelState::Present);
}

#[test]
fn dotnet_info_and_configuration_inside_a_note_are_found() {
    let note = "it fails with <aspNetCore processPath=\"dotnet\" arguments=\".\\App.dll\" hostingModel=\"inprocess\" /> and\n\
                .NET runtimes installed:\n  Microsoft.NETCore.App 6.0.5 [C:\\Program Files\\dotnet\\shared\\Microsoft.NETCore.App]\n";
    let evidence = gather(&[("ticket.txt", note.as_bytes())]);
    assert!(
        evidence
            .facts
            .iter()
            .any(|f| f.id == "web-config.aspnetcore" && f.fields["process-path"] == "dotnet")
    );
    assert!(channels(&evidence).contains(&Channel::Runtimes));
}

#[test]
fn of_a_mixed_paste_each_part_is_read() {
    let paste = "here is the event:\n<Event xmlns=\"http://schemas.microsoft.com/win/2004/08/events/event\"><System>\
                 <Provider Name=\"IIS AspNetCore Module V2\"/><EventID>1010</EventID><Level>2</Level></System><EventData>\
                 <Data>Failed to start application '/LM/W3SVC/1/ROOT', ErrorCode '0x8000ffff'.</Data></EventData></Event>\nand it worked before\n";
    let evidence = gather(&[("ticket.txt", paste.as_bytes())]);
    let event = evidence.observations.iter().find_map(|o| o.event.as_ref()).expect("the event is read");
    assert_eq!((event.id, event.provider.as_deref()), (Some(1010), Some("IIS AspNetCore Module V2")));
    assert!(evidence.observations.iter().any(|o| o.text.contains("worked before")));
}

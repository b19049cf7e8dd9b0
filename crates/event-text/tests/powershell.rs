//! What PowerShell prints and exports of events.

use falconer_event_text::{Damage, Form, read};
use falconer_observation::{EventLevel, WinEvent};

const MODULE: &str = "IIS AspNetCore Module V2";

fn time(event: &WinEvent) -> String {
    event.time.map_or_else(String::new, |time| time.to_string())
}

#[test]
fn the_short_list_of_get_winevent() {
    let text = "\r\n\r\nTimeCreated  : 7/28/2021 7:23:44 PM\r\nProviderName : IIS AspNetCore Module V2\r\nId           : 1018\r\n\
        Message      : Application '/LM/W3SVC/2/ROOT' hit unexpected managed exception.\r\n               Source: not a field\r\n\
        \x20              \r\n                  at App.Main()\r\n\r\nTimeCreated  : 7/28/2021 7:23:40 PM\r\nProviderName : .NET Runtime\r\n\
        Id           : 1026\r\nMessage      : Application: w3wp.exe\r\n\r\n\r\n\r\nPS C:\\> exit\r\n";
    let reading = read(text);
    assert_eq!((reading.form, reading.events.len()), (Some(Form::PowerShellList), 2));
    let event = &reading.events[0].event;
    assert_eq!(
        (event.provider.as_deref(), event.id, time(event).as_str()),
        (Some(MODULE), Some(1018), "2021-07-28 19:23:44")
    );
    let message = "Application '/LM/W3SVC/2/ROOT' hit unexpected managed exception.\nSource: not a field\n\n   at App.Main()";
    assert_eq!(event.message.as_deref(), Some(message));
    assert_eq!(&text[reading.rest[0].clone()], "PS C:\\> exit");
}

#[test]
fn the_whole_list_of_get_winevent() {
    let text = "Message              : Application started.\nId                   : 1032\nVersion              : 0\nQualifiers           : 0\n\
        Level                : 4\nTask                 : 0\nOpcode               : \nKeywords             : 36028797018963968\n\
        RecordId             : 31461\nProviderName         : IIS AspNetCore Module V2\nProviderId           : \nLogName              : Application\n\
        ProcessId            : 4711\nThreadId             : 0\nMachineName          : WEB01\nUserId               : \n\
        TimeCreated          : 28.07.2021 19:23:44\nActivityId           : \nContainerLog         : Application\nMatchedQueryIds      : {}\n\
        Bookmark             : System.Diagnostics.Eventing.Reader.EventBookmark\nLevelDisplayName     : Information\n\
        Properties           : {System.Diagnostics.Eventing.Reader.EventProperty, System.Diagnostics.Eventing.Reader.EventProperty,\n\
        \x20                      System.Diagnostics.Eventing.Reader.EventProperty}\n";
    let event = &read(text).events[0].event;
    assert_eq!(
        (event.record, event.process_id, event.level),
        (Some(31461), Some(4711), Some(EventLevel::Information))
    );
    assert_eq!((event.log.as_deref(), event.computer.as_deref()), (Some("Application"), Some("WEB01")));
    assert_eq!((event.message.as_deref(), event.data.len()), (Some("Application started."), 0));
}

#[test]
fn the_list_of_get_eventlog() {
    let text = "Index              : 31461\nEntryType          : Error\nInstanceId         : 3221226472\nMessage            : The Module DLL failed to load.\n\
        Category           : (0)\nCategoryNumber     : 0\nReplacementStrings : {C:\\Windows\\system32\\inetsrv\\aspnetcore.dll}\n\
        Source             : Microsoft-Windows-IIS-W3SVC-WP\nTimeGenerated      : 28/07/2021 19:23:44\nTimeWritten        : 28/07/2021 19:23:45\n\
        UserName           : \nData               : {193, 0, 0, 0}\n";
    let event = &read(text).events[0].event;
    assert_eq!((event.id, event.record, event.level), (Some(1000), Some(31461), Some(EventLevel::Error)));
    assert_eq!(
        (event.provider.as_deref(), time(event).as_str()),
        (Some("Microsoft-Windows-IIS-W3SVC-WP"), "2021-07-28 19:23:44")
    );
    assert_eq!(event.data, [(Some("Binary".into()), "C1000000".into())]);
}

#[test]
fn strings_stand_in_for_a_message_that_is_missing() {
    let text = "Index              : 1\nInstanceId         : 1000\nMessage            : \nReplacementStrings : {Application 'x' failed, once}\n\
        Source             : IIS AspNetCore Module\n";
    assert_eq!(read(text).events[0].event.text(), "Application 'x' failed, once");
}

#[test]
fn lists_that_lost_their_padding_are_read() {
    let text = "Message: Application '' was recycled.\nsecond line\nId: 1012\n\nMessage: \nId: 1024\n";
    let events = read(text).events;
    assert_eq!(events.len(), 2);
    assert_eq!(events[0].event.message.as_deref(), Some("Application '' was recycled.\nsecond line"));
    assert_eq!((events[1].event.id, &events[1].event.message), (Some(1024), &None));
}

#[test]
fn lists_of_other_things_are_no_events() {
    for text in [
        "Id      : 7\nName    : x\nState   : Running\n",
        "Category: Microsoft.AspNetCore.Hosting\nEventId: 6\n\nApplication startup exception\n",
        "Message : text\nSource  : App\n",
        "Source:C:\\path\n",
    ] {
        assert_eq!(read(text).events, [], "{text}");
    }
}

#[test]
fn the_table_of_get_winevent_is_grouped_by_source() {
    let text = "\n\n   ProviderName: IIS AspNetCore Module V2\n\nTimeCreated                     Id LevelDisplayName Message                         \n\
        -----------                     -- ---------------- -------                         \n\
        7/28/2021 7:23:44 PM          1018 Error            Application '/LM/W3SVC/2/ROOT...\n\
        7/28/2021 7:23:40 PM          1007 Error            Application 'x' failed...       \n\n\n\
        \x20  ProviderName: .NET Runtime\n\nTimeCreated                     Id LevelDisplayName Message\n\
        -----------                     -- ---------------- -------\n7/28/2021 7:23:40 PM          1026 Error            Application: w3wp.exe...\n\nafter\n";
    let reading = read(text);
    let seen: Vec<_> = reading
        .events
        .iter()
        .map(|e| (e.event.provider.as_deref().unwrap_or(""), e.event.id, e.event.level))
        .collect();
    let error = Some(EventLevel::Error);
    assert_eq!(
        seen,
        [(MODULE, Some(1018), error), (MODULE, Some(1007), error), (".NET Runtime", Some(1026), error)]
    );
    assert_eq!(reading.events[0].event.message.as_deref(), Some("Application '/LM/W3SVC/2/ROOT..."));
    assert_eq!(reading.events[0].form, Form::PowerShellTable);
    assert_eq!(&text[reading.rest[0].clone()], "after");
}

#[test]
fn the_table_of_get_eventlog_has_numbers_at_the_right_edge() {
    let text = "   Index Time          EntryType   Source                 InstanceID Message\n   ----- ----          ---------   ------                 ---------- -------\n   \
        31461 Jul 28 19:23  Error       IIS AspNetCore Mo...         1018 Application '/LM/W3SVC/2/ROOT' with physical r...\n  \
        131460 Jul 28 19:22  Information Microsoft-Windows...   1073742845 The Windows Process...\n";
    let events = read(text).events;
    let first = &events[0].event;
    assert_eq!((first.id, first.record, first.level), (Some(1018), Some(31461), Some(EventLevel::Error)));
    assert_eq!((first.provider.as_deref(), first.time), (Some("IIS AspNetCore Mo..."), None));
    assert_eq!((events[1].event.record, events[1].event.id), (Some(131_460), Some(1021)));
}

#[test]
fn wrapped_rows_are_put_together() {
    let text = "TimeCreated            Id ProviderName         Message\n-----------            -- ------------         -------\n\
        7/28/2021 7:23:44 PM 1018 IIS AspNetCore       Application\n                          Module V2            '/LM/W3SVC/2/ROOT' failed\n\n\
        \x20                                              second paragraph\n7/28/2021 7:23:45 PM 1007 X                    b\n";
    let events = read(text).events;
    assert_eq!(events[0].event.provider.as_deref(), Some(MODULE));
    assert_eq!(
        events[0].event.message.as_deref(),
        Some("Application\n'/LM/W3SVC/2/ROOT' failed\nsecond paragraph")
    );
    assert_eq!(events[1].event.id, Some(1007));
}

#[test]
fn a_row_out_of_its_columns_is_told_and_left_in_the_rest() {
    let text = "TimeCreated            Id Message\n-----------            -- -------\n7/28/2021 7:23:44 PM 1018 a\n\
        broken row of some other kind\n7/28/2021 7:23:45 PM 1007 b\nPS C:\\> exit\n";
    let reading = read(text);
    assert_eq!((reading.events.len(), reading.problems.len()), (2, 1));
    assert_eq!((reading.problems[0].line, &reading.problems[0].what), (4, &Damage::Row));
    let rest: Vec<_> = reading.rest.iter().map(|range| &text[range.clone()]).collect();
    assert_eq!(rest, ["broken row of some other kind", "PS C:\\> exit"]);
}

#[test]
fn headings_without_rows_stay_text() {
    for text in
        ["TimeCreated            Id Message\n-----------            -- -------\n\n", "\"Message\",\"Id\"\n"]
    {
        let reading = read(text);
        assert_eq!((reading.events.len(), reading.rest.len()), (0, 1), "{text}");
    }
}

#[test]
fn a_line_of_prose_is_no_part_of_the_list_below() {
    let text =
        "Message: see below\n\nTimeCreated  : 7/28/2021 7:23:44 PM\nId           : 1018\nMessage      : m\n";
    let reading = read(text);
    assert_eq!(reading.events[0].event.message.as_deref(), Some("m"));
    assert_eq!(&text[reading.rest[0].clone()], "Message: see below");
}

#[test]
fn exported_csv_with_and_without_its_type() {
    let head = "\"Message\",\"Id\",\"Version\",\"Level\",\"RecordId\",\"ProviderName\",\"LogName\",\"TimeCreated\",\"LevelDisplayName\"";
    let row = "\"Application 'x' failed.\r\nsecond \"\"line\"\"\",\"1018\",\"0\",\"2\",\"31461\",\"IIS AspNetCore Module V2\",\"Application\",\"28.07.2021 19:23:44\",\"Fehler\"";
    for text in [
        format!("#TYPE System.Diagnostics.Eventing.Reader.EventLogRecord\r\n{head}\r\n{row}\r\n{row}\r\n"),
        format!("{head}\r\n{row}\r\n{row}\r\n").replace("\",\"", "\";\""),
    ] {
        let reading = read(&text);
        assert_eq!(
            (reading.form, reading.events.len(), reading.rest.len()),
            (Some(Form::PowerShellCsv), 2, 0),
            "{text}"
        );
        let event = &reading.events[1].event;
        assert_eq!(
            (event.id, event.level, event.provider.as_deref()),
            (Some(1018), Some(EventLevel::Error), Some(MODULE))
        );
        assert_eq!(event.message.as_deref(), Some("Application 'x' failed.\r\nsecond \"line\""));
    }
}

#[test]
fn exported_csv_of_get_eventlog_without_quotes() {
    let text = "EventID,MachineName,Index,EntryType,Message,Source,InstanceId,TimeGenerated\n1018,WEB01,7,Error,Application failed,X,1018,7/28/2021 7:23:44 PM\n";
    let event = &read(text).events[0].event;
    assert_eq!((event.id, event.record, event.level), (Some(1018), Some(7), Some(EventLevel::Error)));
}

#[test]
fn json_of_get_winevent_in_both_generations_of_powershell() {
    let old = "[\r\n    {\r\n        \"Message\":  \"Application failed\\r\\n  at x\",\r\n        \"Id\":  1018,\r\n        \"Level\":  2,\r\n        \
        \"RecordId\":  31461,\r\n        \"ProviderName\":  \"IIS AspNetCore Module V2\",\r\n        \"ProcessId\":  0,\r\n        \
        \"TimeCreated\":  \"\\/Date(1627500224076)\\/\",\r\n        \"MatchedQueryIds\":  [\r\n\r\n                            ],\r\n        \
        \"Bookmark\":  {\r\n\r\n                     },\r\n        \"LevelDisplayName\":  \"Error\",\r\n        \
        \"Properties\":  [\r\n            \"System.Diagnostics.Eventing.Reader.EventProperty\"\r\n        ]\r\n    }\r\n]\r\n";
    let new = "[{\"Message\":\"Application failed\\r\\n  at x\",\"Id\":1018,\"Level\":2,\"RecordId\":31461,\"ProviderName\":\"IIS AspNetCore Module V2\",\
        \"TimeCreated\":\"2021-07-28T21:23:44.076+02:00\",\"LevelDisplayName\":\"Error\"}]";
    for text in [old, new] {
        let reading = read(text);
        assert_eq!(
            (reading.form, reading.events.len(), reading.rest.len()),
            (Some(Form::PowerShellJson), 1, 0),
            "{text}"
        );
        let event = &reading.events[0].event;
        assert_eq!((event.id, event.record, event.level), (Some(1018), Some(31461), Some(EventLevel::Error)));
        assert_eq!(
            (time(event).as_str(), event.time.map(|t| t.millis % 1000)),
            ("2021-07-28 19:23:44Z", Some(76))
        );
        assert_eq!(event.message.as_deref(), Some("Application failed\r\n  at x"));
    }
}

#[test]
fn json_of_get_eventlog_has_numbers_for_types_and_objects_for_dates() {
    let text = "{\"EventID\":2280,\"Data\":[193,0,0,0],\"Index\":7,\"EntryType\":1,\"InstanceId\":3221227752,\"Message\":\"The Module DLL failed\",\
        \"ReplacementStrings\":[\"C:\\\\x.dll\",\"second\"],\"Source\":\"W3SVC-WP\",\
        \"TimeGenerated\":{\"value\":\"\\/Date(1627500224000)\\/\",\"DisplayHint\":2,\"DateTime\":\"x\"}}";
    let event = &read(text).events[0].event;
    assert_eq!(
        (event.id, event.level, time(event).as_str()),
        (Some(2280), Some(EventLevel::Error), "2021-07-28 19:23:44Z")
    );
    let strings: Vec<_> = event.data.iter().map(|(name, value)| (name.as_deref(), value.as_str())).collect();
    assert_eq!(strings, [(Some("Binary"), "C1000000"), (None, "C:\\x.dll"), (None, "second")]);
}

#[test]
fn objects_one_a_line_and_a_broken_array() {
    let object = |id: u32| format!("{{\"Id\":{id},\"ProviderName\":\"X\",\"Message\":\"m\"}}");
    assert_eq!(read(&format!("{}\n{}\n", object(1), object(2))).events.len(), 2);
    let reading = read(&format!("[{},{},{{\"Id\":3,\"Prov", object(1), object(2)));
    assert_eq!(reading.events.len(), 2);
    assert!(matches!(reading.problems[0].what, Damage::Json(_)));
}

#[test]
fn json_of_other_things_is_no_event() {
    for text in [
        "{\"Message\":\"x\",\"Level\":\"Error\"}",
        "{\"EventId\":14,\"LogLevel\":\"Information\",\"Category\":\"Microsoft.Hosting.Lifetime\",\"Message\":\"Now listening\"}",
        "[1,2,3]",
        "{\"Id\":",
        "[{\"Id\":1}]",
    ] {
        assert_eq!(read(text).events, [], "{text}");
    }
}

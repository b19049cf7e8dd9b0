use std::io::BufReader;

use proptest::prelude::*;

use super::*;

const NEW: &str = "[2024-05-01T10:00:00.076Z, PID: 11020] [aspnetcorev2.dll] Initializing logs for 'C:\\iis\\aspnetcorev2.dll'. Process Id: 11020. File Version: 18.0.24141.13. Description: IIS ASP.NET Core Module V2. Commit: 96475a2acdf50d75.\r\n\
[2024-05-01T10:00:00.079Z, PID: 11020] [aspnetcorev2.dll] Resolving hostfxr parameters for application: '.\\Shop.exe' arguments: '' path: 'C:\\shop\\'\r\n\
[2024-05-01T10:00:00.090Z, PID: 11020] [aspnetcorev2.dll] Event Log: 'Could not find inprocess request handler. Captured output from invoking hostfxr: You must install or update .NET.\r\n\
\r\n\
App: C:\\shop\\Shop.dll' \r\n\
End Event Log Message.\r\n\
info: Microsoft.Hosting.Lifetime[0]\r\n\
[2024-05-01T10:00:01.000Z, PID: 11020] [aspnetcorev2.dll] Failed HRESULT returned: 0x8000ffff at D:\\a\\HandlerResolver.cpp:154 \r\n";

fn records(text: &str) -> Vec<Record> {
    Records::new(text.as_bytes()).collect()
}

fn startups(text: &str) -> Vec<Startup> {
    let mut startups = Startups::default();
    records(text).iter().for_each(|record| startups.add(record));
    startups.finish()
}

#[test]
fn records_since_6_0_have_time_and_process() {
    let all = records(NEW);
    assert_eq!(all.len(), 4);
    assert!(all.iter().all(|r| r.pid == Some(11020) && r.module == "aspnetcorev2.dll" && !r.cut));
    let Some(last) = all.last() else { unreachable!() };
    assert_eq!(last.time.map(|t| t.to_string()).as_deref(), Some("2024-05-01 10:00:01Z"));
    assert_eq!(
        (last.message.as_str(), last.place.line),
        ("Failed HRESULT returned: 0x8000ffff at D:\\a\\HandlerResolver.cpp:154 ", 8)
    );
}

#[test]
fn an_event_is_joined_and_ends_where_it_ends() {
    let mut reader = Records::new(NEW.as_bytes());
    let events: Vec<_> = reader.by_ref().filter_map(|r| r.event_text().map(str::to_owned)).collect();
    assert_eq!(
        events,
        [
            "Could not find inprocess request handler. Captured output from invoking hostfxr: You must install or update .NET.\n\nApp: C:\\shop\\Shop.dll"
        ]
    );
    assert_eq!(reader.foreign_lines(), 1);
    assert_eq!(reader.stopped(), None);
}

#[test]
fn records_up_to_5_0_have_only_their_module() {
    let text = "old output\n[aspnetcorev2.dll] Initializing logs for 'C:\\iis\\aspnetcorev2.dll'. Process Id: 492.. File Version: 12.2.19109.5. Description: IIS ASP.NET Core Module V2.\n\
        [aspnetcorev2.dll] where.exe invocation returned: 'C:\\Program Files\\dotnet\\dotnet.exe\nC:\\Program Files (x86)\\dotnet\\dotnet.exe\n'\n\
        [aspnetcorev2_inprocess.dll] Waiting for initialization\n[other.dll] not the module's\n";
    let all = records(text);
    assert_eq!(all.len(), 3);
    assert_eq!((all.first().and_then(|r| r.time), all.first().map(|r| r.place.line)), (None, Some(2)));
    let second = all.get(1).map(|r| r.message.as_str());
    assert_eq!(
        second,
        Some(
            "where.exe invocation returned: 'C:\\Program Files\\dotnet\\dotnet.exe\nC:\\Program Files (x86)\\dotnet\\dotnet.exe\n'"
        )
    );
    let header = all.first().and_then(Record::header).expect("a header");
    assert_eq!((header.process_id, header.file_version.as_deref()), (Some(492), Some("12.2.19109.5")));
    assert_eq!((header.description.as_deref(), header.commit), (Some("IIS ASP.NET Core Module V2"), None));
}

#[test]
fn a_header_tells_version_and_commit() {
    let header = records(NEW).first().and_then(Record::header).expect("a header");
    assert_eq!(header.dll, "C:\\iis\\aspnetcorev2.dll");
    assert_eq!((header.process_id, header.file_version.as_deref()), (Some(11020), Some("18.0.24141.13")));
    assert_eq!(header.description.as_deref(), Some("IIS ASP.NET Core Module V2"));
    assert_eq!(header.commit.as_deref(), Some("96475a2acdf50d75"));
}

#[test]
fn each_process_has_the_marker_that_decides() {
    let line = |pid: u32, message: &str| {
        format!("[2024-05-01T10:00:00.000Z, PID: {pid}] [aspnetcorev2_inprocess.dll] {message}\n")
    };
    let text = [
        line(1, "Initializing logs for 'x'. Process Id: 1. File Version: 18.0.1.0."),
        line(2, "Loading request handler:  'x'"),
        line(2, "Initializing logs for 'y'. Process Id: 2. File Version: 18.0.1.0."),
        line(3, "Waiting for initialization"),
        line(3, "Managed threw an exception -532462766"),
        line(3, "Starting shutdown sequence 1"),
        line(3, "Clr thread wait ended: clrThreadExited: 1"),
        line(4, "In-process callbacks set"),
        line(4, "Starting shutdown sequence 0"),
        line(4, "Managed application exited with code 0"),
    ]
    .concat();
    let decisive: Vec<_> = startups(&text)
        .iter()
        .map(|s| (s.pid, s.decisive().map(|r| (r.marker, r.value, r.place.line))))
        .collect();
    assert_eq!(
        decisive,
        [
            (Some(1), Some((Marker::ModuleLoaded, None, 1))),
            (Some(2), Some((Marker::LoadingHandler, None, 2))),
            (Some(3), Some((Marker::ManagedThrew, Some(-532_462_766), 5))),
            (Some(4), Some((Marker::ShutdownRequested, None, 9))),
        ]
    );
}

#[test]
fn without_process_ids_the_headers_part_the_processes() {
    let text = "[aspnetcorev2.dll] Initializing logs for 'x'. Process Id: 7..\n[aspnetcorev2.dll] Parsed hostfxr options: x\n\
        [aspnetcorev2.dll] Initializing logs for 'x'. Process Id: 8..\n[aspnetcorev2.dll] dotnet.exe not found\n";
    let found: Vec<_> = startups(text).iter().map(|s| (s.pid, s.decisive().map(|r| r.marker))).collect();
    assert_eq!(found, [(Some(7), Some(Marker::HostfxrResolved)), (Some(8), Some(Marker::DotnetNotFound))]);
}

#[test]
fn long_messages_and_many_processes_are_bounded() {
    let text = format!("[aspnetcorev2.dll] {}\n{}", "é".repeat(MESSAGE_LIMIT), "more\n".repeat(100_000));
    let all = records(&text);
    assert!(all.first().is_some_and(|r| r.cut && r.message.len() <= MESSAGE_LIMIT));
    let many: String =
        (0..1000).map(|n| format!("[2024-05-01T10:00:00.000Z, PID: {n}] [aspnetcorev2.dll] x\n")).collect();
    let found = startups(&many);
    assert_eq!((found.len(), found.last().and_then(|s| s.pid)), (64, Some(999)));
}

#[test]
fn debug_logs_are_known_by_their_first_lines() {
    assert!(is_debug_log(NEW));
    assert!(is_debug_log("\u{feff}[aspnetcorev2_outofprocess.dll] x"));
    for other in ["", "[info] x", "[2024-05-01T10:00:00.000Z, PID: 1] [other] x", "aspnetcorev2.dll] x"] {
        assert!(!is_debug_log(other), "{other}");
    }
}

proptest! {
    #[test]
    fn records_cover_the_lines_they_come_from(lines in prop::collection::vec(prop_oneof![
        "[ -~é]{0,20}",
        "\\[aspnetcorev2\\.dll\\] [a-z]{0,9}",
        "\\[2024-05-01T10:00:00\\.000Z, PID: [0-9]{1,12}\\] \\[aspnetcorev2\\.dll\\] [a-zA-Z ']{0,9}",
        Just("End Event Log Message.".to_owned()),
        Just("[aspnetcorev2.dll] Event Log: 'x".to_owned()),
    ], 0..20), size in 1usize..30) {
        let text = lines.join("\n");
        let mut before = 0;
        for record in Records::new(BufReader::with_capacity(size, text.as_bytes())) {
            let (start, end) = (record.place.bytes.start as usize, record.place.bytes.end as usize);
            prop_assert!(start >= before && end >= start);
            before = end;
            prop_assert!(text.get(start..end).is_some_and(|part| part.ends_with(&record.message)));
            prop_assert_eq!(text.get(..start).map(|t| t.matches('\n').count() + 1), Some(record.place.line as usize));
        }
    }
}

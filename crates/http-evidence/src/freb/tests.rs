use proptest::prelude::*;

use super::*;

fn event(opcode: &str, level: u8, data: &str, described: &str) -> String {
    format!(
        r#"<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event">
 <System>
  <Provider Name="WWW Server" Guid="{{3A2A4E84-4C21-4981-AE10-3FDA0D9B0F83}}"/>
  <EventID>0</EventID><Version>1</Version><Level>{level}</Level><Opcode>16</Opcode><Keywords>0x100</Keywords>
  <TimeCreated SystemTime="2024-05-01T10:00:00.123Z"/>
  <Correlation ActivityID="{{80000065-0000-F800-B63F-84710C7967BB}}"/>
  <Execution ProcessID="7556" ThreadID="9100"/><Computer>WEB01</Computer>
 </System>
 <EventData>{data}</EventData>
 <RenderingInfo Culture="en-US"><Opcode>{opcode}</Opcode><Keywords><Keyword>RequestNotifications</Keyword></Keywords>{described}</RenderingInfo>
 <ExtendedTracingInfo xmlns="http://schemas.microsoft.com/win/2004/08/events/trace"><EventGuid>{{002E91E3-E7AE-44AB-8E07-99230FFA6ADE}}</EventGuid></ExtendedTracingInfo>
</Event>
"#
    )
}

fn trace() -> String {
    let error = r#"<Data Name="ContextId">{1}</Data><Data Name="ModuleName">AspNetCoreModuleV2</Data><Data Name="Notification">128</Data>
  <Data Name="HttpStatus">500</Data><Data Name="HttpReason">Internal Server Error</Data><Data Name="HttpSubStatus">30</Data>
  <Data Name="ErrorCode">2147943395</Data><Data Name="ConfigExceptionInfo"></Data>"#;
    let described = r#"<freb:Description Data="Notification">EXECUTE_REQUEST_HANDLER</freb:Description>
  <freb:Description Data="ErrorCode">A call failed.
 (0x800703e3)</freb:Description>"#;
    [
        r#"<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet type='text/xsl' href='freb.xsl'?>
<!-- saved from url=(0014)about:internet -->
<failedRequest url="http://localhost:80/shop?a=1&amp;b=2"
               siteId="5"
               appPoolId="ShopPool"
               processId="7556"
               verb="GET"
               remoteUserName=""
               tokenUserName="IIS APPPOOL\ShopPool"
               authenticationType="anonymous"
               failureReason="STATUS_CODE"
               statusCode="500.30"
               triggerStatusCode="500.30"
               timeTaken="1234"
               xmlns:freb="http://schemas.microsoft.com/win/2006/06/iis/freb"
               >
"#
        .to_owned(),
        event("GENERAL_REQUEST_START", 0, r#"<Data Name="RequestURL">http://localhost/shop</Data>"#, ""),
        event("NOTIFY_MODULE_START", 0, r#"<Data Name="ModuleName">AspNetCoreModuleV2</Data>"#, ""),
        event(
            "ANCM_START_APPLICATION_FAIL",
            2,
            r#"<Data Name="Message">failed &lt;x&gt; &bogus;</Data>"#,
            "",
        ),
        event("MODULE_SET_RESPONSE_ERROR_STATUS", 3, error, described),
        event(
            "GENERAL_RESPONSE_ENTITY_BUFFER",
            0,
            r#"<Data Name="Buffer">&lt;h1&gt;HTTP Error 500.30&lt;/h1&gt;</Data>"#,
            "",
        ),
        "</failedRequest>\n".to_owned(),
    ]
    .concat()
}

#[test]
fn a_trace_tells_the_request_and_the_events_that_decide() {
    let xml = trace();
    assert!(is_trace(&xml));
    let request = read(&xml).expect("a trace");
    assert_eq!(request.url.as_deref(), Some("http://localhost:80/shop?a=1&b=2"));
    assert_eq!(
        (request.site_id, request.process_id, request.app_pool.as_deref()),
        (Some(5), Some(7556), Some("ShopPool"))
    );
    assert_eq!((request.status, request.substatus, request.time_taken_ms), (Some(500), Some(30), Some(1234)));
    assert_eq!(request.failure_reason.as_deref(), Some("STATUS_CODE"));
    assert_eq!(request.time.map(|t| t.to_string()).as_deref(), Some("2024-05-01 10:00:00Z"));
    let names: Vec<_> = request.events.iter().map(|e| e.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "GENERAL_REQUEST_START",
            "ANCM_START_APPLICATION_FAIL",
            "MODULE_SET_RESPONSE_ERROR_STATUS",
            "GENERAL_RESPONSE_ENTITY_BUFFER"
        ]
    );
    assert_eq!((request.event_count, request.damage.clone(), request.cut), (5, None, false));
    assert_eq!(request.events.get(1).and_then(|e| e.get("Message")), Some("failed <x> &bogus;"));
    assert_eq!(request.response_body(), "<h1>HTTP Error 500.30</h1>");
}

#[test]
fn the_module_that_set_the_status_is_told_with_its_code() {
    let xml = trace();
    let error = read(&xml).expect("a trace").module_errors().pop().expect("an error");
    assert_eq!(error.module.as_deref(), Some("AspNetCoreModuleV2"));
    assert_eq!(error.notification.as_deref(), Some("EXECUTE_REQUEST_HANDLER"));
    assert_eq!((error.status, error.substatus, error.error_code), (Some(500), Some(30), Some(0x8007_03e3)));
    assert_eq!((error.error_text.as_deref(), error.config_exception), (Some("A call failed."), None));
    let part = xml.get(error.place.bytes.start as usize..error.place.bytes.end as usize).unwrap_or_default();
    assert!(part.starts_with("<Event") && part.ends_with("</Event>") && part.contains("2147943395"));
}

#[test]
fn a_trace_that_breaks_off_gives_what_came_before() {
    let xml = trace();
    let cut = xml.find("GENERAL_RESPONSE_ENTITY_BUFFER").unwrap_or_default();
    let request = read(xml.get(..cut).unwrap_or_default()).expect("a trace");
    assert_eq!((request.events.len(), request.module_errors().len()), (3, 1));
    assert_eq!(request.damage.map(|d| d.reason).as_deref(), Some("the file ends early"));
}

#[test]
fn other_documents_are_no_traces() {
    assert_eq!(read("<configuration/>"), Err(TraceError::NotATrace));
    assert_eq!(read(""), Err(TraceError::NotATrace));
    assert!(matches!(read("<a <"), Err(TraceError::Damaged { line: 1, .. })));
    assert!(!is_trace("<Event>"));
}

#[test]
fn entities_are_not_expanded() {
    let xml = r#"<!DOCTYPE x [<!ENTITY a "boom"><!ENTITY b "&a;&a;&a;">]><failedRequest url="&b;"><Event><EventData><Data Name="x">&b;</Data></EventData><RenderingInfo><Opcode>ANCM_X</Opcode></RenderingInfo></Event></failedRequest>"#;
    let request = read(xml).expect("a trace");
    assert_eq!(request.url.as_deref(), Some("&b;"));
    assert_eq!(request.events.first().and_then(|e| e.get("x")), Some("&b;"));
}

#[test]
fn many_events_long_values_and_deep_elements_are_bounded() {
    let many = event("ANCM_X", 0, &format!(r#"<Data Name="m">{}</Data>"#, "é".repeat(VALUE_LIMIT)), "");
    let xml = format!(
        "<failedRequest>{}{}</failedRequest>",
        "<a>".repeat(50_000) + &"</a>".repeat(50_000),
        many.repeat(EVENT_LIMIT + 1)
    );
    let request = read(&xml).expect("a trace");
    assert_eq!((request.events.len(), request.cut), (EVENT_LIMIT, true));
    assert!(request.events.iter().all(|e| e.get("m").is_some_and(|m| m.len() == VALUE_LIMIT)));
}

#[test]
fn a_copied_event_is_read_as_well() {
    let text = "MODULE_SET_RESPONSE_ERROR_STATUS\nWarning ModuleName=\"AspNetCoreModule\", Notification=\"EXECUTE_REQUEST_HANDLER\", \
        HttpStatus=\"400\", HttpReason=\"Bad Request\", HttpSubStatus=\"0\", ErrorCode=\"An existing connection was closed.\n (0x80072746)\", ConfigExceptionInfo=\"\"";
    let error = pasted_errors(text).pop().expect("an error");
    assert_eq!((error.status, error.error_code, error.place.line), (Some(400), Some(0x8007_2746), 2));
    assert_eq!(error.reason.as_deref(), Some("Bad Request"));
    assert_eq!(pasted_errors("ModuleName=\"x\" ModuleName=\"ModuleName=\""), []);
}

proptest! {
    #[test]
    fn a_mutated_trace_gives_no_panic_and_places_in_the_text(cut in 0usize..6000, at in 0usize..6000, noise in "[<>/&;a-z\"=\u{e9} ]{0,6}") {
        let mut xml = trace();
        xml.truncate(xml.floor_char_boundary(cut));
        xml.insert_str(xml.floor_char_boundary(at), &noise);
        if let Ok(request) = read(&xml) {
            for place in request.events.iter().map(|e| &e.place).chain([&request.place]) {
                prop_assert!(xml.get(place.bytes.start as usize..place.bytes.end as usize).is_some());
            }
        }
    }

    #[test]
    fn copied_events_are_found_without_a_panic(text in "(ModuleName=\"|HttpStatus=\"5|\"|, |é|x){0,30}") {
        for error in pasted_errors(&text) {
            prop_assert!(text.get(error.place.bytes.start as usize..error.place.bytes.end as usize).is_some());
        }
    }
}

//! Several things in one text: what support threads look like.

use falconer_event_text::{Form, detect, read};

const FRAME: &str = "The description for Event ID 1018 from source IIS AspNetCore Module V2 cannot be found. Either the component that \
    raises this event is not installed on your local computer or the installation is corrupted. You can install or repair the component \
    on the local computer.\n\nIf the event originated on another computer, the display information had to be saved with the event.\n\n\
    The following information was included with the event: \n\nApplication '/LM/W3SVC/2/ROOT' failed.\n\nsecond paragraph\nProcess Id: 11020.\n\
    File Version: 16.0.21209.0. Description: IIS ASP.NET Core Module V2.\n\nThe message resource is present but the message was not found in \
    the message table\n";
const STRINGS: [&str; 3] = [
    "Application '/LM/W3SVC/2/ROOT' failed.\n\nsecond paragraph",
    "Process Id: 11020.",
    "File Version: 16.0.21209.0. Description: IIS ASP.NET Core Module V2.",
];

#[test]
fn a_message_that_stands_bare_is_no_event() {
    let text = "Application '/LM/W3SVC/2/ROOT' with physical root 'C:\\inetpub\\site\\' failed to load coreclr.\n\nApplication: w3wp.exe\n\
        CoreCLR Version: 6.0.0\nDescription: The process was terminated due to an unhandled exception.\nException Info: System.Exception: x\n";
    let reading = read(text);
    assert_eq!((reading.form, detect(text), reading.events.len()), (None, None, 0));
    assert_eq!((reading.rest.len(), &text[reading.rest[0].clone()]), (1, text.trim_end()));
}

#[test]
fn a_missing_description_ends_with_its_trailer() {
    let text = format!("I see this:\n{FRAME}what now?\n");
    let reading = read(&text);
    assert_eq!((reading.form, reading.events[0].line), (Some(Form::MissingDescription), 2));
    let event = &reading.events[0].event;
    assert_eq!((event.id, event.provider.as_deref()), (Some(1018), Some("IIS AspNetCore Module V2")));
    let data: Vec<_> = event.data.iter().map(|(_, value)| value.as_str()).collect();
    assert_eq!((data.as_slice(), event.message.as_ref()), (STRINGS.as_slice(), None));
    let rest: Vec<_> = reading.rest.iter().map(|range| &text[range.clone()]).collect();
    assert_eq!(rest, ["I see this:", "what now?"]);
}

#[test]
fn a_missing_description_is_taken_out_of_every_envelope() {
    let quoted = FRAME.replace('"', "\"\"");
    let indented = FRAME.replace('\n', "\n               ");
    let json = FRAME.replace('\n', "\\n");
    let escaped = FRAME.replace('\'', "&apos;");
    for text in [
        format!(
            "Log Name:      Application\nSource:        IIS AspNetCore Module V2\nEvent ID:      1018\nLevel:         Error\nDescription:\n{FRAME}"
        ),
        format!("Error,7/28/2021 7:23:44 PM,IIS AspNetCore Module V2,1018,None,\"{quoted}\"\n"),
        format!(
            "TimeCreated  : 7/28/2021 7:23:44 PM\nProviderName : IIS AspNetCore Module V2\nId           : 1018\nMessage      : {indented}\n"
        ),
        format!("{{\"Id\":1018,\"ProviderName\":\"IIS AspNetCore Module V2\",\"Message\":\"{json}\"}}\n"),
        format!(
            "<Event><System><EventID>1018</EventID></System><RenderingInfo><Message>{escaped}</Message></RenderingInfo></Event>"
        ),
        format!("Source: IIS AspNetCore Module V2\nEvent ID: 1018\nDescription: {FRAME}"),
    ] {
        let reading = read(&text);
        assert_eq!(reading.events.len(), 1, "{text}");
        let event = &reading.events[0].event;
        assert_eq!(
            (event.id, event.provider.as_deref()),
            (Some(1018), Some("IIS AspNetCore Module V2")),
            "{text}"
        );
        let data: Vec<_> = event.data.iter().map(|(_, value)| value.as_str()).collect();
        assert_eq!((data.as_slice(), event.message.as_ref()), (STRINGS.as_slice(), None), "{text}");
    }
}

#[test]
fn the_wording_of_windows_server_2003() {
    let text = "The description for Event ID ( 1000 ) in Source ( IIS AspNetCore Module ) cannot be found. The local computer may not have the \
        necessary registry information or message DLL files to display messages from a remote computer. The following information is part \
        of the event: Application 'MACHINE/WEBROOT/APPHOST/SITE' failed to start process, ErrorCode = '0x80004005 : 1.\n";
    let event = &read(text).events[0].event;
    assert_eq!((event.id, event.provider.as_deref()), (Some(1000), Some("IIS AspNetCore Module")));
    assert_eq!(
        event.text(),
        "Application 'MACHINE/WEBROOT/APPHOST/SITE' failed to start process, ErrorCode = '0x80004005 : 1."
    );
}

#[test]
fn forms_stand_below_each_other_and_the_rest_is_handed_back() {
    let parts = [
        ("My app fails with 500.30.", None),
        (
            "Log Name:      Application\nSource:        .NET Runtime\nDate:          7/28/2021 7:23:44 PM\nEvent ID:      1026\nLevel:         Error\n\
          Description:\nApplication: w3wp.exe\n\nException Info: x",
            Some(Form::General),
        ),
        ("Event 1004 (Warning)\nCould not create stdoutLogFile", Some(Form::Loose)),
        (
            "```\ninfo: Microsoft.Hosting.Lifetime[0]\n      Now listening on: http://127.0.0.1:5000\n```",
            None,
        ),
        ("<Event><System><Provider Name='X'/><EventID>1</EventID></System></Event>", Some(Form::Xml)),
        (
            "Level,Date and Time,Source,Event ID,Task Category\nError,7/28/2021 7:23:44 PM,X,1018,None,\"a\nb\"",
            Some(Form::ViewerCsv),
        ),
        (
            "TimeCreated            Id Message\n-----------            -- -------\n7/28/2021 7:23:44 PM 1018 a",
            Some(Form::PowerShellTable),
        ),
        ("Id           : 1018\nProviderName : X\nMessage      : m", Some(Form::PowerShellList)),
        (FRAME.trim_end(), Some(Form::MissingDescription)),
        ("HTTP Error 500.30 - ANCM In-Process Start Failure", None),
    ];
    let text: String = parts.iter().map(|(part, _)| format!("{part}\n\n")).collect();
    let reading = read(&text);
    let forms: Vec<_> = reading.events.iter().map(|e| e.form).collect();
    assert_eq!(forms, parts.iter().filter_map(|(_, form)| *form).collect::<Vec<_>>());
    let rest: Vec<_> =
        reading.rest.iter().map(|range| text[range.clone()].trim_matches(['`', '\n'])).collect();
    let plain: Vec<_> = parts
        .iter()
        .filter(|(_, form)| form.is_none())
        .map(|(part, _)| part.trim_matches(['`', '\n']))
        .collect();
    assert_eq!(rest, plain);
    assert_eq!((reading.form, reading.problems), (Some(Form::General), vec![]));
}

#[test]
fn hints_in_ones_own_words_take_the_paragraph_below() {
    for (line, provider, id) in [
        ("Source: WAS (five entries)", Some("WAS"), None),
        ("Event 1018, IIS AspNetCore Module V2", Some("IIS AspNetCore Module V2"), Some(1018)),
        ("Provider Name=\".NET Runtime\" EventID 1026 Level 2", Some(".NET Runtime"), Some(1026)),
    ] {
        let text = format!("{line}\nfirst line\nsecond line\n\nprose\n");
        let reading = read(&text);
        let event = &reading.events[0].event;
        assert_eq!((event.provider.as_deref(), event.id), (provider, id), "{line}");
        assert_eq!(event.message.as_deref(), Some("first line\nsecond line"), "{line}");
        assert_eq!(&text[reading.rest[0].clone()], "prose");
    }
}

#[test]
fn a_message_can_stand_in_a_fence_below_its_hints() {
    let text = "**Event 1018, IIS AspNetCore Module V2**\n\n```\nfirst\n\nsecond\n```\nprose\n";
    let reading = read(text);
    assert_eq!(reading.events[0].event.message.as_deref(), Some("first\n\nsecond"));
    let text = "[WAS] first \nsecond\n\nprose\n";
    assert_eq!(read(text).events[0].event.message.as_deref(), Some("first \nsecond"));
}

#[test]
fn quoted_blocks_are_read_at_their_place() {
    let text = "He wrote:\r\n> > Source: .NET Runtime\r\n> > Event ID: 1026\r\n> > Description: boom\r\n> >   at App.Main()\r\nbye";
    let reading = read(text);
    let located = &reading.events[0];
    assert_eq!((located.event.message.as_deref(), located.line), (Some("boom\n  at App.Main()"), 2));
    assert_eq!(
        &text[located.bytes.clone()],
        "Source: .NET Runtime\r\n> > Event ID: 1026\r\n> > Description: boom\r\n> >   at App.Main()"
    );
}

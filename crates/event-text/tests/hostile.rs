//! Laws that hold for any text.

use std::ops::Range;

use falconer_event_text::{detect, limits, read};
use proptest::prelude::*;

/// Pieces of every form, to be cut and mixed.
const PIECES: &[&str] = &[
    "<Event xmlns='x'><System><Provider Name='IIS AspNetCore Module V2'/><EventID>1018</EventID><Level>2</Level></System><EventData><Data>é</Data></EventData></Event>",
    "&lt;Event&gt;&lt;System&gt;&lt;EventID&gt;5&lt;/EventID&gt;&lt;/System&gt;&lt;/Event&gt;",
    "</Event>",
    "<Event ",
    "<failedRequest>",
    "Log Name: Application\nSource: .NET Runtime\nEvent ID: 1026\nDescription:\nmessage\nEvent Xml:\n",
    "ログの名前: Application\nソース: X\nイベント ID: 1\n説明:\n本文\n",
    "Level,Date and Time,Source,Event ID,Task Category\nError,7/28/2021 7:23:44 PM,X,1018,None,\"a\nb\"\n",
    "Fehler;28.07.2021 19:23:44;X;1;Keine;\"",
    "   ProviderName: X\n\nTimeCreated                     Id LevelDisplayName Message\n-----------                     -- ---------------- -------\n7/28/2021 7:23:44 PM          1018 Error            é...\n",
    "TimeCreated  : 7/28/2021 7:23:44 PM\nId           : 1\nMessage      : a\n               b\n\n",
    "#TYPE X\n\"Message\",\"Id\"\n\"a\",\"1\"\n",
    "[{\"Id\":1,\"ProviderName\":\"X\",\"Message\":\"ü\"},{\"Id\":2",
    "The description for Event ID 1 from source X cannot be found. a: \n\nb\n\nthe system cannot find the file specified\n",
    "无法找到来自源 X 的事件 ID 7 的描述。包含: \n字\n",
    "- System \n - Provider \n [ Name] X \n - EventID 7 \n [ Qualifiers] 0 \n- EventData \n 本 \n",
    "Event 1004 (Warning)\nm\n",
    "[.NET Runtime] m\n",
    "> Source: .NET Runtime\n> Event ID: 1026\n",
    "\n",
    "\r\n\r\n",
    "```\n",
    "\u{feff}",
    "plain é text : , ; \t",
];

fn mixed() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => (0..PIECES.len()).prop_map(|at| PIECES[at].to_owned()),
        2 => ((0..PIECES.len()), any::<u16>(), any::<u16>()).prop_map(|(at, from, to)| part(PIECES[at], from, to)),
        1 => "\\PC{0,12}",
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// A part of a piece, by characters.
fn part(piece: &str, from: u16, to: u16) -> String {
    let count = piece.chars().count();
    let (from, to) = (usize::from(from) % (count + 1), usize::from(to) % (count + 1));
    piece.chars().skip(from.min(to)).take(from.abs_diff(to)).collect()
}

/// Events and rest are parts of the text, in order, and none overlaps another.
fn check(text: &str) -> Result<(), TestCaseError> {
    let reading = read(text);
    prop_assert_eq!(detect(text), reading.form);
    prop_assert_eq!(reading.form, reading.events.first().map(|event| event.form));
    let events: Vec<Range<usize>> = reading.events.iter().map(|event| event.bytes.clone()).collect();
    for ranges in [&events, &reading.rest] {
        prop_assert!(ranges.windows(2).all(|pair| pair[0].end <= pair[1].start), "{:?}", ranges);
    }
    for range in events.iter().chain(&reading.rest) {
        prop_assert!(range.start < range.end && text.get(range.clone()).is_some(), "{:?}", range);
    }
    for rest in &reading.rest {
        prop_assert!(events.iter().all(|event| event.end <= rest.start || rest.end <= event.start));
    }
    for event in &reading.events {
        let line = u32::try_from(text[..event.bytes.start].matches('\n').count() + 1);
        prop_assert_eq!(Ok(event.line), line);
        prop_assert!(
            event
                .event
                .message
                .as_ref()
                .is_none_or(|message| message.len() <= limits::TEXT && !message.is_empty())
        );
    }
    prop_assert!(reading.problems.windows(2).all(|pair| pair[0].line <= pair[1].line));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 700, ..ProptestConfig::default() })]

    #[test]
    fn any_mixture_of_forms_and_fragments_is_read_in_order(text in mixed()) {
        check(&text)?;
    }

    #[test]
    fn any_text_is_read(text in "\\PC*") {
        check(&text)?;
    }

    #[test]
    fn plain_words_are_no_events(text in "[a-z .]{0,200}") {
        prop_assert_eq!(detect(&text), None);
    }
}

#[test]
fn patterns_that_invite_repeated_searching_end_soon() {
    // Each would take hours if a reader looked at the whole text from every line.
    for pattern in [
        "<Event ",
        "<Event><System><EventID>1</EventID>",
        "</Event ",
        "&lt;Event ",
        "Message : x\n",
        "Message: x\n\n",
        "a,1,\"\n",
        "Error,7/28/2021 7:23:44 PM,X,1,None,\"x\n",
        "{\"Id\":\n",
        "[{\"Message\":[\n",
        "> x\n",
        "> ",
        ">  > ",
        "<Event><System><EventID>1</EventID></System></Event>> ",
        "Log Name: a\nSource: b\nDescription:\nEvent Xml:\n<Event ",
        "Log Name: a Source: b ",
        "The description for Event ID 1 from source X cannot be found.\n",
        "Id Message\n-- -------\n",
        "+ System\n- Provider\n",
        "Id: 1\n\n",
        "&",
        ":",
        "\n",
    ] {
        let text = pattern.repeat(400_000 / pattern.len());
        let reading = read(&text);
        assert!(reading.problems.len() <= limits::PROBLEMS, "{pattern}");
    }
}

use falconer_report::model::Report;
use falconer_report::{Format, Options, render};
use proptest::prelude::*;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::{samples, snapshot};

fn markdown(report: &Report, verbose: bool) -> String {
    render(report, Format::Markdown, &Options { verbose, ..Options::default() })
}

#[test]
fn two_applications() {
    snapshot("markdown-two-applications", &markdown(&samples::two_applications(), false));
}

#[test]
fn an_unknown_cause() {
    snapshot("markdown-unknown", &markdown(&samples::unknown(), false));
}

#[test]
fn everything() {
    snapshot("markdown-missing-framework-verbose", &markdown(&samples::missing_framework(), true));
}

#[test]
fn a_healthy_input_takes_one_line() {
    assert_eq!(markdown(&samples::healthy(), false), "**no failure found in 2 inputs**\n");
}

/// What a reader of the text sees as markup.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    pub(crate) headings: Vec<String>,
    /// Text outside of code.
    pub(crate) plain: String,
    code_blocks: usize,
    /// Anything that we never write.
    pub(crate) foreign: Vec<String>,
}

pub(crate) fn parse(text: &str) -> Seen {
    let mut seen = Seen::default();
    let (mut in_heading, mut in_code) = (false, false);
    // Every extension that the parser has: what one tracker takes for text another takes for markup.
    for event in Parser::new_ext(text, pulldown_cmark::Options::all()) {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                in_heading = true;
                seen.headings.push(String::new());
            }
            Event::End(TagEnd::Heading(_)) => in_heading = false,
            Event::Start(Tag::CodeBlock(_)) => {
                in_code = true;
                seen.code_blocks += 1;
            }
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(_) if in_code => {}
            Event::Text(text) => {
                seen.plain.push_str(&text);
                if let Some(heading) = seen.headings.last_mut().filter(|_| in_heading) {
                    heading.push_str(&text);
                }
            }
            Event::Code(_) => seen.plain.push(' '),
            Event::Start(
                Tag::Paragraph
                | Tag::List(None)
                | Tag::Item
                | Tag::Strong
                | Tag::Table(_)
                | Tag::TableHead
                | Tag::TableRow
                | Tag::TableCell,
            )
            | Event::End(_) => seen.plain.push('\n'),
            other => seen.foreign.push(format!("{other:?}")),
        }
    }
    seen
}

const HEADINGS: &[&str] = &[
    "Cause not known",
    "Symptoms",
    "Evidence that would settle it",
    "Because",
    "Evidence",
    "Against it",
    "What followed",
    "Checks",
    "Fix",
    "Ruled out",
    "Missing evidence",
    "Sources",
    "Other causes",
    "It could be",
    "Warnings",
    "Read",
    "Channels",
];

proptest! {
    #[test]
    fn evidence_never_becomes_markup(
        report in samples::arbitrary::report(samples::arbitrary::nasty(), samples::arbitrary::nasty()),
        verbose in any::<bool>(),
    ) {
        let text = markdown(&report, verbose);
        let seen = parse(&text);
        prop_assert!(seen.foreign.is_empty(), "{:?}\n{text}", seen.foreign);
        for heading in &seen.headings {
            let ours = HEADINGS.contains(&heading.as_str())
                || ["Certain: ", "Likely: ", "Possible: ", "Certain:", "Likely:", "Possible:"].iter().any(|start| heading.starts_with(start));
            prop_assert!(ours, "{heading:?}\n{text}");
        }
        // Mentions are looked for in what is not code.
        let mention = seen.plain.split('\n').find(|line| line.contains('@') || line.contains('#'));
        prop_assert!(mention.is_none(), "{mention:?}\n{text}");
        prop_assert!(!seen.plain.contains("://") && !seen.plain.contains("www."), "{text}");
    }

    #[test]
    fn every_fence_is_closed(
        report in samples::arbitrary::report(samples::arbitrary::nasty(), samples::arbitrary::nasty()),
    ) {
        let text = markdown(&report, true);
        let mut open: Option<&str> = None;
        let mut blocks = 0;
        for line in text.lines() {
            let ticks = line.len() - line.trim_start_matches('`').len();
            match open {
                Some(fence) if line == fence => open = None,
                None if ticks >= 3 && ["text", "console"].contains(&&line[ticks..]) => {
                    open = Some(&line[..ticks]);
                    blocks += 1;
                }
                _ => {}
            }
        }
        prop_assert_eq!(open, None);
        prop_assert_eq!(parse(&text).code_blocks, blocks);
    }
}

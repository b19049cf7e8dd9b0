use falconer_report::Options;
use falconer_report::check::{CheckFormat, render};
use proptest::prelude::*;

use super::super::markdown::parse;
use super::{any_report, plain, samples, snapshot};

#[test]
fn everything_about_a_broken_folder() {
    let options = Options { verbose: true, ..Options::default() };
    snapshot("check-broken-markdown-verbose", &render(&samples::broken(), CheckFormat::Markdown, &options));
}

#[test]
fn a_comment_stays_short_with_many_findings() {
    let mut report = samples::broken();
    let one = report.findings[3].clone();
    report.findings = vec![one; 400];
    let text = plain(&report, CheckFormat::Markdown);
    // What GitHub takes as a comment.
    assert!(text.len() < 65_536, "{}", text.len());
    assert!(text.contains("\n… 350 more\n"), "{text}");
}

const HEADINGS: &[&str] = &["Unused suppressions", "Not read whole", "Suppressed", "Read", "Sources"];
const STARTS: &[&str] = &["Falconer: ", "Error:", "Warning:", "Note:", "Fixed", "Would fix"];

proptest! {
    #[test]
    fn text_of_the_folder_never_becomes_markup(report in any_report(), verbose in any::<bool>()) {
        let text = render(&report, CheckFormat::Markdown, &Options { verbose, ..Options::default() });
        let seen = parse(&text);
        prop_assert!(seen.foreign.is_empty(), "{:?}\n{text}", seen.foreign);
        for heading in &seen.headings {
            let ours = HEADINGS.contains(&heading.as_str())
                || STARTS.iter().any(|start| heading.starts_with(start));
            prop_assert!(ours, "{heading:?}\n{text}");
        }
        // Mentions are looked for in what is not code.
        let mention = seen.plain.split('\n').find(|line| line.contains('@') || line.contains('#'));
        prop_assert!(mention.is_none(), "{mention:?}\n{text}");
        prop_assert!(!seen.plain.contains("://") && !seen.plain.contains("www."), "{text}");
    }
}

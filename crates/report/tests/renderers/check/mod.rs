//! What the renderers of `falconer check` write.

mod arbitrary;
mod ci;
mod full;
mod html;
mod json;
mod junit;
mod markdown;
mod pages;
mod samples;
mod sarif;

use falconer_report::Options;
use falconer_report::check::model::CheckReport;
use falconer_report::check::{CheckFormat, render};
use proptest::prelude::*;

use super::samples::arbitrary::nasty;
use super::{acts, options, snapshot, without_colours};

fn plain(report: &CheckReport, format: CheckFormat) -> String {
    render(report, format, &Options::default())
}

fn any_report() -> impl Strategy<Value = CheckReport> {
    arbitrary::report(nasty(), nasty())
}

#[test]
fn a_broken_folder_in_every_format() {
    for format in CheckFormat::ALL {
        snapshot(&format!("check-broken-{format}"), &without_head(&plain(&samples::broken(), format)));
    }
}

#[test]
fn a_healthy_folder_in_every_format() {
    for format in CheckFormat::ALL {
        snapshot(&format!("check-healthy-{format}"), &without_head(&plain(&samples::healthy(), format)));
    }
}

#[test]
fn a_fixed_folder_in_the_formats_that_tell_it() {
    for format in [CheckFormat::Full, CheckFormat::Concise, CheckFormat::Markdown, CheckFormat::Html] {
        snapshot(&format!("check-fixed-{format}"), &without_head(&plain(&samples::fixed(), format)));
    }
}

#[test]
fn every_text_that_comes_from_a_folder_can_be_rewritten() {
    for mut report in [samples::broken(), samples::fixed()] {
        report.rewrite_texts(&mut |_| Some("redacted".to_owned()));
        let json = plain(&report, CheckFormat::Json);
        for text in ["Shop", "publish", "web.config", "inprocess", "8.0.7", "dotnet"] {
            assert!(!json.contains(text), "{text}\n{json}");
        }
        assert!(json.contains("7d793037a0760186574b0282f2f435e7"), "{json}");
    }
}

/// The style is no part of the answer, nor is the version that the answer names.
fn without_head(page: &str) -> String {
    let page = page.find("<body>").map_or(page, |at| &page[at..]);
    page.replace(env!("CARGO_PKG_VERSION"), "<version>")
}

proptest! {
    #[test]
    fn no_format_lets_a_control_character_through(report in any_report(), options in options()) {
        let options = Options { color: false, ..options };
        for format in CheckFormat::ALL {
            let text = render(&report, format, &options);
            prop_assert!(!text.contains(acts), "{format}: {:?}", text.chars().find(|c| acts(*c)));
            prop_assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{format}: {text:?}");
        }
    }

    #[test]
    fn the_only_control_sequences_are_our_own_colours(report in any_report(), options in options()) {
        for format in [CheckFormat::Full, CheckFormat::Concise] {
            let plain = render(&report, format, &Options { color: false, ..options });
            let coloured = render(&report, format, &Options { color: true, ..options });
            prop_assert_eq!(without_colours(&coloured), plain);
        }
    }
}

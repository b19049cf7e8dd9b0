use std::collections::BTreeMap;

use falconer_report::Options;
use falconer_report::check::model::{FixInfo, Severity, WillShow};
use falconer_report::check::page::{CheckPage, list, markdown, text};
use falconer_report::model::{Confidence, Remedy};
use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

use super::super::markdown::parse;
use super::{acts, nasty, options, snapshot};

fn files(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files.iter().map(|(name, content)| ((*name).to_owned(), (*content).to_owned())).collect()
}

fn page() -> CheckPage {
    CheckPage {
        id: "web-config.unknown-attribute".into(),
        title: "An attribute of `<aspNetCore>` is not known".into(),
        failure: "web-config-malformed".into(),
        failure_title: "IIS can't read the app's web.config".into(),
        severity: Severity::Error,
        confidence: Confidence::Certain,
        why: "The module's schema doesn't know the attribute, and IIS refuses the whole file.".into(),
        will_show: vec![WillShow {
            channel: "page".into(),
            text: "HTTP Error 500.19 - Internal Server Error\nError Code: 0x8007000d".into(),
        }],
        fix: Some(FixInfo {
            safe: true,
            text: "Renames it to the attribute that differs by two letters at most; no other can be meant."
                .into(),
        }),
        remedies: vec![Remedy {
            platform: "any".into(),
            text: "Correct the name of the attribute.".into(),
            commands: vec!["notepad web.config".into()],
        }],
        since: "0.2".into(),
        targets: vec!["iis".into(), "azure".into()],
        arguments: vec!["--target".into(), "iis".into()],
        before: files(&[
            ("web.config", "<configuration>\n  <aspNetCore procesPath=\"dotnet\" />\n</configuration>\n"),
            ("app_offline.htm", "<p>Back soon</p>"),
        ]),
        after: files(&[
            ("web.config", "<configuration>\n  <aspNetCore processPath=\"dotnet\" />\n</configuration>\n"),
            ("app_offline.htm", ""),
        ]),
        sources: vec!["aspnetcore_schema_v2.xml".into()],
    }
}

/// A check that `--fix` does nothing about, and of which little is told.
fn by_hand() -> CheckPage {
    CheckPage {
        id: "folder.wrong-platform".into(),
        failure: "wrong-platform".into(),
        fix: None,
        remedies: Vec::new(),
        targets: Vec::new(),
        will_show: Vec::new(),
        before: BTreeMap::new(),
        sources: Vec::new(),
        ..page()
    }
}

#[test]
fn a_page_of_the_book() {
    snapshot("check-page-markdown", &markdown(&page()));
}

#[test]
fn a_page_at_width_100() {
    snapshot("check-page-text-100", &text(&page(), &Options::default()));
}

#[test]
fn a_page_with_its_example_at_width_50_in_ascii() {
    let options = Options { width: 50, unicode: false, verbose: true, ..Options::default() };
    snapshot("check-page-text-50-ascii-verbose", &text(&page(), &options));
}

#[test]
fn what_is_repaired_by_hand_says_so() {
    assert!(markdown(&by_hand()).contains("## Fix\n\nIt is repaired by hand.\n"));
    assert!(text(&by_hand(), &Options::default()).contains("• It is repaired by hand.\n"));
}

#[test]
fn the_list_links_to_checks_and_failures() {
    let table = list(&[page(), by_hand()]);
    let row = "| [`web-config.unknown-attribute`](web-config.unknown-attribute.md) | An attribute of `<aspNetCore>` is not \
               known | error | `--fix` | [`web-config-malformed`](../failures/web-config-malformed.md) |";
    assert_eq!(table.lines().nth(2), Some(row));
    assert_eq!(table.lines().count(), 4);
}

#[test]
fn an_id_that_is_no_file_name_is_not_linked() {
    for id in ["../secret", "", "a b", ".hidden", "x\u{202e}"] {
        let table = list(&[CheckPage { id: id.into(), ..page() }]);
        assert_eq!(table.matches("](").count(), 1, "{table}");
    }
}

fn any_page(prose: impl Strategy<Value = String> + Clone) -> impl Strategy<Value = CheckPage> {
    (prose.clone(), prose.clone(), prose.clone(), prose.clone(), any::<bool>()).prop_map(
        |(a, b, c, d, full)| CheckPage {
            title: a.clone(),
            failure_title: b.clone(),
            why: c.clone(),
            will_show: vec![WillShow { channel: "page".into(), text: d.clone() }],
            fix: full.then(|| FixInfo { safe: false, text: a.clone() }),
            remedies: vec![Remedy { platform: "iis".into(), text: b, commands: Vec::new() }],
            before: files(&[("a", &c)]),
            after: files(&[("a", &d)]),
            sources: vec![a],
            ..page()
        },
    )
}

proptest! {
    #[test]
    fn no_control_character_gets_through(page in any_page(nasty().boxed()), options in options()) {
        let options = Options { color: false, ..options };
        for page in [markdown(&page), list(std::slice::from_ref(&page)), text(&page, &options)] {
            prop_assert!(!page.contains(acts), "{page:?}");
            prop_assert!(page.ends_with('\n'), "{page:?}");
        }
    }

    #[test]
    fn text_of_the_catalogue_is_shown_and_never_markup(page in any_page(nasty().boxed())) {
        let seen = parse(&markdown(&page));
        // The link to the failure is ours.
        let foreign: Vec<&String> = seen.foreign.iter().filter(|event| !event.contains("../failures/")).collect();
        prop_assert!(foreign.is_empty(), "{foreign:?}");
    }

    #[test]
    fn no_line_of_prose_is_wider_than_the_screen(
        page in any_page("([a-zé漢字、]{1,10} ){0,40}".boxed()), width in 40usize..=120,
    ) {
        let options = Options { width, verbose: true, ..Options::default() };
        for line in text(&page, &options).lines() {
            prop_assert!(line.width() <= width, "{} columns: {line:?}", line.width());
        }
    }
}

use data_encoding::BASE64;
use falconer_report::model::Report;
use falconer_report::{Format, Options, render};
use proptest::prelude::*;
use roxmltree::{Document, Node, ParsingOptions};
use sha2::{Digest, Sha256};

use super::{samples, snapshot};

fn html(report: &Report) -> String {
    render(report, Format::Html, &Options::default())
}

fn body(page: &str) -> &str {
    &page[page.find("<body>").unwrap()..]
}

/// The page is also well-formed XML, so that an independent parser can say what is in it.
pub(crate) fn parse(page: &str) -> Document<'_> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    Document::parse_with_options(page, options).unwrap()
}

#[test]
fn two_applications() {
    snapshot("html-two-applications", body(&html(&samples::two_applications())));
}

#[test]
fn an_unknown_cause() {
    snapshot("html-unknown", body(&html(&samples::unknown())));
}

#[test]
fn a_healthy_input() {
    snapshot("html-healthy", body(&html(&samples::healthy())));
}

#[test]
fn the_policy_allows_the_style_of_the_page_and_nothing_else() {
    let page = html(&samples::healthy());
    let document = parse(&page);
    let style = document.descendants().find(|node| node.has_tag_name("style")).unwrap();
    let digest = BASE64.encode(&Sha256::digest(style.text().unwrap()));
    let policy = document
        .descendants()
        .find(|node| node.attribute("http-equiv") == Some("Content-Security-Policy"))
        .and_then(|node| node.attribute("content"))
        .unwrap();
    let expected =
        format!("default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'");
    assert_eq!(policy, expected, "the digest in page.rs is that of html.css");
}

#[test]
fn nothing_is_loaded_from_elsewhere() {
    let page = html(&samples::two_applications());
    let style = &page[..page.find("<body>").unwrap()];
    for loader in ["url(", "@import", "src=", "href=", "<script", "<link"] {
        assert!(!style.contains(loader), "{loader}");
    }
}

const ELEMENTS: &[&str] = &[
    "article",
    "body",
    "br",
    "code",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "head",
    "header",
    "html",
    "li",
    "main",
    "mark",
    "meta",
    "p",
    "pre",
    "section",
    "span",
    "strong",
    "style",
    "summary",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
];

const ATTRIBUTES: &[&str] = &["charset", "class", "content", "http-equiv", "lang", "name", "open"];

pub(crate) fn text_of(node: Node<'_, '_>) -> String {
    node.descendants().filter(|n| n.is_text()).filter_map(|n| n.text()).collect()
}

/// There is nothing in the page but what the renderers write themselves.
pub(crate) fn check_markup(document: &Document<'_>) {
    for node in document.descendants() {
        assert!(!node.is_comment() && !node.is_pi(), "{node:?}");
        if node.is_element() {
            assert!(ELEMENTS.contains(&node.tag_name().name()), "{node:?}");
            for attribute in node.attributes() {
                assert!(ATTRIBUTES.contains(&attribute.name()), "{attribute:?}");
            }
        }
    }
}

#[test]
fn hostile_text_is_shown_as_text() {
    let page = html(&samples::hostile());
    let document = parse(&page);
    let shown = text_of(document.root());
    assert!(
        shown.contains(
            "</pre><script>alert(1)</script>| ` ```` @team #12 [x](http://y) <!-- --> &amp; ]]> '\""
        )
    );
    assert!(shown.contains("<U+001B>[2J<U+009B>31m<U+202E>"));
}

proptest! {
    #[test]
    fn evidence_never_becomes_markup(
        report in samples::arbitrary::report(samples::arbitrary::nasty(), samples::arbitrary::nasty()),
        verbose in any::<bool>(),
    ) {
        let page = render(&report, Format::Html, &Options { verbose, ..Options::default() });
        let document = parse(&page);
        check_markup(&document);
    }

    #[test]
    fn quotes_and_commands_are_in_the_page_as_they_are(
        text in "[ -~é漢]{0,60}",
    ) {
        let mut report = samples::two_applications();
        let best = &mut report.diagnoses[0];
        best.evidence[1].quote = text.clone();
        best.remedies[0].commands = vec![text.clone()];
        let page = html(&report);
        let document = parse(&page);
        let shown = document.descendants().filter(|n| n.has_tag_name("pre") && text_of(*n) == text).count();
        prop_assert!(shown > usize::from(!text.trim().is_empty()), "{page}");
    }
}

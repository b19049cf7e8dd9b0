use falconer_report::check::CheckFormat;
use proptest::prelude::*;

use super::super::html::{check_markup, parse, text_of};
use super::{any_report, plain, samples};

#[test]
fn hostile_text_is_shown_as_text() {
    let page = plain(&samples::hostile(), CheckFormat::Html);
    let document = parse(&page);
    check_markup(&document);
    let shown = text_of(document.root());
    assert!(shown.contains("</pre><script>alert(1)</script>| ` ```` @team"), "{shown}");
    assert!(shown.contains("<U+001B>[2J<U+009B>31m<U+202E>"), "{shown}");
}

#[test]
fn the_title_of_a_page_with_one_finding_is_what_was_found() {
    let page = plain(&samples::fixed(), CheckFormat::Html);
    let document = parse(&page);
    let title = document.descendants().find(|node| node.has_tag_name("title")).unwrap();
    assert_eq!(title.text(), Some("stdoutLogEnabled is true – Falconer"));
}

#[test]
fn every_finding_has_its_card() {
    let page = plain(&samples::broken(), CheckFormat::Html);
    let document = parse(&page);
    let cards = |class| {
        let card = |node: &roxmltree::Node<'_, '_>| node.attribute("class") == Some(class);
        document.descendants().filter(card).count()
    };
    assert_eq!(["card error", "card warning", "card hint"].map(cards), [3, 1, 1]);
}

proptest! {
    #[test]
    fn text_of_the_folder_never_becomes_markup(report in any_report()) {
        check_markup(&parse(&plain(&report, CheckFormat::Html)));
    }
}

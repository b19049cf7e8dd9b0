//! Well-formed and not well-formed documents.

use falconer_iis_config::xml::XmlErrorKind;
use falconer_iis_config::{Form, WebConfig};

const SDK: &str = include_str!("data/sdk-framework-dependent.config");

fn error(text: &str) -> (String, u32, u32, String) {
    let config = WebConfig::parse(text);
    assert_eq!(config.form(), Form::Malformed, "{text}");
    let Some(problem) = config.problems().first() else { panic!("no problem is told of {text}") };
    (problem.kind.name().to_owned(), problem.at.line, problem.at.column, problem.explanation())
}

fn kind(text: &str) -> String {
    error(text).0
}

#[test]
fn a_well_formed_document_has_no_problem_with_or_without_byte_order_mark() {
    for text in [SDK.to_owned(), format!("\u{FEFF}{SDK}"), SDK.replace('\n', "\r\n")] {
        let config = WebConfig::parse(&text);
        assert_eq!(config.form(), Form::Document);
        assert_eq!(config.problems(), []);
    }
}

#[test]
fn every_attribute_lies_where_its_span_says() {
    let config = WebConfig::parse(SDK);
    let mut seen = 0;
    for node in config.tree().nodes() {
        let element = node.element();
        assert!(element.span.of(SDK).starts_with(&format!("<{}", element.name)));
        assert_eq!(element.name_span.of(SDK), element.name);
        for attribute in &element.attributes {
            assert_eq!(attribute.name_span.of(SDK), attribute.name);
            assert_eq!(attribute.value_span.of(SDK), attribute.value);
            assert_eq!(attribute.span.of(SDK), format!("{}=\"{}\"", attribute.name, attribute.value));
            seen += 1;
        }
    }
    assert_eq!(seen, 12);
}

#[test]
fn an_unclosed_element_is_named_with_the_line_it_was_opened_on() {
    let text =
        "<configuration>\n  <system.webServer>\n    <handlers>\n  </system.webServer>\n</configuration>";
    let (kind, line, column, why) = error(text);
    assert_eq!((kind.as_str(), line, column), ("unclosed-element", 3, 5));
    assert_eq!(why, "<handlers>, opened on line 3, is not closed before </system.webServer> on line 4");
}

#[test]
fn a_truncated_file_names_the_innermost_open_element() {
    let (kind, line, _, why) = error("<configuration>\n<system.webServer>\n<handlers>\n<add name='a' />\n");
    assert_eq!((kind.as_str(), line), ("unclosed-element", 3));
    assert_eq!(why, "<handlers>, opened on line 3, is not closed before the end of the file");
    assert_eq!(self::kind("<configuration><handlers"), "unterminated");
    assert_eq!(self::kind("<configuration><!-- "), "unterminated");
}

#[test]
fn an_end_tag_without_slash_is_told_from_an_unclosed_element() {
    let (kind, line, _, why) = error("<configuration>\n<system.net>\n<x/>\n<system.net>\n</configuration>");
    assert_eq!((kind.as_str(), line), ("end-tag-without-slash", 4));
    assert_eq!(
        why,
        "<system.net> is opened again inside the <system.net> of line 2; the end tag is written </system.net>"
    );
}

#[test]
fn declarations_are_first_and_once() {
    let twice = "<?xml version=\"1.0\"?><?xml version=\"1.0\"?><configuration/>";
    assert_eq!(kind(twice), "second-declaration");
    assert_eq!(error(twice).2, 22);
    for text in [
        "\n<?xml version=\"1.0\"?><configuration/>",
        " <?xml version=\"1.0\"?><a/>",
        "<!-- a --><?xml version=\"1.0\"?><a/>",
    ] {
        assert_eq!(kind(text), "text-before-declaration", "{text}");
        assert_eq!(error(text).1, 1);
    }
}

#[test]
fn a_bare_ampersand_is_found_where_it_stands() {
    let text = "<configuration>\n<connectionStrings><add connectionString=\"a=1;p=x&y\"/></connectionStrings>\n</configuration>";
    let (kind, line, column, why) = error(text);
    assert_eq!((kind.as_str(), line, column), ("bare-ampersand", 2, 50));
    assert_eq!(why, "a plain & is not allowed in XML; write &amp;");
    assert_eq!(self::kind("<a b=\"p=x&y;z\"/>"), "unknown-entity");
    assert_eq!(self::kind("<a>Tom & Jerry</a>"), "bare-ampersand");
    assert_eq!(self::kind("<a>&nbsp;</a>"), "unknown-entity");
}

#[test]
fn each_kind_of_damage_has_its_name() {
    for (text, expected) in [
        ("", "empty"),
        ("  \n ", "empty"),
        ("<!-- only a comment -->", "empty"),
        ("hello <configuration/>", "text-before-root"),
        ("<configuration/> hello", "text-after-root"),
        ("<configuration/><configuration/>", "text-after-root"),
        ("<configuration></configuration></configuration>", "stray-end-tag"),
        ("<a b=\"1\" b=\"2\"/>", "duplicate-attribute"),
        ("<a b=\"1<2\"/>", "less-than-in-value"),
        ("<a b=1/>", "quotes"),
        ("<a b/>", "quotes"),
        ("<a b=\"1/>\n<c d=\"2\"/>", "quotes"),
        ("<a b=“dotnet”/>", "typographic-quotes"),
        ("<a><!-- x -- y --></a>", "hyphens-in-comment"),
        ("<a xdt:Transform=\"Remove\"/>", "undeclared-prefix"),
        ("<a b=\"\u{1}\"/>", "forbidden-character"),
        ("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", "doctype"),
        ("<<<<<<< HEAD\n<a/>\n=======\n<b/>\n>>>>>>> other\n", "merge-conflict"),
        ("<a>\n<<<<<<< HEAD\n</a>", "merge-conflict"),
    ] {
        assert_eq!(kind(text), expected, "{text}");
    }
}

#[test]
fn what_no_configuration_has_is_refused_before_it_costs_much() {
    let deep = "<a>".repeat(100_000);
    let wide = format!("<a {}/>", (0..100_000).map(|n| format!("b{n}=\"\" ")).collect::<String>());
    let spaces: String = (0..10_000).map(|n| format!("<a xmlns:n{n}=\"u{n}\">")).collect();
    let many = format!("<a>{}</a>", "<b/>".repeat(300_000));
    for text in [deep, wide, spaces, many] {
        let problem = WebConfig::parse(&text).problems().first().map(|problem| problem.kind.clone());
        assert_eq!(problem, Some(XmlErrorKind::TooLarge));
    }
}

#[test]
fn a_malformed_document_is_read_as_far_as_possible() {
    let text = SDK.replace("</handlers>", "");
    let config = WebConfig::parse(&text);
    assert_eq!(config.form(), Form::Malformed);
    assert_eq!(config.handlers().len(), 1);
    let element = config.asp_net_core();
    assert_eq!(element.first().and_then(|element| element.text("processPath")), Some("dotnet"));
}

use proptest::prelude::*;

use super::*;

fn text(page: &str) -> String {
    to_text(page).text
}

#[test]
fn a_page_of_the_module_becomes_its_lines() {
    let page = r#"<!DOCTYPE html>
<html lang="en-US"><head><meta charset="utf-8" />
<title> HTTP Error 500.30 - ASP.NET Core app failed to start </title>
<style> body { font: 1em } /* <p> */ </style><script>if (a < b) { "</p>" }</script>
</head><body><div><h1> HTTP Error 500.30 - ASP.NET Core app failed to start </h1>
<h2> Common solutions to this issue: </h2><ul><li>The app failed to start</li><li>The app started but then stopped</li></ul>
<p>Don&#39;t <b>panic</b> &amp; read <a href="https://x?a>b">this</a>.<br/>End</p></div></body></html>
"#;
    let html = to_text(page);
    assert_eq!(
        html.text,
        "HTTP Error 500.30 - ASP.NET Core app failed to start\n\
         HTTP Error 500.30 - ASP.NET Core app failed to start\n\
         Common solutions to this issue:\n\
         The app failed to start\n\
         The app started but then stopped\n\
         Don't panic & read this.\n\
         End"
    );
    assert_eq!(html.title.as_deref(), Some("HTTP Error 500.30 - ASP.NET Core app failed to start"));
    let at = html.text.find("panic").unwrap_or_default();
    assert_eq!(html.line_of_page(at), 7);
}

#[test]
fn the_cells_of_a_row_stay_on_one_line() {
    let page = "<table><tr class=\"alt\"><th>Error Code</th><td>&nbsp;&nbsp;&nbsp;0x8007000d</td></tr> \n\
                <tr><th>Config Error</th><td>&nbsp;</td></tr><tr><th>\n<p>Config File</p></th>\n<td><div>C:\\web.config</div></td></tr></table>";
    assert_eq!(text(page), "Error Code\t0x8007000d\nConfig Error\t\nConfig File\tC:\\web.config");
}

#[test]
fn line_breaks_count_in_preformatted_text_only() {
    assert_eq!(text("a\nb<pre>   1: x\n   2: y\n</pre>c\nd"), "a b\n1: x\n2: y\nc d");
}

#[test]
fn broken_pages_give_what_they_hold() {
    for (page, expected) in [
        ("", ""),
        ("plain", "plain"),
        ("a < b and c <= d", "a < b and c <= d"),
        ("<p>one<p>two", "one\ntwo"),
        ("<b>cut <a href=\"x", "cut"),
        ("<a title=\"open>one</a> two", "one two"),
        ("x <!-- never closed <p>y", "x"),
        ("x<script>never closed <p>y", "x"),
        ("x<script src=a /><p>y", "x\ny"),
        ("</p></td></tr>x</pre></pre>y\nz", "x\ny z"),
        ("a<![CDATA[b]]>c<?php d ?>e", "ace"),
        ("x & y &bogus; &", "x & y &bogus; &"),
    ] {
        assert_eq!(text(page), expected, "{page}");
    }
}

#[test]
fn pages_are_told_from_other_markup() {
    for yes in [
        "\u{feff}<!DOCTYPE html>",
        "<HTML>",
        "<?xml version=\"1.0\"?>\n<!-- x --><html xmlns='x'>",
        "  <h2>HTTP Error</h2>",
        "<table>",
    ] {
        assert!(is_html(yes), "{yes}");
    }
    for no in
        ["", "text <p>", "<configuration>", "<Event xmlns='x'>", "<failedRequest", "<!-- <p>", "<!DOCTYPE x>"]
    {
        assert!(!is_html(no), "{no}");
    }
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~\n]{0,12}",
        ".{0,4}",
        prop::sample::select(vec![
            "<",
            ">",
            "\"",
            "'",
            "</",
            "<!--",
            "-->",
            "<script>",
            "</script>",
            "<td>",
            "</td>",
            "<tr>",
            "<pre>",
            "&",
            "&amp;",
            "&#",
            "<title>",
            "</title>",
            "<p a='",
            "<br>",
        ])
        .prop_map(str::to_owned),
    ]
}

proptest! {
    #[test]
    fn any_page_gives_tidy_lines_that_know_their_origin(pieces in prop::collection::vec(piece(), 0..40)) {
        let page = pieces.concat();
        let html = to_text(&page);
        let lines = page.split('\n').count();
        let mut at = 0;
        let mut before = 1;
        for line in html.text.lines() {
            prop_assert!(!line.is_empty() && line.trim_matches(' ') == line, "{line:?}");
            let origin = html.line_of_page(at);
            prop_assert!(origin >= before && origin as usize <= lines);
            before = origin;
            at += line.len() + 1;
        }
    }

    #[test]
    fn text_without_markup_only_loses_its_white_space(words in prop::collection::vec("[a-z0-9.:]{1,8}", 0..20)) {
        prop_assert_eq!(text(&words.join("  \n")), words.join(" "));
    }
}

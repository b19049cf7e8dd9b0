use falconer_settings::{CommentFaultKind, Comments, Selector};

use super::KNOWN;

/// The lines that the only suppression of a text is for; `None` for the whole file.
fn lines(file: &str, text: &str) -> Option<Vec<(u32, u32)>> {
    let comments = Comments::read(file, text, &KNOWN);
    assert!(comments.faults.is_empty(), "{:?}", comments.faults);
    let [suppression] = &comments.suppressions[..] else { panic!("{:?}", comments.suppressions) };
    let reach = suppression.reach.as_ref()?;
    Some(reach.iter().map(|reach| (reach.first_line, reach.last_line)).collect())
}

/// What is told of a text in which nothing counts.
fn faults(file: &str, text: &str) -> Vec<String> {
    let comments = Comments::read(file, text, &KNOWN);
    assert!(comments.suppressions.is_empty(), "{:?}", comments.suppressions);
    comments.faults.iter().map(ToString::to_string).collect()
}

const IGNORE: &str = "falconer: ignore[folder] reason: x";

#[test]
fn a_comment_says_which_checks_and_why() {
    let text = "<configuration>\n  <!-- falconer: ignore[stdout-log-path, web-config.unknown-attribute]\n    \
                reason: we collect\n    these logs -->\n  <aspNetCore />\n</configuration>";
    let comments = Comments::read("sub/web.config", text, &KNOWN);
    let [suppression] = &comments.suppressions[..] else { panic!("{comments:?}") };
    assert_eq!(suppression.place.to_string(), "sub/web.config:2:3");
    assert_eq!(suppression.reason, "we collect these logs");
    let names: Vec<&str> = suppression.selectors.iter().map(Selector::name).collect();
    assert_eq!(names, ["stdout-log-path", "web-config.unknown-attribute"]);
}

#[test]
fn a_comment_on_a_line_of_its_own_is_for_the_start_tag_that_follows() {
    let text = format!("<a>\n  <!-- {IGNORE} -->\n\n  <b x='1'\n     y='2'>\n  <c/></b>\n</a>");
    assert_eq!(lines("web.config", &text), Some(vec![(4, 5)]));
    let reach = Comments::read("web.config", &text, &KNOWN).suppressions.remove(0).reach;
    let bytes = reach.map(|reach| reach[0].bytes.clone()).expect("it is for a part");
    assert_eq!(text.get(bytes), Some("<b x='1'\n     y='2'>"));
}

#[test]
fn a_comment_behind_something_is_for_its_line_and_the_tag_that_ends_there() {
    let behind = format!("<a>\n<b x='1'\n   y='2'/> <!-- {IGNORE} -->\n<c/>\n</a>");
    assert_eq!(lines("web.config", &behind), Some(vec![(3, 3), (2, 3)]));
    let between = format!("<a><!-- {IGNORE} --><b\n x='1'/>\n<c/></a>");
    assert_eq!(lines("web.config", &between), Some(vec![(1, 1), (1, 1), (1, 2)]));
}

#[test]
fn comments_add_up_in_front_of_a_tag() {
    let text = format!("<a>\n<!-- {IGNORE} -->\n<!-- why -->\n<!-- {IGNORE} -->\n<b/>\n</a>");
    let comments = Comments::read("web.config", &text, &KNOWN);
    let lines: Vec<u32> =
        comments.suppressions.iter().filter_map(|one| Some(one.reach.as_ref()?[0].first_line)).collect();
    assert_eq!(lines, [5, 5]);
}

#[test]
fn a_comment_can_be_for_the_whole_file() {
    let text = "<!-- falconer: ignore-file[all] reason: generated --><configuration/>";
    assert_eq!(lines("web.config", text), None);
    assert_eq!(lines("appsettings.json", "// falconer: ignore-file[all] reason: generated\n{}"), None);
}

#[test]
fn only_comments_count() {
    for text in [
        format!("<a><![CDATA[<!-- {IGNORE} -->]]></a>"),
        format!("<a><?pi <!-- {IGNORE} --> ?><b/></a>"),
        format!("<a b=\"{IGNORE}\"/>"),
        format!("<a>{IGNORE}</a>"),
        format!("<a/><!-- {IGNORE}"),
    ] {
        assert_eq!(Comments::read("web.config", &text, &KNOWN), Comments::default(), "{text}");
    }
}

#[test]
fn a_comment_counts_in_a_damaged_document_too() {
    let text = format!("<a>\n<!-- {IGNORE} -->\n<b x=1></a>");
    assert_eq!(lines("web.config", &text), Some(vec![(3, 3)]));
}

#[test]
fn a_comment_that_does_not_count_is_told() {
    for (text, told) in [
        (
            "<a>\n <!-- falconer: ignore[folder] --><b/></a>",
            "web.config:2:2: this comment suppresses nothing: say why: write \"reason: …\" behind the list of checks",
        ),
        (
            "<a><!-- falconer: ignore[web-config.unknown-atribute] reason: x --><b/></a>",
            "web.config:1:4: there is no check, family or failure \"web-config.unknown-atribute\"; \
             did you mean \"web-config.unknown-attribute\"?",
        ),
        (
            "<a>\n<b>\n<!-- falconer: ignore[folder] reason: x -->\n</b><c/></a>",
            "web.config:3:1: this comment suppresses nothing: no start tag follows it",
        ),
    ] {
        assert_eq!(faults("web.config", text), [told], "{text}");
    }
}

#[test]
fn the_known_checks_of_a_comment_count_beside_an_unknown_one() {
    let text = "<!-- falconer: ignore[folder, floder] reason: x --><a/>";
    let comments = Comments::read("web.config", text, &KNOWN);
    assert_eq!(comments.suppressions[0].selectors, [Selector::Family("folder".to_owned())]);
    assert!(matches!(comments.faults[0].kind, CommentFaultKind::Unknown(_)));
}

#[test]
fn appsettings_have_comments_of_both_kinds() {
    let file = "appsettings.Production.json";
    for (text, reach) in [
        (format!("{{\n  // {IGNORE}\n  // more\n\n  \"a\": 1,\n  \"b\": 2\n}}"), (5, 5)),
        (format!("{{\n  \"a\": 1, // {IGNORE}\n  \"b\": 2\n}}"), (2, 2)),
        (format!("{{\n  /* {IGNORE} */\n  \"a\": 1\n}}"), (3, 3)),
        (format!("{{\n  /* {IGNORE} */ \"a\": 1\n}}"), (2, 2)),
    ] {
        assert_eq!(lines(file, &text), Some(vec![reach]), "{text}");
    }
    let nothing = format!("{{}}\n// {IGNORE}");
    assert_eq!(
        faults(file, &nothing),
        ["appsettings.Production.json:2:1: this comment suppresses nothing: no line with a value follows it"]
    );
}

#[test]
fn only_comments_of_json_count_and_only_where_they_are_allowed() {
    let in_a_string = format!("{{\n  \"a\": \"\\\" // {IGNORE}\",\n  \"b\": 2\n}}");
    assert_eq!(Comments::read("appsettings.json", &in_a_string, &KNOWN), Comments::default());
    let comment = format!("{{\n  // {IGNORE}\n  \"a\": 1\n}}");
    for file in ["app.runtimeconfig.json", "app.deps.json", "appsettings.txt", "my-appsettings.json"] {
        assert_eq!(Comments::read(file, &comment, &KNOWN), Comments::default(), "{file}");
    }
    assert_eq!(lines("Sub/AppSettings.JSON", &comment), Some(vec![(3, 3)]));
}

#[test]
fn there_is_an_end_to_the_comments_that_are_read() {
    let text = format!("<a>{}</a>", format!("<!-- {IGNORE} --><b/>").repeat(1500));
    let comments = Comments::read("web.config", &text, &KNOWN);
    assert_eq!(comments.suppressions.len(), 1000);
    assert_eq!(comments.faults.len(), 1);
    assert_eq!(comments.faults[0].kind, CommentFaultKind::TooMany);
    let large = format!("<!-- falconer -->{}", " ".repeat(5 << 20));
    assert_eq!(Comments::read("web.config", &large, &KNOWN).faults[0].kind, CommentFaultKind::TooLarge);
}

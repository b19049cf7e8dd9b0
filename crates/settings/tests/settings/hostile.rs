//! Texts that nobody would write.

use falconer_settings::{Comments, Finding, Rules, Settings};
use proptest::prelude::*;

use super::KNOWN;

/// Pieces of which damaged files are made.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("<!--"),
        Just("-->"),
        Just("<a>"),
        Just("</a>"),
        Just("<b x='1'/>"),
        Just("<![CDATA["),
        Just("]]>"),
        Just("falconer: ignore[all] reason: x"),
        Just("falconer: ignore-file[folder]"),
        Just("\n"),
        Just(" "),
        Just("//"),
        Just("/*"),
        Just("*/"),
        Just("\""),
        Just("\\"),
        Just("ä"),
        Just("\u{feff}"),
        Just("<"),
        Just(">"),
        Just("[check]\n"),
        Just("ignore = ["),
        Just("]"),
        Just("[[check.suppress]]\n"),
        Just("check = 'all'\n"),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_is_read_and_every_reach_lies_in_it(text in prop_oneof![pieces(), any::<String>()]) {
        let _ = Settings::parse("falconer.toml", &text);
        for file in ["web.config", "appsettings.json"] {
            let comments = Comments::read(file, &text, &KNOWN);
            for reach in comments.suppressions.iter().flat_map(|one| one.reach.iter().flatten()) {
                prop_assert!(text.get(reach.bytes.clone()).is_some_and(|part| !part.is_empty()));
                prop_assert!(reach.first_line <= reach.last_line);
            }
        }
    }

    #[test]
    fn a_comment_before_a_tag_suppresses_what_is_found_in_it(before in "[ \n]{0,5}", between in "[ \n]{0,5}") {
        let text = format!("<a>{before}<!-- falconer: ignore[all] reason: x -->{between}<b x='1'/></a>");
        let mut rules = Rules::new(KNOWN);
        rules.comments(Comments::read("web.config", &text, &KNOWN).suppressions);
        let offset = text.find("x='1'");
        let finding = Finding { check: "folder.app-offline", failure: "f", file: "web.config", offset, line: None };
        let alone = before.contains('\n');
        let same_line = !between.contains('\n');
        prop_assert_eq!(rules.apply(&[finding]).unused.is_empty(), alone || same_line, "{}", text);
    }
}

//! What the renderers write.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking, its helpers too")]

mod renderers {
    mod check;
    mod concise;
    mod full;
    mod html;
    mod json;
    mod markdown;
    mod pages;
    mod samples;

    use falconer_report::{Format, Options};
    use proptest::prelude::*;

    /// Compares a text with the file of that name; control sequences are made visible for whoever reads it.
    fn snapshot(name: &str, text: &str) {
        insta::with_settings!({
            snapshot_path => "snapshots",
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!(name, text.replace('\u{1b}', "␛"));
        });
    }

    fn options() -> impl Strategy<Value = Options> {
        (any::<bool>(), 0usize..200, any::<bool>(), any::<bool>())
            .prop_map(|(color, width, unicode, verbose)| Options { color, width, unicode, verbose })
    }

    /// What a text must not hold: whatever acts on a terminal or turns the direction of text.
    fn acts(c: char) -> bool {
        c.is_control() && c != '\n'
            || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    }

    proptest! {
        #[test]
        fn no_format_lets_a_control_character_through(
            report in samples::arbitrary::report(samples::arbitrary::nasty(), samples::arbitrary::nasty()),
            options in options(),
        ) {
            let options = Options { color: false, ..options };
            for format in Format::ALL {
                let text = falconer_report::render(&report, format, &options);
                prop_assert!(!text.contains(acts), "{format}: {:?}", text.chars().find(|c| acts(*c)));
                prop_assert!(text.ends_with('\n'), "{format}");
            }
        }

        #[test]
        fn the_only_control_sequences_are_our_own_colours(
            report in samples::arbitrary::report(samples::arbitrary::nasty(), samples::arbitrary::nasty()),
            options in options(),
        ) {
            for format in [Format::Full, Format::Concise] {
                let plain = falconer_report::render(&report, format, &Options { color: false, ..options });
                let coloured = falconer_report::render(&report, format, &Options { color: true, ..options });
                prop_assert_eq!(without_colours(&coloured), plain);
            }
        }
    }

    /// The text without its colour sequences.
    fn without_colours(text: &str) -> String {
        let mut parts = text.split("\u{1b}[");
        let mut plain = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (codes, rest) = part.split_once('m').expect("every sequence ends");
            assert!(codes.bytes().all(|b| b.is_ascii_digit() || b == b';'), "not a colour: {codes:?}");
            plain.push_str(rest);
        }
        plain
    }
}

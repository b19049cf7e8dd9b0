//! Laws of repairs, for files of any trouble and any form.
#![allow(clippy::expect_used, reason = "a test stops where something is not as it must be")]

#[path = "../common/mod.rs"]
mod common;
mod effects;
mod generate;
mod tree;

use common::{in_appsettings, in_bytes, in_runtimeconfig, in_sub_application, in_web_config};
use effects::assert_only_the_intended;
use falconer_fix::{Encoding, FixContext, Fixer, TextFile, apply_all, fix, fixable, repair};
use falconer_iis_config::{WebConfig, apply};
use falconer_observation::Fact;
use generate::{context, damaged, web_config};
use proptest::prelude::*;
use tree::{Item, items};

fn assert_settles(text: &str, context: &FixContext, all: bool, find: fn(&str) -> Vec<Fact>) -> String {
    let repaired = repair(text, context, all, find);
    assert!(repaired.settled, "{:?}\n{}", repaired.changes, repaired.text);
    let again = repair(&repaired.text, context, all, find);
    assert_eq!((again.text.as_str(), again.changes.len()), (repaired.text.as_str(), 0));
    for fact in find(&repaired.text) {
        let left = fix(&(&fact).into(), &repaired.text, context);
        assert!(left.is_none_or(|fix| !all && !fix.safe), "{fact:?} could still be repaired");
    }
    repaired.text
}

/// Line ends of one kind stay so.
fn assert_line_ends(before: &str, after: &str) {
    let crlf = |text: &str| text.matches("\r\n").count();
    let lf = |text: &str| text.matches('\n').count() - crlf(text);
    assert!(crlf(before) > 0 || crlf(after) == 0, "CRLF came into\n{after:?}");
    assert!(lf(before) > 0 || lf(after) == 0, "LF came into\n{after:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn each_repair_changes_only_the_nodes_it_is_about(text in web_config(), context in context()) {
        let fixer = Fixer::new(&text, &context);
        for fact in in_sub_application(&text).iter().chain(&in_web_config(&text)) {
            if let Some(fix) = fixer.fix(&fact.into()) {
                assert_only_the_intended(&text, fact, &fix);
                prop_assert!(fixable(&fact.id).is_some());
            }
        }
    }

    #[test]
    fn repairs_come_to_rest_and_then_nothing_is_left_to_repair(text in web_config(), context in context(), all: bool) {
        for find in [in_web_config as fn(&str) -> Vec<Fact>, in_sub_application] {
            let after = assert_settles(&text, &context, all, find);
            prop_assert!(WebConfig::parse(&after).is_complete(), "{}", after);
            assert_line_ends(&text, &after);
            let comments = |text: &str| text.matches("<!-- größer").count();
            prop_assert_eq!(comments(&text), comments(&after));
        }
    }

    #[test]
    fn damaged_files_are_repaired_to_well_formed_ones_or_left(text in damaged(), context in context()) {
        for fact in in_web_config(&text) {
            if let Some(fix) = fix(&(&fact).into(), &text, &context) {
                let after = apply(&text, fix.edits()).expect("edits of this text");
                prop_assert!(items(&after).is_some(), "{} makes\n{after}", fact.id);
            }
        }
        assert_settles(&text, &context, true, in_web_config);
    }

    #[test]
    fn encoding_and_byte_order_mark_stay(
        text in web_config(),
        context in context(),
        form in proptest::sample::select(&[
            (Encoding::Utf8, true), (Encoding::Utf8, false), (Encoding::Utf16Le, true),
            (Encoding::Utf16Be, true), (Encoding::Utf16Le, false), (Encoding::Windows1252, false),
        ][..]),
    ) {
        let (encoding, bom) = form;
        let name = match encoding {
            Encoding::Utf8 => "utf-8",
            Encoding::Windows1252 => "windows-1252",
            _ => "utf-16",
        };
        // Something beyond ASCII, so that encodings differ.
        let text = text.replace("version=\"1.0\"?>", &format!("version=\"1.0\" encoding=\"{name}\"?><!-- ü -->"));
        let mut seed = match encoding {
            Encoding::Utf8 => b"\xEF\xBB\xBF\xC3\xBC".to_vec(),
            Encoding::Utf16Le => b"\xFF\xFEa\0".to_vec(),
            Encoding::Utf16Be => b"\xFE\xFF\0a".to_vec(),
            Encoding::Windows1252 => b"<?xml version='1.0' encoding='windows-1252'?><!-- \xFC -->".to_vec(),
        };
        if !bom && encoding == Encoding::Utf8 {
            seed.drain(..3);
        }
        if !bom && encoding == Encoding::Utf16Le {
            seed = b"a\0b\0c\0d\0".to_vec();
        }
        let bytes = TextFile::read(&seed).expect("lossless").bytes_of(&text).expect("characters it has");
        let file = TextFile::read(&bytes).expect("lossless");
        prop_assert_eq!((file.encoding, file.bom, file.text.as_str()), (encoding, bom, text.as_str()));
        prop_assert_eq!(in_bytes(&bytes), None);
        let repaired = repair(&file.text, &context, true, in_web_config);
        let written = file.bytes_of(&repaired.text).expect("characters it has");
        let again = TextFile::read(&written).expect("lossless");
        prop_assert_eq!((again.encoding, again.bom, again.text), (encoding, bom, repaired.text));
        prop_assert_eq!(in_bytes(&written), None);
    }

    #[test]
    fn a_declaration_that_does_not_fit_is_made_to_fit(text in web_config(), utf16: bool) {
        let wrong = if utf16 { "utf-8" } else { "utf-16" };
        let text = text.replace("version=\"1.0\"", &format!("version=\"1.0\" encoding=\"{wrong}\""));
        let bytes = if utf16 {
            [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
        } else {
            text.clone().into_bytes()
        };
        let file = TextFile::read(&bytes).expect("lossless");
        let fact = in_bytes(&bytes).expect("it does not fit");
        let fix = fix(&(&fact).into(), &file.text, &FixContext::default()).expect("a repair");
        let applied = apply_all(&file.text, &[fix]);
        prop_assert_eq!(in_bytes(&file.bytes_of(&applied.text).expect("characters it has")), None);
    }

    #[test]
    fn json_keeps_every_value_but_the_one_that_goes(
        names in proptest::collection::vec("[a-c]{1,2}", 1..6),
        reserved in any::<prop::sample::Index>(),
        blanks in proptest::collection::vec(proptest::sample::select(&["", " ", "\n  ", "\r\n\t", " /* , } \" */ ", " // x\n"][..]), 1..9),
    ) {
        let mut blank = blanks.iter().cycle();
        let mut blank = || *blank.next().expect("endless");
        let at = reserved.index(names.len());
        let mut body = String::new();
        for (index, name) in names.iter().enumerate() {
            let name = if index == at { "PROBING_DIRECTORIES".to_owned() } else { format!("{name}{index}") };
            let comma = if index + 1 < names.len() { "," } else { "" };
            body.push_str(&format!("{}\"{name}\"{}:{}\"v,{index}\"{}{comma}", blank(), blank(), blank(), blank()));
        }
        let text = format!("{{\"runtimeOptions\": {{\"configProperties\": {{{body}{}}}}}}}", blank());
        let facts = in_runtimeconfig(&text);
        prop_assert_eq!(facts.len(), 1);
        let after = assert_settles(&text, &FixContext::default(), true, in_runtimeconfig);
        let values = |text: &str| -> Vec<(String, String)> {
            let config = falconer_dotnet::runtimeconfig::RuntimeConfig::parse(text.as_bytes()).expect("valid");
            config.config_properties.into_iter().map(|p| (p.name.value, p.value.value)).collect()
        };
        let mut expected = values(&text);
        expected.remove(at);
        prop_assert_eq!(values(&after), expected);
        let comments = |text: &str| text.matches("/*").count() + text.matches("//").count();
        // Comments within the member go with it.
        prop_assert!(comments(&after) <= comments(&text));
        assert_line_ends(&text, &after);
    }

    #[test]
    fn json_of_any_kind_comes_to_rest(text in "([{}\\[\\],:]|\"[a-b]\"|\"C:.x\"|\"C:\\\\x\"| |\n|1|true|/\\*\\*/|rollForward){0,40}") {
        let object = format!("{{\"a\": {text}}}");
        for text in [text.as_str(), object.as_str()] {
            for find in [in_runtimeconfig as fn(&str) -> Vec<Fact>, in_appsettings] {
                for all in [false, true] {
                    assert_settles(text, &FixContext::default(), all, find);
                }
            }
        }
    }
}

#[test]
fn an_attribute_is_told_from_an_element() {
    let seen = items("<a b='c'><!-- d -->e</a>").expect("well-formed");
    let seen: Vec<Item> = seen.into_iter().map(|(item, _)| item).collect();
    assert_eq!(seen.iter().filter(|item| matches!(item, Item::Attribute(..))).count(), 1);
    assert_eq!(seen.len(), 4);
}

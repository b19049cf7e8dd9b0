//! The JSON Schema and the reader take the same files.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use falconer_settings::{FailOn, Settings, SettingsErrorKind, Severity, Target};
use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::Value;

static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
    let text = include_str!("../../../../schemas/settings-v1.schema.json");
    serde_json::from_str(text).expect("the schema is JSON")
});
static VALIDATOR: LazyLock<Validator> =
    LazyLock::new(|| jsonschema::validator_for(&SCHEMA).expect("the schema is a schema"));

/// What the schema has against a file.
pub(super) fn errors(text: &str) -> Vec<String> {
    let document: toml::Table = text.parse().expect("the text is TOML");
    let value = serde_json::to_value(document).expect("TOML without dates is JSON");
    VALIDATOR.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// The keys of a table in the schema.
pub(super) fn keys(pointer: &str) -> BTreeSet<String> {
    let table = SCHEMA.pointer(pointer).and_then(|table| table["properties"].as_object());
    table.expect("the schema has that table").keys().cloned().collect()
}

fn words(pointer: &str) -> Vec<String> {
    let words = SCHEMA.pointer(pointer).and_then(Value::as_array).expect("the schema has those words");
    words.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

#[test]
fn the_schema_is_a_schema_of_the_same_words() {
    assert!(jsonschema::meta::is_valid(&SCHEMA));
    let check = "/properties/check/properties";
    assert_eq!(
        words(&format!("{check}/target/enum")),
        Target::ALL.iter().map(ToString::to_string).collect::<Vec<_>>()
    );
    assert_eq!(
        words(&format!("{check}/fail-on/enum")),
        FailOn::ALL.iter().map(ToString::to_string).collect::<Vec<_>>()
    );
    assert_eq!(
        words(&format!("{check}/severity/additionalProperties/enum")),
        Severity::ALL.iter().map(ToString::to_string).collect::<Vec<_>>()
    );
}

#[test]
fn the_reader_has_the_keys_of_the_schema() {
    for (text, pointer) in [
        ("[check]\nzzzzzz = 1", "/properties/check"),
        (
            "[[check.suppress]]\ncheck = 'a'\nreason = 'b'\nzzzzzz = 1",
            "/properties/check/properties/suppress/items",
        ),
    ] {
        let error = Settings::parse("f", text).expect_err("that key is unknown");
        let SettingsErrorKind::UnknownKey { known, .. } = *error.kind.clone() else { panic!("{error}") };
        assert_eq!(known.split(", ").map(str::to_owned).collect::<BTreeSet<_>>(), keys(pointer));
    }
}

/// A value of any kind, as TOML: right for some key, or nearly.
fn value() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("\"iis\""),
        Just("\"azure\""),
        Just("\"error\""),
        Just("\"never\""),
        Just("\"note\""),
        Just("\"all\""),
        Just("\"A.B/8.0.1\""),
        Just("\"A.B/8.0.1-rc.1+5\""),
        Just("\"A.B/8.0\""),
        Just("\"A.B/8.0.01\""),
        Just("\"\""),
        Just("\"  \""),
        Just("32"),
        Just("64"),
        Just("16"),
        Just("true"),
        Just("1.5"),
        Just("'a\\b'"),
        Just("{}"),
        Just("{ all = 'note' }"),
        Just("{ all = 1 }"),
    ]
    .prop_map(str::to_owned);
    leaf.prop_recursive(1, 4, 3, |inner| {
        prop::collection::vec(inner, 0..3).prop_map(|items| format!("[{}]", items.join(", ")))
    })
}

/// Entries with keys of a table, and one that is unknown.
fn entries(pointer: &'static str, most: usize) -> impl Strategy<Value = Vec<(String, String)>> {
    let mut names: Vec<String> = keys(pointer).into_iter().collect();
    names.push("unknown".to_owned());
    prop::sample::subsequence(names, 0..most).prop_flat_map(|names| {
        let count = names.len();
        (Just(names), prop::collection::vec(value(), count))
            .prop_map(|(names, values)| names.into_iter().zip(values).collect())
    })
}

fn inline(entries: &[(String, String)]) -> String {
    let entries: Vec<String> = entries.iter().map(|(key, value)| format!("{key} = {value}")).collect();
    format!("{{ {} }}", entries.join(", "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn what_one_takes_the_other_takes(
        check in entries("/properties/check", 3),
        suppress in prop::option::of(entries("/properties/check/properties/suppress/items", 4)),
    ) {
        let mut check = check;
        if let Some(suppress) = suppress {
            check.retain(|(key, _)| key != "suppress");
            check.push(("suppress".to_owned(), format!("[{}]", inline(&suppress))));
        }
        let text = format!("check = {}", inline(&check));
        let read = Settings::parse("f", &text).map(|_| ());
        prop_assert_eq!(read.is_ok(), errors(&text).is_empty(), "{}\n{:?}\n{:?}", text, read, errors(&text));
    }
}

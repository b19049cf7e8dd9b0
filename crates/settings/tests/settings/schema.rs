//! The JSON Schema and the reader take the same files.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use falconer_settings::{FailOn, Settings, SettingsErrorKind, Severity, Target};
use jsonschema::Validator;
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

/// Values that are right for some key, or nearly.
const VALUES: &[&str] = &[
    "\"iis\"",
    "\"iis-express\"",
    "\"azure\"",
    "\"falconer\"",
    "\"never\"",
    "\"note\"",
    "\"warning\"",
    "\"error\"",
    "\"IIS\"",
    "\"all\"",
    "\"A.B/8.0.1\"",
    "\"A.B/8.0.1-rc.1+5\"",
    "\"A.B/8.0\"",
    "\"A.B/8.0.01\"",
    "\"A B/8.0.1\"",
    "\"\"",
    "\"  \"",
    "'a\\b'",
    "32",
    "64",
    "16",
    "1.5",
    "true",
    "{}",
    "{ all = \"note\" }",
    "{ all = \"never\" }",
    "{ all = 1 }",
];

/// Each value, each alone in a list, beside another, and no value at all.
fn values() -> Vec<String> {
    let mut values = vec!["[]".to_owned(), "[[]]".to_owned()];
    for value in VALUES {
        values.extend([(*value).to_owned(), format!("[{value}]"), format!("[\"all\", {value}]")]);
    }
    values
}

/// Both take the text, or both refuse it.
fn agree(text: &str) -> bool {
    let (read, errors) = (Settings::parse("f", text).map(|_| ()), errors(text));
    assert_eq!(read.is_ok(), errors.is_empty(), "{text}\n{read:?}\n{errors:?}");
    read.is_ok()
}

#[test]
fn both_take_the_same_values_of_each_key() {
    for key in keys("/properties/check").into_iter().chain(["unknown".to_owned()]) {
        let taken = values().iter().filter(|value| agree(&format!("check.{key} = {value}"))).count();
        assert_eq!(taken > 0, key != "unknown", "{key}");
    }
}

#[test]
fn both_take_the_same_values_in_a_suppression() {
    let of_suppress = keys("/properties/check/properties/suppress/items");
    for key in of_suppress.iter().map(String::as_str).chain(["unknown"]) {
        let rest: Vec<String> = of_suppress
            .iter()
            .filter(|other| *other != key && *other != "files")
            .map(|other| format!("{other} = 'all'"))
            .collect();
        let suppress = |value: &str| format!("[[check.suppress]]\n{}\n{key} = {value}\n", rest.join("\n"));
        let taken = values().iter().filter(|value| agree(&suppress(value))).count();
        assert_eq!(taken > 0, key != "unknown", "{key}");
    }
}

#[test]
fn both_need_the_same_keys() {
    for (text, taken) in [
        ("", true),
        ("check = 1", false),
        ("other = 1", false),
        ("[check]", true),
        ("[[check.suppress]]", false),
        ("[[check.suppress]]\ncheck = 'all'", false),
        ("[[check.suppress]]\nreason = 'x'", false),
        ("[[check.suppress]]\ncheck = 'all'\nreason = 'x'", true),
        ("check.suppress = [1]", false),
    ] {
        assert_eq!(agree(text), taken, "{text}");
    }
}

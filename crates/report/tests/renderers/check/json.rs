use std::sync::LazyLock;

use falconer_report::check::CheckFormat;
use falconer_report::check::model::{CHECK_FORMAT_VERSION, CheckReport};
use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::Value;

use super::{any_report, plain, samples};

fn schema() -> Value {
    let text = include_str!("../../../../../schemas/check-v1.schema.json");
    serde_json::from_str(text).unwrap()
}

static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| jsonschema::validator_for(&schema()).unwrap());

fn json(report: &CheckReport) -> Value {
    serde_json::from_str(&plain(report, CheckFormat::Json)).unwrap()
}

fn errors(report: &Value) -> Vec<String> {
    VALIDATOR.iter_errors(report).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn the_schema_is_a_schema_and_of_the_version_that_is_written() {
    let schema = schema();
    assert!(jsonschema::meta::is_valid(&schema));
    assert_eq!(schema["properties"]["format_version"]["const"], CHECK_FORMAT_VERSION);
}

#[test]
fn the_samples_are_valid() {
    for report in [samples::broken(), samples::healthy(), samples::fixed()] {
        assert_eq!(errors(&json(&report)), Vec::<String>::new());
    }
}

/// Every object of the schema says what it may hold and must hold all that is always written.
#[test]
fn the_schema_knows_every_object_and_allows_nothing_else() {
    fn objects<'a>(value: &'a Value, found: &mut Vec<&'a Value>) {
        if value["type"] == "object" {
            found.push(value);
        }
        match value {
            Value::Object(members) => members.values().for_each(|member| objects(member, found)),
            Value::Array(items) => items.iter().for_each(|item| objects(item, found)),
            _ => {}
        }
    }
    let schema = schema();
    let mut found = Vec::new();
    objects(&schema, &mut found);
    assert!(found.len() > 10, "{}", found.len());
    for object in found {
        assert_eq!(object["additionalProperties"], false, "{object}");
        assert!(object["required"].as_array().is_some_and(|names| !names.is_empty()), "{object}");
    }
}

#[test]
fn the_schema_refuses_what_is_not_said_by_it() {
    let good = json(&samples::broken());
    let spoilt: [(&str, &str, Value); 9] = [
        ("", "extra", Value::from(1)),
        ("/target", "platform", Value::from("apache")),
        ("/target", "bitness", Value::from(64)),
        ("/findings/0", "check", Value::from("Not an id")),
        ("/findings/0", "severity", Value::from("fatal")),
        ("/findings/0", "fingerprint", Value::from("abc")),
        ("/findings/2", "line", Value::from(0)),
        ("/findings/2/snippet", "end", Value::from(-1)),
        ("/findings/3/fix", "safe", Value::from("yes")),
    ];
    for (pointer, name, value) in spoilt {
        let mut report = good.clone();
        report.pointer_mut(pointer).unwrap()[name] = value;
        assert!(!VALIDATOR.is_valid(&report), "{pointer}/{name}");
    }
}

#[test]
fn a_report_with_a_part_missing_is_refused() {
    let good = json(&samples::broken());
    for name in good.as_object().unwrap().keys() {
        let mut report = good.clone();
        report.as_object_mut().unwrap().remove(name);
        assert!(!VALIDATOR.is_valid(&report), "{name}");
    }
}

proptest! {
    #[test]
    fn every_report_is_valid_and_its_texts_come_back_unchanged(report in any_report()) {
        let written = json(&report);
        let found = errors(&written);
        prop_assert!(found.is_empty(), "{found:#?}");
        prop_assert_eq!(written, serde_json::to_value(&report).unwrap());
    }
}

use std::sync::LazyLock;

use falconer_report::model::{FORMAT_VERSION, Report};
use falconer_report::{Format, Options, render};
use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::Value;

use super::{samples, snapshot};

fn schema() -> Value {
    let text = include_str!("../../../../schemas/report-v1.schema.json");
    serde_json::from_str(text).unwrap()
}

static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| jsonschema::validator_for(&schema()).unwrap());

fn json(report: &Report) -> Value {
    serde_json::from_str(&render(report, Format::Json, &Options::default())).unwrap()
}

fn errors(report: &Value) -> Vec<String> {
    VALIDATOR.iter_errors(report).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn a_named_cause() {
    snapshot(
        "json-two-applications",
        &render(&samples::two_applications(), Format::Json, &Options::default()),
    );
}

#[test]
fn the_schema_is_a_schema_and_of_the_version_that_is_written() {
    let schema = schema();
    assert!(jsonschema::meta::is_valid(&schema));
    assert_eq!(schema["properties"]["format_version"]["const"], FORMAT_VERSION);
}

#[test]
fn the_samples_are_valid() {
    for report in [
        samples::missing_framework(),
        samples::unknown(),
        samples::healthy(),
        samples::two_applications(),
        samples::no_evidence(),
    ] {
        assert_eq!(errors(&json(&report)), Vec::<String>::new());
    }
}

#[test]
fn the_schema_refuses_what_is_not_said_by_it() {
    let good = json(&samples::two_applications());
    let spoilt: [(&str, &str, Value); 7] = [
        ("", "extra", Value::from(1)),
        ("", "verdict", Value::from("fine")),
        ("/diagnoses/0", "id", Value::from("Not Kebab")),
        ("/diagnoses/0", "confidence", Value::from("sure")),
        ("/diagnoses/0/evidence/0", "line", Value::from(0)),
        ("/diagnoses/0/remedies/0", "platform", Value::from("apache")),
        ("/channels/0", "channel", Value::from("smoke")),
    ];
    for (pointer, name, value) in spoilt {
        let mut report = good.clone();
        report.pointer_mut(pointer).unwrap()[name] = value;
        assert!(!VALIDATOR.is_valid(&report), "{pointer}/{name}");
    }
}

proptest! {
    #[test]
    fn every_report_is_valid(
        report in samples::arbitrary::report(samples::arbitrary::nasty(), samples::arbitrary::nasty()),
    ) {
        let found = errors(&json(&report));
        prop_assert!(found.is_empty(), "{found:#?}");
    }

    #[test]
    fn texts_come_back_unchanged(
        report in samples::arbitrary::report(samples::arbitrary::nasty(), samples::arbitrary::nasty()),
    ) {
        prop_assert_eq!(json(&report), serde_json::to_value(&report).unwrap());
    }
}

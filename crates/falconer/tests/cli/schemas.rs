//! `falconer schema`: what is published is what is written and read.

use std::fs;
use std::path::Path;

use falconer_catalog::{Catalog, Part};
use falconer_messages::Definitions;
use jsonschema::Validator;
use serde_json::Value;

use crate::arguments::QUEUE_MISSING;
use crate::samples::{FRAMEWORK_MISSING, HEALTHY, SYMPTOM};
use crate::support::{diagnose_json, falconer};

fn schema(what: &str) -> Validator {
    jsonschema::validator_for(&falconer().args(["schema", what]).run().quietly_exits(0).json()).unwrap()
}

fn errors(schema: &Validator, value: &Value) -> Vec<String> {
    schema.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

fn from_toml(text: &str) -> Value {
    serde_json::to_value(toml::from_str::<toml::Table>(text).unwrap()).unwrap()
}

#[test]
fn every_report_fits_the_schema() {
    let schema = schema("report");
    for input in [FRAMEWORK_MISSING, HEALTHY, SYMPTOM, ""] {
        let report = diagnose_json().stdin(input).run().json();
        assert_eq!(errors(&schema, &report), [""; 0], "{input}");
    }
}

#[test]
fn every_shipped_failure_fits_the_schema() {
    let schema = schema("catalog");
    let failures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalog/failures");
    let mut seen = 0;
    for entry in fs::read_dir(failures).unwrap() {
        let path = entry.unwrap().path();
        let failure = from_toml(&fs::read_to_string(&path).unwrap());
        assert_eq!(errors(&schema, &failure), [""; 0], "{}", path.display());
        seen += 1;
    }
    assert!(seen >= 100, "{seen}");
}

#[test]
fn what_the_schema_refuses_the_loader_refuses_too() {
    let schema = schema("catalog");
    let messages = Definitions::embedded().unwrap();
    let accepted = |text: &str| {
        (
            schema.is_valid(&from_toml(text)),
            Catalog::with_packs(&messages, &[("pack.toml", text)], Part::All).is_ok(),
        )
    };
    assert_eq!(accepted(QUEUE_MISSING), (true, true));
    for (right, wrong) in [
        ("id = \"billing-queue-missing\"", "id = \"Billing Queue\""),
        ("scenario = \"other\"", "scenario = \"else\""),
        ("summary = ", "sumary = "),
        ("sources = [\"our own runbook\"]", "sources = []"),
        ("strength = \"proves\"", "strength = \"shows\""),
        ("all = [{ text = \"the billing queue is not there\" }]", "all = []"),
        ("{ text = ", "{ wording = "),
        ("{ text = ", "{ page = \"503\", text = "),
        ("{ text = \"the billing queue is not there\" }", "{ code = \"0x1234\" }"),
        ("{ text = \"the billing queue is not there\" }", "{ state = \"empty\" }"),
        ("{ text = \"the billing queue is not there\" }", "{ provider = \"WAS\" }"),
        ("{ text = \"the billing queue is not there\" }", "{ text = \"a\", in = \"log\" }"),
        ("for = \"any\"", "for = \"linux\""),
        ("expect = \"certain\"", "expect = \"sure\""),
        ("[case.files]", "[case.file]"),
    ] {
        let text = QUEUE_MISSING.replace(right, wrong);
        assert_ne!(text, QUEUE_MISSING, "{right}");
        assert_eq!(accepted(&text), (false, false), "{wrong}");
    }
}

use std::sync::LazyLock;

use falconer_report::check::CheckFormat;
use falconer_report::check::model::CheckReport;
use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::Value;

use super::{any_report, plain, samples};

/// The official schema, see `tests/data/README.md`; formats (URIs) are looked at, too.
static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| {
    // Two patterns of the schema, for `language`, have a bracket too many and are no regular expressions. Our logs say
    // nothing about their language.
    let text = include_str!("../../data/sarif-schema-2.1.0.json").replace("{2}]?$", "{2}$");
    let schema: Value = serde_json::from_str(&text).unwrap();
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
});

fn sarif(report: &CheckReport) -> Value {
    serde_json::from_str(&plain(report, CheckFormat::Sarif)).unwrap()
}

fn errors(log: &Value) -> Vec<String> {
    VALIDATOR.iter_errors(log).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

fn results(log: &Value) -> &Vec<Value> {
    log["runs"][0]["results"].as_array().unwrap()
}

#[test]
fn the_samples_are_valid_by_the_official_schema() {
    for report in [samples::broken(), samples::healthy(), samples::fixed(), samples::hostile()] {
        assert_eq!(errors(&sarif(&report)), Vec::<String>::new());
    }
}

#[test]
fn the_official_schema_would_refuse_a_wrong_log() {
    let good = sarif(&samples::broken());
    let spoilt: [(&str, Value); 4] = [
        ("/version", "2.0".into()),
        ("/runs/0/results/0/level", "fatal".into()),
        ("/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri", "a b\u{1b}".into()),
        ("/runs/0/tool/driver/rules/0/helpUri", "not a uri".into()),
    ];
    for (pointer, value) in spoilt {
        let mut log = good.clone();
        *log.pointer_mut(pointer).unwrap() = value;
        assert!(!VALIDATOR.is_valid(&log), "{pointer}");
    }
}

#[test]
fn a_fingerprint_is_that_of_the_finding() {
    let report = samples::broken();
    let log = sarif(&report);
    for (result, finding) in results(&log).iter().zip(&report.findings) {
        assert_eq!(result["partialFingerprints"]["falconer/v1"], finding.fingerprint.as_str());
    }
}

#[test]
fn a_spot_is_given_as_the_standard_counts() {
    let log = sarif(&samples::broken());
    assert_eq!(log["runs"][0]["columnKind"], "unicodeCodePoints");
    let location = &results(&log)[3]["locations"][0]["physicalLocation"];
    assert_eq!(location["artifactLocation"]["uri"], "publish/web.config");
    assert_eq!(location["artifactLocation"]["uriBaseId"], "%SRCROOT%");
    let region = &location["region"];
    assert_eq!([&region["startLine"], &region["startColumn"]], [6, 17]);
    assert_eq!([&region["endLine"], &region["endColumn"]], [6, 27]);
}

#[test]
fn a_finding_about_the_folder_has_no_region() {
    let log = sarif(&samples::broken());
    let location = &results(&log)[0]["locations"][0]["physicalLocation"];
    assert_eq!(location["artifactLocation"]["uri"], "publish");
    assert!(location["region"].is_null());
}

#[test]
fn a_suppressed_finding_is_a_result_that_says_who_suppressed_it() {
    let log = sarif(&samples::broken());
    let [.., in_source, external] = results(&log).as_slice() else { panic!("{log}") };
    assert_eq!(in_source["ruleId"], "web-config.secret");
    assert_eq!(in_source["suppressions"][0]["kind"], "inSource");
    assert_eq!(in_source["suppressions"][0]["justification"], "a public key, not a secret");
    assert_eq!(external["suppressions"][0]["kind"], "external");
    assert!(external["suppressions"][0]["justification"].is_null());
}

#[test]
fn text_of_a_file_makes_no_link() {
    let mut report = samples::broken();
    report.findings[0].message = "see [the fix](http://evil.example)".into();
    let log = sarif(&report);
    assert_eq!(results(&log)[0]["message"]["text"], "see [the fix] (http://evil.example)");
}

proptest! {
    #[test]
    fn every_report_is_valid_by_the_official_schema(report in any_report()) {
        let found = errors(&sarif(&report));
        prop_assert!(found.is_empty(), "{found:#?}");
    }

    #[test]
    fn every_result_points_to_its_rule(report in any_report()) {
        let log = sarif(&report);
        let rules = &log["runs"][0]["tool"]["driver"]["rules"];
        for result in results(&log) {
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            prop_assert_eq!(&rules[index]["id"], &result["ruleId"]);
        }
    }
}

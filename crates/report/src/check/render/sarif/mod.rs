//! [SARIF 2.1.0](https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html), with the properties that code
//! scanning on GitHub and in Azure DevOps reads.

mod rules;
mod uri;

use serde_json::{Map, Value, json};

use crate::check::model::{CheckReport, Finding, Severity, Suppressed};
use crate::check::wording;
use crate::clean;
use crate::render::json::to_json;
use rules::Rules;

/// The copy of the standard's schema that most tools name.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";
const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");
/// The name under which [`Finding::fingerprint`] is given. How it is made changes only with the name.
const FINGERPRINT: &str = "falconer/v1";
/// The base of all paths: the root of the sources, as code scanning calls it.
const BASE: &str = "%SRCROOT%";

pub(crate) fn render(report: &CheckReport) -> String {
    let mut rules = Rules::new(&report.findings);
    let mut results: Vec<Value> =
        report.findings.iter().map(|finding| result(report, finding, &mut rules)).collect();
    results.extend(report.suppressed.iter().map(|item| suppressed(report, item, &mut rules)));
    to_json(&json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": {
                    "name": "falconer",
                    "fullName": "falconer check",
                    "informationUri": REPOSITORY,
                    "version": env!("CARGO_PKG_VERSION"),
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": rules.finish(),
                },
            },
            "invocations": [invocation(report)],
            "originalUriBaseIds": {
                BASE: { "description": { "text": "The folder in which the check ran." } },
            },
            "columnKind": "unicodeCodePoints",
            "properties": { "target": report.target },
            "results": results,
        }],
    }))
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// A message. Viewers make links of `[text](address)` in it: the two brackets must not touch.
fn message(text: &str) -> Value {
    json!({ "text": clean::line(text).replace("](", "] (") })
}

fn result(report: &CheckReport, finding: &Finding, rules: &mut Rules) -> Value {
    let mut result = json!({
        "ruleId": finding.check,
        "ruleIndex": rules.index(&finding.check),
        "level": level(finding.severity),
        "message": message(&finding.message),
        "locations": [location(report, &finding.file, region(finding))],
        "partialFingerprints": { FINGERPRINT: finding.fingerprint },
    });
    let mut properties = Map::new();
    properties.insert("confidence".into(), crate::wording::confidence(finding.confidence).into());
    properties.insert("failure".into(), finding.failure.as_str().into());
    if let Some(fix) = &finding.fix {
        properties.insert("fix".into(), json!({ "safe": fix.safe, "text": clean::line(&fix.text) }));
    }
    if let Some(result) = result.as_object_mut() {
        result.insert("properties".into(), properties.into());
    }
    result
}

fn location(report: &CheckReport, file: &str, region: Option<Value>) -> Value {
    let path = wording::path(report, file);
    let mut physical = Map::new();
    physical.insert("artifactLocation".into(), artifact(&path));
    physical.extend(region.map(|region| ("region".to_owned(), region)));
    json!({ "physicalLocation": physical })
}

fn artifact(path: &str) -> Value {
    if uri::is_absolute(path) {
        json!({ "uri": uri::file(path) })
    } else {
        json!({ "uri": uri::relative(path), "uriBaseId": BASE })
    }
}

fn region(finding: &Finding) -> Option<Value> {
    let spot = wording::spot(finding)?;
    let mut region = Map::new();
    region.insert("startLine".into(), spot.line.into());
    region.extend(spot.column.map(|column| ("startColumn".to_owned(), column.into())));
    if let Some((line, column)) = spot.end {
        region.insert("endLine".into(), line.into());
        region.insert("endColumn".into(), column.into());
    }
    Some(region.into())
}

fn suppressed(report: &CheckReport, item: &Suppressed, rules: &mut Rules) -> Value {
    let region = item.line.filter(|line| *line > 0).map(|line| json!({ "startLine": line }));
    let in_source = item.by.strip_prefix(&item.file).is_some_and(|rest| rest.starts_with(':'));
    let mut suppression = Map::new();
    suppression.insert("kind".into(), if in_source { "inSource" } else { "external" }.into());
    let reason = item.reason.as_ref().map(|reason| clean::line(reason));
    suppression.extend(reason.map(|reason| ("justification".to_owned(), reason.into())));
    json!({
        "ruleId": item.check,
        "ruleIndex": rules.index(&item.check),
        "message": message(&format!("{} is suppressed by {}.", item.check, item.by)),
        "locations": [location(report, &item.file, region)],
        "suppressions": [suppression],
    })
}

/// The run itself: what was not checked or not read, and suppressions that match nothing.
fn invocation(report: &CheckReport) -> Value {
    let notification = |level: &str, text: &str| json!({ "level": level, "message": message(text) });
    let not_checked = report
        .not_checked
        .iter()
        .map(|n| notification("note", &format!("Not checked: {}", wording::not_checked(n))));
    let warnings =
        report.warnings.iter().map(|w| notification("warning", &format!("{}: {}", w.file, w.text)));
    let unused = report.unused_suppressions.iter().map(|u| {
        let place = wording::line_of(report, &u.file, u.line);
        notification("warning", &format!("{place}: unused suppression: {}", u.text))
    });
    json!({
        "executionSuccessful": true,
        "toolExecutionNotifications": not_checked.chain(warnings).collect::<Vec<Value>>(),
        "toolConfigurationNotifications": unused.collect::<Vec<Value>>(),
    })
}

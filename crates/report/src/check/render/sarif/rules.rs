//! The checks behind the results.

use serde_json::{Map, Value, json};

use super::{REPOSITORY, level, message};
use crate::check::model::{Finding, Severity};
use crate::check::wording;
use crate::clean;
use crate::markdown::{self as md, inline};
use crate::model::Confidence;
use crate::wording::alternative;

/// The rules, in the order of their first results.
pub(super) struct Rules {
    ids: Vec<String>,
    rules: Vec<Value>,
}

impl Rules {
    pub(super) fn new(findings: &[Finding]) -> Self {
        let mut rules = Rules { ids: Vec::new(), rules: Vec::new() };
        for finding in findings {
            if !rules.ids.contains(&finding.check) {
                rules.ids.push(finding.check.clone());
                rules.rules.push(rule(finding));
            }
        }
        rules
    }

    /// The place of a check's rule. Of a check without findings no more than its name is known.
    pub(super) fn index(&mut self, check: &str) -> usize {
        self.ids.iter().position(|id| id == check).unwrap_or_else(|| {
            self.ids.push(check.to_owned());
            self.rules.push(json!({ "id": check, "helpUri": page(check) }));
            self.ids.len() - 1
        })
    }

    pub(super) fn finish(self) -> Vec<Value> {
        self.rules
    }
}

/// The check's page in the book.
fn page(check: &str) -> String {
    format!("{REPOSITORY}/blob/main/docs/checks/{}.md", super::uri::relative(check))
}

fn rule(finding: &Finding) -> Value {
    let mut properties = Map::new();
    properties.insert("precision".into(), precision(finding.confidence).into());
    properties.insert("problem.severity".into(), problem(finding.severity).into());
    properties.insert("failure".into(), finding.failure.as_str().into());
    properties.insert("scenario".into(), finding.scenario.as_str().into());
    properties.insert("tags".into(), json!(["deployment", "iis", "aspnetcore"]));
    json!({
        "id": finding.check,
        "shortDescription": message(&finding.title),
        "fullDescription": message(&finding.why),
        "help": help(finding),
        "helpUri": page(&finding.check),
        "defaultConfiguration": { "level": level(finding.severity) },
        "properties": properties,
    })
}

/// What to do: code scanning shows it beside the result.
fn help(finding: &Finding) -> Value {
    let mut text = vec![clean::line(&finding.why)];
    let mut markdown = format!("{}\n\n", inline(&finding.why));
    if let Some(fix) = &finding.fix {
        let flag = wording::flag(fix);
        text.push(format!("Fix with {flag}: {}", clean::line(&fix.text)));
        markdown.push_str(&format!("**Fix with** `{flag}`**:** {}\n\n", inline(&fix.text)));
    }
    for remedy in &finding.remedies {
        text.push(format!("Fix: {}", clean::line(&alternative(&remedy.text))));
        md::remedy(&mut markdown, Some("fix"), remedy);
    }
    markdown.push_str(&format!(
        "Failure: {} {}\n",
        inline(&finding.failure_title),
        md::code(&finding.failure)
    ));
    text.retain(|line| !line.is_empty());
    json!({ "text": text.join("\n").replace("](", "] ("), "markdown": markdown })
}

/// As code scanning calls it.
const fn precision(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Certain => "very-high",
        Confidence::Likely => "high",
        Confidence::Possible => "medium",
    }
}

/// As code scanning calls it.
const fn problem(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "recommendation",
    }
}

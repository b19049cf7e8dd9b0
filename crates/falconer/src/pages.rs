//! The catalogue's failures as pages.

use std::collections::BTreeMap;

use falconer_catalog::{Case, CaseConfidence, Failure, Strength};
use falconer_diagnosis::fill_or_placeholder;
use falconer_report::model::Remedy;
use falconer_report::page::{FailurePage, Foreseen, Neighbour, PageCase, PageCheck, PageFile, Shows};

/// The page of a failure.
pub(crate) fn page(failure: &Failure) -> FailurePage {
    let Failure {
        id,
        scenario,
        title,
        summary,
        symptom: _,
        shows,
        rules: _,
        checks,
        lints,
        remedies,
        explains,
        distinguish,
        settled_by,
        sources,
        cases,
    } = failure;
    FailurePage {
        id: id.clone(),
        scenario: scenario.name().to_owned(),
        scenario_title: scenario.title().to_owned(),
        title: title.clone(),
        summary: summary.trim().to_owned(),
        shows: shows
            .iter()
            .map(|show| Shows {
                channel: show.channel.name().to_owned(),
                versions: show.versions.clone(),
                text: show.text.clone(),
            })
            .collect(),
        confirms: sentences(failure, &[Strength::Proves]),
        suggests: sentences(failure, &[Strength::Indicates, Strength::Suggests, Strength::Hints]),
        refutes: sentences(failure, &[Strength::Refutes]),
        checks: checks
            .iter()
            .map(|check| PageCheck {
                name: check.name.clone(),
                text: check.text.clone(),
                iis: check.iis.clone(),
                azure: check.azure.clone(),
            })
            .collect(),
        foreseen_by: lints
            .iter()
            .map(|lint| Foreseen { check: lint.id.clone(), title: lint.title.clone() })
            .collect(),
        remedies: remedies
            .iter()
            .map(|remedy| Remedy {
                platform: remedy.platform.name().to_owned(),
                text: placeholders(&remedy.text),
                commands: remedy.commands.iter().map(|command| placeholders(command)).collect(),
            })
            .collect(),
        distinguishes: distinguish
            .iter()
            .map(|neighbour| Neighbour { id: neighbour.from.clone(), by: neighbour.by.clone() })
            .collect(),
        leads_to: explains.clone(),
        settled_by: settled_by.iter().map(|channel| channel.name().to_owned()).collect(),
        sources: sources.clone(),
        cases: cases.iter().map(page_case).collect(),
    }
}

/// Why the rules of these strengths fire, each sentence once.
fn sentences(failure: &Failure, strengths: &[Strength]) -> Vec<String> {
    let mut sentences = Vec::new();
    for strength in strengths {
        for rule in failure.rules.iter().filter(|rule| rule.strength == *strength) {
            let sentence = placeholders(&rule.because);
            if !sentences.contains(&sentence) {
                sentences.push(sentence);
            }
        }
    }
    sentences
}

/// A page is of no case in particular: what would be a value is `<its name>`.
fn placeholders(text: &str) -> String {
    fill_or_placeholder(text, &BTreeMap::new())
}

fn page_case(case: &Case) -> PageCase {
    PageCase {
        name: case.name.clone(),
        expect: match case.expect {
            CaseConfidence::Certain => "certain",
            CaseConfidence::Likely => "likely",
            CaseConfidence::Possible => "possible",
            CaseConfidence::Absent => "absent",
        }
        .to_owned(),
        files: case
            .files
            .iter()
            .map(|(name, content)| PageFile { name: name.clone(), content: content.clone() })
            .collect(),
    }
}

//! Runs a worked case of the catalogue.

use falconer_catalog::{Case, CaseConfidence, Failure};
use falconer_diagnosis::Diagnoser;
use falconer_evidence::{Gatherer, Limits, MemoryTree};
use falconer_report::model::{Confidence, Diagnosis, Report};

/// Diagnoses the case's files and holds the answer against what the case expects; the error says how it differs.
pub(crate) fn run(diagnoser: &Diagnoser<'_>, failure: &Failure, case: &Case) -> Result<(), String> {
    let mut gatherer = Gatherer::new(Limits::default(), Vec::new());
    let files = case.files.iter().map(|(name, content)| (name.clone(), content.clone().into_bytes()));
    gatherer.add_tree("case", &mut MemoryTree::new(files));
    let report = diagnoser.diagnose(&gatherer.finish());
    let place = report.diagnoses.iter().position(|d| d.id == failure.id);
    let confidence = place.and_then(|p| report.diagnoses.get(p)).map(|d| d.confidence);
    let fits = match case.expect {
        CaseConfidence::Certain => place == Some(0) && confidence == Some(Confidence::Certain),
        CaseConfidence::Likely => place == Some(0) && confidence == Some(Confidence::Likely),
        CaseConfidence::Possible => place.is_some_and(|p| p < 3) && confidence == Some(Confidence::Possible),
        CaseConfidence::Absent => place.is_none(),
    };
    if !fits {
        return Err(format!("expected {:?}, got {}", case.expect, told(&report)));
    }
    match (place.and_then(|p| report.diagnoses.get(p)), case.says.iter()) {
        (Some(diagnosis), mut says) => match says.find(|s| !contains(diagnosis, s)) {
            Some(missing) => Err(format!("the diagnosis does not say \"{missing}\"")),
            None => Ok(()),
        },
        (None, _) => Ok(()),
    }
}

fn told(report: &Report) -> String {
    if report.diagnoses.is_empty() {
        return "nothing".to_owned();
    }
    let words: Vec<String> =
        report.diagnoses.iter().take(4).map(|d| format!("{} ({:?})", d.id, d.confidence)).collect();
    words.join(", ")
}

fn contains(diagnosis: &Diagnosis, text: &str) -> bool {
    diagnosis.because.iter().any(|b| b.contains(text))
        || diagnosis.evidence.iter().any(|e| e.quote.contains(text))
        || diagnosis
            .remedies
            .iter()
            .any(|r| r.text.contains(text) || r.commands.iter().any(|c| c.contains(text)))
}

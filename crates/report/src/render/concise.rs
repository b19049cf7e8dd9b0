//! One line per diagnosis, in the form that editors and problem matchers follow: `file:line: certain[id]: title
//! (application)`.

use std::fmt::Write as _;

use crate::clean;
use crate::model::{Diagnosis, EvidenceItem, Report, Verdict};
use crate::options::Options;
use crate::terminal::Palette;
use crate::wording;

pub(crate) fn render(report: &Report, options: &Options) -> String {
    let palette = Palette { color: options.color };
    let mut out = String::new();
    // Writing to a `String` cannot fail.
    for diagnosis in &report.diagnoses {
        let style = palette.confidence(diagnosis.confidence);
        let _ = writeln!(
            out,
            "{}{style}{}[{}]{style:#}: {}{}",
            spot(&diagnosis.evidence),
            wording::confidence(diagnosis.confidence),
            clean::exact(&diagnosis.id),
            clean::line(&diagnosis.title),
            application(diagnosis),
        );
    }
    if report.verdict == Verdict::CauseUnknown {
        let style = palette.warning();
        for symptom in &report.symptoms {
            let text = clean::line(symptom.label.as_deref().unwrap_or(&symptom.quote));
            let _ = writeln!(out, "{}{style}symptom{style:#}: {text}", location(symptom));
        }
    }
    for warning in &report.warnings {
        let style = palette.warning();
        let (file, text) = (wording::file(&warning.file), clean::line(&warning.text));
        let _ = writeln!(out, "{file}: {style}warning{style:#}: {text}");
    }
    if out.is_empty() {
        out = wording::summary(report);
        out.push('\n');
    }
    out
}

/// Where to look: a marked spot, else a line, else the first piece of evidence.
fn spot(evidence: &[EvidenceItem]) -> String {
    let marked = evidence.iter().find(|item| item.snippet.is_some());
    let lined = || evidence.iter().find(|item| item.line.is_some());
    marked.or_else(lined).or_else(|| evidence.first()).map(location).unwrap_or_default()
}

/// `file:line: `, or as much of it as is known.
fn location(item: &EvidenceItem) -> String {
    let file = wording::file(&item.file);
    let line = item.snippet.as_ref().map(|snippet| crate::excerpt::spot(snippet).0.to_string());
    match line.or_else(|| item.line.map(|line| line.to_string())) {
        Some(line) => format!("{file}:{line}: "),
        None => format!("{file}: "),
    }
}

fn application(diagnosis: &Diagnosis) -> String {
    let name = diagnosis.application.as_ref().and_then(wording::application_name);
    name.map(|name| format!(" ({name})")).unwrap_or_default()
}

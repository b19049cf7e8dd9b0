//! For tickets: headings, quotes between fences, tables.

use std::fmt::Write as _;

use crate::markdown::{self as md, cell, code, code_cell, fenced, heading, inline};
use crate::model::{CheckOutcome, Diagnosis, EvidenceItem, MissingEvidence, Remedy, Report, Verdict};
use crate::options::Options;
use crate::terminal;
use crate::wording::{self, Next};

/// Pieces of evidence that are quoted unless all is wanted: trackers limit the length of a text.
const EVIDENCE: usize = 6;

/// The text under construction. Writing to a `String` cannot fail.
type Out = String;

pub(crate) fn render(report: &Report, options: &Options) -> String {
    let mut out = Out::new();
    if report.verdict == Verdict::CauseUnknown {
        unknown(&mut out, report, options.verbose);
    }
    let in_full = match report.verdict {
        _ if options.verbose => report.diagnoses.len(),
        Verdict::CauseNamed => report.diagnoses.len().min(1),
        _ => 0,
    };
    let (full, short) = report.diagnoses.split_at_checked(in_full).unwrap_or((&report.diagnoses, &[]));
    for diagnosis in full {
        write_diagnosis(&mut out, diagnosis, options.verbose);
    }
    others(&mut out, report.verdict, short);
    warnings(&mut out, report);
    if options.verbose {
        looked_at(&mut out, report);
    }
    let _ = writeln!(out, "**{}**", inline(&wording::summary(report)));
    let _ = match wording::next(report) {
        Some(Next::Command(command)) => writeln!(out, "\nNext: {}", code(&command)),
        Some(Next::Sentence(sentence)) => writeln!(out, "\nNext: {}", inline(&sentence)),
        None => Ok(()),
    };
    out
}

fn unknown(out: &mut Out, report: &Report, verbose: bool) {
    heading(out, 2, "Cause not known");
    let _ = writeln!(out, "{}\n", wording::capital(wording::ONLY_SYMPTOMS));
    evidence(out, "Symptoms", &report.symptoms, verbose);
    missing(out, "Evidence that would settle it", &wording::settling(report));
}

fn write_diagnosis(out: &mut Out, diagnosis: &Diagnosis, verbose: bool) {
    let sure = wording::confidence(diagnosis.confidence);
    heading(out, 2, &format!("{}: {}", wording::capital(sure), inline(&diagnosis.title)));
    facts(out, diagnosis);
    if !diagnosis.summary.trim().is_empty() {
        let _ = writeln!(out, "{}\n", inline(&diagnosis.summary));
    }
    md::list(out, 3, "Because", &diagnosis.because);
    evidence(out, "Evidence", &diagnosis.evidence, verbose);
    md::list(out, 3, "Against it", &diagnosis.contradicted_by);
    md::list(out, 3, "What followed", &diagnosis.consequences);
    checks(out, diagnosis, verbose);
    remedies(out, &diagnosis.remedies);
    ruled_out(out, diagnosis);
    missing(out, "Missing evidence", &diagnosis.missing_evidence);
    if verbose {
        md::list(out, 3, "Sources", &diagnosis.sources);
    }
}

fn facts(out: &mut Out, diagnosis: &Diagnosis) {
    let _ = write!(out, "Failure {}", code(&diagnosis.id));
    for (name, value) in diagnosis.application.iter().flat_map(wording::application) {
        let name = if name == "id" { "application" } else { name };
        let _ = write!(out, " · {name} {}", code(&value));
    }
    if let Some(seen) = &diagnosis.seen {
        let _ = write!(out, " · seen {}", code(&wording::seen_text(seen)));
    }
    out.push_str("\n\n");
}

fn evidence(out: &mut Out, title: &str, items: &[EvidenceItem], verbose: bool) {
    if items.is_empty() {
        return;
    }
    heading(out, 3, title);
    let limit = if verbose { usize::MAX } else { EVIDENCE };
    items.iter().take(limit).for_each(|item| evidence_item(out, item));
    if items.len() > limit {
        let _ = writeln!(out, "… {} more\n", items.len() - limit);
    }
}

fn evidence_item(out: &mut Out, item: &EvidenceItem) {
    let _ = write!(out, "{}", code(&wording::place(item)));
    if let Some(time) = &item.time {
        let _ = write!(out, " · {}", code(time));
    }
    let _ = writeln!(out, " · {}\n", inline(&wording::what(item)));
    match &item.snippet {
        Some(snippet) => fenced(out, "text", &terminal::plain_snippet(snippet)),
        None => fenced(out, "text", &item.quote),
    }
}

fn checks(out: &mut Out, diagnosis: &Diagnosis, verbose: bool) {
    let shown = diagnosis.checks.iter().filter(|check| verbose || check.outcome == CheckOutcome::Fails);
    let rows: Vec<[String; 3]> = shown
        .map(|check| {
            let how = check.how.as_deref().map(code_cell).unwrap_or_default();
            [cell(&check.text), wording::outcome(check.outcome).to_owned(), how]
        })
        .collect();
    md::table(out, 3, "Checks", ["Check", "Outcome", "How to look"], &rows);
}

fn remedies(out: &mut Out, remedies: &[Remedy]) {
    if remedies.is_empty() {
        return;
    }
    heading(out, 3, "Fix");
    for (n, remedy) in remedies.iter().enumerate() {
        md::remedy(out, Some(if n == 0 { "fix" } else { "or" }), remedy);
    }
}

fn ruled_out(out: &mut Out, diagnosis: &Diagnosis) {
    let row = |other: &crate::model::RuledOut| [code_cell(&other.id), cell(&other.title), cell(&other.why)];
    let rows: Vec<[String; 3]> = diagnosis.ruled_out.iter().map(row).collect();
    md::table(out, 3, "Ruled out", ["Failure", "Cause", "By what"], &rows);
}

fn missing(out: &mut Out, title: &str, missing: &[MissingEvidence]) {
    if missing.is_empty() {
        return;
    }
    heading(out, 3, title);
    for item in missing {
        let _ = writeln!(out, "**{}:** {}\n", inline(&item.what), inline(&item.why));
        for (platform, how) in [("iis", &item.iis), ("azure", &item.azure)] {
            if let (Some(place), Some(how)) = (wording::platform(platform), how) {
                let _ = writeln!(out, "{}:\n", wording::capital(&place));
                md::commands(out, how);
            }
        }
    }
}

fn others(out: &mut Out, verdict: Verdict, others: &[Diagnosis]) {
    let rows: Vec<[String; 5]> = others
        .iter()
        .map(|d| {
            let application = d.application.as_ref().and_then(wording::application_name);
            [
                wording::confidence(d.confidence).to_owned(),
                code_cell(&d.id),
                cell(&d.title),
                application.as_deref().map(code_cell).unwrap_or_default(),
                d.because.first().map(|because| cell(because)).unwrap_or_default(),
            ]
        })
        .collect();
    let title = if verdict == Verdict::CauseUnknown { "It could be" } else { "Other causes" };
    md::table(out, 3, title, ["How sure", "Failure", "Cause", "Application", "Because"], &rows);
}

fn warnings(out: &mut Out, report: &Report) {
    let row = |w: &crate::model::Warning| [code_cell(&wording::file(&w.file)), cell(&w.text)];
    let rows: Vec<[String; 2]> = report.warnings.iter().map(row).collect();
    md::table(out, 3, "Warnings", ["Input", "What is the matter"], &rows);
}

fn looked_at(out: &mut Out, report: &Report) {
    let row = |i: &crate::model::Input| {
        [code_cell(&wording::file(&i.file)), cell(&i.kind), wording::bytes(i.bytes)]
    };
    let rows: Vec<[String; 3]> = report.inputs.iter().map(row).collect();
    md::table(out, 3, "Read", ["Input", "Kind", "Size"], &rows);
    let row = |c: &crate::model::ChannelInfo| {
        [cell(&wording::channel(&c.channel)), cell(&wording::channel_state(&c.state))]
    };
    let rows: Vec<[String; 2]> = report.channels.iter().map(row).collect();
    md::table(out, 3, "Channels", ["Channel", "State"], &rows);
}

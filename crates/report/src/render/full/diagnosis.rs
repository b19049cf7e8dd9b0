//! One diagnosis, in full or in a few lines.

use anstyle::Style;

use crate::clean;
use crate::model::{
    Application, CheckOutcome, CheckResult, Confidence, Diagnosis, EvidenceItem, MissingEvidence, Remedy,
};
use crate::terminal::{Lead, Screen, Span};
use crate::wording;

/// How much of each list is shown.
#[derive(Debug, Clone, Copy)]
struct Limits {
    reasons: usize,
    evidence: usize,
    quote_lines: usize,
    remedies: usize,
    ruled_out: usize,
}

/// Pieces of missing evidence that are named.
const MISSING: usize = 4;

impl Limits {
    const fn of(verbose: bool) -> Self {
        if verbose {
            const ALL: usize = usize::MAX;
            Limits { reasons: ALL, evidence: ALL, quote_lines: ALL, remedies: ALL, ruled_out: ALL }
        } else {
            Limits { reasons: 4, evidence: 4, quote_lines: 10, remedies: 4, ruled_out: 4 }
        }
    }
}

pub(super) fn full(screen: &mut Screen, diagnosis: &Diagnosis, verbose: bool) {
    let limits = Limits::of(verbose);
    headline(screen, 0, diagnosis);
    facts(screen, diagnosis);
    if !diagnosis.summary.trim().is_empty() {
        screen.blank();
        screen.prose(&Lead::indent(2), &diagnosis.summary);
    }
    screen.some_sentences("because", &diagnosis.because, limits.reasons);
    evidence(screen, &diagnosis.evidence, limits);
    screen.sentences("against it", &diagnosis.contradicted_by);
    remedies(screen, &diagnosis.remedies, limits.remedies);
    screen.some_sentences("what followed", &diagnosis.consequences, limits.reasons);
    checks(screen, diagnosis, verbose);
    ruled_out(screen, diagnosis, limits.ruled_out);
    let heading =
        if diagnosis.confidence == Confidence::Certain { "evidence not given" } else { "would settle it" };
    missing(screen, heading, &diagnosis.missing_evidence, verbose);
    if verbose {
        screen.sentences("sources", &diagnosis.sources);
    }
}

/// Headline, application where it is another one, the first reason and the first remedy.
pub(super) fn short(screen: &mut Screen, diagnosis: &Diagnosis, best: Option<&Application>) {
    headline(screen, 2, diagnosis);
    let application = diagnosis.application.as_ref();
    if let Some(name) = application.filter(|_| application != best).and_then(wording::application_name) {
        row(screen, 4, "app: ", [Span::whole(name, Style::new())]);
    }
    if let Some(reason) = diagnosis.because.first() {
        row(screen, 4, "because: ", [Span::prose(clean::line(reason), Style::new())]);
    }
    if let Some(remedy) = diagnosis.remedies.first() {
        row(screen, 4, "fix: ", [Span::prose(clean::line(&remedy.text), Style::new())]);
    }
}

pub(super) fn headline(screen: &mut Screen, columns: usize, diagnosis: &Diagnosis) {
    let style = screen.palette.confidence(diagnosis.confidence);
    let spans = [
        Span::prose(wording::confidence(diagnosis.confidence), style),
        Span::whole(format!("[{}]", clean::exact(&diagnosis.id)), style),
        Span::prose(format!(": {}", clean::line(&diagnosis.title)), screen.palette.strong()),
    ];
    screen.paragraph(&Lead::indent(columns), &spans);
}

fn row(screen: &mut Screen, columns: usize, name: &str, spans: impl IntoIterator<Item = Span>) {
    let spans: Vec<Span> = spans.into_iter().collect();
    screen.paragraph(&Lead::mark(columns, name, screen.palette.faint()), &spans);
}

/// Which application, and when.
fn facts(screen: &mut Screen, diagnosis: &Diagnosis) {
    if let Some(application) = &diagnosis.application {
        let mut spans = Vec::new();
        for (name, value) in wording::application(application) {
            if !spans.is_empty() {
                spans.push(screen.separator());
            }
            if name != "id" {
                spans.push(Span::whole(format!("{name} "), screen.palette.faint()));
            }
            spans.push(Span::whole(value, Style::new()));
        }
        if !spans.is_empty() {
            row(screen, 2, "app   ", spans);
        }
    }
    if let Some(seen) = &diagnosis.seen {
        let (first, last, times) = wording::seen(seen);
        let mut spans = vec![Span::whole(first, Style::new())];
        if let Some(last) = last {
            spans.push(Span::prose(screen.pick(" – ", " - "), screen.palette.faint()));
            spans.push(Span::whole(last, Style::new()));
        }
        spans.push(Span::prose(format!(", {times}"), Style::new()));
        row(screen, 2, "seen  ", spans);
    }
}

fn evidence(screen: &mut Screen, items: &[EvidenceItem], limits: Limits) {
    if items.is_empty() {
        return;
    }
    screen.section("evidence");
    evidence_items(screen, items, limits.evidence, limits.quote_lines);
}

/// Each with where, when and what; then the spot or the quotation.
pub(super) fn evidence_items(screen: &mut Screen, items: &[EvidenceItem], limit: usize, quote_lines: usize) {
    for (n, item) in items.iter().take(limit).enumerate() {
        if n > 0 {
            screen.blank();
        }
        let mut heading = vec![Span::whole(wording::place(item), screen.palette.strong())];
        if let Some(time) = &item.time {
            heading.push(screen.separator());
            heading.push(Span::whole(clean::exact(time), Style::new()));
        }
        heading.push(screen.separator());
        heading.push(Span::prose(wording::what(item), screen.palette.faint()));
        match &item.snippet {
            Some(snippet) => screen.snippet(4, &heading, snippet),
            None => {
                screen.paragraph(&Lead::indent(4), &heading);
                screen.quote(6, &item.quote, quote_lines);
            }
        }
    }
    screen.more(4, limit, items.len());
}

/// Where the cause is not certain, checks that failed say where to look; the others are for those who want all.
fn checks(screen: &mut Screen, diagnosis: &Diagnosis, verbose: bool) {
    let wanted = |check: &&CheckResult| {
        verbose || diagnosis.confidence != Confidence::Certain && check.outcome == CheckOutcome::Fails
    };
    let shown: Vec<&CheckResult> = diagnosis.checks.iter().filter(wanted).collect();
    if shown.is_empty() {
        return;
    }
    screen.section("checks");
    for check in shown {
        let (mark, style) = match check.outcome {
            CheckOutcome::Holds => (screen.pick("✓ ", "ok     "), screen.palette.good()),
            CheckOutcome::Fails => (screen.pick("✗ ", "FAILS  "), screen.palette.warning()),
            CheckOutcome::NotKnown => (screen.pick("? ", "?      "), screen.palette.faint()),
        };
        screen.prose(&Lead::mark(4, mark, style), &check.text);
        if check.outcome == CheckOutcome::NotKnown {
            screen.commands(8, check.how.as_deref());
        }
    }
}

fn remedies(screen: &mut Screen, remedies: &[Remedy], limit: usize) {
    for (n, remedy) in remedies.iter().take(limit).enumerate() {
        screen.blank();
        let name = if n == 0 { "fix" } else { "or" };
        let platform = wording::platform(&remedy.platform).map(|p| format!(" {p}")).unwrap_or_default();
        let spans = [
            Span::prose(format!("{name}{platform}: "), screen.palette.fix()),
            Span::prose(clean::line(&wording::alternative(&remedy.text)), Style::new()),
        ];
        screen.paragraph(&Lead::indent(2), &spans);
        screen.commands(6, remedy.commands.iter().map(String::as_str));
    }
    screen.more(2, limit, remedies.len());
}

fn ruled_out(screen: &mut Screen, diagnosis: &Diagnosis, limit: usize) {
    if diagnosis.ruled_out.is_empty() {
        return;
    }
    screen.section("ruled out");
    for other in diagnosis.ruled_out.iter().take(limit) {
        let spans = [
            Span::whole(clean::exact(&other.id), Style::new()),
            Span::prose(format!(": {}", clean::line(&other.why)), Style::new()),
        ];
        screen.paragraph(&screen.item(), &spans);
    }
    screen.more(4, limit, diagnosis.ruled_out.len());
}

/// The cheapest piece of missing evidence with its commands; the others with theirs only if all is wanted.
pub(super) fn missing(screen: &mut Screen, heading: &str, missing: &[MissingEvidence], verbose: bool) {
    if missing.is_empty() {
        return;
    }
    screen.section(heading);
    let limit = if verbose { usize::MAX } else { MISSING };
    for (n, item) in missing.iter().take(limit).enumerate() {
        let spans = [
            Span::prose(clean::line(&item.what), screen.palette.strong()),
            Span::prose(format!(": {}", clean::line(&item.why)), Style::new()),
        ];
        screen.paragraph(&screen.item(), &spans);
        if n == 0 || verbose {
            screen.commands_on("iis", item.iis.as_deref());
            screen.commands_on("azure", item.azure.as_deref());
        }
    }
    screen.more(4, limit, missing.len());
}

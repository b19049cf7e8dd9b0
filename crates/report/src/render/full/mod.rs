//! For a person at a terminal, possibly a tired one: the cause first, then its proof, the fix, what was ruled out, what
//! was not there to look at. Only the best diagnosis is shown in full; the last line sums up.

mod diagnosis;
mod unknown;

use anstyle::Style;
use unicode_width::UnicodeWidthStr;

use crate::clean;
use crate::model::{Confidence, Diagnosis, Report, Verdict};
use crate::options::Options;
use crate::terminal::{Lead, Screen, Span};
use crate::wording::{self, Next};

/// Other diagnoses that are shown shortly; the rest is counted.
const OTHERS: usize = 3;
/// Warnings that are shown; the rest is counted.
const WARNINGS: usize = 5;

pub(crate) fn render(report: &Report, options: &Options) -> String {
    let mut screen = Screen::new(options);
    match report.verdict {
        Verdict::Healthy | Verdict::NoEvidence => {}
        Verdict::CauseUnknown => unknown::write(&mut screen, report, options.verbose),
        Verdict::CauseNamed => causes(&mut screen, report, options.verbose),
    }
    warnings(&mut screen, report, options.verbose);
    if options.verbose {
        looked_at(&mut screen, report);
    }
    last_lines(&mut screen, report);
    screen.finish()
}

fn causes(screen: &mut Screen, report: &Report, verbose: bool) {
    let Some((best, others)) = report.diagnoses.split_first() else { return };
    diagnosis::full(screen, best, verbose);
    if verbose {
        for other in others {
            screen.blank();
            diagnosis::full(screen, other, verbose);
        }
        return;
    }
    if others.is_empty() {
        return;
    }
    let shown: Vec<&Diagnosis> = others.iter().filter(|o| !beside(best, o)).take(OTHERS).collect();
    screen.heading("other causes", screen.palette.heading());
    for other in &shown {
        diagnosis::short(screen, other, best.application.as_ref());
    }
    screen.more(2, shown.len(), others.len());
}

/// What is only possible is no news beside a certain cause of the same application.
fn beside(best: &Diagnosis, other: &Diagnosis) -> bool {
    best.confidence == Confidence::Certain
        && other.confidence == Confidence::Possible
        && (other.application.is_none() || other.application == best.application)
}

fn warnings(screen: &mut Screen, report: &Report, verbose: bool) {
    if report.warnings.is_empty() {
        return;
    }
    screen.blank();
    let limit = if verbose { usize::MAX } else { WARNINGS };
    let lead = Lead::mark(0, "warning: ", screen.palette.warning());
    for warning in report.warnings.iter().take(limit) {
        let spans = [
            Span::whole(format!("{}: ", wording::file(&warning.file)), screen.palette.strong()),
            Span::prose(clean::line(&warning.text), Style::new()),
        ];
        screen.paragraph(&lead, &spans);
    }
    screen.more(9, limit, report.warnings.len());
}

/// What was read, and which channels nobody looked at.
fn looked_at(screen: &mut Screen, report: &Report) {
    if !report.inputs.is_empty() {
        screen.heading("read", screen.palette.heading());
    }
    for input in &report.inputs {
        let what = format!("{}, {}", clean::line(&input.kind), wording::bytes(input.bytes));
        let spans = [
            Span::whole(wording::file(&input.file), Style::new()),
            screen.separator(),
            Span::prose(what, screen.palette.faint()),
        ];
        screen.paragraph(&screen.item(), &spans);
    }
    if !report.channels.is_empty() {
        screen.heading("channels", screen.palette.heading());
    }
    for channel in &report.channels {
        let name = format!("{:<24}", wording::channel(&channel.channel));
        let spans = [Span::prose(wording::channel_state(&channel.state), Style::new())];
        screen.paragraph(&Lead::mark(2, &name, Style::new()), &spans);
    }
}

/// The next command and, last, what the answer comes to.
fn last_lines(screen: &mut Screen, report: &Report) {
    screen.blank();
    let next = match wording::next(report) {
        Some(Next::Command(command)) => Some(Span::whole(command, screen.palette.strong())),
        Some(Next::Sentence(sentence)) => Some(Span::prose(sentence, Style::new())),
        None => None,
    };
    if let Some(next) = next {
        screen.paragraph(&Lead::mark(0, "next: ", screen.palette.faint()), &[next]);
    }
    let style = match report.verdict {
        Verdict::Healthy => screen.palette.good(),
        Verdict::NoEvidence => screen.palette.warning(),
        Verdict::CauseNamed | Verdict::CauseUnknown => screen.palette.strong(),
    };
    let mut summary = wording::summary(report);
    if report.verdict == Verdict::Healthy {
        // What was looked at, where that does not need a second line.
        let looked = wording::looked_at(report).map(|names| format!(" ({names})")).unwrap_or_default();
        if summary.width() + looked.width() <= screen.width() {
            summary.push_str(&looked);
        }
    }
    screen.paragraph(&Lead::indent(0), &[Span::prose(summary, style)]);
}

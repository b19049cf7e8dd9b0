//! What there is to tell besides findings.

use anstyle::Style;

use crate::check::model::CheckReport;
use crate::check::wording;
use crate::clean;
use crate::terminal::{Lead, Screen, Span};
use crate::wording::bytes;

/// Warnings that are shown; the rest is counted.
const LIMIT: usize = 5;

/// What `--fix` changed or would change, with the diff, and where the original is.
pub(super) fn fixed(screen: &mut Screen, report: &CheckReport) {
    for file in &report.fixed {
        screen.blank();
        let path = wording::path(report, &file.file);
        let heading = [
            Span::prose(format!("{} ", wording::done(file)), screen.palette.good()),
            Span::whole(clean::exact(&path), screen.palette.strong()),
        ];
        screen.paragraph(&Lead::indent(0), &heading);
        for change in &file.changes {
            let lead = Lead::mark(2, screen.pick("• ", "- "), screen.palette.faint());
            screen.prose(&lead, change);
        }
        if let Some(diff) = &file.diff {
            screen.diff(2, diff);
        }
        if let Some(kept) = &file.kept {
            let kept = Span::whole(clean::exact(kept), Style::new());
            screen.paragraph(&Lead::mark(2, "original kept as ", screen.palette.faint()), &[kept]);
        }
    }
}

/// What was left out, who asked for it and why.
pub(super) fn suppressed(screen: &mut Screen, report: &CheckReport) {
    if !report.suppressed.is_empty() {
        screen.heading("suppressed", screen.palette.heading());
    }
    for item in &report.suppressed {
        let mut spans = vec![
            Span::whole(clean::exact(&item.check), Style::new()),
            Span::prose(" in ", Style::new()),
            Span::whole(clean::exact(&wording::line_of(report, &item.file, item.line)), Style::new()),
            Span::prose(" by ", screen.palette.faint()),
            Span::whole(clean::exact(&item.by), screen.palette.faint()),
        ];
        if let Some(reason) = &item.reason {
            spans.push(Span::prose(format!(": {}", clean::line(reason)), Style::new()));
        }
        screen.paragraph(&screen.item(), &spans);
    }
}

pub(super) fn unused(screen: &mut Screen, report: &CheckReport) {
    screen.blank();
    for unused in &report.unused_suppressions {
        let place = wording::line_of(report, &unused.file, unused.line);
        told(screen, "unused suppression: ", &place, &unused.text);
    }
}

/// What could not be read, or not whole.
pub(super) fn warnings(screen: &mut Screen, report: &CheckReport, verbose: bool) {
    screen.blank();
    let limit = if verbose { usize::MAX } else { LIMIT };
    for warning in report.warnings.iter().take(limit) {
        told(screen, "warning: ", &warning.file, &warning.text);
    }
    screen.more(0, limit, report.warnings.len());
}

fn told(screen: &mut Screen, what: &str, place: &str, text: &str) {
    let spans = [
        Span::prose(what, screen.palette.warning()),
        Span::whole(format!("{}: ", clean::exact(place)), screen.palette.strong()),
        Span::prose(clean::line(text), Style::new()),
    ];
    screen.paragraph(&Lead::indent(0), &spans);
}

/// The target, and what was read.
pub(super) fn inputs(screen: &mut Screen, report: &CheckReport) {
    screen.heading("checked for", screen.palette.heading());
    screen.prose(&screen.item(), &wording::target(report));
    if !report.inputs.is_empty() {
        screen.heading("read", screen.palette.heading());
    }
    for input in &report.inputs {
        let what = format!("{}, {}", clean::line(&input.kind), bytes(input.bytes));
        let spans = [
            Span::whole(clean::exact(&input.file), Style::new()),
            screen.separator(),
            Span::prose(what, screen.palette.faint()),
        ];
        screen.paragraph(&screen.item(), &spans);
    }
}

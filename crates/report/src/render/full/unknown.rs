//! A failure whose cause is not known: says so, shows the symptom, and names what would settle it.

use super::diagnosis;
use crate::model::Report;
use crate::terminal::{Lead, Screen, Span};
use crate::wording;

/// Symptoms that are shown; the rest is counted.
const SYMPTOMS: usize = 3;
/// Lines that are quoted of each.
const QUOTE_LINES: usize = 6;
/// Possible causes that are named; the rest is counted.
const POSSIBLE: usize = 5;

pub(super) fn write(screen: &mut Screen, report: &Report, verbose: bool) {
    let limit = |n: usize| if verbose { usize::MAX } else { n };
    let spans = [
        Span::prose("cause not known: ", screen.palette.warning()),
        Span::prose(wording::ONLY_SYMPTOMS, screen.palette.strong()),
    ];
    screen.paragraph(&Lead::indent(0), &spans);
    if !report.symptoms.is_empty() {
        screen.section("symptoms");
    }
    diagnosis::evidence_items(screen, &report.symptoms, limit(SYMPTOMS), limit(QUOTE_LINES));
    diagnosis::missing(screen, "would settle it, cheapest first", &wording::settling(report), verbose);
    possible(screen, report, verbose);
}

fn possible(screen: &mut Screen, report: &Report, verbose: bool) {
    if report.diagnoses.is_empty() {
        return;
    }
    screen.section("it could be");
    let limit = if verbose { usize::MAX } else { POSSIBLE };
    for diagnosis in report.diagnoses.iter().take(limit) {
        if verbose {
            screen.blank();
            diagnosis::full(screen, diagnosis, verbose);
        } else {
            diagnosis::headline(screen, 4, diagnosis);
        }
    }
    screen.more(4, limit, report.diagnoses.len());
}

//! For a person at a terminal, possibly a tired one: each finding with its spot, why it fails, its fix; then what was
//! fixed, what is odd, what was not checked. The last line sums up.

mod finding;
mod rest;

use std::collections::HashMap;

use anstyle::Style;

use crate::check::model::{CheckReport, Finding};
use crate::check::wording;
use crate::clean;
use crate::options::Options;
use crate::terminal::{Lead, Screen, Span};

/// Findings of one check that are shown; the rest is counted.
const OF_ONE_CHECK: usize = 5;

pub(crate) fn render(report: &CheckReport, options: &Options) -> String {
    let mut screen = Screen::new(options);
    findings(&mut screen, report, options.verbose);
    rest::fixed(&mut screen, report);
    if options.verbose {
        rest::suppressed(&mut screen, report);
    }
    rest::unused(&mut screen, report);
    rest::warnings(&mut screen, report, options.verbose);
    if options.verbose {
        rest::inputs(&mut screen, report);
    }
    last_lines(&mut screen, report);
    screen.finish()
}

/// What all findings of a check have in common is said for the first of them.
fn findings(screen: &mut Screen, report: &CheckReport, verbose: bool) {
    let mut told: HashMap<&str, (usize, &Finding)> = HashMap::new();
    let mut left_out = Vec::new();
    for finding in &report.findings {
        let (count, first) = told.entry(&finding.check).or_insert((0, finding));
        *count += 1;
        if *count > OF_ONE_CHECK && !verbose {
            if *count == OF_ONE_CHECK + 1 {
                left_out.push(finding.check.as_str());
            }
            continue;
        }
        screen.blank();
        let first = (*count > 1 && !verbose).then_some(*first);
        finding::write(screen, report, finding, first, verbose);
    }
    for check in left_out {
        let all = told.get(check).map_or(0, |(count, _)| *count);
        screen.blank();
        let name = Span::whole(format!("{}: ", clean::exact(check)), Style::new());
        let more = format!("{} more, --verbose shows all", all - OF_ONE_CHECK);
        screen.paragraph(&Lead::indent(0), &[name, Span::prose(more, screen.palette.faint())]);
    }
}

/// The next command, what was not checked and, last, what the answer comes to.
fn last_lines(screen: &mut Screen, report: &CheckReport) {
    screen.blank();
    let style = match report.findings.as_slice() {
        [] if report.inputs.is_empty() => screen.palette.warning(),
        [] => screen.palette.good(),
        _ => screen.palette.strong(),
    };
    if let Some(command) = wording::next(report) {
        let command = Span::whole(clean::exact(&command), screen.palette.strong());
        screen.paragraph(&Lead::mark(0, "next: ", screen.palette.faint()), &[command]);
    }
    screen.paragraph(&Lead::indent(0), &[Span::prose(wording::summary(report), style)]);
    if !report.not_checked.is_empty() {
        let all: Vec<String> =
            report.not_checked.iter().map(|item| clean::line(&wording::not_checked(item))).collect();
        let name = Span::prose("not checked: ", screen.palette.faint());
        screen.paragraph(&Lead::indent(0), &[name, Span::prose(all.join(", "), Style::new())]);
    }
}

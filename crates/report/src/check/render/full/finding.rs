//! One finding.

use anstyle::Style;

use crate::check::model::{CheckReport, Finding, FixInfo};
use crate::check::wording;
use crate::clean;
use crate::model::{Confidence, Remedy};
use crate::terminal::{Lead, Screen, Span};
use crate::wording::{alternative, channel, confidence, platform};

/// `first` is the finding that was told before and has everything in common with this one but for its spot.
pub(super) fn write(
    screen: &mut Screen,
    report: &CheckReport,
    finding: &Finding,
    first: Option<&Finding>,
    verbose: bool,
) {
    headline(screen, finding);
    spot(screen, report, finding);
    screen.blank();
    if first.is_none_or(|first| first.why != finding.why) && !finding.why.trim().is_empty() {
        screen.prose(&Lead::indent(2), &finding.why);
    }
    if first.is_none_or(|first| first.failure != finding.failure) {
        failure(screen, finding);
    }
    if verbose {
        shows(screen, finding);
    }
    if first.is_none_or(|first| first.fix != finding.fix || first.remedies != finding.remedies) {
        fixes(screen, finding, verbose);
    }
    if verbose {
        screen.sentences("sources", &finding.sources);
    }
}

/// `error[web-config.unknown-attribute]: …`
fn headline(screen: &mut Screen, finding: &Finding) {
    let style = screen.palette.severity(finding.severity);
    let spans = [
        Span::prose(finding.severity.name(), style),
        Span::whole(format!("[{}]", clean::exact(&finding.check)), style),
        Span::prose(format!(": {}", clean::line(&finding.message)), screen.palette.strong()),
    ];
    screen.paragraph(&Lead::indent(0), &spans);
}

fn spot(screen: &mut Screen, report: &CheckReport, finding: &Finding) {
    let place = wording::place(report, finding);
    let place = Span::whole(clean::exact(&place), screen.palette.strong());
    match &finding.snippet {
        Some(snippet) => screen.snippet(2, &[place], snippet),
        None => {
            let mark = Lead::mark(2, screen.pick("▸ ", "--> "), screen.palette.heading());
            screen.paragraph(&mark, &[place]);
        }
    }
}

/// What the deployment will show, by its name in the catalogue.
fn failure(screen: &mut Screen, finding: &Finding) {
    let mut spans = vec![
        Span::whole(clean::exact(&finding.failure), Style::new()),
        Span::prose(format!(": {}", clean::line(&finding.failure_title)), Style::new()),
    ];
    if finding.confidence != Confidence::Certain {
        spans.push(Span::prose(format!(" ({})", confidence(finding.confidence)), screen.palette.faint()));
    }
    screen.paragraph(&Lead::mark(2, "failure  ", screen.palette.faint()), &spans);
}

fn shows(screen: &mut Screen, finding: &Finding) {
    if finding.will_show.is_empty() {
        return;
    }
    screen.section("how it will look");
    for show in &finding.will_show {
        let name = Span::prose(channel(&show.channel), screen.palette.strong());
        screen.paragraph(&Lead::indent(4), &[name]);
        screen.quote(6, &show.text, usize::MAX);
    }
}

/// What `--fix` does, then what can be done by hand: the best, or all.
fn fixes(screen: &mut Screen, finding: &Finding, verbose: bool) {
    screen.blank();
    if let Some(fix) = &finding.fix {
        offered(screen, fix);
    }
    let limit = if verbose { usize::MAX } else { 1 };
    for (n, remedy) in finding.remedies.iter().take(limit).enumerate() {
        by_hand(screen, remedy, finding.fix.is_some(), n);
    }
}

fn offered(screen: &mut Screen, fix: &FixInfo) {
    let spans = [
        Span::prose("fix with ", screen.palette.fix()),
        Span::whole(format!("{}: ", wording::flag(fix)), screen.palette.fix()),
        Span::prose(clean::line(&fix.text), Style::new()),
    ];
    screen.paragraph(&Lead::indent(2), &spans);
}

fn by_hand(screen: &mut Screen, remedy: &Remedy, offered: bool, nth: usize) {
    let place = platform(&remedy.platform);
    let name = match (offered, nth, place) {
        (true, 0, place) => format!("or {}", wording::by_hand(place)),
        (false, 0, None) => "fix".to_owned(),
        (false, 0, Some(place)) => format!("fix {place}"),
        (_, _, None) => "or".to_owned(),
        (_, _, Some(place)) => format!("or {place}"),
    };
    let spans = [
        Span::prose(format!("{name}: "), screen.palette.fix()),
        Span::prose(clean::line(&alternative(&remedy.text)), Style::new()),
    ];
    screen.paragraph(&Lead::indent(2), &spans);
    screen.commands(6, remedy.commands.iter().map(String::as_str));
}

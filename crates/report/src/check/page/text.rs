//! Pages for a person at a terminal.

use std::collections::BTreeMap;

use anstyle::Style;

use super::{CheckPage, fix_name};
use crate::check::wording::flag;
use crate::clean;
use crate::options::Options;
use crate::terminal::{Lead, Screen, Span};
use crate::wording::{channel, platform};

/// The page of a check. The files of the example are shown with [`Options::verbose`].
pub fn text(page: &CheckPage, options: &Options) -> String {
    let mut screen = Screen::new(options);
    head(&mut screen, page);
    shows(&mut screen, page);
    fixes(&mut screen, page);
    example(&mut screen, page, options.verbose);
    screen.sentences("sources", &page.sources);
    screen.finish()
}

/// Ids, severities and titles.
pub(super) fn list(pages: &[CheckPage], options: &Options) -> String {
    let mut screen = Screen::new(options);
    let rows: Vec<(&str, Vec<Span>)> = pages
        .iter()
        .map(|page| {
            let severity = Span::prose(format!("{}: ", page.severity.name()), screen.palette.faint());
            (page.id.as_str(), vec![severity, Span::prose(clean::line(&page.title), Style::new())])
        })
        .collect();
    screen.rows(&rows);
    screen.finish()
}

fn head(screen: &mut Screen, page: &CheckPage) {
    let title = [
        Span::whole(clean::exact(&page.id), screen.palette.heading()),
        Span::prose(format!(": {}", clean::line(&page.title)), screen.palette.strong()),
    ];
    screen.paragraph(&Lead::indent(0), &title);
    let facts: Vec<String> = page.facts().iter().map(|fact| clean::line(fact)).collect();
    let facts = facts.join(screen.pick(" · ", ", "));
    screen.paragraph(&Lead::indent(2), &[Span::prose(facts, screen.palette.faint())]);
    if !page.why.trim().is_empty() {
        screen.blank();
        screen.prose(&Lead::indent(2), &page.why);
    }
    screen.blank();
    let failure = [
        Span::whole(clean::exact(&page.failure), Style::new()),
        Span::prose(format!(": {}", clean::line(&page.failure_title)), Style::new()),
    ];
    screen.paragraph(&Lead::mark(2, "failure  ", screen.palette.faint()), &failure);
}

fn shows(screen: &mut Screen, page: &CheckPage) {
    if page.will_show.is_empty() {
        return;
    }
    screen.section("how it will look");
    for show in &page.will_show {
        let name = Span::prose(channel(&show.channel), screen.palette.strong());
        screen.paragraph(&Lead::indent(4), &[name]);
        screen.quote(6, &show.text, usize::MAX);
    }
}

fn fixes(screen: &mut Screen, page: &CheckPage) {
    screen.section("fix");
    match &page.fix {
        Some(fix) => {
            let spans = [
                Span::whole(flag(fix), screen.palette.fix()),
                Span::prose(format!(" ({}): ", fix_name(fix)), screen.palette.faint()),
                Span::prose(clean::line(&fix.text), Style::new()),
            ];
            screen.paragraph(&screen.item(), &spans);
        }
        None if page.remedies.is_empty() => screen.prose(&screen.item(), "It is repaired by hand."),
        None => {}
    }
    for remedy in &page.remedies {
        let place = platform(&remedy.platform).unwrap_or("by hand".into());
        let spans = [
            Span::prose(format!("{place}: "), screen.palette.fix()),
            Span::prose(clean::line(&remedy.text), Style::new()),
        ];
        screen.paragraph(&screen.item(), &spans);
        screen.commands(10, remedy.commands.iter().map(String::as_str));
    }
}

fn example(screen: &mut Screen, page: &CheckPage, verbose: bool) {
    if page.before.is_empty() || !verbose {
        return;
    }
    screen.section("example");
    let command = Span::whole(clean::exact(&page.command()), screen.palette.strong());
    let tells = Span::prose(" tells it of", Style::new());
    screen.paragraph(&Lead::indent(4), &[command, tells]);
    files(screen, &page.before);
    if !page.after.is_empty() {
        screen.paragraph(&Lead::indent(4), &[Span::prose("and is silent with", Style::new())]);
        files(screen, &page.after);
    }
}

fn files(screen: &mut Screen, files: &BTreeMap<String, String>) {
    for (name, content) in files {
        let mut spans = vec![Span::whole(clean::exact(name), screen.palette.strong())];
        if content.trim().is_empty() {
            spans.push(Span::prose(": not there", Style::new()));
        }
        screen.paragraph(&Lead::indent(6), &spans);
        screen.quote(8, content, usize::MAX);
    }
}

//! Pages for a person at a terminal.

use anstyle::Style;

use super::{FailurePage, PageCase, PageCheck, Shows};
use crate::clean;
use crate::model::Remedy;
use crate::options::Options;
use crate::terminal::{Lead, Screen, Span};
use crate::wording;

pub(super) fn pages(pages: &[FailurePage], options: &Options) -> String {
    let mut screen = Screen::new(options);
    write_pages(&mut screen, pages, options.verbose);
    screen.finish()
}

pub(super) fn list(pages: &[FailurePage], options: &Options) -> String {
    let mut screen = Screen::new(options);
    write_list(&mut screen, pages);
    screen.finish()
}

/// All of them, with an empty line between.
pub(crate) fn write_pages(screen: &mut Screen, pages: &[FailurePage], verbose: bool) {
    for page in pages {
        screen.blank();
        write_page(screen, page, verbose);
    }
}

/// Ids and titles.
pub(crate) fn write_list(screen: &mut Screen, pages: &[FailurePage]) {
    let rows: Vec<(&str, Vec<Span>)> = pages
        .iter()
        .map(|page| (page.id.as_str(), vec![Span::prose(clean::line(&page.title), Style::new())]))
        .collect();
    screen.rows(&rows);
}

fn write_page(screen: &mut Screen, page: &FailurePage, verbose: bool) {
    let title = [
        Span::whole(clean::exact(&page.id), screen.palette.heading()),
        Span::prose(format!(": {}", clean::line(&page.title)), screen.palette.strong()),
    ];
    screen.paragraph(&Lead::indent(0), &title);
    if !page.scenario_title.is_empty() {
        let scenario = Span::prose(clean::line(&page.scenario_title), screen.palette.faint());
        screen.paragraph(&Lead::indent(2), &[scenario]);
    }
    if !page.summary.trim().is_empty() {
        screen.blank();
        screen.prose(&Lead::indent(2), &page.summary);
    }
    shows(screen, &page.shows);
    screen.sentences("what confirms it", &page.confirms);
    screen.sentences("what points to it", &page.suggests);
    screen.sentences("what excludes it", &page.refutes);
    let neighbours: Vec<String> = page.distinguishes.iter().map(|n| format!("{}: {}", n.id, n.by)).collect();
    screen.sentences("how it differs from its neighbours", &neighbours);
    checks(screen, &page.checks);
    let foreseen: Vec<String> =
        page.foreseen_by.iter().map(|f| format!("{}: {}", f.check, f.title)).collect();
    screen.sentences("how `falconer check` foresees it", &foreseen);
    remedies(screen, &page.remedies);
    screen.sentences("what follows from it", &page.leads_to);
    let settled: Vec<String> =
        page.settled_by.iter().map(|name| wording::channel(name).into_owned()).collect();
    screen.sentences("evidence that settles it, cheapest first", &settled);
    screen.sentences("sources", &page.sources);
    cases(screen, &page.cases, verbose);
}

fn shows(screen: &mut Screen, shows: &[Shows]) {
    if shows.is_empty() {
        return;
    }
    screen.section("how it shows");
    for show in shows {
        let mut heading = vec![Span::prose(wording::channel(&show.channel), screen.palette.strong())];
        if !show.versions.trim().is_empty() {
            heading.push(screen.separator());
            heading.push(Span::prose(clean::line(&show.versions), screen.palette.faint()));
        }
        screen.paragraph(&Lead::indent(4), &heading);
        screen.quote(6, &show.text, usize::MAX);
    }
}

fn checks(screen: &mut Screen, checks: &[PageCheck]) {
    if checks.is_empty() {
        return;
    }
    screen.section("what to check");
    for check in checks {
        screen.prose(&screen.item(), &check.text);
        screen.commands_on("iis", check.iis.as_deref());
        screen.commands_on("azure", check.azure.as_deref());
    }
}

fn remedies(screen: &mut Screen, remedies: &[Remedy]) {
    if remedies.is_empty() {
        return;
    }
    screen.section("what to do");
    for remedy in remedies {
        let mut spans = Vec::new();
        if let Some(platform) = wording::platform(&remedy.platform) {
            spans.push(Span::prose(format!("{platform}: "), screen.palette.fix()));
        }
        spans.push(Span::prose(clean::line(&remedy.text), Style::new()));
        screen.paragraph(&screen.item(), &spans);
        screen.commands(10, remedy.commands.iter().map(String::as_str));
    }
}

fn cases(screen: &mut Screen, cases: &[PageCase], verbose: bool) {
    if cases.is_empty() {
        return;
    }
    screen.section("worked cases");
    for case in cases {
        let spans = [
            Span::prose(clean::line(&case.name), Style::new()),
            Span::prose(format!(" ({})", clean::line(&case.expect)), screen.palette.faint()),
        ];
        screen.paragraph(&screen.item(), &spans);
        for file in case.files.iter().filter(|_| verbose) {
            let name = Span::whole(clean::exact(&file.name), screen.palette.strong());
            screen.paragraph(&Lead::indent(6), &[name]);
            screen.quote(8, &file.content, usize::MAX);
        }
    }
}

//! Entries and explanations for a person at a terminal.

use anstyle::Style;

use super::{Card, Explanation};
use crate::clean;
use crate::options::Options;
use crate::page::text::{write_list, write_pages};
use crate::terminal::{Lead, Screen, Span};

pub(super) fn entries(cards: &[Card], options: &Options) -> String {
    let mut screen = Screen::new(options);
    if options.verbose {
        cards.iter().for_each(|card| write_card(&mut screen, card));
    } else {
        rows(&mut screen, cards);
    }
    screen.finish()
}

pub(super) fn explanation(explanation: &Explanation, options: &Options) -> String {
    let mut screen = Screen::new(options);
    explanation.cards().iter().for_each(|card| write_card(&mut screen, card));
    match explanation.failures.as_slice() {
        [] => {}
        failures if explanation.in_full(options.verbose) => {
            write_pages(&mut screen, failures, options.verbose);
        }
        failures => {
            screen.heading(FAILURES, screen.palette.heading());
            screen.blank();
            write_list(&mut screen, failures);
            next(&mut screen, failures);
        }
    }
    screen.finish()
}

/// The heading of a list of failures.
const FAILURES: &str = "failures that it points to, best first";

fn next(screen: &mut Screen, failures: &[crate::page::FailurePage]) {
    if let Some(first) = failures.first() {
        screen.blank();
        let command = format!("falconer explain {}", clean::exact(&first.id));
        let lead = Lead::mark(0, "next: ", screen.palette.faint());
        screen.paragraph(&lead, &[Span::whole(command, screen.palette.strong())]);
    }
}

fn rows(screen: &mut Screen, cards: &[Card]) {
    let row = |card: &Card| {
        let mut spans = Vec::new();
        if !card.alias.is_empty() {
            spans.push(Span::prose(format!("{}: ", clean::line(&card.alias)), screen.palette.faint()));
        }
        spans.push(Span::prose(clean::line(&card.meaning), Style::new()));
        spans
    };
    let rows: Vec<(&str, Vec<Span>)> = cards.iter().map(|card| (card.name.as_str(), row(card))).collect();
    screen.rows(&rows);
}

/// All that is known of one.
fn write_card(screen: &mut Screen, card: &Card) {
    screen.blank();
    let mut title = vec![Span::whole(clean::exact(&card.name), screen.palette.heading())];
    if !card.alias.is_empty() {
        title.push(Span::prose(format!(" {}", clean::line(&card.alias)), screen.palette.strong()));
    }
    screen.paragraph(&Lead::indent(0), &title);
    let facts = card.facts.iter().map(|fact| Span::prose(clean::line(fact), screen.palette.faint()));
    let facts: Vec<Span> = facts.collect();
    if !facts.is_empty() {
        let line = separated(facts, &screen.separator());
        screen.paragraph(&Lead::indent(2), &line);
    }
    if !card.meaning.is_empty() {
        screen.prose(&Lead::indent(2), &card.meaning);
    }
    for wording in &card.wordings {
        let versions = Span::prose(clean::line(&wording.versions), screen.palette.strong());
        screen.paragraph(&Lead::indent(4), &[versions]);
        screen.quote(6, &wording.text, usize::MAX);
    }
    for (platform, commands) in &card.commands {
        screen.commands_on(platform, Some(commands));
    }
    if !card.failures.is_empty() {
        let ids = card.failures.iter().map(|id| Span::whole(clean::exact(id), Style::new())).collect();
        let line = separated(ids, &Span::prose(", ", Style::new()));
        screen.paragraph(&Lead::mark(2, "points to ", screen.palette.faint()), &line);
    }
}

fn separated(spans: Vec<Span>, separator: &Span) -> Vec<Span> {
    let mut line = Vec::new();
    for span in spans {
        if !line.is_empty() {
            line.push(separator.clone());
        }
        line.push(span);
    }
    line
}

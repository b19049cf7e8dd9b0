//! Entries and explanations for documents.

use std::fmt::Write as _;

use super::{Card, Explanation};
use crate::markdown::{self as md, code, fenced, inline};
use crate::options::Options;
use crate::page::{PageFormat, link, render, render_list};
use crate::wording;

/// Where the book has the pages of failures, seen from its other pages.
const FAILURES: &str = "failures/";

pub(super) fn entries(cards: &[Card]) -> String {
    let mut out = String::new();
    // Without texts and commands there is little to say of each: a table.
    if cards.iter().all(|card| card.wordings.is_empty() && card.commands.is_empty()) {
        table(&mut out, cards);
    } else {
        cards.iter().for_each(|card| write_card(&mut out, card));
    }
    md::one_end(out)
}

pub(super) fn explanation(explanation: &Explanation, verbose: bool) -> String {
    let mut out = String::new();
    explanation.cards().iter().for_each(|card| write_card(&mut out, card));
    let options = Options { verbose, ..Options::default() };
    match explanation.failures.as_slice() {
        [] => {}
        failures if explanation.in_full(verbose) => {
            out.push_str(&render(failures, PageFormat::Markdown, &options));
        }
        failures => {
            md::heading(&mut out, 1, "Failures that it points to");
            out.push_str(&render_list(failures, PageFormat::Markdown, &options));
        }
    }
    md::one_end(out)
}

fn links(ids: &[String]) -> String {
    let links: Vec<String> = ids.iter().map(|id| link(FAILURES, id)).collect();
    links.join(", ")
}

fn table(out: &mut String, cards: &[Card]) {
    let row = |card: &Card| {
        [
            md::code_cell(&card.name),
            md::cell(&card.alias),
            md::cell(&card.meaning),
            md::cell(&card.facts.join("; ")),
            links(&card.failures),
        ]
    };
    let rows: Vec<[String; 5]> = cards.iter().map(row).collect();
    md::plain_table(out, ["", "Name", "Meaning", "Kind", "Points to"], &rows);
}

fn write_card(out: &mut String, card: &Card) {
    md::heading(out, 2, &code(&card.name));
    let alias = (!card.alias.is_empty()).then(|| format!("**{}**", inline(&card.alias)));
    let line: Vec<String> = alias.into_iter().chain(card.facts.iter().map(|fact| inline(fact))).collect();
    if !line.is_empty() {
        let _ = writeln!(out, "{}\n", line.join(" · "));
    }
    if !card.meaning.is_empty() {
        let _ = writeln!(out, "{}\n", inline(&card.meaning));
    }
    for wording in &card.wordings {
        let _ = writeln!(out, "{}:\n", inline(&wording.versions));
        fenced(out, "text", &wording.text);
    }
    for (platform, commands) in &card.commands {
        let place = wording::platform(platform).map(|place| wording::capital(&place)).unwrap_or_default();
        let _ = writeln!(out, "{place}:\n");
        md::commands(out, commands);
    }
    if !card.failures.is_empty() {
        let _ = writeln!(out, "Points to {}\n", links(&card.failures));
    }
}

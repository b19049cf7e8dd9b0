//! Pages for the book.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{FailurePage, Foreseen, Neighbour, PageCase, PageCheck, Shows};
use crate::markdown::{self as md, code, code_cell, fenced, inline};
use crate::model::Remedy;
use crate::wording;

pub(super) fn pages(pages: &[FailurePage]) -> String {
    let mut out = String::new();
    for (n, page) in pages.iter().enumerate() {
        if n > 0 {
            out.push_str("---\n\n");
        }
        write_page(&mut out, page);
    }
    md::one_end(out)
}

/// Links by scenario, scenarios in the order of their titles.
pub(super) fn list(pages: &[FailurePage]) -> String {
    let mut scenarios: BTreeMap<&str, Vec<&FailurePage>> = BTreeMap::new();
    for page in pages {
        scenarios.entry(&page.scenario_title).or_default().push(page);
    }
    let mut out = String::new();
    for (title, pages) in scenarios {
        md::heading(&mut out, 2, &inline(title.trim_end_matches('.')));
        for page in pages {
            let _ = writeln!(out, "- {} {}", link("", &page.id), inline(&page.title));
        }
        out.push('\n');
    }
    md::one_end(out)
}

/// A link to a failure's page in `folder` of the book. Ids are file names: only what a file name may hold is linked.
pub(crate) fn link(folder: &str, id: &str) -> String {
    let safe = !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if safe { format!("[{}]({folder}{id}.md)", code(id)) } else { code(id) }
}

fn write_page(out: &mut String, page: &FailurePage) {
    md::heading(out, 1, &inline(&page.title));
    let _ = writeln!(out, "{} · {}\n", code(&page.id), inline(&page.scenario_title));
    if !page.summary.trim().is_empty() {
        let _ = writeln!(out, "{}\n", inline(&page.summary));
    }
    shows(out, &page.shows);
    md::list(out, 2, "What confirms it", &page.confirms);
    md::list(out, 2, "What points to it", &page.suggests);
    md::list(out, 2, "What excludes it", &page.refutes);
    neighbours(out, &page.distinguishes);
    checks(out, &page.checks);
    foreseen(out, &page.foreseen_by);
    remedies(out, &page.remedies);
    links(out, "What follows from it", &page.leads_to);
    let settled: Vec<String> =
        page.settled_by.iter().map(|name| wording::channel(name).into_owned()).collect();
    md::list(out, 2, "Evidence that settles it, cheapest first", &settled);
    md::list(out, 2, "Sources", &page.sources);
    cases(out, &page.cases);
}

fn shows(out: &mut String, shows: &[Shows]) {
    if shows.is_empty() {
        return;
    }
    md::heading(out, 2, "How it shows");
    for show in shows {
        let versions = match inline(&show.versions) {
            all if all.is_empty() => all,
            some => format!(" ({some})"),
        };
        let _ = writeln!(out, "**{}**{versions}:\n", inline(&wording::channel(&show.channel)));
        fenced(out, "text", &show.text);
    }
}

fn neighbours(out: &mut String, neighbours: &[Neighbour]) {
    if neighbours.is_empty() {
        return;
    }
    md::heading(out, 2, "How it differs from its neighbours");
    for neighbour in neighbours {
        let _ = writeln!(out, "- {}: {}", link("", &neighbour.id), inline(&neighbour.by));
    }
    out.push('\n');
}

fn links(out: &mut String, title: &str, ids: &[String]) {
    if ids.is_empty() {
        return;
    }
    md::heading(out, 2, title);
    for id in ids {
        let _ = writeln!(out, "- {}", link("", id));
    }
    out.push('\n');
}

fn checks(out: &mut String, checks: &[PageCheck]) {
    let how = |commands: &Option<String>| commands.as_deref().map(code_cell).unwrap_or_default();
    let row = |check: &PageCheck| [md::cell(&check.text), how(&check.iis), how(&check.azure)];
    let rows: Vec<[String; 3]> = checks.iter().map(row).collect();
    md::table(out, 2, "What to check", ["Check", "On IIS", "On Azure App Service"], &rows);
}

fn foreseen(out: &mut String, checks: &[Foreseen]) {
    if checks.is_empty() {
        return;
    }
    md::heading(out, 2, "How `falconer check` foresees it");
    for check in checks {
        let _ = writeln!(out, "- {}: {}", check_link("../checks/", &check.check), inline(&check.title));
    }
    out.push('\n');
}

/// A link to a check's page in `folder` of the book. Ids are file names: only what a file name may hold is linked.
pub(crate) fn check_link(folder: &str, id: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.');
    let safe = !id.is_empty() && !id.starts_with('.') && id.bytes().all(plain);
    if safe { format!("[{}]({folder}{id}.md)", code(id)) } else { code(id) }
}

fn remedies(out: &mut String, remedies: &[Remedy]) {
    if remedies.is_empty() {
        return;
    }
    md::heading(out, 2, "What to do");
    for remedy in remedies {
        md::remedy(out, None, remedy);
    }
}

fn cases(out: &mut String, cases: &[PageCase]) {
    if cases.is_empty() {
        return;
    }
    md::heading(out, 2, "Worked cases");
    for case in cases {
        md::heading(out, 3, &inline(&case.name));
        let _ = writeln!(out, "Expected: {}\n", inline(&case.expect));
        for file in &case.files {
            let _ = writeln!(out, "{}:\n", code(&file.name));
            fenced(out, "text", &file.content);
        }
    }
}

//! Pages for the book.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{CheckPage, fix_name};
use crate::check::wording::flag;
use crate::markdown::{self as md, code, fenced, heading, inline};
use crate::page::{check_link, link};
use crate::wording::channel;

/// Where the book has the pages of failures, seen from those of checks.
const FAILURES: &str = "../failures/";

/// The page of a check, for `docs/checks/<id>.md`.
pub fn markdown(page: &CheckPage) -> String {
    let mut out = String::new();
    heading(&mut out, 1, &inline(&page.title));
    let facts: Vec<String> = page.facts().iter().map(|fact| inline(fact)).collect();
    let _ = writeln!(out, "{} · {}\n", code(&page.id), facts.join(" · "));
    if !page.why.trim().is_empty() {
        let _ = writeln!(out, "{}\n", inline(&page.why));
    }
    let failure = link(FAILURES, &page.failure);
    let _ = writeln!(out, "It foretells {failure}: {}\n", inline(&page.failure_title));
    shows(&mut out, page);
    fixes(&mut out, page);
    example(&mut out, page);
    md::list(&mut out, 2, "Sources", &page.sources);
    md::one_end(out)
}

/// The table of contents of the pages, with links to `<id>.md`.
pub fn list(pages: &[CheckPage]) -> String {
    let rows: Vec<[String; 5]> = pages
        .iter()
        .map(|page| {
            [
                check_link("", &page.id),
                md::cell(&page.title),
                page.severity.name().to_owned(),
                page.fix.as_ref().map(|fix| code(flag(fix))).unwrap_or_default(),
                link(FAILURES, &page.failure),
            ]
        })
        .collect();
    let mut out = String::new();
    md::plain_table(&mut out, ["Check", "What is wrong", "Severity", "Fix", "Foretells"], &rows);
    md::one_end(out)
}

fn shows(out: &mut String, page: &CheckPage) {
    if page.will_show.is_empty() {
        return;
    }
    heading(out, 2, "How it will look");
    for show in &page.will_show {
        let _ = writeln!(out, "**{}**:\n", inline(&channel(&show.channel)));
        fenced(out, "text", &show.text);
    }
}

fn fixes(out: &mut String, page: &CheckPage) {
    heading(out, 2, "Fix");
    match &page.fix {
        Some(fix) => {
            let _ = writeln!(out, "{} ({}): {}\n", code(flag(fix)), fix_name(fix), inline(&fix.text));
        }
        None => out.push_str("It is repaired by hand.\n\n"),
    }
    page.remedies.iter().for_each(|remedy| md::remedy(out, None, remedy));
}

fn example(out: &mut String, page: &CheckPage) {
    if page.before.is_empty() {
        return;
    }
    heading(out, 2, "Example");
    let _ = writeln!(out, "{} tells it of this folder:\n", code(&page.command()));
    files(out, &page.before);
    if !page.after.is_empty() {
        out.push_str("and is silent with\n\n");
        files(out, &page.after);
    }
}

fn files(out: &mut String, files: &BTreeMap<String, String>) {
    for (name, content) in files {
        if content.trim().is_empty() {
            let _ = writeln!(out, "{}: not there\n", code(name));
            continue;
        }
        let _ = writeln!(out, "{}:\n", code(name));
        fenced(out, language(name), content);
    }
}

/// By what a reader of the book colours a file.
fn language(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("config" | "xml" | "csproj") => "xml",
        Some("json") => "json",
        _ => "text",
    }
}

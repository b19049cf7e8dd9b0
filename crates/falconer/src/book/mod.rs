//! The catalogue as a book: Markdown pages in a folder, always the same for the same catalogue.

mod folder;
mod text;

use std::collections::BTreeMap;

use falconer_report::page::{FailurePage, PageFormat, render, render_list};
use falconer_report::reference::{Entries, render_entries};
use falconer_report::{Options, check};

use crate::commands::Knowledge;
use crate::{pages, reference};

pub(crate) use folder::{stale, write};

/// What every page begins with: by it the pages of the book are told from other files.
const MARK: &str = "<!-- Written by `falconer book`. Change the catalogue, not this page. -->\n\n";

/// The pages of the book: path below its folder, and content.
pub(crate) fn book(known: &Knowledge) -> BTreeMap<String, String> {
    let failures: Vec<FailurePage> = known.catalog.failures().iter().map(pages::page).collect();
    let options = Options::default();
    let mut book = BTreeMap::new();
    let mut add = |path: &str, text: String| book.insert(path.to_owned(), format!("{MARK}{text}"));
    let list = render_list(&failures, PageFormat::Markdown, &options);
    add("failures/README.md", text::failures(&list));
    for page in &failures {
        let text = render(std::slice::from_ref(page), PageFormat::Markdown, &options);
        add(&format!("failures/{}.md", page.id), text);
    }
    let checks = falconer_check::pages(&known.catalog);
    add("README.md", text::contents(&failures, checks.len()));
    add("checks/README.md", text::checks(&check::page::list(&checks)));
    for page in &checks {
        add(&format!("checks/{}.md", page.id), check::page::markdown(page));
    }
    let entries = |entries: Entries<'_>| render_entries(entries, PageFormat::Markdown, &options);
    add("messages.md", text::messages(&entries(Entries::Messages(&reference::messages(known)))));
    add("codes.md", text::codes(&entries(Entries::Codes(&reference::codes(known)))));
    add("channels.md", text::channels(&entries(Entries::Channels(&reference::channels(known)))));
    add("exit-codes.md", text::exit_codes());
    add("formats.md", text::formats());
    add("command-line.md", text::command_line());
    book
}

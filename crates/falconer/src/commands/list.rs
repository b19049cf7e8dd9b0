//! `falconer list`: all that is known.

use falconer_report::check;
use falconer_report::page::{FailurePage, render, render_list};
use falconer_report::reference::{Entries, render_entries};

use super::Knowledge;
use crate::cli::{ListArgs, Listed};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Console;
use crate::{pages, reference};

pub(super) fn run(args: &ListArgs, known: &Knowledge, console: &Console) -> Result<Exit, Failure> {
    let options = console.options(args.verbose);
    let entries = |entries: Entries<'_>| render_entries(entries, args.format, &options);
    let text = match args.what {
        Listed::Failures => {
            let pages: Vec<FailurePage> = known.catalog.failures().iter().map(pages::page).collect();
            if args.verbose {
                render(&pages, args.format, &options)
            } else {
                render_list(&pages, args.format, &options)
            }
        }
        Listed::Checks => {
            let pages = falconer_check::pages(&known.catalog);
            match args.verbose {
                true => check::page::render(&pages, args.format, &options),
                false => check::page::render_list(&pages, args.format, &options),
            }
        }
        Listed::Messages => entries(Entries::Messages(&reference::messages(known))),
        Listed::Scenarios => entries(Entries::Scenarios(&reference::scenarios(known))),
        Listed::Codes => entries(Entries::Codes(&reference::codes(known))),
        Listed::Channels => entries(Entries::Channels(&reference::channels(known))),
    };
    console.answer(&text)?;
    Ok(Exit::Healthy)
}

//! `falconer book`: the catalogue as a folder of Markdown pages.

use std::fmt::Write as _;

use super::Knowledge;
use crate::book;
use crate::cli::BookArgs;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Console;

pub(super) fn run(args: &BookArgs, known: &Knowledge, console: &Console) -> Result<Exit, Failure> {
    let pages = book::book(known);
    let dir = args.dir.display();
    if !args.check {
        book::write(&args.dir, &pages)?;
        console.answer(&format!("wrote {} pages to {dir}\n", pages.len()))?;
        return Ok(Exit::Healthy);
    }
    let stale = book::stale(&args.dir, &pages)?;
    if stale.is_empty() {
        console.answer(&format!("{dir} is up to date\n"))?;
        return Ok(Exit::Healthy);
    }
    let mut text = String::new();
    for page in &stale {
        // Writing to a `String` cannot fail.
        let _ = writeln!(text, "{page}");
    }
    let _ = writeln!(text, "to write them anew: falconer book {dir}");
    console.answer(&text)?;
    Ok(Exit::Found)
}

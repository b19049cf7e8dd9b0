//! One file a command.

mod anchors;
mod book;
mod cases;
mod check;
mod completions;
mod diagnose;
mod explain;
mod init;
mod list;
mod lsp;
mod man;
mod schema;

use falconer_catalog::{Catalog, Part};
use falconer_messages::Definitions;

use crate::cli::{Cli, Command};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Console;
use crate::packs;

/// What Falconer knows.
pub(crate) struct Knowledge {
    pub(crate) messages: Definitions,
    pub(crate) catalog: Catalog,
}

/// Runs the command.
pub(crate) fn run(cli: &Cli, console: &Console) -> Result<Exit, Failure> {
    let load = |part| -> Result<Knowledge, Failure> {
        let messages = Definitions::embedded()?;
        let catalog = packs::load(&messages, &cli.catalog, part)?;
        Ok(Knowledge { messages, catalog })
    };
    let known = || load(Part::All);
    match &cli.command {
        Command::Diagnose(args) => diagnose::run(args, &load(Part::Rules)?, console),
        Command::Check(args) => check::run(args, &load(Part::Checks)?, console),
        Command::Lsp(args) => lsp::run(args, &load(Part::Checks)?, console),
        Command::Init { dir } => init::run(dir, console),
        Command::Explain(args) => explain::run(args, &known()?, console),
        Command::List(args) => list::run(args, &known()?, console),
        Command::Book(args) => book::run(args, &known()?, console),
        Command::Cases { ids } => cases::run(ids, &known()?, console),
        Command::Schema { what } => schema::run(*what, console),
        Command::Completions { shell } => completions::run(*shell, console),
        Command::Man { dir } => man::run(dir.as_deref(), console),
        Command::Anchors => anchors::run(&known()?, console),
    }
}

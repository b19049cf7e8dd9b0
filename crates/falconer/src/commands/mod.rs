//! One file a command.

mod cases;
mod diagnose;

use std::fs;
use std::path::PathBuf;

use falconer_catalog::Catalog;
use falconer_messages::Definitions;

use crate::cli::{Cli, Command};
use crate::failure::Failure;
use crate::output::Console;

/// Runs the command and gives its exit code.
pub(crate) fn run(cli: &Cli, console: &mut Console) -> Result<u8, Failure> {
    let messages = Definitions::embedded()?;
    let catalog = load_catalog(&messages, &cli.catalog)?;
    match &cli.command {
        Command::Diagnose(args) => diagnose::run(args, &catalog, &messages, console),
        Command::Cases { ids } => cases::run(ids, &catalog, &messages, console),
    }
}

/// The shipped catalogue with the rule packs of these folders.
fn load_catalog(messages: &Definitions, folders: &[PathBuf]) -> Result<Catalog, Failure> {
    let mut packs = Vec::new();
    for folder in folders {
        let mut files: Vec<PathBuf> = fs::read_dir(folder)
            .map_err(Failure::of_file(folder))?
            .filter_map(Result::ok)
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|e| e == "toml"))
            .collect();
        files.sort();
        for file in files {
            let text = fs::read_to_string(&file).map_err(Failure::of_file(&file))?;
            packs.push((file.display().to_string(), text));
        }
    }
    let packs: Vec<(&str, &str)> = packs.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
    Ok(Catalog::with_packs(messages, &packs)?)
}

//! `falconer man`: the manual pages.

use std::fs;
use std::path::Path;

use clap::CommandFactory as _;
use clap_mangen::Man;

use crate::cli::{self, Cli};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{self, Console};

pub(super) fn run(dir: Option<&Path>, console: &Console) -> Result<Exit, Failure> {
    let Some(dir) = dir else {
        console.answer(&page(Cli::command())?)?;
        return Ok(Exit::Healthy);
    };
    fs::create_dir_all(dir).map_err(Failure::of_file(dir))?;
    for command in cli::described() {
        let name = format!("{}.1", command.get_display_name().unwrap_or(command.get_name()));
        output::write_file(&dir.join(name), &page(command)?)?;
    }
    Ok(Exit::Healthy)
}

fn page(command: clap::Command) -> Result<String, Failure> {
    let mut page = Vec::new();
    Man::new(command).render(&mut page)?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}

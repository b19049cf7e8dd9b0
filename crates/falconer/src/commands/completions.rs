//! `falconer completions`: what a shell needs to complete the arguments.

use clap::CommandFactory as _;

use crate::cli::Cli;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Console;

pub(super) fn run(shell: clap_complete::Shell, console: &Console) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "falconer", &mut script);
    console.answer(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Healthy)
}

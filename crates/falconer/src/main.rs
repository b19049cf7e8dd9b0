//! The command line: arguments in, an answer and an exit code out.

mod cases;
mod cli;
mod commands;
mod failure;
mod files;
mod output;

use std::process::ExitCode;

use clap::Parser as _;

use crate::failure::Failure;
use crate::output::Console;

fn main() -> ExitCode {
    let cli = match cli::Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let usage = error.use_stderr();
            let _ = error.print();
            return ExitCode::from(if usage { failure::USAGE } else { 0 });
        }
    };
    let mut console = Console::real();
    match run(&cli, &mut console) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            console.complain(&error);
            ExitCode::from(error.exit_code())
        }
    }
}

/// Runs a command. A panic in it is our bug: the user gets a sentence, not a backtrace.
fn run(cli: &cli::Cli, console: &mut Console) -> Result<u8, Failure> {
    std::panic::set_hook(Box::new(|_| {}));
    let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| commands::run(cli, console)));
    result.unwrap_or(Err(Failure::Bug))
}

//! The command line: arguments in, an answer and an exit code out.

mod arguments;
mod book;
mod cases;
mod cli;
mod commands;
mod device;
mod exit;
mod failure;
mod files;
mod gather;
mod output;
mod packs;
mod pages;
mod progress;
mod redaction;
mod reference;
mod search;

use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use clap::Parser as _;

use crate::cli::{Cli, Command};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Console;
use crate::redaction::Redaction;

/// Reading evidence makes many small strings, and a short run pays for each page: a sixth less
/// time for a bundle and a third for a single line than with glibc's allocator (`bench/bundle`).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            return if Console::usage(&error) { Exit::Usage } else { Exit::Healthy }.into();
        }
    };
    let console = Console::new(cli.color, cli.ascii);
    match guarded(|| commands::run(&cli, &console)) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            let shown = matches!(&cli.command, Command::Diagnose(args) if args.no_redact);
            console.note(&Redaction::new(!shown).text(&failure.to_string()));
            failure.exit().into()
        }
    }
}

/// Runs a command. A panic in it is our bug: the user gets a sentence, not a backtrace.
fn guarded(command: impl FnOnce() -> Result<Exit, Failure>) -> Result<Exit, Failure> {
    let place = Arc::new(Mutex::new(None));
    let seen = Arc::clone(&place);
    panic::set_hook(Box::new(move |panic| {
        let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
        // The first one is the cause; others may follow from it on other threads.
        if let (None, Some(at)) = (&*seen, panic.location()) {
            *seen = Some(at.to_string());
        }
    }));
    panic::catch_unwind(AssertUnwindSafe(command)).unwrap_or_else(|_| {
        let place = place.lock().unwrap_or_else(PoisonError::into_inner).take();
        Err(Failure::Bug { place })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_arguments_are_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_panic_becomes_one_sentence_with_its_place() {
        let failure = guarded(|| panic!("boom")).unwrap_err();
        assert_eq!(failure.exit(), Exit::Bug);
        let sentence = failure.to_string();
        assert!(sentence.starts_with("this is a bug in Falconer (") && sentence.contains("main.rs:"));
        assert!(!sentence.contains("boom") && !sentence.contains('\n'), "{sentence}");
    }
}

//! Standard output and standard error: the only place that prints.

use std::io::{self, IsTerminal as _, Write as _};

use crate::failure::Failure;

/// Where answers and complaints go, and what the terminal can show.
#[derive(Debug)]
pub(crate) struct Console {
    /// Standard output is a terminal.
    pub(crate) terminal: bool,
}

impl Console {
    /// The real one.
    pub(crate) fn real() -> Self {
        Console { terminal: io::stdout().is_terminal() }
    }

    /// Writes an answer.
    pub(crate) fn answer(&mut self, text: &str) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes())?;
        if !text.ends_with('\n') && !text.is_empty() {
            out.write_all(b"\n")?;
        }
        out.flush()?;
        Ok(())
    }

    /// Tells why a command did not do its work.
    pub(crate) fn complain(&mut self, failure: &Failure) {
        if failure.exit_code() != 0 {
            let _ = writeln!(io::stderr(), "falconer: {failure}");
        }
    }
}

//! The exit codes: one list for the program, its help and its book.

use std::fmt::Write as _;
use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Nothing wrong was found; another command did its work.
    Healthy,
    /// A cause is named; a check did not pass.
    Found,
    /// Wrong usage.
    Usage,
    /// Nothing to go by.
    Nothing,
    /// A failure without a known cause.
    Unknown,
    /// Our bug.
    Bug,
}

impl Exit {
    /// All of them.
    pub(crate) const ALL: [Exit; 6] =
        [Exit::Healthy, Exit::Found, Exit::Usage, Exit::Nothing, Exit::Unknown, Exit::Bug];

    /// The number.
    pub(crate) const fn number(self) -> u8 {
        match self {
            Exit::Healthy => 0,
            Exit::Found => 1,
            Exit::Usage => 2,
            Exit::Nothing => 3,
            Exit::Unknown => 4,
            Exit::Bug => 70,
        }
    }

    /// What it says after `falconer diagnose`.
    pub(crate) const fn meaning(self) -> &'static str {
        match self {
            Exit::Healthy => "nothing wrong was found",
            Exit::Found => "a cause is named, likely or certain",
            Exit::Usage => "wrong usage: an argument, a rule pack, or a file that cannot be written",
            Exit::Nothing => "no evidence could be read",
            Exit::Unknown => "a failure is seen, and its cause is not known",
            Exit::Bug => "a bug in Falconer",
        }
    }

    /// What it says after `falconer check`; nothing where it never gives it.
    pub(crate) const fn after_check(self) -> Option<&'static str> {
        match self {
            Exit::Healthy => Some("nothing was found, or nothing as severe as --fail-on says"),
            Exit::Found => Some("something will fail, or is as severe as --fail-on says"),
            Exit::Usage => Some("wrong usage: an argument, a falconer.toml, a file that cannot be written"),
            Exit::Nothing => Some("nothing could be read, or it is no published app"),
            Exit::Unknown => None,
            Exit::Bug => Some("a bug in Falconer"),
        }
    }

    /// What it says after the other commands; nothing where they never give it.
    pub(crate) const fn elsewhere(self) -> Option<&'static str> {
        match self {
            Exit::Healthy => Some("done"),
            Exit::Found => Some(
                "`book --check`: a page is stale; `cases`: a worked case fails; `lsp`: the editor left without `shutdown`",
            ),
            Exit::Usage | Exit::Bug => Some("the same"),
            Exit::Nothing => Some("`explain`: nothing is known by that name"),
            Exit::Unknown => None,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit.number())
    }
}

/// The codes of `falconer diagnose`, for its help.
pub(crate) fn help() -> String {
    list(|exit| Some(exit.meaning()))
}

/// The codes of `falconer check`, for its help.
pub(crate) fn check_help() -> String {
    list(Exit::after_check)
}

fn list(meaning: impl Fn(Exit) -> Option<&'static str>) -> String {
    let mut text = String::from("Exit codes:\n");
    for exit in Exit::ALL {
        if let Some(meaning) = meaning(exit) {
            // Writing to a `String` cannot fail.
            let _ = writeln!(text, "  {:<3} {meaning}", exit.number());
        }
    }
    text.truncate(text.trim_end().len());
    text
}

//! What the pages say that are not of the catalogue alone.

use std::fmt::Write as _;

use falconer_report::Format;
use falconer_report::check::CheckFormat;
use falconer_report::page::{FailurePage, PageFormat};

use crate::cli;
use crate::exit::Exit;

pub(super) fn contents(failures: &[FailurePage], checks: usize) -> String {
    format!(
        "# The book of Falconer

- [Failures](failures/README.md): the {} failures that Falconer names, by scenario
- [Checks](checks/README.md): the {checks} checks that foresee them in a published folder
- [Messages](messages.md): what the module, the .NET hosts, Windows and IIS say, in every wording
- [Codes](codes.md): exit codes of the .NET host, HRESULTs, NTSTATUS values, signals
- [Channels](channels.md): where failures show, and how to get the evidence
- [Command line](command-line.md): commands and their arguments
- [Formats](formats.md) of answers
- [Exit codes](exit-codes.md) of Falconer itself

The same is told offline by `falconer explain` and `falconer list`.
",
        failures.len()
    )
}

pub(super) fn checks(list: &str) -> String {
    format!(
        "# Checks

What `falconer check` finds in a published folder before it is deployed. A check looks for the same that explains the
failure afterwards. *Fix* says what `--fix` or `--fix=unsafe` repairs.

{list}"
    )
}

pub(super) fn failures(list: &str) -> String {
    format!("# Failures by scenario\n\n{list}")
}

pub(super) fn messages(entries: &str) -> String {
    format!(
        "# Messages

Each message is defined once, with its wordings by version, newest first. Values are written as `<name>`. \"Abridged\"
wordings are how people and documentation quote a message.

{entries}"
    )
}

pub(super) fn codes(entries: &str) -> String {
    format!(
        "# Codes

Logs write one and the same number in several ways; `falconer explain` takes any of them.

{entries}"
    )
}

pub(super) fn channels(entries: &str) -> String {
    format!(
        "# Channels

A channel is a place in which a failure shows itself. That nothing is there is evidence too: say it with
`--state CHANNEL=nothing` (looked at, and there is no entry and no file) or `--state CHANNEL=empty`.

{entries}"
    )
}

pub(super) fn exit_codes() -> String {
    let mut text = String::from(
        "# Exit codes

The same in every format. `falconer diagnose --exit-zero` gives 0 also where a failure is seen.

| Code | After `diagnose` | After `check` | After other commands |
| --- | --- | --- | --- |
",
    );
    for exit in Exit::ALL {
        // Writing to a `String` cannot fail.
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} |",
            exit.number(),
            exit.meaning(),
            exit.after_check().unwrap_or("never"),
            exit.elsewhere().unwrap_or("never")
        );
    }
    text
}

pub(super) fn formats() -> String {
    let mut text =
        String::from("# Formats\n\n`falconer diagnose --format`:\n\n| Format | For |\n| --- | --- |\n");
    for format in Format::ALL {
        let _ = writeln!(text, "| `{format}` | {} |", format.purpose());
    }
    text.push_str("\n`falconer check --format`:\n\n| Format | For |\n| --- | --- |\n");
    for format in CheckFormat::ALL {
        let _ = writeln!(text, "| `{format}` | {} |", format.purpose());
    }
    text.push_str(
        "\n`falconer explain --format` and `falconer list --format`:\n\n| Format | For |\n| --- | --- |\n",
    );
    for format in PageFormat::ALL {
        let _ = writeln!(text, "| `{format}` | {} |", format.purpose());
    }
    text.push_str(
        "
JSON has a `format_version`, which changes only when a reader of it could break; members may be added. Every format is
redacted: passwords, keys, tokens, cookies, e-mail addresses and names become placeholders (`<password-1>`), the same
one for the same value within an answer. `--no-redact` shows them.
",
    );
    text
}

pub(super) fn command_line() -> String {
    let mut text = String::from("# Command line\n");
    for mut command in cli::described() {
        let name = command.get_bin_name().unwrap_or(command.get_name()).to_owned();
        let help = command.render_long_help().to_string();
        let _ = write!(text, "\n## `{name}`\n\n```text\n");
        for line in help.lines() {
            let _ = writeln!(text, "{}", line.trim_end());
        }
        text.push_str("```\n");
    }
    text
}

//! The arguments.

mod values;

use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum};
use falconer_dotnet::support::Date;
use falconer_report::Format;
use falconer_report::check::CheckFormat;
use falconer_report::page::PageFormat;
use falconer_settings::{Bitness, FailOn, Runtime, Target};

use crate::device::Color;
use crate::exit;
pub(crate) use values::ChannelIs;

/// Names the cause when an ASP.NET Core app behind IIS or Azure App Service does not start.
#[derive(Debug, Parser)]
#[command(
    version,
    about,
    long_about = "Names the cause when an ASP.NET Core app behind IIS or Azure App Service does not start.\n\n\
                  Everything happens on this machine: nothing is sent, nothing is changed.",
    arg_required_else_help = true,
    subcommand_required = true,
    max_term_width = 100
)]
pub(crate) struct Cli {
    /// Folder of further catalogue files (a rule pack); may be given more than once.
    #[arg(long, global = true, value_name = "DIR", env = "FALCONER_CATALOG", hide_env_values = true)]
    pub(crate) catalog: Vec<PathBuf>,
    /// When to use colours.
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        value_enum,
        default_value_t,
        hide_possible_values = true
    )]
    pub(crate) color: Color,
    /// Draw with ASCII only; the default where the locale is not UTF-8.
    #[arg(long, global = true)]
    pub(crate) ascii: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The program and, after it, its commands, as manuals describe them.
pub(crate) fn described() -> Vec<clap::Command> {
    // Global arguments stand with each command, and each has its whole name, only after this.
    let mut program = Cli::command().term_width(100);
    program.build();
    let shown = |command: &&clap::Command| !command.is_hide_set() && command.get_name() != "help";
    let commands: Vec<clap::Command> = program.get_subcommands().filter(shown).cloned().collect();
    std::iter::once(program).chain(commands.into_iter().map(|command| command.term_width(100))).collect()
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read evidence of any kind and name the cause.
    #[command(after_help = exit::help(), after_long_help = long_help())]
    Diagnose(DiagnoseArgs),
    /// Find what will fail in a published folder, before it is deployed.
    #[command(after_help = exit::check_help(), after_long_help = check_long_help())]
    Check(CheckArgs),
    /// Serve the checks to an editor: the Language Server Protocol on standard input and output.
    #[command(after_help = LSP_HELP)]
    Lsp(LspArgs),
    /// Write a commented falconer.toml, the settings of `check`.
    Init {
        /// Folder to write it to.
        #[arg(default_value = ".")]
        dir: PathBuf,
    },
    /// Tell what is known of a failure, a status, a code, an event, an exception or a message.
    #[command(after_help = EXPLAIN_EXAMPLES)]
    Explain(ExplainArgs),
    /// List what is known.
    List(ListArgs),
    /// Write the catalogue as a book of Markdown pages.
    Book(BookArgs),
    /// Check catalogue files and run their worked cases and the examples of their checks.
    Cases {
        /// Only these failures.
        ids: Vec<String>,
    },
    /// Print a JSON Schema: of the report, or of catalogue files.
    Schema {
        /// Which.
        #[arg(value_enum)]
        what: Schema,
    },
    /// Print completions for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page, or write all of them to a folder.
    Man {
        /// Folder for the pages of all commands.
        dir: Option<PathBuf>,
    },
    /// Print the fixed texts that large logs are searched for, one a line.
    #[command(hide = true)]
    Anchors,
}

/// Arguments of `diagnose`.
#[derive(Debug, Args)]
pub(crate) struct DiagnoseArgs {
    /// Files, folders, zip archives, words of an error, or `-` for standard input.
    ///
    /// What names nothing that exists is taken as text; words that follow each other are one text. Without any,
    /// standard input is read.
    #[arg(allow_negative_numbers = true)]
    pub(crate) evidence: Vec<OsString>,
    /// Format of the answer.
    ///
    /// Without it, the ending of --output decides, and else it is `full`.
    #[arg(short, long, value_parser = values::formats())]
    pub(crate) format: Option<Format>,
    /// Write the answer to a file, whole or not at all.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Show secrets and names as they are.
    #[arg(long)]
    pub(crate) no_redact: bool,
    /// Show everything: each diagnosis in full, checks, sources, what was read.
    #[arg(short, long)]
    pub(crate) verbose: bool,
    /// Say what is known of a channel that nothing is given of (`event-log=nothing`); may be given more than once.
    ///
    /// STATE is `nothing` (looked at, no entry, no file), `empty` (a file without content) or `present` (there is
    /// content that is not given). `falconer list channels` names the channels. What is given wins over what is said.
    #[arg(long, value_name = "CHANNEL=STATE")]
    pub(crate) state: Vec<ChannelIs>,
    /// Threads for large logs; all processors by default.
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZeroUsize>,
    /// Exit with 0 also when a failure is seen.
    #[arg(long)]
    pub(crate) exit_zero: bool,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// A published folder, a zip archive of one, or a single web.config.
    #[arg(default_value = ".", hide_default_value = true)]
    pub(crate) path: PathBuf,
    #[command(flatten)]
    pub(crate) server: ServerArgs,
    /// Only these checks: an id, a family (`web-config`), or the id of a failure; may be given more than once.
    #[arg(long, value_name = "CHECK", value_delimiter = ',', help_heading = CHECKS)]
    pub(crate) select: Vec<String>,
    /// Not these checks.
    #[arg(long, value_name = "CHECK", value_delimiter = ',', help_heading = CHECKS)]
    pub(crate) ignore: Vec<String>,
    /// Settings, instead of the closest falconer.toml.
    #[arg(long, value_name = "FILE", help_heading = CHECKS)]
    pub(crate) config: Option<PathBuf>,
    /// Read no falconer.toml.
    #[arg(long, conflicts_with = "config", help_heading = CHECKS)]
    pub(crate) no_config: bool,
    /// Exit with 1 from this severity on [default: error].
    #[arg(long, value_name = "SEVERITY", value_parser = values::words(FailOn::ALL, FailOn::name), help_heading = CHECKS)]
    pub(crate) fail_on: Option<FailOn>,
    /// Exit with 0 whatever is found.
    #[arg(long, help_heading = CHECKS)]
    pub(crate) exit_zero: bool,
    /// Repair what can be repaired; the originals are kept in a folder beside it.
    ///
    /// Only what is safe is repaired: what changes nothing but that the app starts. `--fix=unsafe` makes the other
    /// repairs, too.
    #[arg(
        long,
        value_name = "WHICH",
        value_enum,
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "safe",
        help_heading = REPAIR
    )]
    pub(crate) fix: Option<FixMode>,
    /// Show what would be repaired, and change nothing.
    #[arg(long, help_heading = REPAIR)]
    pub(crate) diff: bool,
    /// Format of the answer.
    ///
    /// Without it, the ending of --output decides, and else it is `full`.
    #[arg(short, long, value_parser = values::check_formats())]
    pub(crate) format: Option<CheckFormat>,
    /// Write the answer to a file, whole or not at all.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Show secrets and names as they are.
    #[arg(long)]
    pub(crate) no_redact: bool,
    /// Show everything: how each failure will look, sources, what was read, what was left out.
    #[arg(short, long)]
    pub(crate) verbose: bool,
}

/// What is known of the server that a folder is meant for.
#[derive(Debug, Args)]
pub(crate) struct ServerArgs {
    /// The server that it is meant for [default: iis].
    #[arg(short, long, value_parser = values::words(Target::ALL, Target::name), help_heading = TARGET)]
    pub(crate) target: Option<Target>,
    /// The bitness of its worker process.
    #[arg(long, value_parser = values::bitness(), help_heading = TARGET)]
    pub(crate) bitness: Option<Bitness>,
    /// A runtime that is installed there, `Microsoft.AspNetCore.App/8.0.11`; may be given more than once.
    #[arg(long, value_name = "NAME/VERSION", value_parser = values::runtime, help_heading = TARGET)]
    pub(crate) runtime: Vec<Runtime>,
    /// A .NET root as on the target.
    #[arg(long, value_name = "DIR", conflicts_with = "runtime", help_heading = TARGET)]
    pub(crate) dotnet_root: Option<PathBuf>,
    /// What `dotnet --list-runtimes` or `dotnet --info` prints there.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["runtime", "dotnet_root"], help_heading = TARGET)]
    pub(crate) inventory: Option<PathBuf>,
    /// The applicationHost.config of the target.
    #[arg(long, value_name = "FILE", help_heading = TARGET)]
    pub(crate) apphost: Option<PathBuf>,
    /// The application in it that the folder is for, `Default Web Site/shop`.
    ///
    /// Without it, the application whose root has the folder's name, or the only one.
    #[arg(long, value_name = "SITE/PATH", requires = "apphost", help_heading = TARGET)]
    pub(crate) site: Option<String>,
    /// The day that decides which releases of .NET are supported [default: today].
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = values::date, help_heading = TARGET)]
    pub(crate) today: Option<Date>,
}

/// Arguments of `lsp`.
#[derive(Debug, Args)]
pub(crate) struct LspArgs {
    /// What many editors add; it is the only way.
    #[arg(long)]
    pub(crate) stdio: bool,
    #[command(flatten)]
    pub(crate) server: ServerArgs,
}

const LSP_HELP: &str = "It looks at web.config and applicationHost.config and, in a published folder, at \
appsettings*.json and *.runtimeconfig.json, with the closest falconer.toml.
How editors run it: https://github.com/falconer-tool/falconer/blob/main/integrations/editors.md";

const TARGET: &str = "Target";
const CHECKS: &str = "Checks";
const REPAIR: &str = "Repair";

/// Which repairs are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FixMode {
    /// Those that change nothing but that the app starts.
    Safe,
    /// All: also guesses, and what changes how the app runs.
    Unsafe,
}

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// An id, a scenario, `500.30`, `0x80070002`, `-2147450749`, `event 1007`, an exception, words of a message.
    #[arg(required = true, allow_negative_numbers = true)]
    pub(crate) what: Vec<String>,
    /// Format of the answer.
    #[arg(short, long, value_parser = values::page_formats(), default_value_t)]
    pub(crate) format: PageFormat,
    /// Show the page of each failure in full, with its worked cases.
    #[arg(short, long)]
    pub(crate) verbose: bool,
}

/// Arguments of `list`.
#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    /// What to list.
    #[arg(value_enum, default_value_t)]
    pub(crate) what: Listed,
    /// Format of the list.
    #[arg(short, long, value_parser = values::page_formats(), default_value_t)]
    pub(crate) format: PageFormat,
    /// Show all that is known of each.
    #[arg(short, long)]
    pub(crate) verbose: bool,
}

/// What can be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Listed {
    /// Failures that Falconer names.
    #[default]
    Failures,
    /// Checks of published folders.
    Checks,
    /// Messages that it knows, in all wordings.
    Messages,
    /// Scenarios that the failures belong to.
    Scenarios,
    /// Exit codes of the .NET host, HRESULTs, NTSTATUS values, signals.
    Codes,
    /// Channels in which failures show, and how to get their evidence.
    Channels,
}

/// Arguments of `book`.
#[derive(Debug, Args)]
pub(crate) struct BookArgs {
    /// Folder of the book.
    pub(crate) dir: PathBuf,
    /// Write nothing; exit with 1 if a page is not as it would be written.
    #[arg(long)]
    pub(crate) check: bool,
}

/// The schemas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Schema {
    /// What `diagnose --format json` prints.
    Report,
    /// What `check --format json` prints.
    Check,
    /// A `falconer.toml`, TOML read as JSON.
    Settings,
    /// A catalogue file, TOML read as JSON.
    Catalog,
}

const EXPLAIN_EXAMPLES: &str = "Examples:
  falconer explain 500.31
  falconer explain 0x8007000d
  falconer explain event 1018
  falconer explain failed to load coreclr";

fn check_long_help() -> String {
    format!(
        "Examples:
  falconer check publish
  falconer check publish.zip --target azure --bitness 32
  falconer check publish --runtime Microsoft.AspNetCore.App/8.0.11 --runtime Microsoft.NETCore.App/8.0.11
  falconer check publish --diff
  falconer check publish --format sarif --output falconer.sarif

{}",
        exit::check_help()
    )
}

fn long_help() -> String {
    format!(
        "Examples:
  falconer diagnose C:\\inetpub\\site
  falconer diagnose Application.evtx web.config
  falconer diagnose HTTP Error 500.30
  Get-Content events.txt | falconer diagnose --format markdown
  falconer diagnose page.html --state event-log=nothing

{}",
        exit::help()
    )
}

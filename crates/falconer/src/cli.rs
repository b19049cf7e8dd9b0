//! The arguments.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

/// Names the cause when an ASP.NET Core app behind IIS or Azure App Service does not start.
#[derive(Debug, Parser)]
#[command(version, about, arg_required_else_help = true)]
pub(crate) struct Cli {
    /// Folder of further catalogue files (rule packs); may be given more than once.
    #[arg(long, global = true, value_name = "DIR", env = "FALCONER_CATALOG")]
    pub(crate) catalog: Vec<PathBuf>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read evidence of any kind and name the cause.
    Diagnose(DiagnoseArgs),
    /// Check catalogue files and run their worked cases.
    Cases {
        /// Only these failures.
        ids: Vec<String>,
    },
}

/// Arguments of `diagnose`.
#[derive(Debug, clap::Args)]
pub(crate) struct DiagnoseArgs {
    /// Files, folders, zip archives, text of an error, or `-` for standard input.
    #[arg(required = true)]
    pub(crate) evidence: Vec<String>,
    /// Format of the answer.
    #[arg(long, default_value = "full")]
    pub(crate) format: String,
}

//! What `falconer check` found. Every renderer shows this and nothing else; the JSON format is this, serialised.

use serde::Serialize;

use crate::model::{Confidence, Input, Remedy, Snippet, Warning};

/// The version of the JSON format. It changes only when a consumer could break.
pub const CHECK_FORMAT_VERSION: u32 = 1;

/// What a finding means for the deployment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Good to know; nothing fails by it.
    Note,
    /// It fails in some settings, or has not the effect it is there for.
    Warning,
    /// The app will not start, or will not answer, on the target.
    Error,
}

impl Severity {
    /// The name in output and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// The whole answer of `falconer check`.
#[derive(Debug, Clone, Serialize)]
pub struct CheckReport {
    /// [`CHECK_FORMAT_VERSION`].
    pub format_version: u32,
    /// What was checked, as it was named, with `/` between folders: `publish`, `.`; an archive with `!` at its end.
    /// Formats that are followed to the spot put it before [`Finding::file`].
    pub root: String,
    /// What it was checked for.
    pub target: TargetInfo,
    /// The findings, in the order of files and lines.
    pub findings: Vec<Finding>,
    /// What could not be checked, and why.
    pub not_checked: Vec<NotChecked>,
    /// Findings that were left out because someone asked for it.
    pub suppressed: Vec<Suppressed>,
    /// Suppressions that match nothing: `text` says which.
    pub unused_suppressions: Vec<UnusedSuppression>,
    /// What `--fix` changed.
    pub fixed: Vec<FixedFile>,
    /// What was read.
    pub inputs: Vec<Input>,
    /// What could not be read, or not whole.
    pub warnings: Vec<Warning>,
}

/// The server that the folder is held against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TargetInfo {
    /// `iis`, `iis-express`, `azure` or `falconer`.
    pub platform: String,
    /// `32` or `64`, when known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bitness: Option<String>,
    /// The runtimes that are installed there, `Microsoft.NETCore.App 8.0.11`; `None` when not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub runtimes: Option<Vec<String>>,
}

/// A failure that the deployment will show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The check's id: `web-config.unknown-attribute`.
    pub check: String,
    /// The check's title, without values.
    pub title: String,
    /// The id of the failure in the catalogue.
    pub failure: String,
    /// The failure's title.
    pub failure_title: String,
    /// The scenario it belongs to.
    pub scenario: String,
    /// What it means.
    pub severity: Severity,
    /// How sure it is.
    pub confidence: Confidence,
    /// What was found, in a sentence with its values.
    pub message: String,
    /// Why it fails, and how that looks.
    pub why: String,
    /// How it will look when it fails, per channel: the page, the event, the log.
    pub will_show: Vec<WillShow>,
    /// Path relative to the checked folder, with `/`; the folder itself is `.`.
    pub file: String,
    /// First line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// First column, from 1, in characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
    /// Last line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_line: Option<u32>,
    /// The column behind the last character.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_column: Option<u32>,
    /// The lines around the spot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snippet: Option<Snippet>,
    /// What to do, best first.
    pub remedies: Vec<Remedy>,
    /// What `--fix` would do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<FixInfo>,
    /// Stays the same when lines move: 32 hexadecimal digits made of check, file and the text of the spot.
    pub fingerprint: String,
    /// Where the facts come from.
    pub sources: Vec<String>,
}

/// How a failure will look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WillShow {
    /// The channel's name (`page`, `event-log`).
    pub channel: String,
    /// The text, or its absence in words.
    pub text: String,
}

/// A repair that `--fix` offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FixInfo {
    /// Whether `--fix` applies it without being told `unsafe`.
    pub safe: bool,
    /// What it does, in a sentence.
    pub text: String,
}

/// Something that could not be checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotChecked {
    /// What: `permissions`.
    pub what: String,
    /// Why: `no Windows target`.
    pub why: String,
    /// What would make it possible: `--inventory FILE`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub how: Option<String>,
}

/// A finding that was left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Suppressed {
    /// The check's id.
    pub check: String,
    /// As in [`Finding::file`].
    pub file: String,
    /// First line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Where it is asked for: `web.config:3`, `falconer.toml`, `--ignore`.
    pub by: String,
    /// The reason that is given there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A suppression that matches nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnusedSuppression {
    /// The file that holds it, or `--ignore`.
    pub file: String,
    /// Its line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// What it suppresses and why that matches nothing.
    pub text: String,
}

/// A file that `--fix` changed, or would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FixedFile {
    /// As in [`Finding::file`].
    pub file: String,
    /// What was done, a sentence each.
    pub changes: Vec<String>,
    /// A unified diff, for `--diff`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub diff: Option<String>,
    /// Where the original is kept, when something was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kept: Option<String>,
}

//! What a `falconer.toml` says.

use falconer_dotnet::version::Version;
use falconer_iis_config::Position;

use crate::{Bitness, FailOn, FilePattern, SettingsError, Severity, Target, read};

/// The name of the file. The one closest to the checked folder counts, alone.
pub const FILE_NAME: &str = "falconer.toml";

/// What a `falconer.toml` says; `None` and empty where it says nothing.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The file's name, as it was given to [`Settings::parse`].
    pub file: String,
    /// `target`.
    pub target: Option<Target>,
    /// `bitness`.
    pub bitness: Option<Bitness>,
    /// `runtimes`.
    pub runtimes: Vec<Runtime>,
    /// `dotnet-root`: a folder, relative to that of the file.
    pub dotnet_root: Option<String>,
    /// `inventory`: a file, relative to the folder of this one.
    pub inventory: Option<String>,
    /// `fail-on`.
    pub fail_on: Option<FailOn>,
    /// `select`; empty for all.
    pub select: Vec<Written>,
    /// `ignore`.
    pub ignore: Vec<Written>,
    /// `[check.severity]`.
    pub severity: Vec<(Written, Severity)>,
    /// `[[check.suppress]]`.
    pub suppress: Vec<Suppress>,
}

/// A selector as it was written; [`Rules::settings`](crate::Rules::settings) holds it against the known checks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The text.
    pub text: String,
    /// Where it begins.
    pub at: Position,
}

/// A shared framework that is installed on the target, `Microsoft.NETCore.App/8.0.11`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Runtime {
    /// The framework's name.
    pub name: String,
    /// Its version.
    pub version: Version,
}

impl Runtime {
    /// Reads `NAME/VERSION`; `None` when there is no name, or hostfxr would ignore a folder of that version.
    pub fn parse(text: &str) -> Option<Runtime> {
        let (name, version) = text.split_once('/')?;
        let name = Some(name).filter(|name| !name.is_empty() && !name.contains(char::is_whitespace))?;
        Some(Runtime { name: name.to_owned(), version: Version::parse(version)? })
    }
}

/// A `[[check.suppress]]`: findings that somebody decided to live with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppress {
    /// `check`.
    pub checks: Vec<Written>,
    /// `files`; empty for all.
    pub files: Vec<FilePattern>,
    /// `reason`.
    pub reason: String,
    /// Where it begins.
    pub at: Position,
}

impl Settings {
    /// Reads a `falconer.toml`. `file` is its name for people.
    ///
    /// # Errors
    ///
    /// The first thing, in the order of the text, that is not as it must be.
    pub fn parse(file: &str, text: &str) -> Result<Settings, SettingsError> {
        read::settings(file, text)
    }
}

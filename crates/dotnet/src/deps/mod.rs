//! `<App>.deps.json`: which files an app is made of (dotnet/runtime `hostpolicy/deps_format.cpp`).
//!
//! Only what the host uses is kept: the libraries of the runtime target, with their assets.

mod assets;
mod read;

pub use assets::{Asset, AssetKind};

use crate::json::{JsonError, JsonReason};
use crate::text::{Position, Span};
use crate::tfm::TargetFramework;

/// The runtime target of a `*.deps.json` and its libraries.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DepsFile {
    /// `runtimeTarget`, or its `name`: `.NETCoreApp,Version=v8.0/win-x64`.
    pub target: String,
    /// Where that name stands.
    pub target_span: Span,
    /// The libraries of that target, in the order of the file.
    pub libraries: Vec<Library>,
}

/// A package, a project, or another thing that brings files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Library {
    /// Name without version.
    pub name: Box<str>,
    /// Version.
    pub version: Box<str>,
    /// `type`, in lower case: `package`, `project`, `runtimepack`, `reference`, …; empty when not given.
    pub kind: Box<str>,
    /// The files come from the runtime package store of ASP.NET Core 2.0 to 2.2, not from the app's folder
    /// (`runtimeStoreManifestName` is given).
    pub from_store: bool,
    /// The files.
    pub assets: Vec<Asset>,
    /// Where `"Name/Version"` stands among the targets.
    pub span: Span,
}

impl DepsFile {
    /// Reads a file.
    ///
    /// # Errors
    /// [`DepsError`] where hostpolicy refuses the file with exit code 0x8000808b or aborts.
    pub fn parse(bytes: &[u8]) -> Result<DepsFile, DepsError> {
        read::parse(bytes)
    }

    /// The target framework of the runtime target.
    pub fn target_framework(&self) -> Option<TargetFramework> {
        TargetFramework::parse(&self.target)
    }

    /// The runtime identifier of the runtime target; `None` for a portable app.
    pub fn rid(&self) -> Option<&str> {
        self.target.split_once('/').map(|(_, rid)| rid).filter(|rid| !rid.is_empty())
    }

    /// The library of that name, in any case.
    pub fn library(&self, name: &str) -> Option<&Library> {
        self.libraries.iter().find(|l| l.name.eq_ignore_ascii_case(name))
    }
}

/// A `*.deps.json` that hostpolicy refuses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{position}: {problem}")]
pub struct DepsError {
    /// The spot.
    pub span: Span,
    /// The start of the spot as line and column.
    pub position: Position,
    /// What is wrong there.
    pub problem: DepsProblem,
}

/// What is wrong with a `*.deps.json`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DepsProblem {
    /// Not JSON.
    #[error("{0}")]
    Syntax(JsonReason),
    /// The document is not an object.
    #[error("expected a JSON object, found {0}")]
    NotAnObject(&'static str),
    /// A key is missing.
    #[error("`{0}` is missing")]
    Missing(&'static str),
    /// `targets` has no entry for the runtime target.
    #[error("`targets` has no entry '{0}', which `runtimeTarget` names")]
    NoTarget(String),
    /// A value of the wrong type.
    #[error("`{key}` must be {expected}, found {found}")]
    WrongType {
        /// The key.
        key: &'static str,
        /// What it must be: `an object`.
        expected: &'static str,
        /// What it is.
        found: &'static str,
    },
}

impl DepsProblem {
    /// The name in kebab case, for fields of facts.
    pub const fn name(&self) -> &'static str {
        match self {
            DepsProblem::Syntax(_) => "syntax",
            DepsProblem::NotAnObject(_) => "not-an-object",
            DepsProblem::Missing(_) => "missing-key",
            DepsProblem::NoTarget(_) => "no-target",
            DepsProblem::WrongType { .. } => "wrong-type",
        }
    }
}

impl From<JsonError> for DepsError {
    fn from(error: JsonError) -> Self {
        DepsError {
            span: Span::new(error.offset, error.offset),
            position: error.position,
            problem: DepsProblem::Syntax(error.reason),
        }
    }
}

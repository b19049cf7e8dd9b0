//! Why hostfxr would refuse to start an app.

use super::{Range, Setting};
use crate::codes::host;
use crate::platform::Arch;
use crate::version::Version;

/// A failed resolution.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ResolveError {
    /// No installed version of a framework fits.
    #[error("framework '{}', version '{}' was not found", asked.name, asked.version)]
    Missing {
        /// The reference that could not be met, all references taken together.
        asked: Asked,
        /// The versions that are installed for this architecture, lowest first.
        found: Vec<Found>,
        /// Those for other architectures.
        other_architectures: Vec<Found>,
        /// The framework, with its version, that asks for this version; `None` when the app does.
        required_by: Option<(String, Version)>,
    },
    /// Two references to one framework exclude each other.
    #[error(
        "framework '{}', version '{}' ({} versions allowed) cannot roll forward to version '{higher}'",
        lower.name, lower.version, lower.range
    )]
    Incompatible {
        /// The reference with the lower version.
        lower: Asked,
        /// The version of the other reference.
        higher: String,
    },
    /// A `rollForward` value from outside the file is not known.
    #[error("{setting} has the unknown value '{value}'")]
    UnknownRollForward {
        /// Where it stands.
        setting: Setting,
        /// The value.
        value: String,
    },
    /// The `*.runtimeconfig.json` of an installed framework cannot be used.
    #[error("the runtimeconfig.json of framework '{name}' {version} is invalid: {reason}")]
    InvalidFrameworkConfig {
        /// The framework.
        name: String,
        /// Its version.
        version: Version,
        /// What is wrong.
        reason: String,
    },
    /// References keep changing each other.
    #[error("framework resolution does not come to an end: the frameworks' references change each other")]
    Endless,
}

/// A reference to a framework, with what it allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The framework.
    pub name: String,
    /// The version, as written.
    pub version: String,
    /// How far another version may be from it.
    pub range: Range,
    /// Patches are applied.
    pub apply_patches: bool,
}

/// An installed version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The version.
    pub version: Version,
    /// The folder that holds the version's folder, where known.
    pub dir: String,
    /// The architecture, where known.
    pub arch: Option<Arch>,
}

impl ResolveError {
    /// The exit code with which the host ends.
    pub fn exit_code(&self) -> u32 {
        match self {
            ResolveError::Missing { .. } => host::FRAMEWORK_MISSING,
            ResolveError::Incompatible { .. } => host::FRAMEWORKS_INCOMPATIBLE,
            ResolveError::UnknownRollForward { setting: Setting::OptionRollForward, .. } => {
                host::INVALID_ARGUMENT
            }
            ResolveError::UnknownRollForward { setting: Setting::EnvRollForward, .. }
            | ResolveError::InvalidFrameworkConfig { .. } => host::INVALID_CONFIG,
            ResolveError::Endless => host::FRAMEWORK_RETRY,
        }
    }
}

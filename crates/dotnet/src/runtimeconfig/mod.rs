//! `<App>.runtimeconfig.json`: which frameworks an app asks for and how far they may roll forward.
//!
//! Keys and rules are those of dotnet/runtime `runtime_config.cpp` and of
//! docs/design/features/framework-version-resolution.md.

mod error;
mod read;
mod roll_forward;

pub use error::{RuntimeConfigError, RuntimeConfigProblem};
pub use roll_forward::RollForward;

use crate::text::{Span, Spanned};
use crate::tfm::TargetFramework;

/// The settings of a `*.runtimeconfig.json`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RuntimeConfig {
    /// `tfm`, as written (`net8.0`).
    pub tfm: Option<Spanned<String>>,
    /// `framework` and then `frameworks`, in the order in which hostfxr resolves them.
    pub frameworks: Vec<FrameworkReference>,
    /// `includedFrameworks`: what a self-contained app carries.
    pub included_frameworks: Vec<FrameworkReference>,
    /// `framework` or `frameworks` occurs, be it empty. Otherwise hostfxr takes the app for self-contained.
    pub framework_dependent: bool,
    /// `rollForward` for all references.
    pub roll_forward: Option<Spanned<RollForward>>,
    /// `applyPatches` for all references.
    pub apply_patches: Option<Spanned<bool>>,
    /// `rollForwardOnNoCandidateFx` for all references, as written.
    pub roll_forward_on_no_candidate_fx: Option<Spanned<i64>>,
    /// `additionalProbingPaths`.
    pub additional_probing_paths: Vec<Spanned<String>>,
    /// `configProperties`, values that are no strings as JSON text.
    pub config_properties: Vec<ConfigProperty>,
}

/// A reference to a shared framework.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FrameworkReference {
    /// `name`: `Microsoft.AspNetCore.App`.
    pub name: Spanned<String>,
    /// `version`, as written; hosts up to .NET 9 take a reference without one and then find nothing.
    pub version: Option<Spanned<String>>,
    /// `rollForward` of this reference.
    pub roll_forward: Option<Spanned<RollForward>>,
    /// `applyPatches` of this reference.
    pub apply_patches: Option<Spanned<bool>>,
    /// `rollForwardOnNoCandidateFx` of this reference, as written.
    pub roll_forward_on_no_candidate_fx: Option<Spanned<i64>>,
}

/// An entry of `configProperties`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigProperty {
    /// The name.
    pub name: Spanned<String>,
    /// The value; JSON text when it is not a string.
    pub value: Spanned<String>,
}

impl RuntimeConfig {
    /// Reads a file.
    ///
    /// # Errors
    /// [`RuntimeConfigError`] where hostfxr refuses the file with exit code 0x80008093, and where a value has a
    /// type that makes hostfxr abort.
    pub fn parse(bytes: &[u8]) -> Result<RuntimeConfig, RuntimeConfigError> {
        read::parse(bytes)
    }

    /// A configuration that refers to these frameworks and sets nothing else.
    pub fn referencing<'a>(frameworks: impl IntoIterator<Item = (&'a str, &'a str)>) -> RuntimeConfig {
        let reference = |(name, version): (&str, &str)| FrameworkReference {
            name: Spanned::unplaced(name.to_owned()),
            version: Some(Spanned::unplaced(version.to_owned())),
            ..FrameworkReference::default()
        };
        RuntimeConfig {
            framework_dependent: true,
            frameworks: frameworks.into_iter().map(reference).collect(),
            ..RuntimeConfig::default()
        }
    }

    /// The target framework of `tfm`, when it is one of .NET Core or .NET.
    pub fn target_framework(&self) -> Option<TargetFramework> {
        self.tfm.as_ref().and_then(|tfm| TargetFramework::parse(&tfm.value))
    }

    /// The reference, or the included framework, of that name.
    pub fn framework(&self, name: &str) -> Option<&FrameworkReference> {
        self.frameworks.iter().chain(&self.included_frameworks).find(|f| f.name.value == name)
    }

    /// The first of `configProperties` that only the host may set: hostpolicy then ends with exit code
    /// 0x800080a1 (dotnet/runtime `hostpolicy/coreclr.cpp`).
    pub fn reserved_property(&self) -> Option<&Spanned<String>> {
        const RESERVED: [&str; 9] = [
            "TRUSTED_PLATFORM_ASSEMBLIES",
            "NATIVE_DLL_SEARCH_DIRECTORIES",
            "PLATFORM_RESOURCE_ROOTS",
            "APP_CONTEXT_BASE_DIRECTORY",
            "APP_CONTEXT_DEPS_FILES",
            "FX_DEPS_FILE",
            "PROBING_DIRECTORIES",
            "RUNTIME_IDENTIFIER",
            "HOST_RUNTIME_CONTRACT",
        ];
        self.config_properties.iter().map(|p| &p.name).find(|n| RESERVED.contains(&n.value.as_str()))
    }
}

impl FrameworkReference {
    /// The version as written; empty when there is none.
    pub fn version_text(&self) -> &str {
        self.version.as_ref().map_or("", |v| &v.value)
    }

    /// Where to point at: the version, or else the name.
    pub fn span(&self) -> Span {
        self.version.as_ref().map_or(self.name.span, |v| v.span)
    }
}

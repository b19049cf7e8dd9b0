//! What can be found in a published folder.

use crate::text::{Position, Span};
use std::fmt;

/// Something found in a published folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What it is.
    pub id: FactId,
    /// The file or folder it is about, relative to the inspected folder; also one that is missing.
    pub path: String,
    /// The spot in a text file.
    pub place: Option<(Span, Position)>,
    /// Values by name.
    pub fields: Vec<(&'static str, String)>,
    /// A sentence for people.
    pub message: String,
}

impl Fact {
    pub(super) fn new(id: FactId, path: impl Into<String>, message: impl Into<String>) -> Fact {
        Fact { id, path: path.into(), place: None, fields: Vec::new(), message: message.into() }
    }

    pub(super) fn with(mut self, name: &'static str, value: impl fmt::Display) -> Fact {
        self.fields.push((name, value.to_string()));
        self
    }

    pub(super) fn at(mut self, span: Span, position: Position) -> Fact {
        self.place = Some((span, position));
        self
    }

    /// The value of that name.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(n, _)| *n == name).map(|(_, value)| value.as_str())
    }
}

macro_rules! fact_ids {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal,)+) => {
        /// The kinds of facts.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum FactId {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl FactId {
            /// All kinds.
            pub const ALL: &'static [FactId] = &[$(FactId::$variant,)+];

            /// The name in kebab case, for the catalogue.
            pub const fn name(self) -> &'static str {
                match self {
                    $(FactId::$variant => $name,)+
                }
            }
        }
    };
}

fact_ids! {
    /// A dll has no `*.runtimeconfig.json`: the app is taken for self-contained. Fields: `app`.
    RuntimeConfigMissing = "runtimeconfig-missing",
    /// hostfxr refuses the `*.runtimeconfig.json`. Fields: `app`, `reason`.
    RuntimeConfigInvalid = "runtimeconfig-invalid",
    /// The `*.runtimeconfig.json` sets a property of the host. Fields: `app`, `property`.
    RuntimeConfigReservedProperty = "runtimeconfig-reserved-property",
    /// hostpolicy refuses the `*.deps.json`. Fields: `app`, `reason`.
    DepsInvalid = "deps-invalid",
    /// A file that the `*.deps.json` lists is missing. The place is in the file that `listed-in` names. Fields:
    /// `app`, `asset` (`runtime`, `native`), `package`, `version`, `listed` (the path in the package),
    /// `listed-in`.
    DepsAssetMissing = "deps-asset-missing",
    /// Several apps in one folder. Fields: `apps`, separated by commas.
    SeveralRuntimeConfigs = "several-runtimeconfigs",
    /// A self-contained app without its runtime. Fields: `app`, `missing`, separated by commas.
    SelfContainedWithoutRuntime = "self-contained-runtimeconfig-without-runtime",
    /// hostfxr beside a framework-dependent app, whose executable then uses it. Fields: `app`.
    LeftoverHostfxr = "framework-dependent-with-leftover-hostfxr",
    /// An executable whose dll is missing. Fields: `dll`.
    AppHostWithoutDll = "apphost-without-dll",
    /// An executable that is bound to no dll.
    AppHostUnbound = "apphost-unbound",
    /// An executable that is bound to a dll of another name, or built for another architecture than its dll.
    /// Fields: `dll`, `reason` (`name`, `architecture`).
    ExeDllMismatch = "exe-dll-mismatch",
    /// Published for another operating system. Fields: `app`, `os`, `reason` (`rid`, `executable`).
    WrongPlatform = "wrong-platform",
    /// Published for another architecture than the worker process has. Fields: `app`, `architecture`, `pool`,
    /// `reason` (`rid`, `runtime`, `executable`, `assembly`).
    ArchitectureDiffersFromPool = "architecture-differs-from-pool",
    /// An assembly for 32-bit processes only, in an app that is not 32-bit. Fields: `process`.
    X86OnlyAssembly = "x86-only-assembly",
    /// An assembly for another architecture than the app's. Fields: `architecture`, `process`.
    AssemblyWrongArch = "assembly-wrong-arch",
    /// A native library for another architecture than the one it is meant for. Fields: `architecture`,
    /// `expected`, `package` where the `*.deps.json` lists it.
    NativeAssetWrongArch = "native-asset-wrong-arch",
    /// A dll or executable that is none. Fields: `reason`.
    DamagedDll = "damaged-dll",
    /// A single-file app whose list of files is damaged. Fields: `app`.
    BundleDamaged = "bundle-damaged",
    /// A file could not be read. Fields: `reason`.
    FileUnreadable = "file-unreadable",
    /// `app_offline.htm` is there: the module answers 503 and does not start the app.
    AppOfflinePresent = "app-offline-present",
    /// An `appsettings*.json` that the configuration provider cannot load. Fields: `reason`.
    AppSettingsInvalid = "appsettings-invalid",
    /// A `*.runtimeconfig.dev.json`, which belongs to a build and not to a deployment.
    DevRuntimeConfigPresent = "dev-runtimeconfig-present",
    /// A folder of reference assemblies.
    RefAssemblies = "ref-assemblies",
    /// A list of static files with paths of the developer's machine.
    StaticWebAssetsDevelopmentManifest = "staticwebassets-development-manifest",
    /// The target framework is no longer supported. Fields: `app`, `framework`, `ended`.
    TargetFrameworkOutOfSupport = "target-framework-out-of-support",
    /// No `web.config`.
    WebConfigMissing = "web-config-missing",
    /// A self-contained app without the module's in-process handler. Fields: `app`.
    InProcessHandlerMissing = "aspnetcore-inprocess-handler-missing",
    /// Packages of ASP.NET Core 1.x or 2.x in an app for 3.0 or later. Fields: `app`, `package`, `version`.
    OldAspNetCorePackages = "microsoft-aspnetcore-2x-packages-in-3x-app",
    /// A web application that does not refer to ASP.NET Core's shared framework. Fields: `app`.
    NoAspNetCoreReference = "no-aspnetcore-framework-reference",
}

impl fmt::Display for FactId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

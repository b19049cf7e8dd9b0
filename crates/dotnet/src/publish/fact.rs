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
    /// How an app was published. A [state](FactId::is_state), one for each app. Fields: `app`, `kind`
    /// ([`Kind::name`](super::Kind::name)), `main` (`yes` for the web application, `no` for others), and where known
    /// `framework` (`net8.0`), `rid`, `os` (`windows`, `linux`, `macos`, …) and `architecture`.
    AppKind = "app-kind",
    /// A dll has no `*.runtimeconfig.json`: the app is taken for self-contained. Fields: `app`.
    RuntimeConfigMissing = "runtimeconfig-missing",
    /// hostfxr refuses the `*.runtimeconfig.json`. Fields: `app`, `reason` (a sentence), `problem`
    /// ([`RuntimeConfigProblem::name`](crate::runtimeconfig::RuntimeConfigProblem::name)).
    RuntimeConfigInvalid = "runtimeconfig-invalid",
    /// The `*.runtimeconfig.json` sets a property of the host. Fields: `app`, `property`.
    RuntimeConfigReservedProperty = "runtimeconfig-reserved-property",
    /// A framework is asked for in a preview or a release candidate. Fields: `app`, `framework`, `version`.
    PrereleaseFramework = "prerelease-framework-asked",
    /// A self-contained app carries a runtime with an older patch than the newest one known here, which may mend
    /// security holes. Fields: `app`, `framework`, `version`, `latest`.
    CarriedRuntimeOutdated = "carried-runtime-outdated",
    /// hostpolicy refuses the `*.deps.json`. Fields: `app`, `reason` (a sentence), `problem`
    /// ([`DepsProblem::name`](crate::deps::DepsProblem::name)).
    DepsInvalid = "deps-invalid",
    /// A file that the `*.deps.json` lists is missing. The place is in the file that `listed-in` names. Fields:
    /// `app`, `asset` (`runtime`, `native`), `package`, `version`, `listed` (the path in the package),
    /// `listed-in`.
    DepsAssetMissing = "deps-asset-missing",
    /// An assembly has another version than the `*.deps.json` lists: it is from another build. An older one does not
    /// load (0x80131040). The place is in the file that `listed-in` names. Fields: `app`, `package`, `version` (of
    /// the package), `expected`, `found`, `age` (`older`, `newer`), `listed-in`.
    AssemblyVersionDiffers = "assembly-version-differs",
    /// Assemblies beside the app that no `*.deps.json` lists: the host does not offer them to the app. Leftovers of
    /// an older publish, or files that the app loads by their path. The path is the `*.deps.json`. Fields: `app`,
    /// `files` (names separated by commas, the first 20), `count`.
    AssembliesNotListed = "assemblies-not-listed",
    /// A package brings native libraries for the system, but the host will use none of them. The place is in the
    /// `*.deps.json`. Fields: `app`, `package`, `version`, `reason` (`architecture`: none is for this processor;
    /// `rid`: those that are stand under identifiers that .NET 8 and later ignore), `architecture`, `rids`
    /// (separated by commas).
    NativeAssetsNotUsed = "native-assets-not-used",
    /// `*.deps.json` and `*.runtimeconfig.json` are of different publishes. The path is the `*.deps.json`. Fields:
    /// `app`, `reason` (`framework`: for other target frameworks; `kind`: self-contained without a runtime
    /// identifier), `deps`, `runtimeconfig` (what each says).
    DepsOfAnotherPublish = "deps-of-another-publish",
    /// There is a `runtimes` folder but no `*.deps.json`, without which the host finds nothing in it. Fields: `app`.
    DepsMissing = "deps-missing",
    /// A name is written in another case than the file's, on a system where they are different names. Fields: `app`,
    /// `name` (as written or expected), `found` (the file's), `reason` (`deps`, `runtimeconfig`, `apphost`,
    /// `entry`: which name it is).
    NameCaseDiffers = "name-case-differs",
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
    /// An executable that is bound to a dll of another name, or built for another architecture than its dll or than
    /// the runtime identifier that the app was published for. Fields: `dll`, `reason` (`name`, `architecture`, `rid`).
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
    /// Assemblies precompiled for another system: their native code is ignored, and they are compiled anew at every
    /// start. The path is the first of them. Fields: `os`, `architecture`, `count`.
    ReadyToRunForOtherSystem = "ready-to-run-for-other-system",
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
    /// An `appsettings*.json` that the configuration provider cannot load. Fields: `reason` (a sentence), `problem`
    /// ([`AppSettingsProblem::name`](crate::appsettings::AppSettingsProblem::name)).
    AppSettingsInvalid = "appsettings-invalid",
    /// The app takes requests up to a size of its own. A [state](FactId::is_state). Fields: `bytes`.
    AppRequestLimit = "app-request-limit",
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

impl FactId {
    /// It says how things are, and nothing that could be wrong.
    pub const fn is_state(self) -> bool {
        matches!(self, FactId::AppKind | FactId::AppRequestLimit)
    }
}

impl fmt::Display for FactId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

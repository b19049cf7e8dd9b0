//! A published folder: which apps it holds, of which kind, and what is wrong with it.
//!
//! Everything is looked at as hostfxr, hostpolicy and CoreCLR would; nothing is run. What is found comes as
//! [`Fact`]s: what a fact means for a certain server is decided elsewhere.

mod apps;
mod checks;
mod fact;
mod folder;
mod images;

pub use fact::{Fact, FactId};
pub use folder::{FileEntry, Folder};

use crate::deps::{DepsError, DepsFile};
use crate::image::{AppHost, Image};
use crate::platform::{Arch, Os};
use crate::resolution::{ASPNETCORE_ALL, ASPNETCORE_APP};
use crate::rid::Rid;
use crate::runtimeconfig::{RuntimeConfig, RuntimeConfigError};
use crate::support::Date;
use crate::tfm::TargetFramework;

/// More facts about one folder are left out.
pub const MAX_FACTS: usize = 1000;

/// The server that the folder is meant for.
#[derive(Debug, Clone, Copy)]
pub struct Target<'a> {
    /// Its operating system.
    pub os: Os,
    /// The application is hosted by IIS, so that a `web.config` is needed.
    pub iis: bool,
    /// The architecture of the worker process, when known.
    pub pool: Option<Arch>,
    /// The day, to tell which releases are supported.
    pub today: Option<Date>,
    /// The dll or executable that `web.config` starts, when known.
    pub entry: Option<&'a str>,
}

impl Target<'_> {
    /// IIS, nothing more known.
    pub const IIS: Target<'static> =
        Target { os: Os::Windows, iis: true, pool: None, today: None, entry: None };
}

/// A folder with one or several apps.
#[derive(Debug, Clone)]
pub struct Published {
    /// Its path in the folder that was inspected; empty for that folder itself.
    pub dir: String,
    /// The apps in it.
    pub apps: Vec<App>,
    /// The app that is the web application: the one that the target's entry names, the only one, or the only
    /// one that refers to ASP.NET Core.
    pub main: Option<usize>,
    /// What was found, in the order of the checks.
    pub facts: Vec<Fact>,
}

impl Published {
    /// The app that is the web application.
    pub fn main_app(&self) -> Option<&App> {
        self.main.and_then(|i| self.apps.get(i))
    }
}

/// How an app was published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Needs an installed runtime, runs on any system.
    Portable,
    /// Needs an installed runtime, built for one runtime identifier.
    RidSpecific,
    /// Carries its runtime.
    SelfContained,
    /// One executable that needs an installed runtime.
    SingleFile,
    /// One executable that carries its runtime.
    SelfContainedSingleFile,
    /// Compiled ahead of time to native code.
    NativeAot,
    /// It cannot be told: the `*.runtimeconfig.json` is missing or invalid.
    Unknown,
}

impl Kind {
    /// The name in kebab case.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Portable => "portable",
            Kind::RidSpecific => "rid-specific",
            Kind::SelfContained => "self-contained",
            Kind::SingleFile => "single-file",
            Kind::SelfContainedSingleFile => "self-contained-single-file",
            Kind::NativeAot => "native-aot",
            Kind::Unknown => "unknown",
        }
    }

    /// Carries its runtime.
    pub const fn is_self_contained(self) -> bool {
        matches!(self, Kind::SelfContained | Kind::SelfContainedSingleFile | Kind::NativeAot)
    }

    /// Everything is in one executable: the module cannot load such an app into its process.
    pub const fn is_one_file(self) -> bool {
        matches!(self, Kind::SingleFile | Kind::SelfContainedSingleFile | Kind::NativeAot)
    }
}

/// An app in a published folder.
#[derive(Debug, Clone)]
pub struct App {
    /// Its name: that of its dll, or of its executable, without extension.
    pub name: String,
    /// How it was published.
    pub kind: Kind,
    /// Its dll.
    pub dll: Option<Program>,
    /// Its executable.
    pub exe: Option<Program>,
    /// Its `*.runtimeconfig.json`; of a single-file app the one in the bundle.
    pub runtimeconfig: Option<JsonFile<RuntimeConfig, RuntimeConfigError>>,
    /// Its `*.deps.json`; of a single-file app the one in the bundle.
    pub deps: Option<JsonFile<DepsFile, DepsError>>,
    /// The architecture of the hostfxr that lies beside it.
    pub runtime_arch: Option<Arch>,
}

/// A dll or executable of an app.
#[derive(Debug, Clone)]
pub struct Program {
    /// Its path.
    pub path: String,
    /// Its headers.
    pub image: Image,
    /// For an executable that is an apphost, what the SDK wrote into it.
    pub apphost: Option<AppHost>,
}

/// A JSON file of an app.
#[derive(Debug, Clone)]
pub struct JsonFile<T, E> {
    /// Its path; of a single-file app `App.exe!/App.deps.json`.
    pub path: String,
    /// Its content, or what is wrong with it.
    pub content: Result<T, E>,
}

impl App {
    /// The configuration, when it is valid.
    pub fn config(&self) -> Option<&RuntimeConfig> {
        self.runtimeconfig.as_ref()?.content.as_ref().ok()
    }

    /// The dependencies, when they are valid.
    pub fn dependencies(&self) -> Option<&DepsFile> {
        self.deps.as_ref()?.content.as_ref().ok()
    }

    /// The target framework.
    pub fn target_framework(&self) -> Option<TargetFramework> {
        let config = self.config().and_then(RuntimeConfig::target_framework);
        config.or_else(|| self.dependencies().and_then(DepsFile::target_framework))
    }

    /// The runtime identifier it was published for.
    pub fn rid(&self) -> Option<&str> {
        self.dependencies().and_then(DepsFile::rid)
    }

    /// The architecture it was published for, and what says so: its runtime identifier, the runtime beside it,
    /// its executable, or its dll. The executable of a portable app says nothing: it is that of the machine
    /// that built the app.
    pub fn arch(&self) -> Option<(Arch, &'static str)> {
        let rid = self.rid().and_then(|rid| Rid::parse(rid).arch).map(|a| (a, "rid"));
        let runtime = || self.runtime_arch.map(|a| (a, "runtime"));
        let exe = || self.own_executable().and_then(|p| p.image.arch()).map(|a| (a, "executable"));
        let dll = || self.dll.as_ref().and_then(|p| p.image.arch()).map(|a| (a, "assembly"));
        rid.or_else(runtime).or_else(exe).or_else(dll)
    }

    /// The operating system it was published for, and what says so, as for [`arch`](Self::arch).
    pub fn os(&self) -> Option<(Os, &'static str)> {
        let rid = self.rid().and_then(|rid| Rid::parse(rid).os).map(|os| (os, "rid"));
        rid.or_else(|| self.own_executable().and_then(|p| p.image.os()).map(|os| (os, "executable")))
    }

    fn own_executable(&self) -> Option<&Program> {
        self.exe.as_ref().filter(|_| self.kind != Kind::Portable)
    }

    /// It refers to ASP.NET Core's shared framework, or carries it.
    pub fn has_aspnetcore(&self) -> bool {
        let named = |c: &RuntimeConfig| {
            c.framework(ASPNETCORE_APP).is_some() || c.framework(ASPNETCORE_ALL).is_some()
        };
        let carried = |d: &DepsFile| {
            d.libraries.iter().any(|l| l.name.starts_with("runtimepack.Microsoft.AspNetCore.App.Runtime."))
        };
        self.config().is_some_and(named) || self.dependencies().is_some_and(carried)
    }
}

/// Inspects a folder: it and the folders in it that hold apps, each for itself. Empty when none does.
pub fn inspect(folder: &dyn Folder, target: &Target<'_>) -> Vec<Published> {
    inspect_each(folder, |_| *target)
}

/// As [`inspect`], with a target for each folder that holds apps, by its path: each has a `web.config` of its own that
/// names what is started.
pub fn inspect_each<'t>(folder: &dyn Folder, target: impl Fn(&str) -> Target<'t>) -> Vec<Published> {
    let index = folder::Index::new(folder);
    let roots = apps::roots(&index);
    let owned = apps::owned(&index, &roots);
    let dirs = |root: &String| owned.get(root.as_str()).map_or(&[][..], Vec::as_slice);
    let published = roots.iter().map(|root| checks::inspect(&index, root, dirs(root), &target(root)));
    // A folder may only have looked as if it held an app.
    published.filter(|published| !published.apps.is_empty() || !published.facts.is_empty()).collect()
}

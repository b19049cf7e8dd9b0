//! What is installed, as `dotnet --info`, `dotnet --list-runtimes`, hostfxr's "The following frameworks were
//! found:" and listings of folders tell it.
//!
//! The texts come from every era since 1.0, in any language (names, versions and folders look the same in all),
//! flattened to one line, wrapped by a console, with time stamps before each line, or with the links that chat
//! and mail programs put around names such as `[Microsoft.AspNetCore.App](http://microsoft.aspnetcore.app/)`.

mod blocks;
mod builder;
mod entry;
mod folder;
mod listing;
mod marks;

pub(crate) use folder::is_hostfxr;

use crate::platform::Arch;
use crate::version::Version;
use std::ops::Range;

/// The kind of a text that lists what is installed. It decides what absence means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Form {
    /// `dotnet --info`, `--list-runtimes`, `--list-sdks` or a part of them.
    #[default]
    Info,
    /// hostfxr's list in an error: only the versions of the framework that was asked for.
    Found,
    /// The listing of a folder.
    Folder,
}

/// What a text says is installed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inventory {
    /// The kind of the text.
    pub form: Form,
    /// The shared frameworks, in the order of the text.
    pub runtimes: Vec<Runtime>,
    /// The list of shared frameworks is there, be it empty: what it does not name is not installed. For
    /// [`Form::Found`] this holds for [`Inventory::asked_for`] only. A list that somebody visibly shortened does
    /// not count.
    pub lists_runtimes: bool,
    /// The SDKs, in the order of the text.
    pub sdks: Vec<Sdk>,
    /// The version of the newest hostfxr.
    pub host_version: Option<Version>,
    /// The architecture of the .NET root.
    pub arch: Option<Arch>,
    /// The runtime identifier of the machine.
    pub rid: Option<String>,
    /// The version of the SDK that ran `--info`.
    pub sdk_version: Option<String>,
    /// .NET roots of other architectures.
    pub other_roots: Vec<OtherRoot>,
    /// `DOTNET_…` environment variables with their values.
    pub environment: Vec<(String, String)>,
    /// The `global.json` that is in force.
    pub global_json: Option<String>,
    /// The framework that an error text asks for.
    pub asked_for: Option<String>,
}

/// A shared framework.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Runtime {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: Version,
    /// The folder that holds the version's folder; empty when the text does not tell.
    pub dir: String,
    /// The architecture: as the text says, or by the folder (`Program Files (x86)` is x86, a drive's
    /// `Program Files` x64 when nothing says otherwise).
    pub arch: Option<Arch>,
}

/// An SDK.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sdk {
    /// Its version.
    pub version: Version,
    /// The folder that holds the version's folder.
    pub dir: String,
}

/// A .NET root of another architecture than the one that was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherRoot {
    /// The architecture.
    pub arch: Arch,
    /// The folder.
    pub dir: String,
}

/// Finds the inventories in a text, in order, each with the byte range it was read from.
pub fn find(text: &str) -> Vec<(Range<usize>, Inventory)> {
    blocks::find(text)
}

impl Inventory {
    /// Reads a text that is one inventory; what [`find`] finds in several pieces is put together. `None` when
    /// there is none.
    pub fn parse(text: &str) -> Option<Inventory> {
        let mut found = find(text).into_iter().map(|(_, inventory)| inventory);
        let mut all = found.next()?;
        for next in found {
            all.absorb(next);
        }
        Some(all)
    }

    /// What a .NET root holds, from the paths of its files relative to it. A shared framework counts when it
    /// has its `<name>.deps.json`, as hostfxr requires.
    pub fn of_root<'a>(paths: impl IntoIterator<Item = &'a str>) -> Inventory {
        folder::of_root(paths)
    }

    fn absorb(&mut self, other: Inventory) {
        let Inventory { form: _, runtimes, lists_runtimes, sdks, .. } = other;
        for runtime in runtimes {
            if !self.runtimes.contains(&runtime) {
                self.runtimes.push(runtime);
            }
        }
        for sdk in sdks {
            if !self.sdks.contains(&sdk) {
                self.sdks.push(sdk);
            }
        }
        self.lists_runtimes |= lists_runtimes;
        self.host_version = self.host_version.take().max(other.host_version);
        self.arch = self.arch.or(other.arch);
        self.rid = self.rid.take().or(other.rid);
        self.sdk_version = self.sdk_version.take().or(other.sdk_version);
        self.other_roots.extend(other.other_roots);
        self.environment.extend(other.environment);
        self.global_json = self.global_json.take().or(other.global_json);
        self.asked_for = self.asked_for.take().or(other.asked_for);
    }
}

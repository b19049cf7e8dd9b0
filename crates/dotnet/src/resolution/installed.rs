//! The frameworks that are there.

use super::{ASPNETCORE_ALL, ASPNETCORE_APP, NETCORE_APP, WINDOWS_DESKTOP_APP};
use crate::image::Image;
use crate::inventory::{Inventory, is_hostfxr};
use crate::json::MAX_BYTES;
use crate::platform::Arch;
use crate::publish::Folder;
use crate::runtimeconfig::{FrameworkReference, RollForward, RuntimeConfig};
use crate::text::Spanned;
use crate::version::Version;
use std::borrow::Cow;
use std::collections::HashSet;
use std::io;

/// What is installed in one .NET root, and elsewhere on the machine.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Installed {
    /// The architecture of the root.
    pub arch: Option<Arch>,
    /// The newest version under `host/fxr`, whose rules apply. When it is not known, those of .NET 3.0 to 11.
    pub host: Option<Version>,
    /// The folders `shared/<name>/<version>` of the root.
    pub frameworks: Vec<InstalledFramework>,
    /// Those of the machine's global root, when the app is started from another one: up to .NET 6, Windows
    /// looks there too ("multi-level lookup").
    pub global: Vec<InstalledFramework>,
    /// Frameworks of other architectures. They are never used, only named in errors.
    pub other_architectures: Vec<InstalledFramework>,
}

/// A folder `shared/<name>/<version>` that has its `<name>.deps.json`; without that file hostfxr does not see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstalledFramework {
    /// The name.
    pub name: String,
    /// The version.
    pub version: Version,
    /// The folder that holds the version's folder, where known.
    pub dir: String,
    /// The architecture, where known.
    pub arch: Option<Arch>,
    /// Its own `<name>.runtimeconfig.json`.
    pub config: FrameworkConfig,
}

/// The `<name>.runtimeconfig.json` in a framework's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FrameworkConfig {
    /// Not seen: taken to be what Microsoft ships with that version.
    AsShipped,
    /// Read. For a folder without the file, the default: it refers to nothing.
    Read(Box<RuntimeConfig>),
    /// Cannot be used; the reason.
    Invalid(String),
}

impl Installed {
    /// What an inventory says about one architecture. What follows from absence holds only when the inventory
    /// [lists all runtimes](Inventory::lists_runtimes). Runtimes whose architecture the inventory does not tell
    /// count as being of `arch`; with `None` no difference is made.
    pub fn of_inventory(inventory: &Inventory, arch: Option<Arch>) -> Installed {
        let framework = |runtime: &crate::inventory::Runtime| InstalledFramework {
            name: runtime.name.clone(),
            version: runtime.version.clone(),
            dir: runtime.dir.clone(),
            arch: runtime.arch,
            config: FrameworkConfig::AsShipped,
        };
        let other = |f: &InstalledFramework| matches!((f.arch, arch), (Some(a), Some(b)) if a != b);
        let (other_architectures, frameworks) = inventory.runtimes.iter().map(framework).partition(other);
        Installed {
            arch,
            host: inventory.host_version.clone(),
            frameworks,
            global: Vec::new(),
            other_architectures,
        }
    }

    /// What a .NET root holds. The frameworks' own `*.runtimeconfig.json` are read; one that cannot be read
    /// counts as invalid, as it does for hostfxr.
    pub fn of_root(root: &dyn Folder) -> Installed {
        let inventory = Inventory::of_root(root.files().iter().map(|f| f.path.as_str()));
        let mut installed = Installed::of_inventory(&inventory, None);
        let paths: HashSet<&str> = root.files().iter().map(|f| f.path.as_str()).collect();
        for framework in &mut installed.frameworks {
            let InstalledFramework { name, version, .. } = &*framework;
            let path = format!("shared/{name}/{version}/{name}.runtimeconfig.json");
            framework.config = match paths.contains(path.as_str()) {
                true => read_config(root, &path),
                false => FrameworkConfig::Read(Box::default()),
            };
        }
        let hostfxr = installed.host.as_ref().and_then(|host| {
            let dir = format!("host/fxr/{host}/");
            paths.iter().find(|p| p.strip_prefix(&dir).is_some_and(is_hostfxr))
        });
        let image = hostfxr.and_then(|path| Image::read(root.open(path).ok()?.as_mut()).ok());
        installed.arch = image.and_then(|image| image.arch());
        installed
    }
}

fn read_config(root: &dyn Folder, path: &str) -> FrameworkConfig {
    let read = || {
        let mut source = root.open(path)?;
        let mut bytes = vec![0; usize::try_from(source.size()).unwrap_or(usize::MAX).min(MAX_BYTES + 1)];
        let count = source.read_at(0, &mut bytes)?;
        bytes.truncate(count);
        Ok::<_, io::Error>(bytes)
    };
    match read() {
        Err(error) => FrameworkConfig::Invalid(error.to_string()),
        Ok(bytes) => match RuntimeConfig::parse(&bytes) {
            Ok(config) => FrameworkConfig::Read(Box::new(config)),
            Err(error) => FrameworkConfig::Invalid(error.to_string()),
        },
    }
}

impl InstalledFramework {
    /// A framework as Microsoft ships it.
    pub fn shipped(name: &str, version: Version, dir: &str) -> Self {
        InstalledFramework {
            name: name.to_owned(),
            version,
            dir: dir.to_owned(),
            arch: None,
            config: FrameworkConfig::AsShipped,
        }
    }

    pub(super) fn config(&self) -> Result<Cow<'_, RuntimeConfig>, &str> {
        match &self.config {
            FrameworkConfig::AsShipped => Ok(Cow::Owned(as_shipped(&self.name, &self.version))),
            FrameworkConfig::Read(config) => Ok(Cow::Borrowed(config)),
            FrameworkConfig::Invalid(reason) => Err(reason),
        }
    }
}

/// What Microsoft's frameworks refer to: ASP.NET Core and Windows Desktop to the .NET of the same version with
/// `LatestPatch`, ASP.NET Core's "All" of 2.x to its "App". Previews share only the name of the preview
/// (`preview.7`) with the .NET they go with, not its build number.
fn as_shipped(name: &str, version: &Version) -> RuntimeConfig {
    let base = match name {
        ASPNETCORE_ALL if (version.major, version.minor) >= (2, 1) => ASPNETCORE_APP,
        ASPNETCORE_APP | ASPNETCORE_ALL | WINDOWS_DESKTOP_APP => NETCORE_APP,
        _ => return RuntimeConfig::default(),
    };
    let label: Vec<&str> = version.prerelease().split('.').take(2).collect();
    let mut text = Version::release(version.major, version.minor, version.patch).to_string();
    if version.is_prerelease() {
        text = format!("{text}-{}", label.join("."));
    }
    RuntimeConfig {
        framework_dependent: true,
        roll_forward: (version.major >= 3).then_some(Spanned::unplaced(RollForward::LatestPatch)),
        frameworks: vec![FrameworkReference {
            name: Spanned::unplaced(base.to_owned()),
            version: Some(Spanned::unplaced(text)),
            ..FrameworkReference::default()
        }],
        ..RuntimeConfig::default()
    }
}

//! A .NET root from the paths of its files.

use super::{Form, Inventory, Runtime, Sdk};
use crate::version::Version;

pub(super) fn of_root<'a>(paths: impl IntoIterator<Item = &'a str>) -> Inventory {
    let mut inventory = Inventory { form: Form::Folder, lists_runtimes: true, ..Inventory::default() };
    for path in paths {
        let path = path.replace('\\', "/");
        match path.split('/').collect::<Vec<_>>().as_slice() {
            ["shared", name, version, file] if file.strip_suffix(".deps.json") == Some(*name) => {
                if let Some(version) = Version::parse(version) {
                    let (name, dir) = ((*name).to_owned(), format!("shared/{name}"));
                    inventory.runtimes.push(Runtime { name, version, dir, arch: None });
                }
            }
            ["host", "fxr", version, file] if is_hostfxr(file) => {
                inventory.host_version = inventory.host_version.take().max(Version::parse(version));
            }
            ["sdk", version, "dotnet.dll"] => {
                let sdk = |version| Sdk { version, dir: "sdk".to_owned() };
                inventory.sdks.extend(Version::parse(version).map(sdk));
            }
            _ => {}
        }
    }
    inventory.runtimes.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
    inventory
}

/// The file is hostfxr, on any system.
pub(crate) fn is_hostfxr(file: &str) -> bool {
    ["hostfxr.dll", "libhostfxr.so", "libhostfxr.dylib"].iter().any(|name| name.eq_ignore_ascii_case(file))
}

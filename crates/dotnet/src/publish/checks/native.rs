//! Native libraries that packages bring for several machines: whether the host uses one.

use super::super::folder::file_name;
use super::super::{App, Fact, FactId, Kind};
use super::Context;
use super::dependencies::rid_rules;
use crate::deps::{Asset, AssetKind, Library};
use crate::platform::{Arch, Os};
use crate::rid::{Rid, accepted};
use std::collections::HashSet;

/// More packages of one app are not named.
const MAX_PACKAGES: usize = 100;

pub(super) fn check(context: &Context<'_>, facts: &mut Vec<Fact>) {
    for app in context.apps.iter().filter(|app| matches!(app.kind, Kind::Portable | Kind::RidSpecific)) {
        let arch = app.arch().map(|(arch, _)| arch).or(context.target.pool);
        let (Some(file), Some(deps), Some(arch)) = (&app.deps, app.dependencies(), arch) else { continue };
        let (os, rules) = (context.os_of(app), rid_rules(app));
        let libraries = || deps.libraries.iter().filter(|library| !library.from_store);
        let accepted = accepted(os, arch, rules);
        let used: HashSet<&str> = libraries().flat_map(|library| used_names(library, &accepted)).collect();
        let found = libraries()
            .filter(|library| !natives(library).all(|asset| used.contains(file_name(&asset.path))))
            .filter_map(|library| Some((library, unused(library, os, arch, &accepted)?)));
        for (library, (reason, rids)) in found.take(MAX_PACKAGES) {
            facts.push(fact(context, app, &file.path, library, (reason, arch, rids)));
        }
    }
}

fn natives(library: &Library) -> impl Iterator<Item = &Asset> {
    library.assets.iter().filter(|a| a.kind == AssetKind::Native && !a.is_placeholder())
}

/// The names of the native libraries of a package that the host uses. Where each processor has a package of its own,
/// as with System.Data.SqlClient, those of one stand for all.
fn used_names<'l>(library: &'l Library, accepted: &[String]) -> impl Iterator<Item = &'l str> {
    natives(library).filter(|asset| is_used(asset, accepted)).map(|asset| file_name(&asset.path))
}

fn is_used(asset: &Asset, accepted: &[String]) -> bool {
    asset.rid.as_deref().is_none_or(|rid| accepted.iter().any(|a| a == rid))
}

/// Why the host uses none of a package's native libraries though there are some for the system, and the runtime
/// identifiers of those. A package with libraries for other systems only is taken to be meant for these.
fn unused<'l>(
    library: &'l Library,
    os: Os,
    arch: Arch,
    accepted: &[String],
) -> Option<(&'static str, Vec<&'l str>)> {
    if natives(library).any(|asset| is_used(asset, accepted)) {
        return None;
    }
    let mut for_system: Vec<&str> = natives(library)
        .filter_map(|a| a.rid.as_deref())
        .filter(|rid| Rid::parse(rid).os == Some(os))
        .collect();
    for_system.sort_unstable();
    for_system.dedup();
    // On Linux a musl library is not one for other distributions.
    let fits = |rid: &&str| Rid::parse(rid).fits(os, Some(arch)) && !rid.contains("musl");
    let fitting: Vec<&str> = for_system.iter().copied().filter(fits).collect();
    match (for_system.is_empty(), fitting.is_empty()) {
        (true, _) => None,
        (false, true) => Some(("architecture", for_system)),
        (false, false) => Some(("rid", fitting)),
    }
}

fn fact(
    context: &Context<'_>,
    app: &App,
    path: &str,
    library: &Library,
    (reason, arch, rids): (&'static str, Arch, Vec<&str>),
) -> Fact {
    let (name, version) = (&library.name, &library.version);
    let list = rids.join(", ");
    let message = match reason {
        "rid" => format!(
            "{name} {version} brings native libraries for {list}: .NET 8 and later look for portable identifiers \
             only, and use none of them."
        ),
        _ => format!("{name} {version} brings native libraries for {list}, but none for {arch}."),
    };
    let mut fact = Fact::new(FactId::NativeAssetsNotUsed, path, message)
        .with("app", &app.name)
        .with("package", name)
        .with("version", version)
        .with("reason", reason)
        .with("architecture", arch)
        .with("rids", rids.join(","));
    fact.place = context.place(path, library.span);
    fact
}

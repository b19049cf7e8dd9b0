//! `*.deps.json`: valid, its files there, its packages of one age.

use super::super::folder::{file_name, join};
use super::super::{App, Fact, FactId};
use super::Context;
use crate::deps::{Asset, AssetKind, DepsFile, Library};
use crate::platform::Arch;
use crate::rid::RidRules;
use crate::runtimeconfig::ConfigProperty;
use std::collections::HashSet;

/// More missing files of one app are not listed.
const MAX_MISSING: usize = 100;

pub(super) fn check(context: &Context<'_>, facts: &mut Vec<Fact>) {
    for app in context.apps {
        let Some(file) = &app.deps else { continue };
        match &file.content {
            Err(error) => facts.push(
                Fact::new(FactId::DepsInvalid, &file.path, format!("{}: {error}", file.path))
                    .at(error.span, error.position)
                    .with("app", &app.name)
                    .with("reason", &error.problem)
                    .with("problem", error.problem.name()),
            ),
            Ok(deps) => {
                if !app.kind.is_one_file() {
                    missing_assets(context, app, deps, &file.path, facts);
                }
                old_packages(app, deps, &file.path, facts);
            }
        }
    }
}

/// The files that the host looks for, with the packages that list them and the paths where they must be.
pub(super) fn used_assets<'d>(
    context: &Context<'_>,
    app: &App,
    deps: &'d DepsFile,
) -> impl Iterator<Item = (&'d Library, &'d Asset, String)> {
    let os = context.os_of(app);
    let arch = app.arch().map(|(arch, _)| arch).or(context.target.pool).unwrap_or(Arch::X64);
    let rules = rid_rules(app);
    let (dir, self_contained) = (context.dir.to_owned(), app.kind.is_self_contained());
    deps.libraries.iter().filter(|library| !library.from_store).flat_map(move |library| {
        let dir = dir.clone();
        let assets = library.assets_for(os, arch, rules, self_contained);
        assets.into_iter().map(move |asset| (library, asset, join(&dir, &asset.place())))
    })
}

/// How the host chooses among the runtime identifiers of a package.
pub(super) fn rid_rules(app: &App) -> RidRules {
    const USE_GRAPH: &str = "System.Runtime.Loader.UseRidGraph";
    let asks_for_graph = |p: &ConfigProperty| p.name.value == USE_GRAPH && p.value.value == "true";
    let graph = app.config().is_some_and(|c| c.config_properties.iter().any(asks_for_graph));
    match app.target_framework() {
        Some(target) if target.major < 8 || graph => RidRules::Graph,
        _ => RidRules::Portable,
    }
}

fn missing_assets(context: &Context<'_>, app: &App, deps: &DepsFile, deps_path: &str, facts: &mut Vec<Fact>) {
    let missing: Vec<_> = used_assets(context, app, deps)
        .filter(|(_, asset, path)| asset.kind != AssetKind::Resources && context.index.file(path).is_none())
        .take(MAX_MISSING)
        .collect();
    if missing.is_empty() {
        return;
    }
    for (library, asset, path) in missing {
        let (name, version) = (&library.name, &library.version);
        let listed_in = file_name(deps_path);
        let message = format!("{path} is missing: {listed_in} lists it for {name} {version}.");
        let mut fact = Fact::new(FactId::DepsAssetMissing, path, message)
            .with("app", &app.name)
            .with("asset", asset.kind.name())
            .with("package", name)
            .with("version", version)
            .with("listed", &asset.path)
            .with("listed-in", deps_path);
        fact.place = context.place(deps_path, asset.span);
        facts.push(fact);
    }
}

/// The packages of ASP.NET Core that since 3.0 are the shared framework, and that drag old hosting code along.
/// Others, such as abstractions, are referred to by libraries and do no harm.
fn old_packages(app: &App, deps: &DepsFile, path: &str, facts: &mut Vec<Fact>) {
    const PACKAGES: [&str; 11] = [
        "Microsoft.AspNetCore",
        "Microsoft.AspNetCore.App",
        "Microsoft.AspNetCore.All",
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Mvc",
        "Microsoft.AspNetCore.Server.IIS",
        "Microsoft.AspNetCore.Server.IISIntegration",
        "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.AspNetCore.Server.Kestrel.Core",
        "Microsoft.AspNetCore.Server.HttpSys",
        "Microsoft.AspNetCore.AspNetCoreModuleV2",
    ];
    if app.target_framework().is_none_or(|t| t.major < 3) {
        return;
    }
    let mut seen = HashSet::new();
    for library in &deps.libraries {
        let old = library.version.starts_with("1.") || library.version.starts_with("2.");
        let name = PACKAGES.iter().find(|p| p.eq_ignore_ascii_case(&library.name));
        if let Some(name) = name.filter(|name| old && seen.insert(**name)) {
            let message = format!(
                "{} targets {} and has the package {name} {}, which belongs to ASP.NET Core {}.",
                app.name,
                app.target_framework().map(|t| t.to_string()).unwrap_or_default(),
                library.version,
                library.version
            );
            facts.push(
                Fact::new(FactId::OldAspNetCorePackages, path, message)
                    .with("app", &app.name)
                    .with("package", name)
                    .with("version", &library.version),
            );
        }
    }
}

//! Files of different builds in one folder.

use super::super::folder::{file_name, join, strip_ending};
use super::super::{App, Fact, FactId, Kind};
use super::Context;
use super::dependencies::used_assets;
use crate::deps::{AssetKind, DepsFile};
use crate::image::AssemblyVersion;
use std::collections::HashSet;

/// More assemblies of one app are not named.
const MAX_ASSEMBLIES: usize = 100;
/// So many names of assemblies that are not listed are told.
const MAX_NAMES: usize = 20;

pub(super) fn check(context: &Context<'_>, facts: &mut Vec<Fact>) {
    if context.apps.iter().all(|app| app.deps.is_none()) {
        without_deps(context, facts);
    }
    for app in context.apps {
        let (Some(file), Some(deps)) = (&app.deps, app.dependencies()) else { continue };
        another_publish(context, app, deps, &file.path, facts);
        if !app.kind.is_one_file() {
            versions(context, app, deps, &file.path, facts);
        }
    }
    not_listed(context, facts);
}

fn versions(context: &Context<'_>, app: &App, deps: &DepsFile, deps_path: &str, facts: &mut Vec<Fact>) {
    let assemblies = used_assets(context, app, deps).filter(|(_, a, _)| a.kind == AssetKind::Runtime);
    let differing = assemblies.filter_map(|(library, asset, path)| {
        let expected = AssemblyVersion::parse(asset.assembly_version.as_deref()?)?;
        let file = context.index.file(&path)?;
        let found = context.images.file(&file.path)?.examined.version?;
        (found != expected).then_some((library, asset, file, expected, found))
    });
    for (library, asset, file, expected, found) in differing.take(MAX_ASSEMBLIES) {
        let listed_in = file_name(deps_path);
        let message = format!(
            "{} has version {found}, but {listed_in} lists {expected} for {}.",
            file.path, library.name
        );
        let mut fact = Fact::new(FactId::AssemblyVersionDiffers, &file.path, message)
            .with("app", &app.name)
            .with("package", &library.name)
            .with("version", &library.version)
            .with("expected", expected)
            .with("found", found)
            .with("age", if found < expected { "older" } else { "newer" })
            .with("listed-in", deps_path);
        fact.place = context.place(deps_path, asset.span);
        facts.push(fact);
    }
}

fn another_publish(
    context: &Context<'_>,
    app: &App,
    deps: &DepsFile,
    deps_path: &str,
    facts: &mut Vec<Fact>,
) {
    let Some(config) = app.config() else { return };
    let fact = |reason: &str, by_deps: String, by_config: String| {
        let message = format!(
            "{} and the runtimeconfig.json of {} are of different publishes: {by_deps} and {by_config}.",
            file_name(deps_path),
            app.name
        );
        Fact::new(FactId::DepsOfAnotherPublish, deps_path, message)
            .with("app", &app.name)
            .with("reason", reason)
            .with("deps", by_deps)
            .with("runtimeconfig", by_config)
    };
    let frameworks = deps.target_framework().zip(config.target_framework());
    if let Some((by_deps, by_config)) = frameworks.filter(|(a, b)| a != b) {
        let mut fact = fact("framework", by_deps.to_string(), by_config.to_string());
        fact.place = context.place(deps_path, deps.target_span);
        facts.push(fact);
    } else if app.kind == Kind::SelfContained && deps.rid().is_none() && !deps.target.is_empty() {
        let mut fact = fact("kind", "portable".to_owned(), "self-contained".to_owned());
        fact.place = context.place(deps_path, deps.target_span);
        facts.push(fact);
    }
}

/// Without a deps.json the host offers all dlls beside the app, and nothing of the `runtimes` folder.
fn without_deps(context: &Context<'_>, facts: &mut Vec<Fact>) {
    let needs_list = |app: &&App| matches!(app.kind, Kind::Portable | Kind::RidSpecific);
    let Some(app) = context.main.or(context.apps.first()).filter(needs_list) else { return };
    let runtimes = format!("{}/", join(context.dir, "runtimes")).to_ascii_lowercase();
    let below = |dir: &str| format!("{dir}/").to_ascii_lowercase().starts_with(&runtimes);
    if context.index.dirs().any(|(dir, _)| below(dir)) {
        let path = join(context.dir, &format!("{}.deps.json", app.name));
        let message = format!("{path} is missing: the host does not find what lies in the folder runtimes.");
        facts.push(Fact::new(FactId::DepsMissing, path, message).with("app", &app.name));
    }
}

/// Assemblies beside the app that are in no list. Told only where the list is for this folder: the app's own
/// assembly is in it.
fn not_listed(context: &Context<'_>, facts: &mut Vec<Fact>) {
    let lists = || context.apps.iter().filter_map(|app| Some((app, app.deps.as_ref()?)));
    // An app with a list that cannot be read, or without one, may own any of the files.
    if context.apps.iter().any(|app| app.dependencies().is_none() || app.kind.is_one_file()) {
        return;
    }
    let known = known_names(context);
    let own = |app: &App| known.contains(&format!("{}.dll", app.name).to_lowercase());
    let Some((app, file)) = lists().next().filter(|(app, _)| own(app)) else { return };
    let unlisted: Vec<&str> = context
        .index
        .files_in(context.dir)
        .iter()
        .filter(|f| context.images.image(&f.path).is_some_and(|image| image.is_managed()))
        .map(|f| file_name(&f.path))
        .filter(|name| strip_ending(name, ".dll").is_some() && !known.contains(&name.to_lowercase()))
        .filter(|name| !is_extra(context, name))
        .collect();
    if unlisted.is_empty() {
        return;
    }
    let names: Vec<&str> = unlisted.iter().copied().take(MAX_NAMES).collect();
    let message = format!(
        "{} does not list {} of the assemblies beside it: {}. They are of another publish, or loaded by their path.",
        file.path,
        unlisted.len(),
        names.join(", ")
    );
    facts.push(
        Fact::new(FactId::AssembliesNotListed, &file.path, message)
            .with("app", &app.name)
            .with("files", names.join(","))
            .with("count", unlisted.len()),
    );
}

/// The names of all files that the apps' lists name, in lower case.
fn known_names(context: &Context<'_>) -> HashSet<String> {
    let assets = context.apps.iter().filter_map(App::dependencies).flat_map(|d| &d.libraries);
    assets.flat_map(|l| &l.assets).map(|a| file_name(&a.place()).to_lowercase()).collect()
}

/// Assemblies that are there by design without being listed: precompiled views, plug-ins with lists of their own.
fn is_extra(context: &Context<'_>, name: &str) -> bool {
    let views = [".Views.dll", ".PrecompiledViews.dll"].iter().any(|e| strip_ending(name, e).is_some());
    let stem = strip_ending(name, ".dll").unwrap_or(name);
    views || context.has_file(&format!("{stem}.deps.json"))
}

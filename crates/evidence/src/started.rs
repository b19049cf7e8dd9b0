//! Holds what web.config starts against the files that are there.

use falconer_dotnet::image::Image;
use falconer_dotnet::publish::{Folder as _, Published};
use falconer_dotnet::tfm::TargetFramework;
use falconer_observation::{Channel, Fact, Observation, Source};

use crate::collect::Collection;
use crate::site::{Site, first_argument, relative};
use crate::tree_folder::TreeFolder;

/// The first target framework with an in-process handler (Microsoft Learn: In-process hosting with IIS).
const FIRST_IN_PROCESS: TargetFramework = TargetFramework { major: 2, minor: 2 };

/// Says something about what web.config starts, at the place where it is named.
fn tell(collection: &mut Collection, prefix: &str, site: &Site, id: &str, path: &str, note: String) {
    let name = format!("{prefix}{}", site.path);
    let number = collection.evidence.observations.iter().position(|o| o.source.file == name);
    let number = number.unwrap_or_else(|| {
        collection.observation(Observation::new(Channel::Folder, Source::file(&name), note.as_str()))
    });
    let text = collection.evidence.observations.get(number).map_or("", |o| o.text.as_str());
    let span = text.find(path).map(|at| at..at + path.len());
    collection.fact(Fact {
        id: format!("join.{id}"),
        fields: [("path".to_owned(), path.to_owned())].into(),
        observation: number,
        span,
        note,
    });
}

/// Holds what web.config starts against the files of its folder and the app in it.
pub(crate) fn targets(
    collection: &mut Collection,
    prefix: &str,
    folder: &TreeFolder<'_>,
    root: &str,
    published: &Published,
    site: &Site,
) {
    entry_missing(collection, prefix, folder, root, site);
    stdout_folder(collection, prefix, folder, root, site);
    let given = site.process_path.clone().unwrap_or_default();
    let Some(app) = published.main_app().filter(|_| site.in_process) else { return };
    if app.kind.is_one_file() {
        let note = "a single-file app cannot be hosted in-process".to_owned();
        tell(collection, prefix, site, "single-file-in-process", &given, note);
    } else if let Some(target) = app.target_framework().filter(|target| *target < FIRST_IN_PROCESS) {
        let note = format!("{} is for {target}; in-process hosting begins with {FIRST_IN_PROCESS}", app.name);
        tell(collection, prefix, site, "target-too-old-for-in-process", &given, note);
    }
}

/// The stdout log is on, and nothing lies in the folder that it goes to. Whether an empty one is there is not seen: a
/// deployment does not carry it either.
fn stdout_folder(
    collection: &mut Collection,
    prefix: &str,
    folder: &TreeFolder<'_>,
    root: &str,
    site: &Site,
) {
    let Some(stem) = site.stdout.as_deref().filter(|stem| !stem.contains([':', '%'])) else { return };
    let path = relative(stem);
    let Some((dir, _)) = path.rsplit_once('/').filter(|(dir, _)| !dir.is_empty() && !dir.contains(".."))
    else {
        return;
    };
    let within = format!("{root}{dir}/").to_lowercase();
    if !folder.files.iter().any(|f| f.path.to_lowercase().starts_with(&within)) {
        let note = format!("the stdout log is on, and nothing lies in {dir}, where it goes");
        tell(collection, prefix, site, "stdout-folder-not-deployed", stem, note);
    }
}

/// The dll or executable that web.config starts is not there.
fn entry_missing(
    collection: &mut Collection,
    prefix: &str,
    folder: &TreeFolder<'_>,
    root: &str,
    site: &Site,
) {
    let is_there = |path: &str| {
        let path = format!("{root}{path}").to_lowercase();
        folder.files.iter().any(|f| f.path.to_lowercase() == path)
    };
    let local = |path: &str| !path.contains(':') && !path.contains('%') && !path.starts_with("//");
    let Some(entry) = site.entry.as_deref().filter(|e| local(e) && !is_there(e)) else { return };
    let note = format!("there is no {entry} in the folder");
    if let Some(arguments) = site.arguments.as_deref().filter(|a| relative(a).contains(entry)) {
        let shown = first_argument(arguments).unwrap_or_else(|| entry.to_owned());
        tell(collection, prefix, site, "arguments-target-missing", &shown, note);
    } else if !is_there(&format!("{entry}.exe")) {
        let shown = site.process_path.as_deref().unwrap_or(entry);
        tell(collection, prefix, site, "process-path-target-missing", shown, note);
    }
}

/// A web.config for an app of which nothing is there, as when a copy broke off. One that stands alone or with other
/// configuration files, or in a project that is still to be published, says nothing.
pub(crate) fn without_app(
    collection: &mut Collection,
    prefix: &str,
    folder: &TreeFolder<'_>,
    dir: &str,
    site: &Site,
) {
    let root = if dir.is_empty() { String::new() } else { format!("{dir}/") };
    let inner = || folder.files.iter().filter_map(|file| file.path.strip_prefix(root.as_str()));
    let is_project = |name: &str| {
        [".csproj", ".fsproj", ".vbproj"].iter().any(|ending| name.to_ascii_lowercase().ends_with(ending))
    };
    let is_more = |name: &str| !name.to_ascii_lowercase().ends_with(".config");
    if site.names_a_file() && inner().any(is_more) && !inner().any(is_project) {
        entry_missing(collection, prefix, folder, &root, site);
    }
}

/// An app for .NET Framework is a managed executable; .NET Core's are apphosts beside a dll. It has none of the files by
/// which a published folder is known.
pub(crate) fn full_framework(
    collection: &mut Collection,
    prefix: &str,
    folder: &TreeFolder<'_>,
    dir: &str,
    site: &Site,
) {
    let Some(entry) = site.entry.as_deref().filter(|_| site.in_process) else { return };
    let path = if dir.is_empty() { entry.to_lowercase() } else { format!("{dir}/{entry}").to_lowercase() };
    let file = folder.files.iter().find(|f| path.ends_with(".exe") && f.path.to_lowercase() == path);
    let image = file.and_then(|f| folder.open(&f.path).ok()).and_then(|mut s| Image::read(&mut *s).ok());
    if image.is_some_and(|image| image.is_managed()) {
        let given = site.process_path.clone().unwrap_or_default();
        let note = format!("{entry} is for .NET Framework, which cannot be hosted in-process");
        tell(collection, prefix, site, "full-framework-in-process", &given, note);
    }
}

//! Finding the apps in a folder and telling how they were published.

use super::folder::{FileEntry, Index, file_name, join, program_stem, strip_ending};
use super::images::{Images, unreadable};
use super::{App, Fact, FactId, JsonFile, Kind, Program, Target};
use crate::deps::DepsFile;
use crate::image::{AppHost, Binding, Bundle, BundleFileKind, Source};
use crate::inventory::is_hostfxr;
use crate::json::MAX_BYTES;
use crate::runtimeconfig::RuntimeConfig;
use crate::version::Version;
use std::collections::BTreeMap;

const CONFIG: &str = ".runtimeconfig.json";
const DEPS: &str = ".deps.json";
/// More folders with apps are not inspected.
const MAX_ROOTS: usize = 100;
/// More apps in one folder are not looked at.
const MAX_APPS: usize = 50;
/// Folders further down are not looked at.
const MAX_DEPTH: usize = 64;

/// The folders that hold apps, outer ones first.
pub(super) fn roots(index: &Index<'_>) -> Vec<String> {
    let has =
        |files: &[&FileEntry], ending: &str| files.iter().any(|f| strip_ending(&f.path, ending).is_some());
    let program = |files: &[&FileEntry]| has(files, ".dll") || has(files, ".exe");
    let of_app = |dir: &str, files: &[&FileEntry]| {
        let names = |name: &str| files.iter().any(|f| file_name(&f.path).eq_ignore_ascii_case(name));
        dir.matches('/').count() < MAX_DEPTH
            && !in_content(dir)
            && (has(files, CONFIG) || has(files, DEPS) || (names("web.config") && program(files)))
    };
    let mut roots: Vec<String> =
        index.dirs().filter(|(dir, files)| of_app(dir, files)).map(|(dir, _)| dir.to_owned()).collect();
    if roots.is_empty() {
        let first = index.dirs().find(|(dir, files)| !in_content(dir) && program(files));
        roots.extend(first.map(|(dir, _)| dir.to_owned()));
    }
    roots.sort_by_key(|dir| dir.matches('/').count() + usize::from(!dir.is_empty()));
    roots.truncate(MAX_ROOTS);
    roots
}

/// The folders that belong to each app: its own and those in it, without those of apps further inside, without
/// `wwwroot` (files for browsers) and without reference assemblies.
pub(super) fn owned<'d>(index: &Index<'d>, roots: &'d [String]) -> BTreeMap<&'d str, Vec<&'d str>> {
    let mut owned: BTreeMap<&str, Vec<&str>> = roots.iter().map(|root| (root.as_str(), Vec::new())).collect();
    for (dir, _) in index.dirs().filter(|(dir, _)| dir.matches('/').count() < MAX_DEPTH) {
        let mut root = dir;
        while !owned.contains_key(root) && !root.is_empty() {
            root = root.rsplit_once('/').map_or("", |(parent, _)| parent);
        }
        let inner = dir.get(root.len()..).unwrap_or_default().trim_start_matches('/');
        let first = inner.split('/').next().unwrap_or_default();
        let skipped = ["wwwroot", "ref", "refs"].iter().any(|s| s.eq_ignore_ascii_case(first));
        if let Some(dirs) = owned.get_mut(root).filter(|_| !skipped) {
            dirs.push(dir);
        }
    }
    owned
}

/// The folder holds files that are served or loaded, or a part of a .NET root, not an app.
fn in_content(dir: &str) -> bool {
    let inner = ["wwwroot", "runtimes", "ref", "refs", "node_modules"];
    let parts: Vec<&str> = dir.split('/').collect();
    let is_version = |part: &&&str| Version::parse(part).is_some();
    let of_root = |i: usize, part: &str| match part {
        "shared" => parts.get(i + 2).filter(is_version).is_some(),
        "sdk" => parts.get(i + 1).filter(is_version).is_some(),
        _ => false,
    };
    parts.iter().enumerate().any(|(i, part)| {
        inner.iter().any(|name| name.eq_ignore_ascii_case(part)) || of_root(i, &part.to_ascii_lowercase())
    })
}

/// The pieces of an app, found by its name.
#[derive(Default)]
struct Pieces<'f> {
    config: Option<&'f FileEntry>,
    deps: Option<&'f FileEntry>,
    dll: Option<&'f FileEntry>,
    exe: Option<Program>,
}

/// The apps in a folder.
pub(super) fn find(
    index: &Index<'_>,
    dir: &str,
    images: &Images,
    target: &Target<'_>,
    facts: &mut Vec<Fact>,
) -> Vec<App> {
    let mut by_name: BTreeMap<String, Pieces<'_>> = BTreeMap::new();
    for file in index.files_in(dir) {
        let name = file_name(&file.path);
        if let Some(stem) = strip_ending(name, CONFIG) {
            by_name.entry(stem.to_owned()).or_default().config = Some(file);
        } else if let Some(stem) = strip_ending(name, DEPS) {
            by_name.entry(stem.to_owned()).or_default().deps = Some(file);
        }
    }
    for program in executables(index, dir, images, facts) {
        let stem = program_stem(&program.path);
        let bound = match program.apphost.as_ref().map(|h| (&h.binding, h.bundle)) {
            Some((Binding::Dll(dll), None)) => strip_ending(dll, ".dll").unwrap_or(dll).replace('\\', "/"),
            _ => stem.to_owned(),
        };
        by_name.entry(bound).or_default().exe = Some(program);
    }
    let entry = target.entry.map(program_stem);
    let configured = by_name.values().any(|p| p.config.is_some() || p.exe.is_some());
    for (stem, pieces) in &mut by_name {
        let file = |ending: &str| index.file(&join(dir, &format!("{stem}{ending}")));
        pieces.dll = file(".dll");
        // An executable may be bound to a dll in another folder, or written in another case.
        pieces.config = pieces.config.or_else(|| file(CONFIG));
        pieces.deps = pieces.deps.or_else(|| file(DEPS));
    }
    // A deps.json alone makes an app only when there is no other: libraries have one too.
    by_name.retain(|stem, p| {
        let named = entry.is_some_and(|e| e.eq_ignore_ascii_case(stem));
        p.config.is_some() || p.exe.is_some() || (p.dll.is_some() && (named || !configured))
    });
    by_name
        .into_iter()
        .take(MAX_APPS)
        .map(|(name, pieces)| app(index, dir, images, name, pieces, facts))
        .collect()
}

/// Executables in the folder that start an app: apphosts, and what NativeAOT made.
fn executables(index: &Index<'_>, dir: &str, images: &Images, facts: &mut Vec<Fact>) -> Vec<Program> {
    let mut programs = Vec::new();
    for file in index.files_in(dir) {
        let name = file_name(&file.path);
        let stem = strip_ending(name, ".exe").or((!name.contains('.')).then_some(name));
        let (Some(stem), Some(image)) = (stem, images.get(&file.path)) else { continue };
        let read = index.open(&file.path).and_then(|mut source| {
            let apphost = AppHost::read(source.as_mut(), image, stem)?;
            let native = apphost.is_none() && image.is_native_aot(source.as_mut())?;
            Ok((apphost, native))
        });
        match read {
            Ok((None, false)) => {}
            Ok((apphost, _)) => {
                programs.push(Program { path: file.path.clone(), image: image.clone(), apphost });
            }
            Err(error) => facts.push(unreadable(&file.path, &error)),
        }
    }
    programs
}

fn app(
    index: &Index<'_>,
    dir: &str,
    images: &Images,
    name: String,
    pieces: Pieces<'_>,
    facts: &mut Vec<Fact>,
) -> App {
    let bytes = |file: Option<&FileEntry>, facts: &mut Vec<Fact>| {
        let file = file?;
        match index.content(file, MAX_BYTES) {
            Ok(bytes) => Some((file.path.clone(), bytes)),
            Err(error) => {
                facts.push(unreadable(&file.path, &error));
                None
            }
        }
    };
    let mut config = bytes(pieces.config, facts);
    let mut deps = bytes(pieces.deps, facts);
    let mut carries_corelib = false;
    let bundle = pieces.exe.as_ref().and_then(|p| Some((p, p.apphost.as_ref()?.bundle?)));
    if let Some((program, header)) = bundle {
        match index.open(&program.path).map_err(Into::into).and_then(|mut s| unpack(s.as_mut(), header)) {
            Ok(unpacked) => {
                let inside = |(path, bytes): (String, Vec<u8>)| (format!("{}!/{path}", program.path), bytes);
                config = unpacked.config.map(inside);
                deps = unpacked.deps.map(inside);
                carries_corelib = unpacked.corelib;
            }
            Err(error) => facts.push(
                Fact::new(FactId::BundleDamaged, &program.path, format!("{}: {error}", program.path))
                    .with("app", &name),
            ),
        }
    }
    let runtimeconfig = config.map(|(path, bytes)| JsonFile { path, content: RuntimeConfig::parse(&bytes) });
    let deps = deps.map(|(path, bytes)| JsonFile { path, content: DepsFile::parse(&bytes) });
    let dll = pieces.dll.and_then(|file| {
        let image = images.get(&file.path)?.clone();
        Some(Program { path: file.path.clone(), image, apphost: None })
    });
    let is_bundle = bundle.is_some();
    let runtime = || {
        let hostfxr = index.files_in(dir).iter().find(|f| is_hostfxr(file_name(&f.path)))?;
        images.get(&hostfxr.path)?.arch()
    };
    let runtime_arch = (!is_bundle).then(runtime).flatten();
    let mut app = App { name, kind: Kind::Unknown, dll, exe: pieces.exe, runtimeconfig, deps, runtime_arch };
    app.kind = kind(&app, is_bundle, carries_corelib);
    app
}

struct Unpacked {
    config: Option<(String, Vec<u8>)>,
    deps: Option<(String, Vec<u8>)>,
    corelib: bool,
}

fn unpack(source: &mut dyn Source, header: u64) -> Result<Unpacked, crate::image::BundleError> {
    let bundle = Bundle::read(source, header)?;
    let mut read = |kind| match bundle.file(kind) {
        Some(file) => file.read(source, MAX_BYTES).map(|bytes| Some((file.path.clone(), bytes))),
        None => Ok(None),
    };
    let config = read(BundleFileKind::RuntimeConfigJson)?;
    let deps = read(BundleFileKind::DepsJson)?;
    let corelib = bundle.files.iter().any(|f| file_name(&f.path) == "System.Private.CoreLib.dll");
    Ok(Unpacked { config, deps, corelib })
}

fn kind(app: &App, is_bundle: bool, carries_corelib: bool) -> Kind {
    let framework_dependent = app.config().map(|c| c.framework_dependent);
    match (is_bundle, framework_dependent) {
        (true, Some(true)) => Kind::SingleFile,
        (true, None) if !carries_corelib => Kind::SingleFile,
        (true, _) => Kind::SelfContainedSingleFile,
        (false, Some(true)) if app.rid().is_some() => Kind::RidSpecific,
        (false, Some(true)) => Kind::Portable,
        (false, Some(false)) => Kind::SelfContained,
        (false, None) => match &app.exe {
            Some(exe) if exe.apphost.is_none() && app.dll.is_none() => Kind::NativeAot,
            _ => Kind::Unknown,
        },
    }
}

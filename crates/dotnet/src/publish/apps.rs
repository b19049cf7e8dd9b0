//! Finding the apps in a folder and telling how they were published.

use super::folder::{FileEntry, Index, file_name, join, program_stem, strip_ending};
use super::images::{Images, executable_stem, unreadable};
use super::{App, Fact, FactId, JsonFile, Kind, Program, Target};
use crate::deps::DepsFile;
use crate::image::Binding;
use crate::inventory::is_hostfxr;
use crate::runtimeconfig::RuntimeConfig;
use crate::version::Version;
use std::collections::BTreeMap;
use std::rc::Rc;

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
    let windows_program = |files: &[&FileEntry]| has(files, ".dll") || has(files, ".exe");
    // Executables of other systems have no extension; what else has none is told by its content.
    let may_be_program =
        |files: &[&FileEntry]| files.iter().any(|f| executable_stem(file_name(&f.path)).is_some());
    let of_app = |dir: &str, files: &[&FileEntry]| {
        let names = |name: &str| files.iter().any(|f| file_name(&f.path).eq_ignore_ascii_case(name));
        dir.matches('/').count() < MAX_DEPTH
            && !in_content(dir)
            && (has(files, CONFIG)
                || has(files, DEPS)
                || (names("web.config") && (windows_program(files) || may_be_program(files))))
    };
    let mut roots: Vec<String> =
        index.dirs().filter(|(dir, files)| of_app(dir, files)).map(|(dir, _)| dir.to_owned()).collect();
    if roots.is_empty() {
        let first = index.dirs().find(|(dir, files)| !in_content(dir) && windows_program(files));
        let top = || index.dirs().find(|(dir, files)| dir.is_empty() && may_be_program(files));
        roots.extend(first.or_else(top).map(|(dir, _)| dir.to_owned()));
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
    /// The name, as written where it was met first.
    name: String,
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
            pieces_of(&mut by_name, stem).config = Some(file);
        } else if let Some(stem) = strip_ending(name, DEPS) {
            pieces_of(&mut by_name, stem).deps = Some(file);
        }
    }
    for program in executables(index, dir, images) {
        let stem = program_stem(&program.path);
        let bound = match program.apphost.as_ref().map(|h| (&h.binding, h.bundle)) {
            Some((Binding::Dll(dll), None)) => strip_ending(dll, ".dll").unwrap_or(dll).replace('\\', "/"),
            _ => stem.to_owned(),
        };
        pieces_of(&mut by_name, &bound).exe = Some(program);
    }
    let entry = target.entry.map(program_stem);
    let configured = by_name.values().any(|p| p.config.is_some() || p.exe.is_some());
    for pieces in by_name.values_mut() {
        let stem = pieces.name.clone();
        let file = |ending: &str| index.file(&join(dir, &format!("{stem}{ending}")));
        pieces.dll = file(".dll");
        // An executable may be bound to a dll in another folder, or written in another case.
        pieces.config = pieces.config.or_else(|| file(CONFIG));
        pieces.deps = pieces.deps.or_else(|| file(DEPS));
    }
    // A deps.json alone makes an app only when there is no other: libraries have one too.
    by_name.retain(|_, p| {
        let named = entry.is_some_and(|e| e.eq_ignore_ascii_case(&p.name));
        p.config.is_some() || p.exe.is_some() || (p.dll.is_some() && (named || !configured))
    });
    by_name.into_values().take(MAX_APPS).map(|pieces| app(index, dir, images, pieces, facts)).collect()
}

/// The pieces under a name. Names that differ in case only are those of one app, as on Windows.
fn pieces_of<'p, 'f>(by_name: &'p mut BTreeMap<String, Pieces<'f>>, stem: &str) -> &'p mut Pieces<'f> {
    let named = || Pieces { name: stem.to_owned(), ..Pieces::default() };
    by_name.entry(stem.to_lowercase()).or_insert_with(named)
}

/// Executables in the folder that start an app: apphosts, and what NativeAOT made.
fn executables(index: &Index<'_>, dir: &str, images: &Images) -> Vec<Program> {
    let program = |file: &&FileEntry| {
        executable_stem(file_name(&file.path))?;
        let examined = &images.file(&file.path)?.examined;
        let starts = examined.apphost.is_some() || examined.native_aot;
        let (image, apphost) = (examined.image.clone(), examined.apphost.clone());
        starts.then(|| Program { path: file.path.clone(), image, apphost })
    };
    index.files_in(dir).iter().filter_map(program).collect()
}

fn app(index: &Index<'_>, dir: &str, images: &Images, pieces: Pieces<'_>, facts: &mut Vec<Fact>) -> App {
    let name = pieces.name;
    let bytes = |file: Option<&FileEntry>, facts: &mut Vec<Fact>| {
        let file = file?;
        match index.content(file) {
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
    let bundle = pieces.exe.as_ref().and_then(|p| Some((p, images.file(&p.path)?.bundle.as_ref()?)));
    if let Some((program, bundle)) = bundle {
        match bundle {
            Ok(unpacked) => {
                let inside = |(path, bytes): &(String, Vec<u8>)| {
                    (format!("{}!/{path}", program.path), Rc::from(bytes.as_slice()))
                };
                config = unpacked.config.as_ref().map(inside);
                deps = unpacked.deps.as_ref().map(inside);
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
        let image = images.image(&file.path)?.clone();
        Some(Program { path: file.path.clone(), image, apphost: None })
    });
    let is_bundle = bundle.is_some();
    let runtime = || {
        let hostfxr = index.files_in(dir).iter().find(|f| is_hostfxr(file_name(&f.path)))?;
        images.image(&hostfxr.path)?.arch()
    };
    let runtime_arch = (!is_bundle).then(runtime).flatten();
    let mut app = App { name, kind: Kind::Unknown, dll, exe: pieces.exe, runtimeconfig, deps, runtime_arch };
    app.kind = kind(&app, is_bundle, carries_corelib);
    app
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

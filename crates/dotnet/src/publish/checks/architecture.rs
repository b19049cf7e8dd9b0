//! Whether apps, assemblies and native libraries fit the process.

use super::super::folder::{file_name, strip_ending};
use super::super::{Fact, FactId};
use super::Context;
use crate::image::{Code, Image};
use crate::platform::{Arch, Os};
use crate::rid::Rid;
use std::collections::HashMap;

pub(super) fn check(context: &Context<'_>, facts: &mut Vec<Fact>) {
    pool(context, facts);
    let packages = packages(context);
    let target = context.target.os;
    for (path, image) in context.images.iter() {
        match image {
            Image::Pe(pe) => match pe.code() {
                Code::Only(arch) => assembly(context, path, arch, facts),
                // Code for another system is not used: such an assembly counts as IL.
                Code::ReadyToRun { arch, os } if os == target => assembly(context, path, arch, facts),
                Code::MixedMode(Some(arch)) if target == Os::Windows => assembly(context, path, arch, facts),
                Code::Native(arch) if target == Os::Windows => native(context, path, arch, &packages, facts),
                _ => {}
            },
            Image::Elf(elf) if elf.os == target => native(context, path, elf.arch, &packages, facts),
            Image::MachO(_) if target == Os::MacOs => native(context, path, image.arch(), &packages, facts),
            _ => {}
        }
    }
    ready_to_run(context, facts);
}

/// Assemblies beside the app whose precompiled code is for another system. When the whole app is, that is said
/// elsewhere.
fn ready_to_run(context: &Context<'_>, facts: &mut Vec<Fact>) {
    let target = context.target.os;
    if context.apps.iter().any(|app| app.os().is_some_and(|(os, _)| os != target)) {
        return;
    }
    let other = |(path, image): (&String, &Image)| match image {
        Image::Pe(pe) => match pe.code() {
            Code::ReadyToRun { arch, os } if os != target && beside(context, path) => {
                Some((path.clone(), arch, os))
            }
            _ => None,
        },
        _ => None,
    };
    let found: Vec<(String, Arch, Os)> = context.images.iter().filter_map(other).collect();
    let Some((path, arch, os)) = found.first() else { return };
    let others = match found.len() {
        1 => String::new(),
        count => format!(", as {} more are", count - 1),
    };
    let message = format!("{path} is precompiled for {os}{others}: its native code is not used here.");
    facts.push(
        Fact::new(FactId::ReadyToRunForOtherSystem, path, message)
            .with("os", os.id())
            .with("architecture", arch)
            .with("count", found.len()),
    );
}

/// The file lies directly beside the app.
fn beside(context: &Context<'_>, path: &str) -> bool {
    !path.get(context.dir.len()..).unwrap_or_default().trim_start_matches('/').contains('/')
}

fn pool(context: &Context<'_>, facts: &mut Vec<Fact>) {
    let Some((app, pool)) = context.main.zip(context.target.pool) else { return };
    let Some((arch, by)) = app.arch().filter(|(arch, _)| *arch != pool) else { return };
    let path = match by {
        "rid" => app.deps.as_ref().map(|f| &f.path),
        "assembly" => app.dll.as_ref().map(|p| &p.path),
        _ => app.exe.as_ref().or(app.dll.as_ref()).map(|p| &p.path),
    };
    let message = format!("{} was published for {arch}, but the worker process is {pool}.", app.name);
    facts.push(
        Fact::new(FactId::ArchitectureDiffersFromPool, path.map_or(context.dir, |p| p), message)
            .with("app", &app.name)
            .with("architecture", arch)
            .with("pool", pool)
            .with("reason", by),
    );
}

/// The architecture that files in a folder are meant for: that of `runtimes/<rid>`, or of the process for those
/// directly beside the app. Other folders (`x64`, `x86`) are chosen from by the code that loads them.
fn expected(context: &Context<'_>, path: &str) -> Option<Arch> {
    let inner = path.strip_prefix(context.dir)?.trim_start_matches('/');
    match inner.split('/').collect::<Vec<_>>().as_slice() {
        [_] => context.process(),
        [runtimes, rid, ..] if runtimes.eq_ignore_ascii_case("runtimes") => {
            let rid = Rid::parse(rid);
            rid.arch.filter(|_| rid.os == Some(context.target.os))
        }
        _ => None,
    }
}

fn assembly(context: &Context<'_>, path: &str, arch: Arch, facts: &mut Vec<Fact>) {
    let is_main = context.main.and_then(|app| app.dll.as_ref()).is_some_and(|dll| dll.path == path);
    // Whether the app's own dll fits the process is what `pool` checks.
    let process = expected(context, path);
    let x86_beside = arch == Arch::X86 && beside(context, path);
    if is_main || process == Some(arch) || (process.is_none() && !x86_beside) {
        return;
    }
    let shown = process.map_or("unknown", Arch::name);
    let (id, message) = match arch {
        Arch::X86 => (FactId::X86OnlyAssembly, format!("{path} can be loaded into 32-bit processes only.")),
        _ => (FactId::AssemblyWrongArch, format!("{path} is built for {arch}, not for {shown}.")),
    };
    facts.push(Fact::new(id, path, message).with("architecture", arch).with("process", shown));
}

/// The packages that list native files, by the files' names in lower case.
fn packages(context: &Context<'_>) -> HashMap<String, String> {
    let mut packages = HashMap::new();
    for deps in context.apps.iter().filter_map(|app| app.dependencies()) {
        for library in &deps.libraries {
            for asset in &library.assets {
                let name = file_name(&asset.path).to_lowercase();
                packages.entry(name).or_insert_with(|| format!("{} {}", library.name, library.version));
            }
        }
    }
    packages
}

fn native(
    context: &Context<'_>,
    path: &str,
    arch: Option<Arch>,
    packages: &HashMap<String, String>,
    facts: &mut Vec<Fact>,
) {
    // Executables run as processes of their own.
    if [".dll", ".so", ".dylib"].iter().all(|ending| strip_ending(path, ending).is_none()) {
        return;
    }
    let (Some(arch), Some(expected)) = (arch, expected(context, path)) else { return };
    if arch == expected {
        return;
    }
    let message = format!("{path} is a native library for {arch}, where {expected} is needed.");
    let mut fact = Fact::new(FactId::NativeAssetWrongArch, path, message)
        .with("architecture", arch)
        .with("expected", expected);
    if let Some(package) = packages.get(&file_name(path).to_lowercase()) {
        fact = fact.with("package", package);
    }
    facts.push(fact);
}

//! Executables, the runtime beside them, damaged files.

use super::super::folder::{file_name, join, program_stem, strip_ending};
use super::super::{App, Fact, FactId, Kind};
use super::Context;
use crate::image::{Binding, Image};
use crate::inventory::is_hostfxr;
use crate::platform::Os;
use crate::rid::Rid;

pub(super) fn check(context: &Context<'_>, facts: &mut Vec<Fact>) {
    for app in context.apps {
        apphost(context, app, facts);
        runtime(context, app, facts);
        platform(context, app, facts);
    }
    let for_windows = |path: &str| [".dll", ".exe"].iter().any(|e| strip_ending(path, e).is_some());
    for (path, image) in context.images.iter().filter(|(path, _)| for_windows(path)) {
        if let Image::Other(reason) = image {
            let message = format!("{path}: {reason}.");
            facts.push(Fact::new(FactId::DamagedDll, path, message).with("reason", reason));
        }
    }
}

fn apphost(context: &Context<'_>, app: &App, facts: &mut Vec<Fact>) {
    let Some(exe) = &app.exe else { return };
    let Some(host) = exe.apphost.as_ref().filter(|h| h.bundle.is_none()) else { return };
    let dll = match &host.binding {
        Binding::Unbound => {
            let message = format!("{} was never bound to a dll: it cannot start.", exe.path);
            facts.push(Fact::new(FactId::AppHostUnbound, &exe.path, message));
            return;
        }
        Binding::Unknown => return,
        Binding::Dll(dll) => dll.replace('\\', "/"),
    };
    if context.index.file(&join(context.dir, &dll)).is_none() {
        let message = format!("{} starts {dll}, which is missing.", exe.path);
        facts.push(Fact::new(FactId::AppHostWithoutDll, &exe.path, message).with("dll", &dll));
        return;
    }
    let mismatch = |reason: &str, message: String| {
        Fact::new(FactId::ExeDllMismatch, &exe.path, message).with("dll", &dll).with("reason", reason)
    };
    let stem = program_stem(&exe.path);
    if !strip_ending(&dll, ".dll").is_some_and(|d| d.eq_ignore_ascii_case(stem)) {
        facts.push(mismatch("name", format!("{} starts {dll}, not a dll of its own name.", exe.path)));
    }
    let archs = exe.image.arch().zip(app.dll.as_ref().and_then(|d| d.image.arch()));
    if let Some((host, dll_arch)) = archs.filter(|(a, b)| a != b) {
        let message = format!("{} is {host}, but {dll} is {dll_arch}.", exe.path);
        facts.push(mismatch("architecture", message));
    } else if let Some((host, rid)) = exe.image.arch().zip(app.rid())
        && Rid::parse(rid).arch.is_some_and(|published| published != host)
    {
        let message = format!("{} is {host}, but {} was published for {rid}.", exe.path, app.name);
        facts.push(mismatch("rid", message));
    }
}

/// The files of the runtime that a self-contained app starts with, by system.
fn runtime_files(os: Os) -> [&'static str; 3] {
    match os {
        Os::Windows => ["hostfxr.dll", "hostpolicy.dll", "coreclr.dll"],
        Os::MacOs => ["libhostfxr.dylib", "libhostpolicy.dylib", "libcoreclr.dylib"],
        _ => ["libhostfxr.so", "libhostpolicy.so", "libcoreclr.so"],
    }
}

fn runtime(context: &Context<'_>, app: &App, facts: &mut Vec<Fact>) {
    let Some(config) = app.runtimeconfig.as_ref() else { return };
    let files = runtime_files(app.os().map_or(context.target.os, |(os, _)| os));
    match app.kind {
        Kind::SelfContained => {
            let missing: Vec<&str> = files.into_iter().filter(|f| !context.has_file(f)).collect();
            if !missing.is_empty() {
                let list = missing.join(", ");
                let message = format!(
                    "{} names no framework, so the app must carry its runtime, but {list} are missing.",
                    config.path
                );
                facts.push(
                    Fact::new(FactId::SelfContainedWithoutRuntime, &config.path, message)
                        .with("app", &app.name)
                        .with("missing", missing.join(",")),
                );
            }
        }
        Kind::Portable | Kind::RidSpecific => {
            let leftover =
                context.index.files_in(context.dir).iter().find(|f| is_hostfxr(file_name(&f.path)));
            if let Some(file) = leftover {
                let message = format!(
                    "{} is left over: {} uses the installed runtime, but its executable takes the one here.",
                    file.path, app.name
                );
                facts.push(Fact::new(FactId::LeftoverHostfxr, &file.path, message).with("app", &app.name));
            }
        }
        _ => {}
    }
}

fn platform(context: &Context<'_>, app: &App, facts: &mut Vec<Fact>) {
    let Some((os, by)) = app.os().or_else(|| started_os(context, app)) else { return };
    if os == context.target.os {
        return;
    }
    let program = app.exe.as_ref().or(app.dll.as_ref()).map(|p| p.path.as_str());
    let path = match by {
        "rid" => app.deps.as_ref().map(|f| f.path.as_str()),
        _ => program,
    };
    let message = match by {
        "rid" => format!("{} was published for {} ({os}).", app.name, app.rid().unwrap_or_default()),
        _ => format!("{} is an executable for {os}.", program.unwrap_or_default()),
    };
    let mut fact = Fact::new(FactId::WrongPlatform, path.unwrap_or(context.dir), message)
        .with("app", &app.name)
        .with("os", os)
        .with("reason", by);
    if let (Some(path), Some(deps), "rid") = (path, app.dependencies(), by) {
        fact.place = context.place(path, deps.target_span);
    }
    facts.push(fact);
}

/// The system of the executable of a portable app, when it is what is started.
fn started_os(context: &Context<'_>, app: &App) -> Option<(Os, &'static str)> {
    let is_main = context.main.is_some_and(|main| std::ptr::eq(main, app));
    let entry = context.target.entry.filter(|entry| is_main && strip_ending(entry, ".dll").is_none())?;
    let exe =
        app.exe.as_ref().filter(|exe| program_stem(&exe.path).eq_ignore_ascii_case(program_stem(entry)));
    exe.and_then(|exe| exe.image.os()).map(|os| (os, "executable"))
}

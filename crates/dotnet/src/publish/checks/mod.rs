//! The checks, one file for each part of a folder.

mod architecture;
mod builds;
mod case;
mod configuration;
mod dependencies;
mod kind;
mod leftovers;
mod native;
mod programs;

use super::folder::{Index, join, program_stem};
use super::images::Images;
use super::{App, MAX_FACTS, Published, Target, apps, images};
use crate::platform::{Arch, Os};
use crate::text::{Position, Span};

/// What the checks look at.
struct Context<'c> {
    index: &'c Index<'c>,
    dir: &'c str,
    images: &'c Images,
    apps: &'c [App],
    main: Option<&'c App>,
    target: &'c Target<'c>,
}

impl Context<'_> {
    /// The architecture of the process that the folder's assemblies are meant for: the app's own, or else the
    /// worker process's. When the two differ, that is one fact and not one for each file.
    fn process(&self) -> Option<Arch> {
        self.main.and_then(App::arch).map(|(arch, _)| arch).or(self.target.pool)
    }

    /// The system that an app's files are meant for: its own by the runtime identifier, or else the target's.
    fn os_of(&self, app: &App) -> Os {
        app.os().filter(|(_, by)| *by == "rid").map_or(self.target.os, |(os, _)| os)
    }

    /// The position of a span in a file of the folder; `None` for a file in a bundle.
    fn place(&self, path: &str, span: Span) -> Option<(Span, Position)> {
        let bytes = self.index.content(self.index.file(path)?).ok()?;
        Some((span, Position::of(&bytes, span.start as usize)))
    }

    /// A file directly in the folder, in any case.
    fn has_file(&self, name: &str) -> bool {
        self.index.file(&join(self.dir, name)).is_some()
    }
}

/// Inspects the app or apps in `dir`, to which the folders `dirs` belong.
pub(super) fn inspect(index: &Index<'_>, dir: &str, dirs: &[&str], target: &Target<'_>) -> Published {
    let mut facts = Vec::new();
    let images = images::read(index, dir, dirs, &mut facts);
    let apps = apps::find(index, dir, &images, target, &mut facts);
    let main = main_app(&apps, target);
    let context =
        Context { index, dir, images: &images, apps: &apps, main: main.and_then(|i| apps.get(i)), target };
    kind::check(&context, &mut facts);
    configuration::check(&context, &mut facts);
    dependencies::check(&context, &mut facts);
    native::check(&context, &mut facts);
    builds::check(&context, &mut facts);
    case::check(&context, &mut facts);
    programs::check(&context, &mut facts);
    architecture::check(&context, &mut facts);
    leftovers::check(&context, &mut facts);
    facts.truncate(MAX_FACTS);
    Published { dir: dir.to_owned(), apps, main, facts }
}

fn main_app(apps: &[App], target: &Target<'_>) -> Option<usize> {
    if let Some(entry) = target.entry {
        let stem = program_stem(entry);
        let named = |app: &App| {
            let exe = app.exe.as_ref().map(|p| program_stem(&p.path));
            app.name.eq_ignore_ascii_case(stem) || exe.is_some_and(|e| e.eq_ignore_ascii_case(stem))
        };
        return apps.iter().position(named);
    }
    let mut web = apps.iter().enumerate().filter(|(_, app)| app.has_aspnetcore() || apps.len() == 1);
    let first = web.next().map(|(i, _)| i);
    first.filter(|_| web.next().is_none())
}

//! Names in another case than their files', where that matters.

use super::super::folder::{file_name, join};
use super::super::{App, Fact, FactId};
use super::Context;
use super::dependencies::used_assets;
use crate::deps::AssetKind;
use crate::image::Binding;

/// More files of one app are not named.
const MAX_NAMES: usize = 100;

pub(super) fn check(context: &Context<'_>, facts: &mut Vec<Fact>) {
    if context.target.os.ignores_case() {
        return;
    }
    for app in context.apps {
        app_files(context, app, facts);
        listed(context, app, facts);
    }
    if let (Some(app), Some(entry)) = (context.main, context.target.entry) {
        let path = join(context.dir, entry.replace('\\', "/").trim_start_matches("./"));
        facts.extend(differs(context, app, &path, "entry"));
    }
}

/// The files that the host looks for by the name of the dll.
fn app_files(context: &Context<'_>, app: &App, facts: &mut Vec<Fact>) {
    let bound = app.exe.as_ref().and_then(|exe| match &exe.apphost.as_ref()?.binding {
        Binding::Dll(dll) => Some(join(context.dir, &dll.replace('\\', "/"))),
        _ => None,
    });
    facts.extend(bound.and_then(|dll| differs(context, app, &dll, "apphost")));
    let Some(stem) = app.dll.as_ref().and_then(|dll| dll.path.strip_suffix(".dll")) else { return };
    for (ending, reason) in [(".runtimeconfig.json", "runtimeconfig"), (".deps.json", "deps")] {
        facts.extend(differs(context, app, &format!("{stem}{ending}"), reason));
    }
}

fn listed(context: &Context<'_>, app: &App, facts: &mut Vec<Fact>) {
    let (Some(file), Some(deps)) = (&app.deps, app.dependencies()) else { return };
    if app.kind.is_one_file() {
        return;
    }
    let found = used_assets(context, app, deps)
        .filter(|(_, asset, _)| asset.kind != AssetKind::Resources)
        .filter_map(|(_, asset, path)| Some((asset, differs(context, app, &path, "deps")?)));
    for (asset, mut fact) in found.take(MAX_NAMES) {
        fact.place = context.place(&file.path, asset.span);
        facts.push(fact.with("listed-in", &file.path));
    }
}

/// The fact that there is no file of that path, but one that differs from it in case only.
fn differs(context: &Context<'_>, app: &App, path: &str, reason: &str) -> Option<Fact> {
    let dir = path.rsplit_once('/').map_or("", |(dir, _)| dir);
    let file = context.index.file(path).filter(|f| f.path != path)?;
    if context.index.files_in(dir).binary_search_by(|f| f.path.as_str().cmp(path)).is_ok() {
        return None;
    }
    let (name, found) = (file_name(path), file_name(&file.path));
    let message = match name == found {
        true => format!("{path} is asked for, but the file is {}.", file.path),
        false => format!("{name} is asked for, but the file's name is {found}."),
    };
    let fact = Fact::new(FactId::NameCaseDiffers, &file.path, message).with("app", &app.name);
    Some(fact.with("name", path).with("found", &file.path).with("reason", reason))
}

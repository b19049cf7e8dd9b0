//! Published folders and .NET roots within a tree.

use std::collections::{BTreeMap, BTreeSet};

use falconer_dotnet::inventory::Inventory;
use falconer_dotnet::publish::{self, Fact as PublishFact, FactId, Published, Target};
use falconer_observation::{Channel, ChannelState, Fact, NoticeKind, Observation, Source};

use crate::collect::{Collection, field_name};
use crate::decode;
use crate::site::{Site, relative, sites};
use crate::started;
use crate::tree::{Entry, Tree};
use crate::tree_folder::{MAX_QUOTED, TreeFolder};

/// The published folders of a tree.
#[derive(Debug, Default)]
pub(crate) struct Roots {
    /// Their paths, each empty or ending with `/`.
    published: BTreeSet<String>,
    /// The tree holds a .NET root.
    dotnet: bool,
}

/// Finds the published folders: those with a runtimeconfig.json or deps.json of an app.
pub(crate) fn roots(entries: &[Entry]) -> Roots {
    let mut roots = Roots::default();
    for entry in entries {
        let (dir, file) = entry.path.rsplit_once('/').map_or(("", entry.path.as_str()), |(d, f)| (d, f));
        let lower = file.to_ascii_lowercase();
        if entry.path.starts_with("shared/Microsoft.NETCore.App/") || entry.path.starts_with("host/fxr/") {
            roots.dotnet = true;
        } else if lower.ends_with(".runtimeconfig.json") || lower.ends_with(".deps.json") {
            roots.published.insert(if dir.is_empty() { String::new() } else { format!("{dir}/") });
        }
    }
    if roots.dotnet {
        roots.published.retain(|dir| !dir.starts_with("shared/") && !dir.starts_with("sdk/"));
    }
    roots
}

impl Roots {
    /// Whether a file belongs to a published app, so that it is no evidence of its own: static files, data,
    /// the JSON files that the inspection of the folder reads.
    pub(crate) fn covers(&self, path: &str) -> bool {
        if self.dotnet
            && (path.starts_with("shared/") || path.starts_with("host/") || path.starts_with("sdk/"))
        {
            return true;
        }
        let lower = path.to_ascii_lowercase();
        let file = lower.rsplit('/').next().unwrap_or(&lower);
        let evidence = file == "web.config"
            || file.ends_with(".log")
            || file.ends_with(".evtx")
            || file.starts_with("stdout")
            || file.starts_with("eventlog")
            || lower.contains("/logs/")
            || lower.starts_with("logs/")
            || lower.contains("logfiles/");
        let within = self.published.iter().any(|root| path.starts_with(root.as_str()));
        let directly =
            self.published.iter().any(|r| path.strip_prefix(r.as_str()).is_some_and(|p| !p.contains('/')));
        let known = file.ends_with(".txt")
            || file.ends_with(".htm")
            || file.ends_with(".html")
            || file.ends_with(".zip");
        within && !evidence && !(directly && known)
    }
}

/// Inspects the published folders and the .NET root of a tree.
pub(crate) fn inspect(collection: &mut Collection, prefix: &str, tree: &dyn Tree, roots: &Roots) {
    let folder = TreeFolder::new(tree);
    if roots.dotnet {
        let inventory = Inventory::of_root(folder.files.iter().map(|f| f.path.as_str()));
        let mut text = String::new();
        for runtime in &inventory.runtimes {
            text.push_str(&format!(
                "{} {} [{prefix}shared/{}]\n",
                runtime.name, runtime.version, runtime.name
            ));
        }
        collection.input(prefix, ".NET root", 0);
        collection.observation(Observation::new(Channel::Runtimes, Source::file(prefix), text));
    }
    apps(collection, prefix, &folder, &sites(&folder), &Target::IIS, |dir| roots.published.contains(dir));
    if roots.published.is_empty() {
        app_offline(collection, prefix, &folder);
    }
}

/// Inspects the apps of a tree for a target.
pub(crate) fn inspect_for(collection: &mut Collection, prefix: &str, tree: &dyn Tree, target: &Target<'_>) {
    let folder = TreeFolder::new(tree);
    let sites = sites(&folder);
    let inspected = apps(collection, prefix, &folder, &sites, target, |_| true);
    if inspected.is_empty() {
        app_offline(collection, prefix, &folder);
    }
    for (dir, site) in sites.iter().filter(|(dir, _)| !inspected.contains(*dir)) {
        started::without_app(collection, prefix, &folder, dir, site);
    }
}

/// Inspects the apps of the wanted folders; says which folders hold apps.
fn apps(
    collection: &mut Collection,
    prefix: &str,
    folder: &TreeFolder<'_>,
    sites: &BTreeMap<String, Site>,
    target: &Target<'_>,
    wanted: impl Fn(&str) -> bool,
) -> BTreeSet<String> {
    let inspected = publish::inspect_each(folder, |dir| {
        let Some(site) = sites.get(dir) else { return *target };
        Target { entry: site.entry.as_deref(), pool: site.process(target.pool), ..*target }
    });
    let mut inspected_dirs = BTreeSet::new();
    for published in inspected {
        let root = dir_of(&published);
        if wanted(&root) {
            report(collection, prefix, folder, &root, &published, sites.get(&published.dir));
        }
        inspected_dirs.insert(published.dir);
    }
    for (dir, site) in sites.iter().filter(|(dir, _)| !inspected_dirs.contains(*dir)) {
        started::full_framework(collection, prefix, folder, dir, site);
    }
    inspected_dirs
}

fn dir_of(published: &Published) -> String {
    if published.dir.is_empty() { String::new() } else { format!("{}/", published.dir.trim_end_matches('/')) }
}

/// app_offline.htm beside a web.config of a folder that holds no app any more.
fn app_offline(collection: &mut Collection, prefix: &str, folder: &TreeFolder<'_>) {
    for file in &folder.files {
        if file.path.rsplit('/').next().is_some_and(|n| n.eq_ignore_ascii_case("app_offline.htm")) {
            let note = "app_offline.htm is there: the module answers 503 and does not start the app";
            let number = note_file(collection, &format!("{prefix}{}", file.path), note);
            collection.fact(Fact {
                id: "folder.app-offline-present".to_owned(),
                fields: [("path".to_owned(), file.path.clone())].into(),
                observation: number,
                span: None,
                note: note.to_owned(),
            });
        }
    }
}

fn report(
    collection: &mut Collection,
    prefix: &str,
    folder: &TreeFolder<'_>,
    root: &str,
    published: &Published,
    site: Option<&Site>,
) {
    let files = folder.files.iter().filter(|f| f.path.starts_with(root)).count();
    collection.input(&format!("{prefix}{root}"), &format!("published folder ({files} files)"), 0);
    collection.evidence.note_channel(Channel::Folder, ChannelState::Present);
    if let Some(config) = published.main_app().and_then(|app| app.runtimeconfig.as_ref()) {
        quote(collection, prefix, folder, &config.path);
    }
    architecture(collection, prefix, folder, published);
    for fact in &published.facts {
        publish_fact(collection, prefix, folder, fact);
        if fact.id == FactId::AppKind
            && let Some(stated) = collection.evidence.facts.last_mut()
            && let Some(app) = published.apps.iter().find(|app| fact.field("app") == Some(&app.name))
        {
            for (name, program) in [("dll", &app.dll), ("exe", &app.exe)] {
                let path = program.iter().map(|program| (name.to_owned(), program.path.clone()));
                stated.fields.extend(path);
            }
        }
    }
    unreadable(collection, prefix, published);
    if let Some(site) = site {
        started::targets(collection, prefix, folder, root, published, site);
        if let Some(stem) = &site.stdout {
            log_state(collection, folder, Channel::Stdout, root, stem);
        }
        if let Some(file) = &site.debug_log {
            log_state(collection, folder, Channel::DebugLog, root, file);
        }
    }
}

/// More files that could not be read are only counted.
const MAX_UNREADABLE: usize = 20;

fn unreadable(collection: &mut Collection, prefix: &str, published: &Published) {
    let mut files = published.facts.iter().filter(|fact| fact.id == FactId::FileUnreadable);
    for fact in files.by_ref().take(MAX_UNREADABLE) {
        let reason = fact.field("reason").unwrap_or_default();
        let file = format!("{prefix}{}", fact.path);
        collection.notice(&file, NoticeKind::Unreadable, format!("could not be read: {reason}"));
    }
    let more = files.count();
    if more > 0 {
        let folder = format!("{prefix}{}", dir_of(published));
        collection.notice(&folder, NoticeKind::Unreadable, format!("{more} more files could not be read"));
    }
}

/// The architecture of what the module loads into its process: of the runtime that the app carries, or else of its
/// dll. An executable of another architecture does not matter in-process.
fn architecture(collection: &mut Collection, prefix: &str, folder: &TreeFolder<'_>, published: &Published) {
    let Some(app) = published.main_app() else { return };
    let arch = match app.kind.is_self_contained() {
        true => app.arch().map(|(arch, _)| arch),
        false => app.dll.as_ref().and_then(|dll| dll.image.arch()),
    };
    let (Some(arch), Some(config)) = (arch, &app.runtimeconfig) else { return };
    let number = quote(collection, prefix, folder, &config.path);
    collection.fact(Fact {
        id: "folder.architecture".to_owned(),
        fields: [("architecture".to_owned(), arch.to_string()), ("app".to_owned(), app.name.clone())].into(),
        observation: number,
        span: None,
        note: format!("{} is for {arch}", app.name),
    });
}

/// The file as an observation that facts can point into; the one that is there already, if it is.
fn quote(collection: &mut Collection, prefix: &str, folder: &TreeFolder<'_>, path: &str) -> usize {
    let name = format!("{prefix}{path}");
    let known = collection
        .evidence
        .observations
        .iter()
        .position(|o| o.source.file == name && o.channel == Channel::Folder && o.source.line == Some(1));
    known.unwrap_or_else(|| {
        let bytes = folder.read(path, MAX_QUOTED).unwrap_or_default();
        let text = decode::decode(&bytes).into_owned();
        collection.observation(Observation::new(Channel::Folder, Source::file(name).at_line(1), text))
    })
}

/// A file that is only named, with what is to be said of it.
fn note_file(collection: &mut Collection, name: &str, text: &str) -> usize {
    collection.observation(Observation::new(Channel::Folder, Source::file(name), text))
}

fn publish_fact(collection: &mut Collection, prefix: &str, folder: &TreeFolder<'_>, fact: &PublishFact) {
    let (number, span) = match &fact.place {
        Some((span, _)) => {
            let file = fact.field("listed-in").unwrap_or(&fact.path);
            (quote(collection, prefix, folder, file), Some(to_range(span.start, span.end)))
        }
        None => (note_file(collection, &format!("{prefix}{}", fact.path), &fact.message), None),
    };
    let mut fields: BTreeMap<String, String> =
        fact.fields.iter().map(|(name, value)| (field_name(name), value.clone())).collect();
    fields.entry("path".to_owned()).or_insert_with(|| fact.path.clone());
    collection.fact(Fact {
        id: format!("folder.{}", fact.id.name()),
        fields,
        observation: number,
        span,
        note: fact.message.clone(),
    });
}

fn to_range(start: u32, end: u32) -> std::ops::Range<usize> {
    usize::try_from(start).unwrap_or(0)..usize::try_from(end).unwrap_or(0)
}

/// A log that is switched on and not there, or empty, is evidence. `stem` is its path, or what its path begins with.
fn log_state(collection: &mut Collection, folder: &TreeFolder<'_>, channel: Channel, root: &str, stem: &str) {
    if stem.contains([':', '%']) || stem.starts_with("\\\\") {
        return;
    }
    let stem = format!("{root}{}", relative(stem)).to_lowercase();
    let logs: Vec<u64> =
        folder.files.iter().filter(|f| f.path.to_lowercase().starts_with(&stem)).map(|f| f.size).collect();
    if logs.is_empty() {
        collection.evidence.note_channel(channel, ChannelState::Nothing);
    } else if logs.iter().all(|size| *size == 0) {
        collection.evidence.note_channel(channel, ChannelState::Empty);
    }
}

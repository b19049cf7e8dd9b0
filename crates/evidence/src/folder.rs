//! Published folders and .NET roots within a tree.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use falconer_dotnet::image::Source as ByteSource;
use falconer_dotnet::inventory::Inventory;
use falconer_dotnet::platform::Arch;
use falconer_dotnet::publish::{
    self, App, Fact as PublishFact, FactId, FileEntry, Folder, Published, Target,
};
use falconer_dotnet::tfm::TargetFramework;
use falconer_iis_config::{AspNetCore, HostingModel, WebConfig};
use falconer_observation::{Channel, ChannelState, Fact, Observation, Source};

use crate::collect::{Collection, field_name};
use crate::decode;
use crate::tree::{Entry, Tree};

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

/// A tree as the inspection of published folders wants it.
struct TreeFolder<'t> {
    tree: &'t dyn Tree,
    files: Vec<FileEntry>,
}

impl<'t> TreeFolder<'t> {
    fn new(tree: &'t dyn Tree) -> Self {
        let files = tree.entries().iter().map(|e| FileEntry { path: e.path.clone(), size: e.size }).collect();
        TreeFolder { tree, files }
    }

    fn read(&self, path: &str, max: usize) -> Option<Vec<u8>> {
        let mut source = self.open(path).ok()?;
        read_source(&mut *source, max).ok().map(|(bytes, _)| bytes)
    }
}

impl Folder for TreeFolder<'_> {
    fn files(&self) -> &[FileEntry] {
        &self.files
    }

    fn open<'f>(&'f self, path: &str) -> io::Result<Box<dyn ByteSource + 'f>> {
        let found = self.tree.entries().binary_search_by(|e| e.path.as_str().cmp(path));
        self.tree.source(found.map_err(|_| io::ErrorKind::NotFound)?)
    }
}

/// So much of a configuration or JSON file of a folder is quoted from.
const MAX_QUOTED: usize = 1 << 20;

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
    if roots.published.is_empty() {
        app_offline(collection, prefix, &folder);
        return;
    }
    apps(collection, prefix, &folder, &Target::IIS, |dir| roots.published.contains(dir));
}

/// Inspects the apps of a tree for a target.
pub(crate) fn inspect_for(collection: &mut Collection, prefix: &str, tree: &dyn Tree, target: &Target<'_>) {
    let folder = TreeFolder::new(tree);
    if apps(collection, prefix, &folder, target, |_| true) == 0 {
        app_offline(collection, prefix, &folder);
    }
}

/// Inspects the apps of the wanted folders; says how many folders those are.
fn apps(
    collection: &mut Collection,
    prefix: &str,
    folder: &TreeFolder<'_>,
    target: &Target<'_>,
    wanted: impl Fn(&str) -> bool,
) -> usize {
    let sites = sites(folder);
    let inspected = publish::inspect_each(folder, |dir| {
        let Some(site) = sites.get(dir) else { return *target };
        Target { entry: site.entry.as_deref(), pool: site.process(target.pool), ..*target }
    });
    let mut count = 0;
    for published in inspected {
        let root = dir_of(&published);
        if wanted(&root) {
            report(collection, prefix, folder, &root, &published, sites.get(&published.dir));
            count += 1;
        }
    }
    count
}

/// What the web.config of each folder makes the module start.
fn sites(folder: &TreeFolder<'_>) -> BTreeMap<String, Site> {
    let dir = |path: &str| path.rsplit_once('/').map_or(String::new(), |(dir, _)| dir.to_owned());
    let configs = folder
        .files
        .iter()
        .filter(|f| f.path.rsplit('/').next().is_some_and(|name| name.eq_ignore_ascii_case("web.config")));
    configs.filter_map(|f| Some((dir(&f.path), Site::read(folder, &f.path)?))).collect()
}

/// The content of a source up to `max` bytes, and whether that is all.
pub(crate) fn read_source(source: &mut dyn ByteSource, max: usize) -> io::Result<(Vec<u8>, bool)> {
    let size = usize::try_from(source.size()).unwrap_or(usize::MAX);
    let mut bytes = vec![0; size.min(max)];
    let count = source.read_at(0, &mut bytes)?;
    bytes.truncate(count);
    Ok((bytes, size <= max))
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

/// What web.config makes the module start.
struct Site {
    path: String,
    process_path: Option<String>,
    arguments: Option<String>,
    in_process: bool,
    stdout: Option<String>,
    /// Where the module's debug log goes, when it goes to a file.
    debug_log: Option<String>,
    /// The dll or executable, relative to the folder.
    entry: Option<String>,
}

impl Site {
    fn read(folder: &TreeFolder<'_>, path: &str) -> Option<Site> {
        let bytes = folder.read(path, MAX_QUOTED)?;
        let config = WebConfig::excerpt(&decode::decode(&bytes));
        let elements = config.asp_net_core();
        let element = elements.first()?;
        let text = |name: &str| element.text(name).map(str::to_owned);
        let process_path = text("processPath");
        let arguments = text("arguments");
        let is_dotnet = process_path.as_deref().is_some_and(is_dotnet);
        let entry =
            if is_dotnet { arguments.as_deref().and_then(first_argument) } else { process_path.clone() };
        Some(Site {
            path: path.to_owned(),
            in_process: matches!(element.hosting_model(), HostingModel::InProcess),
            stdout: element.flag("stdoutLogEnabled").filter(|on| *on).and_then(|_| text("stdoutLogFile")),
            debug_log: debug_log(element),
            entry: entry.as_deref().map(relative),
            process_path,
            arguments,
        })
    }

    /// The architecture of the process that the app runs in, as far as that of the worker process says it.
    fn process(&self, pool: Option<Arch>) -> Option<Arch> {
        if self.in_process {
            return pool;
        }
        // Out-of-process the module starts an executable, whatever its architecture, or the dotnet of the PATH, which
        // on 64-bit Windows is the 64-bit one unless the other was put first.
        let is_dotnet =
            self.process_path.as_deref().is_some_and(|path| is_dotnet(path) && !path.contains(['/', '\\']));
        pool.filter(|pool| is_dotnet && pool.is_64_bit())
    }
}

/// The process is the muxer.
fn is_dotnet(process_path: &str) -> bool {
    let name = process_path.rsplit(['/', '\\']).next().unwrap_or(process_path);
    name.eq_ignore_ascii_case("dotnet") || name.eq_ignore_ascii_case("dotnet.exe")
}

/// The file of the module's debug log, with the module's own name for a missing one (debugutil.cpp).
fn debug_log(element: &AspNetCore<'_>) -> Option<String> {
    let level = element.setting("debugLevel")?;
    let to_file = level.split(',').any(|part| part.to_ascii_lowercase().starts_with("file"));
    let file = element.setting("debugFile").filter(|file| !file.is_empty()).unwrap_or("aspnetcore-debug.log");
    to_file.then(|| file.to_owned())
}

/// The first argument, without its quotes.
fn first_argument(arguments: &str) -> Option<String> {
    let arguments = arguments.trim_start();
    let first = match arguments.strip_prefix('"') {
        Some(rest) => rest.split('"').next(),
        None => arguments.split_whitespace().next(),
    };
    let first = first.filter(|f| !f.is_empty())?;
    if first.eq_ignore_ascii_case("exec") {
        return first_argument(arguments.get(4..)?);
    }
    Some(first.to_owned())
}

fn relative(path: &str) -> String {
    path.replace('\\', "/").trim_start_matches("./").to_owned()
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
    if let Some(site) = site {
        targets(collection, prefix, folder, root, published, site);
        if let Some(stem) = &site.stdout {
            log_state(collection, folder, Channel::Stdout, root, stem);
        }
        if let Some(file) = &site.debug_log {
            log_state(collection, folder, Channel::DebugLog, root, file);
        }
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
    let mut fields: std::collections::BTreeMap<String, String> =
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

/// The first target framework with an in-process handler (Microsoft Learn: In-process hosting with IIS).
const FIRST_IN_PROCESS: TargetFramework = TargetFramework { major: 2, minor: 2 };

/// A managed executable that is the app itself: .NET Core's are apphosts beside a dll.
fn is_full_framework(app: &App) -> bool {
    app.runtimeconfig.is_none() && app.exe.as_ref().is_some_and(|exe| exe.image.is_managed())
}

/// Holds what web.config starts against the files that are there.
fn targets(
    collection: &mut Collection,
    prefix: &str,
    folder: &TreeFolder<'_>,
    root: &str,
    published: &Published,
    site: &Site,
) {
    let is_there = |path: &str| {
        let path = format!("{root}{path}").to_lowercase();
        folder.files.iter().any(|f| f.path.to_lowercase() == path)
    };
    let mut missing = |id: &str, path: &str, note: String| {
        let name = format!("{prefix}{}", site.path);
        let number = collection.evidence.observations.iter().position(|o| o.source.file == name);
        let number = number.unwrap_or_else(|| note_file(collection, &name, &note));
        let text = collection.evidence.observations.get(number).map_or("", |o| o.text.as_str());
        let span = text.find(path).map(|at| at..at + path.len());
        collection.fact(Fact {
            id: format!("join.{id}"),
            fields: [("path".to_owned(), path.to_owned())].into(),
            observation: number,
            span,
            note,
        });
    };
    let local = |path: &str| !path.contains(':') && !path.contains('%') && !path.starts_with("//");
    if let Some(entry) = site.entry.as_deref().filter(|e| local(e) && !is_there(e)) {
        let from_arguments = site.arguments.as_deref().is_some_and(|a| relative(a).contains(entry));
        if from_arguments {
            let shown =
                site.arguments.as_deref().and_then(first_argument).unwrap_or_else(|| entry.to_owned());
            missing("arguments-target-missing", &shown, format!("there is no {entry} in the folder"));
        } else if !is_there(&format!("{entry}.exe")) {
            let shown = site.process_path.clone().unwrap_or_else(|| entry.to_owned());
            missing("process-path-target-missing", &shown, format!("there is no {entry} in the folder"));
        }
    }
    let shown = site.process_path.clone().unwrap_or_default();
    let Some(app) = published.main_app().filter(|_| site.in_process) else { return };
    if app.kind.is_one_file() {
        missing("single-file-in-process", &shown, "a single-file app cannot be hosted in-process".to_owned());
    } else if is_full_framework(app) {
        let note = format!("{} is for .NET Framework, which cannot be hosted in-process", app.name);
        missing("full-framework-in-process", &shown, note);
    } else if let Some(target) = app.target_framework().filter(|target| *target < FIRST_IN_PROCESS) {
        let note = format!("{} is for {target}; in-process hosting begins with {FIRST_IN_PROCESS}", app.name);
        missing("target-too-old-for-in-process", &shown, note);
    }
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

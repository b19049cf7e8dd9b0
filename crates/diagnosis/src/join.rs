//! Joins evidence of several kinds: what is asked for against what is there.
//!
//! Each join makes a fact that the catalogue's rules name like any other.

use std::collections::BTreeMap;

use falconer_dotnet::inventory::{Form, Inventory};
use falconer_dotnet::resolution::{Env, Installed, Request, ResolveError, resolve};
use falconer_dotnet::runtimeconfig::RuntimeConfig;
use falconer_iis_config::{ConfigFact, Host, HostConfig, HostingModel, Level, WebConfig, inherited_findings};
use falconer_observation::{Channel, Evidence, Fact, Observation};

use crate::placement;
use crate::sighting::{Sighting, SightingKind};

/// The facts that follow from two pieces of evidence together.
pub(crate) fn join(evidence: &Evidence) -> Vec<Sighting> {
    let mut found = frameworks(evidence);
    found.extend(inherited(evidence));
    found.extend(shared_pools(evidence));
    found.extend(placement::find(evidence));
    found.extend(webdav(evidence));
    found.extend(request_limits(evidence));
    found
}

/// The same as facts, for who wants to know them without a diagnosis.
pub fn joined(evidence: &Evidence) -> Vec<Fact> {
    let fact = |found: Sighting| match found.kind {
        SightingKind::Fact(id) => Some(Fact {
            id,
            fields: found.fields,
            observation: found.observation,
            span: (!found.span.is_empty()).then_some(found.span),
            note: found.note.unwrap_or_default(),
        }),
        _ => None,
    };
    join(evidence).into_iter().filter_map(fact).collect()
}

pub(crate) fn of_channel(
    evidence: &Evidence,
    channel: Channel,
) -> impl Iterator<Item = (usize, &Observation)> {
    evidence.observations.iter().enumerate().filter(move |(_, o)| o.channel == channel)
}

pub(crate) fn sighting(
    id: &str,
    observation: usize,
    span: std::ops::Range<usize>,
    note: String,
    fields: impl IntoIterator<Item = (&'static str, String)>,
) -> Sighting {
    Sighting {
        kind: SightingKind::Fact(format!("join.{id}")),
        fields: fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        observation,
        span,
        weight: 24,
        note: Some(note),
    }
}

/// The frameworks that a runtimeconfig.json asks for, against the runtimes that are installed.
fn frameworks(evidence: &Evidence) -> Vec<Sighting> {
    let inventories: Vec<Inventory> = of_channel(evidence, Channel::Runtimes)
        .filter_map(|(_, o)| Inventory::parse(&o.text))
        .filter(|i| i.lists_runtimes && i.form != Form::Found && !i.runtimes.is_empty())
        .collect();
    let [inventory] = inventories.as_slice() else {
        // None, or several machines: nothing can be said for sure.
        return Vec::new();
    };
    let mut found = Vec::new();
    for (number, observation) in of_channel(evidence, Channel::Folder) {
        if !observation.text.contains("runtimeOptions") || is_helper(evidence, number) {
            continue;
        }
        let Ok(config) = RuntimeConfig::parse(observation.text.as_bytes()) else {
            continue;
        };
        let installed = Installed::of_inventory(inventory, inventory.arch);
        let Err(error) = resolve(&Request::of(&config), &installed, &environment(evidence, observation))
        else {
            continue;
        };
        found.push(unresolved(number, &config, *error));
    }
    found
}

/// The file is of an app that lies beside the web application, and that nobody hosts.
fn is_helper(evidence: &Evidence, number: usize) -> bool {
    let folder = |number: usize| folder_of(&evidence.observations.get(number)?.source.file);
    let is_main = |fact: &Fact| fact.fields.get("main").is_some_and(|main| main == "yes");
    let mut kinds = evidence.facts.iter().filter(|fact| fact.id == "folder.app-kind");
    kinds.clone().any(|fact| fact.observation == number && !is_main(fact))
        && kinds.any(|fact| is_main(fact) && folder(fact.observation) == folder(number))
}

/// Why hostfxr refuses the frameworks, at the reference that it is about.
fn unresolved(number: usize, config: &RuntimeConfig, error: ResolveError) -> Sighting {
    let place = |name: &str| {
        config.framework(name).map_or(0..0, |f| {
            let span = f.span();
            usize::try_from(span.start).unwrap_or(0)..usize::try_from(span.end).unwrap_or(0)
        })
    };
    let note = error.to_string();
    match error {
        ResolveError::Missing { asked, found, other_architectures, .. } => {
            let list: Vec<String> = found.iter().map(|v| v.version.to_string()).collect();
            let list = if list.is_empty() { "none".to_owned() } else { list.join(", ") };
            let id = match other_architectures.as_slice() {
                [] => "framework-not-installed",
                _ => "framework-other-architecture",
            };
            let note = format!("asked for here; installed: {list}");
            let span = place(&asked.name);
            let fields = [("framework", asked.name), ("version", asked.version), ("found", list)];
            sighting(id, number, span, note, fields)
        }
        ResolveError::Incompatible { lower, higher } => {
            let span = place(&lower.name);
            let fields = [
                ("framework", lower.name),
                ("version", lower.version),
                ("range", lower.range.to_string()),
                ("other", higher),
            ];
            sighting("framework-references-conflict", number, span, note, fields)
        }
        ResolveError::UnknownRollForward { value, .. } => {
            sighting("roll-forward-unknown", number, 0..0, note, [("value", value)])
        }
        ResolveError::InvalidFrameworkConfig { name, version, .. } => {
            let fields = [("framework", name), ("version", version.to_string())];
            sighting("framework-config-invalid", number, 0..0, note, fields)
        }
        ResolveError::Endless => sighting("framework-references-conflict", number, 0..0, note, []),
    }
}

/// What the web.config beside a file sets for the host's resolution.
fn environment(evidence: &Evidence, beside: &Observation) -> Env {
    let mut env = Env::default();
    let folder = folder_of(&beside.source.file);
    for fact in evidence.facts.iter().filter(|f| f.id == "web-config.environment-variable") {
        let file = evidence.observations.get(fact.observation).map(|o| folder_of(&o.source.file));
        if file == Some(folder.clone())
            && let (Some(name), Some(value)) = (fact.fields.get("name"), fact.fields.get("value"))
        {
            env.set(name, value);
        }
    }
    env
}

/// What IIS lets through where nothing is set (Microsoft Learn: Request Limits).
const IIS_REQUEST_LIMIT: u64 = 30_000_000;

/// The app takes larger requests than IIS lets through to it.
fn request_limits(evidence: &Evidence) -> Vec<Sighting> {
    let folder =
        |fact: &Fact| evidence.observations.get(fact.observation).and_then(|o| folder_of(&o.source.file));
    let bytes = |fact: &Fact| fact.fields.get("bytes").and_then(|bytes| bytes.parse::<u64>().ok());
    let of = |id: &'static str| evidence.facts.iter().filter(move |fact| fact.id == id);
    let mut found = Vec::new();
    for app in of("folder.app-request-limit") {
        let place = folder(app);
        let beside = |id| of(id).find(|fact| folder(fact) == place);
        let Some(limit) = bytes(app).filter(|_| beside("web-config.aspnetcore").is_some()) else { continue };
        let given = beside("web-config.request-limit").and_then(bytes);
        let iis = given.unwrap_or(IIS_REQUEST_LIMIT);
        if limit > iis {
            let by = if given.is_some() { "web.config sets" } else { "IIS sets by default" };
            let note = format!("the app takes {limit} bytes, and {by} a limit of {iis}");
            let fields = [("app-limit", limit.to_string()), ("iis-limit", iis.to_string())];
            let span = app.span.clone().unwrap_or_default();
            found.push(sighting("request-limit-below-app", app.observation, span, note, fields));
        }
    }
    found
}

/// WebDAV is installed on the server, and a web.config leaves it to answer PUT and DELETE.
fn webdav(evidence: &Evidence) -> Vec<Sighting> {
    let installed = of_channel(evidence, Channel::AppHostConfig).any(|(_, o)| {
        let host = HostConfig::excerpt(&o.text);
        host.global_modules().iter().any(|module| module.name.eq_ignore_ascii_case("WebDAVModule"))
    });
    let left = evidence.facts.iter().filter(|fact| installed && fact.id == "web-config.webdav-not-removed");
    left.map(|fact| {
        let note = "WebDAV is installed on the server, and answers PUT and DELETE itself".to_owned();
        let span = fact.span.clone().unwrap_or_default();
        sighting("webdav-installed-and-not-removed", fact.observation, span, note, [])
    })
    .collect()
}

/// A web.config below another one: what it inherits and what is locked.
fn inherited(evidence: &Evidence) -> Vec<Sighting> {
    let files: Vec<(usize, String, WebConfig)> = of_channel(evidence, Channel::WebConfig)
        .filter_map(|(number, o)| Some((number, folder_of(&o.source.file)?, WebConfig::excerpt(&o.text))))
        .filter(|(.., config)| config.is_complete())
        .collect();
    let host = of_channel(evidence, Channel::AppHostConfig).next().map(|(_, o)| HostConfig::excerpt(&o.text));
    let site = host.as_ref().and_then(|h| h.sites().first().map(|s| s.name.to_owned()));
    let above = match (&host, &site) {
        (Some(config), Some(site)) => Host::Given { config, site },
        _ => Host::Default,
    };
    let mut found = Vec::new();
    for (number, folder, config) in &files {
        let parent = files.iter().filter(|(n, f, _)| n != number && folder.starts_with(f.as_str()));
        let parent = parent.max_by_key(|(_, f, _)| f.len());
        let levels = match parent {
            Some((_, parent_folder, parent)) => {
                let path = folder[parent_folder.len()..].trim_matches('/');
                vec![Level::root(parent), Level::application(config, path)]
            }
            None if host.is_some() => vec![Level::root(config)],
            None => continue,
        };
        for (level, fact) in inherited_findings(&levels, above) {
            if level == levels.len() {
                found.extend(of_level(*number, fact, level, parent.is_some(), host.is_some()));
            }
        }
    }
    found
}

/// What a file does against the files above it. What it doubles within itself is a fact of the file alone.
fn of_level(
    number: usize,
    fact: ConfigFact,
    level: usize,
    has_parent: bool,
    has_host: bool,
) -> Option<Sighting> {
    let span = fact.span.start..fact.span.end;
    let within = fact.field("first_level").is_some_and(|first| first == level.to_string());
    let of_module = fact.message.contains("aspNetCore");
    let section = fact.field("section").unwrap_or_default().to_owned();
    match fact.id {
        _ if within => None,
        "duplicate-collection-entry" if of_module && has_parent => {
            Some(sighting("sub-application-handlers", number, span, fact.message, []))
        }
        "section-locked-above" if has_host => {
            Some(sighting("locked-section-used", number, span, fact.message, [("section", section)]))
        }
        // Without the server's own file it is a guess, which the facts of the file alone make, too; unless a file
        // between them says so.
        _ if !has_host && fact.field("by_level").is_none_or(|by| by == "0") => None,
        id => {
            let mut told = sighting("", number, span, fact.message, []);
            // Fields of facts are in kebab case, whatever a reader calls them.
            told.fields = fact.fields.into_iter().map(|(n, value)| (n.replace('_', "-"), value)).collect();
            told.kind = SightingKind::Fact(format!("web-config.{id}"));
            Some(told)
        }
    }
}

/// The folder of a file, ending with `/`; `None` for texts that are no files.
pub(crate) fn folder_of(file: &str) -> Option<String> {
    let file = file.replace('\\', "/");
    file.rfind('/').map(|at| file[..=at].to_owned())
}

/// Applications of one pool, each with the hosting model of its own web.config.
fn shared_pools(evidence: &Evidence) -> Vec<Sighting> {
    let Some((number, observation)) = of_channel(evidence, Channel::AppHostConfig).next() else {
        return Vec::new();
    };
    let host = HostConfig::excerpt(&observation.text);
    let models: Vec<(String, HostingModel)> = of_channel(evidence, Channel::WebConfig)
        .filter_map(|(_, o)| {
            let model = WebConfig::excerpt(&o.text).asp_net_core().first()?.hosting_model();
            Some((folder_of(&o.source.file)?.trim_end_matches('/').to_lowercase(), model))
        })
        .collect();
    let mut pools: BTreeMap<&str, Vec<(String, HostingModel)>> = BTreeMap::new();
    for site in host.sites() {
        for application in &site.applications {
            let root = application.virtual_directories.iter().find(|d| d.path == "/");
            let Some(folder) = root.map(|d| d.physical_path.replace('\\', "/").to_lowercase()) else {
                continue;
            };
            let name = folder.rsplit('/').next().unwrap_or(&folder);
            let model = models.iter().find(|(path, _)| path.rsplit('/').next() == Some(name));
            if let Some((_, model)) = model {
                pools
                    .entry(application.pool)
                    .or_default()
                    .push((format!("{}{}", site.name, application.path), model.clone()));
            }
        }
    }
    let mut found = Vec::new();
    for (pool, apps) in pools {
        let in_process = apps.iter().filter(|(_, m)| *m == HostingModel::InProcess).count();
        let names: Vec<&str> = apps.iter().map(|(name, _)| name.as_str()).collect();
        let fields = [("pool", pool.to_owned()), ("apps", names.join(", "))];
        let note = format!("{} share the pool {pool}", names.join(" and "));
        if in_process > 1 {
            found.push(sighting("two-in-process-apps", number, 0..0, note, fields));
        } else if in_process == 1 && apps.len() > 1 {
            found.push(sighting("mixed-hosting-models", number, 0..0, note, fields));
        }
    }
    found
}

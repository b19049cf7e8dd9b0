//! Holds what applicationHost.config says of an application against the folder that is its root.

use falconer_iis_config::{HostConfig, HostingModel, WebConfig};
use falconer_observation::{Channel, Evidence};

use crate::join::{folder_of, of_channel, sighting};
use crate::sighting::{Sighting, SightingKind};

/// An application as applicationHost.config has it.
struct Application {
    /// Site and path, for people.
    name: String,
    root: String,
    /// The last part of the root: by it a folder of the evidence is known.
    folder: String,
    /// Its pool runs 32-bit processes.
    bits32: Option<bool>,
}

/// A folder of the evidence with a web.config of the module.
struct Folder {
    /// Lower case, without the last `/`.
    path: String,
    in_process: bool,
}

pub(crate) fn find(evidence: &Evidence) -> Vec<Sighting> {
    let Some((number, observation)) = of_channel(evidence, Channel::AppHostConfig).next() else {
        return Vec::new();
    };
    let applications = applications(&HostConfig::excerpt(&observation.text));
    let folders: Vec<Folder> = of_channel(evidence, Channel::WebConfig)
        .filter_map(|(_, o)| {
            let config = WebConfig::excerpt(&o.text);
            let in_process = config.asp_net_core().first()?.hosting_model() == HostingModel::InProcess;
            let path = folder_of(&o.source.file)?.trim_end_matches('/').to_lowercase();
            Some(Folder { path, in_process })
        })
        .collect();
    let mut found = other_bitness(evidence, &applications, &folders);
    found.extend(app_below_root(number, &applications, &folders));
    found
}

fn applications(host: &HostConfig) -> Vec<Application> {
    let pools = host.pools();
    let mut all = Vec::new();
    for site in host.sites() {
        for application in &site.applications {
            let Some(root) = application.virtual_directories.iter().find(|d| d.path == "/") else {
                continue;
            };
            let folder = root.physical_path.trim_end_matches(['\\', '/']).to_lowercase();
            let pool = pools.iter().find(|p| p.name.eq_ignore_ascii_case(application.pool));
            all.push(Application {
                name: format!("{}{}", site.name, application.path.trim_end_matches('/')),
                root: root.physical_path.to_owned(),
                folder: folder.rsplit(['\\', '/']).next().unwrap_or_default().to_owned(),
                bits32: pool.map(|p| p.bits32),
            });
        }
    }
    all.retain(|a| !a.folder.is_empty());
    all
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// An app that the module loads into a worker process of the other bitness.
fn other_bitness(evidence: &Evidence, applications: &[Application], folders: &[Folder]) -> Vec<Sighting> {
    let mut found = Vec::new();
    for fact in evidence.facts.iter().filter(|f| f.id == "folder.architecture") {
        let file = evidence.observations.get(fact.observation).map_or("", |o| o.source.file.as_str());
        let Some(path) = folder_of(file).map(|f| f.trim_end_matches('/').to_lowercase()) else {
            continue;
        };
        let arch = fact.fields.get("architecture").map_or("", String::as_str);
        let in_process = folders.iter().any(|f| f.path == path && f.in_process);
        let bits32 = applications.iter().find(|a| a.folder == last(&path)).and_then(|a| a.bits32);
        let pool = match (arch, bits32) {
            ("x86", Some(false)) => "64 bit",
            ("x64" | "arm64", Some(true)) => "32 bit",
            _ => continue,
        };
        if in_process {
            let app = fact.fields.get("app").cloned().unwrap_or_default();
            let fields = [("app", app), ("architecture", arch.to_owned()), ("pool", pool.to_owned())];
            let note = format!("{}; its pool runs as {pool}", fact.note);
            let mut told = sighting("", fact.observation, 0..0, note, fields);
            told.kind = SightingKind::Fact("folder.architecture-differs-from-pool".to_owned());
            found.push(told);
        }
    }
    found
}

/// An app that lies in a folder below the root of its site.
fn app_below_root(number: usize, applications: &[Application], folders: &[Folder]) -> Vec<Sighting> {
    let is_root = |path: &str| applications.iter().any(|a| a.folder == last(path));
    let mut found = Vec::new();
    for application in applications {
        if folders.iter().any(|f| last(&f.path) == application.folder) {
            continue;
        }
        let below = folders.iter().filter(|f| !is_root(&f.path)).find_map(|f| {
            let mark = format!("{}/", application.folder);
            let starts = |(at, _): &(usize, &str)| *at == 0 || f.path[..*at].ends_with('/');
            let (at, _) = f.path.rmatch_indices(&mark).find(starts)?;
            f.path.get(at + mark.len()..)
        });
        if let Some(below) = below {
            let fields = [
                ("site", application.name.clone()),
                ("path", application.root.clone()),
                ("folder", below.to_owned()),
            ];
            let note = format!(
                "{} points to {}; the app lies in {below} below it",
                application.name, application.root
            );
            found.push(sighting("app-below-physical-path", number, 0..0, note, fields));
        }
    }
    found
}

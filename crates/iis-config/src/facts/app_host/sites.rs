//! Sites, their applications and folders.

use std::collections::BTreeMap;

use crate::facts::Sink;
use crate::facts::definitions::{self as d};
use crate::{Application, HostConfig, Pool, Site, Span};

pub(super) fn find(sink: &mut Sink<'_>, host: &HostConfig) {
    let sites = host.sites();
    for site in sites.iter().filter(|site| !site.auto_start) {
        let message = format!("the site {} is not started with IIS", site.name);
        sink.add(&d::SITE_NOT_STARTED, site.node.element().tag, &[("name", site.name)], message);
    }
    if sink.config.is_complete() {
        doubled(sink, &sites);
        for site in &sites {
            if sink.is_full() {
                return;
            }
            structure(sink, site);
        }
    }
    applications(sink, host, &sites);
}

/// Names and numbers of sites are unique.
fn doubled(sink: &mut Sink<'_>, sites: &[Site<'_>]) {
    let mut first: BTreeMap<(&str, String), Span> = BTreeMap::new();
    for site in sites {
        let span = site.node.element().tag;
        let id = site.id.map(|id| ("id", id.to_string()));
        for (key, value) in [("name", site.name.to_owned())].into_iter().chain(id) {
            let earlier = *first.entry((key, value.to_ascii_lowercase())).or_insert(span);
            if earlier != span {
                let line = sink.line(earlier).to_string();
                let message = format!("there is another site with the {key} {value} on line {line}");
                let fields = [("key", key), ("value", value.as_str()), ("first_line", line.as_str())];
                sink.add(&d::SITE_DUPLICATE, span, &fields, message);
            }
        }
    }
}

fn structure(sink: &mut Sink<'_>, site: &Site<'_>) {
    if !site.applications.iter().any(|app| app.path == "/") {
        let message = format!("the site {} has no application for /", site.name);
        sink.add(&d::ROOT_APPLICATION_MISSING, site.node.element().tag, &[("site", site.name)], message);
    }
    let mut first: BTreeMap<String, Span> = BTreeMap::new();
    for application in &site.applications {
        let (span, name) = (application.node.element().tag, format!("{}{}", site.name, application.path));
        let earlier = *first.entry(application.path.to_ascii_lowercase()).or_insert(span);
        if earlier != span {
            let line = sink.line(earlier).to_string();
            let message = format!("the application {name} stands already on line {line}");
            let fields = [("application", name.as_str()), ("first_line", line.as_str())];
            sink.add(&d::APPLICATION_DUPLICATE, span, &fields, message);
        }
        if !application.virtual_directories.iter().any(|directory| directory.path == "/") {
            let message = format!("the application {name} has no virtual directory for /");
            sink.add(&d::ROOT_DIRECTORY_MISSING, span, &[("application", name.as_str())], message);
        }
        folders(sink, application, &name);
    }
}

fn folders(sink: &mut Sink<'_>, application: &Application<'_>, name: &str) {
    for directory in &application.virtual_directories {
        let (span, path) = (directory.node.element().tag, directory.physical_path.trim());
        let fields = [("application", name), ("directory", directory.path), ("physical_path", path)];
        if path.is_empty() {
            let message = format!("the virtual directory {} of {name} has no physical path", directory.path);
            let fields = [("application", name), ("directory", directory.path)];
            sink.add(&d::PHYSICAL_PATH_MISSING, span, &fields, message);
        } else if path.starts_with(r"\\") && !path.starts_with(r"\\?\") {
            let message = format!("the folder of {name} is a share: {path}");
            sink.add(&d::PHYSICAL_PATH_SHARE, span, &fields, message);
        } else if !is_rooted(path) {
            let message = format!("the physical path of {name} is not absolute: {path}");
            sink.add(&d::PHYSICAL_PATH_RELATIVE, span, &fields, message);
        }
    }
}

/// A drive, a device path, or a variable that holds one.
fn is_rooted(path: &str) -> bool {
    let bytes = path.as_bytes();
    let drive = bytes.first().is_some_and(u8::is_ascii_alphabetic)
        && bytes.get(1) == Some(&b':')
        && matches!(bytes.get(2), Some(b'\\' | b'/'));
    drive || path.starts_with('%') || path.starts_with(r"\\?\")
}

/// Whether a worker process and the application in it are started before the first request.
fn started_early(
    sink: &mut Sink<'_>,
    site: &Site<'_>,
    application: &Application<'_>,
    pool: Option<&Pool<'_>>,
) {
    let Some(pool) = pool else { return };
    let always = pool.start_mode.eq_ignore_ascii_case("AlwaysRunning");
    let (fact, message) = match (always, application.preload) {
        (true, false) => (
            &d::ALWAYS_WITHOUT_PRELOAD,
            "is started with its first request, its worker process with the pool",
        ),
        (false, true) => {
            (&d::PRELOAD_WITHOUT_ALWAYS, "is preloaded, and its worker process waits for the first request")
        }
        _ => return,
    };
    let name = format!("{}{}", site.name, application.path);
    let fields = [("application", name.as_str()), ("pool", pool.name)];
    sink.add(fact, application.node.element().tag, &fields, format!("the application {name} {message}"));
}

/// Names of applications listed in one fact, at most.
const MOST_NAMES: usize = 20;

fn applications(sink: &mut Sink<'_>, host: &HostConfig, sites: &[Site<'_>]) {
    let all_pools = host.pools();
    let pools: BTreeMap<String, &Pool<'_>> =
        all_pools.iter().map(|pool| (pool.name.to_ascii_lowercase(), pool)).collect();
    let pool_at = |key: &str| pools.get(key).copied();
    let pools_known = !pools.is_empty() && sink.config.is_complete();
    let mut sharing: BTreeMap<String, Vec<(&Site<'_>, &Application<'_>)>> = BTreeMap::new();
    for (site, application) in
        sites.iter().flat_map(|site| site.applications.iter().map(move |app| (site, app)))
    {
        let key = application.pool.to_ascii_lowercase();
        if pools_known && !pools.contains_key(&key) {
            let (name, pool) = (format!("{}{}", site.name, application.path), application.pool);
            let message = format!("the application {name} runs in the pool {pool}, which does not exist");
            let fields = [("application", name.as_str()), ("pool", pool)];
            sink.add(&d::POOL_MISSING, application.node.element().tag, &fields, message);
        }
        started_early(sink, site, application, pool_at(&key));
        sharing.entry(key).or_default().push((site, application));
    }
    for applications in sharing.values().filter(|applications| applications.len() > 1) {
        let Some((_, last)) = applications.last() else { continue };
        let names: Vec<String> = applications
            .iter()
            .take(MOST_NAMES)
            .map(|(site, app)| format!("{}{}", site.name, app.path))
            .collect();
        let names = names.join(", ");
        let message = format!("the applications {names} share the pool {}", last.pool);
        let fields = [("pool", last.pool), ("applications", names.as_str())];
        sink.add(&d::POOL_SHARED, last.node.element().tag, &fields, message);
    }
}

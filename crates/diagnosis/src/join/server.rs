//! An app against what the server does beside it: pools that are shared, WebDAV, limits of requests.

use std::collections::BTreeMap;

use falconer_iis_config::schema::element_at;
use falconer_iis_config::{HostConfig, HostingModel, WebConfig};
use falconer_observation::{Channel, Evidence, Fact};

use super::{folder_of, of_channel, sighting};
use crate::sighting::Sighting;

/// Applications of one pool, each with the hosting model of its own web.config.
pub(super) fn shared_pools(evidence: &Evidence) -> Vec<Sighting> {
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

/// WebDAV is installed on the server, and a web.config leaves it to answer PUT and DELETE.
pub(super) fn webdav(evidence: &Evidence) -> Vec<Sighting> {
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

/// What IIS lets through where nothing is set, by its schema.
fn iis_request_limit() -> Option<u64> {
    let limits = element_at("system.webServer/security/requestFiltering/requestLimits")?;
    limits.attribute("maxAllowedContentLength")?.default?.parse().ok()
}

/// The app takes larger requests than IIS lets through to it.
pub(super) fn request_limits(evidence: &Evidence) -> Vec<Sighting> {
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
        let Some(iis) = given.or_else(iis_request_limit) else { continue };
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

/// The server has one of the two modules, and the handler of web.config names the other.
pub(super) fn handler_modules(evidence: &Evidence) -> Vec<Sighting> {
    const MODULES: [(&str, &str); 2] = [
        ("web-config.v1-module-handler", "AspNetCoreModule"),
        ("web-config.v2-module-handler", "AspNetCoreModuleV2"),
    ];
    let Some((_, observation)) = of_channel(evidence, Channel::AppHostConfig).next() else {
        return Vec::new();
    };
    let host = HostConfig::excerpt(&observation.text);
    let registered = host.global_modules();
    let has = |module: &str| registered.iter().any(|one| one.name.eq_ignore_ascii_case(module));
    let mut found = Vec::new();
    for (id, module) in MODULES.into_iter().filter(|(_, module)| !has(module)) {
        // Where neither is there, that is told of the server.
        let Some((_, other)) = MODULES.into_iter().find(|(_, other)| has(other)) else { continue };
        for fact in evidence.facts.iter().filter(|fact| fact.id == id) {
            let note = format!("the handler names {module}, and the server has {other} only");
            let fields = [("module", module.to_owned()), ("registered", other.to_owned())];
            let span = fact.span.clone().unwrap_or_default();
            found.push(sighting("handler-module-not-registered", fact.observation, span, note, fields));
        }
    }
    found
}

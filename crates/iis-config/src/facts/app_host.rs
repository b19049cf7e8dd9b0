//! Facts about applicationHost.config.

use std::collections::{BTreeMap, BTreeSet};

use super::asp_net_core::{V1_MODULE, V2_MODULE};
use super::definitions::{self as d};
use super::{ConfigFact, Sink, xml_facts};
use crate::{Action, Application, Form, HostConfig, OverrideMode, Site, Span};

/// Everything found in an applicationHost.config, in the order of the file; at most [`MAX_FACTS`](super::MAX_FACTS).
pub fn host_findings(host: &HostConfig) -> Vec<ConfigFact> {
    let config = host.config();
    let mut sink = Sink { config, fragment: config.form() == Form::Excerpt, facts: Vec::new() };
    xml_facts::find(&mut sink);
    section(&mut sink, host);
    modules(&mut sink, host);
    pools(&mut sink, host);
    sites(&mut sink, host);
    sink.facts.sort_by_key(|fact| fact.span.start);
    sink.facts
}

const SECTION: &str = "system.webServer/aspNetCore";
const TOP: Span = Span::new(0, 0);

fn section(sink: &mut Sink<'_>, host: &HostConfig) {
    match host.section_declaration(SECTION) {
        Some(declaration) if declaration.override_default == OverrideMode::Deny => {
            let message = "the section aspNetCore is declared with overrideModeDefault=\"Deny\"".to_owned();
            sink.add(&d::ASP_NET_CORE_SECTION_LOCKED, declaration.node.element().tag, &[], message);
        }
        None if sink.config.is_complete() && !host.section_declarations().is_empty() => {
            let message = "<configSections> does not declare aspNetCore: the Hosting Bundle is not installed"
                .to_owned();
            sink.add(&d::ASP_NET_CORE_SECTION_MISSING, TOP, &[], message);
        }
        _ => {}
    }
}

fn modules(sink: &mut Sink<'_>, host: &HostConfig) {
    let mut loaded = false;
    for module in host.global_modules().iter().filter(|module| [V1_MODULE, V2_MODULE].contains(&module.name))
    {
        loaded = true;
        let bitness = module.bitness().map_or("any".to_owned(), |bits| bits.to_string());
        let fields = [("name", module.name), ("image", module.image), ("bitness", bitness.as_str())];
        let message = format!("{} is loaded from {}", module.name, module.image);
        sink.add(&d::MODULE_REGISTERED, module.node.element().tag, &fields, message);
    }
    let has_list = |path: &str| !sink.config.elements(path).is_empty();
    if !sink.config.is_complete() || !has_list("system.webServer/globalModules") {
        return;
    }
    let named = |module: &crate::Item<'_>| {
        module.node.value("name").is_some_and(|n| [V1_MODULE, V2_MODULE].contains(&n))
    };
    let switched_on = host.modules().iter().any(|module| module.action == Action::Add && named(module));
    let missing = match (loaded, switched_on) {
        (true, true) => return,
        (false, _) => "globalModules",
        (true, false) if has_list("system.webServer/modules") => "modules",
        (true, false) => return,
    };
    let message = format!("no ASP.NET Core Module stands in <{missing}>");
    sink.add(&d::MODULE_NOT_REGISTERED, TOP, &[("missing", missing)], message);
}

fn pools(sink: &mut Sink<'_>, host: &HostConfig) {
    for pool in host.pools() {
        if sink.is_full() {
            return;
        }
        let (span, name) = (pool.node.element().tag, pool.name);
        let yes_no = |value: bool| if value { "true" } else { "false" };
        let fields = [
            ("name", name),
            ("bits32", yes_no(pool.bits32)),
            ("runtime", pool.managed_runtime),
            ("pipeline", pool.pipeline),
            ("auto_start", yes_no(pool.auto_start)),
            ("start_mode", pool.start_mode),
            ("identity", pool.identity.kind),
        ];
        sink.add(
            &d::POOL,
            span,
            &fields,
            format!("the application pool {name} runs as {}", pool.identity.kind),
        );
        if pool.bits32 {
            sink.add(
                &d::POOL_32_BIT,
                span,
                &[("name", name)],
                format!("the application pool {name} is 32-bit"),
            );
        }
        if !pool.auto_start {
            let message = format!("the application pool {name} is not started with IIS");
            sink.add(&d::POOL_NOT_STARTED, span, &[("name", name)], message);
        }
    }
}

fn sites(sink: &mut Sink<'_>, host: &HostConfig) {
    let sites = host.sites();
    for site in sites.iter().filter(|site| !site.auto_start) {
        let message = format!("the site {} is not started with IIS", site.name);
        sink.add(&d::SITE_NOT_STARTED, site.node.element().tag, &[("name", site.name)], message);
    }
    applications(sink, host, &sites);
    bindings(sink, &sites);
}

/// Names of applications listed in one fact, at most.
const MOST_NAMES: usize = 20;

fn applications(sink: &mut Sink<'_>, host: &HostConfig, sites: &[Site<'_>]) {
    let pools: BTreeSet<String> = host.pools().iter().map(|pool| pool.name.to_ascii_lowercase()).collect();
    let pools_known = !pools.is_empty() && sink.config.is_complete();
    let mut sharing: BTreeMap<String, Vec<(&Site<'_>, &Application<'_>)>> = BTreeMap::new();
    for (site, application) in
        sites.iter().flat_map(|site| site.applications.iter().map(move |app| (site, app)))
    {
        let key = application.pool.to_ascii_lowercase();
        if pools_known && !pools.contains(&key) {
            let (name, pool) = (format!("{}{}", site.name, application.path), application.pool);
            let message = format!("the application {name} runs in the pool {pool}, which does not exist");
            let fields = [("application", name.as_str()), ("pool", pool)];
            sink.add(&d::POOL_MISSING, application.node.element().tag, &fields, message);
        }
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

fn bindings(sink: &mut Sink<'_>, sites: &[Site<'_>]) {
    let mut bound: BTreeMap<String, &str> = BTreeMap::new();
    for (site, binding) in
        sites.iter().flat_map(|site| site.bindings.iter().map(move |binding| (site, binding)))
    {
        let shown = format!("{} {}", binding.protocol, binding.information);
        let first = *bound.entry(shown.to_ascii_lowercase()).or_insert(site.name);
        if first != site.name {
            let message = format!("the sites {first} and {} both listen on {shown}", site.name);
            let fields = [("binding", shown.as_str()), ("first_site", first), ("second_site", site.name)];
            sink.add(&d::BINDING_CLASH, site.node.element().tag, &fields, message);
        }
    }
}

//! The registration of the ASP.NET Core Module.

use super::{TOP, is_express};
use crate::facts::Sink;
use crate::facts::asp_net_core::{V1_MODULE, V2_MODULE};
use crate::facts::definitions::{self as d};
use crate::{Action, GlobalModule, HostConfig};

pub(super) fn find(sink: &mut Sink<'_>, host: &HostConfig) {
    registered(sink, host);
    let modules = ours(host);
    let named = |name: &str| modules.iter().find(|module| module.name == name);
    if let (Some(first), Some(_)) = (named(V1_MODULE), named(V2_MODULE)) {
        let message = format!("{V1_MODULE} and {V2_MODULE} are both registered");
        sink.add(&d::BOTH_MODULES_REGISTERED, first.node.element().tag, &[], message);
    }
    handlers(sink);
    images(sink, host, &modules);
    bitness(sink, host, &modules);
}

fn ours(host: &HostConfig) -> Vec<GlobalModule<'_>> {
    let mut modules = host.global_modules();
    modules.retain(|module| [V1_MODULE, V2_MODULE].contains(&module.name));
    modules
}

/// Handlers that the server adds under the name that the SDK writes into every web.config.
fn handlers(sink: &mut Sink<'_>) {
    let config = sink.config;
    for item in config.handlers().iter().filter(|item| item.action == Action::Add) {
        if item.node.value("name") != Some("aspNetCore") {
            continue;
        }
        let path = config.scopes().get(item.scope).map_or("", |scope| scope.path());
        let message = "the server adds a handler named aspNetCore, as every web.config of an app does";
        let fields = [("name", "aspNetCore"), ("path", path)];
        sink.add(&d::HANDLER_FOR_ALL, item.node.element().tag, &fields, message.to_owned());
    }
}

fn images(sink: &mut Sink<'_>, host: &HostConfig, modules: &[GlobalModule<'_>]) {
    if is_express(host) {
        return;
    }
    let of_express = |image: &str| image.to_ascii_lowercase().replace('/', r"\").contains(r"\iis express\");
    for module in modules.iter().filter(|module| of_express(module.image)) {
        let message = format!("{} is loaded from the folder of IIS Express: {}", module.name, module.image);
        let fields = [("name", module.name), ("image", module.image)];
        sink.add(&d::IMAGE_OF_IIS_EXPRESS, module.node.element().tag, &fields, message);
    }
}

/// Pools whose worker processes load none of the registered modules, for they are of the other bitness.
fn bitness(sink: &mut Sink<'_>, host: &HostConfig, modules: &[GlobalModule<'_>]) {
    if modules.is_empty() || !sink.config.is_complete() {
        return;
    }
    let loads = |bits: u8| modules.iter().any(|module| module.bitness().is_none_or(|own| own == bits));
    let (loads32, loads64) = (loads(32), loads(64));
    for pool in host.pools() {
        let (fits, bits) = if pool.bits32 { (loads32, "32") } else { (loads64, "64") };
        if !fits {
            let name = pool.name;
            let message =
                format!("the {bits}-bit application pool {name} does not load the ASP.NET Core Module");
            let fields = [("pool", name), ("bitness", bits)];
            sink.add(&d::NOT_LOADED_IN_POOL, pool.node.element().tag, &fields, message);
        }
    }
}

fn registered(sink: &mut Sink<'_>, host: &HostConfig) {
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

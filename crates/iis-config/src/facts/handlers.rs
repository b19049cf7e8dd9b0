//! `<handlers>`: who runs the app, and whether that fits the rest of the file.

use super::asp_net_core::{V1_MODULE, V2_MODULE, check_element, check_required};
use super::definitions::{self as d};
use super::{Sink, Surroundings};
use crate::model::{Action, Item};
use crate::schema::element_at;
use crate::suggest::nearest;
use crate::{Scope, Span};

/// Handlers looked at; IIS itself has about fifty. Some rules compare each with each.
pub(super) const MOST_HANDLERS: usize = 1_000;

pub(super) fn find(sink: &mut Sink<'_>, surroundings: Surroundings) {
    let mut handlers = sink.config.handlers();
    handlers.truncate(MOST_HANDLERS);
    for item in handlers.iter().filter(|item| item.action == Action::Add) {
        as_given(sink, item);
        modules(sink, item);
    }
    other_hosts(sink, &handlers);
    removed(sink, &handlers);
    if surroundings.sub_application {
        in_sub_application(sink, &handlers);
    }
    if sink.config.is_complete() {
        whole_file(sink, &handlers, surroundings);
    }
}

/// Names one of the modules that run ASP.NET Core.
pub(super) fn is_ours(item: &Item<'_>) -> bool {
    item.action == Action::Add && module_names(item).any(|module| module == V1_MODULE || module == V2_MODULE)
}

pub(super) fn module_names<'a>(item: &Item<'a>) -> impl Iterator<Item = &'a str> {
    item.node.value("modules").unwrap_or_default().split(',').map(str::trim)
}

fn as_given(sink: &mut Sink<'_>, item: &Item<'_>) {
    const PATH: &str = "system.webServer/handlers/add";
    let tag = item.node.element().tag;
    let mut fields = Vec::new();
    for (field, attribute) in [
        ("name", "name"),
        ("path", "path"),
        ("verb", "verb"),
        ("modules", "modules"),
        ("resource_type", "resourceType"),
    ] {
        if let Some(value) = item.node.value(attribute) {
            fields.push((field, value));
        }
    }
    let name = item.node.value("name").unwrap_or_default();
    let by = item.node.value("modules").or(item.node.value("type")).unwrap_or_default();
    sink.add(&d::HANDLER, tag, &fields, format!("the handler {name} hands requests to {by}"));
    if let Some(schema) = element_at(PATH) {
        check_element(sink, item.node, schema);
    }
    check_required(sink, item.node, PATH);
}

fn modules(sink: &mut Sink<'_>, item: &Item<'_>) {
    let name = item.node.value("name").unwrap_or_default();
    let span =
        item.node.attribute("modules").map_or(item.node.element().tag, |attribute| attribute.value_span);
    for module in module_names(item) {
        match module {
            V1_MODULE => {
                let message = format!(
                    "the handler {name} names {V1_MODULE}, which servers since ASP.NET Core 3.0 may not have"
                );
                sink.add(&d::V1_HANDLER, span, &[("name", name)], message);
            }
            V2_MODULE => {
                sink.add(
                    &d::V2_HANDLER,
                    span,
                    &[("name", name)],
                    format!("the handler {name} names {V2_MODULE}"),
                );
            }
            other => {
                if let Some(suggestion) = nearest(other, [V2_MODULE, V1_MODULE]) {
                    let message =
                        format!("there is no module {other}; did you mean {suggestion}? (case matters)");
                    let fields = [("modules", other), ("suggestion", suggestion)];
                    sink.add(&d::HANDLER_MODULE_MISSPELT, span, &fields, message);
                }
            }
        }
    }
    let (path, verb) = (item.node.value("path").unwrap_or("*"), item.node.value("verb").unwrap_or("*"));
    if is_ours(item) && (path != "*" || verb != "*") {
        let message = format!("the handler {name} serves {verb} {path} only");
        sink.add(&d::HANDLER_NARROW, item.node.element().tag, &[("path", path), ("verb", verb)], message);
    }
}

/// Hosts other than the ASP.NET Core Module, by handler or by their section.
fn other_hosts(sink: &mut Sink<'_>, handlers: &[Item<'_>]) {
    for (fact, module, section, who) in [
        (&d::IISNODE, "iisnode", "system.webServer/iisnode", "iisnode"),
        (&d::HTTP_PLATFORM, "httpPlatformHandler", "system.webServer/httpPlatform", "HttpPlatformHandler"),
    ] {
        let named = |item: &&Item<'_>| module_names(item).any(|name| name.eq_ignore_ascii_case(module));
        let handler =
            handlers.iter().filter(|item| item.action == Action::Add).find(named).map(|item| item.node);
        let by_section = || sink.config.elements(section).first().map(|(_, node)| *node);
        if let Some(node) = handler.or_else(by_section) {
            sink.add(fact, node.element().tag, &[], format!("the app is run by {who}"));
        }
    }
}

fn removed(sink: &mut Sink<'_>, handlers: &[Item<'_>]) {
    for item in handlers.iter().filter(|item| item.action == Action::Remove) {
        let Some(name) = item.node.value("name").filter(|name| name.eq_ignore_ascii_case("aspNetCore"))
        else {
            continue;
        };
        if !handlers.iter().any(|other| other.scope == item.scope && is_ours(other)) {
            let message = format!("the inherited handler {name} is removed");
            sink.add(&d::HANDLER_REMOVED, item.node.element().tag, &[("name", name)], message);
        }
    }
}

fn in_sub_application(sink: &mut Sink<'_>, handlers: &[Item<'_>]) {
    for (index, item) in handlers.iter().enumerate().filter(|(_, item)| is_ours(item)) {
        let name = item.node.value("name").unwrap_or_default();
        let freed =
            handlers.iter().take(index).filter(|earlier| earlier.scope == item.scope).any(|earlier| {
                earlier.action == Action::Clear
                    || (earlier.action == Action::Remove && earlier.node.value("name") == Some(name))
            });
        if !freed {
            let message =
                format!("this sub-application adds the handler {name}, which it may inherit from its parent");
            sink.add(&d::HANDLERS_IN_SUB_APPLICATION, item.node.element().tag, &[("name", name)], message);
        }
    }
}

/// What only a whole file can show: that something is not there.
fn whole_file(sink: &mut Sink<'_>, handlers: &[Item<'_>], surroundings: Surroundings) {
    let elements: Vec<(usize, Span)> =
        sink.config.asp_net_core().iter().map(|element| (element.scope, element.tag())).collect();
    let ours: Vec<&Item<'_>> = handlers.iter().filter(|item| is_ours(item)).collect();
    let misspelt = sink.facts.iter().any(|fact| fact.id == d::HANDLER_MODULE_MISSPELT.id);
    match (elements.first(), ours.first()) {
        (Some((_, span)), None) if !misspelt && !surroundings.sub_application => {
            let message = format!("there is <aspNetCore> and no handler that names {V2_MODULE}");
            sink.add(&d::HANDLER_MISSING, *span, &[], message);
        }
        (None, Some(item)) if !surroundings.sub_application => {
            let name = item.node.value("name").unwrap_or_default();
            let message =
                format!("the handler {name} hands requests to the module, and there is no <aspNetCore>");
            sink.add(&d::ASP_NET_CORE_MISSING, item.node.element().tag, &[("handler", name)], message);
        }
        (None, None) => classic(sink),
        _ => {}
    }
    let used = elements.iter().copied().chain(ours.iter().map(|item| (item.scope, item.node.element().tag)));
    let inherited = |scope: &usize| sink.config.scopes().get(*scope).is_some_and(Scope::is_inherited);
    if let Some((_, span)) = used.filter(|(scope, _)| inherited(scope)).min_by_key(|(_, span)| span.start) {
        let message = "applications below inherit this: it stands in no <location> with inheritInChildApplications=\"false\"";
        sink.add(&d::LOCATION_INHERIT_MISSING, span, &[], message.to_owned());
    }
    if let Some(item) = ours.first() {
        webdav(sink, item.node.element().tag, handlers);
    }
}

fn classic(sink: &mut Sink<'_>) {
    if let Some((_, node)) = sink.config.elements("system.web").first() {
        let message = "the file configures classic ASP.NET (<system.web>) and not ASP.NET Core".to_owned();
        sink.add(&d::SYSTEM_WEB_ONLY, node.element().tag, &[], message);
    }
}

fn webdav(sink: &mut Sink<'_>, span: Span, handlers: &[Item<'_>]) {
    let takes_away = |item: &Item<'_>, name: &str| match item.action {
        Action::Clear => true,
        Action::Remove => item.node.value("name") == Some(name),
        Action::Add => false,
    };
    let modules = sink.config.modules();
    let gone = modules.iter().any(|item| takes_away(item, "WebDAVModule"))
        || handlers.iter().any(|item| takes_away(item, "WebDAV"));
    if !gone {
        let message = "WebDAV is not removed; where it is installed, it answers PUT and DELETE".to_owned();
        sink.add(&d::WEBDAV_NOT_REMOVED, span, &[], message);
    }
}

//! What is odd about a handler for ASP.NET Core by itself: what it names, what it serves, what becomes of it.

use super::Sink;
use super::asp_net_core::{V1_MODULE, V2_MODULE, check_element};
use super::definitions::{self as d};
use super::handlers::{MOST_HANDLERS, is_ours, module_names};
use crate::model::{Action, Item};
use crate::schema::element_at;
use crate::suggest::nearest;

const SECTION: &str = "system.webServer/handlers";

pub(super) fn find(sink: &mut Sink<'_>) {
    let mut handlers = sink.config.handlers();
    handlers.truncate(MOST_HANDLERS);
    for item in handlers.iter().filter(|item| item.action == Action::Add) {
        other_module(sink, item);
        if is_ours(item) {
            served(sink, item);
        }
    }
    both_modules(sink, &handlers);
    taken_away(sink, &handlers);
    section(sink, &handlers);
}

/// A handler by the name that the SDK gives to the module's.
fn other_module(sink: &mut Sink<'_>, item: &Item<'_>) {
    let name = item.node.value("name").unwrap_or_default();
    let hidden = item.node.attribute("modules").is_some_and(|attribute| attribute.elided)
        || (item.node.element().attributes_elided && item.node.attribute("modules").is_none());
    let other_host = |module: &str| {
        nearest(module, [V2_MODULE, V1_MODULE]).is_some()
            || ["httpPlatformHandler", "iisnode"].iter().any(|host| module.eq_ignore_ascii_case(host))
    };
    if hidden
        || is_ours(item)
        || !name.eq_ignore_ascii_case("aspNetCore")
        || module_names(item).any(other_host)
    {
        return;
    }
    let modules = item.node.value("modules").unwrap_or_default();
    let to = if modules.is_empty() { "no module" } else { modules };
    let message = format!("the handler {name} names {to}, and not {V2_MODULE}");
    let fields = [("name", name), ("modules", modules)];
    sink.add(&d::HANDLER_OTHER_MODULE, item.node.element().tag, &fields, message);
}

fn served(sink: &mut Sink<'_>, item: &Item<'_>) {
    let name = item.node.value("name").unwrap_or_default();
    if let Some(attribute) = item.node.attribute("resourceType").filter(|attribute| !attribute.elided)
        && ["File", "Directory", "Either"].iter().any(|kind| attribute.value.eq_ignore_ascii_case(kind))
    {
        let kind = attribute.value.as_str();
        let message =
            format!("the handler {name} serves only what is there on disk (resourceType=\"{kind}\")");
        let fields = [("name", name), ("resource_type", kind)];
        sink.add(&d::HANDLER_NEEDS_FILE, attribute.value_span, &fields, message);
    }
    if let Some(attribute) = item.node.attribute("preCondition").filter(|a| !a.elided && !a.value.is_empty())
    {
        let fields = [("name", name), ("precondition", attribute.value.as_str())];
        let message = format!("the handler {name} is there under a condition: {}", attribute.value);
        sink.add(&d::HANDLER_PRECONDITION, attribute.value_span, &fields, message);
    }
}

fn both_modules(sink: &mut Sink<'_>, handlers: &[Item<'_>]) {
    let naming = |module: &str| {
        let adds = handlers.iter().filter(|item| item.action == Action::Add);
        adds.into_iter().find(|item| module_names(item).any(|name| name == module))
    };
    if let (Some(first), Some(second)) = (naming(V1_MODULE), naming(V2_MODULE)) {
        let name = |item: &Item<'_>| item.node.value("name").unwrap_or_default().to_owned();
        let (one, two) = (name(first), name(second));
        let message = format!("the handler {one} names {V1_MODULE}, the handler {two} {V2_MODULE}");
        let fields = [("v1_handler", one.as_str()), ("v2_handler", two.as_str())];
        sink.add(&d::BOTH_MODULES, first.node.element().tag, &fields, message);
    }
}

/// IIS takes the elements of a collection in order.
fn taken_away(sink: &mut Sink<'_>, handlers: &[Item<'_>]) {
    let mut cleared = false;
    for (index, item) in handlers.iter().enumerate().filter(|(_, item)| item.action != Action::Add) {
        if item.action == Action::Clear && !cleared {
            cleared = true;
            let message = "all inherited handlers are cleared away".to_owned();
            sink.add(&d::HANDLERS_CLEARED, item.node.element().tag, &[], message);
        }
        let removed = item.node.value("name");
        let gone = |earlier: &&Item<'_>| {
            let name = earlier.node.value("name");
            earlier.scope == item.scope
                && is_ours(earlier)
                && (item.action == Action::Clear || (name.is_some() && name == removed))
        };
        let Some(earlier) = handlers.iter().take(index).find(gone) else { continue };
        let added_again = |later: &Item<'_>| later.scope == item.scope && is_ours(later);
        if handlers.iter().skip(index + 1).any(added_again) {
            continue;
        }
        let name = earlier.node.value("name").unwrap_or_default();
        let by = item.node.name();
        let message = format!("the handler {name} is added, and taken away again by <{by}>");
        sink.add(&d::HANDLER_REMOVED_AGAIN, item.node.element().tag, &[("name", name), ("by", by)], message);
    }
}

fn section(sink: &mut Sink<'_>, handlers: &[Item<'_>]) {
    // `requireAccess` of the module's handler is Script where it is not given.
    let asks_less = handlers.iter().filter(|item| is_ours(item)).any(|item| {
        item.node.value("requireAccess").is_some_and(|access| !access.eq_ignore_ascii_case("Script"))
    });
    for (_, node) in sink.config.elements(SECTION) {
        if sink.is_full() {
            return;
        }
        if let Some(schema) = element_at(SECTION) {
            check_element(sink, node, schema);
        }
        let Some(attribute) = node.attribute("accessPolicy").filter(|attribute| !attribute.elided) else {
            continue;
        };
        let policy = attribute.value.as_str();
        let allows = |word: &str| policy.split(',').any(|part| part.trim().eq_ignore_ascii_case(word));
        // Execute is taken to include Script `[K]`.
        if !allows("Script") && !allows("Execute") && !asks_less {
            let message = format!("accessPolicy=\"{policy}\" does not let handlers run: Script is missing");
            let fields = [("access_policy", policy)];
            sink.add(&d::ACCESS_WITHOUT_SCRIPT, attribute.value_span, &fields, message);
        }
    }
}

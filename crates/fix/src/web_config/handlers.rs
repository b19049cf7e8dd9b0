//! `<handlers>`.

use falconer_iis_config::schema::element_at;
use falconer_iis_config::xml::{Attribute, Node};
use falconer_iis_config::{Action, Edit, Item, Span};

use super::{claiming, edits, names_of, set_or_add};
use crate::Fix;
use crate::table::Case;
use crate::typo::is_slip;
use crate::xml::Document;

const V1: &str = "AspNetCoreModule";
pub(super) const V2: &str = "AspNetCoreModuleV2";
/// Where handlers stand.
pub(super) const ADD: &str = "system.webServer/handlers/add";
/// The handler as the SDK writes it (dotnet/sdk WebConfigTemplate.cs).
const HANDLER: &str =
    r#"<add name="aspNetCore" path="*" verb="*" modules="AspNetCoreModuleV2" resourceType="Unspecified" />"#;

/// The handler hands requests to one of the two modules.
pub(super) fn names_module(node: Node<'_>) -> bool {
    node.value("modules").unwrap_or_default().split(',').any(|module| [V1, V2].contains(&module.trim()))
}

/// Replaces a module in the list of an attribute `modules`; `None` when the list does not hold it as written.
fn replace_module(document: &Document<'_>, modules: &Attribute, from: &str, to: &str) -> Option<Edit> {
    let written = modules.value_span.of(document.text);
    let mut at = modules.value_span.start;
    for part in written.split(',') {
        if part.trim() == from {
            let start = at + (part.len() - part.trim_start().len());
            return Some(Edit::replace(Span::new(start, start + from.len()), to));
        }
        at += part.len() + 1;
    }
    None
}

pub(crate) fn module_misspelt(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let (_, modules) = document.attribute_at(case.found.spot())?;
    let (written, meant) = (case.found.field("modules"), case.found.field("suggestion"));
    let safe = meant == V2 && is_slip(written, V2) && !is_slip(written, V1);
    let text = format!("Change the handler's module from {written} to {meant}.");
    edits(safe, text, vec![replace_module(document, modules, written, meant)?])
}

fn second_module(document: &Document<'_>, handler: Node<'_>) -> Option<Fix> {
    let edit = replace_module(document, handler.attribute("modules")?, V1, V2)?;
    let name = handler.value("name").unwrap_or_default();
    edits(false, format!("Change the module of the handler {name} from {V1} to {V2}."), vec![edit])
}

pub(crate) fn v1_module(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    second_module(document, document.element_around(case.found.spot().start)?)
}

/// The fact is about the hosting model and names the handler.
pub(crate) fn in_process_with_v1(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let handlers = document.config.handlers();
    let named = |node: &Node<'_>| node.value("name").unwrap_or_default() == case.found.field("handler");
    handlers.iter().map(|item| item.node).filter(named).find_map(|node| second_module(document, node))
}

pub(crate) fn missing(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let node = document.element_around(case.found.spot().start).filter(|node| node.name() == "aspNetCore")?;
    let parent = node.parent().filter(|parent| parent.name() == "system.webServer")?;
    let handlers = document.config.handlers();
    let taken = |item: &Item<'_>| item.action == Action::Add && item.node.value("name") == Some("aspNetCore");
    let misspelt = |child: Node<'_>| child.name() != "handlers" && is_slip(child.name(), "handlers");
    if handlers.iter().any(taken) || parent.children().any(misspelt) {
        return None;
    }
    let edit = match parent.child("handlers") {
        Some(list) if list.attribute("configSource").is_some() => return None,
        Some(list) => document.append(list, HANDLER)?,
        None => document.insert_before(node, &[(0, "<handlers>"), (1, HANDLER), (0, "</handlers>")]),
    };
    let text = format!("Add the handler that hands all requests to {V2}.");
    claiming(edits(case.context.site_root, text, vec![edit]), names_of(parent))
}

pub(crate) fn narrow(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let node = document.element_around(case.found.spot().start)?;
    let narrow = ["path", "verb"].into_iter().filter_map(|name| node.attribute(name));
    let changes = narrow.filter(|attribute| attribute.value != "*").map(|a| document.set(a, "*")).collect();
    let name = node.value("name").unwrap_or_default();
    edits(false, format!("Let the handler {name} serve all paths and verbs."), changes)
}

pub(crate) fn in_sub_application(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let node = document.element_around(case.found.spot().start).filter(|node| node.name() == "add")?;
    let name = node.value("name").unwrap_or_default();
    let text = format!("Remove the handler {name}, which is inherited.");
    edits(false, text, vec![document.remove(node)])
}

/// `path` and `verb` of a handler for the module; what other handlers serve cannot be told.
pub(crate) fn required_attribute(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let node = document.element_around(case.found.spot().start)?;
    let name = case.found.field("attribute");
    let behind = match name {
        "path" => "name",
        "verb" if node.attribute("path").is_some() => "path",
        "verb" => "name",
        _ => return None,
    };
    if !names_module(node) || node.name() != "add" || node.attribute(name).is_some() {
        return None;
    }
    let edit = set_or_add(document, node, element_at(ADD)?, (name, "*"), behind)?;
    claiming(edits(false, format!("Add {name}=\"*\" to the handler."), vec![edit]), names_of(node))
}

//! Handlers for ASP.NET Core that cannot serve it, and what takes them away again.

use falconer_iis_config::schema::element_at;
use falconer_iis_config::{Action, Edit};

use super::handlers::{ADD, V2, names_module};
use super::values::set;
use super::{claiming, edits, names_of, relying_on, set_or_add};
use crate::Fix;
use crate::table::Case;
use crate::xml::Document;

/// The handler that bears the name of the module's.
pub(crate) fn other_module(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let node = document.element_around(case.found.spot().start).filter(|node| node.name() == "add")?;
    if node.attribute("scriptProcessor").is_some() || node.attribute("type").is_some() {
        return None;
    }
    let name = node.value("name")?;
    let behind = if node.attribute("verb").is_some() { "verb" } else { "name" };
    let text = format!("Let the handler {name} hand requests to {V2}.");
    let edit = set_or_add(document, node, element_at(ADD)?, ("modules", V2), behind)?;
    claiming(edits(false, text, vec![edit]), names_of(node))
}

pub(crate) fn needs_file(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let (_, attribute) = document.attribute_at(case.found.spot())?;
    set(document, attribute, "Unspecified", false)
}

pub(crate) fn access_policy(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let (_, attribute) = document.attribute_at(case.found.spot())?;
    let given = attribute.value.trim();
    let empty = given.is_empty() || given.eq_ignore_ascii_case("None");
    let policy = if empty { "Read, Script".to_owned() } else { format!("{given}, Script") };
    set(document, attribute, &policy, false)
}

/// `<remove>` or `<clear>` was meant for what is inherited, so it comes before the first handler of the module.
pub(crate) fn removed_after_add(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let node = document.element_around(case.found.spot().start)?;
    let items = document.config.handlers();
    let place = items.iter().position(|item| item.node.id() == node.id())?;
    let removed =
        |name: Option<&str>| node.name() == "clear" || (name.is_some() && name == node.value("name"));
    let mut earlier = items.iter().take(place).filter(|item| item.action == Action::Add);
    let first = earlier.find(|item| names_module(item.node) && removed(item.node.value("name")))?.node;
    if first.element().parent != node.element().parent {
        return None;
    }
    let written = node.element().span.of(document.text);
    let moved: Vec<Edit> = vec![document.insert_before(first, &[(0, written)]), document.remove(node)];
    let text = format!("Move <{}> before the handler that it takes away.", node.name());
    relying_on(edits(false, text, moved), [first.element().span])
}

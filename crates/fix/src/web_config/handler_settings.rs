//! Handler settings.

use falconer_iis_config::xml::Node;

use super::values::truth;
use super::{claiming, edits, names_of, relying_on};
use crate::Fix;
use crate::table::Case;
use crate::xml::Document;

fn is_named(node: Node<'_>, name: &str) -> bool {
    node.value("name").is_some_and(|given| given.eq_ignore_ascii_case(name))
}

/// A setting that is not known is ignored, so naming it rightly switches it on.
pub(crate) fn name(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let node = document.element_around(case.found.spot().start)?;
    let name = node.attribute("name")?;
    let meant = case.found.field("suggestion");
    let parent = node.parent()?;
    if meant.is_empty() || parent.children().any(|other| is_named(other, meant)) {
        return None;
    }
    let text = format!("Rename the handler setting {} to {meant}.", name.value);
    claiming(edits(false, text, vec![document.set(name, meant)]), names_of(parent))
}

pub(crate) fn value(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let node = document.element_around(case.found.spot().start)?;
    let value = node.attribute("value")?;
    if case.found.field("expected") != "true or false" {
        return None;
    }
    let meant = truth(&value.value)?;
    let text = format!("Set the handler setting {} to {meant}.", node.value("name")?);
    edits(false, text, vec![document.set(value, &meant.to_string())])
}

/// Of settings with the same name the first one counts, so a later one can go.
pub(crate) fn duplicate(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let node = document.element_around(case.found.spot().start)?;
    let name = node.value("name")?;
    let before = node.parent()?.children().take_while(|other| other.id() != node.id());
    let first = before.filter(|other| other.name() == node.name() && is_named(*other, name)).last()?;
    let line = document.config.position(first.element().tag.start).line;
    let text = format!("Remove the handler setting {name}: the one on line {line} counts.");
    let same = document.same_content(first, node);
    relying_on(edits(same, text, vec![document.remove(node)]), [first.element().span])
}

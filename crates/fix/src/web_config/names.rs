//! Misspelt names, and attributes that were meant for a transform.

use super::{claiming, edits, names_of};
use crate::Fix;
use crate::table::Case;
use crate::typo::is_slip;
use crate::xml::Document;

pub(crate) fn attribute(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let (node, attribute) = document.attribute_at(case.found.spot())?;
    let meant = case.found.field("suggestion");
    if meant.is_empty() || node.attribute(meant).is_some() {
        return None;
    }
    let text = format!("Rename the attribute {} to {meant}.", attribute.name);
    let edit = falconer_iis_config::Edit::replace(attribute.name_span, meant);
    // Two attributes may mean the same one; then the second must find the first renamed.
    claiming(edits(is_slip(&attribute.name, meant), text, vec![edit]), names_of(node))
}

/// An element in `<aspNetCore>`, or a section.
pub(crate) fn element(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let node = document.element_around(case.found.spot().start)?;
    let meant = case.found.field("suggestion");
    let parent = node.parent()?;
    if node.element().name_span != case.found.spot() || meant.is_empty() || parent.child(meant).is_some() {
        return None;
    }
    let text = format!("Rename the element <{}> to <{meant}>.", node.name());
    let fix = edits(is_slip(node.name(), meant), text, document.rename(node, meant)?);
    claiming(fix, names_of(parent))
}

/// The outermost element, where its name is misspelt.
pub(crate) fn root(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    const ROOT: &str = "configuration";
    let node = document.element_around(case.found.spot().start).filter(|node| is_slip(node.name(), ROOT))?;
    let text = format!("Rename the element <{}> to <{ROOT}>.", node.name());
    edits(true, text, document.rename(node, ROOT)?)
}

pub(crate) fn transform(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let (_, attribute) = document.attribute_at(case.found.spot())?;
    // What was to be removed must not stay.
    if attribute.value.trim_start().starts_with("Remove") && !attribute.value.contains("Attributes") {
        return None;
    }
    let text = format!("Remove {}=\"{}\".", attribute.name, attribute.value);
    edits(false, text, vec![document.remove_attribute(attribute)])
}

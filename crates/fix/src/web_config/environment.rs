//! Environment variables.

use falconer_iis_config::xml::Node;

use super::{edits, relying_on};
use crate::Fix;
use crate::table::Case;
use crate::typo::is_slip;
use crate::xml::Document;

const VARIABLE: &str = "environmentVariable";

/// The nearest variable of the same name before one, behind the last `<clear>`.
fn earlier<'a>(node: Node<'a>, fits: impl Fn(Node<'a>) -> bool) -> Option<Node<'a>> {
    let parent = node.parent()?;
    let mut found = None;
    for other in parent.children().take_while(|other| other.id() != node.id()) {
        if other.name() == "clear" {
            found = None;
        } else if other.name() == node.name() && fits(other) {
            found = Some(other);
        }
    }
    found
}

/// Of variables with the same name the last one counts, so an earlier one can go.
pub(super) fn drop_earlier<'a>(
    document: &Document<'_>,
    node: Node<'a>,
    fits: impl Fn(Node<'a>) -> bool,
) -> Option<Fix> {
    let name = node.value("name")?;
    let earlier = earlier(node, fits)?;
    let value = |node: Node<'a>| node.value("value").unwrap_or_default();
    let same = document.same_content(node, earlier);
    let line = document.config.position(earlier.element().tag.start).line;
    let text = if value(earlier) == value(node) {
        format!("Remove {name} from line {line}: it is set to the same again.")
    } else {
        format!("Remove {name} from line {line}: a later value counts.")
    };
    relying_on(edits(same, text, vec![document.remove(earlier)]), [node.element().span])
}

pub(crate) fn duplicate(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let node = document.element_around(case.found.spot().start)?;
    let name = node.value("name")?;
    drop_earlier(document, node, |other| other.value("name").is_some_and(|n| n.eq_ignore_ascii_case(name)))
}

pub(crate) fn wrong_element(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let node = document.element_around(case.found.spot().start)?;
    let attributes = &node.element().attributes;
    let given = attributes.iter().all(|attribute| ["name", "value"].contains(&attribute.name.as_str()));
    let whole = node.attribute("name").is_some() && node.attribute("value").is_some();
    if !given || !whole || node.children().next().is_some() {
        return None;
    }
    let sure = node.name() == "add" || is_slip(node.name(), VARIABLE);
    let text = format!("Rename the element <{}> to <{VARIABLE}>.", node.name());
    edits(sure, text, document.rename(node, VARIABLE)?)
}

fn variable<'d>(case: &Case<'_>, document: &'d Document<'_>) -> Option<Node<'d>> {
    document.element_around(case.found.spot().start).filter(|node| node.name() == VARIABLE)
}

fn remove(document: &Document<'_>, node: Node<'_>, safe: bool, why: &str) -> Option<Fix> {
    let name = node.value("name").filter(|name| !name.is_empty())?;
    edits(safe, format!("Remove the environment variable {name}{why}."), vec![document.remove(node)])
}

/// A variable that makes the app run as it should not on a server.
pub(crate) fn remove_variable(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let node = variable(case, document)?;
    let value = node.value("value").filter(|value| !value.is_empty());
    let why = value.map(|value| format!(", which is {value}")).unwrap_or_default();
    remove(document, node, false, &why)
}

/// The module sets the variable itself, so what stands here never reaches the app.
pub(crate) fn overridden(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    remove(document, variable(case, document)?, true, ", which the module sets itself")
}

/// The name without the blanks around it; then it is another variable.
pub(crate) fn blank_in_name(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let name = variable(case, document)?.attribute("name")?;
    let meant = name.value.trim();
    if meant == name.value || meant.is_empty() {
        return None;
    }
    let text = format!("Take the blanks off the name of the variable {meant}.");
    edits(false, text, vec![document.set(name, meant)])
}

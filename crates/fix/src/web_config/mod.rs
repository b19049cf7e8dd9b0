//! The repairs of web.config.

pub(crate) mod collections;
pub(crate) mod encoding;
pub(crate) mod environment;
pub(crate) mod handler_form;
pub(crate) mod handler_settings;
pub(crate) mod handlers;
pub(crate) mod malformed;
pub(crate) mod names;
pub(crate) mod process;
pub(crate) mod quoting;
pub(crate) mod stdout;
pub(crate) mod targets;
pub(crate) mod values;

use falconer_iis_config::schema::ElementSchema;
use falconer_iis_config::xml::Node;
use falconer_iis_config::{Edit, Span, Surroundings, WebConfig, findings};

use crate::xml::Document;
use crate::{Change, Fix};

/// A repair by edits; none when there is nothing to edit. Sorts them.
fn edits(safe: bool, text: String, mut edits: Vec<Edit>) -> Option<Fix> {
    edits.sort_by_key(|edit| edit.span.start);
    let any = !edits.is_empty();
    any.then(|| Fix { safe, text, change: Change::Edits(edits), relies_on: Vec::new(), claims: Vec::new() })
}

/// The repair also relies on what stands there.
fn relying_on(fix: Option<Fix>, spans: impl IntoIterator<Item = Span>) -> Option<Fix> {
    let mut fix = fix?;
    fix.relies_on.extend(spans);
    Some(fix)
}

/// No other repair may claim the place, or rely on it, at the same time.
fn claiming(fix: Option<Fix>, span: Span) -> Option<Fix> {
    let mut fix = fix?;
    fix.claims.push(span);
    Some(fix)
}

/// A place that stands for the names in a tag, to be claimed by what changes them or adds one.
fn names_of(node: Node<'_>) -> Span {
    let start = node.element().tag.start;
    Span::new(start, start + 1)
}

/// Gives an attribute of an element a value, or adds it. `None` where it is not there and an attribute that the
/// schema does not know may be it, misspelt.
fn set_or_add(
    document: &Document<'_>,
    node: Node<'_>,
    schema: &ElementSchema,
    (name, value): (&str, &str),
    behind: &str,
) -> Option<Edit> {
    if let Some(attribute) = node.attribute(name) {
        return Some(document.set(attribute, value));
    }
    let foreign = |name: &str| name.contains(':') || name == "xmlns";
    let mut attributes = node.element().attributes.iter();
    let known = attributes.all(|a| schema.attribute(&a.name).is_some() || foreign(&a.name));
    known.then(|| document.add(node, name, value, behind))
}

/// Asks the facts themselves about a value: is one of these ids found on an `<aspNetCore>` with that attribute?
fn is_found(ids: &[&str], attribute: &str, value: &str) -> bool {
    let element = format!("<aspNetCore {attribute}=\"{}\" />", crate::xml::escape(value, '"'));
    let file = format!("<configuration><system.webServer>{element}</system.webServer></configuration>");
    let found = findings(&WebConfig::parse(&file), Surroundings::default());
    found.iter().any(|fact| ids.contains(&fact.id))
}

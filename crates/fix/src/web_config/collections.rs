//! What stands twice.

use falconer_iis_config::schema::{CollectionSchema, collection_at};
use falconer_iis_config::xml::{Attribute, Node};
use falconer_iis_config::{Action, Item};

use super::{edits, environment, names_of, relying_on};
use crate::Fix;
use crate::table::Case;
use crate::xml::Document;

pub(crate) fn duplicate_entry(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let collection = collection_at(case.found.field("collection"))?;
    let node =
        document.element_around(case.found.spot().start).filter(|node| node.name() == collection.add)?;
    if collection.path.ends_with("/environmentVariables") {
        return environment::drop_earlier(document, node, |other| same_key(collection, node, other));
    }
    let in_module = collection.path.contains("/aspNetCore/");
    let Some(earlier) = earlier(document, collection, node) else {
        // A file above holds it. In the lists of <aspNetCore> IIS knows no <remove>.
        return if in_module { None } else { remove_first(document, collection, node, false) };
    };
    let line = document.config.position(earlier.element().tag.start).line;
    if document.same_content(earlier, node) {
        let text = format!("Remove <{}>, which stands on line {line} already.", shown(collection, node));
        return relying_on(edits(true, text, vec![document.remove(node)]), [names_of(earlier)]);
    }
    // Of equal handler settings the first one counts.
    if in_module {
        let text = format!("Remove <{}>: what stands on line {line} counts.", shown(collection, node));
        return relying_on(edits(false, text, vec![document.remove(node)]), [names_of(earlier)]);
    }
    remove_first(document, collection, node, false)
}

/// IIS 10 has the entry already, and `<remove>` of what is not there does no harm.
pub(crate) fn mime_map(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let collection = collection_at("system.webServer/staticContent")?;
    let node =
        document.element_around(case.found.spot().start).filter(|node| node.name() == collection.add)?;
    remove_first(document, collection, node, true)
}

/// Puts `<remove>` before an entry.
fn remove_first(
    document: &Document<'_>,
    collection: &CollectionSchema,
    node: Node<'_>,
    safe: bool,
) -> Option<Fix> {
    let key = key(collection, node).map(|attribute| attribute.span.of(document.text));
    let remove = format!("<remove {} />", key.collect::<Vec<_>>().join(" "));
    let text = format!("Insert {remove} before <{}>.", shown(collection, node));
    let fix = edits(safe, text, vec![document.insert_before(node, &[(0, &remove)])]);
    relying_on(fix, [node.element().span])
}

fn key<'a>(collection: &CollectionSchema, node: Node<'a>) -> impl Iterator<Item = &'a Attribute> {
    collection.key.iter().filter_map(move |key| node.attribute(key.attribute))
}

fn shown(collection: &CollectionSchema, node: Node<'_>) -> String {
    let key = key(collection, node).map(|attribute| format!(" {}=\"{}\"", attribute.name, attribute.value));
    format!("{}{}", node.name(), key.collect::<String>())
}

fn same_key(collection: &CollectionSchema, a: Node<'_>, b: Node<'_>) -> bool {
    collection.key.iter().all(|key| {
        let [a, b] = [a, b].map(|node| node.value(key.attribute).or(key.default));
        match (a, b) {
            (Some(a), Some(b)) => a == b || (!key.case_sensitive && a.eq_ignore_ascii_case(b)),
            _ => false,
        }
    })
}

/// The nearest entry with the same key before one.
fn earlier<'d>(
    document: &'d Document<'_>,
    collection: &CollectionSchema,
    node: Node<'_>,
) -> Option<Node<'d>> {
    let items = document.config.items(collection.path, collection.add);
    let scope = items.iter().find(|item| item.node.id() == node.id())?.scope;
    let path = |scope: usize| document.config.scopes().get(scope).map_or("", |scope| scope.path());
    let holds =
        |item: &Item<'_>| path(item.scope).is_empty() || path(item.scope).eq_ignore_ascii_case(path(scope));
    let before = items.iter().take_while(|item| item.node.id() != node.id());
    let added = before.filter(|item| item.action == Action::Add && holds(item)).map(|item| item.node);
    // Nodes borrow from the document as the items do.
    let id = added.filter(|other| same_key(collection, *other, node)).last()?.id();
    document.config.tree().node(id)
}

pub(crate) fn duplicate_section(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let node = document.element_around(case.found.spot().start)?;
    let path = case.found.field("section");
    let uses = || document.config.elements(path).into_iter();
    let (scope, _) = uses().find(|(_, other)| other.id() == node.id())?;
    let mut before = uses().take_while(|(_, other)| other.id() != node.id());
    let (_, first) = before.find(|(other, _)| *other == scope)?;
    if !document.same_content(first, node) {
        return None;
    }
    let line = document.config.position(first.element().tag.start).line;
    let text = format!("Remove <{}>, which stands on line {line} already.", node.name());
    relying_on(edits(false, text, vec![document.remove(node)]), [first.element().span])
}

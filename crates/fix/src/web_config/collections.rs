//! What stands twice.

use falconer_iis_config::schema::{CollectionSchema, collection_at};
use falconer_iis_config::xml::{Attribute, Node};

use super::{edits, environment, relying_on};
use crate::Fix;
use crate::table::Case;
use crate::xml::{Added, Document};

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
        return relying_on(edits(true, text, vec![document.remove(node)]), [earlier.element().span]);
    }
    // Of equal handler settings the first one counts.
    if in_module {
        let text = format!("Remove <{}>: what stands on line {line} counts.", shown(collection, node));
        return relying_on(edits(false, text, vec![document.remove(node)]), [earlier.element().span]);
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
    let added = document.added(collection);
    let place = added.iter().position(|item| item.id == node.id())?;
    let path = |item: &Added| document.config.scopes().get(item.scope).map_or("", |scope| scope.path());
    let own = path(added.get(place)?);
    let before = added.iter().take(place).rev();
    let holds = before.filter(|item| path(item).is_empty() || path(item).eq_ignore_ascii_case(own));
    let mut nodes = holds.filter_map(|item| document.config.tree().node(item.id));
    nodes.find(|other| same_key(collection, *other, node))
}

pub(crate) fn duplicate_section(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let node = document.element_around(case.found.spot().start)?;
    let first = document.first_section(node).filter(|first| document.same_content(*first, node))?;
    let line = document.config.position(first.element().tag.start).line;
    let text = format!("Remove <{}>, which stands on line {line} already.", node.name());
    relying_on(edits(false, text, vec![document.remove(node)]), [first.element().span])
}

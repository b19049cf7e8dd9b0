//! How the entries of a collection add up from file to file.

use std::collections::BTreeMap;

use crate::Action;
use crate::model::Item;
use crate::schema::{CollectionSchema, boolean};
use crate::xml::Node;

/// An entry that holds.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// The values of its key, as written, defaults filled in.
    pub key: Vec<String>,
    /// Its element.
    pub node: Node<'a>,
    /// Index of the level that adds it.
    pub level: usize,
}

/// The entries that hold so far, found by key.
#[derive(Debug, Clone, Default)]
pub(crate) struct Held<'a> {
    entries: BTreeMap<Vec<String>, (usize, Entry<'a>)>,
    added: usize,
}

impl<'a> Held<'a> {
    /// The entries in the order in which they were added.
    pub(crate) fn in_order(self) -> Vec<Entry<'a>> {
        let mut entries: Vec<_> = self.entries.into_values().collect();
        entries.sort_by_key(|(order, _)| *order);
        entries.into_iter().map(|(_, entry)| entry).collect()
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }
}

/// An entry that IIS refuses.
#[derive(Debug, Clone)]
pub(crate) struct Clash<'a> {
    pub(crate) node: Node<'a>,
    pub(crate) level: usize,
    /// The entry it clashes with.
    pub(crate) earlier: Entry<'a>,
    pub(crate) why: Why,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    /// The same key is there already.
    Duplicate,
    /// It removes an entry that a file above locked (`lockItem`).
    Locked,
}

/// Applies entries, in order, to those that hold so far.
pub(crate) fn add_up<'a>(
    schema: &CollectionSchema,
    held: &mut Held<'a>,
    level: usize,
    items: impl IntoIterator<Item = Item<'a>>,
    mut refused: impl FnMut(Clash<'a>),
) {
    for Item { action, node, .. } in items {
        let mut clash =
            |earlier: &Entry<'a>, why| refused(Clash { node, level, earlier: earlier.clone(), why });
        if action == Action::Clear {
            if let Some((_, earlier)) = held.entries.values().find(|(_, entry)| is_locked(entry, level)) {
                clash(earlier, Why::Locked);
            }
            held.entries.clear();
            continue;
        }
        let Some(key) = key_of(schema, node) else { continue };
        let normal = normalised(schema, &key);
        if action == Action::Remove {
            if let Some((_, earlier)) =
                held.entries.remove(&normal).filter(|(_, entry)| is_locked(entry, level))
            {
                clash(&earlier, Why::Locked);
            }
        } else if let Some((_, earlier)) = held.entries.get(&normal) {
            clash(earlier, Why::Duplicate);
        } else {
            held.entries.insert(normal, (held.added, Entry { key, node, level }));
            held.added += 1;
        }
    }
}

fn is_locked(entry: &Entry<'_>, level: usize) -> bool {
    entry.level < level && entry.node.value("lockItem").and_then(boolean) == Some(true)
}

/// The key's values; `None` when one is missing that has no default, or was left out of a quotation.
fn key_of(schema: &CollectionSchema, node: Node<'_>) -> Option<Vec<String>> {
    let mut key = Vec::with_capacity(schema.key.len());
    for part in schema.key {
        let value = match node.value(part.attribute) {
            Some(value) => value,
            None if node.lacks(part.attribute) => part.default?,
            None => return None,
        };
        key.push(value.to_owned());
    }
    Some(key)
}

/// The key as it is compared.
fn normalised(schema: &CollectionSchema, key: &[String]) -> Vec<String> {
    let parts = schema.key.iter().zip(key);
    parts
        .map(|(part, value)| if part.case_sensitive { value.clone() } else { value.to_ascii_lowercase() })
        .collect()
}

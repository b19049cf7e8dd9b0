//! Locks on parts of sections: `lockAttributes`, `lockElements`, their `…Except` forms, and `lockItem` on a section.
//!
//! What a file locks is locked for the files below it, not for its own locations (IIS.net, "How to Use Locking in
//! IIS 7.0 Configuration"; blogs.msdn.com/b/andrewbi, "More config locking": `lockItem` counts on entries and sections
//! only).

use std::collections::{BTreeMap, BTreeSet};

use super::error::ConfigErrorKind;
use super::{Errors, Inner, Part};
use crate::schema::{EVERYWHERE, boolean};
use crate::xml::Node;

/// What is locked of an element.
#[derive(Default)]
struct Locked {
    attributes: Names,
    elements: Names,
    /// The section as a whole, by that level.
    whole: Option<usize>,
}

/// Locked names, each with the level that locks it.
#[derive(Default)]
struct Names {
    listed: BTreeMap<String, usize>,
    /// All but these.
    all_except: Option<(BTreeSet<String>, usize)>,
}

impl Names {
    /// Takes over a list; later lists add to earlier ones, for a lock is not undone below.
    fn add(&mut self, list: Option<&str>, except: Option<&str>, level: usize) {
        let names = |list: &str| -> BTreeSet<String> {
            list.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
        };
        for name in list.map(names).unwrap_or_default() {
            if name == "*" {
                self.all_except = Some((BTreeSet::new(), level));
            } else {
                self.listed.entry(name).or_insert(level);
            }
        }
        if let Some(except) = except
            && self.all_except.is_none()
        {
            self.all_except = Some((names(except), level));
        }
    }

    /// The level that locks the name.
    fn locked_by(&self, name: &str) -> Option<usize> {
        let excepted =
            |(except, level): &(BTreeSet<String>, usize)| (!except.contains(name)).then_some(*level);
        self.listed.get(name).copied().or_else(|| self.all_except.as_ref().and_then(excepted))
    }
}

/// Checks the elements that each level uses, and then takes over what the level locks.
pub(super) fn check(parts: &[Part<'_>], errors: &mut Errors<'_, '_>) {
    let mut locked: BTreeMap<String, Locked> = BTreeMap::new();
    for level in parts.chunk_by(|a, b| a.level == b.level) {
        let elements: Vec<(usize, Inner<'_>)> = level
            .iter()
            .flat_map(|part| part.elements().into_iter().map(|inner| (part.level, inner)))
            .collect();
        for (level, inner) in &elements {
            if let Some(locked) = locked.get(&inner.path) {
                check_element(*level, inner, locked, errors);
            }
        }
        for (level, inner) in &elements {
            take_over(*level, inner, &mut locked);
        }
    }
}

fn check_element(level: usize, inner: &Inner<'_>, locked: &Locked, errors: &mut Errors<'_, '_>) {
    let (path, node) = (&inner.path, inner.node);
    if let Some(by_level) = locked.whole {
        let kind = ConfigErrorKind::LockedSection { section: path.clone(), by_level };
        return errors.add(level, node.element().tag, kind);
    }
    let own = |name: &str| name.contains(':') || name == "xmlns" || EVERYWHERE.contains(&name);
    for attribute in node.element().attributes.iter().filter(|attribute| !own(&attribute.name)) {
        if let Some(by_level) = locked.attributes.locked_by(&attribute.name) {
            let (element, attribute_name) = (path.clone(), attribute.name.clone());
            let kind = ConfigErrorKind::LockedAttribute { element, attribute: attribute_name, by_level };
            errors.add(level, attribute.span, kind);
        }
    }
    for child in node.children() {
        if let Some(by_level) = locked.elements.locked_by(child.name()) {
            let (parent, element) = (path.clone(), child.name().to_owned());
            let kind = ConfigErrorKind::LockedElement { parent, element, by_level };
            errors.add(level, child.element().tag, kind);
        }
    }
}

fn take_over(level: usize, inner: &Inner<'_>, locked: &mut BTreeMap<String, Locked>) {
    let node: Node<'_> = inner.node;
    let [attributes, no_attributes, elements, no_elements] =
        ["lockAttributes", "lockAllAttributesExcept", "lockElements", "lockAllElementsExcept"]
            .map(|name| node.value(name));
    let whole = inner.is_section && node.value("lockItem").and_then(boolean) == Some(true);
    if !whole && [attributes, no_attributes, elements, no_elements].iter().all(Option::is_none) {
        return;
    }
    let entry = locked.entry(inner.path.clone()).or_default();
    entry.attributes.add(attributes, no_attributes, level);
    entry.elements.add(elements, no_elements, level);
    if whole && entry.whole.is_none() {
        entry.whole = Some(level);
    }
}

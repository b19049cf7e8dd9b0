//! What is asked for again and again of one file, worked out once.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use falconer_iis_config::schema::CollectionSchema;
use falconer_iis_config::xml::ElementId;
use falconer_iis_config::{Action, WebConfig};

/// An entry that a collection adds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Added {
    pub(crate) id: ElementId,
    /// Index of its scope.
    pub(crate) scope: usize,
}

#[derive(Default)]
pub(super) struct Lookup {
    added: RefCell<BTreeMap<&'static str, Rc<[Added]>>>,
    first_sections: OnceCell<BTreeMap<ElementId, ElementId>>,
}

impl Lookup {
    /// What a collection adds, in order.
    pub(super) fn added(&self, config: &WebConfig, collection: &CollectionSchema) -> Rc<[Added]> {
        let read = || {
            let items = config.items(collection.path, collection.add).into_iter();
            let added = items.filter(|item| item.action == Action::Add);
            added.map(|item| Added { id: item.node.id(), scope: item.scope }).collect()
        };
        self.added.borrow_mut().entry(collection.path).or_insert_with(read).clone()
    }

    /// The first section with the same path in the same scope.
    pub(super) fn first_section(&self, config: &WebConfig, id: ElementId) -> Option<ElementId> {
        let read = || {
            let mut first: BTreeMap<(usize, &str), ElementId> = BTreeMap::new();
            let uses = config.sections();
            uses.map(|(scope, used)| {
                (used.element, *first.entry((scope, used.path.as_str())).or_insert(used.element))
            })
            .collect()
        };
        self.first_sections.get_or_init(read).get(&id).copied().filter(|first| *first != id)
    }
}

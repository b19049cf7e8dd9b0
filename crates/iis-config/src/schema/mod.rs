//! What IIS and the module accept, as data: one place for validation, completion and hover.

mod attributes;
mod collections;
mod handler_settings;
mod sections;
mod value;
pub(crate) mod words;

pub(crate) use attributes::EVERYWHERE;
pub(crate) use attributes::inner_path_of;
pub use attributes::{ASP_NET_CORE, AttributeSchema, ElementSchema, Used, element_at};
pub(crate) use collections::DEFAULT_MIME_MAPS;
pub use collections::{COLLECTIONS, CollectionSchema, Key, collection_at};
pub use handler_settings::{HANDLER_SETTINGS, HandlerSettingSchema, handler_setting};
pub use sections::{Level, Lock, Needs, SECTIONS, SectionSchema, section_at};
pub(crate) use sections::{is_group, path_of};
pub(crate) use value::boolean;
pub use value::{Kind, Value, ValueError};

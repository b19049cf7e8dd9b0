//! Readers: bytes of any kind into observations.
//!
//! [`Gatherer`] takes inputs one by one, finds out by content what each is, and collects observations, facts
//! and what is known about each channel. It opens nothing itself: files come as readers, folders and archives
//! as a [`Tree`].

mod absence;
mod bounded;
mod collect;
mod config;
mod decode;
mod deployment;
mod events;
mod folder;
mod gather;
mod json;
mod kind;
mod large;
mod logs;
mod overlay;
mod page;
mod plain;
mod providers;
mod site;
mod started;
mod tree;
mod tree_folder;
mod zip_tree;

pub use bounded::Limits;
pub use decode::decode;
pub use deployment::{Server, deployment};
pub use falconer_dotnet::image::Source;
pub use gather::Gatherer;
pub use kind::{is_zip, may_matter};
pub use overlay::{Overlay, is_or_lies_in};
pub use tree::{Entry, MemoryTree, Opened, ReadSeek, Tree};
pub use zip_tree::ZipTree;

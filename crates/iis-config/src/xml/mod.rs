//! XML with places: whole documents, and pieces of them in other text.

mod attributes;
mod check;
mod error;
mod excerpt;
mod reference;
mod scan;
mod tree;

pub(crate) use check::conflict_marker;
pub use error::{XmlError, XmlErrorKind};
pub(crate) use excerpt::Excerpt;
pub use tree::{Attribute, Element, ElementId, Ending, Node, Tree};

use crate::Lines;

/// Reads a document. When it is not well-formed, the tree holds what could be made out all the same.
pub fn parse(text: &str, lines: &Lines) -> (Tree, Option<XmlError>) {
    let (scan, error) = check::check(text, lines);
    (scan.tree, error)
}

//! What an independent parser sees in a file: elements, attributes, comments and texts, one after the other.

use std::ops::Range;

use roxmltree::{Document, Node, NodeType};

#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Item {
    /// How deep it stands, and its name.
    Element(usize, String),
    /// Its name and value.
    Attribute(String, String),
    Comment(String),
    /// Text that is no white space.
    Text(String),
    Instruction(String),
}

/// The items with the places of their names and values.
pub(crate) fn items(text: &str) -> Option<Vec<(Item, Vec<Range<usize>>)>> {
    let document = Document::parse(text).ok()?;
    let mut found = Vec::new();
    for node in document.descendants() {
        let range = node.range();
        match node.node_type() {
            NodeType::Element => element(text, node, &mut found),
            NodeType::Comment => {
                found.push((Item::Comment(node.text().unwrap_or_default().to_owned()), vec![range]));
            }
            NodeType::Text if node.text().is_some_and(|text| !text.trim().is_empty()) => {
                found.push((Item::Text(node.text().unwrap_or_default().trim().to_owned()), vec![range]));
            }
            NodeType::PI => {
                let target = node.pi().map_or("", |pi| pi.target).to_owned();
                found.push((Item::Instruction(target), vec![range]));
            }
            _ => {}
        }
    }
    Some(found)
}

fn element(text: &str, node: Node<'_, '_>, found: &mut Vec<(Item, Vec<Range<usize>>)>) {
    let depth = node.ancestors().count();
    let (range, name) = (node.range(), node.tag_name().name().to_owned());
    let start_tag = range.start..range.start + 1 + name.len();
    let mut places = Vec::from([start_tag]);
    if text[range.clone()].ends_with('>') && !text[range.clone()].ends_with("/>") {
        let end = range.start + text[range.clone()].rfind("</").expect("an end tag");
        places.push(end..end + 2 + name.len());
    }
    found.push((Item::Element(depth, name), places));
    for attribute in node.attributes() {
        let item = Item::Attribute(attribute.name().to_owned(), attribute.value().to_owned());
        found.push((item, vec![attribute.range()]));
    }
}

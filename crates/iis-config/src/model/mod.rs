//! What a web.config says.

mod asp_net_core;
mod scope;

pub use asp_net_core::{AspNetCore, HostingModel, NameValue};
pub use scope::{Location, OverrideMode, Scope, SectionUse};

use crate::schema::section_at;
use crate::xml::{Attribute, ElementId, Excerpt, Node, Tree, XmlError};
use crate::{Lines, Position, Span, xml};

/// A web.config, whole or in pieces. Reading never fails: what is malformed is read as far as possible, and said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebConfig {
    tree: Tree,
    lines: Lines,
    form: Form,
    problems: Vec<XmlError>,
    conflict: Option<Span>,
    bytes: usize,
    scopes: Vec<Scope>,
    plain_passwords: Vec<ElementId>,
}

/// What the text was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// A whole, well-formed document.
    Document,
    /// A document that is not well-formed; IIS answers 500.19.
    Malformed,
    /// Pieces quoted in other text. What is not there may have been left out.
    Excerpt,
}

/// An entry of a collection.
#[derive(Debug, Clone, Copy)]
pub struct Item<'a> {
    /// What it does.
    pub action: Action,
    /// Its element.
    pub node: Node<'a>,
    /// Index of its scope in [`WebConfig::scopes`].
    pub scope: usize,
}

/// What an element of a collection does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Adds an entry.
    Add,
    /// Removes an inherited entry.
    Remove,
    /// Removes all inherited entries.
    Clear,
}

impl WebConfig {
    /// Reads the content of a file: a text that ought to be a whole document.
    pub fn parse(text: &str) -> WebConfig {
        let lines = Lines::of(text);
        let (tree, error) = xml::parse(text, &lines);
        let form = if error.is_some() { Form::Malformed } else { Form::Document };
        WebConfig::new(text, lines, form, tree, error.into_iter().collect())
    }

    /// Reads a text with configuration in it. A whole document is read as [`WebConfig::parse`] does.
    pub fn excerpt(text: &str) -> WebConfig {
        if is_whole(text) {
            return WebConfig::parse(text);
        }
        let lines = Lines::of(text);
        let Excerpt { tree, problems } = Excerpt::read(text, &lines);
        WebConfig::new(text, lines, Form::Excerpt, tree, problems)
    }

    fn new(text: &str, lines: Lines, form: Form, mut tree: Tree, problems: Vec<XmlError>) -> WebConfig {
        let plain_passwords = plain_passwords(&tree);
        tree.forget(PASSWORD);
        let scopes = scope::read(&tree);
        let conflict = xml::conflict_marker(text);
        WebConfig { tree, lines, form, problems, conflict, bytes: text.len(), scopes, plain_passwords }
    }

    /// What the text was.
    pub fn form(&self) -> Form {
        self.form
    }

    /// What is not as XML wants it: the first error of a document; what is beyond doubt in an excerpt.
    pub fn problems(&self) -> &[XmlError] {
        &self.problems
    }

    /// The first marker line of an unresolved merge conflict.
    pub fn conflict_marker(&self) -> Option<Span> {
        self.conflict
    }

    /// How many bytes the text has, in UTF-8.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// All elements.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The elements with a password that is not encrypted. Passwords themselves are not kept.
    pub fn plain_passwords(&self) -> impl Iterator<Item = Node<'_>> {
        self.plain_passwords.iter().filter_map(|id| self.tree.node(*id))
    }

    /// Line and column of a byte offset.
    pub fn position(&self, offset: usize) -> Position {
        self.lines.position(offset)
    }

    /// The scopes: first what holds for the folder itself, then one for each `<location>`.
    pub fn scopes(&self) -> &[Scope] {
        &self.scopes
    }

    /// Nothing of IIS configuration was found.
    pub fn is_empty(&self) -> bool {
        self.scopes.iter().all(|scope| scope.sections.is_empty() && scope.location.is_none())
    }

    /// The elements with that path (`system.webServer/handlers`), with the index of their scope.
    pub fn elements(&self, path: &str) -> Vec<(usize, Node<'_>)> {
        let mut found = Vec::new();
        for (index, scope) in self.scopes.iter().enumerate() {
            for used in &scope.sections {
                let Some(inner) = path.strip_prefix(used.path.as_str()) else { continue };
                let Some(node) = self.tree.node(used.element) else { continue };
                if inner.is_empty() {
                    found.push((index, node));
                } else if let Some(names) = inner.strip_prefix('/') {
                    let mut nodes = vec![node];
                    for name in names.split('/') {
                        nodes =
                            nodes.iter().flat_map(|n| n.children()).filter(|n| n.name() == name).collect();
                    }
                    found.extend(nodes.into_iter().map(|node| (index, node)));
                }
            }
        }
        found
    }

    /// The entries of the collections with that path, in order. `add` is the name of the element that adds one.
    pub fn items(&self, path: &str, add: &str) -> Vec<Item<'_>> {
        let held = self
            .elements(path)
            .into_iter()
            .flat_map(|(scope, node)| node.children().map(move |n| (scope, n)));
        let quoted = self.elements(&format!("{path}/{add}"));
        let mut items: Vec<Item<'_>> =
            held.chain(quoted).filter_map(|(scope, node)| Item::read(scope, node, add)).collect();
        items.sort_by_key(|item| item.node.element().span.start);
        items.dedup_by_key(|item| item.node.id());
        items
    }

    /// The entries of `<handlers>`.
    pub fn handlers(&self) -> Vec<Item<'_>> {
        self.items("system.webServer/handlers", "add")
    }

    /// The entries of `<modules>`.
    pub fn modules(&self) -> Vec<Item<'_>> {
        self.items("system.webServer/modules", "add")
    }

    /// The `<aspNetCore>` elements.
    pub fn asp_net_core(&self) -> Vec<AspNetCore<'_>> {
        asp_net_core::read(self)
    }

    /// Is the feature of that section switched on here? `None`: the file does not say.
    pub fn enabled(&self, section: &str) -> Option<bool> {
        let (_, node) = self.elements(section).pop()?;
        crate::schema::boolean(node.value("enabled")?)
    }

    /// What is not there was not left out either: the file is a whole, well-formed document.
    pub fn is_complete(&self) -> bool {
        self.form == Form::Document
    }

    /// The sections that are used, known to IIS or not, each with the index of its scope.
    pub fn sections(&self) -> impl Iterator<Item = (usize, &SectionUse)> {
        self.scopes
            .iter()
            .enumerate()
            .flat_map(|(index, scope)| scope.sections.iter().map(move |used| (index, used)))
    }
}

impl<'a> Item<'a> {
    pub(crate) fn read(scope: usize, node: Node<'a>, add: &str) -> Option<Item<'a>> {
        let action = match node.name() {
            name if name == add => Action::Add,
            "remove" => Action::Remove,
            "clear" => Action::Clear,
            _ => return None,
        };
        Some(Item { action, node, scope })
    }
}

impl SectionUse {
    /// What IIS knows of it.
    pub fn schema(&self) -> Option<&'static crate::schema::SectionSchema> {
        section_at(&self.path)
    }
}

/// The attribute whose values are forgotten.
const PASSWORD: &str = "password";

/// Elements with a password in clear. IIS writes encrypted ones as `[enc:provider:...:enc]`; people who quote a file
/// write stars and brackets.
fn plain_passwords(tree: &Tree) -> Vec<ElementId> {
    let plain = |attribute: &Attribute| {
        let value = attribute.value.trim();
        let hidden =
            value.starts_with(['[', '<', '{', '%', '$', '#']) || value.bytes().all(|byte| byte == b'*');
        attribute.name.eq_ignore_ascii_case(PASSWORD) && !attribute.elided && !hidden
    };
    let with_one = tree.nodes().filter(|node| node.element().attributes.iter().any(plain));
    with_one.map(Node::id).collect()
}

/// Does the text look like a whole file, with nothing left out?
fn is_whole(text: &str) -> bool {
    let body = text.trim_start_matches('\u{FEFF}').trim();
    let ends = body.ends_with('>') && body.contains("</configuration>");
    let starts = body.starts_with("<?xml") || body.starts_with("<configuration") || body.starts_with("<!--");
    starts && ends && !body.contains("...") && !body.contains('…')
}

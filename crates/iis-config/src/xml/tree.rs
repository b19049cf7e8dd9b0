//! Elements and attributes with their places. Text content carries nothing in IIS configuration and is not kept.

use crate::Span;

/// Names an element of a [`Tree`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ElementId(usize);

/// The elements of a document, or of the pieces of one: then there are several roots.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tree {
    elements: Vec<Element>,
    roots: Vec<ElementId>,
}

/// An element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// Its name as written, with prefix.
    pub name: String,
    /// From `<` to behind the end tag.
    pub span: Span,
    /// The name in the start tag.
    pub name_span: Span,
    /// The start tag, from `<` to behind `>`.
    pub tag: Span,
    /// Its attributes in order, namespace declarations among them.
    pub attributes: Vec<Attribute>,
    /// The element around it.
    pub parent: Option<ElementId>,
    /// The elements in it.
    pub children: Vec<ElementId>,
    /// How it ends.
    pub ending: Ending,
    /// The start tag holds `...` or is cut off: an attribute that is not there may have been left out.
    pub attributes_elided: bool,
    /// The content holds `...` or is cut off: an element that is not there may have been left out.
    pub content_elided: bool,
}

/// How an element ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ending {
    /// `<a />`.
    Empty,
    /// `</a>`.
    Closed,
    /// There is no end tag.
    Unclosed,
}

/// An attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// Its name as written, with prefix.
    pub name: String,
    /// Its value, references replaced.
    pub value: String,
    /// From the name to behind the closing quote.
    pub span: Span,
    /// The name.
    pub name_span: Span,
    /// The value as written, between the quotes.
    pub value_span: Span,
    /// The value was replaced by `...`, or is a password, which is not kept: it is not known.
    pub elided: bool,
}

/// An element together with its tree, for walking.
#[derive(Debug, Clone, Copy)]
pub struct Node<'a> {
    tree: &'a Tree,
    id: ElementId,
    element: &'a Element,
}

impl Tree {
    /// The outermost elements.
    pub fn roots(&self) -> impl Iterator<Item = Node<'_>> {
        self.roots.iter().filter_map(|id| self.node(*id))
    }

    /// All elements, in the order of their start tags.
    pub fn nodes(&self) -> impl Iterator<Item = Node<'_>> {
        (0..self.elements.len()).filter_map(|index| self.node(ElementId(index)))
    }

    /// The element with that id; `None` for an id of another tree.
    pub fn node(&self, id: ElementId) -> Option<Node<'_>> {
        self.elements.get(id.0).map(|element| Node { tree: self, id, element })
    }

    /// How many elements there are.
    pub fn len(&self) -> usize {
        self.elements.len()
    }

    /// There is no element.
    pub fn is_empty(&self) -> bool {
        self.elements.is_empty()
    }

    pub(super) fn push(&mut self, element: Element) -> ElementId {
        let id = ElementId(self.elements.len());
        match element.parent.and_then(|parent| self.elements.get_mut(parent.0)) {
            Some(parent) => parent.children.push(id),
            None => self.roots.push(id),
        }
        self.elements.push(element);
        id
    }

    pub(super) fn element_mut(&mut self, id: ElementId) -> Option<&mut Element> {
        self.elements.get_mut(id.0)
    }

    /// Forgets the values of all attributes of that name, in any case; they then count as not known.
    pub(crate) fn forget(&mut self, name: &str) {
        for element in &mut self.elements {
            for attribute in element.attributes.iter_mut().filter(|a| a.name.eq_ignore_ascii_case(name)) {
                attribute.value.clear();
                attribute.elided = true;
            }
        }
    }

    /// Moves every span with `place`, a function that maps offsets in order.
    pub(super) fn relocate(&mut self, place: impl Fn(usize) -> usize) {
        let moved = |span: &mut Span| *span = Span::new(place(span.start), place(span.end));
        for element in &mut self.elements {
            moved(&mut element.span);
            moved(&mut element.name_span);
            moved(&mut element.tag);
            for attribute in &mut element.attributes {
                moved(&mut attribute.span);
                moved(&mut attribute.name_span);
                moved(&mut attribute.value_span);
            }
        }
    }
}

impl<'a> Node<'a> {
    /// Its id.
    pub fn id(self) -> ElementId {
        self.id
    }

    /// The element.
    pub fn element(self) -> &'a Element {
        self.element
    }

    /// Its name as written.
    pub fn name(self) -> &'a str {
        &self.element.name
    }

    /// The elements in it.
    pub fn children(self) -> impl Iterator<Item = Node<'a>> {
        self.element.children.iter().filter_map(move |id| self.tree.node(*id))
    }

    /// The first element in it with that name.
    pub fn child(self, name: &str) -> Option<Node<'a>> {
        self.children().find(|child| child.name() == name)
    }

    /// The element around it.
    pub fn parent(self) -> Option<Node<'a>> {
        self.tree.node(self.element.parent?)
    }

    /// The attribute with exactly that name; IIS compares names case-sensitively.
    pub fn attribute(self, name: &str) -> Option<&'a Attribute> {
        self.element.attributes.iter().find(|attribute| attribute.name == name)
    }

    /// The value of the attribute, when it is there and known.
    pub fn value(self, name: &str) -> Option<&'a str> {
        self.attribute(name).filter(|attribute| !attribute.elided).map(|attribute| attribute.value.as_str())
    }

    /// That attribute is not there, and was not left out of a quotation either.
    pub fn lacks(self, name: &str) -> bool {
        !self.element.attributes_elided && self.attribute(name).is_none()
    }
}

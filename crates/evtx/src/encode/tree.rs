//! XML to write: templates, and what stands outside them.

/// An element.
#[derive(Debug, Clone, Default)]
pub(super) struct Element {
    pub(super) name: String,
    /// The value without which the element is left out.
    pub(super) dependency: Option<u16>,
    pub(super) attributes: Vec<(String, Content)>,
    pub(super) content: Vec<Content>,
}

/// What stands in an element or an attribute.
#[derive(Debug, Clone)]
pub(super) enum Content {
    Text(String),
    /// The place of a value.
    Value {
        index: u16,
        kind: u8,
        optional: bool,
    },
    Element(Element),
}

impl Element {
    pub(super) fn new(name: &str) -> Self {
        Element { name: name.to_owned(), ..Element::default() }
    }

    pub(super) fn depends_on(mut self, index: u16) -> Self {
        self.dependency = Some(index);
        self
    }

    pub(super) fn attribute(mut self, name: &str, content: Content) -> Self {
        self.attributes.push((name.to_owned(), content));
        self
    }

    pub(super) fn text(self, text: &str) -> Self {
        self.with(Content::Text(text.to_owned()))
    }

    pub(super) fn with(mut self, content: Content) -> Self {
        self.content.push(content);
        self
    }

    pub(super) fn children(mut self, children: impl IntoIterator<Item = Element>) -> Self {
        self.content.extend(children.into_iter().map(Content::Element));
        self
    }

    /// Puts the values' texts into their places; what has no text, or depends on one, is left out.
    pub(super) fn fill(&mut self, text_of: &impl Fn(u16) -> Option<String>) {
        let fill = |content: &mut Content| match content {
            Content::Value { index, .. } => match text_of(*index) {
                Some(text) => {
                    *content = Content::Text(text);
                    true
                }
                None => false,
            },
            Content::Element(element) => {
                element.fill(text_of);
                element.dependency.is_none_or(|index| text_of(index).is_some())
            }
            Content::Text(_) => true,
        };
        self.attributes.retain_mut(|(_, content)| fill(content));
        self.content.retain_mut(fill);
    }
}

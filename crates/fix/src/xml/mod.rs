//! Elements and attributes by place, and edits of them.

mod layout;
mod lookup;
mod write;

use std::cell::OnceCell;
use std::rc::Rc;

use falconer_iis_config::schema::CollectionSchema;
use falconer_iis_config::xml::{Attribute, ElementId, Ending, Node};
use falconer_iis_config::{Edit, Span, WebConfig};

pub(crate) use layout::{Layout, own_lines};
pub(crate) use lookup::Added;
pub(crate) use write::escape;

use lookup::Lookup;

/// A configuration file and the text that it was read from.
pub(crate) struct Document<'a> {
    pub(crate) text: &'a str,
    pub(crate) config: WebConfig,
    /// The elements in the order of their start tags.
    elements: OnceCell<Vec<ElementId>>,
    lookup: Lookup,
}

impl<'a> Document<'a> {
    pub(crate) fn read(text: &'a str) -> Self {
        Document {
            text,
            config: WebConfig::parse(text),
            elements: OnceCell::new(),
            lookup: Lookup::default(),
        }
    }

    /// The element whose start tag covers the byte.
    pub(crate) fn element_around(&self, offset: usize) -> Option<Node<'_>> {
        let elements = self.elements.get_or_init(|| self.config.tree().nodes().map(Node::id).collect());
        let tag =
            |id: &ElementId| self.config.tree().node(*id).map_or(Span::default(), |node| node.element().tag);
        let behind = elements.partition_point(|id| tag(id).start <= offset);
        let id = elements.get(behind.checked_sub(1)?)?;
        (offset < tag(id).end).then(|| self.config.tree().node(*id))?
    }

    /// The attribute that the span is about: the whole of it, its name or its value.
    pub(crate) fn attribute_at(&self, span: Span) -> Option<(Node<'_>, &Attribute)> {
        let node = self.element_around(span.start)?;
        let fits = |a: &&Attribute| [a.span, a.name_span, a.value_span].contains(&span);
        node.element().attributes.iter().find(fits).map(|attribute| (node, attribute))
    }

    /// What a collection adds, in order.
    pub(crate) fn added(&self, collection: &CollectionSchema) -> Rc<[Added]> {
        self.lookup.added(&self.config, collection)
    }

    /// The first section with the same path in the same scope, unless it is that one.
    pub(crate) fn first_section(&self, node: Node<'_>) -> Option<Node<'_>> {
        self.config.tree().node(self.lookup.first_section(&self.config, node.id())?)
    }

    /// The end tag's `<`; `None` for an element without end tag.
    fn end_tag(&self, node: Node<'_>) -> Option<usize> {
        let element = node.element();
        let content = self.text.get(element.tag.end..element.span.end)?;
        (element.ending == Ending::Closed).then(|| content.rfind("</").map(|at| element.tag.end + at))?
    }

    /// Gives an element another name, in its end tag too.
    pub(crate) fn rename(&self, node: Node<'_>, name: &str) -> Option<Vec<Edit>> {
        let element = node.element();
        let mut edits = vec![Edit::replace(element.name_span, name)];
        match element.ending {
            Ending::Empty => {}
            Ending::Closed => {
                let start = self.end_tag(node)? + "</".len();
                let span = Span::new(start, start + element.name.len());
                if span.of(self.text) != element.name {
                    return None;
                }
                edits.push(Edit::replace(span, name));
            }
            Ending::Unclosed => return None,
        }
        Some(edits)
    }

    /// Takes an element out: with its line, or lines, when nothing else stands there.
    pub(crate) fn remove(&self, node: Node<'_>) -> Edit {
        Edit::delete(layout::own_lines(self.text, node.element().span))
    }

    /// Takes an attribute out, with the blank before it, or, when it begins a line, with the blank behind it.
    pub(crate) fn remove_attribute(&self, attribute: &Attribute) -> Edit {
        Edit::delete(layout::with_blank(self.text, attribute.span))
    }

    /// Gives an attribute another value, in the quotes that it has.
    pub(crate) fn set(&self, attribute: &Attribute, value: &str) -> Edit {
        let quote = self.text.as_bytes().get(attribute.value_span.end).copied();
        Edit::replace(attribute.value_span, escape(value, if quote == Some(b'\'') { '\'' } else { '"' }))
    }

    /// Adds an attribute behind another one; as the first, when that is not there.
    pub(crate) fn add(&self, node: Node<'_>, name: &str, value: &str, behind: &str) -> Edit {
        let at = node.attribute(behind).map_or(node.element().name_span.end, |before| before.span.end);
        Edit::insert(at, format!(" {name}=\"{}\"", escape(value, '"')))
    }

    /// Puts lines before an element, indented as the element is; in its line, when it does not begin one.
    pub(crate) fn insert_before(&self, node: Node<'_>, lines: &[(usize, &str)]) -> Edit {
        let start = node.element().span.start;
        let layout = Layout::of(self.text, node);
        let mut out = String::new();
        for (depth, line) in lines {
            layout.indent_more(&mut out, *depth);
            out.push_str(line);
            layout.next_line(&mut out);
        }
        Edit::insert(start, out)
    }

    /// Puts a line at the end of what an element holds.
    pub(crate) fn append(&self, node: Node<'_>, line: &str) -> Option<Edit> {
        let layout = Layout::of(self.text, node);
        if node.element().ending == Ending::Empty {
            return Some(self.open_up(node, &layout, line));
        }
        let end = self.end_tag(node)?;
        let last = node.children().last().map(|child| Layout::of(self.text, child));
        let (start, closing) = layout::line_before(self.text, end);
        let mut out = String::new();
        if !(closing && layout.begins_line) {
            out.push_str(line);
            return Some(Edit::insert(end, out));
        }
        match last.filter(|last| last.begins_line) {
            Some(last) => out.push_str(last.indent),
            None => {
                out.push_str(layout.indent);
                layout.indent_more(&mut out, 1);
            }
        }
        out.push_str(line);
        out.push_str(layout::line_end_before(self.text, start));
        Some(Edit::insert(start, out))
    }

    /// `<a />` becomes `<a>` with a line in it.
    fn open_up(&self, node: Node<'_>, layout: &Layout<'_>, line: &str) -> Edit {
        let tag = node.element().tag;
        let inside = tag.of(self.text).strip_suffix("/>").unwrap_or_default().trim_end();
        let mut out = ">".to_owned();
        layout.next_line(&mut out);
        layout.indent_more(&mut out, 1);
        out.push_str(line);
        layout.next_line(&mut out);
        out.push_str(&format!("</{}>", node.name()));
        Edit::replace(Span::new(tag.start + inside.len(), tag.end), out)
    }

    /// The attributes and elements are the same, in the same order of elements.
    pub(crate) fn same_content(&self, a: Node<'_>, b: Node<'_>) -> bool {
        let mut rest = vec![(a, b)];
        while let Some((a, b)) = rest.pop() {
            let (inner_a, inner_b): (Vec<_>, Vec<_>) = (a.children().collect(), b.children().collect());
            if a.name() != b.name() || inner_a.len() != inner_b.len() || self.written(a) != self.written(b) {
                return false;
            }
            rest.extend(inner_a.into_iter().zip(inner_b));
        }
        true
    }

    /// The attributes as written, sorted by name.
    fn written<'n>(&'n self, node: Node<'n>) -> Vec<(&'n str, &'n str)> {
        let attributes = node.element().attributes.iter();
        let mut written: Vec<_> = attributes.map(|x| (x.name.as_str(), x.value_span.of(self.text))).collect();
        written.sort_unstable();
        written
    }
}

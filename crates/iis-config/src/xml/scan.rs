//! A linear, tolerant scanner of tags. It builds the tree of a well-formed document exactly as XML says (the
//! property test against `roxmltree` holds it to that), and as much of a tree as it can of anything else,
//! noting each oddity on the way.

use super::attributes::{self, TagEnd};
use super::tree::{Element, ElementId, Ending, Tree};
use crate::Span;
use crate::schema::words;

/// How much the scanner puts up with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// A document: elements nest as their tags say.
    Document,
    /// A damaged document: elements that cannot contain each other in IIS configuration close each other.
    Damaged,
    /// Prose with configuration in it: as `Damaged`, and only names of IIS configuration make elements.
    Excerpt,
}

/// Something in the text that is not as XML wants it, in the order of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Oddity {
    pub(super) kind: OddityKind,
    pub(super) span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum OddityKind {
    /// The span is the start tag of an element without end tag; `before` is the end tag that came instead.
    Unclosed {
        name: String,
        before: Option<(String, Span)>,
    },
    /// The span is an end tag without start tag.
    StrayEnd {
        name: String,
    },
    /// A section or group directly in one of the same name; the span is the inner start tag.
    OwnChild {
        name: String,
        outer: Span,
    },
    /// A tag, comment, CDATA section or instruction runs into the end of the text or the next tag.
    Unterminated {
        what: &'static str,
    },
    /// `<!DOCTYPE`.
    Doctype,
    /// `<?xml`.
    Declaration,
    DuplicateAttribute {
        name: String,
    },
    /// An attribute without value, without quotes, with a quote missing or typographic.
    Attribute {
        name: String,
        fault: AttributeFault,
    },
    /// An element with more attributes than are read.
    TooManyAttributes,
    BareAmpersand,
    UnknownEntity {
        text: String,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AttributeFault {
    NoValue,
    NoQuotes,
    QuoteMissing,
    TypographicQuotes,
    /// `<` in the value.
    LessThan,
}

/// What a scan gives.
#[derive(Debug, Clone, Default)]
pub(super) struct Scan {
    pub(super) tree: Tree,
    pub(super) oddities: Vec<Oddity>,
    /// How many namespace declarations there are.
    pub(super) namespaces: usize,
    /// A bound was reached and the rest left out.
    pub(super) bounded: bool,
}

/// Elements kept; configuration files of large farms have some ten thousand.
const MAX_ELEMENTS: usize = 200_000;
/// Nesting followed; IIS configuration nests about ten deep. Deeper elements become children of the last.
const MAX_DEPTH: usize = 256;
/// Oddities kept.
const MAX_ODDITIES: usize = 256;

pub(super) fn scan(text: &str, reading: Reading) -> Scan {
    let mut scanner =
        Scanner { text, reading, open: Vec::new(), not_ahead: Vec::new(), out: Scan::default() };
    scanner.run();
    scanner.finish();
    scanner.out
}

struct Scanner<'a> {
    text: &'a str,
    reading: Reading,
    /// The open elements, outermost first, each with its rank.
    open: Vec<(ElementId, Option<u8>)>,
    /// Closings that do not occur in the rest of the text.
    not_ahead: Vec<&'static str>,
    out: Scan,
}

impl Scanner<'_> {
    fn run(&mut self) {
        let mut at = 0;
        while let Some(found) = memchr::memchr(b'<', self.rest(at).as_bytes()) {
            let start = at + found;
            self.content(Span::new(at, start));
            if self.out.tree.len() >= MAX_ELEMENTS {
                self.out.bounded = true;
                return;
            }
            at = self.markup(start);
        }
        self.content(Span::new(at, self.text.len()));
    }

    fn rest(&self, at: usize) -> &str {
        self.text.get(at..).unwrap_or_default()
    }

    /// Reads the markup at `start`, which is a `<`; gives the offset behind it.
    fn markup(&mut self, start: usize) -> usize {
        let rest = self.rest(start);
        if rest.starts_with("<!--") {
            let end = self.skip(start, 4, "-->", "comment");
            self.elide_content(has_ellipsis(Span::new(start, end).of(self.text)));
            return end;
        }
        if rest.starts_with("<![CDATA[") {
            return self.skip(start, 9, "]]>", "CDATA section");
        }
        if rest.starts_with("<?") {
            if rest.get(2..5) == Some("xml") && rest.as_bytes().get(5).is_some_and(u8::is_ascii_whitespace) {
                self.note(OddityKind::Declaration, Span::new(start, start + 5));
            }
            return self.skip(start, 2, "?>", "instruction");
        }
        if rest.starts_with("<!") {
            self.note(OddityKind::Doctype, Span::new(start, start + 2));
            return self.skip(start, 2, ">", "declaration");
        }
        if let Some(name) = rest.strip_prefix("</") {
            let name = attributes::name_at(name);
            return self.end_tag(start, start + 2 + name);
        }
        match attributes::name_at(rest.get(1..).unwrap_or_default()) {
            0 => start + 1,
            length => self.start_tag(start, Span::new(start + 1, start + 1 + length)),
        }
    }

    /// Skips to behind `close`. What has none is skipped whole in a document, and only its opening in prose.
    fn skip(&mut self, start: usize, opening: usize, close: &'static str, what: &'static str) -> usize {
        let from = start + opening;
        // One failed search tells for the rest of the text; searching again each time would be quadratic.
        if !self.not_ahead.contains(&close) {
            if let Some(found) = self.rest(from).find(close) {
                return from + found + close.len();
            }
            self.not_ahead.push(close);
        }
        self.note(OddityKind::Unterminated { what }, Span::new(start, from));
        if self.reading == Reading::Document { self.text.len() } else { from }
    }

    fn start_tag(&mut self, start: usize, name_span: Span) -> usize {
        let name = name_span.of(self.text);
        if self.reading == Reading::Excerpt && !self.belongs(name) {
            return name_span.end;
        }
        let name = name.to_owned();
        let tag = attributes::read(self.text, name_span.end, |kind, span| {
            if self.out.oddities.len() < MAX_ODDITIES {
                self.out.oddities.push(Oddity { kind, span });
            }
        });
        self.out.namespaces += tag.attributes.iter().filter(|a| a.name.starts_with("xmlns")).count();
        let (span, rank) = (Span::new(start, tag.end), words::rank(&name));
        if rank.is_some() && tag.attributes.is_empty() && tag.how == TagEnd::Open {
            self.note_own_child(&name, span);
        }
        if self.reading != Reading::Document {
            self.make_room(&name, rank, start);
        }
        let parent = self.open.last().map(|(id, _)| *id);
        let unfinished = tag.how == TagEnd::Unfinished;
        let id = self.out.tree.push(Element {
            name,
            span,
            name_span,
            tag: span,
            attributes: tag.attributes,
            parent,
            children: Vec::new(),
            ending: if tag.how == TagEnd::Empty { Ending::Empty } else { Ending::Unclosed },
            attributes_elided: tag.elided || (unfinished && self.reading == Reading::Excerpt),
            content_elided: false,
        });
        if tag.how != TagEnd::Empty {
            if self.open.len() < MAX_DEPTH {
                self.open.push((id, rank));
            } else {
                self.out.bounded = true;
            }
        }
        tag.end
    }

    /// Is this an element of configuration, rather than a placeholder or a type argument in prose?
    fn belongs(&self, name: &str) -> bool {
        let in_module_section = || {
            self.open.iter().any(|(id, _)| self.name_of(*id) == "aspNetCore")
                && words::resembles_module_element(name)
        };
        words::is_known(name) || in_module_section()
    }

    fn name_of(&self, id: ElementId) -> &str {
        self.out.tree.node(id).map_or("", |node| node.name())
    }

    /// Closes what cannot contain an element of that name: `<handlers>` never stands inside `<aspNetCore>`.
    fn make_room(&mut self, name: &str, rank: Option<u8>, start: usize) {
        let keep = match rank {
            Some(rank) if self.open.iter().any(|(_, open)| open.is_some()) => self
                .open
                .iter()
                .rposition(|(_, open)| open.is_some_and(|open| open < rank))
                .map_or(0, |at| at + 1),
            // A quotation of `<aspNetCore ...>` without its end tag holds nothing but what belongs there.
            None if self.reading == Reading::Excerpt && words::is_foreign_to_module(name) => {
                let module = self.open.iter().position(|(id, _)| self.name_of(*id) == "aspNetCore");
                module.unwrap_or(self.open.len())
            }
            _ => return,
        };
        while self.open.len() > keep {
            self.close_unclosed(start, None);
        }
    }

    /// An end tag whose slash was forgotten looks like an element, without attributes, in one of its own name.
    fn note_own_child(&mut self, name: &str, span: Span) {
        let parent = self.open.last().and_then(|(id, _)| self.out.tree.node(*id));
        let outer = parent.filter(|node| node.name() == name);
        if let Some(outer) = outer.map(|node| node.element().tag) {
            self.note(OddityKind::OwnChild { name: name.to_owned(), outer }, span);
        }
    }

    fn end_tag(&mut self, start: usize, name_end: usize) -> usize {
        let end = match memchr::memchr2(b'>', b'<', self.rest(name_end).as_bytes()) {
            Some(found) if self.text.as_bytes().get(name_end + found) == Some(&b'>') => name_end + found + 1,
            Some(found) => name_end + found,
            None => self.text.len(),
        };
        let span = Span::new(start, end);
        let name = Span::new(start + 2, name_end).of(self.text).to_owned();
        let Some(index) = self.open.iter().rposition(|(id, _)| self.name_of(*id) == name) else {
            if self.reading != Reading::Excerpt || words::is_known(&name) {
                self.note(OddityKind::StrayEnd { name }, span);
            }
            return end;
        };
        while self.open.len() > index + 1 {
            self.close_unclosed(start, Some((name.clone(), span)));
        }
        if let Some(element) = self.open.pop().and_then(|(id, _)| self.out.tree.element_mut(id)) {
            element.ending = Ending::Closed;
            element.span.end = end;
        }
        end
    }

    /// Ends the innermost open element at `at` for want of an end tag.
    fn close_unclosed(&mut self, at: usize, before: Option<(String, Span)>) {
        let cut = self.reading != Reading::Document;
        let Some(element) = self.open.pop().and_then(|(id, _)| self.out.tree.element_mut(id)) else { return };
        element.span.end = at.max(element.tag.end);
        element.content_elided |= cut;
        let (name, span) = (element.name.clone(), element.tag);
        self.note(OddityKind::Unclosed { name, before }, span);
    }

    fn finish(&mut self) {
        while !self.open.is_empty() {
            self.close_unclosed(self.text.len(), None);
        }
    }

    /// Looks at the text between tags.
    fn content(&mut self, span: Span) {
        let text = span.of(self.text);
        let elided = has_ellipsis(text);
        let mut from = 0;
        while let Some(found) = memchr::memchr(b'&', text.get(from..).unwrap_or_default().as_bytes()) {
            let at = from + found;
            from = at + 1;
            let place = Span::new(span.start + at, span.start + at + 1);
            match super::reference::read(text.get(at..).unwrap_or_default()) {
                Ok(_) => {}
                Err(None) => self.note(OddityKind::BareAmpersand, place),
                Err(Some(length)) => {
                    let place = Span::new(place.start, place.start + length);
                    let text = place.of(self.text).to_owned();
                    self.note(OddityKind::UnknownEntity { text }, place);
                }
            }
        }
        self.elide_content(elided);
    }

    fn elide_content(&mut self, elided: bool) {
        if elided && let Some(element) = self.open.last().and_then(|(id, _)| self.out.tree.element_mut(*id)) {
            element.content_elided = true;
        }
    }

    fn note(&mut self, kind: OddityKind, span: Span) {
        if self.out.oddities.len() < MAX_ODDITIES {
            self.out.oddities.push(Oddity { kind, span });
        }
    }
}

/// `...`, `…`: something was left out here.
pub(super) fn has_ellipsis(text: &str) -> bool {
    text.contains("...") || text.contains('…')
}

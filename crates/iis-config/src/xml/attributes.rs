//! The attributes of a start tag.

use super::reference::{self, BadReference};
use super::scan::{AttributeFault, OddityKind, has_ellipsis};
use super::tree::Attribute;
use crate::Span;

/// How a start tag ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TagEnd {
    /// `/>`
    Empty,
    /// `>`
    Open,
    /// The next tag begins, or the text ends.
    Unfinished,
}

/// The rest of a start tag, behind its name.
#[derive(Debug)]
pub(super) struct Tag {
    pub(super) attributes: Vec<Attribute>,
    /// Behind the `>`.
    pub(super) end: usize,
    pub(super) how: TagEnd,
    /// `...` stands among the attributes.
    pub(super) elided: bool,
}

/// Attributes kept per element. The largest elements of IIS configuration have about twenty.
const MAX_ATTRIBUTES: usize = 256;

/// The length of the XML name at the start of `text`. Punctuation beyond ASCII (typographic quotes, dots) ends it.
pub(super) fn name_at(text: &str) -> usize {
    let first = |c: char| c.is_ascii_alphabetic() || c == '_' || c == ':' || (!c.is_ascii() && in_name(c));
    if !text.starts_with(first) {
        return 0;
    }
    text.find(|c| !in_name(c)).unwrap_or(text.len())
}

fn in_name(c: char) -> bool {
    match c {
        '\u{00B7}' | '\u{200C}' | '\u{200D}' | '\u{203F}' | '\u{2040}' => true,
        '\u{80}'..='\u{BF}' | '\u{2000}'..='\u{206F}' | '\u{3000}' | '\u{FEFF}' => false,
        _ => c.is_ascii_alphanumeric() || matches!(c, '_' | ':' | '-' | '.') || !c.is_ascii(),
    }
}

/// Reads a start tag from behind its name.
pub(super) fn read(text: &str, from: usize, mut note: impl FnMut(OddityKind, Span)) -> Tag {
    let mut reader = Reader { text, at: from, elided: false, attributes: Vec::new(), note: &mut note };
    let how = reader.run();
    Tag { end: reader.at, how, elided: reader.elided, attributes: reader.attributes }
}

struct Reader<'a, F> {
    text: &'a str,
    at: usize,
    elided: bool,
    attributes: Vec<Attribute>,
    note: &'a mut F,
}

impl<F: FnMut(OddityKind, Span)> Reader<'_, F> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn run(&mut self) -> TagEnd {
        loop {
            self.skip_space();
            let rest = self.rest();
            let Some(next) = rest.chars().next() else {
                (self.note)(OddityKind::Unterminated { what: "tag" }, Span::new(self.at, self.at));
                return TagEnd::Unfinished;
            };
            match next {
                '>' => {
                    self.at += 1;
                    return TagEnd::Open;
                }
                '/' if rest.starts_with("/>") => {
                    self.at += 2;
                    return TagEnd::Empty;
                }
                '<' => {
                    (self.note)(OddityKind::Unterminated { what: "tag" }, Span::new(self.at, self.at + 1));
                    return TagEnd::Unfinished;
                }
                '…' => self.ellipsis(next.len_utf8()),
                '.' if rest.starts_with("...") => self.ellipsis(3),
                _ => match name_at(rest) {
                    0 => self.at += next.len_utf8(),
                    length => self.attribute(length),
                },
            }
        }
    }

    fn ellipsis(&mut self, length: usize) {
        self.elided = true;
        self.at += length;
    }

    fn attribute(&mut self, name_length: usize) {
        let name_span = Span::new(self.at, self.at + name_length);
        let name = name_span.of(self.text).to_owned();
        self.at = name_span.end;
        self.skip_space();
        if !self.rest().starts_with('=') {
            self.at = name_span.end;
            return self.fault(&name, AttributeFault::NoValue, name_span);
        }
        self.at += 1;
        self.skip_space();
        let value_span = self.value(&name, name_span);
        let span = Span::new(name_span.start, self.at);
        let value = self.decoded(value_span);
        if self.attributes.iter().any(|attribute| attribute.name == name) {
            (self.note)(OddityKind::DuplicateAttribute { name: name.clone() }, span);
        }
        if self.attributes.len() >= MAX_ATTRIBUTES {
            return (self.note)(OddityKind::TooManyAttributes, span);
        }
        let elided = matches!(value.trim(), "..." | "…" | "[...]" | "(...)");
        self.attributes.push(Attribute { name, value, span, name_span, value_span, elided });
    }

    /// Reads the value and its quotes; gives its span without quotes.
    fn value(&mut self, name: &str, name_span: Span) -> Span {
        let opening = self.rest().chars().next().unwrap_or(' ');
        let closers: &[char] = match opening {
            '"' => &['"'],
            '\'' => &['\''],
            '“' | '”' | '„' | '‟' | '″' => &['”', '“', '″', '"'],
            '‘' | '’' | '‚' => &['’', '‘', '\''],
            _ => {
                let span = self.bare_value(self.at);
                self.fault(name, AttributeFault::NoQuotes, Span::new(name_span.start, span.end));
                return span;
            }
        };
        let start = self.at + opening.len_utf8();
        let behind = self.text.get(start..).unwrap_or_default();
        let span = match behind.find(closers) {
            Some(length) if !starts_a_tag(behind.get(..length).unwrap_or_default()) => {
                let closer =
                    behind.get(length..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
                self.at = start + length + closer;
                Span::new(start, start + length)
            }
            _ => {
                let span = self.bare_value(start);
                self.fault(name, AttributeFault::QuoteMissing, Span::new(name_span.start, span.end));
                return span;
            }
        };
        if !opening.is_ascii() {
            self.fault(name, AttributeFault::TypographicQuotes, Span::new(name_span.start, self.at));
        }
        if span.of(self.text).contains('<') {
            self.fault(name, AttributeFault::LessThan, Span::new(name_span.start, self.at));
        }
        span
    }

    /// A value that nothing closes: up to white space or the end of the tag.
    fn bare_value(&mut self, start: usize) -> Span {
        let behind = self.text.get(start..).unwrap_or_default();
        let length =
            behind.find(|c: char| c.is_whitespace() || matches!(c, '>' | '<')).unwrap_or(behind.len());
        let value = behind.get(..length).unwrap_or_default();
        let empty_tag =
            value.ends_with('/') && behind.get(length..).is_some_and(|rest| rest.starts_with('>'));
        self.at = start + length - usize::from(empty_tag);
        Span::new(start, self.at)
    }

    fn decoded(&mut self, span: Span) -> String {
        let text = self.text;
        reference::decode(span.of(text), span.start, |bad| match bad {
            BadReference::BareAmpersand(span) => (self.note)(OddityKind::BareAmpersand, span),
            BadReference::Unknown(span) => {
                (self.note)(OddityKind::UnknownEntity { text: span.of(text).to_owned() }, span);
            }
        })
    }

    fn fault(&mut self, name: &str, fault: AttributeFault, span: Span) {
        let in_quotation = fault == AttributeFault::NoValue && has_ellipsis(name);
        self.elided |= in_quotation;
        if !in_quotation {
            (self.note)(OddityKind::Attribute { name: name.to_owned(), fault }, span);
        }
    }
}

/// The value runs into another tag: on a later line there is a `<` that begins one. On the same line, `<` may be
/// part of the value (a placeholder such as `<password>`).
fn starts_a_tag(value: &str) -> bool {
    let Some(line_end) = memchr::memchr(b'\n', value.as_bytes()) else { return false };
    let later = value.get(line_end..).unwrap_or_default();
    later
        .split('<')
        .skip(1)
        .any(|behind| behind.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!')))
}

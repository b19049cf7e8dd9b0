//! Why a document is not well-formed, in words for people.

use crate::{Position, Span};

/// Why IIS cannot read a configuration file (500.19, 0x8007000d).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {}, column {}: {}", at.line, at.column, self.explanation())]
pub struct XmlError {
    /// What is wrong.
    pub kind: XmlErrorKind,
    /// The spot.
    pub span: Span,
    /// Where the spot begins.
    pub at: Position,
}

/// What can be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum XmlErrorKind {
    /// There is no element at all.
    Empty,
    /// A version control system left both sides of a conflict in the file.
    MergeConflict,
    /// Something, white space included, stands before `<?xml`.
    TextBeforeDeclaration,
    /// A second `<?xml … ?>`.
    SecondDeclaration,
    /// Text before the first element.
    TextBeforeRoot,
    /// An element, text or anything else behind the end of the outermost element.
    TextAfterRoot,
    /// An element without end tag.
    Unclosed {
        /// Its name.
        name: String,
        /// The end tag that came instead and where; `None`: the file ends.
        before: Option<(String, Position)>,
    },
    /// An end tag written as a start tag: the slash is missing.
    EndTagWithoutSlash {
        /// Its name.
        name: String,
        /// Where the element begins.
        opened: Position,
    },
    /// An end tag without start tag.
    StrayEnd {
        /// Its name.
        name: String,
    },
    /// A tag, comment, CDATA section or instruction without end.
    Unterminated {
        /// Which.
        what: &'static str,
    },
    /// `&` that must be written `&amp;`.
    BareAmpersand,
    /// `&name;` that XML does not know.
    UnknownEntity {
        /// As written.
        text: String,
    },
    /// `<` in the value of an attribute, which must be written `&lt;`.
    LessThanInValue {
        /// The attribute.
        attribute: String,
    },
    /// The same attribute twice in a tag.
    DuplicateAttribute {
        /// The attribute.
        attribute: String,
    },
    /// An attribute without value or without quotes, or with a quote missing.
    Quotes {
        /// The attribute.
        attribute: String,
    },
    /// Quotes as word processors and chat programs make them (`“`).
    TypographicQuotes {
        /// The attribute.
        attribute: String,
    },
    /// `--` in a comment, or a comment within a comment.
    HyphensInComment,
    /// A prefix that no `xmlns:` declares.
    UndeclaredPrefix {
        /// The prefix.
        prefix: String,
    },
    /// A character that XML does not allow.
    ForbiddenCharacter {
        /// Its code point.
        code: u32,
    },
    /// `<!DOCTYPE`, which IIS does not read.
    Doctype,
    /// More elements, attributes or levels than any configuration has.
    TooLarge,
    /// Anything else, in the words of the parser.
    Other(String),
}

impl XmlErrorKind {
    /// The kind's name, in kebab case.
    pub fn name(&self) -> &'static str {
        match self {
            XmlErrorKind::Empty => "empty",
            XmlErrorKind::MergeConflict => "merge-conflict",
            XmlErrorKind::TextBeforeDeclaration => "text-before-declaration",
            XmlErrorKind::SecondDeclaration => "second-declaration",
            XmlErrorKind::TextBeforeRoot => "text-before-root",
            XmlErrorKind::TextAfterRoot => "text-after-root",
            XmlErrorKind::Unclosed { .. } => "unclosed-element",
            XmlErrorKind::EndTagWithoutSlash { .. } => "end-tag-without-slash",
            XmlErrorKind::StrayEnd { .. } => "stray-end-tag",
            XmlErrorKind::Unterminated { .. } => "unterminated",
            XmlErrorKind::BareAmpersand => "bare-ampersand",
            XmlErrorKind::UnknownEntity { .. } => "unknown-entity",
            XmlErrorKind::LessThanInValue { .. } => "less-than-in-value",
            XmlErrorKind::DuplicateAttribute { .. } => "duplicate-attribute",
            XmlErrorKind::Quotes { .. } => "quotes",
            XmlErrorKind::TypographicQuotes { .. } => "typographic-quotes",
            XmlErrorKind::HyphensInComment => "hyphens-in-comment",
            XmlErrorKind::UndeclaredPrefix { .. } => "undeclared-prefix",
            XmlErrorKind::ForbiddenCharacter { .. } => "forbidden-character",
            XmlErrorKind::Doctype => "doctype",
            XmlErrorKind::TooLarge => "too-large",
            XmlErrorKind::Other(_) => "other",
        }
    }
}

impl XmlError {
    /// What is wrong and what to do, in a sentence.
    pub fn explanation(&self) -> String {
        let line = self.at.line;
        match &self.kind {
            XmlErrorKind::Empty => "the file holds no element; it must at least hold <configuration />".to_owned(),
            XmlErrorKind::MergeConflict => {
                "a merge conflict was not resolved: keep one side and delete the marker lines".to_owned()
            }
            XmlErrorKind::TextBeforeDeclaration => {
                "the declaration <?xml ... ?> must be the very first thing in the file; delete what stands before it, blank lines and spaces too".to_owned()
            }
            XmlErrorKind::SecondDeclaration => "there is a second declaration <?xml ... ?>; delete it".to_owned(),
            XmlErrorKind::TextBeforeRoot => "there is text before the first element; delete it".to_owned(),
            XmlErrorKind::TextAfterRoot => {
                "the file goes on behind the end of its outermost element; delete what follows, or move it inside".to_owned()
            }
            XmlErrorKind::Unclosed { name, before: Some((end, place)) } => {
                format!("<{name}>, opened on line {line}, is not closed before </{end}> on line {}", place.line)
            }
            XmlErrorKind::Unclosed { name, before: None } => {
                format!("<{name}>, opened on line {line}, is not closed before the end of the file")
            }
            XmlErrorKind::EndTagWithoutSlash { name, opened } => {
                format!("<{name}> is opened again inside the <{name}> of line {}; the end tag is written </{name}>", opened.line)
            }
            XmlErrorKind::StrayEnd { name } => format!("</{name}> closes an element that is not open"),
            XmlErrorKind::Unterminated { what } => format!("a {what} has no end"),
            XmlErrorKind::BareAmpersand => "a plain & is not allowed in XML; write &amp;".to_owned(),
            XmlErrorKind::UnknownEntity { text } => {
                format!("{text} is not known in XML; a plain & is written &amp;")
            }
            XmlErrorKind::LessThanInValue { attribute } => {
                format!("the value of {attribute} holds a plain <; write &lt;")
            }
            XmlErrorKind::DuplicateAttribute { attribute } => {
                format!("{attribute} stands twice in the same tag; delete one")
            }
            XmlErrorKind::Quotes { attribute } => {
                format!("the attribute {attribute} needs a value between two straight quotes")
            }
            XmlErrorKind::TypographicQuotes { attribute } => {
                format!("the value of {attribute} stands between typographic quotes; write straight ones (\")")
            }
            XmlErrorKind::HyphensInComment => {
                "a comment must not hold -- (nor another comment); delete the hyphens".to_owned()
            }
            XmlErrorKind::UndeclaredPrefix { prefix } => {
                format!("the prefix {prefix}: is not declared; a transform (xdt:) that was not applied is often the reason")
            }
            XmlErrorKind::ForbiddenCharacter { code } => {
                format!("the character U+{code:04X} is not allowed in XML; delete it")
            }
            XmlErrorKind::Doctype => "IIS reads no files with <!DOCTYPE; delete it".to_owned(),
            XmlErrorKind::TooLarge => "there are more elements, attributes or levels than any configuration has".to_owned(),
            XmlErrorKind::Other(text) => text.clone(),
        }
    }
}

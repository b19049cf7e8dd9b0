//! What keeps a file from being XML. A repair is offered only when the file is well-formed with it.

use falconer_iis_config::xml::{XmlError, XmlErrorKind};
use falconer_iis_config::{Edit, Span};

use super::edits;
use crate::Fix;
use crate::steps::Steps;
use crate::table::Case;
use crate::xml::Document;

/// Faults of one kind often come together; more than these are left to people.
const MOST: usize = 32;

pub(crate) fn malformed(_: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let first = document.config.problems().first()?;
    let (safe, text) = what(first)?;
    let mut steps = Steps::new(document.text);
    let mut edit = edit(document, first)?;
    // The parser names the first fault only; the next shows when that one is gone.
    for _ in 0..MOST {
        steps.make(edit)?;
        let now = Document::read(steps.text());
        match now.config.problems().first() {
            None => return edits(safe, text, steps.into_edits()),
            Some(next) if next.kind.name() == first.kind.name() => edit = self::edit(&now, next)?,
            Some(_) => return None,
        }
    }
    None
}

/// Is the repair safe, and what does it do?
fn what(problem: &XmlError) -> Option<(bool, String)> {
    let (safe, text) = match &problem.kind {
        XmlErrorKind::BareAmpersand => (true, "Write &amp; for a plain &.".to_owned()),
        XmlErrorKind::UnknownEntity { text } => (false, format!("Write &amp; for the & of {text}.")),
        XmlErrorKind::LessThanInValue { .. } => (false, "Write &lt; for a plain < in a value.".to_owned()),
        XmlErrorKind::TextBeforeDeclaration => (true, "Delete the white space before <?xml.".to_owned()),
        XmlErrorKind::EndTagWithoutSlash { name, .. } => (true, format!("Write the end tag </{name}>.")),
        XmlErrorKind::TypographicQuotes { .. } => (true, "Write straight quotes around values.".to_owned()),
        XmlErrorKind::DuplicateAttribute { attribute } => {
            (true, format!("Remove the second {attribute}, which has the same value."))
        }
        XmlErrorKind::UndeclaredPrefix { prefix } if prefix == "xdt" => {
            (false, "Remove the instructions of a transform (xdt:).".to_owned())
        }
        _ => return None,
    };
    Some((safe, text))
}

fn edit(document: &Document<'_>, problem: &XmlError) -> Option<Edit> {
    let (text, span) = (document.text, problem.span);
    match &problem.kind {
        XmlErrorKind::BareAmpersand | XmlErrorKind::UnknownEntity { .. } => {
            let ampersand = Span::new(span.start, span.start + 1);
            (ampersand.of(text) == "&").then(|| Edit::replace(ampersand, "&amp;"))
        }
        XmlErrorKind::LessThanInValue { .. } => {
            let value = quoted(text, span)?.1;
            Some(Edit::replace(value, value.of(text).replace('<', "&lt;")))
        }
        XmlErrorKind::TextBeforeDeclaration => {
            let blank = span.of(text).chars().all(|c| c.is_whitespace() || c == '\u{FEFF}');
            blank.then(|| Edit::delete(span))
        }
        XmlErrorKind::EndTagWithoutSlash { .. } => Some(Edit::insert(span.start + 1, "/")),
        XmlErrorKind::TypographicQuotes { .. } => {
            let (whole, value) = quoted(text, span)?;
            Some(Edit::replace(whole, format!("\"{}\"", value.of(text).replace('"', "&quot;"))))
        }
        XmlErrorKind::DuplicateAttribute { attribute } => {
            let node = document.element_around(span.start)?;
            let mut same = node.element().attributes.iter().filter(|other| other.name == *attribute);
            let (first, second) = (same.next()?, same.find(|other| other.span == span)?);
            let equal = first.value_span.of(text) == second.value_span.of(text);
            equal.then(|| document.remove_attribute(second))
        }
        XmlErrorKind::UndeclaredPrefix { .. } => {
            let node = document.element_around(span.start)?;
            let attribute = node.element().attributes.iter().find(|a| a.name.starts_with("xdt:"))?;
            let removes =
                attribute.name == "xdt:Transform" && attribute.value.trim_start().starts_with("Remove");
            (!removes).then(|| document.remove_attribute(attribute))
        }
        _ => None,
    }
}

/// The value of an attribute with and without the quotes around it, of whatever kind they are.
fn quoted(text: &str, attribute: Span) -> Option<(Span, Span)> {
    let (name, value) = attribute.of(text).split_once('=')?;
    let start = attribute.start + name.len() + 1 + (value.len() - value.trim_start().len());
    let value = value.trim();
    let [opening, closing] = [value.chars().next()?, value.chars().next_back()?].map(char::len_utf8);
    let whole = Span::new(start, start + value.len());
    let inner = Span::new(start + opening, whole.end - closing);
    (opening + closing <= value.len()).then_some((whole, inner))
}

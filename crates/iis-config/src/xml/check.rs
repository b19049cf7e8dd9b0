//! Is a document well-formed? `roxmltree` decides; the scanner's oddities say why not.

use super::error::{XmlError, XmlErrorKind};
use super::scan::{AttributeFault, Oddity, OddityKind, Reading, Scan, scan};
use crate::{Lines, Span};

/// Largest document that is read, in bytes. IIS itself stops at 250 KB for web.config.
const MAX_BYTES: usize = 64 << 20;
/// Most namespace declarations; the parser's memory grows with their square in nested elements.
const MAX_NAMESPACES: usize = 64;
/// Most nodes (elements, texts, comments) the parser keeps.
const MAX_NODES: u32 = 1_000_000;

/// Scans a document and checks it.
pub(super) fn check(text: &str, lines: &Lines) -> (Scan, Option<XmlError>) {
    if text.len() > MAX_BYTES {
        return (Scan::default(), Some(error(lines, XmlErrorKind::TooLarge, Span::new(0, 0))));
    }
    let found = scan(text, Reading::Document);
    let too_large = found.bounded
        || found.namespaces > MAX_NAMESPACES
        || found.oddities.iter().any(|oddity| oddity.kind == OddityKind::TooManyAttributes);
    if too_large {
        return (found, Some(error(lines, XmlErrorKind::TooLarge, Span::new(0, 0))));
    }
    let options = roxmltree::ParsingOptions { nodes_limit: MAX_NODES, ..Default::default() };
    match roxmltree::Document::parse_with_options(text, options) {
        Ok(_) => (found, None),
        Err(refused) => {
            let why = explain(text, lines, &found.oddities, &refused);
            (scan(text, Reading::Damaged), Some(why))
        }
    }
}

fn error(lines: &Lines, kind: XmlErrorKind, span: Span) -> XmlError {
    XmlError { kind, span, at: lines.position(span.start) }
}

/// The first of git's and its kin's conflict markers. `=======` alone is no proof, it may underline a heading.
pub(crate) fn conflict_marker(text: &str) -> Option<Span> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let marker = ["<<<<<<<", ">>>>>>>", "|||||||"].iter().any(|mark| {
            line.strip_prefix(mark).is_some_and(|rest| rest.trim_end().is_empty() || rest.starts_with(' '))
        });
        if marker {
            return Some(Span::new(start, start + line.trim_end().len()));
        }
        start += line.len();
    }
    None
}

fn explain(text: &str, lines: &Lines, oddities: &[Oddity], refused: &roxmltree::Error) -> XmlError {
    let make = |kind, span| error(lines, kind, span);
    if let Some(span) = conflict_marker(text) {
        return make(XmlErrorKind::MergeConflict, span);
    }
    if let Some((kind, span)) = before_root(text, oddities) {
        return make(kind, span);
    }
    let position = refused.pos();
    let at = lines.offset(text, position.row, position.col).unwrap_or(0);
    let spot =
        Span::new(at, text.get(at..).and_then(|rest| rest.chars().next()).map_or(at, |c| at + c.len_utf8()));
    use roxmltree::Error as E;
    let of_parser = match refused {
        E::NoRootNode => Some(XmlErrorKind::Empty),
        E::DtdDetected => Some(XmlErrorKind::Doctype),
        E::NodesLimitReached | E::AttributesLimitReached | E::NamespacesLimitReached => {
            Some(XmlErrorKind::TooLarge)
        }
        E::UnknownNamespace(prefix, _) => Some(XmlErrorKind::UndeclaredPrefix { prefix: prefix.clone() }),
        E::NonXmlChar(character, _) => Some(XmlErrorKind::ForbiddenCharacter { code: u32::from(*character) }),
        E::InvalidComment(_) => Some(XmlErrorKind::HyphensInComment),
        _ => None,
    };
    if let Some(kind) = of_parser {
        return make(kind, spot);
    }
    // Of all that is odd, what was met first is nearest to the cause.
    if let Some(oddity) = oddities.iter().find(|oddity| oddity.kind != OddityKind::Declaration) {
        return make(kind_of(lines, &oddity.kind), oddity.span);
    }
    match refused {
        E::UnknownToken(_) => make(XmlErrorKind::TextAfterRoot, spot),
        other => make(XmlErrorKind::Other(other.to_string()), spot),
    }
}

/// What stands where only a declaration may, or before the first element.
fn before_root(text: &str, oddities: &[Oddity]) -> Option<(XmlErrorKind, Span)> {
    let start = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let mut declarations =
        oddities.iter().filter(|oddity| oddity.kind == OddityKind::Declaration).map(|oddity| oddity.span);
    let first = declarations.next();
    if let Some(span) = first.filter(|span| span.start > start) {
        return Some((XmlErrorKind::TextBeforeDeclaration, Span::new(start, span.start)));
    }
    if let Some(span) = declarations.next() {
        return Some((XmlErrorKind::SecondDeclaration, span));
    }
    let rest = text.get(start..)?;
    let begins = rest.len() - rest.trim_start().len();
    let behind = rest.get(begins..)?;
    if behind.is_empty() || behind.starts_with('<') {
        return None;
    }
    let length = behind.find('<').unwrap_or(behind.len());
    let length = behind.get(..length).map_or(0, |text| text.trim_end().len());
    Some((XmlErrorKind::TextBeforeRoot, Span::new(start + begins, start + begins + length)))
}

/// The error an oddity amounts to.
pub(super) fn kind_of(lines: &Lines, kind: &OddityKind) -> XmlErrorKind {
    match kind {
        OddityKind::Unclosed { name, before } => XmlErrorKind::Unclosed {
            name: name.clone(),
            before: before.as_ref().map(|(end, span)| (end.clone(), lines.position(span.start))),
        },
        OddityKind::StrayEnd { name } => XmlErrorKind::StrayEnd { name: name.clone() },
        OddityKind::OwnChild { name, outer } => {
            XmlErrorKind::EndTagWithoutSlash { name: name.clone(), opened: lines.position(outer.start) }
        }
        OddityKind::Unterminated { what } => XmlErrorKind::Unterminated { what },
        OddityKind::Doctype => XmlErrorKind::Doctype,
        OddityKind::Declaration => XmlErrorKind::SecondDeclaration,
        OddityKind::DuplicateAttribute { name } => {
            XmlErrorKind::DuplicateAttribute { attribute: name.clone() }
        }
        OddityKind::Attribute { name, fault } => {
            let attribute = name.clone();
            match fault {
                AttributeFault::TypographicQuotes => XmlErrorKind::TypographicQuotes { attribute },
                AttributeFault::LessThan => XmlErrorKind::LessThanInValue { attribute },
                AttributeFault::NoValue | AttributeFault::NoQuotes | AttributeFault::QuoteMissing => {
                    XmlErrorKind::Quotes { attribute }
                }
            }
        }
        OddityKind::TooManyAttributes => XmlErrorKind::TooLarge,
        OddityKind::BareAmpersand => XmlErrorKind::BareAmpersand,
        OddityKind::UnknownEntity { text } => XmlErrorKind::UnknownEntity { text: text.clone() },
    }
}

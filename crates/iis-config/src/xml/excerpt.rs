//! Pieces of configuration in other text: pasted elements, with `...` in them, HTML-escaped, without a root, or
//! nothing but an attribute (`hostingModel="inprocess"`).

use super::check::kind_of;
use super::error::XmlError;
use super::scan::{OddityKind, Reading, Scan, scan};
use super::tree::{Attribute, Element, Ending, Tree};
use crate::schema::{ASP_NET_CORE, words};
use crate::{Lines, Span};

/// What was found in a text.
#[derive(Debug, Default)]
pub(crate) struct Excerpt {
    pub(crate) tree: Tree,
    /// What is malformed beyond doubt, although the text is no whole document.
    pub(crate) problems: Vec<XmlError>,
}

impl Excerpt {
    /// Looks for pieces of configuration.
    pub(crate) fn read(text: &str, lines: &Lines) -> Excerpt {
        let mut found = scan(text, Reading::Excerpt);
        if !holds_configuration(&found.tree) && text.contains("&lt;") {
            found = scan_escaped(text);
        }
        if !found.tree.nodes().any(|node| node.name() == "aspNetCore") {
            loose_attributes(text, &mut found.tree);
        }
        let problems = found
            .oddities
            .iter()
            .filter(|oddity| {
                matches!(oddity.kind, OddityKind::DuplicateAttribute { .. } | OddityKind::OwnChild { .. })
            })
            .map(|oddity| XmlError {
                kind: kind_of(lines, &oddity.kind),
                span: oddity.span,
                at: lines.position(oddity.span.start),
            })
            .collect();
        Excerpt { tree: found.tree, problems }
    }
}

fn holds_configuration(tree: &Tree) -> bool {
    tree.nodes().any(|node| words::rank(node.name()).is_some())
}

/// Scans text in which `<` is written `&lt;`, and moves all places back to the text as it is.
fn scan_escaped(text: &str) -> Scan {
    let (plain, moves) = unescape(text);
    let mut found = scan(&plain, Reading::Excerpt);
    let place = |offset: usize| {
        let index = moves.partition_point(|(to, _)| *to <= offset);
        let (to, from) = index.checked_sub(1).and_then(|index| moves.get(index)).copied().unwrap_or((0, 0));
        from + (offset - to)
    };
    found.tree.relocate(place);
    for oddity in &mut found.oddities {
        oddity.span = Span::new(place(oddity.span.start), place(oddity.span.end));
    }
    found
}

/// Replaces HTML's references; beside the text, pairs of offsets from which on old and new text run in parallel.
fn unescape(text: &str) -> (String, Vec<(usize, usize)>) {
    let mut plain = String::with_capacity(text.len());
    let mut moves = Vec::new();
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'&', text.get(at..).unwrap_or_default().as_bytes()) {
        let reference = at + found;
        plain.push_str(text.get(at..reference).unwrap_or_default());
        let behind = text.get(reference..).unwrap_or_default();
        let read = if behind.starts_with("&nbsp;") { Ok((' ', 6)) } else { super::reference::read(behind) };
        let (character, length) = read.unwrap_or(('&', 1));
        plain.push(character);
        at = reference + length;
        moves.push((plain.len(), at));
    }
    plain.push_str(text.get(at..).unwrap_or_default());
    (plain, moves)
}

/// Attributes of `<aspNetCore>` and `<requestLimits>` that stand in the text without their element.
fn loose_attributes(text: &str, tree: &mut Tree) {
    let tags: Vec<Span> = tree.nodes().map(|node| node.element().tag).collect();
    let find = |name: &str| loose_attribute(text, name, &tags);
    let module = ASP_NET_CORE.attributes.iter().filter_map(|attribute| find(attribute.name)).collect();
    let limits = find("maxAllowedContentLength").into_iter().collect();
    push_element(tree, "aspNetCore", module);
    push_element(tree, "requestLimits", limits);
}

/// The first `name="value"`, on one line, that stands in none of the tags (which are in order).
fn loose_attribute(text: &str, name: &str, tags: &[Span]) -> Option<Attribute> {
    for (start, _) in text.match_indices(name) {
        let tag =
            tags.partition_point(|tag| tag.start <= start).checked_sub(1).and_then(|index| tags.get(index));
        if tag.is_some_and(|tag| start < tag.end) {
            continue;
        }
        let before = text.get(..start).and_then(|before| before.chars().next_back());
        let behind = text.get(start + name.len()..)?;
        let Some(quoted) =
            behind.trim_start_matches(' ').strip_prefix('=').map(|rest| rest.trim_start_matches(' '))
        else {
            continue;
        };
        let Some(quote) = quoted.chars().next().filter(|c| matches!(c, '"' | '\'')) else { continue };
        let value = quoted.get(1..)?;
        let Some(length) =
            value.find([quote, '\n']).filter(|at| value.get(*at..).is_some_and(|v| v.starts_with(quote)))
        else {
            continue;
        };
        if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ':' | '.')) {
            continue;
        }
        let value_start = text.len() - value.len();
        let value = value.get(..length)?.to_owned();
        return Some(Attribute {
            elided: matches!(value.as_str(), "..." | "…"),
            name: name.to_owned(),
            span: Span::new(start, value_start + length + 1),
            name_span: Span::new(start, start + name.len()),
            value_span: Span::new(value_start, value_start + length),
            value,
        });
    }
    None
}

fn push_element(tree: &mut Tree, name: &str, attributes: Vec<Attribute>) {
    let Some(span) = attributes.iter().map(|attribute| attribute.span).reduce(Span::join) else { return };
    tree.push(Element {
        name: name.to_owned(),
        span,
        name_span: Span::new(span.start, span.start),
        tag: span,
        attributes,
        parent: None,
        children: Vec::new(),
        ending: Ending::Unclosed,
        attributes_elided: true,
        content_elided: true,
    });
}

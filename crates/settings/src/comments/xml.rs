//! Comments of XML, and the elements that they stand before.

use std::ops::Range;

use falconer_iis_config::{Lines, Span, xml};

use super::{Comment, LineIndex};

/// Markup, as far as comments have to do with it.
enum Markup {
    /// A comment.
    Comment(Range<usize>),
    /// A start tag.
    Start(Range<usize>),
    /// An end tag.
    End,
}

/// The comments of a document, in order. One that begins its line is for the start tag that follows it in the same
/// element; one behind something is for its line, and for the start tag that ends there.
pub(super) fn comments<'t>(text: &'t str, lines: &Lines, index: &LineIndex) -> Vec<Comment<'t>> {
    let markup = markup(text, lines);
    let mut comments = Vec::new();
    let mut next: Option<&Range<usize>> = None;
    for (number, one) in markup.iter().enumerate().rev() {
        match one {
            Markup::Start(tag) => next = Some(tag),
            Markup::End => next = None,
            Markup::Comment(span) => {
                let before = number.checked_sub(1).and_then(|number| markup.get(number));
                comments.push(comment(text, index, span, before, next));
            }
        }
    }
    comments.reverse();
    comments
}

fn comment<'t>(
    text: &'t str,
    index: &LineIndex,
    span: &Range<usize>,
    before: Option<&Markup>,
    next: Option<&Range<usize>>,
) -> Comment<'t> {
    let (first, last) = (index.around(span.start), index.around(span.end));
    let stands_alone = index.begins_line(span.start);
    let mut reach = Vec::new();
    if !stands_alone {
        reach.push(first.clone());
        if let Some(Markup::Start(tag)) = before
            && first.contains(&(tag.end - 1))
        {
            reach.push(tag.clone());
        }
    }
    reach.extend(next.filter(|tag| stands_alone || last.contains(&tag.start)).cloned());
    let inside = text.get(span.start + 4..span.end.saturating_sub(3)).unwrap_or_default();
    Comment { start: span.start, inside, reach }
}

/// The tags, as the scanner of configuration finds them, and the comments between them. What stands in CDATA sections,
/// instructions and attributes is none of these.
fn markup(text: &str, lines: &Lines) -> Vec<Markup> {
    let (tree, _) = xml::parse(text, lines);
    let mut found = Vec::new();
    let mut at = 0;
    for tag in tree.nodes().map(|node| node.element().tag) {
        between(text, Span::new(at, tag.start), &mut found);
        found.push(Markup::Start(tag.start..tag.end));
        at = tag.end;
    }
    between(text, Span::new(at, text.len()), &mut found);
    found
}

/// Comments and end tags in a part of the text that has no start tag.
fn between(text: &str, part: Span, found: &mut Vec<Markup>) {
    let mut at = part.start;
    while let Some(start) = Span::new(at, part.end).of(text).find('<').map(|start| at + start) {
        let rest = Span::new(start, part.end).of(text);
        let close = match rest {
            _ if rest.starts_with("<!--") => "-->",
            _ if rest.starts_with("<![CDATA[") => "]]>",
            _ if rest.starts_with("<?") => "?>",
            _ => ">",
        };
        // `<!-->` is no whole comment.
        let from = if close == "-->" { 4 } else { 1 };
        let Some(length) = rest.get(from..).and_then(|rest| rest.find(close)) else { return };
        at = start + from + length + close.len();
        if close == "-->" {
            found.push(Markup::Comment(start..at));
        } else if rest.starts_with("</") {
            found.push(Markup::End);
        }
    }
}

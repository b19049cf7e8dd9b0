//! How a file is laid out around an element: indentation and line ends.

use falconer_iis_config::Span;
use falconer_iis_config::xml::Node;

/// The layout of an element.
pub(crate) struct Layout<'a> {
    /// The element is the first in its line, and a line stands before that one.
    pub(crate) begins_line: bool,
    /// What stands before it in its line; empty where it does not begin one.
    pub(crate) indent: &'a str,
    /// The line end before it; empty where it does not begin a line.
    pub(crate) line_end: &'static str,
    /// What an element is indented more than the one around it.
    unit: &'a str,
}

impl<'a> Layout<'a> {
    pub(crate) fn of(text: &'a str, node: Node<'_>) -> Self {
        let at = node.element().span.start;
        let (start, begins_line) = line_before(text, at);
        if !begins_line {
            return Layout { begins_line, indent: "", line_end: "", unit: "" };
        }
        let indent = text.get(start..at).unwrap_or_default();
        let line_end = line_end_before(text, start);
        let outer = node.parent().map(|parent| parent.element().span.start);
        let outer = outer.and_then(|at| text.get(line_before(text, at).0..at)).unwrap_or_default();
        let usual = if indent.contains('\t') { "\t" } else { "  " };
        let unit =
            indent.strip_prefix(outer).filter(|unit| !unit.is_empty() && is_blank(outer)).unwrap_or(usual);
        Layout { begins_line, indent, line_end, unit }
    }

    /// Ends a line and indents the next as the element is; nothing where the element does not begin a line.
    pub(crate) fn next_line(&self, out: &mut String) {
        out.push_str(self.line_end);
        out.push_str(self.indent);
    }

    /// Indents by levels.
    pub(crate) fn indent_more(&self, out: &mut String, levels: usize) {
        for _ in 0..levels {
            out.push_str(self.unit);
        }
    }
}

/// How the line before the start of a line ends.
pub(crate) fn line_end_before(text: &str, start: usize) -> &'static str {
    if text.get(..start).is_some_and(|before| before.ends_with("\r\n")) { "\r\n" } else { "\n" }
}

/// The start of the line of a byte, and whether nothing but blanks stands between, and another line before.
pub(crate) fn line_before(text: &str, at: usize) -> (usize, bool) {
    let before = text.get(..at).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |found| found + 1);
    (start, start > 0 && before.get(start..).is_some_and(is_blank))
}

/// The lines of a span when nothing else stands in them, with their last line end; otherwise the span.
pub(crate) fn own_lines(text: &str, span: Span) -> Span {
    let start = text.get(..span.start).unwrap_or_default().rfind('\n').map_or(0, |found| found + 1);
    let behind = text.get(span.end..).unwrap_or_default();
    let alone = text.get(start..span.start).is_some_and(is_blank);
    match behind.find('\n').and_then(|at| Some((at, behind.get(..at)?))) {
        Some((length, rest)) if alone && is_blank(rest.trim_end_matches('\r')) => {
            Span::new(start, span.end + length + 1)
        }
        _ => span,
    }
}

/// The span of an attribute with the blank before it. When it begins a line and another attribute follows in that
/// line, with the blank behind it, so that the line keeps its indentation.
pub(crate) fn with_blank(text: &str, span: Span) -> Span {
    let before = text.get(..span.start).unwrap_or_default();
    let kept = before.trim_end_matches([' ', '\t', '\r', '\n']);
    let behind = text.get(span.end..).unwrap_or_default();
    let next = behind.trim_start_matches([' ', '\t']);
    let begins_line = before.get(kept.len()..).is_some_and(|blank| blank.contains('\n'));
    if begins_line && next.len() < behind.len() && !next.starts_with(['/', '>', '?', '\r', '\n']) {
        return Span::new(span.start, span.end + behind.len() - next.len());
    }
    Span::new(kept.len(), span.end)
}

fn is_blank(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' ' | b'\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, part: &str, place: fn(&str, Span) -> Span) -> String {
        let start = text.find(part).expect("the part");
        let span = place(text, Span::new(start, start + part.len()));
        format!("{}{}", &text[..span.start], &text[span.end..])
    }

    #[test]
    fn an_element_leaves_with_its_line_when_it_is_alone_there() {
        assert_eq!(cut("<a>\r\n  <b/> \r\n</a>", "<b/>", own_lines), "<a>\r\n</a>");
        assert_eq!(cut("<a>\n  <b\n x=''/>\n</a>", "<b\n x=''/>", own_lines), "<a>\n</a>");
        assert_eq!(cut("<a>\n  <b/> <!-- why -->\n</a>", "<b/>", own_lines), "<a>\n   <!-- why -->\n</a>");
        assert_eq!(cut("<a><b/></a>", "<b/>", own_lines), "<a></a>");
    }

    #[test]
    fn an_attribute_leaves_with_the_blank_before_it() {
        assert_eq!(cut("<a b='' c='' />", "b=''", with_blank), "<a c='' />");
        assert_eq!(cut("<a b=''\r\n   c=''/>", "c=''", with_blank), "<a b=''/>");
        assert_eq!(cut("<a\n  b=''  c=''>", "b=''", with_blank), "<a\n  c=''>");
        assert_eq!(cut("<a\n  b=''\n  c=''>", "b=''", with_blank), "<a\n  c=''>");
    }
}

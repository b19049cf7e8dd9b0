//! Comments that leave a finding out.

use std::ops::Range;

use falconer_iis_config::{Lines, Span, xml};

use crate::document::Kind;

/// What stands for the reason until somebody writes it. Three dots would say to the readers that something was left
/// out of the file.
const REASON: &str = "say why this is meant";

/// Where comments can go in a document.
pub(super) struct Places<'t> {
    kind: Kind,
    text: &'t str,
    /// The start tags, in order.
    tags: Vec<Span>,
    line_end: &'static str,
}

impl<'t> Places<'t> {
    pub(super) fn of(kind: Kind, text: &'t str) -> Places<'t> {
        let tags = match kind {
            Kind::Configuration => {
                let (tree, _) = xml::parse(text, &Lines::of(text));
                tree.nodes().map(|node| node.element().tag).collect()
            }
            Kind::AppSettings | Kind::RuntimeConfig => Vec::new(),
        };
        let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
        Places { kind, text, tags, line_end }
    }

    /// The comment that leaves out a finding, and where it goes in. `None` where there is no place for one.
    pub(super) fn comment(&self, span: Option<&Range<usize>>, id: &str) -> Option<(usize, String)> {
        match self.kind {
            Kind::Configuration => self.xml_comment(span, id),
            Kind::AppSettings => Some(self.json_comment(span, id)),
            Kind::RuntimeConfig => None,
        }
    }

    /// In XML a comment is for the start tag that follows it; what has no spot needs one for the whole file.
    fn xml_comment(&self, span: Option<&Range<usize>>, id: &str) -> Option<(usize, String)> {
        let (tag, word) = match span {
            Some(span) => {
                let behind = self.tags.partition_point(|tag| tag.start <= span.start);
                let tag = self.tags.get(behind.checked_sub(1)?)?;
                (Some(tag).filter(|tag| span.start < tag.end)?, "ignore")
            }
            None => (self.tags.first()?, "ignore-file"),
        };
        let next = next_line(self.text, tag.start, self.line_end);
        Some((tag.start, format!("<!-- falconer: {word}[{id}] reason: {REASON} -->{next}")))
    }

    /// In JSON a comment is for the line below it.
    fn json_comment(&self, span: Option<&Range<usize>>, id: &str) -> (usize, String) {
        let (at, word) = match span {
            Some(span) => (span.start, "ignore"),
            None => (0, "ignore-file"),
        };
        let start = self.text.get(..at).unwrap_or_default().rfind('\n').map_or(0, |found| found + 1);
        let rest = self.text.get(start..).unwrap_or_default();
        let first = start + (rest.len() - rest.trim_start_matches([' ', '\t']).len());
        let next = next_line(self.text, first, self.line_end);
        (first, format!("// falconer: {word}[{id}] reason: {REASON}{next}"))
    }
}

/// Ends a line at a place and begins the next one alike; nothing in the middle of a line.
fn next_line(text: &str, at: usize, line_end: &str) -> String {
    let before = text.get(..at).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |found| found + 1);
    let indent = before.get(start..).filter(|blank| blank.bytes().all(|b| matches!(b, b' ' | b'\t')));
    indent.map(|indent| format!("{line_end}{indent}")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use falconer_settings::{Comments, Known};

    const KNOWN: Known<'static> = Known { checks: &[("web-config.bad-value", "x")] };

    /// Puts the comment in and gives the part of the text that it is for.
    fn commented(kind: Kind, name: &str, text: &str, spot: &str) -> (String, Vec<String>) {
        let start = text.find(spot).expect("the spot");
        let places = Places::of(kind, text);
        let (at, comment) =
            places.comment(Some(&(start..start + 1)), "web-config.bad-value").expect("a comment");
        let new = format!("{}{comment}{}", &text[..at], &text[at..]);
        let read = Comments::read(name, &new, &KNOWN);
        assert_eq!(read.faults, []);
        let reach = read.suppressions[0].reach.clone().expect("a part");
        let parts = reach.iter().map(|part| new[part.bytes.clone()].to_owned()).collect();
        (new, parts)
    }

    #[test]
    fn a_comment_in_xml_stands_before_the_tag_that_it_is_for() {
        let text = "<a>\r\n  <b\r\n    c='d'/>\r\n  <e/>\r\n</a>";
        let (new, parts) = commented(Kind::Configuration, "web.config", text, "c='d'");
        assert_eq!(
            new,
            "<a>\r\n  <!-- falconer: ignore[web-config.bad-value] reason: say why this is meant -->\r\n  <b\r\n    c='d'/>\r\n  <e/>\r\n</a>"
        );
        assert_eq!(parts, ["<b\r\n    c='d'/>"]);
        let (_, parts) = commented(Kind::Configuration, "web.config", "<a><b/><c d=''/></a>", "d=''");
        assert!(parts.iter().any(|part| part.contains("<c d=''/>")), "{parts:?}");
    }

    #[test]
    fn a_comment_in_json_stands_above_the_line_that_it_is_for() {
        let (new, parts) = commented(Kind::AppSettings, "appsettings.json", "{\n  \"a\": 1,\n}", "1");
        assert_eq!(parts, ["  \"a\": 1,\n"]);
        assert!(new.starts_with("{\n  // falconer: ignore["), "{new}");
    }

    #[test]
    fn what_has_no_spot_is_left_out_in_the_whole_file() {
        let text = "<?xml version=\"1.0\"?>\n<a/>";
        let places = Places::of(Kind::Configuration, text);
        let (at, comment) = places.comment(None, "web-config.bad-value").expect("a comment");
        let new = format!("{}{comment}{}", &text[..at], &text[at..]);
        let read = Comments::read("web.config", &new, &KNOWN);
        assert_eq!(read.suppressions.iter().map(|one| one.reach.clone()).collect::<Vec<_>>(), [None]);
        assert!(new.starts_with("<?xml"), "nothing may stand before the declaration");
    }

    #[test]
    fn where_there_are_no_comments_there_is_none() {
        assert_eq!(Places::of(Kind::RuntimeConfig, "{}").comment(None, "a.b"), None);
        assert_eq!(Places::of(Kind::Configuration, "no tag").comment(Some(&(0..1)), "a.b"), None);
    }
}

//! HTML pages as readable text.
//!
//! Not a browser: tags go, blocks become lines, and the cells of a table row are separated by tabs, as when the
//! page is copied from a browser. Broken and cut pages give what they hold.

mod entities;
mod output;
mod tags;

use memchr::{memchr, memchr3, memmem};

use output::Output;
use tags::{Kind, kind};

/// The text of a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HtmlText {
    /// The text. Lines have no blanks at their ends, and none is empty.
    pub text: String,
    /// What stands in `<title>`.
    pub title: Option<String>,
    /// Where each line of `text` starts, and the line of the page it is from.
    lines: Vec<(usize, u32)>,
}

impl HtmlText {
    /// The line of the page, counted from 1, from which the text at that offset is.
    pub fn line_of_page(&self, offset: usize) -> u32 {
        let following = self.lines.partition_point(|(start, _)| *start <= offset);
        following.checked_sub(1).and_then(|i| self.lines.get(i)).map_or(1, |(_, line)| *line)
    }
}

/// Whether a text that begins with `prefix` is HTML: its first tag is one of HTML's.
pub fn is_html(prefix: &str) -> bool {
    let mut rest = prefix.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    loop {
        let Some(tag) = rest.strip_prefix('<') else { return false };
        let skipped = if tag.starts_with("!--") {
            tag.split_once("-->")
        } else if tag.starts_with("?xml") {
            tag.split_once('>')
        } else {
            let doctype = tag.get(..13).is_some_and(|t| t.eq_ignore_ascii_case("!doctype html"));
            return doctype || tags::is_html_name(name_of(tag.as_bytes()));
        };
        let Some((_, after)) = skipped else { return false };
        rest = after.trim_start();
    }
}

/// Takes the text out of a page, or of a part of one.
pub fn to_text(page: &str) -> HtmlText {
    let mut reader = Reader { page: page.as_bytes(), at: 0, quotes_close: true, output: Output::new(page) };
    let mut text_start = 0;
    while let Some(offset) = reader.page.get(reader.at..).and_then(|rest| memchr(b'<', rest)) {
        let open = reader.at + offset;
        reader.at = open + 1;
        if reader.starts_markup() {
            reader.text(page, text_start, open);
            reader.skip_markup(page, open);
            text_start = reader.at;
        }
    }
    reader.text(page, text_start, page.len());
    reader.output.finish()
}

struct Reader<'a> {
    page: &'a [u8],
    at: usize,
    /// No quote was found open so far. When one is, quotes count for nothing in the rest of the page.
    quotes_close: bool,
    output: Output<'a>,
}

impl Reader<'_> {
    /// Whether the `<` before `at` begins markup, and not just a text with a `<` in it.
    fn starts_markup(&self) -> bool {
        match self.page.get(self.at) {
            Some(b'!' | b'?') => true,
            Some(b'/') => self.page.get(self.at + 1).is_some_and(u8::is_ascii_alphabetic),
            Some(c) => c.is_ascii_alphabetic(),
            None => false,
        }
    }

    fn text(&mut self, page: &str, start: usize, end: usize) {
        if let Some(text) = page.get(start..end) {
            self.output.text(text, start);
        }
    }

    /// Reads the markup that opens at `open`; `at` stands behind its `<`.
    fn skip_markup(&mut self, page: &str, open: usize) {
        let rest = self.page.get(self.at..).unwrap_or_default();
        if rest.starts_with(b"!--") {
            self.at = self.find(open, b"-->").map_or(page.len(), |end| end + 3);
            return;
        }
        let tag_end = self.end_of_tag();
        let tag = self.page.get(self.at..tag_end).unwrap_or_default();
        self.at = (tag_end + 1).min(page.len());
        let closing = tag.first() == Some(&b'/');
        let name = name_of(if closing { tag.get(1..).unwrap_or_default() } else { tag });
        match (kind(name), closing) {
            (Kind::Hidden, false) if !tag.ends_with(b"/") => {
                let end = self.end_of_hidden(name);
                self.at = end;
            }
            (kind, closing) => self.output.tag(kind, closing, open),
        }
    }

    fn find(&self, from: usize, what: &[u8]) -> Option<usize> {
        memmem::find(self.page.get(from..)?, what).map(|offset| from + offset)
    }

    /// Where the tag that starts at `at` ends: the `>` that is not within quotes, or the end of the page.
    fn end_of_tag(&mut self) -> usize {
        let mut at = self.at;
        while self.quotes_close {
            let rest = self.page.get(at..).unwrap_or_default();
            let Some(offset) = memchr3(b'>', b'"', b'\'', rest) else {
                // Either the page is cut within this tag, or a quote further up swallowed its end.
                self.quotes_close = false;
                break;
            };
            let found = at + offset;
            match self.page.get(found) {
                Some(b'>') | None => return found,
                Some(quote) => match self.page.get(found + 1..).and_then(|rest| memchr(*quote, rest)) {
                    Some(length) => at = found + 1 + length + 1,
                    None => self.quotes_close = false,
                },
            }
        }
        let rest = self.page.get(self.at..).unwrap_or_default();
        memchr(b'>', rest).map_or(self.page.len(), |offset| self.at + offset)
    }

    /// Where the content of a script or style ends: at its closing tag, or at the end of the page.
    fn end_of_hidden(&self, name: &[u8]) -> usize {
        let mut at = self.at;
        while let Some(found) = self.find(at, b"</") {
            let after = self.page.get(found + 2..).unwrap_or_default();
            if after.get(..name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name)) {
                return found;
            }
            at = found + 2;
        }
        self.page.len()
    }
}

/// The name with which a tag starts.
fn name_of(tag: &[u8]) -> &[u8] {
    let length = tag.iter().position(|c| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
    tag.get(..length).unwrap_or_default()
}

#[cfg(test)]
mod tests;

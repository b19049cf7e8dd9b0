//! A document that is open in the editor.

use std::ops::Range;
use std::path::PathBuf;

use falconer_fix::TextFile;
use gen_lsp_types::{self as lsp, TextDocumentContentChangeEvent as Change, Uri};

use crate::lines::{Encoding, Lines};
use crate::uri;

/// Larger documents are not looked at, in bytes: `falconer check` reads no more of a file. IIS itself stops at 250 KB
/// for web.config.
pub(crate) const MAX_BYTES: usize = 4 << 20;

/// What a document is, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `web.config` or `applicationHost.config`.
    Configuration,
    /// `appsettings*.json`.
    AppSettings,
    /// `*.runtimeconfig.json`.
    RuntimeConfig,
}

impl Kind {
    /// The kind of a file of that name; `None` for what is not checked.
    pub(crate) fn of(name: &str) -> Option<Kind> {
        let name = name.to_ascii_lowercase();
        match name.as_str() {
            "web.config" | "applicationhost.config" => Some(Kind::Configuration),
            _ if name.ends_with(".runtimeconfig.json") => Some(Kind::RuntimeConfig),
            _ if name.starts_with("appsettings") && name.ends_with(".json") => Some(Kind::AppSettings),
            _ => None,
        }
    }
}

/// A document as the editor shows it.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) uri: Uri,
    /// Where it lies on disk, when it does.
    pub(crate) path: Option<PathBuf>,
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) version: i32,
    /// How it is stored on disk.
    pub(crate) stored: Option<TextFile>,
    text: String,
    lines: Lines,
}

impl Document {
    /// A document that was opened; `None` when it is none that is checked.
    pub(crate) fn open(item: lsp::TextDocumentItem, encoding: Encoding) -> Option<Document> {
        let name = uri::file_name(&item.uri.0);
        Some(Document {
            path: uri::to_path(&item.uri.0),
            kind: Kind::of(&name)?,
            name,
            version: item.version,
            stored: None,
            lines: Lines::of(&item.text, encoding),
            uri: item.uri,
            text: item.text,
        })
    }

    /// Takes over a change of the editor.
    pub(crate) fn change(&mut self, change: Change, encoding: Encoding) {
        match change {
            Change::TextDocumentContentChangePartial(part) => {
                let start = self.lines.offset(&self.text, part.range.start);
                let end = self.lines.offset(&self.text, part.range.end).max(start);
                self.text.replace_range(start..end, &part.text);
            }
            Change::TextDocumentContentChangeWholeDocument(whole) => self.text = whole.text,
        }
        self.lines = Lines::of(&self.text, encoding);
    }

    /// The text without the byte order mark that some editors leave in it: what the readers see.
    pub(crate) fn text(&self) -> &str {
        self.text.get(self.mark()..).unwrap_or_default()
    }

    /// It is larger than is looked at.
    pub(crate) fn is_too_large(&self) -> bool {
        self.text.len() > MAX_BYTES
    }

    /// The content of a file that holds [`Document::text`], stored as the file on disk is, and whether that is known.
    pub(crate) fn bytes(&self, text: &str) -> (Vec<u8>, bool) {
        let known = self.stored.as_ref().and_then(|stored| stored.bytes_of(text).ok());
        let is_known = known.is_some();
        (known.unwrap_or_else(|| text.as_bytes().to_vec()), is_known)
    }

    /// A part of [`Document::text`] for the editor.
    pub(crate) fn range(&self, span: &Range<usize>) -> lsp::Range {
        let mark = self.mark();
        let place = |offset: usize| self.lines.position(&self.text, offset.saturating_add(mark));
        lsp::Range { start: place(span.start), end: place(span.end) }
    }

    /// The byte of [`Document::text`] at a place of the editor.
    pub(crate) fn offset(&self, position: lsp::Position) -> usize {
        self.lines.offset(&self.text, position).saturating_sub(self.mark())
    }

    /// How many bytes stand before what the readers see.
    fn mark(&self) -> usize {
        if self.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use gen_lsp_types::{
        LanguageKind, Position, TextDocumentContentChangePartial, TextDocumentContentChangeWholeDocument,
    };

    pub(crate) fn document(name: &str, text: &str) -> Document {
        let item = lsp::TextDocumentItem {
            uri: Uri(format!("file:///srv/app/{name}")),
            language_id: LanguageKind::from("xml"),
            version: 1,
            text: text.to_owned(),
        };
        Document::open(item, Encoding::Utf16).expect("a name that is checked")
    }

    #[expect(deprecated, reason = "the field must be given")]
    fn part(start: (u32, u32), end: (u32, u32), text: &str) -> Change {
        let position = |(line, character)| Position { line, character };
        let range = lsp::Range { start: position(start), end: position(end) };
        TextDocumentContentChangePartial { range, range_length: None, text: text.to_owned() }.into()
    }

    #[test]
    fn changes_of_parts_and_of_the_whole_are_taken_over_in_order() {
        let mut document = document("web.config", "<a>\r\n  😀<b/>\r\n</a>");
        document.change(part((1, 4), (1, 8), "<c/>"), Encoding::Utf16);
        document.change(part((0, 0), (0, 0), "\n"), Encoding::Utf16);
        assert_eq!(document.text(), "\n<a>\r\n  😀<c/>\r\n</a>");
        document.change(part((2, 99), (9, 9), ""), Encoding::Utf16);
        assert_eq!(document.text(), "\n<a>\r\n  😀<c/>", "what lies behind lines and text is their end");
        document.change(part((1, 2), (0, 0), "x"), Encoding::Utf16);
        assert_eq!(document.text(), "\n<ax>\r\n  😀<c/>", "a range that runs backwards is empty");
        document.change(
            TextDocumentContentChangeWholeDocument { text: "new".to_owned() }.into(),
            Encoding::Utf16,
        );
        assert_eq!(document.text(), "new");
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_text_and_counts_as_a_column() {
        let document = document("web.config", "\u{feff}<a/>");
        assert_eq!(document.text(), "<a/>");
        let range = document.range(&(0..4));
        assert_eq!((range.start.character, range.end.character), (1, 5));
        assert_eq!(document.offset(range.end), 4);
        assert_eq!(document.offset(Position { line: 0, character: 0 }), 0);
    }

    #[test]
    fn documents_are_known_by_their_names() {
        for (name, kind) in [
            ("Web.config", Some(Kind::Configuration)),
            ("applicationHost.config", Some(Kind::Configuration)),
            ("App.runtimeconfig.json", Some(Kind::RuntimeConfig)),
            ("appsettings.Production.json", Some(Kind::AppSettings)),
            ("web.Release.config", None),
            ("package.json", None),
        ] {
            assert_eq!(Kind::of(name), kind, "{name}");
        }
    }
}

//! Short texts for people, in Markdown or without it, as the client shows them.

use gen_lsp_types::{MarkupContent, MarkupKind};

/// A text that is written piece by piece.
#[derive(Debug, Clone, Default)]
pub(crate) struct Prose {
    markdown: bool,
    out: String,
}

impl Prose {
    pub(crate) fn new(markdown: bool) -> Prose {
        Prose { markdown, out: String::new() }
    }

    /// A name as it is written in a file.
    pub(crate) fn code(&self, text: &str) -> String {
        if self.markdown { format!("`{text}`") } else { text.to_owned() }
    }

    /// A paragraph of one line.
    pub(crate) fn paragraph(&mut self, text: &str) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// Items of a list.
    pub(crate) fn list(&mut self, items: impl IntoIterator<Item = String>) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        for item in items {
            self.out.push_str(&format!("- {item}\n"));
        }
    }

    /// The text.
    pub(crate) fn finish(self) -> MarkupContent {
        markup(self.markdown, self.out)
    }
}

/// A text for the client.
pub(crate) fn markup(markdown: bool, value: String) -> MarkupContent {
    MarkupContent { kind: if markdown { MarkupKind::Markdown } else { MarkupKind::PlainText }, value }
}

//! Text as HTML text.

use crate::clean;
use crate::prose::{self, Piece};

/// Text as HTML text or as the value of an attribute.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// Prose in one line; code in backticks becomes `<code>`.
pub(crate) fn inline(text: &str) -> String {
    let line = clean::line(text);
    let html = |piece| match piece {
        Piece::Text(text) => escape(text),
        Piece::Code(code) => format!("<code>{}</code>", escape(code)),
    };
    prose::pieces(&line).into_iter().map(html).collect()
}

/// A path, an id, a time.
pub(crate) fn exact(text: &str) -> String {
    escape(&clean::exact(text))
}

/// Several lines, for `<pre>`. HTML drops one line end at the start.
pub(crate) fn block(text: &str) -> String {
    escape(clean::block(text).trim_matches('\n'))
}

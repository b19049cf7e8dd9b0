//! The quotes that enclose a place.

use std::cell::OnceCell;

use crate::unit::{Unit, skip_blanks, unit};

/// How far back a line is searched for the quote that encloses a value.
const MAX_LOOK_BACK: usize = 1024;

/// The line before a value, which tells what quotes enclose it.
pub(crate) struct Enclosing<'t> {
    line: Option<&'t str>,
    open: OnceCell<Vec<&'t str>>,
}

impl<'t> Enclosing<'t> {
    pub(crate) fn before(text: &'t str, at: usize) -> Enclosing<'t> {
        let start = text.ceil_char_boundary(at.saturating_sub(MAX_LOOK_BACK));
        let before = text.get(start..at).unwrap_or_default();
        let line = match before.rsplit_once('\n') {
            Some((_, line)) => Some(line),
            None => Some(before).filter(|_| start == 0),
        };
        Enclosing { line, open: OnceCell::new() }
    }

    /// Whether a string that this very quote closes began on the line; nothing if the line is too long to tell.
    pub(crate) fn is_open(&self, text: &str, pos: usize, quote: Unit) -> Option<bool> {
        let line = self.line?;
        let token = text.get(pos..pos + quote.len).unwrap_or_default();
        Some(self.open.get_or_init(|| open_quotes(line)).contains(&token))
    }

    /// Whether the quote ends what it stands behind: it was opened before, or nothing of a value follows.
    pub(crate) fn closes(&self, text: &str, pos: usize, quote: Unit) -> bool {
        if quote.ch == '"' && self.is_open(text, pos, quote) == Some(true) {
            return true;
        }
        let after = skip_blanks(text, pos + quote.len);
        let blank = after > pos + quote.len;
        unit(text, after).is_none_or(|next| {
            blank || next.is_newline() || next.is_quote() || ",;)]}>/.:<|+".contains(next.ch)
        })
    }
}

/// The quotes that stand an odd number of times on a line.
fn open_quotes(line: &str) -> Vec<&str> {
    let mut open: Vec<&str> = Vec::new();
    let mut at = 0;
    while let Some(next) = unit(line, at) {
        let token = line.get(at..at + next.len).filter(|_| next.is_quote());
        if let Some(token) = token {
            match open.iter().position(|other| *other == token) {
                Some(known) => drop(open.swap_remove(known)),
                None => open.push(token),
            }
        }
        at += next.len;
    }
    open
}

//! Prose of the catalogue and of diagnoses: text with code in backticks.

/// A piece of prose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    Text(&'a str),
    /// What stood between two backticks.
    Code(&'a str),
}

/// The pieces of a clean line. A backtick without a partner is text.
pub(crate) fn pieces(line: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = line;
    while let Some((before, code, after)) = next_code(rest) {
        if !before.is_empty() {
            pieces.push(Piece::Text(before));
        }
        pieces.push(Piece::Code(code));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

fn next_code(text: &str) -> Option<(&str, &str, &str)> {
    let (before, from) = text.split_once('`')?;
    let (code, after) = from.split_once('`')?;
    // Two backticks next to each other quote nothing: leave them, and all that follows, as text.
    (!code.trim().is_empty()).then_some((before, code, after))
}

#[cfg(test)]
mod tests {
    use super::Piece::{Code, Text};
    use super::*;

    #[test]
    fn backticks_mark_code() {
        assert_eq!(
            pieces("set `processPath` to `dotnet`"),
            [Text("set "), Code("processPath"), Text(" to "), Code("dotnet")]
        );
    }

    #[test]
    fn backticks_that_quote_nothing_are_text() {
        assert_eq!(pieces("a ` b"), [Text("a ` b")]);
        assert_eq!(pieces("```"), [Text("```")]);
        assert_eq!(pieces(""), []);
    }
}

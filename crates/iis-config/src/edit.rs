//! Lossless edits: replacing spans of a text and leaving every other byte as it is.

use crate::Span;

/// One replacement. An empty span inserts, an empty replacement deletes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Edit {
    /// What is replaced.
    pub span: Span,
    /// What comes instead.
    pub replacement: String,
}

impl Edit {
    /// Replaces a span.
    pub fn replace(span: Span, replacement: impl Into<String>) -> Self {
        Edit { span, replacement: replacement.into() }
    }

    /// Inserts before the byte `offset`.
    pub fn insert(offset: usize, text: impl Into<String>) -> Self {
        Edit::replace(Span::new(offset, offset), text)
    }

    /// Deletes a span.
    pub fn delete(span: Span) -> Self {
        Edit::replace(span, "")
    }
}

/// Why edits could not be applied. Nothing was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// A span ends before it starts, lies outside of the text, or cuts a character.
    #[error("edit {index}: bytes {}..{} are no part of the text", span.start, span.end)]
    OutOfText {
        /// Index of the edit.
        index: usize,
        /// Its span.
        span: Span,
    },
    /// An edit starts before the one in front of it ends; edits are given in the order of the text.
    #[error("edit {index} starts at byte {start}, before the end ({end}) of the edit in front of it")]
    Overlap {
        /// Index of the edit.
        index: usize,
        /// Where it starts.
        start: usize,
        /// Where the one in front of it ends.
        end: usize,
    },
}

/// Applies edits that are sorted by position and do not overlap; edits may touch.
pub fn apply(text: &str, edits: &[Edit]) -> Result<String, EditError> {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (index, edit) in edits.iter().enumerate() {
        if edit.span.start < done {
            return Err(EditError::Overlap { index, start: edit.span.start, end: done });
        }
        let out_of_text = EditError::OutOfText { index, span: edit.span };
        text.get(edit.span.start..edit.span.end).ok_or(out_of_text)?;
        out.push_str(text.get(done..edit.span.start).ok_or(out_of_text)?);
        out.push_str(&edit.replacement);
        done = edit.span.end;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaces_inserts_and_deletes_in_one_go() {
        let edits = [
            Edit::insert(0, "<!-- a -->"),
            Edit::replace(Span::new(0, 3), "xyz"),
            Edit::delete(Span::new(4, 5)),
        ];
        assert_eq!(apply("abc,;d", &edits).as_deref(), Ok("<!-- a -->xyz,d"));
    }

    #[test]
    fn refuses_what_overlaps_is_unsorted_or_cuts_a_character() {
        let overlap = [Edit::delete(Span::new(0, 2)), Edit::delete(Span::new(1, 3))];
        assert_eq!(apply("abcd", &overlap), Err(EditError::Overlap { index: 1, start: 1, end: 2 }));
        for span in [Span::new(1, 2), Span::new(3, 99), Span::new(2, 1)] {
            let refused = apply("äb", &[Edit::delete(span)]);
            assert_eq!(refused, Err(EditError::OutOfText { index: 0, span }), "{span:?}");
        }
    }
}

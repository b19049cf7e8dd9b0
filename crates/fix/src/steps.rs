//! Edits that are found one after the other, each in the text that the last one made.

use falconer_iis_config::{Edit, Span, apply};

/// The edits so far, and the text that they make.
pub(crate) struct Steps {
    text: String,
    /// In the places of the first text.
    edits: Vec<Edit>,
    /// As they were made, each in the places of its own text.
    made: Vec<Edit>,
}

impl Steps {
    pub(crate) fn new(text: &str) -> Self {
        Steps { text: text.to_owned(), edits: Vec::new(), made: Vec::new() }
    }

    /// The text as it is now.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Makes an edit of the text as it is now; `None` when it changes what an earlier one put there.
    pub(crate) fn make(&mut self, edit: Edit) -> Option<()> {
        let start = self.original(edit.span.start, false)?;
        let end = if edit.span.start == edit.span.end { start } else { self.original(edit.span.end, true)? };
        self.text = apply(&self.text, std::slice::from_ref(&edit)).ok()?;
        self.edits.push(Edit::replace(Span::new(start, end), edit.replacement.clone()));
        self.made.push(edit);
        Some(())
    }

    /// The place in the first text. Where something was deleted, the two sides of it have become one place: an end lies
    /// before it, a start behind it.
    fn original(&self, place: usize, is_end: bool) -> Option<usize> {
        self.made.iter().rev().try_fold(place, |place, edit| {
            let put = edit.span.start + edit.replacement.len();
            match place {
                _ if is_end && place <= edit.span.start => Some(place),
                _ if place >= put => Some(place - put + edit.span.end),
                _ if place <= edit.span.start => Some(place),
                _ => None,
            }
        })
    }

    /// All edits, in the places of the first text, sorted.
    pub(crate) fn into_edits(self) -> Vec<Edit> {
        let mut edits = self.edits;
        edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
        edits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_made_one_after_the_other_can_be_made_at_once() {
        let mut steps = Steps::new("a&b,,c");
        for edit in [
            Edit::replace(Span::new(1, 2), "&amp;"),
            Edit::delete(Span::new(8, 9)),
            Edit::insert(0, "<"),
            Edit::insert(10, ">"),
        ] {
            assert_eq!(steps.make(edit), Some(()));
        }
        assert_eq!(steps.text(), "<a&amp;b,c>");
        assert_eq!(apply("a&b,,c", &steps.into_edits()).as_deref(), Ok("<a&amp;b,c>"));
    }

    #[test]
    fn deletions_that_touch_do_not_overlap() {
        for order in [[(1, 2), (0, 1)], [(0, 1), (0, 1)]] {
            let mut steps = Steps::new(",,c");
            for (start, end) in order {
                assert_eq!(steps.make(Edit::delete(Span::new(start, end))), Some(()));
            }
            assert_eq!(steps.text(), "c");
            assert_eq!(apply(",,c", &steps.into_edits()).as_deref(), Ok("c"));
        }
    }

    #[test]
    fn what_was_put_there_is_not_changed_again() {
        let mut steps = Steps::new("abc");
        assert_eq!(steps.make(Edit::replace(Span::new(1, 2), "xyz")), Some(()));
        assert_eq!(steps.make(Edit::delete(Span::new(2, 3))), None);
    }
}

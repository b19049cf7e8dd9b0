//! A [`Snippet`] made fit to be drawn: clean, cut to a few lines, with offsets that lie within it.

use crate::clean;
use crate::model::Snippet;

/// Lines that are shown before and after those of the spot.
const AROUND: usize = 2;
/// Lines of the spot that are shown.
const SPOT_LINES: usize = 6;
/// Bytes that are shown on either side of the spot in its own lines: one line of a minified file can be megabytes.
const REACH: usize = 2000;

/// What is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Excerpt {
    /// Number of the first line.
    pub(crate) first_line: usize,
    /// Clean text.
    pub(crate) text: String,
    /// Start of the spot: byte offset in `text`, at a character boundary.
    pub(crate) start: usize,
    /// End of the spot: byte offset in `text`, at a character boundary, not before `start`.
    pub(crate) end: usize,
    /// What to say under the spot, in one line.
    pub(crate) label: String,
}

/// Line and column of the spot, both from 1; columns are characters, as editors count them.
pub(crate) fn spot(snippet: &Snippet) -> (usize, usize) {
    let (before, _, _) = parts(snippet);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let column = before.get(line_start..).unwrap_or_default().chars().count() + 1;
    (first_line(snippet).saturating_add(before.matches('\n').count()), column)
}

/// Line numbers are drawn in columns: keep them far from overflow.
fn first_line(snippet: &Snippet) -> usize {
    usize::try_from(snippet.first_line).unwrap_or(usize::MAX).clamp(1, 1 << 31)
}

impl Excerpt {
    pub(crate) fn new(snippet: &Snippet) -> Self {
        let (before, spot, after) = parts(snippet);
        let (before, skipped) = last_lines(before, AROUND);
        let spot = first_lines(spot, SPOT_LINES);
        let after = first_lines(after, AROUND + 1);
        // Cleaning part by part keeps the offsets without a table.
        let mut text = clean::block(before);
        let start = text.len();
        text.push_str(&clean::block(spot));
        let end = text.len();
        text.push_str(&clean::block(after));
        // A blank last line would be drawn as one.
        let kept = text.trim_end_matches('\n').len().max(end);
        text.truncate(kept);
        let first_line = first_line(snippet).saturating_add(skipped);
        Excerpt { first_line, text, start, end, label: clean::line(&snippet.label) }
    }

    /// The text before, in and after the spot.
    pub(crate) fn parts(&self) -> (&str, &str, &str) {
        let (before, rest) = self.text.split_at_checked(self.start).unwrap_or((&self.text, ""));
        let (spot, after) = rest.split_at_checked(self.end - self.start).unwrap_or((rest, ""));
        (before, spot, after)
    }
}

/// The text before, in and after the spot, whatever the offsets are.
fn parts(snippet: &Snippet) -> (&str, &str, &str) {
    let text = snippet.text.as_str();
    let start = text.floor_char_boundary(snippet.start);
    let end = text.floor_char_boundary(snippet.end.max(start)).max(start);
    let (before, rest) = text.split_at_checked(start).unwrap_or((text, ""));
    let (spot, after) = rest.split_at_checked(end - start).unwrap_or((rest, ""));
    (before, spot, after)
}

/// The line that `text` ends in and `count` lines before it, and how many lines were left out.
fn last_lines(text: &str, count: usize) -> (&str, usize) {
    let starts = text.rmatch_indices('\n').map(|(at, _)| at + 1);
    let from = starts.chain([0]).nth(count).unwrap_or(0);
    let from = from.max(text.ceil_char_boundary(text.len().saturating_sub(REACH)));
    let (skipped, kept) = text.split_at_checked(from).unwrap_or(("", text));
    (kept, skipped.matches('\n').count())
}

fn first_lines(text: &str, count: usize) -> &str {
    let until = text.match_indices('\n').nth(count.saturating_sub(1)).map_or(text.len(), |(at, _)| at);
    text.get(..until.min(text.floor_char_boundary(REACH))).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn snippet(text: &str, start: usize, end: usize) -> Snippet {
        Snippet { first_line: 10, text: text.into(), start, end, label: "here".into() }
    }

    #[test]
    fn two_lines_around_the_spot_are_kept_with_their_numbers() {
        let excerpt = Excerpt::new(&snippet("1\n2\n3\n4 spot\n5\n6\n7\n", 8, 12));
        assert_eq!(excerpt.text, "2\n3\n4 spot\n5\n6");
        assert_eq!(excerpt.first_line, 11);
        assert_eq!(excerpt.parts().1, "spot");
    }

    #[test]
    fn line_and_column_of_the_spot_count_characters_of_the_whole_line() {
        assert_eq!(spot(&snippet("1\n2\näö spot", 9, 13)), (12, 4));
    }

    #[test]
    fn cleaning_before_the_spot_does_not_move_it() {
        let excerpt = Excerpt::new(&snippet("\u{1b}[31m\tа\u{7}spot", 9, 13));
        assert_eq!(excerpt.parts().1, "spot");
        assert_eq!(excerpt.text, "    а<U+0007>spot");
    }

    #[test]
    fn offsets_beyond_the_text_or_within_a_character_are_pulled_in() {
        assert_eq!(Excerpt::new(&snippet("ab", 7, 3)).parts(), ("ab", "", ""));
        assert_eq!(Excerpt::new(&snippet("äö", 1, 3)).parts(), ("", "ä", "ö"));
    }

    #[test]
    fn a_line_of_a_minified_file_is_cut_around_the_spot() {
        let text = format!("{}spot{}", "x".repeat(1 << 20), "y".repeat(1 << 20));
        let excerpt = Excerpt::new(&snippet(&text, 1 << 20, (1 << 20) + 4));
        assert_eq!(excerpt.parts().1, "spot");
        assert!(excerpt.text.len() <= 2 * REACH + 4);
    }

    proptest! {
        #[test]
        fn the_spot_lies_within_the_text(text in any::<String>(), start in 0usize..99, end in 0usize..99, line: u32) {
            let excerpt = Excerpt::new(&Snippet { first_line: line, ..snippet(&text, start, end) });
            let (before, spot, after) = excerpt.parts();
            prop_assert_eq!([before, spot, after].concat(), excerpt.text.clone());
            prop_assert!(excerpt.start <= excerpt.end);
        }
    }
}

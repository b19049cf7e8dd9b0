//! Regular expressions over bytes of text.

use std::ops::Range;
use std::sync::OnceLock;

use regex::bytes::{Captures, Regex, RegexBuilder};

/// A pattern that is compiled when it is first needed.
///
/// It is about bytes: classes stay small, so that all patterns of this crate together compile in milliseconds. What it
/// finds is widened to whole characters.
#[derive(Debug)]
pub(crate) struct Pattern {
    source: &'static str,
    regex: OnceLock<Regex>,
}

/// The groups of a match.
#[derive(Debug)]
pub(crate) struct Groups<'t> {
    text: &'t str,
    captures: Captures<'t>,
}

impl<'t> Groups<'t> {
    /// The place of a group and its text; the whole match is group 0.
    pub(crate) fn get(&self, group: usize) -> Option<(Range<usize>, &'t str)> {
        let place = whole(self.text, self.captures.get(group)?.range());
        Some((place.clone(), self.text.get(place)?))
    }
}

impl Pattern {
    pub(crate) const fn new(source: &'static str) -> Pattern {
        Pattern { source, regex: OnceLock::new() }
    }

    #[expect(clippy::expect_used, reason = "patterns are constants, and a test compiles each of them")]
    fn regex(&self) -> &Regex {
        let compile = || RegexBuilder::new(self.source).unicode(false).build();
        self.regex.get_or_init(|| compile().expect("patterns are constants"))
    }

    pub(crate) fn is_match(&self, text: &str) -> bool {
        self.regex().is_match(text.as_bytes())
    }

    /// The first match at or after `at`.
    pub(crate) fn find_at(&self, text: &str, at: usize) -> Option<Range<usize>> {
        self.regex().find_at(text.as_bytes(), at).map(|found| whole(text, found.range()))
    }

    /// All matches, from left to right.
    pub(crate) fn find_all<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
        self.regex().find_iter(text.as_bytes()).map(move |found| whole(text, found.range()))
    }

    /// The groups of the first match.
    pub(crate) fn groups<'t>(&self, text: &'t str) -> Option<Groups<'t>> {
        self.regex().captures(text.as_bytes()).map(|captures| Groups { text, captures })
    }

    /// The groups of all matches, from left to right.
    pub(crate) fn all_groups<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Groups<'t>> + 't {
        self.regex().captures_iter(text.as_bytes()).map(move |captures| Groups { text, captures })
    }
}

fn whole(text: &str, range: Range<usize>) -> Range<usize> {
    text.floor_char_boundary(range.start)..text.ceil_char_boundary(range.end)
}

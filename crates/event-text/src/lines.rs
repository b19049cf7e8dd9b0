//! Lines of a text by byte position.

use memchr::memchr;

/// One line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Line<'t> {
    /// Where it starts in the text.
    pub(crate) start: usize,
    /// Its text without the line break.
    pub(crate) text: &'t str,
    /// Where the next line starts; the length of the text for the last line.
    pub(crate) next: usize,
}

impl<'t> Line<'t> {
    /// The line from `start` on (not necessarily a line's first byte); `None` at the end of the text.
    pub(crate) fn at(text: &'t str, start: usize) -> Option<Self> {
        let tail = text.get(start..).filter(|tail| !tail.is_empty())?;
        let next = memchr(b'\n', tail.as_bytes()).map_or(text.len(), |end| start + end + 1);
        Some(Line::until(text, start, next))
    }

    /// The line from `start` to `next`, line break included.
    pub(crate) fn until(text: &'t str, start: usize, next: usize) -> Self {
        let body = text.get(start..next).unwrap_or("");
        let body = body.strip_suffix('\n').unwrap_or(body);
        Line { start, text: body.strip_suffix('\r').unwrap_or(body), next }
    }

    /// Where its text ends, the line break not included.
    pub(crate) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// It has nothing but white space.
    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim_start().is_empty()
    }

    /// The width of its leading white space, in bytes.
    pub(crate) fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start().len()
    }

    /// A line people and markdown put between things: a fence, a rule.
    pub(crate) fn is_divider(&self) -> bool {
        let text = self.text.trim();
        let rule = |mark: u8| text.len() >= 5 && text.bytes().all(|b| b == mark);
        text.starts_with("```")
            || text.starts_with("~~~")
            || [b'-', b'=', b'_', b'*', b'#'].into_iter().any(rule)
    }
}

/// The lines of `text` from `start` on.
pub(crate) fn lines(text: &str, start: usize) -> impl Iterator<Item = Line<'_>> {
    let mut at = start;
    std::iter::from_fn(move || {
        let line = Line::at(text, at)?;
        at = line.next;
        Some(line)
    })
}

/// The first line from `start` on that is not blank, looking at no more than `within` lines.
pub(crate) fn next_filled(text: &str, start: usize, within: usize) -> Option<Line<'_>> {
    lines(text, start).take(within).find(|line| !line.is_blank())
}

/// The longest beginning of `text` of at most `most` bytes that ends at a character boundary.
pub(crate) fn cut(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_lose_their_breaks_and_keep_their_places() {
        let text = "a\r\nbc\n\nd";
        let seen: Vec<_> = lines(text, 0).map(|l| (l.start, l.text, l.next)).collect();
        assert_eq!(seen, [(0, "a", 3), (3, "bc", 6), (6, "", 7), (7, "d", 8)]);
        assert_eq!(Line::at(text, text.len()), None);
    }

    #[test]
    fn a_cut_never_splits_a_character() {
        assert_eq!(cut("aéb", 2), "a");
        assert_eq!(cut("aéb", 3), "aé");
        assert_eq!(cut("aéb", 99), "aéb");
    }

    #[test]
    fn fences_and_rules_divide_and_words_do_not() {
        let line = |text| Line { start: 0, text, next: 0 };
        for divider in ["```", "```text", " ----------", "=====", "*****"] {
            assert!(line(divider).is_divider(), "{divider}");
        }
        for other in ["", "--", "- System", "----------- --", "a-----"] {
            assert!(!line(other).is_divider(), "{other}");
        }
    }
}

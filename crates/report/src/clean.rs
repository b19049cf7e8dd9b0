//! Makes text of unknown origin safe to show: in a terminal, in a ticket, in a browser.
//!
//! Evidence is written by whoever could reach the server. Left as it is, an escape sequence in a log could move the
//! cursor of the person who reads the answer, and a bidirectional override could show another command than the one
//! that is copied. What is shown is therefore what is there: characters that act are written out (`<U+001B>`),
//! characters that cannot be seen are dropped, and so are colour sequences, which mean nothing outside of a console.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Width of a tab in quotes, as in rustc's snippets.
const TAB: &str = "    ";

/// What becomes of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Kept,
    /// Cannot be seen and does nothing worth telling.
    Dropped,
    /// Acts on the reader's device: written as `<U+001B>`.
    Named,
}

const fn fate(c: char) -> Fate {
    match c {
        // The C0 and C1 controls and DEL; U+009B alone starts a terminal sequence.
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => Fate::Named,
        // Line and paragraph separators, bidirectional embeddings, overrides and isolates.
        '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{206f}' => Fate::Named,
        // Tags, which spell text that nobody sees, and interlinear annotations.
        '\u{e0000}'..='\u{e007f}' | '\u{fff9}'..='\u{fffb}' => Fate::Named,
        // Not characters, and not allowed in XML.
        '\u{fffe}' | '\u{ffff}' => Fate::Named,
        // Soft hyphen, Arabic letter mark, Mongolian vowel separator, zero-width space, LRM, RLM, word joiner and
        // the invisible operators, byte order mark. Windows writes LRM into dates.
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' => Fate::Dropped,
        '\u{2060}'..='\u{2064}' | '\u{feff}' => Fate::Dropped,
        _ => Fate::Kept,
    }
}

/// Whether JSON must escape a character to be safe to print.
pub(crate) const fn acts(c: char) -> bool {
    matches!(fate(c), Fate::Named)
}

/// The number of bytes of a colour sequence (`ESC [ 31 m`) at the start of `text`, 0 if there is none.
fn colour_sequence(text: &str) -> usize {
    let Some(body) = text.strip_prefix("\u{1b}[") else { return 0 };
    let parameters = body.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b';' | b':')).count();
    if body.as_bytes().get(parameters) == Some(&b'm') { 2 + parameters + 1 } else { 0 }
}

/// How white space other than a plain space is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Space {
    /// Line ends become `\n`, tabs [`TAB`].
    Lines,
    /// Runs of it become one space.
    Collapsed,
    /// It is written out like any control.
    Named,
}

fn cleaned(text: &str, space: Space) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let skip = colour_sequence(rest);
        if skip > 0 {
            rest = rest.get(skip..).unwrap_or_default();
            continue;
        }
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
        match (c, space) {
            ('\r', Space::Lines) if rest.starts_with('\n') => {}
            ('\r' | '\n', Space::Lines) => out.push('\n'),
            ('\t', Space::Lines) => out.push_str(TAB),
            (_, Space::Collapsed) if c.is_whitespace() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            _ => match fate(c) {
                Fate::Kept => out.push(c),
                Fate::Dropped => {}
                // Writing to a `String` cannot fail.
                Fate::Named => drop(write!(out, "<U+{:04X}>", u32::from(c))),
            },
        }
    }
    if space == Space::Collapsed && out.ends_with(' ') {
        out.pop();
    }
    out
}

/// Text of several lines; line ends become `\n`, tabs four spaces.
pub(crate) fn block(text: &str) -> String {
    cleaned(text, Space::Lines)
}

/// Prose, in one line: runs of white space become one space, none at the ends.
pub(crate) fn line(text: &str) -> String {
    cleaned(text, Space::Collapsed)
}

/// A path, an id or a time, in one line and otherwise as it is.
pub(crate) fn exact(text: &str) -> Cow<'_, str> {
    let plain = |c: char| fate(c) == Fate::Kept;
    if text.chars().all(plain) { Cow::Borrowed(text) } else { Cow::Owned(cleaned(text, Space::Named)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_escape_sequence_is_written_out() {
        assert_eq!(block("a\u{1b}[2Jb\u{7}"), "a<U+001B>[2Jb<U+0007>");
        assert_eq!(block("\u{9b}2J"), "<U+009B>2J");
        assert_eq!(block("\u{1b}]8;;http://x\u{1b}\\"), "<U+001B>]8;;http://x<U+001B>\\");
    }

    #[test]
    fn the_colours_of_a_console_log_are_dropped() {
        assert_eq!(block("\u{1b}[41m\u{1b}[30mfail\u{1b}[39m\u{1b}[0m: Host"), "fail: Host");
        assert_eq!(block("\u{1b}[1"), "<U+001B>[1");
    }

    #[test]
    fn dropping_a_colour_does_not_build_a_new_sequence() {
        assert_eq!(block("\u{1b}\u{1b}[0m[2J"), "<U+001B>[2J");
    }

    #[test]
    fn a_bidirectional_override_is_written_out_and_marks_are_dropped() {
        assert_eq!(line("net stop \u{202e}swa\u{2066}"), "net stop <U+202E>swa<U+2066>");
        assert_eq!(line("\u{200e}11/\u{200e}2/\u{200e}2026"), "11/2/2026");
    }

    #[test]
    fn line_ends_and_tabs_are_kept_in_blocks_and_folded_in_lines() {
        assert_eq!(block("a\r\nb\rc\td"), "a\nb\nc    d");
        assert_eq!(line(" a\r\n\t b\u{a0}\u{2028}c "), "a b c");
        assert_eq!(exact("a\nb"), "a<U+000A>b");
        assert_eq!(exact("C:\\a  b"), "C:\\a  b");
    }

    proptest! {
        #[test]
        fn nothing_that_acts_is_left(text in any::<String>()) {
            let safe = |s: &str| s.chars().all(|c| c == '\n' || fate(c) == Fate::Kept);
            prop_assert!(safe(&block(&text)));
            prop_assert!(safe(&line(&text)) && !line(&text).contains('\n'));
            prop_assert!(safe(&exact(&text)) && !exact(&text).contains('\n'));
        }

        #[test]
        fn cleaning_twice_changes_nothing(text in any::<String>()) {
            prop_assert_eq!(block(&block(&text)), block(&text));
            prop_assert_eq!(line(&line(&text)), line(&text));
        }
    }
}

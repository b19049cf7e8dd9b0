//! Breaks text into lines: between words, between ideographs, never within a path or a command.

use anstyle::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A stretch of clean, one-line text in one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) text: String,
    pub(crate) style: Style,
    /// A path, an id or a time: stays on one line although it may hold spaces.
    pub(crate) whole: bool,
}

impl Span {
    pub(crate) fn prose(text: impl Into<String>, style: Style) -> Self {
        Span { text: text.into(), style, whole: false }
    }

    pub(crate) fn whole(text: impl Into<String>, style: Style) -> Self {
        Span { text: text.into(), style, whole: true }
    }
}

/// What stays together: one word, possibly in several styles.
#[derive(Debug, Default)]
struct Word {
    parts: Vec<(Style, String)>,
    after_space: bool,
}

impl Word {
    fn push(&mut self, style: Style, c: char) {
        match self.parts.last_mut() {
            Some((s, text)) if *s == style => text.push(c),
            _ => self.parts.push((style, c.to_string())),
        }
    }

    fn width(&self) -> usize {
        self.parts.iter().map(|(_, text)| text.width()).sum()
    }
}

/// One line: text in its styles.
pub(crate) type Line = Vec<(Style, String)>;

/// Breaks `spans` into lines of at most `first` columns for the first and `rest` for the others. Only a word that is
/// wider than a line by itself makes a wider line.
pub(crate) fn wrap(spans: &[Span], first: usize, rest: usize) -> Vec<Line> {
    let mut lines: Vec<Line> = vec![Line::new()];
    let mut used = 0;
    for word in words(spans) {
        let width = word.width();
        let space = usize::from(word.after_space && used > 0);
        let room = if lines.len() == 1 { first } else { rest };
        if used > 0 && used + space + width > room {
            lines.push(Line::new());
            used = 0;
        }
        let Some(line) = lines.last_mut() else { break };
        if used > 0 && space > 0 {
            push(line, Style::new(), " ");
            used += 1;
        }
        for (style, text) in &word.parts {
            push(line, *style, text);
        }
        used += width;
    }
    lines
}

fn push(line: &mut Line, style: Style, text: &str) {
    match line.last_mut() {
        // A space between two words of one style does not end the style.
        Some((s, last)) if *s == style || text == " " => last.push_str(text),
        _ => line.push((style, text.to_owned())),
    }
}

fn words(spans: &[Span]) -> Vec<Word> {
    let mut words = vec![Word::default()];
    let end = |words: &mut Vec<Word>, after_space: bool| match words.last_mut() {
        Some(last) if last.parts.is_empty() => last.after_space |= after_space,
        _ => words.push(Word { parts: Vec::new(), after_space }),
    };
    for span in spans {
        let mut kept_until = 0;
        let mut previous = None;
        for (at, c) in span.text.char_indices() {
            if at >= kept_until && !span.whole {
                kept_until = at + together(span.text.get(at..).unwrap_or_default());
            }
            let free = at >= kept_until && !span.whole;
            if c == ' ' && free {
                end(&mut words, true);
                previous = None;
                continue;
            }
            if free && previous.is_some_and(|p| breaks_between(p, c)) {
                end(&mut words, false);
            }
            if let Some(word) = words.last_mut() {
                word.push(span.style, c);
            }
            previous = Some(c);
        }
    }
    words.retain(|w| !w.parts.is_empty());
    words
}

/// The bytes at the start of `text` that stay together: code in backticks, or a quoted path (`'C:\Program Files\x'`).
fn together(text: &str) -> usize {
    let Some(quote @ ('`' | '\'' | '"')) = text.chars().next() else { return 0 };
    // A path is at most 260 characters long in what Windows calls MAX_PATH.
    let inside = text.chars().skip(1).take(260);
    let mut length = 1;
    let mut path = quote == '`';
    for c in inside {
        if c == quote {
            return if path { length + 1 } else { 0 };
        }
        path |= matches!(c, '\\' | '/');
        length += c.len_utf8();
    }
    0
}

/// Whether a line may end between two characters without a space: between ideographs, kana and syllables, as
/// Unicode's UAX #14 has it, shortened to what messages contain.
fn breaks_between(a: char, b: char) -> bool {
    const NOT_FIRST: &str = "、。，．・：；？！）」』】〉》〕］｝ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々";
    const NOT_LAST: &str = "（「『【〈《〔［｛";
    let wide = |c: char| {
        matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
            | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
    };
    let visible = |c: char| c.width().is_some_and(|w| w > 0);
    wide(a)
        && visible(b)
        && (wide(b) || b.is_alphanumeric())
        && !NOT_FIRST.contains(b)
        && !NOT_LAST.contains(a)
        || wide(b) && a.is_alphanumeric() && visible(a) && !NOT_FIRST.contains(b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn broken(text: &str, width: usize) -> Vec<String> {
        let lines = wrap(&[Span::prose(text, Style::new())], width, width);
        lines.into_iter().map(|line| line.into_iter().map(|(_, text)| text).collect()).collect()
    }

    #[test]
    fn lines_end_between_words() {
        assert_eq!(broken("the app needs 8.0.7", 9), ["the app", "needs", "8.0.7"]);
    }

    #[test]
    fn a_path_with_spaces_is_not_broken() {
        let text = r"not found: 'C:\Program Files\dotnet\dotnet.exe' as set";
        assert_eq!(broken(text, 12), ["not found:", r"'C:\Program Files\dotnet\dotnet.exe'", "as set"]);
        assert_eq!(
            broken("set `dotnet publish -r win-x64` now", 10),
            ["set", "`dotnet publish -r win-x64`", "now"]
        );
    }

    #[test]
    fn an_apostrophe_does_not_keep_words_together() {
        assert_eq!(broken("it doesn't and can't be", 8), ["it", "doesn't", "and", "can't be"]);
    }

    #[test]
    fn ideographs_are_broken_anywhere_but_not_before_a_full_stop() {
        assert_eq!(broken("構成が無効です。", 8), ["構成が無", "効です。"]);
        assert_eq!(broken("構成が無効。", 10), ["構成が無", "効。"]);
    }

    #[test]
    fn styles_within_a_word_stay_together() {
        let bold = Style::new().bold();
        let spans = [Span::prose("certain", bold), Span::prose("[id]: the title", Style::new())];
        let lines = wrap(&spans, 13, 13);
        assert_eq!(
            lines,
            [
                vec![(bold, "certain".into()), (Style::new(), "[id]:".into())],
                vec![(Style::new(), "the title".into())]
            ]
        );
    }

    proptest! {
        #[test]
        fn only_a_single_word_is_wider_than_the_line(text in "[a-z ]{0,200}", width in 1usize..60) {
            for line in broken(&text, width) {
                prop_assert!(line.width() <= width || !line.contains(' '), "{:?}", line);
            }
        }

        #[test]
        fn nothing_is_lost(text in any::<String>(), width in 1usize..60) {
            let solid = |s: &str| s.replace(' ', "");
            prop_assert_eq!(solid(&broken(&text, width).concat()), solid(&text));
        }
    }
}

//! Texts made comparable: in small letters, without quotation marks, with single blanks.

/// A text made comparable.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Folded(String);

impl Folded {
    /// Folds a text.
    pub(crate) fn new(text: &str) -> Self {
        let mut folded = String::with_capacity(text.len());
        for c in text.chars().flat_map(char::to_lowercase) {
            match c {
                '\'' | '"' | '`' | '‘' | '’' | '“' | '”' | '«' | '»' => {}
                c if c.is_whitespace() => {
                    if !folded.ends_with(' ') && !folded.is_empty() {
                        folded.push(' ');
                    }
                }
                c => folded.push(c),
            }
        }
        folded.truncate(folded.trim_end().len());
        Folded(folded)
    }

    /// As text.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether `part` stands in it as words of its own: `502` is not in `1502`.
    pub(crate) fn holds(&self, part: &Folded) -> bool {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let part = part.0.as_str();
        !part.is_empty()
            && self.0.match_indices(part).any(|(at, _)| {
                let before = self.0.get(..at).and_then(|text| text.chars().next_back());
                let after = self.0.get(at + part.len()..).and_then(|text| text.chars().next());
                let starts = !letter(before) || !letter(part.chars().next());
                let ends = !letter(after) || !letter(part.chars().next_back());
                starts && ends
            })
    }

    /// Whether each longer word of `words` stands in it, where there are at least two of them.
    pub(crate) fn holds_all(&self, words: &Folded) -> bool {
        let words: Vec<Folded> = words
            .0
            .split(|c: char| !c.is_alphanumeric() && c != '.' && c != '_')
            .filter(|word| word.chars().count() > 2)
            .map(|word| Folded(word.trim_matches('.').to_owned()))
            .collect();
        words.len() > 1 && words.iter().all(|word| self.holds(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(text: &str, part: &str) -> bool {
        Folded::new(text).holds(&Folded::new(part))
    }

    #[test]
    fn quotes_cases_and_line_breaks_do_not_matter() {
        assert_eq!(Folded::new(" Could not find\r\n ‘App.dll’ ").as_str(), "could not find app.dll");
        assert!(holds("Could not find 'App.dll'.", "find\n\"app.DLL\""));
    }

    #[test]
    fn only_whole_words_count() {
        assert!(holds("HTTP Error 502.5", "502"));
        assert!(!holds("port 1502", "502"));
        assert!(holds("System.IO.FileNotFoundException: x", "FileNotFoundException"));
        assert!(!holds("anything", ""));
    }

    #[test]
    fn all_words_may_stand_anywhere() {
        let text = Folded::new("Failed to load the dll from hostfxr.dll, HRESULT: 0x8007007e");
        assert!(text.holds_all(&Folded::new("load hostfxr.dll failed")));
        assert!(!text.holds_all(&Folded::new("load coreclr")));
        assert!(!text.holds_all(&Folded::new("hostfxr.dll")), "one word is no fallback");
    }
}

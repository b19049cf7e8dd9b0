//! The words of a command line, with their places.

use std::ops::Range;

/// A word of a command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word<'a> {
    /// The word without its quotes.
    pub(crate) text: &'a str,
    /// Where it stands without its quotes.
    pub(crate) inner: Range<usize>,
    /// Where it stands with its quotes.
    pub(crate) outer: Range<usize>,
}

/// Splits at blanks outside of quotes, as the facts about `arguments` do.
pub(crate) fn words(line: &str) -> Vec<Word<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    loop {
        let rest = line.get(at..).unwrap_or_default();
        at += rest.len() - rest.trim_start().len();
        let rest = line.get(at..).unwrap_or_default();
        let Some(first) = rest.chars().next() else { return found };
        let (inner, end) = if first == '"' {
            let inner = rest.get(1..).unwrap_or_default();
            match inner.find('"') {
                Some(length) => (at + 1..at + 1 + length, at + length + 2),
                None => (at + 1..line.len(), line.len()),
            }
        } else {
            let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
            (at..at + length, at + length)
        };
        let text = line.get(inner.clone()).unwrap_or_default();
        found.push(Word { text, inner, outer: at..end });
        at = end;
    }
}

/// The line without one of its words and the blanks behind it.
pub(crate) fn without(line: &str, word: &Word<'_>) -> String {
    let (before, behind) = (line.get(..word.outer.start), line.get(word.outer.end..));
    format!("{}{}", before.unwrap_or_default(), behind.unwrap_or_default().trim_start()).trim_end().to_owned()
}

/// A word in quotes where it holds blanks.
pub(crate) fn quoted(word: &str) -> String {
    if word.contains(char::is_whitespace) { format!("\"{word}\"") } else { word.to_owned() }
}

/// The last part of a path.
pub(crate) fn file_name(path: &str) -> &str {
    path.rsplit(['\\', '/']).next().unwrap_or(path)
}

/// The text without an ending, in any case.
pub(crate) fn strip_ending<'a>(text: &'a str, ending: &str) -> Option<&'a str> {
    let at = text.len().checked_sub(ending.len())?;
    text.get(at..)?.eq_ignore_ascii_case(ending).then(|| text.get(..at))?
}

/// The path as it is written in web.config, relative to the app's folder: `.\App.dll`.
pub(crate) fn in_folder(path: &str) -> String {
    format!(".\\{}", path.replace('/', "\\").trim_start_matches(".\\"))
}

/// Does the path name `dotnet` or `dotnet.exe`?
pub(crate) fn is_dotnet(path: &str) -> bool {
    let file = file_name(path);
    strip_ending(file, ".exe").unwrap_or(file).eq_ignore_ascii_case("dotnet")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_know_where_they_stand() {
        let line = r#" exec "C:\My App\a.dll"  --x "open"#;
        let found = words(line);
        let texts: Vec<&str> = found.iter().map(|word| word.text).collect();
        assert_eq!(texts, ["exec", r"C:\My App\a.dll", "--x", "open"]);
        assert_eq!(&line[found[1].outer.clone()], r#""C:\My App\a.dll""#);
        assert_eq!(without(line, &found[1]), " exec --x \"open");
        assert_eq!(without("a b", &words("a b")[1]), "a");
        assert!(words("  ").is_empty());
    }

    #[test]
    fn paths_are_written_as_the_sdk_writes_them() {
        assert_eq!(in_folder("App.dll"), r".\App.dll");
        assert_eq!(in_folder("./bin/App.dll"), r".\bin\App.dll");
        assert!(is_dotnet(r"C:\Program Files\dotnet\dotnet.exe") && !is_dotnet("dotnet.dll"));
    }
}

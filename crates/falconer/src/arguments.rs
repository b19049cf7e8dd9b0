//! What the arguments of `diagnose` are: files, standard input, or words.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// A piece of evidence named on the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Item {
    /// A file or folder that is there.
    Path(PathBuf),
    /// Standard input.
    Stdin,
    /// Words, with the number of the argument that they begin at.
    Text(usize, String),
    /// A path that does not exist.
    Mistyped(PathBuf),
}

/// Endings of the files that people give. Of a word without blanks they tell that a file is meant.
const ENDINGS: [&str; 16] = [
    "config", "csv", "dll", "etl", "evtx", "exe", "gz", "har", "htm", "html", "json", "log", "md", "txt",
    "xml", "zip",
];

/// Tells what each argument is. Words that follow each other are one text, as the shell took it apart.
pub(crate) fn classify(arguments: &[OsString], exists: impl Fn(&Path) -> bool) -> Vec<Item> {
    let mut items = Vec::new();
    let mut words: Vec<(usize, &OsString)> = Vec::new();
    for (number, argument) in (1..).zip(arguments) {
        let item = match Path::new(argument) {
            _ if argument == "-" => Item::Stdin,
            path if exists(path) => Item::Path(path.to_owned()),
            _ => {
                words.push((number, argument));
                continue;
            }
        };
        close(&mut words, &mut items);
        items.push(item);
    }
    close(&mut words, &mut items);
    items
}

/// Takes what looks like a path out of a run of words and makes a text of the rest.
fn close(words: &mut Vec<(usize, &OsString)>, items: &mut Vec<Item>) {
    let words = std::mem::take(words);
    // In a sentence, something with a slash is a part of it: an application, an address, a path that it speaks of.
    let sentence = words.iter().filter(|(_, word)| shape(word) == Shape::Word).count() > 1;
    let is_word = |word: &OsString| match shape(word) {
        Shape::Word => true,
        Shape::Slashes => sentence,
        Shape::File => false,
    };
    let mut text: Option<(usize, String)> = None;
    for (number, word) in words {
        if !is_word(word) {
            items.push(Item::Mistyped(PathBuf::from(word)));
            continue;
        }
        let word = word.to_string_lossy();
        match &mut text {
            Some((_, text)) => {
                text.push(' ');
                text.push_str(&word);
            }
            None => text = Some((number, word.into_owned())),
        }
    }
    items.extend(text.map(|(number, text)| Item::Text(number, text)));
}

/// What an argument looks like that names nothing that exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Nothing like a path.
    Word,
    /// It has a slash.
    Slashes,
    /// It is nothing but the name of a file.
    File,
}

fn shape(argument: &OsString) -> Shape {
    let text = argument.to_string_lossy();
    let text = text.trim();
    let ending = text.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let ends_as_file = ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()));
    let blank = text.contains(char::is_whitespace);
    let drive = matches!(text.as_bytes(), [letter, b':', b'/' | b'\\', ..] if letter.is_ascii_alphabetic());
    let rooted =
        drive || text.starts_with(['/', '\\', '~']) || text.starts_with("./") || text.starts_with("..");
    match text.contains(['/', '\\']) {
        _ if ends_as_file && (!blank || rooted && !text.contains(['\n', '\'', '"'])) => Shape::File,
        true if !blank => Shape::Slashes,
        _ => Shape::Word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(arguments: &[&str]) -> Vec<Item> {
        let arguments: Vec<OsString> = arguments.iter().map(OsString::from).collect();
        classify(&arguments, |path| path.starts_with("there") || path == Path::new("web.config"))
    }

    fn text(number: usize, text: &str) -> Item {
        Item::Text(number, text.to_owned())
    }

    #[test]
    fn bare_words_are_one_text() {
        assert_eq!(items(&["HTTP", "Error", "500.30"]), [text(1, "HTTP Error 500.30")]);
        assert_eq!(items(&["HTTP Error 500.30"]), [text(1, "HTTP Error 500.30")]);
        assert_eq!(items(&["-2147450730"]), [text(1, "-2147450730")]);
    }

    #[test]
    fn what_exists_is_read_and_parts_texts() {
        assert_eq!(
            items(&["HTTP", "503", "there", "web.config", "-", "it", "fails"]),
            [
                text(1, "HTTP 503"),
                Item::Path("there".into()),
                Item::Path("web.config".into()),
                Item::Stdin,
                text(6, "it fails"),
            ]
        );
    }

    #[test]
    fn what_looks_like_a_path_and_is_not_there_was_mistyped() {
        for argument in [
            "stdout.log",
            "logs/stdout",
            "C:\\My Sites\\App\\web.json",
            "..\\events.evtx",
            "/var/log/a b.txt",
        ] {
            assert_eq!(items(&[argument]), [Item::Mistyped(argument.into())]);
        }
        assert_eq!(
            items(&["evnts.evtx", "HTTP", "Error", "500.30"]),
            [Item::Mistyped("evnts.evtx".into()), text(2, "HTTP Error 500.30")]
        );
    }

    #[test]
    fn a_sentence_may_speak_of_paths() {
        let words = ["Failed", "to", "start", "application", "/LM/W3SVC/1/ROOT,", "ErrorCode", "0x8000ffff"];
        assert_eq!(items(&words), [text(1, &words.join(" "))]);
        let quoted = "Could not find file 'C:\\site\\appsettings.json'.";
        assert_eq!(items(&[quoted]), [text(1, quoted)]);
        let page = "HTTP Error 500.19, see C:\\site\\web.config";
        assert_eq!(items(&[page]), [text(1, page)]);
    }
}

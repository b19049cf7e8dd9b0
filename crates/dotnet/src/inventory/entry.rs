//! Entries that end in a folder in brackets: `Name 8.0.1 [dir]`, `8.0.100 [dir]`, `8.0.1 at [dir]`,
//! `x86 [dir]`, `DOTNET_ROOT [dir]`.

use crate::platform::Arch;
use crate::version::Version;
use std::ops::Range;

/// Longer bracketed texts are no folders.
const MAX_DIR: usize = 1024;
/// Longer words are no names or versions.
const MAX_WORD: usize = 200;

pub(super) enum Entry {
    /// `Name version [dir]`.
    Runtime { name: String, version: Version, dir: String },
    /// `version [dir]`, where the folder is called `sdk`.
    Sdk { version: Version, dir: String },
    /// `version at [dir]`.
    Found { version: Version, dir: String },
    /// `x86 [dir]`.
    OtherRoot { arch: Arch, dir: String },
    /// `NAME [value]`.
    Variable { name: String, value: String },
}

/// All entries of a text, in order.
pub(super) fn entries(text: &str) -> impl Iterator<Item = (Range<usize>, Entry)> + '_ {
    let mut end = 0;
    memchr::memchr_iter(b'[', text.as_bytes()).filter_map(move |open| {
        // A bracket inside of the entry before is a link in its folder.
        if open < end {
            return None;
        }
        let (start, entry, close) = entry_at(text, open)?;
        end = close;
        Some((start..close, entry))
    })
}

/// The entry whose folder opens at `open`: its start, itself, and its end.
fn entry_at(text: &str, open: usize) -> Option<(usize, Entry, usize)> {
    let before = text.get(..open)?;
    let (start, word) = last_word(before)?;
    if word == "at" {
        let (start, version) = last_word(text.get(..start)?)?;
        let version = Version::parse(version)?;
        let (dir, close) = bracketed(text, open)?;
        return Some((start, Entry::Found { version, dir }, close));
    }
    if let Some(version) = Version::parse(word) {
        let (dir, close) = bracketed(text, open)?;
        if let Some((start, name)) = last_word(text.get(..start)?).filter(|(_, w)| is_framework_name(w)) {
            return Some((
                start,
                Entry::Runtime { name: without_link(name).to_owned(), version, dir },
                close,
            ));
        }
        let is_sdk = dir.trim_end_matches(['/', '\\']).to_ascii_lowercase().ends_with("sdk");
        return is_sdk.then_some((start, Entry::Sdk { version, dir }, close));
    }
    if let Some(arch) = Arch::from_name(word) {
        let (dir, close) = bracketed(text, open)?;
        return Some((start, Entry::OtherRoot { arch, dir }, close));
    }
    let is_variable = word.starts_with("DOTNET_")
        && word.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'(' | b')'));
    let (value, close) = is_variable.then(|| bracketed(text, open)).flatten()?;
    Some((start, Entry::Variable { name: word.to_owned(), value }, close))
}

/// The word at the end of a text, blanks and line breaks behind it set aside.
fn last_word(text: &str) -> Option<(usize, &str)> {
    let text = text.trim_end_matches([' ', '\t', '\r', '\n']);
    let bytes = text.as_bytes();
    let length = bytes.iter().rev().take(MAX_WORD).take_while(|b| !b.is_ascii_whitespace()).count();
    let start = text.len() - length;
    let word = text.get(start..)?;
    (!word.is_empty()).then_some((start, word))
}

/// The text of a link `[text](http…)`, or the word itself; marks that surround a word are taken off.
pub(super) fn without_link(word: &str) -> &str {
    let word = word.trim_matches(['\'', '"', '`', '*', '•']);
    match word.strip_prefix('[').and_then(|w| w.split_once("](http")) {
        Some((text, _)) => text,
        None => word,
    }
}

/// Names of frameworks have a dot and no blanks: `Microsoft.NETCore.App`.
pub(super) fn is_framework_name(word: &str) -> bool {
    let name = without_link(word);
    let valid = name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'));
    valid && name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.contains('.') && !name.ends_with('.')
}

/// The text in the brackets that open at `open`, and the index after them. Line breaks of a console that wraps
/// are taken out, links are replaced by their text.
fn bracketed(text: &str, open: usize) -> Option<(String, usize)> {
    let mut content = String::new();
    let mut chars = text.get(open + 1..)?.char_indices();
    let mut breaks = 0;
    let mut in_link = false;
    while let Some((i, c)) = chars.next() {
        if i > MAX_DIR {
            return None;
        }
        match c {
            ']' if in_link => {
                // The address of the link: `(http…)`.
                let address = text.get(open + 1 + i + 1..)?.strip_prefix('(')?;
                let length = address.bytes().take(MAX_DIR).position(|b| b == b')')?;
                while chars.offset() < i + 1 + 1 + length + 1 {
                    chars.next()?;
                }
                in_link = false;
            }
            ']' => return Some((content, open + 1 + i + 1)),
            '[' if in_link => return None,
            '[' => in_link = true,
            '\r' => {}
            '\n' => {
                breaks += 1;
                if breaks > 2 {
                    return None;
                }
            }
            c => content.push(c),
        }
    }
    None
}

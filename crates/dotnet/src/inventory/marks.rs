//! Headings and `key: value` pairs around the entries.

use super::entry::{is_framework_name, without_link};
use crate::platform::Arch;
use crate::version::Version;
use std::ops::Range;

pub(super) enum Mark {
    /// The host's section, with its version.
    Host(Version),
    /// The SDK's section, with its version.
    SdkInfo(String),
    /// The heading of the list of shared frameworks.
    RuntimesHeading,
    /// The sentence that there is no shared framework.
    NoRuntimes,
    /// The heading of the list of SDKs, or the sentence that there is none.
    SdksHeading,
    /// The heading of a list in hostfxr's error. The framework that is asked for, where the text before tells.
    FoundHeading(Option<String>),
    /// A heading under which the versions stand bare (1.x), with these versions.
    BareVersions(Option<String>, Vec<Version>),
    /// The sentence that no version of the framework is installed.
    NoneFound(Option<String>),
    /// The heading of a list for other architectures.
    OtherFoundHeading,
    /// The architecture of the root.
    Arch(Arch),
    /// An architecture that heads a part of the list for other architectures.
    ArchHeading(Arch),
    /// The machine's runtime identifier.
    Rid(String),
    /// The path of `global.json`.
    GlobalJson(String),
}

impl Mark {
    /// Means nothing by itself: such words occur in other texts too.
    pub(super) fn is_weak(&self) -> bool {
        matches!(
            self,
            Mark::Arch(_)
                | Mark::ArchHeading(_)
                | Mark::Rid(_)
                | Mark::GlobalJson(_)
                | Mark::OtherFoundHeading
        )
    }
}

/// More occurrences of a word in a text are left out.
const MAX_OF_WORD: usize = 50_000;

type Reader = fn(text: &str, at: Range<usize>) -> Option<(usize, Mark)>;

/// The words to look for, and what reads on from there. A reader gives the end of what it read.
const WORDS: [(&str, Reader); 18] = [
    ("Host (useful for support):", host),
    ("Host:", host),
    (".NET Core Shared Framework Host", host),
    (".NET Command Line Tools (", sdk_in_parentheses),
    (".NET SDK", sdk_info),
    ("global.json", sdk_info),
    ("runtimes installed:", |_, at| Some((at.end, Mark::RuntimesHeading))),
    ("No runtimes were found.", |_, at| Some((at.end, Mark::NoRuntimes))),
    ("SDKs installed:", |_, at| Some((at.end, Mark::SdksHeading))),
    ("No SDKs were found.", |_, at| Some((at.end, Mark::SdksHeading))),
    ("following frameworks were found:", |text, at| {
        Some((at.end, Mark::FoundHeading(asked_for(text, at.start))))
    }),
    ("No frameworks were found.", |text, at| Some((at.end, Mark::NoneFound(asked_for(text, at.start))))),
    ("following versions are installed:", versions),
    ("frameworks for other architectures were found:", other_found),
    ("Architecture:", |text, at| arch_after(text, at.end)),
    ("&arch=", |text, at| arch_after(text, at.end)),
    (" RID:", rid),
    ("global.json file:", global_json),
];

/// All marks of a text, in order.
pub(super) fn marks(text: &str) -> Vec<(Range<usize>, Mark)> {
    let mut marks = Vec::new();
    for (word, read) in WORDS {
        for start in memchr::memmem::find_iter(text.as_bytes(), word).take(MAX_OF_WORD) {
            if let Some((end, mark)) = read(text, start..start + word.len()) {
                marks.push((start..end, mark));
            }
        }
    }
    for (range, arch) in arch_headings(text) {
        marks.push((range, Mark::ArchHeading(arch)));
    }
    marks.sort_by_key(|(range, _)| range.start);
    marks
}

/// At most `bytes` bytes of a text.
pub(super) fn window(text: &str, from: usize, bytes: usize) -> &str {
    let mut end = from.saturating_add(bytes).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(from..end).unwrap_or_default()
}

/// The next words of a text, with their ends, at most `bytes` on.
fn words_after(text: &str, from: usize, bytes: usize) -> impl Iterator<Item = (usize, &str)> {
    let window = window(text, from, bytes);
    let base = window.as_ptr() as usize;
    window
        .split_ascii_whitespace()
        .map(move |word| (from + (word.as_ptr() as usize - base) + word.len(), word))
}

/// `Version: 8.0.1`, `Version  : 1.1.0`: the version that directly follows.
fn version_after(text: &str, from: usize) -> Option<(usize, &str)> {
    let mut words = words_after(text, from, 160);
    let (_, label) = words.next()?;
    if !matches!(label, "Version:" | "Version") {
        return None;
    }
    words.find(|(_, w)| *w != ":").filter(|(_, w)| Version::parse(w).is_some())
}

fn host(text: &str, at: Range<usize>) -> Option<(usize, Mark)> {
    let (end, version) = version_after(text, at.end)?;
    Some((end, Mark::Host(Version::parse(version)?)))
}

/// The heading of the SDK's section: `.NET SDK:`, or one that ends in `global.json):` in any language.
fn sdk_info(text: &str, at: Range<usize>) -> Option<(usize, Mark)> {
    const CLOSING: [char; 8] = ['"', '\u{201d}', ')', '\u{ff09}', ' ', '\u{a0}', ':', '\u{ff1a}'];
    let rest = window(text, at.end, 16);
    let skipped = rest.len() - rest.trim_start_matches(CLOSING).len();
    let (end, version) = version_after(text, at.end + skipped)?;
    Some((end, Mark::SdkInfo(version.to_owned())))
}

fn sdk_in_parentheses(text: &str, at: Range<usize>) -> Option<(usize, Mark)> {
    let rest = window(text, at.end, 60);
    let version = rest.get(..rest.find(')')?)?;
    Version::parse(version).map(|_| (at.end + version.len(), Mark::SdkInfo(version.to_owned())))
}

fn arch_after(text: &str, from: usize) -> Option<(usize, Mark)> {
    let (end, word) = words_after(text, from, 40).next()?;
    let name = word.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next()?;
    Arch::from_name(name).map(|arch| (end, Mark::Arch(arch)))
}

fn rid(text: &str, at: Range<usize>) -> Option<(usize, Mark)> {
    let (end, rid) = words_after(text, at.end, 80).next()?;
    Some((end, Mark::Rid(rid.to_owned())))
}

fn global_json(text: &str, at: Range<usize>) -> Option<(usize, Mark)> {
    let rest = window(text, at.end, 1024);
    let line = rest.trim_start();
    let start = at.end + rest.len() - line.len();
    let line = line.get(..line.find(['\r', '\n']).unwrap_or(line.len()))?;
    let end = line.find("global.json")? + "global.json".len();
    Some((start + end, Mark::GlobalJson(line.get(..end)?.to_owned())))
}

fn other_found(_: &str, at: Range<usize>) -> Option<(usize, Mark)> {
    Some((at.end, Mark::OtherFoundHeading))
}

/// 1.x lists bare versions, one a line; 2.x lists them with `at [dir]`.
fn versions(text: &str, at: Range<usize>) -> Option<(usize, Mark)> {
    let name = asked_for(text, at.start);
    let mut bare = Vec::new();
    let mut end = at.end;
    let mut words = words_after(text, at.end, 4096).peekable();
    while let Some((word_end, word)) = words.next() {
        let Some(version) = Version::parse(word) else { break };
        if words.peek().is_some_and(|(_, next)| *next == "at") {
            break;
        }
        bare.push(version);
        end = word_end;
    }
    let mark = if bare.is_empty() { Mark::FoundHeading(name) } else { Mark::BareVersions(name, bare) };
    Some((end, mark))
}

/// The framework that the sentence before a list names: `framework 'Microsoft.AspNetCore.App'`,
/// `Framework: 'Microsoft.AspNetCore.App'`.
fn asked_for(text: &str, before: usize) -> Option<String> {
    let mut start = before.saturating_sub(1200);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let window = text.get(start..before)?;
    let at = window.rfind("ramework '").map(|i| i + "ramework '".len());
    let new = window.rfind("ramework: '").map(|i| i + "ramework: '".len());
    let rest = window.get(at.max(new)?..)?;
    let name = rest.get(..rest.find('\'')?)?;
    is_framework_name(name).then(|| without_link(name).to_owned())
}

/// In the list for other architectures an architecture stands before the versions: `x86` `8.0.1 at [dir]`.
fn arch_headings(text: &str) -> Vec<(Range<usize>, Arch)> {
    const HEADING: &str = "frameworks for other architectures were found:";
    let mut headings = Vec::new();
    for start in memchr::memmem::find_iter(text.as_bytes(), HEADING).take(MAX_OF_WORD) {
        for (end, word) in words_after(text, start + HEADING.len(), 8192) {
            if let Some(arch) = Arch::from_name(word) {
                headings.push((end - word.len()..end, arch));
            } else if word.ends_with(':') {
                break;
            }
        }
    }
    headings
}

//! Listings of `shared\<name>` folders: `dir`, `dir /b /s`, `ls`, `Get-ChildItem`.

use super::builder::{arch_of_dir, is_program_files};
use super::entry::is_framework_name;
use super::marks::window;
use super::{Form, Inventory, Runtime};
use crate::platform::Arch;
use crate::version::Version;
use std::ops::Range;

/// Lines of a listing that are looked at.
const MAX_LINES: usize = 200;
/// More listings of a text are left out.
const MAX_LISTINGS: usize = 10_000;
/// A path stands within as many bytes of a line.
const MAX_LINE: usize = 400;

/// The listings in a text.
pub(super) fn find(text: &str) -> Vec<(Range<usize>, Inventory)> {
    let mut found: Vec<(Range<usize>, Inventory)> = Vec::new();
    for word in ["shared\\", "shared/"] {
        for start in memchr::memmem::find_iter(text.as_bytes(), word) {
            found.extend(listing_at(text, start, start + word.len()));
            if found.len() >= MAX_LISTINGS {
                break;
            }
        }
    }
    found
}

/// A listing whose folder's path has `shared` at `start` and the framework's name at `name_start`.
fn listing_at(text: &str, start: usize, name_start: usize) -> Option<(Range<usize>, Inventory)> {
    let line = window(text, name_start, MAX_LINE);
    let line = line.get(..line.find('\n').unwrap_or(line.len()))?;
    let is_name = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-');
    let name = line.get(..line.bytes().position(|b| !is_name(b)).unwrap_or(line.len()))?;
    if !is_framework_name(name) {
        return None;
    }
    let (line_start, root) = root_before(text, start)?;
    let dir = format!("{root}{}{name}", text.get(start..name_start)?);
    let tail = line.get(name.len()..)?.trim_end().trim_end_matches(['"', ':', '\'', '/', '\\']);
    let line_end = name_start + line.len();
    let (versions, end) = match tail.strip_prefix(['/', '\\']) {
        Some(version) => (vec![Version::parse(version)?], line_end),
        None if tail.is_empty() => versions_in_lines(text, line_end + 1)?,
        None => return None,
    };
    let arch = arch_of_dir(&dir).or_else(|| is_program_files(&dir).then_some(Arch::X64));
    let runtime = |version| Runtime { name: name.to_owned(), version, dir: dir.clone(), arch };
    let runtimes = versions.into_iter().map(runtime).collect();
    let lists_runtimes = tail.is_empty();
    Some((
        line_start..end,
        Inventory { form: Form::Folder, runtimes, lists_runtimes, ..Inventory::default() },
    ))
}

/// The start of the line, and what stands of the path before `shared`. The path begins at its drive, or after
/// the last blank or quotation mark: `Directory of C:\Program Files\dotnet\`, `ls /usr/share/dotnet/`.
fn root_before(text: &str, shared: usize) -> Option<(usize, &str)> {
    let mut from = shared.saturating_sub(MAX_LINE);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let before = text.get(from..shared)?;
    let line = before.get(before.rfind('\n').map_or(0, |i| i + 1)..)?;
    let root = match line.find(":\\") {
        Some(colon) => colon.saturating_sub(1),
        None => line.rfind([' ', '\t', '"', '\'']).map_or(0, |i| i + 1),
    };
    Some((shared - line.len(), line.get(root..)?))
}

/// The versions at the ends of the lines that follow, up to a line that belongs to something else; `None` when
/// there is none.
fn versions_in_lines(text: &str, from: usize) -> Option<(Vec<Version>, usize)> {
    let mut versions = Vec::new();
    let (mut at, mut end) = (from, from);
    for line in text.get(from..)?.split_inclusive('\n').take(MAX_LINES) {
        at += line.len();
        match of_line(line) {
            Line::Versions(found) => {
                versions.extend(found);
                end = at;
            }
            Line::Decoration => {}
            Line::Other => break,
        }
    }
    (!versions.is_empty()).then_some((versions, end))
}

enum Line {
    Versions(Vec<Version>),
    /// Blank lines, table heads, `.` and `..`.
    Decoration,
    Other,
}

fn of_line(line: &str) -> Line {
    let words: Vec<&str> = line.split_ascii_whitespace().collect();
    let version = |word: &&str| Version::parse(word.trim_end_matches(['/', '\\']));
    // `ls` prints several names a line, the others one at its end.
    if let Some(all) = words.iter().map(version).collect::<Option<Vec<_>>>().filter(|all| !all.is_empty()) {
        return Line::Versions(all);
    }
    if let Some(last) = words.last().and_then(version) {
        return Line::Versions(vec![last]);
    }
    let rule = words.iter().all(|w| w.bytes().all(|b| b == b'-'));
    match words.as_slice() {
        ["Mode", ..] | ["total", ..] | [.., "." | ".."] => Line::Decoration,
        _ if rule => Line::Decoration,
        _ => Line::Other,
    }
}

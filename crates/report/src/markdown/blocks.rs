//! Headings, lists, tables, blocks of code. Each ends with an empty line. Writing to a `String` cannot fail.

use std::fmt::Write as _;

use super::inline::{inline, longest_run};
use crate::clean;
use crate::model::Remedy;
use crate::wording;

/// A heading of text that is Markdown already.
pub(crate) fn heading(out: &mut String, level: usize, text: &str) {
    let _ = writeln!(out, "{} {text}\n", "#".repeat(level));
}

/// A heading and a list of sentences; nothing without sentences.
pub(crate) fn list(out: &mut String, level: usize, title: &str, sentences: &[String]) {
    if sentences.is_empty() {
        return;
    }
    heading(out, level, title);
    for sentence in sentences {
        let _ = writeln!(out, "- {}", inline(sentence));
    }
    out.push('\n');
}

/// A heading and a table of cells that are Markdown already; nothing without rows.
pub(crate) fn table<const N: usize>(
    out: &mut String,
    level: usize,
    title: &str,
    names: [&str; N],
    rows: &[[String; N]],
) {
    if rows.is_empty() {
        return;
    }
    heading(out, level, title);
    plain_table(out, names, rows);
}

/// A table of cells that are Markdown already, without a heading; nothing without rows.
pub(crate) fn plain_table<const N: usize>(out: &mut String, names: [&str; N], rows: &[[String; N]]) {
    if rows.is_empty() {
        return;
    }
    let _ = writeln!(out, "| {} |", names.join(" | "));
    let _ = writeln!(out, "|{}", " --- |".repeat(N));
    for row in rows {
        let _ = writeln!(out, "| {} |", row.join(" | "));
    }
    out.push('\n');
}

/// A block of code between fences that nothing in it can close.
pub(crate) fn fenced(out: &mut String, language: &str, text: &str) {
    let text = clean::block(text);
    let fence = "`".repeat(longest_run(&text).max(2) + 1);
    let _ = writeln!(out, "{fence}{language}\n{}\n{fence}\n", text.trim_matches('\n'));
}

/// What to do and where, and the commands; `name` comes before the place.
pub(crate) fn remedy(out: &mut String, name: Option<&str>, remedy: &Remedy) {
    let place = wording::platform(&remedy.platform).map(|place| inline(&place));
    let label: Vec<&str> = name.into_iter().chain(place.as_deref()).collect();
    if !label.is_empty() {
        let _ = write!(out, "**{}:** ", wording::capital(&label.join(" ")));
    }
    let text = if name.is_some() { wording::alternative(&remedy.text) } else { remedy.text.as_str().into() };
    let _ = writeln!(out, "{}\n", inline(&text));
    commands(out, &remedy.commands.join("\n"));
}

/// Commands, if there are any.
pub(crate) fn commands(out: &mut String, commands: &str) {
    if !commands.trim().is_empty() {
        fenced(out, "console", commands);
    }
}

/// The text with one line end at its end.
pub(crate) fn one_end(mut text: String) -> String {
    text.truncate(text.trim_end_matches('\n').len());
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fence_is_longer_than_any_run_inside() {
        let mut out = String::new();
        fenced(&mut out, "text", "a\n````\nb");
        assert_eq!(out, "`````text\na\n````\nb\n`````\n\n");
    }

    #[test]
    fn nothing_is_written_for_an_empty_list_or_table() {
        let mut out = String::new();
        list(&mut out, 2, "Empty", &[]);
        table(&mut out, 2, "Empty", ["a", "b"], &[]);
        assert_eq!(out, "");
    }
}

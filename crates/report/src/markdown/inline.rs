//! Text within a line. GitHub, GitLab and Azure DevOps look for mentions (`@name`, `#12`) after Markdown is rendered,
//! so that a backslash does not stop them; what is in code they leave alone. Hence every word that is not plain
//! becomes code, which suits paths and attribute names anyway.

use std::fmt::Write as _;

use crate::clean;
use crate::prose::{self, Piece};

/// Prose in one line.
pub(crate) fn inline(text: &str) -> String {
    let line = clean::line(text);
    let mut out = Inline::default();
    for piece in prose::pieces(&line) {
        match piece {
            Piece::Code(code) => out.code(code),
            Piece::Text(text) => out.text(text),
        }
    }
    out.finish()
}

/// Prose for a cell of a table: no pipe ends the cell.
pub(crate) fn cell(text: &str) -> String {
    inline(text).replace('|', "\\|")
}

/// A path, an id or a command in one line, as code; empty for nothing.
pub(crate) fn code(text: &str) -> String {
    let mut out = Inline::default();
    out.code(&clean::exact(text));
    out.finish()
}

/// Commands for a cell of a table: each line as code.
pub(crate) fn code_cell(commands: &str) -> String {
    let lines: Vec<String> =
        clean::block(commands).lines().map(code).filter(|line| !line.is_empty()).collect();
    lines.join(" ").replace('|', "\\|")
}

/// The most backticks in a row.
pub(super) fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// A line of inline Markdown under construction. Code waits until it is known not to go on.
#[derive(Default)]
struct Inline {
    out: String,
    code: String,
    space: bool,
}

impl Inline {
    fn text(&mut self, text: &str) {
        let mut glued = !text.starts_with(' ');
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            if !glued {
                self.space = true;
            }
            glued = false;
            let (before, core, after) = parts(word);
            if plain(core) {
                self.flush();
                self.push_space();
                self.out.push_str(&escaped(word, self.out.is_empty()));
            } else {
                // Words of a path with spaces become one piece of code.
                let joins = before.is_empty() && !self.code.is_empty() && self.space;
                if joins {
                    self.code.push(' ');
                    self.space = false;
                } else {
                    self.flush();
                    self.push_space();
                }
                self.out.push_str(before);
                self.code.push_str(core);
                if !after.is_empty() {
                    self.flush();
                    self.out.push_str(after);
                }
            }
        }
        self.space |= text.ends_with(' ');
    }

    fn code(&mut self, code: &str) {
        self.flush();
        self.push_space();
        self.code.push_str(code);
        self.flush();
    }

    fn push_space(&mut self) {
        if self.space && !self.out.is_empty() {
            self.out.push(' ');
        }
        self.space = false;
    }

    /// Writes the code that waits, between more backticks than it holds in a row.
    fn flush(&mut self) {
        if self.code.trim().is_empty() {
            self.code.clear();
            return;
        }
        // Two spans that touch would be read as one.
        if self.out.ends_with('`') {
            self.out.push(' ');
        }
        let ticks = "`".repeat(longest_run(&self.code) + 1);
        // CommonMark takes one space off each side if both sides have one, and a backtick at the edge needs it.
        let edge = |c: char| matches!(c, '`' | ' ');
        let pad = if self.code.starts_with(edge) || self.code.ends_with(edge) { " " } else { "" };
        let _ = write!(self.out, "{ticks}{pad}{}{pad}{ticks}", self.code);
        self.code.clear();
    }

    fn finish(mut self) -> String {
        self.flush();
        self.out
    }
}

/// Punctuation before and after a word, which needs no code around it.
fn parts(word: &str) -> (&str, &str, &str) {
    let core = word.trim_start_matches(['(', '"', '\'', '“', '‘']);
    let (before, _) = word.split_at_checked(word.len() - core.len()).unwrap_or(("", word));
    let end = core.trim_end_matches([')', '"', '\'', '”', '’', ',', '.', ';', ':', '?', '!', '…']).len();
    let (core, after) = core.split_at_checked(end).unwrap_or((core, ""));
    (before, core, after)
}

/// Whether a word means nothing to any flavour of Markdown. Markup is ASCII punctuation.
fn plain(core: &str) -> bool {
    if core == "/" {
        return true;
    }
    let mut chars = core.chars().peekable();
    let mut previous: Option<char> = None;
    while let Some(c) = chars.next() {
        let before = chars.peek().is_some_and(|next| next.is_alphanumeric());
        let between = before && previous.is_some_and(char::is_alphanumeric);
        let joint = c == '.' && before || matches!(c, '-' | ',' | '\'') && between;
        if !(c.is_alphanumeric() || !c.is_ascii() || joint) {
            return false;
        }
        previous = Some(c);
    }
    // `www.` is made a link; `GH-12` a reference to an issue.
    let lower = core.to_lowercase();
    !lower.starts_with("www.") && !lower.starts_with("gh-")
}

/// A plain word, safe also as the first of a line: `1.` would begin a list, `:` a definition.
fn escaped(word: &str, first: bool) -> String {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    match word.split_at_checked(digits) {
        Some((number, rest)) if first && digits > 0 && rest.starts_with(['.', ')']) => {
            format!("{number}\\{rest}")
        }
        _ if first && word.starts_with(':') => format!("\\{word}"),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_prose_stays_as_it_is() {
        let text =
            "The .NET app needs ASP.NET Core 8.0.7 / x64 (both), \"only\" 6.0 is there: that can't work!";
        assert_eq!(inline(text), text);
    }

    #[test]
    fn words_that_mean_something_become_code() {
        assert_eq!(inline("mail @team about #12"), "mail `@team` about `#12`");
        assert_eq!(inline("see <b>this</b>, a_b_c"), "see `<b>this</b>`, `a_b_c`");
        assert_eq!(inline("www.example.com GH-12 :tada:"), "`www.example.com GH-12 :tada`:");
    }

    #[test]
    fn what_would_begin_a_list_or_a_definition_is_escaped() {
        assert_eq!(inline("1. of 2. parts"), "1\\. of 2. parts");
        assert_eq!(inline(": is what it says:"), "\\: is what it says:");
    }

    #[test]
    fn a_path_with_spaces_is_one_piece_of_code() {
        assert_eq!(inline(r"in 'C:\Program Files\dotnet\'."), r"in '`C:\Program Files\dotnet\`'.");
    }

    #[test]
    fn code_in_backticks_is_kept_and_a_lone_backtick_is_code() {
        assert_eq!(inline("set `processPath`, then"), "set `processPath`, then");
        assert_eq!(inline("a ` b"), "a `` ` `` b");
    }

    #[test]
    fn a_number_at_the_start_begins_no_list() {
        assert_eq!(inline("1. April"), "1\\. April");
        assert_eq!(inline("- item"), "`-` item");
    }

    #[test]
    fn a_pipe_ends_no_cell() {
        assert_eq!(cell("a|b `c|d`"), "`a\\|b` `c\\|d`");
        assert_eq!(code_cell("a | b\nc"), "`a \\| b` `c`");
    }
}

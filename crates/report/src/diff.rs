//! The lines of a unified diff, told apart.

use crate::clean;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Names a file.
    File,
    /// Says where the following lines are.
    Hunk,
    Added,
    Removed,
    /// Context, and what `diff` says itself (`\\ No newline at end of file`).
    Same,
}

/// The clean lines. Only the head of a diff names files: below, `---` is a line that is gone and begins with `--`.
pub(crate) fn lines(text: &str) -> Vec<(Kind, String)> {
    let mut in_head = true;
    let kind = |line: &str| {
        in_head &= !line.starts_with("@@");
        match line.as_bytes().first() {
            Some(b'+' | b'-') if in_head => Kind::File,
            Some(b'@') => Kind::Hunk,
            Some(b'+') => Kind::Added,
            Some(b'-') => Kind::Removed,
            _ => Kind::Same,
        }
    };
    let text = clean::block(text);
    let lines: Vec<&str> = text.lines().collect();
    lines.iter().copied().map(kind).zip(lines.iter().map(|line| (*line).to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_gone_is_no_name_of_a_file() {
        let kinds: Vec<Kind> =
            lines("--- a\n+++ b\n@@ -1 +1 @@\n--- x\n+y\n z\n").into_iter().map(|(kind, _)| kind).collect();
        let expected = [Kind::File, Kind::File, Kind::Hunk, Kind::Removed, Kind::Added, Kind::Same];
        assert_eq!(kinds, expected);
    }
}

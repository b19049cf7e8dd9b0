//! What changed, for people and for `patch`.

use similar::TextDiff;

/// The change as a unified diff with three lines around each spot; empty when nothing changed. `name` is the file's
/// path with `/`.
pub fn unified_diff(old: &str, new: &str, name: &str) -> String {
    let (before, after) = (format!("a/{name}"), format!("b/{name}"));
    TextDiff::from_lines(old, new).unified_diff().context_radius(3).header(&before, &after).to_string()
}

#[cfg(test)]
mod tests {
    use super::unified_diff;

    #[test]
    fn a_diff_shows_the_changed_lines_with_their_line_ends() {
        let diff = unified_diff("a\r\nb\r\nc", "a\r\nx\r\nc", "sub/web.config");
        let expected = "--- a/sub/web.config\n+++ b/sub/web.config\n@@ -1,3 +1,3 @@\n a\r\n-b\r\n+x\r\n c\n\\ No newline at end of file\n";
        assert_eq!(diff, expected);
        assert_eq!(unified_diff("a\n", "a\n", "x"), "");
    }
}

//! All safe repairs at once.

use falconer_fix::{Fix, MAX_ROUNDS, apply_all};
use gen_lsp_types::TextEdit;
use similar::{DiffTag, TextDiff};

use super::text_edit;
use crate::analysis::{Analysis, Checks, Subject};
use crate::document::Document;

/// The edits that make all safe repairs, those among them that become possible by others; `None` when there is none.
pub(super) fn edits(
    subject: &Subject<'_>,
    analysis: &Analysis<'_>,
    checks: &Checks<'_>,
) -> Option<Vec<TextEdit>> {
    let mut text = round(subject.document.text(), analysis)?;
    for _ in 1..MAX_ROUNDS {
        match round(&text, &checks.look(subject, &text)) {
            Some(next) => text = next,
            None => break,
        }
    }
    Some(changed_lines(subject.document, &text)).filter(|edits| !edits.is_empty())
}

/// The text with the safe repairs that do not collide; `None` when there is none.
fn round(text: &str, analysis: &Analysis<'_>) -> Option<String> {
    let fixes = analysis.findings.iter().filter_map(|one| one.fix.clone());
    let fixes: Vec<Fix> = fixes.filter(|fix| fix.safe).collect();
    let applied = apply_all(text, &fixes);
    (!applied.done.is_empty() && applied.text != text).then_some(applied.text)
}

/// Replaces the lines that differ, so that the cursor stays where it is in the others.
fn changed_lines(document: &Document, new: &str) -> Vec<TextEdit> {
    let old = document.text();
    let diff = TextDiff::from_lines(old, new);
    let starts = |lines: &[&str]| {
        let ends = lines.iter().scan(0, |end, line| {
            *end += line.len();
            Some(*end)
        });
        std::iter::once(0).chain(ends).collect::<Vec<usize>>()
    };
    let (old_starts, new_starts) = (starts(diff.old_slices()), starts(diff.new_slices()));
    let place = |starts: &[usize], line: usize| starts.get(line).copied().unwrap_or_default();
    let changed = diff.ops().iter().filter(|op| op.tag() != DiffTag::Equal);
    let edit = changed.map(|op| {
        let (from, to) = (op.old_range(), op.new_range());
        let new_text = new.get(place(&new_starts, to.start)..place(&new_starts, to.end)).unwrap_or_default();
        let span = place(&old_starts, from.start)..place(&old_starts, from.end);
        text_edit(document, span, new_text.to_owned())
    });
    edit.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::tests::document;

    #[test]
    fn only_the_lines_that_differ_are_replaced() {
        let document = document("web.config", "<a>\r\n  <b/>\r\n  <c/>\r\n</a>");
        let edits = changed_lines(&document, "<a>\r\n  <B/>\r\n  <c/>\r\n  <d/>\r\n</a>");
        let seen: Vec<(u32, u32, &str)> = edits
            .iter()
            .map(|edit| (edit.range.start.line, edit.range.end.line, edit.new_text.as_str()))
            .collect();
        assert_eq!(seen, [(1, 2, "  <B/>\r\n"), (3, 3, "  <d/>\r\n")]);
    }
}

//! Findings as the editor underlines them.

use std::ops::Range;

use falconer_report::check::model::Severity;
use gen_lsp_types::{Code, CodeDescription, Diagnostic, DiagnosticSeverity, Message};

use crate::analysis::{Analysis, Spotted};
use crate::document::Document;

/// Who says it.
pub(crate) const SOURCE: &str = "falconer";
/// The code of a comment for Falconer that does not count.
const COMMENT: &str = "suppression-comment";
/// Where the book has its pages.
pub(crate) const BOOK: &str = "https://github.com/falconer-tool/falconer/blob/main/docs";

/// All that is to be underlined in a document.
pub(crate) fn diagnostics(document: &Document, analysis: &Analysis<'_>) -> Vec<Diagnostic> {
    let findings = analysis.findings.iter().map(|one| diagnostic(document, one));
    let faults = analysis.faults.iter().map(|(line, text)| fault(document, *line, text));
    findings.chain(faults).collect()
}

/// A finding.
pub(crate) fn diagnostic(document: &Document, found: &Spotted<'_>) -> Diagnostic {
    let id = &found.lint.id;
    let severity = match found.severity {
        Severity::Error => DiagnosticSeverity::Error,
        Severity::Warning => DiagnosticSeverity::Warning,
        Severity::Note => DiagnosticSeverity::Information,
    };
    Diagnostic {
        range: document.range(&spot(document.text(), found.span.as_ref())),
        severity: Some(severity),
        code: Some(Code::String(id.clone())),
        code_description: Some(CodeDescription { href: format!("{BOOK}/checks/{id}.md").into() }),
        source: Some(SOURCE.to_owned()),
        message: Message::String(found.message.clone()),
        ..Diagnostic::default()
    }
}

fn fault(document: &Document, line: u32, text: &str) -> Diagnostic {
    let number = usize::try_from(line.saturating_sub(1)).unwrap_or(usize::MAX);
    let before = document.text().split_inclusive('\n').take(number).map(str::len).sum();
    Diagnostic {
        range: document.range(&line_at(document.text(), before)),
        severity: Some(DiagnosticSeverity::Warning),
        code: Some(Code::String(COMMENT.to_owned())),
        source: Some(SOURCE.to_owned()),
        message: Message::String(text.to_owned()),
        ..Diagnostic::default()
    }
}

/// What is underlined for a spot: a place between two characters would not be seen, and what has no spot is about the
/// file, which its first line stands for.
pub(crate) fn spot(text: &str, span: Option<&Range<usize>>) -> Range<usize> {
    match span {
        None => line_at(text, 0),
        Some(span) if span.start < span.end => span.clone(),
        Some(span) => {
            let start = text.floor_char_boundary(span.start);
            let next = text.get(start..).and_then(|rest| rest.chars().next());
            start..start + next.filter(|c| !matches!(c, '\r' | '\n')).map_or(0, char::len_utf8)
        }
    }
}

/// The line at a byte, without the blanks around it.
fn line_at(text: &str, start: usize) -> Range<usize> {
    let line = text.get(start..).unwrap_or_default().lines().next().unwrap_or_default();
    let indent = line.len() - line.trim_start().len();
    start + indent..start + indent + line.trim().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn something_is_underlined_for_every_spot() {
        let text = "  <a/> \r\n…b";
        for (span, expected) in [
            (None, "<a/>"),
            (Some(3..4), "a"),
            (Some(9..9), "…"),
            (Some(10..10), "…"),
            (Some(7..7), ""),
            (Some(13..13), ""),
        ] {
            assert_eq!(&text[spot(text, span.as_ref())], expected, "{span:?}");
        }
        assert_eq!(spot("", None), 0..0);
    }
}

//! Quotes and blanks in `processPath` and `arguments`.

use super::is_found;
use super::values::set;
use crate::Fix;
use crate::table::Case;
use crate::xml::Document;

/// Without quotes every module takes the path, but older ones, out-of-process, only when it holds no blanks.
pub(crate) fn process_path_quoted(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let (_, attribute) = document.attribute_at(case.found.spot())?;
    let path = attribute.value.replace('"', "");
    let safe = case.found.field("hosting") == "in-process" || !path.contains(' ');
    set(document, attribute, path.trim(), safe)
}

pub(crate) fn process_path_blanks(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let (_, attribute) = document.attribute_at(case.found.spot())?;
    set(document, attribute, attribute.value.trim(), true)
}

/// A backslash in front of a closing quote is doubled, so that it stands for itself.
pub(crate) fn quote_unbalanced(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let (_, attribute) = document.attribute_at(case.found.spot())?;
    let value = &attribute.value;
    let closing = value.rfind("\\\"").filter(|at| value.get(at + 2..).is_some_and(ends_word))?;
    let mut repaired = value.clone();
    repaired.insert(closing, '\\');
    let balanced = !is_found(&["arguments-quote-unbalanced"], "arguments", &repaired);
    balanced.then(|| set(document, attribute, &repaired, false))?
}

fn ends_word(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(char::is_whitespace)
}

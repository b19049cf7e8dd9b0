//! Names and values between tags, of XML, of HTML, and of both as other text quotes them.

use std::ops::Range;

use crate::kind::starts_with_placeholder;
use crate::pattern::Pattern;
use crate::unit::{Unit, skip_blanks, skip_space, unit};
use crate::value::{Value, content};

/// How far a start tag is searched for its end.
const MAX_TAG: usize = 256;

/// How many tags may stand between a name and its value: `</b></td><td><code>`.
const MAX_TAGS: usize = 5;

/// What ends a name and its value alike.
static END_OF_ROW: Pattern = Pattern::new(r"(?i)^(?:<|&lt;)/(?:body|div|dl|li|p|pre|table|tr|ul)\b");

/// How `<` is written.
const OPEN: [&str; 5] = ["<", "&lt;", "\\u003c", "\\u003C", "%3C"];

/// What stands behind the end of a cell and the tags after it, and the `>` of the last start tag among them.
pub(super) fn behind_cell(text: &str, first: usize) -> Option<(usize, Option<Unit>)> {
    let mut at = first;
    let mut opened = None;
    for _ in 0..MAX_TAGS {
        let rest = text.get(at..).unwrap_or_default();
        let Some(open) = unit(text, at).filter(|unit| unit.ch == '<' && !starts_with_placeholder(rest))
        else {
            break;
        };
        let closing = unit(text, at + open.len).is_some_and(|unit| unit.ch == '/');
        if END_OF_ROW.is_match(rest) || !closing && at == first {
            return None;
        }
        let (end, close) = tag_end(text, at + open.len)?;
        if !closing {
            opened = Some(close);
        }
        at = skip_space(text, end);
    }
    Some((at, opened))
}

/// What stands behind the end tags at `at`, if any do.
pub(super) fn behind_tags(text: &str, mut at: usize) -> Option<Value> {
    let mut behind = None;
    for _ in 0..MAX_TAGS {
        let open = unit(text, at).filter(|unit| unit.ch == '<')?;
        unit(text, at + open.len).filter(|unit| unit.ch == '/')?;
        let (end, close) = tag_end(text, at + open.len)?;
        at = skip_blanks(text, end);
        behind = Some(content(text, at, close));
        if unit(text, at).is_none_or(|unit| unit.ch != '<') {
            break;
        }
    }
    behind
}

/// Where the tag ends that `at` is in, and its `>`; nothing if it is empty (`<name/>`) or is none.
pub(super) fn tag_end(text: &str, at: usize) -> Option<(usize, Unit)> {
    let mut last = ' ';
    let mut pos = at;
    while let Some(next) = unit(text, pos) {
        if pos - at > MAX_TAG || next.ch == '<' {
            return None;
        }
        pos += next.len;
        if next.ch == '>' {
            return (last != '/').then_some((pos, next));
        }
        last = next.ch;
    }
    None
}

/// Whether a tag's name begins at `at`.
pub(super) fn is_tag(text: &str, at: usize) -> bool {
    text.get(..at).is_some_and(|before| OPEN.iter().any(|open| before.ends_with(open)))
}

/// The content of the element that is called `name`; nothing where `<name>` only holds the place of something, as in
/// `Password=<password>;Encrypt=True`: there, no end tag follows.
pub(super) fn element(text: &str, name: &Range<usize>, at: usize, close: Unit) -> Option<Value> {
    let content = content(text, at, close);
    let end = skip_space(text, content.end);
    let ends = match unit(text, end) {
        Some(open) => unit(text, end + open.len).is_some_and(|next| open.ch == '<' && "/!".contains(next.ch)),
        // The text was cut; whether it is XML shows before the element.
        None => {
            let before = text.get(..name.start).unwrap_or_default();
            let before = OPEN.iter().find_map(|open| before.strip_suffix(open)).unwrap_or(before);
            let before = before.trim_end_matches([' ', '\t']);
            before.is_empty() || before.ends_with(['\n', '>']) || before.ends_with("&gt;")
        }
    };
    (ends || content.range.is_empty()).then_some(content)
}

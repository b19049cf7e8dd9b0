//! The strings in a JSON object or array whose name makes them secret: `"ConnectionStrings": { … }`.

use std::ops::Range;

use crate::unit::{skip_space, unit};
use crate::value::{WRAPPED, quoted};

/// How deep objects are followed, and how far.
const MAX_DEPTH: usize = 16;
const MAX_LENGTH: usize = 64 * 1024;

/// A string in an object or an array.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The name that it has in an object.
    pub(crate) key: Option<Range<usize>>,
    /// The string without its quotes.
    pub(crate) value: Range<usize>,
}

/// The strings of the object or array that begins at `at`. Numbers and names are no entries.
pub(crate) fn strings(text: &str, at: usize) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut key = None;
    let mut depth = 0_usize;
    let mut pos = at;
    while let Some(next) = unit(text, pos) {
        if pos - at > MAX_LENGTH || depth > MAX_DEPTH {
            break;
        }
        match next.ch {
            '{' | '[' => depth += 1,
            '}' | ']' => depth = depth.saturating_sub(1),
            '"' => {
                if let Some(string) = quoted(text, pos, WRAPPED.json()) {
                    let after = skip_space(text, string.end);
                    if unit(text, after).is_some_and(|unit| unit.ch == ':') {
                        key = Some(string.range);
                    } else {
                        entries.push(Entry { key: key.take(), value: string.range });
                    }
                    pos = string.end;
                    continue;
                }
            }
            _ => {}
        }
        pos += next.len;
        if depth == 0 {
            break;
        }
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<&str> {
        strings(text, 0).into_iter().map(|entry| &text[entry.value]).collect()
    }

    #[test]
    fn strings_are_values_and_names_are_not() {
        assert_eq!(values(r#"{"a": "x", "b": {"c": "y"}, "d": 1}, "e""#), ["x", "y"]);
        assert_eq!(values(r#"["x", "y"] "z""#), ["x", "y"]);
        assert_eq!(values(r#"{\"a\": \"x\"}""#), ["x"]);
    }

    #[test]
    fn an_object_that_is_cut_ends_with_the_text() {
        assert_eq!(values(r#"{"a": "x", "b": "y"#), ["x", "y"]);
    }

    #[test]
    fn a_tower_of_brackets_is_left_alone() {
        let tower = "[".repeat(100_000);
        assert_eq!(values(&tower), [""; 0]);
    }
}

//! Comma, semicolon and tab separated records.

use std::borrow::Cow;

use memchr::{memchr, memchr3};

/// A record is no longer than this, in bytes; a quoted field that goes on beyond is taken for one that is never
/// closed.
const LONGEST: usize = 1024 * 1024;
/// Fields of a record at most.
const FIELDS: usize = 64;

/// One record.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Record<'t> {
    pub(crate) fields: Vec<Cow<'t, str>>,
    /// Where the next record starts.
    pub(crate) next: usize,
    /// The last field is quoted and never closed; it holds everything up to the bound.
    pub(crate) is_open: bool,
}

/// The separator of a line: the first of the three that stands outside a leading quoted field.
pub(crate) fn separator(line: &str) -> Option<u8> {
    let rest = match line.strip_prefix('"') {
        Some(quoted) => quoted.get(memchr(b'"', quoted.as_bytes())? + 1..)?,
        None => line,
    };
    let at = memchr3(b',', b';', b'\t', rest.as_bytes())?;
    rest.as_bytes().get(at).copied()
}

/// Splits off the record that starts at `start`.
pub(crate) fn record(text: &str, start: usize, separator: u8) -> Option<Record<'_>> {
    let window = crate::lines::cut(text.get(start..)?, LONGEST);
    let mut fields = Vec::new();
    let mut at = 0;
    loop {
        let field = field(window, at, separator)?;
        if fields.len() < FIELDS {
            fields.push(field.value);
        }
        at = field.end;
        if field.is_open {
            return Some(Record { fields, next: start + window.len(), is_open: true });
        }
        match window.as_bytes().get(at) {
            Some(byte) if *byte == separator => at += 1,
            Some(_) => return Some(Record { fields, next: start + at + 1, is_open: false }),
            None => return Some(Record { fields, next: start + at, is_open: false }),
        }
    }
}

/// A field, and the place of the separator or line break behind it.
struct Piece<'t> {
    value: Cow<'t, str>,
    end: usize,
    is_open: bool,
}

fn field(window: &str, start: usize, separator: u8) -> Option<Piece<'_>> {
    let tail = window.get(start..)?;
    if let Some(quoted) = tail.strip_prefix('"') {
        return quoted_field(quoted, start + 1, separator);
    }
    let length = bare_length(tail, separator);
    let value = tail.get(..length)?;
    Some(Piece {
        value: Cow::Borrowed(value.strip_suffix('\r').unwrap_or(value)),
        end: start + length,
        is_open: false,
    })
}

fn bare_length(tail: &str, separator: u8) -> usize {
    memchr::memchr2(separator, b'\n', tail.as_bytes()).unwrap_or(tail.len())
}

/// A quoted field; `quoted` starts behind the opening quote, at `start`. What stands between the closing quote
/// and the separator is kept as it is.
fn quoted_field(quoted: &str, start: usize, separator: u8) -> Option<Piece<'_>> {
    let mut from = 0;
    let mut has_doubled = false;
    loop {
        let Some(quote) = memchr(b'"', quoted.as_bytes().get(from..)?).map(|at| from + at) else {
            return Some(Piece {
                value: undoubled(quoted, has_doubled),
                end: start + quoted.len(),
                is_open: true,
            });
        };
        if quoted.as_bytes().get(quote + 1) == Some(&b'"') {
            has_doubled = true;
            from = quote + 2;
            continue;
        }
        let behind = quoted.get(quote + 1..)?;
        let length = bare_length(behind, separator);
        let mut value = undoubled(quoted.get(..quote)?, has_doubled);
        let stray = behind.get(..length)?.trim();
        if !stray.is_empty() {
            value.to_mut().push_str(stray);
        }
        return Some(Piece { value, end: start + quote + 1 + length, is_open: false });
    }
}

fn undoubled(text: &str, has_doubled: bool) -> Cow<'_, str> {
    if has_doubled { Cow::Owned(text.replace("\"\"", "\"")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(text: &str) -> Vec<String> {
        record(text, 0, b',').map_or_else(Vec::new, |r| r.fields.into_iter().map(Cow::into_owned).collect())
    }

    #[test]
    fn quotes_keep_separators_and_line_breaks() {
        let text = "Error,\"a, \"\"b\"\"\r\nc\",,x\r\nnext";
        assert_eq!(fields(text), ["Error", "a, \"b\"\r\nc", "", "x"]);
        let record = record(text, 0, b',').unwrap();
        assert_eq!(text.get(record.next..), Some("next"));
    }

    #[test]
    fn an_open_quote_is_told() {
        let record = record("a,\"b\nc", 0, b',').unwrap();
        assert_eq!((record.fields, record.is_open), (vec!["a".into(), "b\nc".into()], true));
    }

    #[test]
    fn text_behind_a_closing_quote_is_kept() {
        assert_eq!(fields("\"a\"b,c"), ["ab", "c"]);
    }

    #[test]
    fn the_separator_is_found_behind_a_quoted_field() {
        assert_eq!(separator("\"a,b\";c"), Some(b';'));
        assert_eq!(separator("Level\tDate, and Time"), Some(b'\t'));
        assert_eq!(separator("nothing"), None);
        assert_eq!(separator("\"open"), None);
    }
}

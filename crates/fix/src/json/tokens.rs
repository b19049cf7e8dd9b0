//! What stands between the values of a JSON text: blanks and comments, which both readers allow.

/// The byte behind the last one before `end` that is neither blank nor part of a comment.
pub(super) fn significant_end(text: &str, end: usize) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut last) = (0, 0);
    while at < end {
        match bytes.get(at) {
            Some(b' ' | b'\t' | b'\r' | b'\n') => at += 1,
            Some(b'/') => at = comment_end(text, at),
            Some(b'"') => {
                at = string_end(bytes, at);
                last = at;
            }
            Some(_) => {
                at += 1;
                last = at;
            }
            None => break,
        }
    }
    last.min(end)
}

/// The first byte from `start` that is neither blank nor part of a comment.
pub(super) fn next_significant(text: &str, start: usize) -> usize {
    let mut at = start;
    loop {
        match text.as_bytes().get(at) {
            Some(b' ' | b'\t' | b'\r' | b'\n') => at += 1,
            Some(b'/') => {
                let end = comment_end(text, at);
                if end == at + 1 {
                    return at;
                }
                at = end;
            }
            _ => return at,
        }
    }
}

/// Behind a comment; behind the slash where none starts.
fn comment_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let length = match rest.get(..2) {
        Some("//") => rest.find('\n').unwrap_or(rest.len()),
        Some("/*") => rest.get(2..).and_then(|inner| inner.find("*/")).map_or(rest.len(), |found| found + 4),
        _ => 1,
    };
    at + length
}

/// Behind a string's closing quotation mark.
pub(super) fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_comments_are_stepped_over_in_both_directions() {
        let text = "{ \"a // \\\"\": 1 /* , */ , // }\n }";
        assert_eq!(&text[..significant_end(text, text.len() - 1)], "{ \"a // \\\"\": 1 /* , */ ,");
        let one = text.find('1').expect("there") + 1;
        assert_eq!(significant_end(text, one + 2), one);
        assert_eq!(next_significant(text, one), text.rfind(',').expect("there"));
        assert_eq!(next_significant("/x", 0), 0);
        assert_eq!(significant_end("", 0), 0);
    }
}

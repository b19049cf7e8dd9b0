//! Entity and character references in attribute values.

use crate::Span;

/// A reference that XML does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BadReference {
    /// `&` that starts no reference.
    BareAmpersand(Span),
    /// `&name;` with a name that XML does not define.
    Unknown(Span),
}

/// The longest reference looked for; longer ones take the `&` as bare.
const LONGEST: usize = 64;

/// Reads the reference at the start of `text`, which begins with `&`: the character and the reference's length.
/// `Err` carries the length when it has the form of a reference that is not known.
pub(super) fn read(text: &str) -> Result<(char, usize), Option<usize>> {
    let window = text.as_bytes().get(..text.len().min(LONGEST)).unwrap_or_default();
    let end = memchr::memchr(b';', window).ok_or(None)?;
    let name = text.get(1..end).ok_or(None)?;
    let character = match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        _ => match name.strip_prefix('#') {
            Some(number) => character(number).ok_or(Some(end + 1))?,
            None if is_name(name) => return Err(Some(end + 1)),
            None => return Err(None),
        },
    };
    Ok((character, end + 1))
}

fn character(number: &str) -> Option<char> {
    let code = match number.strip_prefix('x') {
        Some(hex) if hex.bytes().all(|byte| byte.is_ascii_hexdigit()) => u32::from_str_radix(hex, 16).ok()?,
        None if number.bytes().all(|byte| byte.is_ascii_digit()) => number.parse().ok()?,
        _ => return None,
    };
    char::from_u32(code).filter(|c| !matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}'))
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b':'))
}

/// Replaces the references of an attribute value and normalises its white space as XML says (tab and line breaks
/// become blanks). Reports each reference that is not one, which stays as written.
pub(super) fn decode(raw: &str, start: usize, mut bad: impl FnMut(BadReference)) -> String {
    if memchr::memchr3(b'&', b'\n', b'\t', raw.as_bytes()).is_none() && !raw.contains('\r') {
        return raw.to_owned();
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(first) = rest.chars().next() {
        let at = start + (raw.len() - rest.len());
        let length = match first {
            '&' => match read(rest) {
                Ok((character, length)) => {
                    out.push(character);
                    length
                }
                Err(found) => {
                    bad(match found {
                        Some(length) => BadReference::Unknown(Span::new(at, at + length)),
                        None => BadReference::BareAmpersand(Span::new(at, at + 1)),
                    });
                    out.push('&');
                    1
                }
            },
            '\r' if rest.as_bytes().get(1) == Some(&b'\n') => {
                out.push(' ');
                2
            }
            '\t' | '\n' | '\r' => {
                out.push(' ');
                1
            }
            other => {
                out.push(other);
                other.len_utf8()
            }
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(raw: &str) -> (String, Vec<BadReference>) {
        let mut bad = Vec::new();
        let value = decode(raw, 10, |reference| bad.push(reference));
        (value, bad)
    }

    #[test]
    fn replaces_the_references_xml_knows() {
        let (value, bad) = decoded("&lt;a&gt; &amp;&quot;&apos;&#65;&#x1F600; b\r\nc\td");
        assert_eq!(value, "<a> &\"'A\u{1F600} b c d");
        assert_eq!(bad, []);
    }

    #[test]
    fn keeps_and_reports_a_bare_ampersand_and_an_unknown_name() {
        let (value, bad) = decoded("a&b;c &d &#0; &");
        assert_eq!(value, "a&b;c &d &#0; &");
        let expected = [
            BadReference::Unknown(Span::new(11, 14)),
            BadReference::BareAmpersand(Span::new(16, 17)),
            BadReference::Unknown(Span::new(19, 23)),
            BadReference::BareAmpersand(Span::new(24, 25)),
        ];
        assert_eq!(bad, expected);
    }
}

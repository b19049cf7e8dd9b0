//! Characters as a reader of the text sees them, however they are escaped.
//!
//! A password stands in `web.config` behind `&quot;`, in JSON behind `\"` or `\u0022`, in a query behind `%22`, and
//! in a page that quotes JSON behind `\&quot;`. The rules of this crate look at units, so each is written once.

/// How a character is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// As itself.
    Raw,
    /// As an entity or a character reference: `&quot;`, `&#34;`, `&amp;quot;`.
    Xml,
    /// Percent-encoded: `%22`, `%2522`.
    Url,
    /// With backslashes: `\"`, `\\\"`, `\u0022`, `\n`.
    Json,
}

/// One character and how it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unit {
    /// The character meant.
    pub(crate) ch: char,
    /// How many bytes of the text it takes.
    pub(crate) len: usize,
    /// How it is written.
    pub(crate) form: Form,
}

impl Unit {
    /// Whether it can open or close a value.
    pub(crate) fn is_quote(self) -> bool {
        matches!(self.ch, '"' | '\'')
    }

    /// Whether it ends a line.
    pub(crate) fn is_newline(self) -> bool {
        matches!(self.ch, '\n' | '\r')
    }

    /// Whether it is a space within a line.
    pub(crate) fn is_blank(self) -> bool {
        matches!(self.ch, ' ' | '\t' | '\u{a0}')
    }
}

/// How often an escape may itself be escaped (`&amp;amp;quot;`, `%252522`).
const MAX_NESTING: usize = 3;

/// How many backslashes in a row are looked at; JSON in JSON in JSON needs seven.
const MAX_BACKSLASHES: usize = 16;

/// The unit at byte `at` of `text`; nothing at its end or off a character boundary.
pub(crate) fn unit(text: &str, at: usize) -> Option<Unit> {
    let rest = text.get(at..)?;
    let ch = rest.chars().next()?;
    let escaped = match ch {
        '&' => entity(rest),
        '%' => percent(rest),
        '\\' => backslash(rest),
        _ => None,
    };
    Some(escaped.unwrap_or(Unit { ch, len: ch.len_utf8(), form: Form::Raw }))
}

/// The first unit at or after `at` that is not blank, with its place.
pub(crate) fn skip_blanks(text: &str, mut at: usize) -> usize {
    while let Some(next) = unit(text, at) {
        if !next.is_blank() {
            break;
        }
        at += next.len;
    }
    at
}

/// Like [`skip_blanks`], over line ends too.
pub(crate) fn skip_space(text: &str, mut at: usize) -> usize {
    while let Some(next) = unit(text, at) {
        if !next.is_blank() && !next.is_newline() {
            break;
        }
        at += next.len;
    }
    at
}

/// `text` without its escapes, so that one value has one form wherever it stands.
pub(crate) fn canonical(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(next) = unit(text, at) {
        at += next.len;
        // A path or `DOMAIN\user` has one backslash or many, by how often it was escaped.
        if next.ch != '\\' || !plain.ends_with('\\') {
            plain.push(next.ch);
        }
    }
    plain
}

fn entity(rest: &str) -> Option<Unit> {
    let mut tail = rest.get(1..)?;
    for _ in 0..MAX_NESTING {
        let (ch, len) = entity_name(tail)?;
        tail = tail.get(len..)?;
        if ch != '&' || entity_name(tail).is_none() {
            return Some(Unit { ch, len: rest.len() - tail.len(), form: Form::Xml });
        }
    }
    None
}

/// What a text that begins after `&` stands for, and how long it is with its `;`.
fn entity_name(tail: &str) -> Option<(char, usize)> {
    const NAMES: [(&str, char); 6] =
        [("quot;", '"'), ("apos;", '\''), ("amp;", '&'), ("lt;", '<'), ("gt;", '>'), ("nbsp;", ' ')];
    if let Some(number) = tail.strip_prefix('#') {
        let end = number.bytes().take(8).position(|byte| byte == b';')?;
        let digits = number.get(..end)?;
        let code = match digits.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => digits.parse().ok()?,
        };
        return Some((char::from_u32(code)?, end + 2));
    }
    NAMES.iter().find(|(name, _)| tail.starts_with(name)).map(|&(name, ch)| (ch, name.len()))
}

fn percent(rest: &str) -> Option<Unit> {
    let mut len = 0;
    for _ in 0..MAX_NESTING {
        // An escaped percent sign leaves only the digits of the next level: `%2522`.
        let digits = rest.get(len + usize::from(len == 0)..)?;
        let code = hex(digits, 2)?;
        len += 2 + usize::from(len == 0);
        let ch = char::from_u32(code).filter(char::is_ascii)?;
        if ch != '%' || rest.get(len..).and_then(|next| hex(next, 2)).is_none_or(|code| code >= 0x80) {
            return Some(Unit { ch, len, form: Form::Url });
        }
    }
    None
}

fn backslash(rest: &str) -> Option<Unit> {
    let run = rest.bytes().take(MAX_BACKSLASHES).take_while(|&byte| byte == b'\\').count();
    let after = rest.get(run..)?;
    let json = |ch, len| Some(Unit { ch, len, form: Form::Json });
    match after.chars().next() {
        Some(quote @ ('"' | '\'')) if run % 2 == 1 => json(quote, run + 1),
        // JSON in HTML: `\&quot;`.
        Some('&') if run % 2 == 1 => {
            let quote = entity(after).filter(|unit| unit.is_quote());
            quote.and_then(|quote| json(quote.ch, run + quote.len)).or_else(|| pair(run))
        }
        Some('u') => match hex(after.get(1..)?, 4).and_then(char::from_u32).filter(char::is_ascii) {
            Some(ch) => json(ch, run + 5),
            None => pair(run),
        },
        Some('n') => json('\n', run + 1),
        Some('r') => json('\r', run + 1),
        Some('t') => json('\t', run + 1),
        Some('/') if run == 1 => json('/', 2),
        _ => pair(run),
    }
}

/// Two backslashes that stand for one.
fn pair(run: usize) -> Option<Unit> {
    (run >= 2).then_some(Unit { ch: '\\', len: 2, form: Form::Json })
}

fn hex(text: &str, digits: usize) -> Option<u32> {
    let digits = text.get(..digits)?;
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (char, usize) {
        let unit = unit(text, 0).unwrap();
        (unit.ch, unit.len)
    }

    #[test]
    fn a_quote_is_a_quote_in_every_escaping() {
        for escaped in [
            "\"",
            "&quot;",
            "&#34;",
            "&#x22;",
            "&amp;quot;",
            "&amp;amp;#34;",
            "%22",
            "%2522",
            "\\\"",
            "\\\\\\\"",
            "\\u0022",
            "\\\\u0022",
            "\\&quot;",
        ] {
            assert_eq!(read(&format!("{escaped}x")), ('"', escaped.len()), "{escaped}");
        }
    }

    #[test]
    fn what_only_looks_like_an_escape_stands_for_itself() {
        for (text, ch) in [
            ("&quot", '&'),
            ("&copy;", '&'),
            ("%2", '%'),
            ("%zz", '%'),
            ("%é1", '%'),
            ("\\x", '\\'),
            ("&#;", '&'),
        ] {
            assert_eq!(read(text), (ch, 1), "{text}");
        }
    }

    #[test]
    fn an_even_run_of_backslashes_leaves_the_quote_alone() {
        assert_eq!(read("\\\\\""), ('\\', 2));
    }

    #[test]
    fn one_value_has_one_canonical_form() {
        let forms = ["CORP\\bob&co", "CORP\\\\bob&amp;co", "CORP%5Cbob%26co", "CORP\\\\\\\\bob\\u0026co"];
        for form in forms {
            assert_eq!(canonical(form), "CORP\\bob&co", "{form}");
        }
    }
}

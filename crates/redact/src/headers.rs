//! Values of HTTP headers that carry credentials.

use std::ops::Range;

use crate::kind::Kind;
use crate::pattern::Pattern;
use crate::span::Span;
use crate::unit::{Form, skip_blanks, unit};

/// A scheme and credentials: `Bearer eyJ…`.
static CREDENTIALS: Pattern = Pattern::new(r"(?is)^\s*([a-z][a-z0-9-]{1,24})(?: |\t|\+|%20)+(\S.*)$");

/// Schemes whose credentials are one word.
const ONE_WORD: &[&str] = &["basic", "bearer", "negotiate", "ntlm", "token"];

/// A value that is longer is no sentence.
const MAX_SENTENCE: usize = 320;

/// Attributes of a cookie, which are no cookies.
const ATTRIBUTES: &[&str] =
    &["domain", "expires", "httponly", "max-age", "partitioned", "path", "priority", "samesite", "secure"];

/// Adds the credentials of an `Authorization` header whose value is at `range`.
pub(crate) fn authorization(text: &str, range: Range<usize>, spans: &mut Vec<Span>) {
    let Some(value) = text.get(range.clone()) else { return };
    let Some(found) = CREDENTIALS.groups(value) else {
        // Without a scheme: a bare key, if it is not the name of a scheme.
        if value.len() >= 8 && value.bytes().any(|byte| byte.is_ascii_digit()) {
            spans.push(Span::sure(range, Kind::Token));
        }
        return;
    };
    let (Some((_, scheme)), Some((place, credentials))) = (found.get(1), found.get(2)) else { return };
    let one_word = ONE_WORD.iter().any(|known| scheme.eq_ignore_ascii_case(known));
    let length = if one_word {
        credentials.find([' ', '\t', ',']).unwrap_or(credentials.len())
    } else {
        credentials.len()
    };
    let start = range.start + place.start;
    // "Authorization: user may not log in" is a sentence.
    let is_sentence = !one_word
        && value.len() <= MAX_SENTENCE
        && !credentials.bytes().any(|byte| byte.is_ascii_digit() || byte == b'=');
    if !is_sentence {
        spans.push(Span::sure(start..start + length, Kind::Token));
    }
}

/// Adds the values of the cookies listed at `range`, for `Cookie` and `Set-Cookie` alike.
pub(crate) fn cookies(text: &str, range: Range<usize>, spans: &mut Vec<Span>) {
    let mut at = range.start;
    while at < range.end {
        at = cookie(text, at, range.end, spans);
    }
}

/// Adds the value of the cookie at `at`; returns where the next one begins.
fn cookie(text: &str, at: usize, end: usize, spans: &mut Vec<Span>) -> usize {
    let mut start = skip_blanks(text, at).min(end);
    // IIS logs write a blank as `+`.
    if text.get(start..end).is_some_and(|rest| rest.starts_with('+')) {
        start += 1;
    }
    let mut name_end = None;
    let mut pos = start;
    while let Some(next) = unit(text, pos).filter(|_| pos < end) {
        if next.ch == ';' && next.form != Form::Url {
            break;
        }
        if next.ch == '=' && name_end.is_none() {
            name_end = Some((pos, pos + next.len));
        }
        pos += next.len;
    }
    if let Some((name_end, from)) = name_end
        && !is_attribute(text.get(start..name_end).unwrap_or_default())
    {
        let value = text.get(from..pos.min(end)).unwrap_or_default().trim_end_matches([',', ' ']);
        let range = from..from + value.len();
        // A cookie of culture or consent holds a word that may stand elsewhere; a session has some length.
        let sure = value.len() >= 16;
        spans.push(Span { range, kind: Kind::Cookie, sure });
    }
    match unit(text, pos) {
        Some(next) if pos < end => pos + next.len,
        _ => end.max(pos),
    }
}

fn is_attribute(name: &str) -> bool {
    ATTRIBUTES.iter().any(|attribute| name.trim().eq_ignore_ascii_case(attribute))
}

#[cfg(test)]
mod tests {
    use super::*;

    type Finder = fn(&str, Range<usize>, &mut Vec<Span>);

    fn secrets(find: Finder, text: &str) -> Vec<&str> {
        let mut spans = Vec::new();
        find(text, 0..text.len(), &mut spans);
        spans.into_iter().map(|span| &text[span.range]).collect()
    }

    #[test]
    fn the_scheme_stays_and_the_credentials_go() {
        assert_eq!(secrets(authorization, "Bearer abc.def"), ["abc.def"]);
        assert_eq!(secrets(authorization, "Basic+dTpw"), ["dTpw"]);
        assert_eq!(
            secrets(authorization, "Digest username=\"u\", nonce=\"n\""),
            ["username=\"u\", nonce=\"n\""]
        );
        assert_eq!(secrets(authorization, "Bearer"), [""; 0]);
        assert_eq!(secrets(authorization, "user is not allowed"), [""; 0]);
        assert_eq!(secrets(authorization, "k3y-w1thout-scheme"), ["k3y-w1thout-scheme"]);
    }

    #[test]
    fn every_cookie_goes_and_every_attribute_stays() {
        assert_eq!(secrets(cookies, "a=1; b=2;+c=3%3Bd=4"), ["1", "2", "3%3Bd=4"]);
        assert_eq!(secrets(cookies, "a=x; path=/; SameSite=Lax; secure; httponly"), ["x"]);
        assert_eq!(secrets(cookies, ";;=;"), [""]);
    }
}

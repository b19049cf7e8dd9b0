//! Where a value begins and ends, in whatever it is written.

use std::ops::Range;

use crate::enclosing::Enclosing;
use crate::kind::starts_with_placeholder;
use crate::pattern::Pattern;
use crate::unit::{Form, Unit, skip_space, unit};

/// How far a quoted value may reach.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reach {
    /// Over how many line ends.
    lines: usize,
    /// How many bytes, where it reaches over line ends.
    laid_out: usize,
    /// How many bytes on one line.
    bytes: usize,
    /// Whether a doubled quote is a quote within the value, as in ADO.NET and YAML.
    doubled: bool,
}

impl Reach {
    /// The same for a string of JSON, in which quotes are escaped, not doubled.
    pub(crate) fn json(self) -> Reach {
        Reach { doubled: false, ..self }
    }
}

/// A value on one line, of a length that a name has.
pub(crate) const SHORT: Reach = Reach { lines: 0, laid_out: 0, bytes: 512, doubled: true };

/// A value on one line.
pub(crate) const ONE_LINE: Reach = Reach { lines: 0, laid_out: 0, bytes: usize::MAX, doubled: true };

/// A value that a console may have wrapped.
pub(crate) const WRAPPED: Reach = Reach { lines: 3, laid_out: 4096, bytes: usize::MAX, doubled: true };

/// A connection string, which `web.config` may lay out over lines.
pub(crate) const LAID_OUT: Reach = Reach { lines: 24, laid_out: 16 * 1024, bytes: usize::MAX, doubled: true };

/// How far ahead a value with spaces in it is searched for its end.
const MAX_LOOK_AHEAD: usize = 128;

/// The longest rest of a line that is taken for the end of a value with spaces in it.
const MAX_TAIL: usize = 48;

/// A value and where reading goes on behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Value {
    /// The value without its quotes.
    pub(crate) range: Range<usize>,
    /// The end of the value with its quotes.
    pub(crate) end: usize,
    /// Whether it was quoted.
    pub(crate) quoted: bool,
}

/// What is known of a place where an unquoted value begins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Place {
    /// The separator before it was percent-encoded, so its end may be.
    pub(crate) encoded: bool,
    /// It stands in a query, where `&` ends it.
    pub(crate) query: bool,
    /// It follows another pair of a connection string, so it may hold spaces.
    pub(crate) connection: bool,
    /// It is the name of a user, in which `\n` may be the domain's backslash.
    pub(crate) user: bool,
}

/// Options of StackExchange.Redis, whose connection strings have commas for semicolons, and of `key=value` lists.
static AFTER_COMMA: Pattern = Pattern::new(concat!(
    r"(?i)^,(?:[ \t\r\n]|$|(?:ssl|ssl_?host|ssl_?protocols|abort_?connect|abortonconnectfail|allow_?admin|",
    r"(?:connect|sync|async|response)_?timeout|connect_?retry|default_?database|name|user|keep_?alive|",
    r"channel_?prefix|config_?channel|proxy|tie_?breaker|version|service_?name|write_?buffer|protocol|",
    r"check_?certificate_?revocation|tunnel|set_?lib|host|port|database|server)=)",
));

/// What ends a value that stands in HTML or XML.
static TAG: Pattern = Pattern::new(r"(?i)^(?:<|&lt;)(?:/|!|(?:br|dd|div|dt|hr|li|p|pre|span|td|th|tr)\b)");

/// What stands behind the last quote of a string: another attribute, the end of the tag, the next item, nothing.
static BEHIND_STRING: Pattern = Pattern::new(concat!(
    r#"(?i)^(?:[ \t\r\n]{1,64}[a-z][a-z0-9_:.-]{0,63}[ \t]{0,8}=[ \t]{0,8}["'&\\]"#,
    r#"|[ \t]{0,64}(?:/?(?:>|&gt;)|[]},);]|\\[rn]|[\r\n]|$))"#,
));

/// Another parameter of a query.
static NEXT_PARAMETER: Pattern = Pattern::new(r"^[A-Za-z_$][A-Za-z0-9_.$-]{0,63}=");

/// Another pair of a connection string, or its end.
static NEXT_PAIR: Pattern =
    Pattern::new(r#"(?i)^[ \t\r\n]{0,64}(?:$|["'\r\n\\]|&quot;|&#34;|%22|[a-z][a-z0-9 _.-]{0,40}(?:=|%3d))"#);

/// The value that is quoted from `at` on, as far as `reach`; nothing if no quote stands there.
/// Without a closing quote it ends with its line.
pub(crate) fn quoted(text: &str, at: usize, reach: Reach) -> Option<Value> {
    let open = unit(text, at).filter(|unit| unit.is_quote())?;
    let start = at + open.len;
    let token = text.get(at..start)?;
    let mut line_end = None;
    let mut lines = 0;
    let mut pos = start;
    while let Some(next) = unit(text, pos) {
        let end = pos + next.len;
        let written = text.get(pos..end).filter(|_| next.is_quote()).unwrap_or_default();
        let again = reach.doubled && text.get(end..).is_some_and(|rest| rest.starts_with(token));
        if written.ends_with(token) && again && pos > start {
            // Right at the beginning it is the end of an empty value. A backslash before it may be one of the value.
            pos = end + token.len();
            continue;
        }
        if written == token {
            return Some(Value { range: start..pos, end, quoted: true });
        }
        if next.is_newline() && next.form == Form::Raw {
            line_end.get_or_insert(pos);
            lines += 1;
            if lines > reach.lines || pos - start > reach.laid_out {
                break;
            }
        }
        if pos - start > reach.bytes {
            break;
        }
        pos = end;
    }
    let end = line_end.unwrap_or(pos);
    Some(Value { range: start..end, end, quoted: true })
}

/// The value that begins unquoted at `at`.
pub(crate) fn unquoted(text: &str, at: usize, place: Place) -> Value {
    let quotes = Enclosing::before(text, at);
    let mut pos = at;
    while let Some(next) = unit(text, pos) {
        if ends_value(text, pos, next, place, &quotes) {
            break;
        }
        pos += next.len;
    }
    let range = at..trim_end(text, at, pos);
    Value { end: range.end, range, quoted: false }
}

/// The rest of the line from `at` on, up to the quote that encloses it, if one does.
pub(crate) fn line(text: &str, at: usize) -> Value {
    let quotes = Enclosing::before(text, at);
    let mut last = ' ';
    let mut pos = at;
    while let Some(next) = unit(text, pos) {
        let opens = next.is_quote() && last == '=' && quotes.is_open(text, pos, next) != Some(true);
        if opens && let Some(inner) = quoted(text, pos, ONE_LINE) {
            pos = inner.end;
            last = next.ch;
            continue;
        }
        if breaks_line(text, pos, next, Place::default())
            || next.is_quote() && quotes.closes(text, pos, next)
            || next.ch == '<' && ends_element(text.get(pos..).unwrap_or_default())
        {
            break;
        }
        last = next.ch;
        pos += next.len;
    }
    let end = text.get(at..pos).map_or(pos, |value| at + value.trim_end().len());
    Value { range: at..end, end, quoted: false }
}

/// How text begins that is no markup, behind its `<`.
const CDATA: &str = "![CDATA[";

/// The content of an element behind the `>` that ends at `at`, up to the next tag that is written in the same way.
pub(crate) fn content(text: &str, at: usize, close: Unit) -> Value {
    let mut start = skip_space(text, at);
    if let Some(open) = unit(text, start).filter(|unit| unit.ch == '<')
        && text.get(start + open.len..).is_some_and(|rest| rest.starts_with(CDATA))
    {
        start += open.len + CDATA.len();
    }
    let mut pos = start;
    while let Some(next) = unit(text, pos) {
        let rest = || text.get(pos..).unwrap_or_default();
        if next.ch == '<'
            && (next.form == close.form && next.len == close.len || starts_with_placeholder(rest()))
        {
            break;
        }
        pos += next.len;
    }
    let end = text.get(start..pos).map_or(pos, |value| start + value.trim_end().len());
    Value { range: start..end, end, quoted: true }
}

/// Whether the quote at `at` closes a string that began before `before` on the same line.
pub(crate) fn is_closing(text: &str, before: usize, at: usize) -> bool {
    unit(text, at).filter(|unit| unit.ch == '"').is_some_and(|quote| {
        let behind = text.get(at + quote.len..).unwrap_or_default();
        // A path that ends with a backslash spoils the count of quotes, so the count alone tells nothing.
        BEHIND_STRING.is_match(behind)
            && Enclosing::before(text, before).is_open(text, at, quote) != Some(false)
    })
}

fn ends_value(text: &str, pos: usize, next: Unit, place: Place, quotes: &Enclosing<'_>) -> bool {
    let rest = text.get(pos..).unwrap_or_default();
    let after = pos + next.len;
    if breaks_line(text, pos, next, place) {
        return true;
    }
    let counts = next.form != Form::Url || place.encoded;
    match next.ch {
        '"' | '\'' if counts => quotes.closes(text, pos, next),
        ';' if counts => text.get(after..).is_some_and(|rest| NEXT_PAIR.is_match(rest)),
        ',' => AFTER_COMMA.is_match(rest),
        '&' if counts => {
            place.query || !place.connection && NEXT_PARAMETER.is_match(text.get(after..).unwrap_or_default())
        }
        '<' => ends_element(rest),
        _ if next.is_blank() && counts => !goes_on(text, after, place, quotes),
        _ => false,
    }
}

fn ends_element(rest: &str) -> bool {
    TAG.is_match(rest) || starts_with_placeholder(rest)
}

/// Whether a line ends here. An escaped line end counts only where it is not the backslash of `CORP\nancy` or a
/// part of a password: two in a row, or before something that no word begins with.
fn breaks_line(text: &str, pos: usize, next: Unit, place: Place) -> bool {
    if next.ch == '\0' && next.form == Form::Raw {
        return true;
    }
    if !next.is_newline() {
        return false;
    }
    if next.form != Form::Json {
        return next.form != Form::Url || place.encoded;
    }
    let escaped_as_letter = text.get(pos..pos + next.len).is_some_and(|raw| raw.ends_with(['n', 'r']));
    if !escaped_as_letter {
        return true;
    }
    match unit(text, pos + next.len) {
        None => !place.user,
        Some(follower) => {
            follower.is_newline() || !follower.ch.is_ascii_lowercase() && !follower.ch.is_ascii_digit()
        }
    }
}

/// Whether a value goes on behind a blank that ends at `pos`: only where a connection string surely does.
fn goes_on(text: &str, pos: usize, place: Place, quotes: &Enclosing<'_>) -> bool {
    if place.query || place.user && !place.connection {
        return false;
    }
    let mut at = pos;
    while let Some(next) = unit(text, at) {
        if at - pos > MAX_LOOK_AHEAD {
            return false;
        }
        match next.ch {
            ';' => return text.get(at + next.len..).is_some_and(|rest| NEXT_PAIR.is_match(rest)),
            '=' | '<' => return false,
            '"' | '\'' if quotes.is_open(text, at, next) == Some(true) => return place.connection,
            _ if breaks_line(text, at, next, place) => break,
            _ => at += next.len,
        }
    }
    place.connection && at - pos <= MAX_TAIL
}

/// What a sentence or a parenthesis around a value adds behind it.
fn trim_end(text: &str, start: usize, end: usize) -> usize {
    let Some(value) = text.get(start..end) else { return end };
    let mut kept = value.trim_end();
    if kept.ends_with(')') && !kept.contains('(') || kept.ends_with(']') && !kept.contains('[') {
        kept = &kept[..kept.len() - 1];
    }
    if kept.ends_with(['.', ',']) {
        kept = &kept[..kept.len() - 1];
    }
    start + kept.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from_quote(text: &str) -> &str {
        &text[quoted(text, 0, WRAPPED).unwrap().range]
    }

    fn bare(text: &str, place: Place) -> &str {
        &text[unquoted(text, 0, place).range]
    }

    #[test]
    fn a_quoted_value_ends_at_the_quote_it_began_with() {
        assert_eq!(from_quote(r#""a;b'c"d"#), "a;b'c");
        assert_eq!(from_quote("&quot;a;b\"c&quot;;X=1"), "a;b\"c");
        assert_eq!(from_quote(r#"\"a;\\\"b\";X=1"#), r#"a;\\\"b"#);
        assert_eq!(from_quote("'a''b';"), "a''b");
        assert_eq!(from_quote("\"\",\"next\":1"), "");
    }

    #[test]
    fn a_quote_that_never_closes_ends_with_its_line() {
        assert_eq!(from_quote("\"abc\nnext"), "abc");
        assert_eq!(from_quote("\"abc"), "abc");
    }

    #[test]
    fn a_bare_value_ends_where_the_connection_string_goes_on() {
        let pair = Place { connection: true, ..Place::default() };
        assert_eq!(bare("abc;Encrypt=True", pair), "abc");
        assert_eq!(bare("a;bc", pair), "a;bc");
        assert_eq!(bare("two words;Encrypt=True", pair), "two words");
        assert_eq!(bare("abc=,ssl=True", Place::default()), "abc=");
        assert_eq!(bare("abc%3BEncrypt%3DTrue", Place { encoded: true, ..pair }), "abc");
        assert_eq!(bare("ab%3Bc;Encrypt=True", pair), "ab%3Bc");
    }

    #[test]
    fn a_bare_value_in_prose_is_one_word() {
        assert_eq!(bare("abc failed to log in.", Place::default()), "abc");
        assert_eq!(bare("abc) was refused", Place::default()), "abc");
        assert_eq!(bare("abc\\r\\n   at Foo.Bar()", Place::default()), "abc");
        assert_eq!(bare("abc</td><td>x", Place::default()), "abc");
    }

    #[test]
    fn an_ampersand_ends_a_value_only_in_a_query() {
        assert_eq!(bare("a&b", Place::default()), "a&b");
        assert_eq!(bare("a&b=1", Place { query: true, ..Place::default() }), "a");
        assert_eq!(bare("a&amp;b=1", Place { query: true, ..Place::default() }), "a");
    }

    #[test]
    fn a_domain_and_a_name_stay_together() {
        let user = Place { user: true, connection: true, ..Place::default() };
        assert_eq!(bare("CORP\\nancy;Password=x", user), "CORP\\nancy");
    }
}

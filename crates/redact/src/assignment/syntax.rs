//! How a name is given its value.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::kind::{Kind, starts_with_placeholder};
use crate::names::Meaning;
use crate::pattern;
use crate::unit::{Form, Unit, skip_blanks, skip_space, unit};
use crate::value::{LAID_OUT, Place, Value, WRAPPED, content, is_closing, line, quoted, unquoted};

/// The syntax that a value was found in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Syntax {
    /// `name=value`, in a connection string, a query, an environment, code.
    Equals,
    /// `"name": "value"`.
    Json,
    /// `name: value`: a header, a list, YAML, prose.
    Colon,
    /// `<name>value</name>`, `<td>name</td><td>value</td>`.
    Markup,
    /// `<name attributes>value</name>`.
    Element,
    /// The halves of `<add key="name" value="value"/>` and the like.
    Pair,
    /// `| name | value |`, or columns with spaces between them.
    Table,
    /// `--name value`.
    Flag,
}

/// What a name is given.
#[derive(Debug)]
pub(crate) enum Written {
    /// A value.
    Value(Value, Syntax),
    /// An object or an array that begins here.
    Container(usize),
}

/// How far a start tag is searched for its end.
const MAX_TAG: usize = 256;

/// How many tags may stand between a name and its value: `</b></td><td><code>`.
const MAX_TAGS: usize = 5;

/// What ends a name and its value alike.
static END_OF_ROW: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i-u)^(?:<|&lt;)/(?:body|div|dl|li|p|pre|table|tr|ul)\b"));

/// What the name is given, if it is given anything.
pub(crate) fn value_of(text: &str, name: &Range<usize>, meaning: Meaning) -> Option<Written> {
    let mut at = name.end;
    let quoted_name = unit(text, at).filter(|unit| unit.is_quote());
    if let Some(quote) = quoted_name {
        at += quote.len;
        // `configuration["name"] = …`
        if unit(text, at).is_some_and(|unit| unit.ch == ']') {
            at += 1;
        }
    }
    let separator = skip_blanks(text, at);
    let next = unit(text, separator)?;
    let after = separator + next.len;
    match next.ch {
        '=' => after_equals(text, name, after, next, meaning),
        ':' => after_colon(text, name, after, quoted_name.is_some(), meaning),
        '|' => Some(Written::Value(cell(text, after), Syntax::Table)),
        '>' if is_tag(text, name.start) => Some(Written::Value(content(text, after), Syntax::Markup)),
        '<' => after_tags(text, name, separator, meaning),
        _ if is_tag(text, name.start) && separator > at => {
            let end = tag_end(text, separator)?;
            Some(Written::Value(content(text, end), Syntax::Element))
        }
        _ if separator > at && quoted_name.is_none() => after_blanks(text, name, separator, meaning),
        _ => None,
    }
}

fn after_equals(
    text: &str,
    name: &Range<usize>,
    after: usize,
    sign: Unit,
    meaning: Meaning,
) -> Option<Written> {
    let mut at = after;
    match unit(text, after) {
        // `=>`, and `== x`; but a password may begin with `=`.
        Some(next) if next.ch == '>' && next.form == Form::Raw => at += 1,
        Some(next) if next.ch == '=' && unit(text, after + next.len).is_some_and(Unit::is_blank) => {
            at += next.len
        }
        _ => {}
    }
    let at = skip_blanks(text, at);
    if is_closing(text, name.start, at) {
        return None;
    }
    let value = quoted(text, at, lines(meaning)).unwrap_or_else(|| {
        let place = Place { encoded: sign.form == Form::Url, ..place(text, name, meaning) };
        bare(text, at, place, meaning)
    });
    Some(Written::Value(value, Syntax::Equals))
}

fn after_colon(
    text: &str,
    name: &Range<usize>,
    after: usize,
    quoted_name: bool,
    meaning: Meaning,
) -> Option<Written> {
    // `Name::Space`, `secret://`.
    if unit(text, after).is_some_and(|unit| {
        unit.ch == ':' || unit.ch == '/' && text.get(after..).is_some_and(|rest| rest.starts_with("//"))
    }) {
        return None;
    }
    let at = if quoted_name { skip_space(text, after) } else { skip_blanks(text, after) };
    if quoted_name && unit(text, at).is_some_and(|unit| matches!(unit.ch, '{' | '[')) {
        return Some(Written::Container(at));
    }
    if let Some(value) = quoted(text, at, lines(meaning)) {
        return Some(Written::Value(value, if quoted_name { Syntax::Json } else { Syntax::Colon }));
    }
    if quoted_name {
        return Some(Written::Value(literal(text, at), Syntax::Json));
    }
    // `<b>name:</b> value`
    if let Some(value) = behind_tags(text, at) {
        return Some(Written::Value(value, Syntax::Markup));
    }
    // `ConnectionStrings:Default=…`: the name goes on behind the colon.
    if at == after && matches!(meaning, Meaning::Connection { .. }) {
        return after_longer_name(text, name, after, meaning);
    }
    let value = match meaning {
        Meaning::User => user(text, at),
        _ => bare(text, at, place(text, name, meaning), meaning),
    };
    Some(Written::Value(value, Syntax::Colon))
}

fn after_longer_name(text: &str, name: &Range<usize>, at: usize, meaning: Meaning) -> Option<Written> {
    let rest = text.get(at..)?;
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.:".contains(&byte);
    let length = rest.bytes().take(MAX_TAG).take_while(|&byte| is_name(byte)).count();
    let mut end = at + length;
    if let Some(quote) = unit(text, end).filter(|unit| unit.is_quote()) {
        end += quote.len;
    }
    let separator = skip_blanks(text, end);
    let next = unit(text, separator)?;
    match next.ch {
        '=' => after_equals(text, name, separator + next.len, next, meaning),
        ':' => after_colon(text, name, separator + next.len, end > at + length, meaning),
        _ => None,
    }
}

/// Behind a name that only blanks follow: a flag, or a column.
fn after_blanks(text: &str, name: &Range<usize>, at: usize, meaning: Meaning) -> Option<Written> {
    let gap = text.get(name.end..at)?;
    let is_flag = text.get(name.clone()).is_some_and(|name| name.starts_with("--"));
    if is_flag && !text.get(at..).is_some_and(|rest| rest.starts_with('-')) {
        let value =
            quoted(text, at, WRAPPED).unwrap_or_else(|| bare(text, at, place(text, name, meaning), meaning));
        return Some(Written::Value(value, Syntax::Flag));
    }
    let is_column = gap.len() >= 2 || gap == "\t";
    (is_column && begins_line(text, name.start)).then(|| Written::Value(line(text, at), Syntax::Table))
}

/// Behind a name that tags follow: `</td><td>value`, `</b>: value`.
fn after_tags(text: &str, name: &Range<usize>, first: usize, meaning: Meaning) -> Option<Written> {
    let mut at = first;
    let mut opened = false;
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
        opened |= !closing;
        at = skip_space(text, tag_end(text, at + open.len)?);
    }
    let next = unit(text, at)?;
    match next.ch {
        '=' => after_equals(text, name, at + next.len, next, meaning),
        ':' => after_colon(text, name, at + next.len, false, meaning),
        _ if opened => Some(Written::Value(content(text, at), Syntax::Markup)),
        _ => None,
    }
}

/// What stands behind the end tags at `at`, if any do.
fn behind_tags(text: &str, mut at: usize) -> Option<Value> {
    let mut behind = None;
    for _ in 0..MAX_TAGS {
        let open = unit(text, at).filter(|unit| unit.ch == '<')?;
        unit(text, at + open.len).filter(|unit| unit.ch == '/')?;
        at = skip_blanks(text, tag_end(text, at + open.len)?);
        behind = Some(content(text, at));
        if unit(text, at).is_none_or(|unit| unit.ch != '<') {
            break;
        }
    }
    behind
}

/// Where the tag ends that `at` is in; nothing if it is empty (`<name/>`) or is none.
fn tag_end(text: &str, at: usize) -> Option<usize> {
    let mut last = ' ';
    let mut pos = at;
    while let Some(next) = unit(text, pos) {
        if pos - at > MAX_TAG || next.ch == '<' {
            return None;
        }
        pos += next.len;
        if next.ch == '>' {
            return (last != '/').then_some(pos);
        }
        last = next.ch;
    }
    None
}

/// Whether a tag's name begins at `at`.
fn is_tag(text: &str, at: usize) -> bool {
    text.get(..at).is_some_and(|before| {
        ["<", "&lt;", "\\u003c", "\\u003C", "%3C"].iter().any(|open| before.ends_with(open))
    })
}

fn lines(meaning: Meaning) -> usize {
    if matches!(meaning, Meaning::Connection { .. }) { LAID_OUT } else { WRAPPED }
}

/// A value without quotes, as far as its meaning lets it reach.
fn bare(text: &str, at: usize, place: Place, meaning: Meaning) -> Value {
    match meaning {
        Meaning::Connection { .. } | Meaning::Authorization | Meaning::Cookies => line(text, at),
        _ => unquoted(text, at, place),
    }
}

/// A number or a word of JSON.
fn literal(text: &str, at: usize) -> Value {
    let rest = text.get(at..).unwrap_or_default();
    let is_literal = |byte: u8| byte.is_ascii_alphanumeric() || b"+-._".contains(&byte);
    let end = at + rest.bytes().take_while(|&byte| is_literal(byte)).count();
    Value { range: at..end, end, quoted: false }
}

/// A cell of a Markdown table.
fn cell(text: &str, at: usize) -> Value {
    let start = skip_blanks(text, at);
    let mut value = line(text, start);
    if let Some(bar) = text.get(value.range.clone()).and_then(|cell| cell.find('|')) {
        value.end = start + bar;
        let kept = text.get(start..value.end).map_or(0, |cell| cell.trim_end().len());
        value.range = start..start + kept;
    }
    value
}

/// How many words the name of a user has at most, where nothing shows its end.
const MAX_USER_WORDS: usize = 3;

/// The user that a line names: `User: CORP\bob`, `Account Name:  bob`.
fn user(text: &str, at: usize) -> Value {
    let mut value = line(text, at);
    let rest = text.get(value.range.clone()).unwrap_or_default();
    let mut name = rest;
    for end in ["\t", "  ", ", ", "; ", " | "] {
        name = name.split(end).next().unwrap_or_default();
    }
    // An authority of two words, as in `IIS APPPOOL\Shop`, is one name; a sentence is not.
    if name.split(' ').count() > MAX_USER_WORDS && !name.contains('\\') {
        name = name.split(' ').next().unwrap_or_default();
    }
    value.end = at + name.len();
    value.range = at..value.end;
    value
}

fn place(text: &str, name: &Range<usize>, meaning: Meaning) -> Place {
    let before = text.get(..name.start).unwrap_or_default();
    let query = ["?", "&", "&amp;", "%26", "%3F", "%3f", "\\u0026"].iter().any(|sign| before.ends_with(sign));
    let pair = before.trim_end_matches([' ', '\t', '\r', '\n']).ends_with([';', '"', '\'']);
    Place {
        encoded: false,
        query: query || matches!(meaning, Meaning::Query | Meaning::Weak(Kind::Sas)),
        connection: !query && (pair || begins_line(text, name.start)),
        user: meaning == Meaning::User,
    }
}

/// Whether a line begins at `at`, or only what a shell or a list puts before a name stands there.
pub(crate) fn begins_line(text: &str, at: usize) -> bool {
    const BEFORE: [&str; 8] = ["", "-", "set", "export", "setx", "ENV", "<", ">"];
    let start = text.ceil_char_boundary(at.saturating_sub(32));
    let before = text.get(start..at).unwrap_or_default();
    let whole = start == 0 || before.contains('\n');
    let last = before.rsplit('\n').next().unwrap_or_default().trim();
    whole && BEFORE.contains(&last) || before.ends_with("\\n")
}

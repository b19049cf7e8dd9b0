//! How a name is given its value.

use std::ops::Range;

use super::MAX_REJECTED;
use super::markup::{behind_cell, behind_tags, element, is_tag, tag_end};
use crate::kind::{Kind, starts_with_placeholder};
use crate::names::Meaning;
use crate::unit::{Form, Unit, skip_blanks, skip_space, unit};
use crate::value::{
    LAID_OUT, Place, Reach, SHORT, Value, WRAPPED, content, is_closing, line, quoted, unquoted,
};

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

/// What stands between a name and its value.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Separator {
    /// `=`, and where it ends.
    Equals { after: usize, encoded: bool },
    /// `:`, where it ends, and whether the name is quoted.
    Colon { after: usize, quoted_name: bool },
    /// `|` between cells, and where it ends.
    Bar { after: usize },
    /// The end of a start tag without attributes.
    TagEnd { after: usize, close: Unit },
    /// Other tags, from here on.
    Tags { at: usize },
    /// Attributes of the element that is called so, from here on.
    Attributes { at: usize },
    /// Only blanks, up to here, behind a flag or the first word of a line.
    Blanks { at: usize },
}

/// What separates the name from a value, if anything does.
pub(crate) fn separator(text: &str, name: &Range<usize>) -> Option<Separator> {
    let mut at = name.end;
    let quote = unit(text, at).filter(|unit| unit.is_quote());
    if let Some(quote) = quote {
        at += quote.len;
        // `configuration["name"] = …`
        at += usize::from(unit(text, at).is_some_and(|unit| unit.ch == ']'));
    }
    let start = skip_blanks(text, at);
    let next = unit(text, start)?;
    let after = start + next.len;
    match next.ch {
        '=' => Some(Separator::Equals { after, encoded: next.form == Form::Url }),
        ':' => Some(Separator::Colon { after, quoted_name: quote.is_some() }),
        '|' if begins_cell(text, name.start) => Some(Separator::Bar { after }),
        '>' if is_tag(text, name.start) => Some(Separator::TagEnd { after, close: next }),
        '<' => Some(Separator::Tags { at: start }),
        _ if start == at || quote.is_some() => None,
        _ if is_tag(text, name.start) => Some(Separator::Attributes { at: start }),
        _ if is_flag(text, name) && next.ch != '-' => Some(Separator::Blanks { at: start }),
        _ if is_column(text, name, start) => Some(Separator::Blanks { at: start }),
        _ => None,
    }
}

fn is_flag(text: &str, name: &Range<usize>) -> bool {
    text.get(name.clone()).is_some_and(|name| name.starts_with("--"))
}

/// Whether blanks up to `at` make columns of a name and what stands behind it.
fn is_column(text: &str, name: &Range<usize>, at: usize) -> bool {
    let gap = text.get(name.end..at).unwrap_or_default();
    (gap.len() >= 2 || gap == "\t") && begins_line(text, name.start)
}

/// What the name is given behind its separator, if it is given anything.
pub(crate) fn value_of(
    text: &str,
    name: &Range<usize>,
    separator: Separator,
    meaning: Meaning,
) -> Option<Written> {
    let value = |value, syntax| Some(Written::Value(value, syntax));
    match separator {
        Separator::Equals { after, encoded } => after_equals(text, name, after, encoded, meaning),
        Separator::Colon { after, quoted_name } => after_colon(text, name, after, quoted_name, meaning),
        Separator::Bar { after } => value(cell(text, after), Syntax::Table),
        Separator::TagEnd { after, close } => value(element(text, name, after, close)?, Syntax::Markup),
        Separator::Tags { at } => after_tags(text, name, at, meaning),
        Separator::Attributes { at } => {
            let (end, close) = tag_end(text, at)?;
            value(element(text, name, end, close)?, Syntax::Markup)
        }
        Separator::Blanks { at } if is_flag(text, name) => {
            let bare = || bare(text, at, place(text, name, meaning), meaning);
            value(quoted(text, at, WRAPPED).unwrap_or_else(bare), Syntax::Flag)
        }
        Separator::Blanks { at } => value(line(text, at), Syntax::Table),
    }
}

fn after_equals(
    text: &str,
    name: &Range<usize>,
    after: usize,
    encoded: bool,
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
    let value = opened(text, at, encoded, reach(meaning));
    // The halves of a pair are quoted.
    if value.is_none() && matches!(meaning, Meaning::PairName | Meaning::PairValue) {
        return None;
    }
    let value = value.unwrap_or_else(|| {
        let place = Place { encoded, ..place(text, name, meaning) };
        bare(text, at, place, meaning)
    });
    Some(Written::Value(value, Syntax::Equals))
}

/// The value that is quoted at `at`. A percent-encoded quote opens a value only behind an encoded separator; behind
/// another one it is a part of the value.
fn opened(text: &str, at: usize, encoded: bool, reach: Reach) -> Option<Value> {
    unit(text, at).filter(|unit| encoded || unit.form != Form::Url)?;
    quoted(text, at, reach)
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
    if quoted_name {
        let value = opened(text, at, false, reach(meaning).json()).or_else(|| literal(text, at))?;
        return Some(Written::Value(value, Syntax::Json));
    }
    if let Some(value) = opened(text, at, false, reach(meaning)) {
        return Some(Written::Value(value, Syntax::Colon));
    }
    if matches!(meaning, Meaning::PairName | Meaning::PairValue) {
        return None;
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
        Meaning::User => user(text, name, at)?,
        _ => bare(text, at, place(text, name, meaning), meaning),
    };
    Some(Written::Value(value, Syntax::Colon))
}

fn after_longer_name(text: &str, name: &Range<usize>, at: usize, meaning: Meaning) -> Option<Written> {
    let rest = text.get(at..)?;
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.:".contains(&byte);
    let length = rest.bytes().take(MAX_NAME_TAIL).take_while(|&byte| is_name(byte)).count();
    let mut end = at + length;
    if let Some(quote) = unit(text, end).filter(|unit| unit.is_quote()) {
        end += quote.len;
    }
    let separator = skip_blanks(text, end);
    let next = unit(text, separator)?;
    match next.ch {
        '=' => after_equals(text, name, separator + next.len, next.form == Form::Url, meaning),
        ':' => after_colon(text, name, separator + next.len, end > at + length, meaning),
        _ => None,
    }
}

/// Behind a name that tags follow: `</td><td>value`, `</b>: value`.
fn after_tags(text: &str, name: &Range<usize>, at: usize, meaning: Meaning) -> Option<Written> {
    let (at, opened) = behind_cell(text, at)?;
    let next = unit(text, at)?;
    match next.ch {
        '=' => after_equals(text, name, at + next.len, next.form == Form::Url, meaning),
        ':' => after_colon(text, name, at + next.len, false, meaning),
        _ => opened.map(|close| Written::Value(content(text, at, close), Syntax::Markup)),
    }
}

/// How much of a name with colons in it is looked at.
const MAX_NAME_TAIL: usize = 256;

fn reach(meaning: Meaning) -> Reach {
    match meaning {
        Meaning::Connection { .. } => LAID_OUT,
        Meaning::PairName => SHORT,
        _ => WRAPPED,
    }
}

/// A value without quotes, as far as its meaning lets it reach.
fn bare(text: &str, at: usize, place: Place, meaning: Meaning) -> Value {
    match meaning {
        Meaning::Connection { .. } | Meaning::Authorization | Meaning::Cookies => line(text, at),
        Meaning::User | Meaning::Host => unquoted(head(text, at), at, place),
        _ => unquoted(text, at, place),
    }
}

/// A number or a word of JSON, if one stands here.
fn literal(text: &str, at: usize) -> Option<Value> {
    let rest = text.get(at..)?;
    let is_literal = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    let end = at + rest.bytes().take(MAX_REJECTED).take_while(|&byte| is_literal(byte)).count();
    let ends =
        unit(text, end).is_none_or(|next| next.is_blank() || next.is_newline() || ",}]".contains(next.ch));
    ends.then_some(Value { range: at..end, end, quoted: false })
}

/// A cell of a Markdown table.
fn cell(text: &str, at: usize) -> Value {
    let start = skip_blanks(text, at);
    let rest = text.get(start..).unwrap_or_default();
    let cell = rest.split(['|', '\n']).next().unwrap_or_default();
    let range = start..start + cell.trim_end().len();
    Value { end: range.end, range, quoted: false }
}

/// Whether a cell begins at `at`: on its line, or behind a bar and a blank. Alternatives of an expression, `(a|b)`,
/// have no blanks.
fn begins_cell(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default().trim_end_matches(['`', '*']);
    let bar = before.trim_end_matches([' ', '\t']);
    bar.is_empty()
        || bar.ends_with('\n')
        || bar.ends_with('|') && (bar.len() < before.len() || begins_line(text, bar.len() - 1))
}

/// How many words the name of a user has at most, where nothing shows its end.
const MAX_USER_WORDS: usize = 3;

/// The text up to the end of the longest user or host that could begin at `at`.
fn head(text: &str, at: usize) -> &str {
    text.get(..text.floor_char_boundary(at + MAX_REJECTED)).unwrap_or(text)
}

/// The user that a line names: `User: CORP\bob`, `Account Name:  bob`; nothing if a sentence goes on there.
fn user(text: &str, name: &Range<usize>, at: usize) -> Option<Value> {
    let mut value = line(head(text, at), at);
    let rest = text.get(value.range.clone()).unwrap_or_default();
    let mut user = rest;
    for end in ["\t", "  ", ", ", "; ", " | ", " \""] {
        user = user.split(end).next().unwrap_or_default();
    }
    // `User: bob Computer: WEB01`
    let words = user.split_inclusive(' ').take_while(|word| !word.trim_end().ends_with(':'));
    let (count, length) = words.fold((0, 0), |(count, length), word| (count + 1, length + word.len()));
    user = user.get(..length).unwrap_or_default().trim_end();
    // An authority of two words, as in `IIS APPPOOL\Shop`, is one name; a sentence is not.
    let goes_on = text.get(skip_blanks(text, at + user.len())..).is_some_and(starts_with_placeholder);
    if (count > MAX_USER_WORDS || goes_on) && !user.contains('\\') {
        user = user.split(' ').next().filter(|word| word.contains('@') || begins_line(text, name.start))?;
    }
    value.end = at + user.len();
    value.range = at..value.end;
    Some(value)
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

//! Whether a value is as secret as its name says.

use std::ops::Range;

use crate::connection;
use crate::harmless::{is_no_secret, is_well_known_user, looks_random};
use crate::headers;
use crate::identity::user_span;
use crate::kind::Kind;
use crate::names::Meaning;
use crate::span::Span;
use crate::value::Value;

use super::MAX_REJECTED;
use super::syntax::{Syntax, begins_line};

/// Where a value was found.
pub(crate) struct Context<'t> {
    pub(crate) text: &'t str,
    pub(crate) name: Range<usize>,
    pub(crate) syntax: Syntax,
}

/// Adds what is secret in a value.
pub(crate) fn judge(context: &Context<'_>, meaning: Meaning, value: &Value, spans: &mut Vec<Span>) {
    let range = value.range.clone();
    let raw = context.text.get(range.clone()).unwrap_or_default();
    match meaning {
        Meaning::Secret(Kind::Cookie) => spans.extend(cookie(raw, &range)),
        Meaning::Secret(kind) if !is_no_secret(raw) && !is_directory(context, raw) => {
            spans.push(Span { range, kind, sure: is_plain(context) });
        }
        Meaning::Weak(kind) if is_weak_secret(context, kind, value, raw) => {
            spans.push(Span::likely(range, kind))
        }
        Meaning::Query if is_query_secret(context, value, raw) => spans.push(Span::sure(range, Kind::Token)),
        Meaning::User if is_user(raw) => spans.push(user_span(context.text, range)),
        Meaning::Connection { opaque } => {
            let opaque = opaque && (value.quoted || !raw.contains(' ') && context.syntax != Syntax::Colon);
            connection::find(context.text, range, opaque, spans);
        }
        Meaning::Host if context.syntax == Syntax::Equals && is_in_connection_string(context, value) => {
            connection::find_machine(context.text, range, spans);
        }
        Meaning::Authorization => headers::authorization(context.text, range, spans),
        Meaning::Cookies => headers::cookies(context.text, range, spans),
        _ => {}
    }
}

/// Whether the value surely is what the name says: not where the name may be a word of a sentence.
fn is_plain(context: &Context<'_>) -> bool {
    !matches!(context.syntax, Syntax::Colon | Syntax::Table)
}

fn is_weak_secret(context: &Context<'_>, kind: Kind, value: &Value, raw: &str) -> bool {
    if is_no_secret(raw) || raw.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    if !value.quoted && raw.len() > MAX_REJECTED {
        return true;
    }
    if kind == Kind::Sas {
        return raw.len() >= 8 && !raw.contains(' ');
    }
    match context.syntax {
        Syntax::Json | Syntax::Pair | Syntax::Markup => raw.len() >= 4 && !raw.contains(' '),
        Syntax::Equals if value.quoted || begins_line(context.text, context.name.start) => {
            raw.len() >= 4 && !raw.contains(' ')
        }
        Syntax::Equals | Syntax::Flag => looks_random(raw, 8),
        Syntax::Colon | Syntax::Table => looks_random(raw, 16),
    }
}

fn is_query_secret(context: &Context<'_>, value: &Value, raw: &str) -> bool {
    (!value.quoted || context.syntax == Syntax::Pair) && (looks_random(raw, 16) || raw.len() > MAX_REJECTED)
}

fn cookie(raw: &str, range: &Range<usize>) -> Option<Span> {
    let value = raw.split(';').next().unwrap_or_default().trim();
    let range = range.start..range.start + value.len();
    (!is_no_secret(value)).then_some(Span { range, kind: Kind::Cookie, sure: value.len() >= 16 })
}

/// `PWD` is the working directory where it is a variable of a Unix shell.
fn is_directory(context: &Context<'_>, raw: &str) -> bool {
    raw.starts_with('/')
        && context.text.get(context.name.clone()).is_some_and(|name| matches!(name, "PWD" | "OLDPWD"))
        && begins_line(context.text, context.name.start)
}

/// Whether a value can be a user, and one who is not well known. Pages that are called "login" have a path.
fn is_user(raw: &str) -> bool {
    raw.len() <= MAX_REJECTED
        && !raw.starts_with(['/', '~', '{', '('])
        && !raw.contains("://")
        && !is_well_known_user(raw)
}

/// Whether a pair stands before or behind: `Server=…;Database=…`.
fn is_in_connection_string(context: &Context<'_>, value: &Value) -> bool {
    let follows = context.text.get(value.end..).is_some_and(|rest| rest.starts_with([';', '%']));
    let before = context.text.get(..context.name.start).unwrap_or_default().trim_end();
    follows || before.ends_with(';') && !before.ends_with("&amp;")
}

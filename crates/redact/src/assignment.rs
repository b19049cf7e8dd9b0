//! Values that their names make secret, in every syntax that names and values are written in.

mod judge;
mod markup;
mod syntax;

use std::ops::Range;

use crate::container::strings;
use crate::harmless::looks_random;
use crate::kind::{Kind, Placeholder};
use crate::names::{Meaning, meaning};
use crate::pattern::Pattern;
use crate::span::Span;
use crate::unit::{skip_blanks, unit};
use crate::value::{Value, content};

use judge::{Context, judge};
use syntax::{Syntax, Written, separator, value_of};

/// What the names of [`crate::names`] have in common. A find is widened to the whole name before it is judged.
static WORDS: Pattern = Pattern::new(concat!(
    r"(?i)\.AspNet(?:Core)?\.|\.ASPXAUTH|__Host-|__Secure-|ARRAffinity|session|connect\.sid|idsrv|sessid|",
    r"user(?:(?: |\+|%20)(?:id|name))?|account(?: |\+|%20)name|data(?: |\+|%20)source|",
    r"network(?: |\+|%20)address|pass|pwd|pw|secret|token|key|conn(?:ection)?(?:(?: |\+|%20)?str)?|cookie|",
    r"authorization|credential|usr|uid|login|upn|principal|sharedaccesssignature|sas|sig|code|state|ticket|nonce|",
    r"saml|cipher|assertion|zumo|identity_header|server|host|addr|endpoint|name|value",
));

/// How far a name is widened from the word that gave it away.
const MAX_NAME: usize = 96;

/// The longest value without quotes that can be no secret, and how much of a value is read again for what it holds.
const MAX_REJECTED: usize = 320;

/// Where a value begins farther behind its name, more than a separator stands between.
const MAX_SEPARATOR: usize = 16;

/// How far apart the halves of a pair may be: `<add key="…" value="…"/>`.
const MAX_PAIR: usize = 512;

/// Adds the values that their names make secret. The words in placeholders are no names.
pub(crate) fn find(text: &str, placeholders: &[Placeholder], spans: &mut Vec<Span>) {
    let mut finder = Finder { text, spans, pending: None, last_value: None };
    let mut placeholders = placeholders.iter().map(|placeholder| &placeholder.range).peekable();
    let mut at = 0;
    while let Some(word) = WORDS.find_at(text, at) {
        while placeholders.next_if(|range| range.end <= word.start).is_some() {}
        if let Some(placeholder) = placeholders.peek().filter(|range| range.contains(&word.start)) {
            at = placeholder.end;
            continue;
        }
        let name = widen(text, at, word);
        at = name.end;
        // Most words are followed by nothing that gives a value; that is told sooner than what a name means.
        let Some(separator) = separator(text, &name) else { continue };
        let Some(meaning) = text.get(name.clone()).and_then(meaning) else { continue };
        if let Some(written) = value_of(text, &name, separator, meaning) {
            at = at.max(finder.assigned(&name, meaning, &written));
        }
    }
}

/// The whole name around a word, but nothing before `from`.
fn widen(text: &str, from: usize, word: Range<usize>) -> Range<usize> {
    let before = text.get(from..word.start).unwrap_or_default();
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte);
    let left = before.bytes().rev().take(MAX_NAME).take_while(|&byte| is_name(byte) || byte == b':').count();
    let after = text.get(word.end..).unwrap_or_default();
    let right = after.bytes().take(MAX_NAME).take_while(|&byte| is_name(byte)).count();
    let start = word.start - left;
    start + escape_before(text, start, word.start)..word.end + right
}

/// Whether a value can be the name of something.
fn is_label(value: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b" _-.:$/[]".contains(&byte);
    value.len() <= 2 * MAX_NAME && value.bytes().all(fits)
}

/// How much of a name is the end of an escape before it: `\nPassword`, `%20Password`, `\u0026Password`.
fn escape_before(text: &str, start: usize, word: usize) -> usize {
    let before = text.get(..start).and_then(|before| before.chars().next_back());
    let head = text.get(start..).unwrap_or_default();
    let length = match before {
        Some('\\') if head.starts_with(['n', 'r', 't']) => 1,
        Some('\\') if head.starts_with('u') => 5,
        Some('%') => 2,
        _ => 0,
    };
    length.min(word - start)
}

/// Half of a pair that waits for the other one.
#[derive(Debug)]
struct Half<T> {
    what: T,
    end: usize,
}

struct Finder<'t, 's> {
    text: &'t str,
    spans: &'s mut Vec<Span>,
    /// What the name in `<add key="…"` says of the value to come.
    pending: Option<Half<Meaning>>,
    /// The value in `<add value="…"`, should a name follow.
    last_value: Option<Half<Value>>,
}

impl Finder<'_, '_> {
    /// Judges what a name is given; returns where reading goes on.
    fn assigned(&mut self, name: &Range<usize>, meaning: Meaning, written: &Written) -> usize {
        let (value, syntax) = match written {
            Written::Container(at) => {
                self.container(meaning, *at);
                return name.end;
            }
            Written::Value(value, syntax) => (value, *syntax),
        };
        let end = match meaning {
            Meaning::PairName => self.pair_name(name, value, syntax),
            Meaning::PairValue => self.pair_value(value),
            _ => self.single(name, meaning, value, syntax),
        };
        // What stands between a name and its value may hold another name.
        let between = syntax == Syntax::Markup || value.range.start > name.end + MAX_SEPARATOR;
        if between { name.end } else { end }
    }

    /// Judges a value behind its name. The end of a secret, and all of what is none, is read again for other names:
    /// the value of one may reach farther.
    fn single(&mut self, name: &Range<usize>, meaning: Meaning, value: &Value, syntax: Syntax) -> usize {
        // `<masterKey><value>…</value></masterKey>`
        if value.range.is_empty() && syntax == Syntax::Markup {
            self.pending = Some(Half { what: meaning, end: value.end });
        }
        let found = self.spans.len();
        self.judge(name, meaning, value, syntax);
        if value.quoted && self.spans.len() == found {
            return value.range.start;
        }
        value.range.start.max(self.text.floor_char_boundary(value.end.saturating_sub(MAX_REJECTED)))
    }

    fn judge(&mut self, name: &Range<usize>, meaning: Meaning, value: &Value, syntax: Syntax) {
        let context = Context { text: self.text, name: name.clone(), syntax };
        judge(&context, meaning, value, self.spans);
    }

    fn pair_name(&mut self, name: &Range<usize>, value: &Value, syntax: Syntax) -> usize {
        let Some(label) = self.text.get(value.range.clone()).filter(|_| value.quoted) else {
            return name.end;
        };
        let Some(said) = Some(label).filter(|label| is_label(label)).and_then(meaning) else {
            self.pending = None;
            self.last_value = None;
            // `"Jwt": { "Key": "…" }`
            if syntax == Syntax::Json && looks_random(label, 16) {
                self.spans.push(Span::likely(value.range.clone(), Kind::Key));
            }
            return value.range.start;
        };
        let content = self.content_after(value.end).filter(|content| !content.range.is_empty());
        let end = content.as_ref().map_or(value.end, |content| content.end);
        match (said, content) {
            // `<Data Name="HeaderName">Cookie</Data><Data Name="HeaderValue">…</Data>`
            (Meaning::PairName, Some(content)) => {
                let header = self.text.get(content.range).and_then(meaning);
                self.pending = header.map(|what| Half { what, end });
            }
            (Meaning::PairValue, Some(content)) => return self.pair_value(&content),
            (Meaning::PairName | Meaning::PairValue, None) => {}
            (said, Some(content)) => self.judge(&value.range, said, &content, Syntax::Pair),
            (said, None) => self.pair_with_last_value(name, said, value),
        }
        end
    }

    /// Judges the value before a name, or waits for the one behind it.
    fn pair_with_last_value(&mut self, name: &Range<usize>, said: Meaning, label: &Value) {
        match self.last_value.take().filter(|half| self.is_one_element(half.end, name.start)) {
            Some(half) => self.judge(&label.range, said, &half.what, Syntax::Pair),
            None => self.pending = Some(Half { what: said, end: label.end }),
        }
    }

    /// Judges a value by the name before it, and keeps it for a name behind it.
    fn pair_value(&mut self, value: &Value) -> usize {
        let found = self.spans.len();
        let pending = self.pending.take();
        if let Some(half) = pending.filter(|half| value.range.start.saturating_sub(half.end) <= MAX_PAIR) {
            self.judge(&value.range, half.what, value, Syntax::Pair);
        }
        self.last_value = Some(Half { what: value.clone(), end: value.end });
        if self.spans.len() > found { value.end } else { value.range.start }
    }

    /// The content of the element whose start tag ends right at `at`.
    fn content_after(&self, at: usize) -> Option<Value> {
        let at = skip_blanks(self.text, at);
        let close = unit(self.text, at).filter(|unit| unit.ch == '>')?;
        Some(content(self.text, at + close.len, close))
    }

    /// Whether two places are in the same tag or object.
    fn is_one_element(&self, end: usize, start: usize) -> bool {
        self.text.get(end..start).is_some_and(|between| {
            between.len() <= MAX_PAIR && !between.contains(['<', '{']) && !between.contains("&lt;")
        })
    }

    /// Judges the strings of an object, if its name makes them secret.
    fn container(&mut self, meaning: Meaning, at: usize) {
        let is_secret =
            matches!(meaning, Meaning::Secret(_) | Meaning::Connection { opaque: true } | Meaning::Cookies);
        let entries = if is_secret { strings(self.text, at) } else { Vec::new() };
        for entry in entries {
            let key = entry.key.clone().unwrap_or(entry.value.clone());
            let value = Value { end: entry.value.end, range: entry.value, quoted: true };
            if meaning != Meaning::Cookies {
                self.judge(&key, meaning, &value, Syntax::Json);
            } else if self.text.get(key).is_some_and(|key| key.eq_ignore_ascii_case("value")) {
                self.judge(&value.range, Meaning::Secret(Kind::Cookie), &value, Syntax::Json);
            }
        }
    }
}

//! A message with named fields, usable in both directions.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use thiserror::Error;

use crate::Squeezed;

/// A text with named fields: `Failed to start application '{app}', ErrorCode '0x{code:hex}'.`
///
/// A field is `{name}` or `{name:kind}` ([`FieldKind`]); a brace is written twice. A `*` as the first or last
/// character lets the template begin or end within a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    source: String,
    pieces: Vec<Piece>,
    within_word: (bool, bool),
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Literal { text: String, squeezed: Vec<u8> },
    Field(Field),
}

/// A named field of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name, in kebab case.
    pub name: String,
    /// What it may hold.
    pub kind: FieldKind,
}

/// What a field may hold; it decides where the field ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// A few words up to the next literal, at most two line breaks and 1,000 bytes; at the end of a template
    /// the rest of the line.
    Text,
    /// A signed decimal number.
    Dec,
    /// A hexadecimal number without `0x`.
    Hex,
    /// Letters, digits and `.-_+`: a version, a name without blanks.
    Word,
    /// All that follows, over many lines; only at the end.
    Rest,
}

/// What is wrong with a template.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TemplateError {
    /// A `{` without its `}`.
    #[error("a field is not closed: write '}}' after its name, or '{{{{' for a brace")]
    Unclosed,
    /// A field's kind is not one of the five.
    #[error("unknown field kind '{0}': use text, dec, hex, word or rest")]
    UnknownKind(String),
    /// A field has no name, or one with other characters than `a-z`, `0-9` and `-`.
    #[error("field name '{0}' is not in kebab case")]
    BadName(String),
    /// Two fields without text between them: nobody could tell them apart.
    #[error("fields '{0}' and '{1}' stand side by side: put text between them")]
    SideBySide(String, String),
    /// The text before the first field is too short to be searched for.
    #[error("the text before the first field is too short: at least {min} letters are needed to find it")]
    ShortStart {
        /// The least number of characters.
        min: usize,
    },
    /// `rest` stands before the end.
    #[error("field '{0}' of kind 'rest' must be the last")]
    RestNotLast(String),
}

/// A field had no value when a template was rendered.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("no value for field '{field}' of message '{template}'")]
pub struct RenderError {
    /// The field.
    pub field: String,
    /// The template's source.
    pub template: String,
}

/// Where a template matched, in squeezed offsets, and its fields in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RawMatch {
    pub(crate) end: usize,
    pub(crate) literal: usize,
    pub(crate) fields: Vec<(usize, usize)>,
    pub(crate) truncated: bool,
}

/// The least number of squeezed bytes before the first field.
const MIN_START: usize = 4;
/// A text field is at most so long; nothing that the hosts print as one value is longer.
const MAX_TEXT: usize = 1000;
/// A rest field is at most so long: the module keeps 30,000 characters.
const MAX_REST: usize = 33_000;
/// A truncated message counts when so much of its literal text is there.
const MIN_TRUNCATED: usize = 24;

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    /// Tells what is wrong and how to write it.
    pub fn parse(source: &str) -> Result<Self, TemplateError> {
        let mut body = source;
        let starts_within = body.strip_prefix('*').map(|rest| body = rest).is_some();
        let ends_within = body.strip_suffix('*').map(|rest| body = rest).is_some();
        let pieces = parse_pieces(body)?;
        check(&pieces)?;
        Ok(Template { source: source.to_owned(), pieces, within_word: (starts_within, ends_within) })
    }

    /// The template as it was written.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The fields, in order.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Field(field) => Some(field),
            Piece::Literal { .. } => None,
        })
    }

    /// The literal parts, as written.
    pub fn literals(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Literal { text, .. } => Some(text.as_str()),
            Piece::Field(_) => None,
        })
    }

    /// Writes the message.
    ///
    /// # Errors
    /// When a field has no value.
    pub fn render(&self, values: &BTreeMap<String, String>) -> Result<String, RenderError> {
        let mut out = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Literal { text, .. } => out.push_str(text),
                Piece::Field(field) => match values.get(&field.name) {
                    Some(value) => {
                        let _ = write!(out, "{value}");
                    }
                    None => {
                        return Err(RenderError { field: field.name.clone(), template: self.source.clone() });
                    }
                },
            }
        }
        Ok(out)
    }

    /// The squeezed text that every match begins with.
    pub(crate) fn start(&self) -> &[u8] {
        match self.pieces.first() {
            Some(Piece::Literal { squeezed, .. }) => squeezed,
            _ => &[],
        }
    }

    /// Matches the template where its [`start`](Self::start) was found.
    pub(crate) fn match_at(&self, original: &str, text: &Squeezed, at: usize) -> Option<RawMatch> {
        let bytes = text.bytes();
        if !self.within_word.0 && !boundary_before(original, text, at) {
            return None;
        }
        let mut matched = RawMatch { end: at, literal: 0, fields: Vec::new(), truncated: false };
        let mut pieces = self.pieces.iter().peekable();
        while let Some(piece) = pieces.next() {
            match piece {
                Piece::Literal { squeezed, .. } => {
                    let rest = bytes.get(matched.end..)?;
                    if rest.starts_with(squeezed) {
                        matched.end += squeezed.len();
                        matched.literal += squeezed.len();
                    } else if squeezed.starts_with(rest) && matched.literal + rest.len() >= MIN_TRUNCATED {
                        matched.literal += rest.len();
                        matched.end = bytes.len();
                        matched.truncated = true;
                        return Some(matched);
                    } else {
                        return None;
                    }
                }
                Piece::Field(field) => {
                    let next = pieces.peek().and_then(|p| match p {
                        Piece::Literal { squeezed, .. } => Some(squeezed.as_slice()),
                        Piece::Field(_) => None,
                    });
                    let end = field_end(field.kind, original, text, matched.end, next);
                    match end {
                        FieldEnd::At(end) => {
                            matched.fields.push((matched.end, end));
                            matched.end = end;
                        }
                        FieldEnd::Truncated(end) if matched.literal >= MIN_TRUNCATED => {
                            matched.fields.push((matched.end, end));
                            matched.end = end;
                            matched.truncated = true;
                            return Some(matched);
                        }
                        FieldEnd::Truncated(_) | FieldEnd::No => return None,
                    }
                }
            }
        }
        let ends_with_literal = matches!(self.pieces.last(), Some(Piece::Literal { .. }));
        if ends_with_literal && !self.within_word.1 && !boundary_after(original, text, matched.end) {
            return None;
        }
        Some(matched)
    }
}

enum FieldEnd {
    At(usize),
    Truncated(usize),
    No,
}

fn field_end(
    kind: FieldKind,
    original: &str,
    text: &Squeezed,
    start: usize,
    next: Option<&[u8]>,
) -> FieldEnd {
    let bytes = text.bytes();
    let tail = bytes.get(start..).unwrap_or_default();
    let unbroken = unbroken_run(text, start);
    let run = |skip: usize, accept: fn(u8) -> bool| {
        let length = tail.iter().skip(skip).take_while(|b| accept(**b)).count();
        (skip + length).min(unbroken).saturating_sub(skip)
    };
    match kind {
        FieldKind::Dec => {
            let sign = usize::from(tail.first() == Some(&b'-'));
            let digits = run(sign, |b| b.is_ascii_digit());
            if digits == 0 { FieldEnd::No } else { FieldEnd::At(start + sign + digits) }
        }
        FieldKind::Hex => match run(0, |b| b.is_ascii_hexdigit()) {
            0 => FieldEnd::No,
            n => FieldEnd::At(start + n),
        },
        FieldKind::Word => {
            let n = run(0, |b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'+' | b'`'));
            // The full stop that ends a sentence belongs to the literal after the word, or to nothing.
            let stop = tail[..n].ends_with(b".") && next.is_none_or(|next| next.starts_with(b"."));
            let n = n - usize::from(stop);
            if n == 0 { FieldEnd::No } else { FieldEnd::At(start + n) }
        }
        FieldKind::Rest => FieldEnd::At((start + MAX_REST).min(bytes.len())),
        FieldKind::Text => {
            let window_end = (start + MAX_TEXT).min(line_end(original, text, start, 2));
            match next {
                None => FieldEnd::At(window_end.min(line_end(original, text, start, 0))),
                Some(next) => {
                    let search_end = (window_end + next.len()).min(bytes.len());
                    let window = bytes.get(start..search_end).unwrap_or_default();
                    match find(window, next) {
                        // A quoted value ends with its quote: it does not run on into another message.
                        Some(at) if ends_early(original, text, start, at, next) => FieldEnd::No,
                        Some(at) => FieldEnd::At(start + at),
                        None if search_end < bytes.len() => FieldEnd::No,
                        None => cut_field(window, next, start),
                    }
                }
            }
        }
    }
}

/// Whether the quote that opens the next literal stands within the field already, other than as an apostrophe.
fn ends_early(original: &str, text: &Squeezed, start: usize, length: usize, next: &[u8]) -> bool {
    let Some(quote @ (b'\'' | b'"')) = next.first() else {
        return false;
    };
    let bytes = text.bytes();
    let is_letter = |at: usize| original.as_bytes().get(at).is_some_and(u8::is_ascii_alphanumeric);
    (start..start + length).filter(|&at| bytes.get(at) == Some(quote)).any(|at| {
        let origin = text.origin(at);
        let apostrophe = is_letter(origin.wrapping_sub(1)) && is_letter(origin + 1);
        !apostrophe
    })
}

/// Where a field ends in a text that was cut before the literal that follows was whole: where the literal
/// begins, or at the end of the text when nothing in it looks like that beginning.
fn cut_field(tail: &[u8], next: &[u8], start: usize) -> FieldEnd {
    const LONGEST: usize = 120;
    // Less than this of the next literal is in every message that opens alike.
    const TELLING: usize = 8;
    let last = (tail.len() + 1).saturating_sub(TELLING);
    let begins = (0..last).find(|&at| next.starts_with(&tail[at..]));
    match (begins, next.first()) {
        (Some(at), _) => FieldEnd::At(start + at),
        (None, Some(first))
            if !first.is_ascii_alphanumeric() && !tail.contains(first) && tail.len() <= LONGEST =>
        {
            FieldEnd::Truncated(start + tail.len())
        }
        _ => FieldEnd::No,
    }
}

/// How many squeezed bytes from `start` stand side by side in the original.
fn unbroken_run(text: &Squeezed, start: usize) -> usize {
    let limit = text.bytes().len().saturating_sub(start).min(MAX_TEXT);
    let broken = |n: &usize| text.origin(start + n) > text.origin(start + n - 1) + 1;
    (1..limit).find(broken).unwrap_or(limit)
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    memchr::memmem::find(haystack, needle)
}

/// The squeezed offset at which the line of `start` ends, after `more` further lines.
fn line_end(original: &str, text: &Squeezed, start: usize, more: usize) -> usize {
    let mut breaks = 0;
    let limit = (start + MAX_TEXT + 1).min(text.bytes().len());
    for at in start.max(1)..limit {
        let (from, to) = (text.origin(at - 1), text.origin(at));
        if at > start {
            breaks +=
                original.as_bytes().get(from..to).map_or(0, |s| s.iter().filter(|b| **b == b'\n').count());
        }
        if breaks > more {
            return at;
        }
    }
    limit
}

fn boundary_before(original: &str, text: &Squeezed, at: usize) -> bool {
    let starts_word = text.bytes().get(at).is_some_and(u8::is_ascii_alphanumeric);
    let before = text.origin(at).checked_sub(1).and_then(|i| original.as_bytes().get(i));
    !(starts_word && before.is_some_and(u8::is_ascii_alphanumeric))
}

fn boundary_after(original: &str, text: &Squeezed, end: usize) -> bool {
    let Some(last) = end.checked_sub(1) else {
        return true;
    };
    let ends_word = text.bytes().get(last).is_some_and(u8::is_ascii_alphanumeric);
    let after = original.as_bytes().get(text.origin(last) + 1);
    !(ends_word && after.is_some_and(u8::is_ascii_alphanumeric))
}

fn parse_pieces(body: &str) -> Result<Vec<Piece>, TemplateError> {
    let mut pieces = Vec::new();
    let mut literal = String::new();
    let mut chars = body.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '{' if chars.peek() == Some(&'{') => {
                chars.next();
                literal.push('{');
            }
            '}' if chars.peek() == Some(&'}') => {
                chars.next();
                literal.push('}');
            }
            '{' => {
                push_literal(&mut pieces, &mut literal);
                let mut inside = String::new();
                loop {
                    match chars.next() {
                        Some('}') => break,
                        Some(c) => inside.push(c),
                        None => return Err(TemplateError::Unclosed),
                    }
                }
                pieces.push(Piece::Field(parse_field(&inside)?));
            }
            c => literal.push(c),
        }
    }
    push_literal(&mut pieces, &mut literal);
    Ok(pieces)
}

fn push_literal(pieces: &mut Vec<Piece>, literal: &mut String) {
    if !literal.is_empty() {
        let squeezed = Squeezed::new(literal).bytes().to_vec();
        pieces.push(Piece::Literal { text: std::mem::take(literal), squeezed });
    }
}

fn parse_field(inside: &str) -> Result<Field, TemplateError> {
    let (name, kind) = inside.split_once(':').unwrap_or((inside, "text"));
    let kind = match kind {
        "text" => FieldKind::Text,
        "dec" => FieldKind::Dec,
        "hex" => FieldKind::Hex,
        "word" => FieldKind::Word,
        "rest" => FieldKind::Rest,
        other => return Err(TemplateError::UnknownKind(other.to_owned())),
    };
    let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if name.is_empty() || !name.chars().all(kebab) {
        return Err(TemplateError::BadName(name.to_owned()));
    }
    Ok(Field { name: name.to_owned(), kind })
}

fn check(pieces: &[Piece]) -> Result<(), TemplateError> {
    match pieces.first() {
        Some(Piece::Literal { squeezed, .. }) if squeezed.len() >= MIN_START => {}
        _ => return Err(TemplateError::ShortStart { min: MIN_START }),
    }
    for pair in pieces.windows(2) {
        match pair {
            [Piece::Field(a), Piece::Field(b)] => {
                return Err(TemplateError::SideBySide(a.name.clone(), b.name.clone()));
            }
            [Piece::Field(f), Piece::Literal { .. }] if f.kind == FieldKind::Rest => {
                return Err(TemplateError::RestNotLast(f.name.clone()));
            }
            [Piece::Field(f), Piece::Literal { squeezed, .. }] if squeezed.is_empty() => {
                return Err(TemplateError::SideBySide(f.name.clone(), "white space".to_owned()));
            }
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_templates_say_how_to_write_them() {
        for (source, error) in [
            ("{app} failed", TemplateError::ShortStart { min: 4 }),
            ("failed {app", TemplateError::Unclosed),
            ("failed {App}", TemplateError::BadName("App".into())),
            ("failed {app:number}", TemplateError::UnknownKind("number".into())),
            ("failed {a}{b}", TemplateError::SideBySide("a".into(), "b".into())),
            ("failed {a:rest} now", TemplateError::RestNotLast("a".into())),
        ] {
            assert_eq!(Template::parse(source), Err(error), "{source}");
        }
    }

    #[test]
    fn rendering_needs_every_field() {
        let template = Template::parse("Port {{{port:dec}}} of '{app}'").expect("valid");
        let mut values = BTreeMap::from([("port".to_owned(), "80".to_owned())]);
        let missing = template.render(&values).expect_err("app has no value");
        assert_eq!(missing.field, "app");
        values.insert("app".to_owned(), "x".to_owned());
        assert_eq!(template.render(&values).as_deref(), Ok("Port {80} of 'x'"));
    }
}

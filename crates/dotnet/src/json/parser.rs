//! The reader: one pass, recursive to a bounded depth.

use super::{Dialect, JsonError, JsonReason, Member, Node, Value};
use crate::text::{BOM, Position, Span};
use std::borrow::Cow;

/// Larger files are refused. The largest `*.deps.json` known have 2 MiB.
pub const MAX_BYTES: usize = 16 << 20;
/// Files with more values are refused; this bounds memory to some 100 MB.
pub const MAX_VALUES: usize = 1_000_000;

type Result<T> = std::result::Result<T, JsonError>;

/// Reads a JSON text. A UTF-8 byte order mark is skipped; spans count from the start of `bytes`.
///
/// # Errors
/// [`JsonError`] with the place and the reason.
pub fn parse(bytes: &[u8], dialect: Dialect) -> Result<Node<'_>> {
    let start = if bytes.starts_with(BOM) { BOM.len() } else { 0 };
    let mut parser = Parser { bytes, at: start, dialect, values: 0 };
    if bytes.len() > MAX_BYTES {
        return parser.fail(JsonReason::TooLarge);
    }
    parser.skip_blanks()?;
    if parser.peek().is_none() {
        return parser.fail(JsonReason::Empty);
    }
    let root = parser.value(0)?;
    if dialect == Dialect::AppSettings {
        parser.skip_blanks()?;
        if parser.peek().is_some() {
            return parser.fail(JsonReason::TrailingContent);
        }
    }
    Ok(root)
}

struct Parser<'a> {
    bytes: &'a [u8],
    at: usize,
    dialect: Dialect,
    values: usize,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn fail<T>(&self, reason: JsonReason) -> Result<T> {
        self.fail_at(self.at, reason)
    }

    fn fail_at<T>(&self, offset: usize, reason: JsonReason) -> Result<T> {
        Err(JsonError { offset, position: Position::of(self.bytes, offset), reason })
    }

    /// White space and comments.
    fn skip_blanks(&mut self) -> Result<()> {
        loop {
            while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
                self.at += 1;
            }
            if !self.take(b'/') {
                return Ok(());
            }
            let rest = self.bytes.get(self.at + 1..).unwrap_or_default();
            let length = match self.peek() {
                Some(b'/') => Some(memchr::memchr(b'\n', rest).unwrap_or(rest.len())),
                Some(b'*') => match memchr::memmem::find(rest, b"*/") {
                    Some(i) => Some(i + 2),
                    None => {
                        self.at = self.bytes.len();
                        None
                    }
                },
                _ => None,
            };
            match length {
                Some(length) => self.at += 1 + length,
                None => return self.fail(JsonReason::BadComment),
            }
        }
    }

    fn value(&mut self, depth: usize) -> Result<Node<'a>> {
        self.values += 1;
        if self.values > MAX_VALUES {
            return self.fail(JsonReason::TooManyValues);
        }
        let start = self.at;
        let value = match self.peek() {
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.array(depth)?,
            Some(b'"') => Value::String(self.string()?),
            Some(b't') => self.word(b"true", Value::Bool(true))?,
            Some(b'f') => self.word(b"false", Value::Bool(false))?,
            Some(b'n') => self.word(b"null", Value::Null)?,
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ => return self.fail(JsonReason::InvalidValue),
        };
        Ok(Node { span: Span::new(start, self.at), value })
    }

    fn word(&mut self, word: &[u8], value: Value<'a>) -> Result<Value<'a>> {
        for byte in word {
            if !self.take(*byte) {
                return self.fail(JsonReason::InvalidValue);
            }
        }
        Ok(value)
    }

    /// Steps past the comma after an item; false at the end of the collection.
    fn next_item(&mut self, end: u8, missing: JsonReason) -> Result<bool> {
        self.skip_blanks()?;
        if self.take(end) {
            return Ok(false);
        }
        if !self.take(b',') {
            return self.fail(missing);
        }
        self.skip_blanks()?;
        Ok(!(self.dialect == Dialect::AppSettings && self.take(end)))
    }

    fn open(&mut self, depth: usize, end: u8) -> Result<bool> {
        if depth >= self.dialect.max_depth() {
            return self.fail(JsonReason::TooDeep);
        }
        self.at += 1;
        self.skip_blanks()?;
        Ok(!self.take(end))
    }

    fn array(&mut self, depth: usize) -> Result<Value<'a>> {
        let mut elements = Vec::new();
        let mut more = self.open(depth, b']')?;
        while more {
            elements.push(self.value(depth + 1)?);
            more = self.next_item(b']', JsonReason::MissingCommaInArray)?;
        }
        Ok(Value::Array(elements))
    }

    fn object(&mut self, depth: usize) -> Result<Value<'a>> {
        let mut members = Vec::new();
        let mut more = self.open(depth, b'}')?;
        while more {
            if self.peek() != Some(b'"') {
                return self.fail(JsonReason::MissingName);
            }
            let start = self.at;
            let name = self.string()?;
            let name_span = Span::new(start, self.at);
            self.skip_blanks()?;
            if !self.take(b':') {
                return self.fail(JsonReason::MissingColon);
            }
            self.skip_blanks()?;
            members.push(Member { name, name_span, node: self.value(depth + 1)? });
            more = self.next_item(b'}', JsonReason::MissingCommaInObject)?;
        }
        Ok(Value::Object(members))
    }

    fn number(&mut self) -> Result<Value<'a>> {
        let start = self.at;
        self.take(b'-');
        if !self.take(b'0') && self.digits() == 0 {
            return self.fail(JsonReason::InvalidValue);
        }
        if self.take(b'.') && self.digits() == 0 {
            return self.fail(JsonReason::MissingFraction);
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if !self.take(b'-') {
                self.take(b'+');
            }
            if self.digits() == 0 {
                return self.fail(JsonReason::MissingExponent);
            }
        }
        let text =
            self.bytes.get(start..self.at).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or_default();
        let finite = text.parse::<f64>().is_ok_and(f64::is_finite);
        if self.dialect == Dialect::HostFxr && !finite {
            return self.fail_at(start, JsonReason::NumberTooBig);
        }
        Ok(Value::Number(text))
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        self.at - start
    }

    /// A string, from its opening to past its closing quotation mark.
    fn string(&mut self) -> Result<Cow<'a, str>> {
        self.at += 1;
        let mut text = Cow::Borrowed("");
        loop {
            let plain = self.plain_run()?;
            match &mut text {
                Cow::Borrowed("") => text = Cow::Borrowed(plain),
                text => text.to_mut().push_str(plain),
            }
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => text.to_mut().push(self.escape()?),
                Some(0) | None => return self.fail(JsonReason::UnclosedString),
                Some(_) => return self.fail(JsonReason::BadCharacter),
            }
        }
    }

    /// The characters up to the next quotation mark, backslash or control character.
    fn plain_run(&mut self) -> Result<&'a str> {
        let start = self.at;
        let rest = self.bytes.get(start..).unwrap_or_default();
        let length = rest.iter().position(|b| matches!(b, b'"' | b'\\' | 0..=0x1F)).unwrap_or(rest.len());
        match std::str::from_utf8(rest.get(..length).unwrap_or_default()) {
            Ok(text) => {
                self.at += length;
                Ok(text)
            }
            Err(e) => self.fail_at(start + e.valid_up_to(), JsonReason::BadCharacter),
        }
    }

    fn escape(&mut self) -> Result<char> {
        let start = self.at;
        self.at += 1;
        let character = match self.peek() {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(start),
            _ => return self.fail_at(start, JsonReason::BadEscape),
        };
        self.at += 1;
        Ok(character)
    }

    fn unicode_escape(&mut self, start: usize) -> Result<char> {
        self.at += 1;
        let first = self.four_hex_digits(start)?;
        let code = match first {
            0xD800..=0xDBFF => {
                if !(self.take(b'\\') && self.take(b'u')) {
                    return self.fail_at(start, JsonReason::BadSurrogate);
                }
                let second = self.four_hex_digits(start)?;
                if !(0xDC00..=0xDFFF).contains(&second) {
                    return self.fail_at(start, JsonReason::BadSurrogate);
                }
                0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)
            }
            _ => first,
        };
        match char::from_u32(code) {
            Some(character) => Ok(character),
            None => self.fail_at(start, JsonReason::BadSurrogate),
        }
    }

    fn four_hex_digits(&mut self, start: usize) -> Result<u32> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = self.peek().and_then(|b| char::from(b).to_digit(16));
            let Some(digit) = digit else {
                return self.fail_at(start, JsonReason::BadHexDigit);
            };
            code = code * 16 + digit;
            self.at += 1;
        }
        Ok(code)
    }
}

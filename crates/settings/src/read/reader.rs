//! Values of a TOML document, or what is wrong with them.

use falconer_iis_config::{Lines, Position};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::keys::{Key, Keys};
use crate::suggest::nearest;
use crate::{Place, SettingsError, SettingsErrorKind, Written};

/// Most texts in all lists of a file, and most entries of all tables.
const MAX_ENTRIES: usize = 1000;

pub(super) type Value<'t> = Spanned<DeValue<'t>>;

/// Reads values and keeps the first fault, in the order of the text.
pub(super) struct Reader<'a> {
    file: &'a str,
    lines: Lines,
    entries: usize,
    fault: Option<(usize, SettingsErrorKind)>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(file: &'a str, text: &str) -> Self {
        Reader { file, lines: Lines::of(text), entries: 0, fault: None }
    }

    pub(super) fn fault(&mut self, offset: usize, kind: SettingsErrorKind) {
        if self.fault.as_ref().is_none_or(|(first, _)| offset < *first) {
            self.fault = Some((offset, kind));
        }
    }

    /// The first fault, if there is one.
    pub(super) fn end(self) -> Result<(), SettingsError> {
        let Some((offset, kind)) = self.fault else { return Ok(()) };
        Err(SettingsError {
            place: Place::in_file(self.file, self.lines.position(offset)),
            kind: Box::new(kind),
        })
    }

    pub(super) fn position(&self, offset: usize) -> Position {
        self.lines.position(offset)
    }

    /// Each entry of a table whose key belongs there.
    pub(super) fn entries<'t, 'v>(
        &mut self,
        keys: Keys,
        table: &'v DeTable<'t>,
    ) -> Vec<(Key, &'v Value<'t>)> {
        let mut entries = Vec::new();
        for (name, value) in table {
            let written: &str = name.get_ref();
            match keys.keys.iter().find(|key| key.name == written) {
                Some(key) => entries.push((*key, value)),
                None => self.unknown_key(keys, written, name.span().start),
            }
        }
        entries
    }

    fn unknown_key(&mut self, keys: Keys, written: &str, offset: usize) {
        let known: Vec<&str> = keys.names().collect();
        let kind = SettingsErrorKind::UnknownKey {
            table: keys.table,
            key: written.to_owned(),
            suggestion: nearest(written, keys.names()),
            known: known.join(", "),
        };
        self.fault(offset, kind);
    }

    pub(super) fn wrong_type(&mut self, key: Key, value: &Value<'_>) {
        let found = match value.get_ref() {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date or time",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        let kind = SettingsErrorKind::WrongType { key: key.name.to_owned(), found, example: key.example };
        self.fault(value.span().start, kind);
    }

    /// A text that is not blank.
    pub(super) fn text<'v>(&mut self, key: Key, value: &'v Value<'_>) -> Option<&'v str> {
        let Some(text) = value.get_ref().as_str() else {
            self.wrong_type(key, value);
            return None;
        };
        if text.trim().is_empty() {
            let kind = SettingsErrorKind::Empty { key: key.name.to_owned(), example: key.example };
            self.fault(value.span().start, kind);
            return None;
        }
        Some(text)
    }

    /// The texts of a list, each with its offset.
    pub(super) fn texts<'v>(&mut self, key: Key, value: &'v Value<'_>) -> Vec<(usize, &'v str)> {
        let Some(list) = value.get_ref().as_array() else {
            self.wrong_type(key, value);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in list {
            let text = if self.room(item.span().start) { self.text(key, item) } else { break };
            texts.extend(text.map(|text| (item.span().start, text)));
        }
        texts
    }

    /// Is there room for one more entry?
    pub(super) fn room(&mut self, offset: usize) -> bool {
        self.entries += 1;
        if self.entries > MAX_ENTRIES {
            self.fault(offset, SettingsErrorKind::TooLarge { what: "more entries", most: MAX_ENTRIES });
        }
        self.entries <= MAX_ENTRIES
    }

    /// The selectors of a list.
    pub(super) fn selectors(&mut self, key: Key, value: &Value<'_>) -> Vec<Written> {
        let texts = self.texts(key, value);
        texts.into_iter().map(|(offset, text)| self.written(offset, text)).collect()
    }

    pub(super) fn written(&self, offset: usize, text: &str) -> Written {
        Written { text: text.to_owned(), at: self.position(offset) }
    }

    /// One of the words of `all`.
    pub(super) fn word<T: Copy>(
        &mut self,
        key: Key,
        value: &Value<'_>,
        all: &[T],
        name: impl Fn(T) -> &'static str,
    ) -> Option<T> {
        let text = self.text(key, value)?;
        let found = all.iter().copied().find(|one| name(*one) == text);
        if found.is_none() {
            let names = || all.iter().map(|one| name(*one));
            let suggestion = nearest(text, names());
            self.unknown_value(key.name, value, format!("\"{text}\""), suggestion, names());
        }
        found
    }

    pub(super) fn unknown_value(
        &mut self,
        key: &str,
        value: &Value<'_>,
        written: String,
        suggestion: Option<&'static str>,
        known: impl Iterator<Item = &'static str>,
    ) {
        let known: Vec<&str> = known.collect();
        let kind = SettingsErrorKind::UnknownValue {
            key: key.to_owned(),
            value: written,
            suggestion,
            known: known.join(", "),
        };
        self.fault(value.span().start, kind);
    }
}

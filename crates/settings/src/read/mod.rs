//! Reads a `falconer.toml`.

mod keys;
mod reader;

use toml::de::DeTable;

use crate::{Bitness, FailOn, FilePattern, Place, Runtime, Settings, SettingsError, SettingsErrorKind};
use crate::{Severity, Suppress, Target, Written};
use keys::Key;
use reader::{Reader, Value};

/// Largest file that is read, in bytes; people write some hundred lines.
const MAX_BYTES: usize = 1 << 20;

/// See [`Settings::parse`].
pub(crate) fn settings(file: &str, text: &str) -> Result<Settings, SettingsError> {
    if text.len() > MAX_BYTES {
        let kind = SettingsErrorKind::TooLarge { what: "more bytes", most: MAX_BYTES };
        return Err(SettingsError { place: Place::argument(file), kind: Box::new(kind) });
    }
    // What some editors put before UTF-8 is no part of the document.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader::new(file, text);
    let mut settings = Settings { file: file.to_owned(), ..Settings::default() };
    match DeTable::parse(text) {
        Ok(document) => read_file(&mut reader, document.get_ref(), &mut settings),
        Err(error) => {
            let offset = error.span().map_or(0, |span| span.start);
            reader.fault(offset, SettingsErrorKind::Syntax(error.message().to_owned()));
        }
    }
    reader.end().map(|()| settings)
}

fn read_file(reader: &mut Reader<'_>, document: &DeTable<'_>, settings: &mut Settings) {
    for (key, value) in reader.entries(keys::FILE, document) {
        let Some(table) = value.get_ref().as_table() else {
            reader.wrong_type(key, value);
            continue;
        };
        for (key, value) in reader.entries(keys::CHECK_TABLE, table) {
            read_check(reader, key, value, settings);
        }
    }
}

fn read_check(reader: &mut Reader<'_>, key: Key, value: &Value<'_>, settings: &mut Settings) {
    let text = |reader: &mut Reader<'_>| reader.text(key, value).map(str::to_owned);
    match key {
        keys::TARGET => {
            settings.target = reader.word(key, value, Target::ALL, Target::name);
        }
        keys::BITNESS => settings.bitness = read_bitness(reader, key, value),
        keys::RUNTIMES => settings.runtimes = read_runtimes(reader, key, value),
        keys::DOTNET_ROOT => settings.dotnet_root = text(reader),
        keys::INVENTORY => settings.inventory = text(reader),
        keys::FAIL_ON => {
            settings.fail_on = reader.word(key, value, FailOn::ALL, FailOn::name);
        }
        keys::SELECT => settings.select = reader.selectors(key, value),
        keys::IGNORE => settings.ignore = reader.selectors(key, value),
        keys::SEVERITY => settings.severity = read_severity(reader, key, value),
        _ => settings.suppress = read_suppressions(reader, key, value),
    }
}

fn read_bitness(reader: &mut Reader<'_>, key: Key, value: &Value<'_>) -> Option<Bitness> {
    let Some(number) = value.get_ref().as_integer() else {
        reader.wrong_type(key, value);
        return None;
    };
    let bits = i64::from_str_radix(number.as_str(), number.radix()).ok();
    let bitness = bits.and_then(Bitness::from_bits);
    if bitness.is_none() {
        reader.unknown_value(key.name, value, number.to_string(), None, ["32", "64"].into_iter());
    }
    bitness
}

fn read_runtimes(reader: &mut Reader<'_>, key: Key, value: &Value<'_>) -> Vec<Runtime> {
    let mut runtimes = Vec::new();
    for (offset, text) in reader.texts(key, value) {
        match Runtime::parse(text) {
            Some(runtime) => runtimes.push(runtime),
            None => reader.fault(offset, SettingsErrorKind::Runtime(text.to_owned())),
        }
    }
    runtimes
}

fn read_severity(reader: &mut Reader<'_>, key: Key, value: &Value<'_>) -> Vec<(Written, Severity)> {
    let Some(table) = value.get_ref().as_table() else {
        reader.wrong_type(key, value);
        return Vec::new();
    };
    let mut severities = Vec::new();
    for (selector, value) in table {
        if !reader.room(selector.span().start) {
            break;
        }
        let severity = reader.word(key, value, Severity::ALL, Severity::name);
        let written = reader.written(selector.span().start, selector.get_ref());
        severities.extend(severity.map(|severity| (written, severity)));
    }
    severities
}

fn read_suppressions(reader: &mut Reader<'_>, key: Key, value: &Value<'_>) -> Vec<Suppress> {
    let Some(list) = value.get_ref().as_array() else {
        reader.wrong_type(key, value);
        return Vec::new();
    };
    let mut suppressions = Vec::new();
    for item in list {
        if !reader.room(item.span().start) {
            break;
        }
        match item.get_ref().as_table() {
            Some(table) => suppressions.extend(read_suppression(reader, table, item.span().start)),
            None => reader.wrong_type(key, item),
        }
    }
    suppressions
}

fn read_suppression(reader: &mut Reader<'_>, table: &DeTable<'_>, start: usize) -> Option<Suppress> {
    let (mut checks, mut files, mut reason) = (Vec::new(), Vec::new(), None);
    let entries = reader.entries(keys::SUPPRESS_TABLE, table);
    for required in [keys::SUPPRESSED, keys::REASON] {
        if !entries.iter().any(|(key, _)| *key == required) {
            let kind = SettingsErrorKind::MissingKey {
                table: keys::SUPPRESS_TABLE.table,
                key: required.name,
                example: required.example,
            };
            reader.fault(start, kind);
        }
    }
    for (key, value) in entries {
        match key {
            keys::SUPPRESSED => checks = read_checks(reader, key, value),
            keys::FILES => files = read_patterns(reader, key, value),
            _ => reason = reader.text(key, value),
        }
    }
    Some(Suppress { checks, files, reason: reason?.trim().to_owned(), at: reader.position(start) })
}

/// One selector, or a list with at least one.
fn read_checks(reader: &mut Reader<'_>, key: Key, value: &Value<'_>) -> Vec<Written> {
    let Some(list) = value.get_ref().as_array() else {
        let text = reader.text(key, value);
        return text.map(|text| reader.written(value.span().start, text)).into_iter().collect();
    };
    if list.is_empty() {
        let kind = SettingsErrorKind::Empty { key: key.name.to_owned(), example: key.example };
        reader.fault(value.span().start, kind);
    }
    reader.selectors(key, value)
}

fn read_patterns(reader: &mut Reader<'_>, key: Key, value: &Value<'_>) -> Vec<FilePattern> {
    let mut patterns = Vec::new();
    for (offset, text) in reader.texts(key, value) {
        match FilePattern::new(text) {
            Ok(pattern) => patterns.push(pattern),
            Err(error) => reader.fault(offset, error.into()),
        }
    }
    patterns
}

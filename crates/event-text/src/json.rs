//! `Get-WinEvent | ConvertTo-Json` and `Get-EventLog | ConvertTo-Json`: an object, an array, objects one a line.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use falconer_observation::Timestamp;

use crate::draft::Draft;
use crate::lines::{Line, cut};
use crate::properties::{Evidence, Field, property};
use crate::reading::{Damage, Form, limits};
use crate::scan::Scan;

/// Between a bracket and the first name stand no more bytes than this.
const NEAR: usize = 256;

/// Reads the object or array that starts in this line.
pub(crate) fn read(scan: &mut Scan<'_>, line: Line<'_>) -> Option<usize> {
    let at = line.start + line.indent();
    if at < scan.json_tried || !looks_like_events(scan.text.get(at..)?) {
        return None;
    }
    let is_array = scan.text.get(at..)?.starts_with('[');
    let end = if is_array { array(scan, at) } else { object(scan, at) };
    scan.json_tried = end.tried;
    end.read.then_some(end.tried)
}

/// Objects of PowerShell begin with a property of event objects; most other JSON is ruled out by that.
fn looks_like_events(text: &str) -> bool {
    let near = cut(text, NEAR);
    let inner = near.strip_prefix('[').map_or(near, str::trim_start);
    let name = inner.strip_prefix('{').and_then(|object| object.trim_start().strip_prefix('"'));
    name.and_then(|name| name.split('"').next()).is_some_and(|name| property(name).is_some())
}

/// How far JSON was looked at, and whether it was events.
struct End {
    tried: usize,
    read: bool,
}

fn object(scan: &mut Scan<'_>, at: usize) -> End {
    match value(scan.text, at) {
        Ok((object, end)) => {
            let read = object.is_event();
            if read {
                scan.add(Form::PowerShellJson, at..end, object.draft);
            }
            End { tried: end, read }
        }
        Err(broken) => End { tried: broken.at, read: false },
    }
}

/// Reads the objects of an array one by one, so that those before a break are kept.
fn array(scan: &mut Scan<'_>, open: usize) -> End {
    let mut at = open + 1;
    let mut read = false;
    loop {
        let tail = scan.text.get(at..).unwrap_or("");
        let next = tail.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        at += tail.len() - next.len();
        if next.starts_with(']') {
            scan.claim(open..at + 1);
            return End { tried: at + 1, read };
        }
        if scan.is_full() {
            return End { tried: at, read };
        }
        match value(scan.text, at) {
            Ok((object, end)) => {
                if object.is_event() {
                    read = true;
                    scan.add(Form::PowerShellJson, at..end, object.draft);
                }
                at = end;
            }
            Err(broken) if read => {
                scan.fault(at, Damage::Json(broken.what));
                return End { tried: at, read };
            }
            Err(broken) => return End { tried: broken.at, read },
        }
    }
}

/// Why a value could not be read, and how far reading it got.
struct Broken {
    what: String,
    at: usize,
}

/// One value, and where it ends.
fn value(text: &str, at: usize) -> Result<(Object, usize), Broken> {
    let tail = text.get(at..).unwrap_or("");
    let mut stream = serde_json::Deserializer::from_str(tail).into_iter::<Object>();
    match stream.next() {
        Some(Ok(object)) => Ok((object, at + stream.byte_offset())),
        Some(Err(error)) => Err(Broken { what: error.to_string(), at: at + offset(tail, &error) }),
        None => Err(Broken { what: "nothing follows".to_owned(), at: text.len() }),
    }
}

/// Where an error stands; the parser tells its line and column.
fn offset(text: &str, error: &serde_json::Error) -> usize {
    let above: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    above.saturating_add(error.column()).min(text.len())
}

/// An object of event properties.
#[derive(Default)]
struct Object {
    draft: Draft,
    evidence: Evidence,
}

impl Object {
    fn is_event(&self) -> bool {
        self.evidence.suffices()
    }

    fn take(&mut self, field: Field, value: Value) {
        self.evidence.add(field);
        match (field, value) {
            (Field::Strings, Value::List(items)) => {
                for item in items.iter().filter_map(Value::text) {
                    self.draft.add_string(None, item);
                }
            }
            (Field::Bytes, Value::List(items)) => {
                self.draft.add_bytes(items.iter().map_while(|item| item.text()?.parse().ok()));
            }
            (Field::Time, value) => {
                if let Some(text) = value.text() {
                    self.draft.set(Field::Time, &date(text).unwrap_or_else(|| text.to_owned()));
                }
            }
            (field, value) => self.draft.set(field, value.text().unwrap_or("")),
        }
    }
}

/// `/Date(1627500224076)/`, milliseconds since 1970 in UTC, as Windows PowerShell writes dates.
fn date(text: &str) -> Option<String> {
    let number = text.trim_matches('/').strip_prefix("Date(")?.strip_suffix(')')?;
    // An offset behind the number only says which zone to show it in.
    let end =
        number.char_indices().skip(1).find(|(_, c)| !c.is_ascii_digit()).map_or(number.len(), |(at, _)| at);
    let millis = number.get(..end)?.parse().ok().filter(|millis: &i64| millis.unsigned_abs() < 1 << 50)?;
    let time = Timestamp { millis, utc: true };
    Some(format!("{}.{:03}Z", time.to_string().trim_end_matches('Z'), millis.rem_euclid(1000)))
}

/// A value as far as it matters: text, or a list of texts.
enum Value {
    Text(String),
    List(Vec<Value>),
    Nothing,
}

impl Value {
    fn text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            Value::List(_) | Value::Nothing => None,
        }
    }
}

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Properties;
        impl<'de> Visitor<'de> for Properties {
            type Value = Object;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an event object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
                let mut object = Object::default();
                while let Some(name) = map.next_key::<String>()? {
                    match property(&name) {
                        None | Some(Field::Other) => {
                            map.next_value::<IgnoredAny>()?;
                        }
                        Some(field) => object.take(field, map.next_value()?),
                    }
                }
                Ok(object)
            }
        }
        deserializer.deserialize_map(Properties)
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a property's value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        // One byte more than is kept, so that the draft notes the cut.
        Ok(Value::Text(cut(text, limits::TEXT + 4).to_owned()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Text(number.to_string()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Text(number.to_string()))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while items.len() <= limits::STRINGS
            && let Some(item) = list.next_element()?
        {
            items.push(item);
        }
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Value::List(items))
    }

    /// Windows PowerShell wraps values that carry more than themselves: `{"value": …, "DateTime": …}`, and an
    /// event's properties: `{"Value": …}`.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut inner = Value::Nothing;
        while let Some(name) = map.next_key::<String>()? {
            if name.eq_ignore_ascii_case("value") {
                inner = map.next_value()?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(inner)
    }
}

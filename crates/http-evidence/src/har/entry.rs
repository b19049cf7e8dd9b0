//! An entry as the file has it. Everything may be missing or of another type: recordings come from many tools.

use std::fmt;

use serde::Deserialize;
use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{HarEntry, base64};
use crate::Place;

/// The headers that tell who answered.
const HEADERS: [&str; 5] = ["Server", "X-Powered-By", "Content-Type", "Location", "WWW-Authenticate"];

/// The longest value of a field other than the body.
const FIELD_LIMIT: usize = 2 * 1024;

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Entry {
    started_date_time: Scalar,
    time: Scalar,
    request: Request,
    response: Response,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Request {
    method: Scalar,
    url: Scalar,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Response {
    status: Scalar,
    status_text: Scalar,
    headers: Headers,
    content: Content,
    #[serde(rename = "_error")]
    error: Scalar,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Content {
    mime_type: Scalar,
    text: Scalar,
    encoding: Scalar,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Header {
    name: Scalar,
    value: Scalar,
}

/// The headers of [`HEADERS`], in the order of the file.
#[derive(Debug, Default)]
struct Headers(Vec<(String, String)>);

/// A text or a number; anything else counts as missing.
#[derive(Debug, Default)]
enum Scalar {
    #[default]
    None,
    Text(String),
    Number(f64),
}

impl Entry {
    fn status(&self) -> u16 {
        let number = match &self.response.status {
            Scalar::Number(number) => *number,
            Scalar::Text(text) => text.parse().unwrap_or_default(),
            Scalar::None => 0.0,
        };
        // A cast from a float saturates.
        number as u16
    }

    fn error(&self) -> Option<String> {
        self.response.error.field().filter(|error| !error.is_empty())
    }

    /// Whether the request failed. One without a status and without an error was blocked or is not done.
    pub(super) fn is_failure(&self) -> bool {
        self.status() >= 400 || (self.status() == 0 && self.error().is_some())
    }

    pub(super) fn into_har_entry(self, number: u64, place: Place) -> HarEntry {
        let time_ms = match self.time {
            // Fractions of milliseconds tell nothing. A cast from a float saturates.
            Scalar::Number(time) if time >= 0.0 => Some(time as u64),
            _ => None,
        };
        HarEntry {
            number,
            method: self.request.method.field().unwrap_or_default(),
            url: self.request.url.field().unwrap_or_default(),
            started: self.started_date_time.field(),
            time_ms,
            status: self.status(),
            reason: self.response.status_text.field().unwrap_or_default(),
            error: self.error(),
            body: self.response.content.body(),
            headers: self.response.headers.0,
            place,
        }
    }
}

impl Content {
    /// The body when it is text; an encoded one is decoded.
    fn body(&self) -> Option<String> {
        let body = self.text.text().filter(|body| !body.is_empty())?;
        let mime = self.mime_type.text().unwrap_or_default();
        let is_text =
            mime.is_empty() || ["text/", "json", "xml", "javascript"].iter().any(|part| mime.contains(part));
        if !is_text {
            return None;
        }
        if self.encoding.text() == Some("base64") {
            return Some(String::from_utf8_lossy(&base64::decode(body)).into_owned());
        }
        Some(body.to_owned())
    }
}

impl Scalar {
    fn text(&self) -> Option<&str> {
        match self {
            Scalar::Text(text) => Some(text),
            Scalar::None | Scalar::Number(_) => None,
        }
    }

    /// The text, cut to the length of a field.
    fn field(&self) -> Option<String> {
        let text = self.text()?;
        Some(text.get(..text.floor_char_boundary(FIELD_LIMIT)).unwrap_or(text).to_owned())
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScalarVisitor)
    }
}

struct ScalarVisitor;

impl<'de> Visitor<'de> for ScalarVisitor {
    type Value = Scalar;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Scalar, E> {
        Ok(Scalar::Text(text.to_owned()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Scalar, E> {
        Ok(Scalar::Number(number as f64))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Scalar, E> {
        Ok(Scalar::Number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Scalar, E> {
        Ok(Scalar::Number(number))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Scalar, E> {
        Ok(Scalar::None)
    }

    fn visit_unit<E>(self) -> Result<Scalar, E> {
        Ok(Scalar::None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Scalar, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Scalar::None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scalar, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Scalar::None)
    }
}

impl<'de> Deserialize<'de> for Headers {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(HeadersVisitor)
    }
}

struct HeadersVisitor;

impl<'de> Visitor<'de> for HeadersVisitor {
    type Value = Headers;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of headers")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Headers, A::Error> {
        let mut kept = Vec::new();
        while let Some(header) = list.next_element::<Header>()? {
            let (Some(name), Some(value)) = (header.name.field(), header.value.field()) else { continue };
            if kept.len() < HEADERS.len() && HEADERS.iter().any(|wanted| wanted.eq_ignore_ascii_case(&name)) {
                kept.push((name, value));
            }
        }
        Ok(Headers(kept))
    }
}

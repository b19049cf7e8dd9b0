//! HAR files: what a browser recorded of its requests.
//!
//! Source of the format: the HAR 1.2 specification; `_error` is Chromium's. Of a HAR only the failed requests
//! are kept. It is read as a stream in which long strings are cut, so a recording of any size takes the same
//! memory.

mod base64;
mod bounded;
mod entry;

use std::cell::{Cell, RefCell};
use std::io::BufRead;

use serde::Deserializer as _;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};

use bounded::{Bounded, Position};

use crate::Place;

/// How many failed requests are kept.
pub const ENTRY_LIMIT: usize = 1000;
/// The most that is kept of a body, in bytes of the file.
pub const BODY_LIMIT: usize = 16 * 1024;

/// What a HAR tells.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Har {
    /// The failed requests, in the order of the file: a status of 400 or more, or an error without a response.
    pub failures: Vec<HarEntry>,
    /// All requests that were read, failed or not.
    pub requests: u64,
    /// There were more failed requests than are kept.
    pub more_failures: bool,
}

/// A failed request.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HarEntry {
    /// Its number in the file, counted from 1.
    pub number: u64,
    /// The method.
    pub method: String,
    /// The URL.
    pub url: String,
    /// When it started, as written (`2024-05-01T10:00:00.123Z`).
    pub started: Option<String>,
    /// How long it took, in milliseconds.
    pub time_ms: Option<u64>,
    /// The status; 0 when there was no response.
    pub status: u16,
    /// The reason phrase.
    pub reason: String,
    /// The browser's error (`net::ERR_CONNECTION_REFUSED`), when there was no response.
    pub error: Option<String>,
    /// `Server`, `X-Powered-By`, `Content-Type`, `Location` and `WWW-Authenticate`, when they are there.
    pub headers: Vec<(String, String)>,
    /// The body, when it is text; cut when it is long.
    pub body: Option<String>,
    /// The whole entry.
    pub place: Place,
}

/// A HAR is damaged. What stands before the damage was read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a whole HAR file, after {requests} requests: {reason}")]
pub struct HarDamage {
    /// How many requests were read.
    pub requests: u64,
    /// What is wrong, with line and column.
    pub reason: String,
}

/// Reads a HAR. The second value tells what is wrong when it could not be read to its end.
pub fn read(input: impl BufRead) -> (Har, Option<HarDamage>) {
    let position = Cell::default();
    let reading = RefCell::new(Har::default());
    let mut json = serde_json::Deserializer::from_reader(Bounded::new(input, &position));
    let shared = Shared { har: &reading, position: &position };
    let result = json.deserialize_any(Level::Document(shared)).and_then(|()| json.end());
    let har = reading.into_inner();
    let damage = result.err().map(|error| HarDamage { requests: har.requests, reason: error.to_string() });
    (har, damage)
}

/// Whether a text that begins with `prefix` is a HAR.
pub fn is_har(prefix: &str) -> bool {
    let prefix = prefix.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    let Some(rest) = prefix.strip_prefix('{') else { return false };
    let Some(rest) = rest.trim_start().strip_prefix("\"log\"") else { return false };
    ["\"entries\"", "\"creator\"", "\"pages\"", "\"version\"", "\"browser\""]
        .iter()
        .any(|key| rest.contains(key))
}

/// What is read, and how far.
#[derive(Clone, Copy)]
struct Shared<'a> {
    har: &'a RefCell<Har>,
    position: &'a Cell<Position>,
}

/// A level of the document on the way to the entries.
#[derive(Clone, Copy)]
enum Level<'a> {
    Document(Shared<'a>),
    Log(Shared<'a>),
    Entries(Shared<'a>),
}

impl<'de> DeserializeSeed<'de> for Level<'_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Level<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Level::Document(_) => "an object with `log`",
            Level::Log(_) => "the `log` object",
            Level::Entries(_) => "a list of entries",
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let (wanted, next) = match self {
            Level::Document(shared) => ("log", Level::Log(shared)),
            Level::Log(shared) => ("entries", Level::Entries(shared)),
            Level::Entries(_) => return Err(serde::de::Error::custom("`entries` is not a list")),
        };
        while let Some(key) = map.next_key::<String>()? {
            if key == wanted {
                map.next_value_seed(next)?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let Level::Entries(Shared { har, position }) = self else {
            return Err(serde::de::Error::custom("a list where an object is expected"));
        };
        while let Some(entry) = list.next_element::<entry::Entry>()? {
            let mut har = har.borrow_mut();
            har.requests += 1;
            if !entry.is_failure() {
                continue;
            }
            if har.failures.len() >= ENTRY_LIMIT {
                har.more_failures = true;
            } else {
                let number = har.requests;
                har.failures.push(entry.into_har_entry(number, position.get().entry()));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;

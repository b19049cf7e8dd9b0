//! What clients say about responses and connections.

use std::ops::Range;

use super::codes;
use super::phrases::{self, Means};
use super::response::in_body;
use super::{Client, ConnectionError, ErrorKind, FINDING_LIMIT, Response};
use crate::Place;
use crate::place::LineIndex;

/// How many lines below the call of a client its error may stand.
const CONTEXT_LINES: u32 = 6;
/// How many lines one error may take: a browser's page says it in several sentences.
const ERROR_LINES: u32 = 15;

/// The longest message that is looked at.
const MESSAGE_LIMIT: usize = 300;

/// What clients say in a text.
#[derive(Debug, Default)]
pub(super) struct Mentions {
    pub(super) responses: Vec<Response>,
    pub(super) errors: Vec<ConnectionError>,
}

/// What clients say in `text`, other than in the bodies of `responses`.
pub(super) fn mentions(text: &str, responses: &[Response]) -> Mentions {
    let lines = LineIndex::new(text);
    let mut mentions = Mentions::default();
    let mut client_called: Option<u32> = None;
    // An error that waits for its context in the lines below: PowerShell prints the command after the message.
    let mut waiting: Option<ConnectionError> = None;
    for (range, means) in phrases::find(text) {
        let line = lines.line(range.start);
        if waiting.as_ref().is_some_and(|error| line > error.place.line + CONTEXT_LINES) {
            waiting = None;
        }
        if mentions.responses.len() + mentions.errors.len() >= FINDING_LIMIT {
            break;
        }
        if means != Means::CurlCode && in_body(responses, range.start) {
            continue;
        }
        let place = lines.place(range.clone());
        match means {
            Means::Context => {
                client_called = Some(line);
                mentions.errors.extend(waiting.take());
            }
            Means::Status(client) => mentions.responses.extend(status_after(text, &range, client, &lines)),
            Means::Error(kind, client) => mentions.errors.push(error(kind, None, client, place)),
            Means::ErrorAsLine(kind) => {
                if is_whole_line(text, &range) {
                    mentions.errors.push(error(kind, None, Client::Browser, place));
                }
            }
            Means::ErrorInContext(kind, client) => {
                let error = error(kind, None, client, place);
                if client_called.is_some_and(|called| line <= called + CONTEXT_LINES) {
                    mentions.errors.push(error);
                } else {
                    waiting = Some(error);
                }
            }
            Means::BrowserCode => {
                if let Some((code, kind)) = codes::code_at(text, range.start) {
                    let place = lines.place(range.start..range.start + code.len());
                    mentions.errors.push(error(kind, Some(code), Client::Browser, place));
                }
            }
            Means::CurlCode => {
                client_called = Some(line);
                mentions.errors.extend(curl_error(text, &range, &lines));
            }
        }
    }
    mentions
}

fn error(kind: ErrorKind, code: Option<&str>, client: Client, place: Place) -> ConnectionError {
    ConnectionError { kind, code: code.map(str::to_owned), client, place }
}

/// The rest of the line behind a phrase, as far as a message is long.
fn rest_of_line(text: &str, end: usize) -> &str {
    let rest = text.get(end..).unwrap_or_default();
    let rest = rest.get(..rest.floor_char_boundary(MESSAGE_LIMIT)).unwrap_or(rest);
    rest.lines().next().unwrap_or_default()
}

/// Whether nothing else stands on the line of a phrase, apart from marks of lists, headings and sentences.
fn is_whole_line(text: &str, phrase: &Range<usize>) -> bool {
    const MARKS: [char; 8] = [' ', '\t', '\r', '#', '*', '-', '"', '.'];
    let before = text.get(..phrase.start).unwrap_or_default().trim_end_matches(MARKS);
    let after = text.get(phrase.end..).unwrap_or_default().trim_start_matches(MARKS);
    (before.is_empty() || before.ends_with('\n')) && (after.is_empty() || after.starts_with('\n'))
}

/// A status and reason behind a phrase: `502 (Bad Gateway)`, `(502) Bad Gateway`.
fn status_after(text: &str, phrase: &Range<usize>, client: Client, lines: &LineIndex) -> Option<Response> {
    let rest = rest_of_line(text, phrase.end);
    let start = rest.find(|c: char| c.is_ascii_digit()).filter(|start| *start <= 4)?;
    let (digits, reason) = rest.get(start..)?.split_at_checked(3)?;
    let status = digits.parse().ok().filter(|status| (100..600).contains(status))?;
    if reason.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let marks: &[char] = &[' ', '(', ')', ':', '.', '"', '\''];
    let reason: String = reason.trim_matches(marks).split([')', '.']).next()?.chars().take(80).collect();
    Some(Response {
        status,
        reason: reason.trim().to_owned(),
        version: None,
        headers: Vec::new(),
        request: None,
        body: None,
        client,
        place: lines.place(phrase.start..phrase.end + start + 3),
    })
}

/// The error of `curl: (7) Failed to connect to localhost port 5000`.
fn curl_error(text: &str, phrase: &Range<usize>, lines: &LineIndex) -> Option<ConnectionError> {
    let rest = rest_of_line(text, phrase.end);
    let (number, message) = rest.split_once(')')?;
    let kind = codes::curl(number.parse().ok()?, message)?;
    let code = text.get(phrase.start..phrase.end + number.len() + 1)?;
    let end = phrase.end + rest.trim_end().len();
    Some(error(kind, Some(code), Client::Curl, lines.place(phrase.start..end)))
}

/// Makes one error of what a client says about one: the sentences and the code of a browser's page.
pub(super) fn merge(mut errors: Vec<ConnectionError>) -> Vec<ConnectionError> {
    errors.sort_by_key(|error| error.place.bytes.start);
    let mut merged: Vec<ConnectionError> = Vec::new();
    for error in errors {
        match merged.last_mut() {
            Some(last) if is_same(last, &error) => {
                last.place = last.place.until(&error.place);
                last.code = last.code.take().or(error.code);
                if last.kind == ErrorKind::Other {
                    last.kind = error.kind;
                }
            }
            _ => merged.push(error),
        }
    }
    merged
}

fn is_same(last: &ConnectionError, next: &ConnectionError) -> bool {
    let near = next.place.line <= last.place.line.saturating_add(ERROR_LINES);
    let kinds_agree =
        last.kind == next.kind || last.kind == ErrorKind::Other || next.kind == ErrorKind::Other;
    let codes_agree = last.code.is_none() || next.code.is_none();
    near && last.client == next.client && kinds_agree && codes_agree
}

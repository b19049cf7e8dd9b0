//! Raw responses.

use std::ops::Range;

use super::{Client, FINDING_LIMIT, HEADER_LIMIT, Request, Response};
use crate::Place;
use crate::place::TextLine;

/// The longest value of a header that is kept.
const VALUE_LIMIT: usize = 4 * 1024;

/// Headers and properties that only stand below the status of a response: `Status: 403 (Forbidden)` alone may
/// be a log's or an exception's.
const SURE_SIGNS: [&str; 8] = [
    "server",
    "content-length",
    "content-type",
    "date",
    "x-powered-by",
    "remote address",
    "referrer policy",
    "http version",
];

/// The raw responses in `text`.
pub(super) fn responses(text: &str) -> Vec<Response> {
    let mut reader = Reader::default();
    let mut end = text.len();
    for line in TextLine::all(text) {
        if reader.responses.len() >= FINDING_LIMIT {
            end = line.start;
            break;
        }
        reader.take(&line);
    }
    reader.close(end);
    reader.responses
}

/// Whether a line is the status line of a response.
pub(super) fn is_status_line(line: &str) -> bool {
    status_line(line).is_some()
}

/// What part of a response the next line belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Part {
    #[default]
    Outside,
    Headers,
    Body {
        start: usize,
    },
}

#[derive(Debug, Default)]
struct Reader {
    responses: Vec<Response>,
    request: Option<Request>,
    part: Part,
    /// The response at hand is from `curl -v`, which marks its lines.
    marked: bool,
    /// The response at hand needs no [`SURE_SIGNS`].
    is_sure: bool,
}

impl Reader {
    fn take(&mut self, line: &TextLine<'_>) {
        let (mark, content) = split_mark(line.text);
        if mark == Some('>') {
            self.close(line.start);
            if let Some(request) = request_line(content) {
                self.request = Some(request);
            }
        } else if let Some(response) = status_line(content).or_else(|| status_property(content)) {
            self.close(line.start);
            self.is_sure = is_sure_property(content, &response.reason);
            self.marked = mark == Some('<');
            self.part = Part::Headers;
            self.responses.push(Response { request: self.request.take(), place: line.place(), ..response });
        } else if self.part == Part::Headers {
            self.header(line, mark, content);
        } else if self.marked && mark == Some('*') {
            self.close(line.start);
        }
    }

    fn header(&mut self, line: &TextLine<'_>, mark: Option<char>, content: &str) {
        if self.marked && mark == Some('*') {
            return;
        }
        let Some(response) = self.responses.last_mut() else { return };
        let folded = content.starts_with([' ', '\t']) && response.version.is_some();
        if content.trim().is_empty() {
            self.part = Part::Body { start: line.end() };
        } else if let (true, Some((_, value))) = (folded, response.headers.last_mut()) {
            value.push(' ');
            push_bounded(value, content.trim());
        } else if let Some((name, value)) = header(content) {
            if response.headers.len() < HEADER_LIMIT {
                let mut kept = String::new();
                push_bounded(&mut kept, value);
                response.headers.push((name.to_owned(), kept));
            }
            response.place = response.place.until(&line.place());
        } else if content.trim() != "{" {
            self.part = Part::Body { start: line.start };
        }
    }

    /// Ends the response at hand; its body goes up to `end`.
    fn close(&mut self, end: usize) {
        let part = std::mem::take(&mut self.part);
        if part == Part::Outside {
            return;
        }
        let Some(response) = self.responses.last_mut() else { return };
        if response.version.is_some() {
            if let Part::Body { start } = part {
                response.body = Some(start..end.max(start));
            }
        } else if !self.is_sure && !response.headers.iter().any(|(name, _)| is_sure_sign(name)) {
            self.responses.pop();
        } else if response.reason.is_empty()
            && let Some(reason) = response.header("Reason Phrase").map(str::to_owned)
        {
            response.reason = reason;
        }
    }
}

fn is_sure_sign(name: &str) -> bool {
    SURE_SIGNS.iter().any(|sign| sign.eq_ignore_ascii_case(name))
}

/// Whether a property can only be about a response to the user: browsers' developer tools write `Status Code: 502
/// Bad Gateway`, exceptions `Status: 403 (Forbidden)`.
fn is_sure_property(line: &str, reason: &str) -> bool {
    let is_tools = line.get(..12).is_some_and(|name| name.eq_ignore_ascii_case("status code:"));
    is_tools && reason.starts_with(|c: char| c.is_alphabetic())
}

fn push_bounded(value: &mut String, more: &str) {
    let room = VALUE_LIMIT.saturating_sub(value.len());
    value.extend(more.char_indices().take_while(|(at, _)| *at < room).map(|(_, c)| c));
}

/// The mark with which `curl -v` starts its lines, and the rest of the line.
fn split_mark(line: &str) -> (Option<char>, &str) {
    for mark in ['<', '>', '*'] {
        if let Some(rest) = line.strip_prefix(mark) {
            if rest.is_empty() {
                return (Some(mark), rest);
            }
            if let Some(rest) = rest.strip_prefix(' ') {
                return (Some(mark), rest);
            }
        }
    }
    (None, line)
}

/// `HTTP/1.1 502 Bad Gateway`.
fn status_line(line: &str) -> Option<Response> {
    let rest = line.strip_prefix("HTTP/")?;
    let (version, rest) = rest.split_once(' ')?;
    let is_version =
        !version.is_empty() && version.len() <= 3 && version.bytes().all(|c| c.is_ascii_digit() || c == b'.');
    let (status, reason) = status_and_reason(rest)?;
    is_version.then(|| response(status, reason, Some(version)))
}

/// `Status: 502: Bad Gateway`, `Status Code: 502 Bad Gateway`: what tools make of a response.
fn status_property(line: &str) -> Option<Response> {
    let (name, rest) = line.split_once(':')?;
    let is_status =
        ["status", "status code", "statuscode"].iter().any(|n| n.eq_ignore_ascii_case(name.trim()));
    let (status, reason) = status_and_reason(rest.trim_start()).filter(|_| is_status)?;
    Some(response(status, reason, None))
}

fn status_and_reason(text: &str) -> Option<(u16, &str)> {
    let (digits, rest) = text.split_at_checked(3)?;
    let status = digits.parse().ok().filter(|status| (100..1000).contains(status))?;
    if rest.starts_with(|c: char| c.is_alphanumeric()) {
        return None;
    }
    Some((status, rest.trim_matches([' ', ':', '\t'])))
}

fn response(status: u16, reason: &str, version: Option<&str>) -> Response {
    let mut kept = String::new();
    push_bounded(&mut kept, reason);
    Response {
        status,
        reason: kept,
        version: version.map(str::to_owned),
        headers: Vec::new(),
        request: None,
        body: None,
        client: Client::Wire,
        place: Place::default(),
    }
}

/// `GET /shop HTTP/1.1`.
fn request_line(line: &str) -> Option<Request> {
    let mut words = line.split(' ');
    let (method, target, version) = (words.next()?, words.next()?, words.next()?);
    let is_request = version.starts_with("HTTP/") && method.bytes().all(|c| c.is_ascii_uppercase());
    is_request.then(|| Request { method: method.to_owned(), target: target.to_owned() })
}

/// `Server: Microsoft-IIS/10.0`.
fn header(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.trim_start().split_once(':')?;
    let is_name = (1..=64).contains(&name.len())
        && name.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_' | b'.' | b' '));
    is_name.then(|| (name.trim(), value.trim()))
}

/// Whether a byte offset is in the body of one of `responses`, which are in the order of the text.
pub(super) fn in_body(responses: &[Response], offset: usize) -> bool {
    let following = responses.partition_point(|r| r.place.bytes.start <= offset as u64);
    let body = following.checked_sub(1).and_then(|i| responses.get(i)).and_then(|r| r.body.clone());
    body.is_some_and(|body: Range<usize>| body.contains(&offset))
}

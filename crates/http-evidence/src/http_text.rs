//! What HTTP clients print: raw responses (`curl -i`, `curl -v`), status messages and connection errors of
//! curl, wget, PowerShell, .NET and browsers.

mod codes;
mod mention;
mod phrases;
mod response;

use std::ops::Range;

use crate::Place;

/// What a text of HTTP clients holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HttpText {
    /// Responses, in the order of the text; interim ones and redirects as well.
    pub responses: Vec<Response>,
    /// Connection errors, in the order of the text. What a client says about one error is one.
    pub errors: Vec<ConnectionError>,
}

/// A response, or what a client says about one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// The reason phrase; empty when there is none.
    pub reason: String,
    /// The version of HTTP (`1.1`, `2`), when it is a raw response.
    pub version: Option<String>,
    /// The headers, in order. At most [`HEADER_LIMIT`].
    pub headers: Vec<(String, String)>,
    /// The request, when the client shows it.
    pub request: Option<Request>,
    /// The body in the text, when it is a raw response.
    pub body: Option<Range<usize>>,
    /// Who says it.
    pub client: Client,
    /// From the status to the end of the headers.
    pub place: Place,
}

/// A request line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: String,
    /// The path and query, or the URL.
    pub target: String,
}

/// A request that got no response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectionError {
    /// What happened.
    pub kind: ErrorKind,
    /// The code as the client writes it: `ERR_CONNECTION_REFUSED`, `curl: (7)`.
    pub code: Option<String>,
    /// Who says it.
    pub client: Client,
    /// From the first to the last of the words that say it.
    pub place: Place,
}

/// What became of a request that got no response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ErrorKind {
    /// Nothing listens on that address and port.
    Refused,
    /// The connection was closed by the other side.
    Reset,
    /// The host name is not known.
    NameNotResolved,
    /// No answer within the time limit.
    TimedOut,
    /// The secure connection could not be made: certificate, protocol or handshake.
    Tls,
    /// The connection was closed without a response.
    EmptyReply,
    /// Something else, or the client does not say what.
    Other,
}

/// A kind of HTTP client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Client {
    /// A raw response: the text of the protocol.
    Wire,
    /// curl.
    Curl,
    /// wget.
    Wget,
    /// PowerShell or another client of .NET.
    DotNet,
    /// A browser.
    Browser,
}

/// How many headers of a response are kept.
pub const HEADER_LIMIT: usize = 100;
/// How many responses and errors of one text are kept: of raw responses, and of what clients say.
pub const FINDING_LIMIT: usize = 10_000;

impl Response {
    /// The value of a header, whatever the letter case of its name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

/// Reads what `text` holds.
pub fn read(text: &str) -> HttpText {
    let mut responses = response::responses(text);
    let mentions = mention::mentions(text, &responses);
    responses.extend(mentions.responses);
    responses.sort_by_key(|response| response.place.bytes.start);
    HttpText { responses, errors: mention::merge(mentions.errors) }
}

/// Whether a text that begins with `prefix` is a raw response or the output of `curl -v`.
pub fn is_http_text(prefix: &str) -> bool {
    let prefix = prefix.trim_start_matches(['\u{feff}', '\r', '\n', ' ']);
    let verbose = prefix.starts_with("* ") && prefix.lines().take(60).any(|line| line.starts_with("> "));
    verbose || prefix.lines().next().is_some_and(|line| response::is_status_line(line.trim_end()))
}

#[cfg(test)]
mod tests;

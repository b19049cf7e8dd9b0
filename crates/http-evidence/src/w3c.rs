//! IIS logs in W3C format: which requests failed, how often, when, and whether it went well again.
//!
//! Source of the format: Microsoft Learn, "W3C Logging"; the fields are those of IIS 7 and later.

mod group;
mod loose;
mod tally;

use std::io::BufRead;

use falconer_observation::Timestamp;

pub use loose::{Entry, parse_line};

use crate::extended_log::{Columns, LINE_LIMIT, Layout, is_log as is_extended_log};
use crate::lines::Lines;
use crate::{Place, Stopped};

/// What an IIS log tells.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Log {
    /// Failed requests by kind, in the order in which each kind came first.
    pub failures: Vec<Failure>,
    /// All requests, failed or not.
    pub requests: u64,
    /// The time of the first request (UTC).
    pub first: Option<Timestamp>,
    /// The time of the last request (UTC). A log that covers a time and has no failure in it tells that there
    /// was none.
    pub last: Option<Timestamp>,
    /// Lines that do not have the columns that `#Fields:` names, or no status.
    pub unread_lines: u64,
    /// The first of those.
    pub first_unread: Option<Place>,
    /// There were more kinds of failures than are told apart; the further ones are only in `requests`.
    pub more_kinds: bool,
    /// The log could not be read to its end.
    pub stopped: Option<Stopped>,
}

/// Requests that failed in the same way: a status of 400 or more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The site: `W3SVC5`, or an Azure site's name.
    pub site: Option<String>,
    /// `sc-status`.
    pub status: u16,
    /// `sc-substatus`, when it is logged.
    pub substatus: Option<u16>,
    /// `sc-win32-status`, when it is logged.
    pub win32: Option<u32>,
    /// The first segment of the path (`/shop`), which may be an application; `/` for what lies in the root.
    pub path_group: Option<String>,
    /// How many requests.
    pub count: u64,
    /// The first time (UTC).
    pub first: Option<Timestamp>,
    /// The last time (UTC).
    pub last: Option<Timestamp>,
    /// The first line.
    pub first_place: Place,
    /// The last line.
    pub last_place: Place,
    /// The first line as it is, cut when it is very long.
    pub sample: String,
    /// Requests to the same site and path group that went well (a status below 400) after the last failure.
    pub successes_after: u64,
}

/// Reads an IIS log. `site` is the site when no column tells it, mostly from the path ([`site_of`]).
///
/// Memory does not grow with the log. A log without `#Fields:` (its start was cut off) is read as far as its
/// rows show by themselves which column is which.
pub fn read(input: impl BufRead, site: Option<&str>) -> Log {
    let mut lines = Lines::new(input, LINE_LIMIT);
    let mut columns = Columns::new();
    let mut layout = Layout::empty();
    let mut named = false;
    let mut tally = tally::Tally::new(site);
    while let Some(line) = lines.next_line() {
        let bytes = if line.number == 1 { without_mark(line.bytes) } else { line.bytes };
        if bytes.is_empty() {
            continue;
        }
        if bytes.starts_with(b"#") {
            named |= layout.take_directive(bytes);
            continue;
        }
        let row = columns.split(bytes);
        if !named && layout.count != row.len() {
            layout = loose::guess(&row).unwrap_or_else(Layout::empty);
        }
        tally.take(&row, &layout, &line);
    }
    tally.finish(lines.stopped())
}

/// Whether a text that begins with `prefix` is such a log.
pub fn is_log(prefix: &str) -> bool {
    is_extended_log(prefix, |line| {
        line.contains("Internet Information Services")
            || line.contains("cs-uri-stem")
            || line.contains("sc-sub")
    })
}

/// The site that a log's path names: the folder `W3SVC5` is that of the site with the id 5.
pub fn site_of(path: &str) -> Option<&str> {
    path.split(['/', '\\']).rev().find(|part| {
        part.split_at_checked(5).is_some_and(|(head, id)| {
            head.eq_ignore_ascii_case("W3SVC") && !id.is_empty() && id.bytes().all(|c| c.is_ascii_digit())
        })
    })
}

fn without_mark(line: &[u8]) -> &[u8] {
    line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line)
}

#[cfg(test)]
mod tests;

//! Rows without `#Fields:`: what their columns show by themselves.

use falconer_observation::Timestamp;

use crate::extended_log::{Columns, Field, LINE_LIMIT, Layout, Row, Stamp, number};

/// A single line of an IIS log, as people paste it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When (UTC), when date and time are there.
    pub time: Option<Timestamp>,
    /// `W3SVC5`, when it is there.
    pub site: Option<String>,
    /// The method.
    pub method: Option<String>,
    /// The path, without the query.
    pub path: Option<String>,
    /// `sc-status`.
    pub status: u16,
    /// `sc-substatus`.
    pub substatus: Option<u16>,
    /// `sc-win32-status`.
    pub win32: Option<u32>,
    /// `time-taken`, in milliseconds.
    pub time_taken_ms: Option<u64>,
}

/// Reads a single line of an IIS log without knowing its columns; `None` when it does not look like one.
///
/// It needs a method followed by a path, and behind them a status followed by a substatus and a Win32 code: the
/// order in which IIS writes them whatever else is selected.
pub fn parse_line(line: &str) -> Option<Entry> {
    let line = line.trim();
    if line.len() > LINE_LIMIT {
        return None;
    }
    let mut columns = Columns::new();
    let row = columns.split(line.as_bytes());
    let layout = guess(&row)?;
    let text = |field| row.field(&layout, field).map(|value| String::from_utf8_lossy(value).into_owned());
    let value = |field| row.field(&layout, field).and_then(number);
    Some(Entry {
        time: Stamp::of(&row, &layout).and_then(Stamp::time),
        site: text(Field::SiteName),
        method: text(Field::Method),
        path: text(Field::Uri),
        status: value(Field::Status).and_then(|v| u16::try_from(v).ok())?,
        substatus: value(Field::Substatus).and_then(|v| u16::try_from(v).ok()),
        win32: value(Field::Win32).and_then(|v| u32::try_from(v).ok()),
        time_taken_ms: value(Field::TimeTaken),
    })
}

/// The methods that are looked for; WebDAV's are rare enough to be left out.
const METHODS: [&[u8]; 9] =
    [b"GET", b"POST", b"PUT", b"DELETE", b"HEAD", b"OPTIONS", b"PATCH", b"TRACE", b"CONNECT"];

/// The layout that a row shows by itself.
pub(super) fn guess(row: &Row<'_>) -> Option<Layout> {
    let mut layout = Layout::empty();
    layout.count = row.len();
    let all = || (0..row.len()).filter_map(|number| Some((number, row.column(number)?)));
    let (method, _) = all().find(|(_, value)| METHODS.contains(value))?;
    let uri = method + 1;
    if !matches!(row.column(uri)?, [b'/', ..] | b"*") {
        return None;
    }
    layout.set(Field::Method, method);
    layout.set(Field::Uri, uri);
    for (number, value) in all().take(method) {
        match value {
            [_, _, _, _, b'-', _, _, b'-', _, _] => layout.set(Field::Date, number),
            [_, _, b':', _, _, b':', _, _] => layout.set(Field::Time, number),
            [b'W', b'3', b'S', b'V', b'C', id @ ..] if id.iter().all(u8::is_ascii_digit) => {
                layout.set(Field::SiteName, number);
            }
            _ => {}
        }
    }
    numbers_at_the_end(row, &mut layout, uri)?;
    Some(layout)
}

/// Status, substatus and Win32 code open the run of numbers with which a row ends:
/// `… 503 0 1255`, `… 503 0 1255 15` (time taken), `… 503 0 1255 202 130 15` (bytes sent and received before).
fn numbers_at_the_end(row: &Row<'_>, layout: &mut Layout, uri: usize) -> Option<()> {
    let is_number = |column: &usize| row.column(*column).and_then(number).is_some();
    let run = (uri + 1..row.len()).rev().take_while(is_number).count();
    let run = row.len() - run..row.len();
    let status = run.clone().find(|&column| {
        let value = row.column(column).unwrap_or_default();
        value.len() == 3 && number(value).is_some_and(|status| (100..600).contains(&status))
    })?;
    let substatus = row.column(status + 1).and_then(number).filter(|&value| value < 1000);
    if run.end - status < 3 || substatus.is_none() {
        return None;
    }
    layout.set(Field::Status, status);
    layout.set(Field::Substatus, status + 1);
    layout.set(Field::Win32, status + 2);
    if matches!(run.end - status, 4 | 6) {
        layout.set(Field::TimeTaken, run.end - 1);
    }
    Some(())
}

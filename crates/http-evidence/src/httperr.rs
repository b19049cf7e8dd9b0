//! HTTP.sys's error log: requests that never reached IIS's pipeline, and connections that were dropped.
//!
//! Source of the format: Microsoft Learn, "Error logging in HTTP APIs" (KB 820729).

mod reason;

use std::collections::HashMap;
use std::io::BufRead;

use falconer_observation::Timestamp;

pub use reason::{REASONS, Reason, Side, reason};

use crate::extended_log::{
    Columns, Field, GROUP_LIMIT, LINE_LIMIT, Layout, Row, Span, Stamp, is_log as is_extended_log, number,
    sample,
};
use crate::lines::{Line, Lines};
use crate::{Place, Stopped};

/// What an HTTPERR log tells.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Log {
    /// The rows by kind, in the order in which each kind came first.
    pub kinds: Vec<Kind>,
    /// All rows.
    pub rows: u64,
    /// The time of the first row (UTC).
    pub first: Option<Timestamp>,
    /// The time of the last row (UTC).
    pub last: Option<Timestamp>,
    /// Lines that do not have the columns that `#Fields:` names.
    pub unread_lines: u64,
    /// There were more kinds than are told apart; the further ones are only in `rows`.
    pub more_kinds: bool,
    /// The log could not be read to its end.
    pub stopped: Option<Stopped>,
}

/// Rows with the same reason, queue, site and status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kind {
    /// `s-reason`: `AppOffline`, `QueueFull`, …; what it means is told by [`reason`].
    pub reason: Option<String>,
    /// `s-queuename`: the application pool.
    pub queue: Option<String>,
    /// `s-siteid`.
    pub site_id: Option<u32>,
    /// `sc-status`: the status that HTTP.sys answered, when it answered.
    pub status: Option<u16>,
    /// How many rows.
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
}

/// Reads an HTTPERR log. Memory does not grow with the log.
pub fn read(input: impl BufRead) -> Log {
    let mut lines = Lines::new(input, LINE_LIMIT);
    let mut columns = Columns::new();
    let mut layout = Layout::empty();
    let mut tally = Tally::default();
    while let Some(line) = lines.next_line() {
        let bytes = line.bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line.bytes);
        match bytes {
            [] => {}
            [b'#', ..] => {
                layout.take_directive(bytes);
            }
            _ => tally.take(&columns.split(bytes), &layout, &line),
        }
    }
    tally.finish(lines.stopped())
}

/// Whether a text that begins with `prefix` is such a log.
pub fn is_log(prefix: &str) -> bool {
    is_extended_log(prefix, |line| line.contains("Microsoft HTTP API") || line.contains("s-reason"))
}

#[derive(Debug, Default)]
struct Tally {
    index: HashMap<Vec<u8>, usize>,
    kinds: Vec<(Kind, Span)>,
    times: Span,
    log: Log,
}

impl Tally {
    fn take(&mut self, row: &Row<'_>, layout: &Layout, line: &Line<'_>) {
        let has_reason = layout.column(Field::Reason).is_some();
        if !has_reason || row.len() < layout.count || line.cut {
            self.log.unread_lines += 1;
            return;
        }
        self.log.rows += 1;
        let stamp = Stamp::of(row, layout);
        self.times.add(stamp);
        let parts = [
            row.field(layout, Field::Reason),
            queue(row, layout),
            row.field(layout, Field::SiteId),
            row.field(layout, Field::Status),
        ];
        let mut key = Vec::new();
        for part in parts {
            key.extend_from_slice(part.unwrap_or_default());
            key.push(b'\n');
        }
        if let Some((kind, times)) = self.index.get(&key).and_then(|&kind| self.kinds.get_mut(kind)) {
            kind.count += 1;
            kind.last_place = line.place();
            times.add(stamp);
        } else if self.kinds.len() < GROUP_LIMIT {
            let mut times = Span::default();
            times.add(stamp);
            self.index.insert(key, self.kinds.len());
            self.kinds.push((first_of_kind(parts, line), times));
        } else {
            self.log.more_kinds = true;
        }
    }

    fn finish(self, stopped: Option<Stopped>) -> Log {
        let finished =
            |(kind, times): (Kind, Span)| Kind { first: times.first(), last: times.last(), ..kind };
        Log {
            kinds: self.kinds.into_iter().map(finished).collect(),
            first: self.times.first(),
            last: self.times.last(),
            stopped,
            ..self.log
        }
    }
}

fn first_of_kind([reason, queue, site_id, status]: [Option<&[u8]>; 4], line: &Line<'_>) -> Kind {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Kind {
        reason: reason.map(text),
        queue: queue.map(text),
        site_id: site_id.and_then(number).and_then(|id| u32::try_from(id).ok()),
        status: status.and_then(number).and_then(|status| u16::try_from(status).ok()),
        count: 1,
        first: None,
        last: None,
        first_place: line.place(),
        last_place: line.place(),
        sample: sample(line.bytes),
    }
}

/// The queue. The name of an application pool may have blanks; what a row has too many columns of is its.
fn queue<'a>(row: &Row<'a>, layout: &Layout) -> Option<&'a [u8]> {
    let column = layout.column(Field::Queue)?;
    row.columns(column, column + row.len().saturating_sub(layout.count)).filter(|name| *name != b"-")
}

#[cfg(test)]
mod tests;

//! The debug log of the ASP.NET Core Module (`aspnetcore-debug.log`), of every era.
//!
//! A line is `[module] message` up to 5.0 and `[time, PID: n] [module] message` since 6.0. Messages may have
//! line breaks: what does not start a record belongs to the one before. Sources: `debugutil.cpp`,
//! `EventLog.cpp`.

mod header;
mod marker;
mod record;
mod startup;

use std::io::BufRead;

pub use header::Header;
pub use marker::Marker;
pub use record::Record;
pub use startup::{Reached, Startup, Startups};

use crate::Stopped;
use crate::lines::{Line, Lines};

/// The longest message that is kept, in bytes. An event has at most 31,839 characters.
pub const MESSAGE_LIMIT: usize = 128 * 1024;

/// The end of an event's text in the log.
const EVENT_END: &str = "End Event Log Message.";

/// The records of a log, one after the other. Memory does not grow with the log.
#[derive(Debug)]
pub struct Records<R> {
    lines: Lines<R>,
    /// The record that the next lines may belong to.
    open: Option<Record>,
    /// The open record is an event whose end was read; what follows is not the module's.
    closed: bool,
    foreign_lines: u64,
}

impl<R: BufRead> Records<R> {
    /// The records of `input`.
    pub fn new(input: R) -> Self {
        Records { lines: Lines::new(input, MESSAGE_LIMIT), open: None, closed: false, foreign_lines: 0 }
    }

    /// Lines that belong to no record: before the first one, and behind the end of an event. A log to which
    /// the module writes its lines together with an app's output has them.
    pub fn foreign_lines(&self) -> u64 {
        self.foreign_lines
    }

    /// Why the log could not be read to its end, when it could not.
    pub fn stopped(self) -> Option<Stopped> {
        self.lines.stopped()
    }
}

impl<R: BufRead> Iterator for Records<R> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        while let Some(line) = self.lines.next_line() {
            if let Some(record) = Record::start(&line) {
                self.closed = false;
                if let Some(done) = self.open.replace(record) {
                    return Some(done);
                }
            } else {
                match &mut self.open {
                    Some(record) if !self.closed => self.closed = join(record, &line),
                    _ if line.bytes.trim_ascii().is_empty() => {}
                    _ => self.foreign_lines += 1,
                }
            }
        }
        self.open.take()
    }
}

/// Adds a line to the record that it continues. True when the record ends with it.
fn join(record: &mut Record, line: &Line<'_>) -> bool {
    record.push("\n");
    record.push(&String::from_utf8_lossy(line.bytes));
    record.cut |= line.cut;
    record.place = record.place.until(&line.place());
    record.is_event() && line.bytes.trim_ascii() == EVENT_END.as_bytes()
}

/// Whether a text that begins with `prefix` is such a log: one of its first lines is a record of the module.
pub fn is_debug_log(prefix: &str) -> bool {
    prefix.lines().take(20).any(|line| {
        let line = Line { bytes: line.as_bytes(), number: 1, start: 0, cut: false };
        Record::start(&line).is_some_and(|record| record.is_of_module())
    })
}

#[cfg(test)]
mod tests;

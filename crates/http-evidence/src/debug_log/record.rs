//! A record of the log.

use falconer_observation::Timestamp;

use super::{EVENT_END, Header, MESSAGE_LIMIT};
use crate::Place;
use crate::lines::Line;

/// A record: a message and what stands before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// When (UTC), since 6.0.
    pub time: Option<Timestamp>,
    /// The process, since 6.0.
    pub pid: Option<u32>,
    /// The dll that wrote it: `aspnetcorev2.dll`, `aspnetcorev2_inprocess.dll`, `aspnetcorev2_outofprocess.dll`.
    pub module: String,
    /// The message, with its line breaks.
    pub message: String,
    /// The message is longer than what is kept.
    pub cut: bool,
    /// From the start of its first line to the end of its last one.
    pub place: Place,
}

impl Record {
    /// The record that starts with a line.
    pub(super) fn start(line: &Line<'_>) -> Option<Record> {
        let text = line.bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line.bytes);
        let text = text.trim_ascii_start();
        if text.first() != Some(&b'[') {
            return None;
        }
        let text = String::from_utf8_lossy(text);
        let (time, pid, rest) = match stamp(&text) {
            Some((time, pid, rest)) => (Some(time), Some(pid), rest),
            None => (None, None, &*text),
        };
        let (module, message) = rest.strip_prefix('[')?.split_once(']')?;
        let is_module = !module.is_empty() && module.len() <= 64 && !module.contains(char::is_whitespace);
        if !is_module || (time.is_none() && !is_module_name(module)) {
            return None;
        }
        let mut record = Record {
            time,
            pid,
            module: module.to_owned(),
            message: String::new(),
            cut: line.cut,
            place: line.place(),
        };
        record.push(message.strip_prefix(' ').unwrap_or(message));
        Some(record)
    }

    /// Adds to the message, as far as there is room.
    pub(super) fn push(&mut self, text: &str) {
        let room = MESSAGE_LIMIT.saturating_sub(self.message.len());
        let kept = text.get(..text.floor_char_boundary(room)).unwrap_or(text);
        self.cut |= kept.len() < text.len();
        self.message.push_str(kept);
    }

    /// Whether a dll of the module wrote it.
    pub fn is_of_module(&self) -> bool {
        is_module_name(&self.module)
    }

    /// What a header says: `Initializing logs for '…'`.
    pub fn header(&self) -> Option<Header> {
        Header::parse(&self.message)
    }

    /// Whether it repeats an event.
    pub(super) fn is_event(&self) -> bool {
        self.message.starts_with(EVENT_START)
    }

    /// The text of the event that it repeats: `Event Log: '…'` up to `End Event Log Message.`.
    pub fn event_text(&self) -> Option<&str> {
        let text = self.message.strip_prefix(EVENT_START)?;
        let text = text.rsplit_once(EVENT_END).map_or(text, |(text, _)| text).trim_end();
        Some(text.strip_suffix('\'').unwrap_or(text))
    }
}

/// The start of a message that repeats an event.
const EVENT_START: &str = "Event Log: '";

/// Whether that is the name of one of the module's dlls.
fn is_module_name(name: &str) -> bool {
    let starts = name.get(..10).is_some_and(|start| start.eq_ignore_ascii_case("aspnetcore"));
    let ends = name
        .len()
        .checked_sub(4)
        .and_then(|at| name.get(at..))
        .is_some_and(|end| end.eq_ignore_ascii_case(".dll"));
    starts && ends
}

/// Time and process of `[2021-07-28T19:23:44.076Z, PID: 11020] `, and what follows.
fn stamp(text: &str) -> Option<(Timestamp, u32, &str)> {
    let (stamp, rest) = text.strip_prefix('[')?.split_once("] ")?;
    let (time, pid) = stamp.split_once(", PID: ")?;
    let time = Timestamp::parse_iso(time)?;
    Some((Timestamp { utc: true, ..time }, pid.parse().ok()?, rest))
}

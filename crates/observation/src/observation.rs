//! A piece of evidence.

use crate::{Channel, Source, Timestamp, WinEvent};

/// A piece of evidence: a text, or an event, with its origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// The place it showed in.
    pub channel: Channel,
    /// Where it came from.
    pub source: Source,
    /// When it was written, where the evidence tells.
    pub time: Option<Timestamp>,
    /// The worker process that it is about, where its source tells.
    pub pid: Option<u32>,
    /// The text, decoded to UTF-8, with its own line breaks.
    pub text: String,
    /// The event's fields, when it is one.
    pub event: Option<WinEvent>,
    /// How often the same text was seen, when a reader folded repetitions; at least 1.
    pub count: u64,
}

impl Observation {
    /// An observation of a text seen once.
    pub fn new(channel: Channel, source: Source, text: impl Into<String>) -> Self {
        Observation { channel, source, time: None, pid: None, text: text.into(), event: None, count: 1 }
    }

    /// An observation of an event, with the event's own time and text.
    pub fn of_event(source: Source, event: WinEvent) -> Self {
        Observation {
            channel: Channel::EventLog,
            source,
            time: event.time,
            pid: None,
            text: event.text(),
            event: Some(event),
            count: 1,
        }
    }
}

/// Something a reader wants the user to know about an input: it could not be read, or not whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The input.
    pub source: Source,
    /// What is the matter.
    pub kind: NoticeKind,
    /// A sentence fragment for the user: what happened and what was done about it.
    pub text: String,
}

/// The kinds of [`Notice`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoticeKind {
    /// Nothing of the input could be used.
    Unreadable,
    /// The input is damaged or ends early; the rest was read.
    Damaged,
    /// A bound was reached (size, count, depth, time); the rest was left out.
    Bounded,
    /// The input is of a kind that tells nothing here.
    Skipped,
}

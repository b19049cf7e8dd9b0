//! Windows events.

use crate::Timestamp;

/// The level of a Windows event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventLevel {
    /// Level 1.
    Critical,
    /// Level 2.
    Error,
    /// Level 3.
    Warning,
    /// Levels 0 and 4.
    Information,
    /// Level 5.
    Verbose,
}

impl EventLevel {
    /// From the number of the `Level` element.
    pub fn from_number(level: u64) -> Option<Self> {
        Some(match level {
            1 => EventLevel::Critical,
            2 => EventLevel::Error,
            3 => EventLevel::Warning,
            0 | 4 => EventLevel::Information,
            5 => EventLevel::Verbose,
            _ => return None,
        })
    }
}

/// One Windows event, from whatever form it was saved in. What a form does not tell stays `None` or empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WinEvent {
    /// The provider or source, as written (`IIS AspNetCore Module V2`, `.NET Runtime`).
    pub provider: Option<String>,
    /// The event id, without qualifiers.
    pub id: Option<u32>,
    /// The level.
    pub level: Option<EventLevel>,
    /// When it was written.
    pub time: Option<Timestamp>,
    /// The log (`Application`, `System`, …).
    pub log: Option<String>,
    /// The computer.
    pub computer: Option<String>,
    /// The record id.
    pub record: Option<u64>,
    /// The process that wrote it (`Execution ProcessID`), when not 0.
    pub process_id: Option<u32>,
    /// The insertion strings, named where the form names them, in order.
    pub data: Vec<(Option<String>, String)>,
    /// The rendered message, where the form has one. When it has none, [`WinEvent::text`] joins the data.
    pub message: Option<String>,
}

impl WinEvent {
    /// The message as text: the rendered one, or the insertion strings, one a line.
    pub fn text(&self) -> String {
        if let Some(message) = &self.message {
            return message.clone();
        }
        let mut text = String::new();
        for (name, value) in &self.data {
            if !text.is_empty() {
                text.push('\n');
            }
            if let Some(name) = name {
                text.push_str(name);
                text.push_str(": ");
            }
            text.push_str(value);
        }
        text
    }
}

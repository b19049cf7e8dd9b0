//! What reading a text yields.

use std::ops::Range;

use falconer_observation::WinEvent;
use thiserror::Error;

/// Bounds on what is read from one text.
pub mod limits {
    /// Events; what stands behind the last one is handed back as rest.
    pub const EVENTS: usize = 1_000_000;
    /// Bytes of one message or insertion string; the remainder is cut off. Windows itself bounds a string to
    /// 31,839 UTF-16 units.
    pub const TEXT: usize = 256 * 1024;
    /// Insertion strings of one event.
    pub const STRINGS: usize = 256;
    /// Problems.
    pub const PROBLEMS: usize = 1000;
}

/// The forms in which Windows events are written down as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// Event XML: `wevtutil`, Event Viewer's "Save as" and "XML view", Azure's `eventlog.xml`.
    Xml,
    /// Event XML that was HTML-escaped once more (`&lt;Event&gt;`).
    EscapedXml,
    /// The tree of the "Details" tab's friendly view, copied as text.
    Details,
    /// Event Viewer's "Save as" `.csv` and `.txt`.
    ViewerCsv,
    /// `Get-WinEvent` or `Get-EventLog`, `Format-List`.
    PowerShellList,
    /// `Get-WinEvent` or `Get-EventLog`, `Format-Table`.
    PowerShellTable,
    /// `Get-WinEvent` or `Get-EventLog`, `Export-Csv`.
    PowerShellCsv,
    /// `Get-WinEvent` or `Get-EventLog`, `ConvertTo-Json`.
    PowerShellJson,
    /// Labelled lines: Event Viewer's copy button, `wevtutil /f:text`.
    General,
    /// A bare "The description for Event ID … cannot be found" with its insertion strings.
    MissingDescription,
    /// A message below a line that names provider, id or level in somebody's own words.
    Loose,
}

/// What [`read`](crate::read) found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// The form of the first event.
    pub form: Option<Form>,
    /// The events, in the order of the text; their ranges do not overlap.
    pub events: Vec<Located>,
    /// The parts of the text that are no event (byte ranges, in order, not overlapping, none blank).
    pub rest: Vec<Range<usize>>,
    /// What was damaged or left out, in the order of the text.
    pub problems: Vec<Problem>,
}

/// An event and its place in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    /// The event.
    pub event: WinEvent,
    /// The form it was written in.
    pub form: Form,
    /// Its bytes in the text, envelope included; both ends are character boundaries.
    pub bytes: Range<usize>,
    /// The line it starts in, counted from 1.
    pub line: u32,
}

/// A damaged spot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line, counted from 1.
    pub line: u32,
    /// What is the matter, and what was done about it.
    pub what: Damage,
}

/// The kinds of damage.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Damage {
    /// An event's end without its beginning, as rotated logs have it.
    #[error("the beginning of this event is missing; it was left out")]
    NoBeginning,
    /// An event that breaks off.
    #[error("this event breaks off; what stands before the break was read")]
    BreaksOff,
    /// XML that is not well-formed.
    #[error("the XML of this event is broken ({0}); the rest of it was read")]
    Malformed(String),
    /// A row of a table or CSV that does not fit its header.
    #[error("this line does not fit the columns of its table; it was left out")]
    Row,
    /// A quoted field that is never closed.
    #[error("a quotation mark is opened here and never closed; the field was ended before the next event")]
    OpenQuote,
    /// A JSON document that breaks off or is not JSON.
    #[error("the JSON is broken ({0}); the events before the break were read")]
    Json(String),
    /// A text above [`limits::TEXT`], or more strings than [`limits::STRINGS`].
    #[error("this event is longer than {} KiB a text or {} strings; the remainder was left out", limits::TEXT / 1024, limits::STRINGS)]
    TooLong,
    /// More events than [`limits::EVENTS`].
    #[error("there are more than {} events; the remaining text was not read as events", limits::EVENTS)]
    TooMany,
}

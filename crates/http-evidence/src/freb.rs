//! Failed Request Tracing: what IIS and its modules did with one request.
//!
//! Source of the format: Microsoft Learn, "Troubleshooting Failed Requests Using Tracing", and the trace files
//! themselves; the module's events are those of `ancm.mof`.

mod error_status;
mod trace;

use falconer_observation::Timestamp;

use crate::Place;

pub use error_status::{ModuleError, pasted_errors};

/// How many events of a trace are kept.
pub const EVENT_LIMIT: usize = 500;
/// The longest value that is kept, in bytes.
pub const VALUE_LIMIT: usize = 16 * 1024;

/// A traced request.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FailedRequest {
    /// `url`.
    pub url: Option<String>,
    /// `siteId`: the `5` of `/LM/W3SVC/5`.
    pub site_id: Option<u32>,
    /// `appPoolId`: the name of the application pool.
    pub app_pool: Option<String>,
    /// `processId`: the worker process.
    pub process_id: Option<u32>,
    /// `verb`.
    pub method: Option<String>,
    /// `tokenUserName`: the account that the request ran under.
    pub token_user: Option<String>,
    /// `authenticationType`.
    pub authentication: Option<String>,
    /// `failureReason`: `STATUS_CODE`, `TIME_TAKEN`, …
    pub failure_reason: Option<String>,
    /// `statusCode`: the status that was sent.
    pub status: Option<u16>,
    /// The substatus that was sent.
    pub substatus: Option<u16>,
    /// `triggerStatusCode`, as written: the status that started the trace.
    pub trigger_status: Option<String>,
    /// `timeTaken`, in milliseconds.
    pub time_taken_ms: Option<u64>,
    /// The time of the first event (UTC).
    pub time: Option<Timestamp>,
    /// The events that decide: errors set by modules, everything of the ASP.NET Core Module, start, end and answer
    /// of the request, and warnings and errors of anything.
    pub events: Vec<TraceEvent>,
    /// All events that were read.
    pub event_count: u64,
    /// Events or values were left out, for there are too many or they are too long.
    pub cut: bool,
    /// The trace is damaged; what stands before the damage was read.
    pub damage: Option<TraceDamage>,
    /// From the trace's start to its end.
    pub place: Place,
}

/// An event of a trace.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TraceEvent {
    /// What happened: `MODULE_SET_RESPONSE_ERROR_STATUS`, `ANCM_START_APPLICATION_FAIL`.
    pub name: String,
    /// Its provider (`WWW Server`).
    pub provider: Option<String>,
    /// Its level: 1 critical, 2 error, 3 warning.
    pub level: Option<u8>,
    /// When (UTC).
    pub time: Option<Timestamp>,
    /// Its values by name, in the order of the file.
    pub data: Vec<(String, String)>,
    /// Values as IIS describes them: `Access is denied. (0x80070005)` for an error code.
    pub described: Vec<(String, String)>,
    /// The element.
    pub place: Place,
}

/// Where and why a trace could not be read on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TraceDamage {
    /// The line, counted from 1.
    pub line: u32,
    /// What is wrong.
    pub reason: String,
}

/// A text is not a trace.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TraceError {
    /// There is no `<failedRequest>`.
    #[error("no <failedRequest> element: this is not a file of Failed Request Tracing")]
    NotATrace,
    /// The text is damaged before the start of the trace.
    #[error("line {line}: {reason}; the file of Failed Request Tracing is damaged at its start")]
    Damaged {
        /// The line, counted from 1.
        line: u32,
        /// What is wrong.
        reason: String,
    },
}

/// Reads a trace. Entities other than XML's own five are left as they are written.
///
/// # Errors
/// When there is no trace in `xml`. A trace that breaks off is no error: see [`FailedRequest::damage`].
pub fn read(xml: &str) -> Result<FailedRequest, TraceError> {
    trace::read(xml)
}

/// Whether a text that begins with `prefix` is a trace.
pub fn is_trace(prefix: &str) -> bool {
    prefix.trim_start_matches('\u{feff}').trim_start().starts_with('<') && prefix.contains("<failedRequest")
}

impl FailedRequest {
    /// The errors that modules set on the response, in order; the last one was sent.
    pub fn module_errors(&self) -> Vec<ModuleError> {
        self.events.iter().filter_map(ModuleError::of_event).collect()
    }

    /// The body of the answer, as far as the trace has it.
    pub fn response_body(&self) -> String {
        let parts = self.events.iter().filter(|event| event.name == "GENERAL_RESPONSE_ENTITY_BUFFER");
        parts.filter_map(|event| event.get("Buffer")).collect()
    }
}

impl TraceEvent {
    /// A value by its name: as described, or else as it is.
    pub fn get(&self, name: &str) -> Option<&str> {
        let all = self.described.iter().chain(&self.data);
        all.into_iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

#[cfg(test)]
mod tests;

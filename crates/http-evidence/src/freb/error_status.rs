//! The event that says which module set the status, and why.

use memchr::memmem;

use super::{TraceEvent, VALUE_LIMIT};
use crate::Place;
use crate::place::LineIndex;

/// A module set an error on the response (`MODULE_SET_RESPONSE_ERROR_STATUS`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ModuleError {
    /// `ModuleName`.
    pub module: Option<String>,
    /// `Notification`: the step of the request pipeline (`EXECUTE_REQUEST_HANDLER`).
    pub notification: Option<String>,
    /// `HttpStatus`.
    pub status: Option<u16>,
    /// `HttpSubStatus`.
    pub substatus: Option<u16>,
    /// `HttpReason`.
    pub reason: Option<String>,
    /// `ErrorCode` as a number: an HRESULT or a Win32 code; `None` for success.
    pub error_code: Option<u32>,
    /// `ErrorCode` in words, in the server's language.
    pub error_text: Option<String>,
    /// `ConfigExceptionInfo`: what is wrong with which configuration file.
    pub config_exception: Option<String>,
    /// Where it stands.
    pub place: Place,
}

impl ModuleError {
    /// The error of an event, when it is such an event.
    pub(super) fn of_event(event: &TraceEvent) -> Option<ModuleError> {
        if event.name != "MODULE_SET_RESPONSE_ERROR_STATUS" {
            return None;
        }
        Some(ModuleError::of_values(|name| event.get(name), event.place.clone()))
    }

    fn of_values<'a>(get: impl Fn(&str) -> Option<&'a str>, place: Place) -> ModuleError {
        let text = |name| get(name).map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned);
        let number = |name| get(name).and_then(|value| value.trim().parse().ok());
        let (error_code, error_text) = get("ErrorCode").map_or((None, None), code_and_text);
        ModuleError {
            module: text("ModuleName"),
            notification: text("Notification"),
            status: number("HttpStatus"),
            substatus: number("HttpSubStatus"),
            reason: text("HttpReason"),
            error_code,
            error_text,
            config_exception: text("ConfigExceptionInfo"),
            place,
        }
    }
}

/// `Access is denied. (0x80070005)` or `2147942405`, as a number and in words.
fn code_and_text(value: &str) -> (Option<u32>, Option<String>) {
    let value = value.trim();
    if let Ok(number) = value.parse() {
        return (Some(number).filter(|number| *number != 0), None);
    }
    let Some((words, rest)) = value.rsplit_once("0x") else { return (None, Some(value.to_owned())) };
    let digits = rest.split(|c: char| !c.is_ascii_hexdigit()).next().unwrap_or_default();
    let number = u32::from_str_radix(digits, 16).ok();
    let words = words.trim_end_matches(['(', ' ', '\r', '\n']).to_owned();
    (number.filter(|number| *number != 0), Some(words).filter(|words| !words.is_empty()))
}

/// The events of that kind in text copied from the view of a trace:
/// `ModuleName="AspNetCoreModuleV2", Notification="EXECUTE_REQUEST_HANDLER", HttpStatus="500", …`.
pub fn pasted_errors(text: &str) -> Vec<ModuleError> {
    let lines = LineIndex::new(text);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(offset) = text.as_bytes().get(at..).and_then(|rest| memmem::find(rest, b"ModuleName=\"")) {
        let start = at + offset;
        let (pairs, length) = pairs(text.get(start..).unwrap_or_default());
        at = start + length.max(1);
        let get = |name: &str| pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
        let error = ModuleError::of_values(get, lines.place(start..start + length));
        if error.status.is_some() {
            found.push(error);
        }
    }
    found
}

/// The pairs `name="value"`, parted by commas, with which `text` starts, and how long they are.
fn pairs(text: &str) -> (Vec<(&str, &str)>, usize) {
    /// The event has seven values.
    const PAIR_LIMIT: usize = 16;
    let mut pairs = Vec::new();
    let mut used = 0;
    let mut rest = text;
    while pairs.len() < PAIR_LIMIT {
        let name_length = rest.bytes().take_while(u8::is_ascii_alphanumeric).take(64).count();
        let Some((name, value)) = rest.split_at_checked(name_length) else { break };
        let Some(value) = value.strip_prefix("=\"").filter(|_| !name.is_empty()) else { break };
        let value = value.get(..value.floor_char_boundary(VALUE_LIMIT)).unwrap_or(value);
        let Some((value, _)) = value.split_once('"') else { break };
        pairs.push((name, value));
        used = text.len() - rest.len() + name.len() + 2 + value.len() + 1;
        rest = text.get(used..).unwrap_or_default().trim_start_matches([',', ' ', '\r', '\n', '\t', ';']);
    }
    (pairs, used)
}

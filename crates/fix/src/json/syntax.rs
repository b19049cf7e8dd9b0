//! Commas too many or too few, and Windows paths with single backslashes. A repair is offered only when the text is
//! JSON with it.

use falconer_dotnet::json::{Dialect, JsonError, JsonReason, parse};
use falconer_iis_config::{Edit, Span};

use super::edits;
use super::tokens::{next_significant, significant_end, string_end};
use crate::Fix;
use crate::steps::Steps;

/// Faults often come together; more than these are left to people.
const MOST: usize = 32;

/// What one step does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// A comma before `}` or `]`: what stands there is complete without it.
    TrailingComma,
    /// A comma where a value or a name was to come; one may have been lost.
    ExtraComma,
    MissingComma,
    Backslashes,
}

impl Step {
    fn text(self) -> &'static str {
        match self {
            Step::TrailingComma => "delete the comma after the last entry",
            Step::ExtraComma => "delete a comma too many",
            Step::MissingComma => "insert the missing comma",
            Step::Backslashes => "double the backslashes of a path",
        }
    }
}

/// Repairs the syntax of a text.
pub(super) fn repair(text: &str, dialect: Dialect) -> Option<Fix> {
    let mut steps = Steps::new(text);
    let mut done: Vec<Step> = Vec::new();
    // The reader names the first fault only; the next shows when that one is gone.
    for _ in 0..MOST {
        let error = match parse(steps.text().as_bytes(), dialect) {
            Ok(_) if done.is_empty() => return None,
            Ok(_) => return Some(fix(steps, done)),
            Err(error) => error,
        };
        let (step, edit) = step(steps.text(), &error)?;
        done.push(step);
        steps.make(edit)?;
    }
    None
}

fn fix(steps: Steps, mut done: Vec<Step>) -> Fix {
    let safe = done.iter().all(|step| *step == Step::TrailingComma);
    done.dedup();
    let done: Vec<&str> = done.into_iter().map(Step::text).collect();
    let mut text = format!("{}.", done.join("; "));
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    edits(safe, text, steps.into_edits())
}

fn step(text: &str, error: &JsonError) -> Option<(Step, Edit)> {
    let byte = |at: usize| text.as_bytes().get(at).copied();
    let here = byte(error.offset);
    let before = significant_end(text, error.offset);
    match error.reason {
        JsonReason::MissingName | JsonReason::InvalidValue => {
            let last = before.checked_sub(1)?;
            match here {
                Some(b',') => Some((Step::ExtraComma, delete(error.offset))),
                Some(b'}' | b']') if byte(last) == Some(b',') => Some((Step::TrailingComma, delete(last))),
                _ => None,
            }
        }
        JsonReason::MissingCommaInObject | JsonReason::MissingCommaInArray => {
            Some((Step::MissingComma, Edit::insert(before, ",")))
        }
        JsonReason::BadEscape => Some((Step::Backslashes, backslashes(text, error.offset)?)),
        _ => None,
    }
}

fn delete(at: usize) -> Edit {
    Edit::delete(Span::new(at, at + 1))
}

/// Doubles each backslash of the string around a byte; `None` where some are doubled already.
fn backslashes(text: &str, inside: usize) -> Option<Edit> {
    let mut start = next_significant(text, 0);
    while start < inside {
        let byte = text.as_bytes().get(start)?;
        let end = if *byte == b'"' { string_end(text.as_bytes(), start) } else { start + 1 };
        if end > inside {
            break;
        }
        start = next_significant(text, end);
    }
    let end = string_end(text.as_bytes(), start);
    let string = text.get(start..end)?.strip_prefix('"')?.strip_suffix('"')?;
    // A path has none of these: then the backslashes are escapes, one of them misspelt.
    if string.contains(['\n', '/']) || string.contains("\\\\") || string.contains("\\\"") {
        return None;
    }
    Some(Edit::replace(Span::new(start + 1, end - 1), string.replace('\\', "\\\\")))
}

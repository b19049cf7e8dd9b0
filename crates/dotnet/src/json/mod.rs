//! JSON with the place of every value, read the way hostfxr or the configuration provider reads it.
//!
//! hostfxr uses RapidJSON: comments are allowed, trailing commas are not, and what follows the first value is
//! ignored (dotnet/runtime `json_parser.cpp`). The reasons of errors are worded as RapidJSON words them, and
//! name the same offset, so that they can be held against a host's own message.

mod parser;
mod value;

pub use parser::{MAX_BYTES, MAX_VALUES, parse};
pub use value::{Member, Node, Value};

use crate::text::Position;

/// Whose rules apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// hostfxr and hostpolicy: `*.runtimeconfig.json`, `*.deps.json`.
    HostFxr,
    /// `Microsoft.Extensions.Configuration.Json` on System.Text.Json: comments and trailing commas are allowed,
    /// nothing may follow the value, nesting ends at 64 levels.
    AppSettings,
}

impl Dialect {
    /// Nesting that is still accepted. For hostfxr, which has no limit but its stack, this is a bound of our own.
    const fn max_depth(self) -> usize {
        match self {
            Dialect::HostFxr => 128,
            Dialect::AppSettings => 64,
        }
    }
}

/// A text that is not JSON, or more JSON than is read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{position}: {reason}")]
pub struct JsonError {
    /// The byte the reader stumbled over, counted from the start of the file.
    pub offset: usize,
    /// The same as line and column.
    pub position: Position,
    /// What is wrong.
    pub reason: JsonReason,
}

/// What can be wrong with a JSON text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum JsonReason {
    /// Nothing but white space and comments.
    #[error("The document is empty.")]
    Empty,
    /// Not the start of any value, or a misspelt `true`, `false` or `null`.
    #[error("Invalid value.")]
    InvalidValue,
    /// In an object: no string where a name should start. A comma before `}` reads like this.
    #[error("Missing a name for object member.")]
    MissingName,
    /// No colon after a name.
    #[error("Missing a colon after a name of object member.")]
    MissingColon,
    /// Neither comma nor end after a member.
    #[error("Missing a comma or '}}' after an object member.")]
    MissingCommaInObject,
    /// Neither comma nor end after an element.
    #[error("Missing a comma or ']' after an array element.")]
    MissingCommaInArray,
    /// `\u` without four hex digits.
    #[error("Incorrect hex digit after \\u escape in string.")]
    BadHexDigit,
    /// Half a surrogate pair.
    #[error("The surrogate pair in string is invalid.")]
    BadSurrogate,
    /// A backslash before something else than RFC 8259 names. A Windows path with single backslashes.
    #[error("Invalid escape character in string.")]
    BadEscape,
    /// The text ends inside a string.
    #[error("Missing a closing quotation mark in string.")]
    UnclosedString,
    /// A control character in a string, or bytes that are not UTF-8.
    #[error("Invalid encoding in string.")]
    BadCharacter,
    /// A number beyond 64-bit floating point.
    #[error("Number too big to be stored in double.")]
    NumberTooBig,
    /// A decimal point without digits.
    #[error("Miss fraction part in number.")]
    MissingFraction,
    /// An exponent without digits.
    #[error("Miss exponent in number.")]
    MissingExponent,
    /// A comment that is not closed, or a slash that starts none.
    #[error("Unspecific syntax error.")]
    BadComment,
    /// Something after the end, where nothing may stand.
    #[error("Something follows the end of the document.")]
    TrailingContent,
    /// Nested deeper than is accepted.
    #[error("The document is nested too deep.")]
    TooDeep,
    /// More values than [`MAX_VALUES`].
    #[error("The document has more than {MAX_VALUES} values.")]
    TooManyValues,
    /// More bytes than [`MAX_BYTES`].
    #[error("The document is larger than {MAX_BYTES} bytes.")]
    TooLarge,
}

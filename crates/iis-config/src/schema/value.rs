//! The types of attributes and how IIS reads their values.

/// The type of an attribute, with its bounds, as the schema files name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Any text.
    Text,
    /// Any text in which `%VARIABLE%` is replaced by the worker process' environment (`expanded="true"`).
    ExpandedText,
    /// `true` or `false`.
    Bool,
    /// A whole number (`uint` with `integerRange`).
    Uint {
        /// Smallest.
        min: u32,
        /// Largest.
        max: u32,
    },
    /// `hh:mm:ss` (`timeSpan` with `timeSpanRange`), in seconds.
    TimeSpan {
        /// Shortest, in seconds.
        min: u64,
        /// Longest, in seconds.
        max: u64,
    },
    /// One of some words. The module compares `hostingModel` without regard to case; the schema calls it text.
    OneOf(&'static [&'static str]),
}

/// A value that was read.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Value {
    /// Text, expanded or not.
    Text(String),
    /// A truth value.
    Bool(bool),
    /// A number.
    Uint(u32),
    /// A time, in seconds.
    Seconds(u64),
}

/// Why IIS (or the module) refuses a value.
#[derive(Debug, Clone, PartialEq, Eq, Hash, thiserror::Error)]
pub enum ValueError {
    /// Not a truth value.
    #[error("it is neither true nor false")]
    NotBool,
    /// Not a number.
    #[error("it is not a whole number")]
    NotNumber,
    /// A number out of range.
    #[error("it is outside of {min} to {max}")]
    OutOfRange {
        /// Smallest.
        min: u64,
        /// Largest.
        max: u64,
    },
    /// Minutes or seconds of 60 or more, such as `00:60:00`.
    #[error("minutes and seconds go up to 59; write {instead}")]
    SixtyOrMore {
        /// The same time, written rightly.
        instead: String,
    },
    /// Not of the form hh:mm:ss.
    #[error("it is not a time of the form hh:mm:ss")]
    NotTime,
    /// A time out of range.
    #[error("it is outside of {} to {}", time(*min), time(*max))]
    TimeOutOfRange {
        /// Shortest, in seconds.
        min: u64,
        /// Longest, in seconds.
        max: u64,
    },
    /// Not one of the words.
    #[error("it is none of {}", words.join(", "))]
    NotOneOf {
        /// The words.
        words: &'static [&'static str],
    },
}

impl Kind {
    /// Reads a value as IIS does.
    pub fn read(self, text: &str) -> Result<Value, ValueError> {
        match self {
            Kind::Text | Kind::ExpandedText => Ok(Value::Text(text.to_owned())),
            Kind::Bool => boolean(text).map(Value::Bool).ok_or(ValueError::NotBool),
            Kind::Uint { min, max } => number(text, min, max).map(Value::Uint),
            Kind::TimeSpan { min, max } => {
                let seconds = time_span(text)?;
                let fits = (min..=max).contains(&seconds);
                if fits { Ok(Value::Seconds(seconds)) } else { Err(ValueError::TimeOutOfRange { min, max }) }
            }
            Kind::OneOf(words) => {
                let known = words.iter().any(|word| word.eq_ignore_ascii_case(text));
                if known { Ok(Value::Text(text.to_owned())) } else { Err(ValueError::NotOneOf { words }) }
            }
        }
    }

    /// What a value looks like, for people.
    pub fn expected(self) -> String {
        match self {
            Kind::Text => "a text".to_owned(),
            Kind::ExpandedText => "a text; %VARIABLE% is replaced".to_owned(),
            Kind::Bool => "true or false".to_owned(),
            Kind::Uint { min, max } => format!("a whole number from {min} to {max}"),
            Kind::TimeSpan { min, max } => format!("a time hh:mm:ss from {} to {}", time(min), time(max)),
            Kind::OneOf(words) => words.join(" or "),
        }
    }
}

/// `true` and `false`, in any case.
pub(crate) fn boolean(text: &str) -> Option<bool> {
    if text.eq_ignore_ascii_case("true") {
        Some(true)
    } else if text.eq_ignore_ascii_case("false") {
        Some(false)
    } else {
        None
    }
}

fn number(text: &str, min: u32, max: u32) -> Result<u32, ValueError> {
    let trimmed = text.trim();
    let range = ValueError::OutOfRange { min: min.into(), max: max.into() };
    let digits = |text: &str, hex: bool| {
        !text.is_empty() && text.bytes().all(|b| if hex { b.is_ascii_hexdigit() } else { b.is_ascii_digit() })
    };
    let value = match trimmed.strip_prefix("0x").or_else(|| trimmed.strip_prefix("0X")) {
        Some(hex) if digits(hex, true) => u32::from_str_radix(hex, 16),
        None if digits(trimmed, false) => trimmed.parse(),
        _ if trimmed.strip_prefix('-').is_some_and(|rest| digits(rest, false)) => return Err(range),
        _ => return Err(ValueError::NotNumber),
    };
    value.ok().filter(|value| (min..=max).contains(value)).ok_or(range)
}

/// `[d.]hh:mm:ss`, hours of 24 and more allowed (the schema itself has `29:00:00`); seconds.
fn time_span(text: &str) -> Result<u64, ValueError> {
    let parts: Vec<&str> = text.trim().split(':').collect();
    let &[hours, minutes, seconds] = parts.as_slice() else { return Err(ValueError::NotTime) };
    let (days, hours) = hours.split_once('.').unwrap_or(("0", hours));
    let whole = |text: &str| -> Result<u64, ValueError> {
        let short = (1..=9).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        if short { text.parse().map_err(|_| ValueError::NotTime) } else { Err(ValueError::NotTime) }
    };
    let (days, hours, minutes, seconds) = (whole(days)?, whole(hours)?, whole(minutes)?, whole(seconds)?);
    let total = ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
    if minutes > 59 || seconds > 59 {
        return Err(ValueError::SixtyOrMore { instead: time(total) });
    }
    Ok(total)
}

/// Seconds as `hh:mm:ss`.
fn time(seconds: u64) -> String {
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    const REQUEST_TIMEOUT: Kind = Kind::TimeSpan { min: 0, max: 1_296_000 };

    #[test]
    fn a_time_has_hours_minutes_and_seconds_below_sixty() {
        for (text, seconds) in
            [("00:02:00", 120), ("01:00:00", 3600), ("360:00:00", 1_296_000), ("1.00:00:00", 86_400)]
        {
            assert_eq!(REQUEST_TIMEOUT.read(text), Ok(Value::Seconds(seconds)), "{text}");
        }
        let sixty = REQUEST_TIMEOUT.read("00:60:00").map_err(|error| error.to_string());
        assert_eq!(sixty, Err("minutes and seconds go up to 59; write 01:00:00".to_owned()));
        for text in ["120", "00:02", "", "a:b:c", "-1:00:00", "1:2:3:4", "99999999999:00:00"] {
            assert_eq!(REQUEST_TIMEOUT.read(text), Err(ValueError::NotTime), "{text}");
        }
        let long = REQUEST_TIMEOUT.read("360:00:01").map_err(|error| error.to_string());
        assert_eq!(long, Err("it is outside of 00:00:00 to 360:00:00".to_owned()));
    }

    #[test]
    fn a_number_keeps_its_bounds() {
        let limit = Kind::Uint { min: 0, max: 3600 };
        assert_eq!(limit.read("3600"), Ok(Value::Uint(3600)));
        assert_eq!(limit.read("0x10"), Ok(Value::Uint(16)));
        for text in ["3601", "-1", "99999999999999"] {
            assert_eq!(limit.read(text), Err(ValueError::OutOfRange { min: 0, max: 3600 }), "{text}");
        }
        for text in ["", "12s", "1.5", "0x"] {
            assert_eq!(limit.read(text), Err(ValueError::NotNumber), "{text}");
        }
    }

    #[test]
    fn truth_and_words_ignore_case() {
        assert_eq!(Kind::Bool.read("True"), Ok(Value::Bool(true)));
        assert_eq!(Kind::Bool.read("1"), Err(ValueError::NotBool));
        let model = Kind::OneOf(&["inprocess", "outofprocess"]);
        assert_eq!(model.read("InProcess"), Ok(Value::Text("InProcess".to_owned())));
        assert!(model.read("bogus").is_err());
    }
}

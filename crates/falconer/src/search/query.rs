//! What somebody asks for.

use falconer_dotnet::codes::{self, Code};

use super::Folded;

/// What somebody asks for, taken apart.
#[derive(Debug, Clone)]
pub(crate) struct Query {
    /// As it was given.
    pub(crate) text: String,
    /// The same, made comparable.
    pub(crate) folded: Folded,
    /// Codes that are known.
    pub(crate) codes: Vec<&'static Code>,
    /// Codes as the catalogue writes them, known or not.
    pub(crate) hex: Vec<String>,
    /// An HTTP status, with its substatus if there is one: `500.30`.
    pub(crate) status: Option<String>,
    /// The id of a Windows event.
    pub(crate) event: Option<u32>,
}

impl Query {
    /// Takes it apart.
    pub(crate) fn new(text: &str) -> Self {
        let text = text.trim();
        let words: Vec<&str> = text.split_whitespace().map(trimmed).filter(|word| !word.is_empty()).collect();
        let mut query = Query {
            text: text.to_owned(),
            folded: Folded::new(text),
            codes: Vec::new(),
            hex: Vec::new(),
            status: None,
            event: None,
        };
        if let [word] = words.as_slice() {
            query.number(word);
        } else {
            query.words(&words);
        }
        query
    }

    /// The one word may be a number, and that may be several things.
    fn number(&mut self, word: &str) {
        self.code(word);
        self.status = status(word);
        let Some(number) = decimal(word) else { return };
        self.event = u32::try_from(number).ok();
        // A Win32 error, as the last number of IIS's log lines and in `net helpmsg`.
        if let Ok(win32) = u16::try_from(number)
            && win32 > 0
        {
            self.codes.extend(codes::of_value(0x8007_0000 | u32::from(win32)));
        }
    }

    /// Of several words, only those count as numbers that look like nothing else or are said to be.
    fn words(&mut self, words: &[&str]) {
        for (at, word) in words.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|before| words.get(before));
            let said = before.map(|word| word.to_lowercase()).unwrap_or_default();
            match said.as_str() {
                "event" | "id" => self.event = self.event.or(decimal(word).and_then(|n| n.try_into().ok())),
                "code" | "status" | "exit" | "with" => self.code(word),
                _ if word.starts_with("0x") || word.starts_with("0X") || word.starts_with('-') => {
                    self.code(word);
                }
                _ => {}
            }
            let is_http = matches!(said.as_str(), "error" | "http" | "status") || word.contains('.');
            if is_http && self.status.is_none() {
                self.status = status(word);
            }
        }
    }

    fn code(&mut self, word: &str) {
        for code in codes::lookup(word) {
            if !self.codes.contains(&code) {
                self.codes.push(code);
            }
        }
        let value = match word.strip_prefix("0x").or_else(|| word.strip_prefix("0X")) {
            Some(digits) => u32::from_str_radix(digits, 16).ok(),
            None if word.starts_with('-') => word.parse::<i32>().ok().map(i32::cast_unsigned),
            None => None,
        };
        let values = value.into_iter().chain(self.codes.iter().map(|code| code.value));
        for hex in values.map(crate::reference::hex).collect::<Vec<_>>() {
            if !self.hex.contains(&hex) {
                self.hex.push(hex);
            }
        }
    }
}

/// A word without the punctuation around it.
fn trimmed(word: &str) -> &str {
    word.trim_matches(|c: char| matches!(c, '\'' | '"' | ',' | ';' | ':' | '(' | ')' | '.' | '`' | '#'))
}

fn decimal(word: &str) -> Option<u64> {
    word.bytes().all(|b| b.is_ascii_digit()).then(|| word.parse().ok()).flatten()
}

/// `500.30`, or `502` without a substatus.
fn status(word: &str) -> Option<String> {
    let (status, sub) = word.split_once('.').map_or((word, None), |(status, sub)| (status, Some(sub)));
    let is_status = status.len() == 3 && decimal(status).is_some_and(|n| (400..600).contains(&n));
    let is_sub = sub.is_none_or(|sub| (1..=2).contains(&sub.len()) && decimal(sub).is_some());
    (is_status && is_sub).then(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<&'static str> {
        Query::new(text).codes.iter().map(|code| code.name).collect()
    }

    #[test]
    fn codes_are_read_in_every_notation() {
        for text in ["0x80008083", "80008083", "-2147450749", "2147516547", "131", "exit code 131"] {
            assert!(names(text).contains(&"CoreHostLibMissingFailure"), "{text}");
            assert!(Query::new(text).hex.contains(&"0x80008083".to_owned()), "{text}");
        }
        assert_eq!(names("ErrorCode = '0x80070002'."), ["ERROR_FILE_NOT_FOUND"]);
        assert_eq!(names("193"), ["ERROR_BAD_EXE_FORMAT"], "a Win32 error");
    }

    #[test]
    fn a_code_that_is_not_known_is_still_searched_for() {
        assert_eq!(Query::new("0x80071234").hex, ["0x80071234"]);
    }

    #[test]
    fn statuses_and_events_are_told_from_other_numbers() {
        assert_eq!(Query::new("500.30").status.as_deref(), Some("500.30"));
        assert_eq!(Query::new("HTTP Error 502.5 - Process Failure").status.as_deref(), Some("502.5"));
        assert_eq!(Query::new("503").status.as_deref(), Some("503"));
        assert_eq!(Query::new("1007").event, Some(1007));
        assert_eq!(Query::new("event id 1018").event, Some(1018));
        assert_eq!(Query::new("listens on port 502").status, None);
        assert_eq!(Query::new("version 3.1").status, None);
        assert_eq!(Query::new("99999999999999999999").event, None);
    }
}

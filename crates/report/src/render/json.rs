//! The model as JSON, described by `schemas/report-v1.schema.json`.

use std::fmt::Write as _;

use serde::Serialize;

use crate::clean;
use crate::model::Report;

pub(crate) fn render(report: &Report) -> String {
    to_json(report)
}

/// Pretty JSON with a line end. The characters that act on terminals but that JSON allows as they are (DEL, the C1
/// controls, bidirectional overrides) are escaped too: a reader of the JSON gets the text unchanged.
pub(crate) fn to_json(value: &impl Serialize) -> String {
    let json = serde_json::to_string_pretty(value);
    // The models are strings, numbers and lists of them: there is nothing in them that JSON could not hold.
    debug_assert!(json.is_ok(), "{json:?}");
    let json = json.unwrap_or_default();
    let mut out = String::with_capacity(json.len() + 1);
    for c in json.chars() {
        // Only strings hold such characters; the line ends of the layout are the one exception.
        if clean::acts(c) && c != '\n' {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a `String` cannot fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_acts_on_a_terminal_is_escaped() {
        let json = to_json(&"\u{1b}[2J \u{9b}2J \u{202e}x \u{7f} \u{e0041} ä");
        assert_eq!(json, "\"\\u001b[2J \\u009b2J \\u202ex \\u007f \\udb40\\udc41 ä\"\n");
    }

    proptest! {
        #[test]
        fn the_text_comes_back_unchanged(text in any::<String>()) {
            let json = to_json(&text);
            prop_assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
        }
    }
}

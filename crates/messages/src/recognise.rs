//! Finds many templates in a text.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::{FieldKind, Squeezed, Starts, Template};

/// Finds any of many templates in a text.
#[derive(Debug)]
pub struct Recogniser {
    templates: Vec<Template>,
    starts: Starts,
    /// Which templates begin with the pattern of that number.
    by_start: Vec<Vec<usize>>,
}

/// A template found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// The number of the template, as given to [`Recogniser::new`].
    pub template: usize,
    /// Where it stands in the original text.
    pub span: Range<usize>,
    /// The fields, trimmed; but for those of kind `rest` with white space folded to single blanks.
    pub fields: BTreeMap<String, String>,
    /// How many literal characters matched: of two matches at one place, the longer tells more.
    pub literal: usize,
    /// The text ended within the message.
    pub truncated: bool,
}

impl Recogniser {
    /// Prepares to find these templates.
    pub fn new(templates: Vec<Template>) -> Self {
        let mut starts: BTreeMap<Vec<u8>, Vec<usize>> = BTreeMap::new();
        for (index, template) in templates.iter().enumerate() {
            starts.entry(template.start().to_vec()).or_default().push(index);
        }
        let (patterns, by_start) = starts.into_iter().unzip();
        let starts = Starts::new(patterns);
        Recogniser { templates, starts, by_start }
    }

    /// The templates.
    pub fn templates(&self) -> &[Template] {
        &self.templates
    }

    /// All matches, in the order of their start.
    pub fn find(&self, original: &str) -> Vec<Match> {
        let text = Squeezed::new(original);
        let mut found = Vec::new();
        self.starts.find(text.bytes(), |start, at| {
            let templates = self.by_start[start].iter();
            found.extend(templates.filter_map(|&index| self.match_of(index, original, &text, at)));
        });
        found.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.literal), m.template));
        found
    }

    fn match_of(&self, index: usize, original: &str, text: &Squeezed, at: usize) -> Option<Match> {
        let template = &self.templates[index];
        let raw = template.match_at(original, text, at)?;
        let mut fields = BTreeMap::new();
        for (field, (from, to)) in template.fields().zip(raw.fields) {
            let value = slice(original, text, from, to);
            let value = match field.kind {
                FieldKind::Rest => value.trim().to_owned(),
                _ => value.split_whitespace().collect::<Vec<_>>().join(" "),
            };
            fields.insert(field.name.clone(), value);
        }
        Some(Match {
            template: index,
            span: span(original, text, at, raw.end),
            fields,
            literal: raw.literal,
            truncated: raw.truncated,
        })
    }
}

fn span(original: &str, text: &Squeezed, from: usize, to: usize) -> Range<usize> {
    let start = text.origin(from);
    let end = match to.checked_sub(1) {
        Some(last) if to > from => {
            let at = text.origin(last);
            at + original.get(at..).and_then(|r| r.chars().next()).map_or(0, char::len_utf8)
        }
        _ => start,
    };
    start..end.max(start)
}

fn slice<'a>(original: &'a str, text: &Squeezed, from: usize, to: usize) -> &'a str {
    original.get(span(original, text, from, to)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recogniser(sources: &[&str]) -> Recogniser {
        Recogniser::new(sources.iter().map(|s| Template::parse(s).expect("valid template")).collect())
    }

    fn fields(m: &Match) -> Vec<(&str, &str)> {
        m.fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect()
    }

    const START: &str = "Application '{app}' with physical root '{root}' failed to start process with commandline \
                         '{commandline}' at stage '{stage}', ErrorCode = '0x{code:hex}', assigned port {port:dec}.";

    #[test]
    fn takes_fields_out_of_wrapped_and_escaped_text() {
        let r = recogniser(&[START]);
        let text = "xx Application ‘/LM/W3SVC/1/ROOT’ with physical\r\n   root &#39;C:\\my site\\&#39; failed to start \
                    process with commandline 'dotnet .\\a.dll' at stage 'CreateProcessW', ErrorCode = '0x80070002', \
                    assigned port 19731.";
        let found = r.find(text);
        assert_eq!(found.len(), 1);
        assert_eq!(
            fields(&found[0]),
            [
                ("app", "/LM/W3SVC/1/ROOT"),
                ("code", "80070002"),
                ("commandline", "dotnet .\\a.dll"),
                ("port", "19731"),
                ("root", "C:\\my site\\"),
                ("stage", "CreateProcessW"),
            ]
        );
        assert_eq!(&text[found[0].span.clone()][..11], "Application");
        assert!(text[found[0].span.clone()].ends_with("19731."));
    }

    #[test]
    fn a_message_cut_off_by_the_end_is_still_found() {
        let r = recogniser(&[START]);
        let found = r.find(
            "Application '/LM/W3SVC/1/ROOT' with physical root 'C:\\a\\' failed to start process with comm",
        );
        assert_eq!(found.len(), 1);
        assert!(found[0].truncated);
        assert!(r.find("Application '/LM/W3SVC/1/ROOT' with").is_empty(), "too little to tell");
    }

    #[test]
    fn a_quote_at_the_end_does_not_stand_for_the_rest_of_a_message() {
        let r = recogniser(&[
            START,
            "Application '{app}' with physical root '{root}' failed to choose listen port '{port}'",
        ]);
        assert!(
            r.find("'Application '/a' with physical root 'b' hit unexpected managed exception'").is_empty()
        );
    }

    #[test]
    fn words_are_whole_unless_the_template_says_otherwise() {
        let r = recogniser(&["HTTP Error 500.3", "*InUseException"]);
        assert!(r.find("HTTP Error 500.30").is_empty());
        assert_eq!(r.find("HTTP Error 500.3 - x").len(), 1);
        assert_eq!(r.find("AddressInUseException: x").len(), 1);
        assert!(r.find("InUseExceptional").is_empty());
    }

    #[test]
    fn a_text_field_does_not_run_over_unrelated_lines() {
        let r = recogniser(&["Could not find file '{path}'."]);
        assert!(r.find("Could not find file 'a\nb\nc\nd\ne'.").is_empty());
        assert_eq!(r.find("Could not find file 'C:\\long\npath\\x.json'.").len(), 1);
    }

    #[test]
    fn a_trailing_text_field_is_the_rest_of_the_line() {
        let r = recogniser(&["Unhandled exception. {exception}"]);
        let found = r.find("Unhandled exception. System.Exception: no\n   at A.B()");
        assert_eq!(fields(&found[0]), [("exception", "System.Exception: no")]);
    }
}

//! Headings of error pages: `HTTP Error 500.30 - ASP.NET Core app failed to start`, in any language.

use crate::Place;
use crate::place::TextLine;

/// A heading that names a status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// The status, 400 to 599.
    pub status: u16,
    /// The substatus, when it is named.
    pub substatus: Option<u16>,
    /// What follows the number, without the dash: `ASP.NET Core app failed to start`. Empty when nothing does.
    pub title: String,
    /// From the start of the number's line, or of the words before it, to the end of the title.
    pub place: Place,
}

/// The longest title that is taken; a page pasted on one line has the rest of the page behind its title.
const TITLE_LIMIT: usize = 200;

/// How many headings of a text are told apart; a page has two.
const HEADING_LIMIT: usize = 1000;

/// The headings in `text`, in order; of those that follow each other and say the same, the first.
///
/// Three forms are known: the number after a word with `HTTP` (`HTTP Error 500.19`, `Erreur HTTP 500.19`,
/// `HTTP 错误 500.19`), the number in the title of a page of IIS (`IIS 10.0 Detailed Error - 500.19 - …`,
/// `IIS 502.5 Error`), and a line that starts with status and substatus (`500.30 ASP.NET Core app failed to
/// start`, `Error 500.31 - …`).
pub fn headings(text: &str) -> Vec<Heading> {
    let mut found: Vec<Heading> = Vec::new();
    for line in TextLine::all(text) {
        if let Some(heading) = heading_of_line(&line)
            && found.last().is_none_or(|last| {
                (last.status, last.substatus, &last.title)
                    != (heading.status, heading.substatus, &heading.title)
            })
        {
            found.push(heading);
        }
        if found.len() >= HEADING_LIMIT {
            break;
        }
    }
    found
}

/// The first heading of a line.
fn heading_of_line(line: &TextLine<'_>) -> Option<Heading> {
    let bytes = line.text.as_bytes();
    let mut at = 0;
    while let Some(offset) = bytes.get(at..).and_then(|rest| rest.iter().position(u8::is_ascii_digit)) {
        let start = at + offset;
        let number = Number::read(bytes, start);
        at = number.end;
        let Some((status, substatus)) = number.status() else { continue };
        let before = line.text.get(..start).unwrap_or_default();
        let Some(lead) = lead(before, substatus.is_some()) else { continue };
        let (title, end) = title(line.text, number.end);
        let from = line.start + start - lead;
        let place = Place { line: line.number, bytes: from as u64..(line.start + end) as u64 };
        return Some(Heading { status, substatus, title: title.to_owned(), place });
    }
    None
}

/// Digits and dots that stand together.
struct Number<'a> {
    text: &'a [u8],
    /// A letter, digit or sign before it makes it a part of something else.
    alone: bool,
    end: usize,
}

impl<'a> Number<'a> {
    fn read(bytes: &'a [u8], start: usize) -> Self {
        let rest = bytes.get(start..).unwrap_or_default();
        let mut length = rest.iter().position(|c| !c.is_ascii_digit() && *c != b'.').unwrap_or(rest.len());
        let end = start + length;
        while length > 0 && rest.get(length - 1) == Some(&b'.') {
            length -= 1;
        }
        let before = start.checked_sub(1).and_then(|i| bytes.get(i));
        let after = bytes.get(end);
        let alone = !before
            .is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, b'.' | b'/' | b'_' | b'$'))
            && !after.is_some_and(|c| c.is_ascii_alphanumeric() || *c == b'_');
        Number { text: rest.get(..length).unwrap_or_default(), alone, end }
    }

    fn status(&self) -> Option<(u16, Option<u16>)> {
        if !self.alone {
            return None;
        }
        let mut parts = std::str::from_utf8(self.text).ok()?.split('.');
        let status = parts.next().filter(|part| part.len() == 3)?.parse().ok()?;
        let substatus = match parts.next() {
            Some(part) if part.len() <= 3 => Some(part.parse().ok()?),
            Some(_) => return None,
            None => None,
        };
        ((400..600).contains(&status) && parts.next().is_none()).then_some((status, substatus))
    }
}

/// How many bytes before the number belong to the heading; `None` when what stands before it makes it none.
fn lead(before: &str, has_substatus: bool) -> Option<usize> {
    /// The words around `HTTP` are short in every language.
    const WORDS: usize = 24;
    let mut from = before.len().saturating_sub(WORDS);
    while !before.is_char_boundary(from) {
        from += 1;
    }
    let near = before.get(from..).unwrap_or_default();
    let near = near.rsplit_once(['\t', '|', '>', ';', ',']).map_or(near, |(_, last)| last);
    if let Some(at) = near.rfind("HTTP") {
        let rest = near.get(at + 4..).unwrap_or_default();
        // `HTTP/1.1" 500` is an access log's, `HTTP 1.1 502` a protocol's.
        let is_words = !rest.contains(['/', '"', ':', '.']) && !rest.bytes().any(|c| c.is_ascii_digit());
        return is_words.then(|| {
            let words = near.len() - near.trim_start().len();
            near.len() - words
        });
    }
    let lower = near.trim_end().trim_end_matches(['-', '–', '—', ':']).trim_end().to_ascii_lowercase();
    let of_page = lower.ends_with("detailed error") || lower.ends_with("iis") || lower.ends_with("error");
    let starts_line = before.trim_start_matches([' ', '\t', '*', '#', '"', '\'', '\u{feff}', '•']).is_empty();
    (has_substatus && (of_page || starts_line)).then_some(0)
}

/// The title behind a number that ends at `end`, and where it ends.
fn title(line: &str, end: usize) -> (&str, usize) {
    let rest = line.get(end..).unwrap_or_default();
    let rest = rest.split(['<', '\t', '|', ';']).next().unwrap_or_default();
    let title = rest.trim_start_matches([' ', '-', '–', '—', ':', '.']);
    let start = end + rest.len() - title.len();
    let mut length = title.len().min(TITLE_LIMIT);
    while !title.is_char_boundary(length) {
        length -= 1;
    }
    let title = title.get(..length).unwrap_or_default().trim_end();
    (title, if title.is_empty() { end } else { start + title.len() })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn seen(text: &str) -> Vec<(u16, Option<u16>, String)> {
        headings(text).into_iter().map(|h| (h.status, h.substatus, h.title)).collect()
    }

    #[test]
    fn headings_are_found_in_every_form_and_language() {
        for (text, status, substatus, title) in [
            (
                "HTTP Error 500.30 - ASP.NET Core app failed to start",
                500,
                Some(30),
                "ASP.NET Core app failed to start",
            ),
            ("<h1> HTTP Error 502.5 - Process Failure </h1>", 502, Some(5), "Process Failure"),
            ("HTTP Error 503. The service is unavailable.", 503, None, "The service is unavailable."),
            ("Service Unavailable - HTTP Error 503. The service", 503, None, "The service"),
            ("This page isn’t working; HTTP ERROR 500", 500, None, ""),
            ("HTTP-Fehler 500.19 - Internal Server Error", 500, Some(19), "Internal Server Error"),
            ("Erreur HTTP 403.14 – Forbidden", 403, Some(14), "Forbidden"),
            ("Ошибка HTTP 500.21 - Internal Server Error", 500, Some(21), "Internal Server Error"),
            ("HTTP 错误 500.19 - Internal Server Error", 500, Some(19), "Internal Server Error"),
            ("HTTP エラー 500.0 - Internal Server Error", 500, Some(0), "Internal Server Error"),
            ("IIS 10.0 Detailed Error - 404.3 - Not Found", 404, Some(3), "Not Found"),
            ("IIS 502.5 Error", 502, Some(5), "Error"),
            (
                "Error 500.31 - ANCM Failed to Find Native Dependencies",
                500,
                Some(31),
                "ANCM Failed to Find Native Dependencies",
            ),
            ("  500.19(0x8007000d)", 500, Some(19), "(0x8007000d)"),
            ("502.3", 502, Some(3), ""),
        ] {
            assert_eq!(seen(text), [(status, substatus, title.to_owned())], "{text}");
        }
    }

    #[test]
    fn other_numbers_are_no_headings() {
        for text in [
            "GET / HTTP/1.1\" 500 12",
            "HTTP/1.1 502 Bad Gateway",
            "took 500.30 ms",
            "10.0.500.30 is down",
            "500 rows",
            "version 500.19.1",
            "HTTP Error 200.0 - OK",
            "http://500.30/",
            "v500.30",
        ] {
            assert_eq!(seen(text), [], "{text}");
        }
    }

    #[test]
    fn the_place_of_a_heading_holds_its_words() {
        let text = "x\n<title> HTTP Error 500.30 - Start </title>\n<h1>HTTP Error 500.30 - Start</h1>";
        let all = headings(text);
        assert_eq!(all.len(), 1, "the same heading twice is one");
        let Some(heading) = all.first() else { unreachable!() };
        let range = heading.place.bytes.start as usize..heading.place.bytes.end as usize;
        assert_eq!((heading.place.line, text.get(range)), (2, Some("HTTP Error 500.30 - Start")));
    }

    proptest! {
        #[test]
        fn places_are_in_the_text(text in "(HTTP|Error|Ошибка|错误|50[0-9]\\.[0-9]|[ -~é\n]){0,20}") {
            for heading in headings(&text) {
                let range = heading.place.bytes.start as usize..heading.place.bytes.end as usize;
                let words = text.get(range);
                prop_assert!(words.is_some_and(|words| words.ends_with(&heading.title)));
            }
        }
    }
}

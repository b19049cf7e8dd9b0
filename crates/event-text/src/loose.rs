//! A message behind or below a line in somebody's own words that names provider, id or level:
//! `Event 1004 (Warning)`, `Source: IIS AspNetCore Module`, `[.NET Runtime] …`, `Event 1000, Application Error`.

use crate::draft::Draft;
use crate::lines::{Line, lines};
use crate::properties::Field;
use crate::reading::Form;
use crate::scan::Scan;
use crate::{providers, start, words};

/// A line of hints is no longer than this, in bytes.
const LONGEST: usize = 160;
/// Lines of a message below a line of hints.
const MESSAGE: usize = 400;

/// What a line says about the event below it.
#[derive(Debug, Default, PartialEq, Eq)]
struct Hints<'t> {
    provider: Option<&'t str>,
    id: Option<&'t str>,
    level: Option<&'t str>,
    /// Where the message starts in the line, when it stands on the same.
    message: Option<usize>,
}

/// A line of hints.
pub(crate) fn starts(line: Line<'_>) -> bool {
    hints(line.text).is_some()
}

/// Reads a line of hints and its message: what stands behind it, or the paragraph or fenced block below it.
pub(crate) fn read(scan: &mut Scan<'_>, line: Line<'_>) -> Option<usize> {
    let hints = hints(line.text)?;
    let mut draft = Draft::default();
    for (field, value) in
        [(Field::Provider, hints.provider), (Field::Id, hints.id), (Field::Level, hints.level)]
    {
        draft.set(field, value.unwrap_or(""));
    }
    let (from, below) = match hints.message {
        Some(offset) => (line.start + offset, Block { start: line.next, is_fenced: false }),
        None => {
            let below = Block::below(scan.text, line);
            (below.start, below)
        }
    };
    let end = below.end(scan.text).unwrap_or(line.end());
    draft.set_message(scan.text.get(from..end).unwrap_or(""));
    scan.add(Form::Loose, line.start..end, draft);
    Some(end)
}

/// The lines of a message.
struct Block {
    start: usize,
    is_fenced: bool,
}

impl Block {
    /// What stands below a line, behind a blank line and the opening of a fence at most.
    fn below(text: &str, line: Line<'_>) -> Self {
        let mut block = Block { start: line.next, is_fenced: false };
        for line in lines(text, line.next).take(2) {
            let is_fence = line.text.trim_start().starts_with("```");
            if !is_fence && !line.is_blank() {
                break;
            }
            block = Block { start: line.next, is_fenced: is_fence };
            if is_fence {
                break;
            }
        }
        block
    }

    fn end(&self, text: &str) -> Option<usize> {
        let is_part = |line: &Line<'_>| {
            (self.is_fenced || !line.is_blank()) && !line.is_divider() && !start::is_event(text, *line)
        };
        let part = lines(text, self.start).take(MESSAGE).take_while(is_part);
        part.filter(|line| !line.is_blank()).last().map(|line| line.end())
    }
}

/// The hints of a line that holds nothing else: the source of a well-known name, or an id with a level.
fn hints(line: &str) -> Option<Hints<'_>> {
    let is_dress = |c: char| c.is_whitespace() || matches!(c, '*' | '#');
    if let Some(hints) = bracketed(line) {
        return Some(hints);
    }
    let line = line.trim_matches(is_dress);
    if line.len() > LONGEST {
        return None;
    }
    let mut hints = Hints::default();
    let mut rest = line;
    while !rest.is_empty() {
        let is_between = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '-' | '–');
        rest = next_hint(rest, &mut hints)?.trim_start_matches(is_between);
    }
    // A source's name alone can be a heading of anything.
    let is_named = hints.provider.is_some() && (hints.id.is_some() || providers::leading(line).is_none());
    (is_named || hints.id.is_some() && hints.level.is_some()).then_some(hints)
}

/// `[.NET Runtime] message`.
fn bracketed(line: &str) -> Option<Hints<'_>> {
    let inner = line.trim_start().strip_prefix('[')?;
    let provider = providers::leading(inner)?;
    let message = inner.get(provider.len()..)?.strip_prefix(']')?.trim_start();
    Some(Hints { provider: Some(provider), message: Some(line.len() - message.len()), ..Hints::default() })
}

/// Takes one hint off the front of a line; `None` when the line goes on with something else.
fn next_hint<'t>(rest: &'t str, hints: &mut Hints<'t>) -> Option<&'t str> {
    if let Some(quoted) = rest.strip_prefix("Provider Name=\"") {
        let (provider, behind) = quoted.split_once('"')?;
        return fill(&mut hints.provider, provider, behind);
    }
    if let Some(inner) = rest.strip_prefix('(') {
        // A level, or a remark such as "(five entries)".
        let (inner, behind) = inner.split_once(')')?;
        if hints.level.is_none() && words::level(inner).is_some() {
            hints.level = Some(inner);
        }
        return Some(behind);
    }
    if let Some(provider) = providers::leading(rest) {
        let behind = rest.get(provider.len()..)?;
        return fill(&mut hints.provider, provider, behind);
    }
    for (keys, slot) in [
        (&["Event Source", "Source", "Provider", "ProviderName"][..], &mut hints.provider),
        (
            &[
                "Event ID",
                "EventID",
                "Event",
                "Ereignis",
                "Événement",
                "Evento",
                "Событие",
                "事件",
                "イベント",
            ][..],
            &mut hints.id,
        ),
        (&["Level"][..], &mut hints.level),
    ] {
        if let Some(behind) = keys.iter().find_map(|key| behind_key(rest, key)) {
            let is_provider = keys.contains(&"Source");
            let value = if is_provider { providers::leading(behind)? } else { word(behind) };
            let fits = is_provider
                || value.parse::<u32>().is_ok()
                || keys.contains(&"Level") && words::level(value).is_some();
            let behind = behind.get(value.len()..).filter(|_| fits)?;
            return fill(slot, value, behind);
        }
    }
    None
}

/// What follows a key and its colon, equals sign or blank.
fn behind_key<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    let behind = text.strip_prefix(key)?;
    let value = behind.trim_start_matches([' ', ':', '=']);
    (value.len() < behind.len()).then_some(value)
}

fn word(text: &str) -> &str {
    text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')')).next().unwrap_or("")
}

/// Fills a slot once; a second value of a kind makes the line ambiguous.
fn fill<'t>(slot: &mut Option<&'t str>, value: &'t str, behind: &'t str) -> Option<&'t str> {
    if slot.is_some() || value.is_empty() {
        return None;
    }
    *slot = Some(value);
    Some(behind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_hints_in_many_words() {
        for (line, provider, id, level) in [
            ("Event 1004 (Warning)", None, Some("1004"), Some("Warning")),
            ("Source: IIS AspNetCore Module", Some("IIS AspNetCore Module"), None, None),
            ("Source: WAS (five entries)", Some("WAS"), None, None),
            (
                "Provider Name=\".NET Runtime\" EventID 1026 Level 2",
                Some(".NET Runtime"),
                Some("1026"),
                Some("2"),
            ),
            ("Event 1018, IIS AspNetCore Module V2", Some("IIS AspNetCore Module V2"), Some("1018"), None),
            ("Ereignis 1000, Application Error", Some("Application Error"), Some("1000"), None),
            (
                "Event ID: 1026, Source: .NET Runtime, Level: Error",
                Some(".NET Runtime"),
                Some("1026"),
                Some("Error"),
            ),
            (
                "IIS AspNetCore Module V2 - Event ID 1007",
                Some("IIS AspNetCore Module V2"),
                Some("1007"),
                None,
            ),
        ] {
            let expected = Hints { provider, id, level, message: None };
            assert_eq!(hints(line), Some(expected), "{line}");
        }
    }

    #[test]
    fn a_source_in_brackets_has_its_message_behind_it() {
        let found = hints("[.NET Runtime] Application: w3wp.exe");
        assert_eq!(
            found,
            Some(Hints { provider: Some(".NET Runtime"), message: Some(15), ..Hints::default() })
        );
    }

    #[test]
    fn what_says_more_or_less_is_no_line_of_hints() {
        for no in [
            "",
            "Event 1004",
            "EventId: 11",
            "Source: System.Private.CoreLib",
            "Event 1004 (Warning) was seen twice",
            "Source: WAS, Source: W3SVC",
            "[aspnetcorev2.dll] Initializing logs",
            "WAS stopped the pool",
            "Level: Error",
            "Application Error",
        ] {
            assert_eq!(hints(no), None, "{no}");
        }
    }
}

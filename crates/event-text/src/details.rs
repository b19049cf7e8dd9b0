//! The tree of the "Details" tab's friendly view, copied as text: `+ System`, `- Provider`, `[ Name] …`.
//!
//! Often its line breaks are lost, so the system part is read word by word.

use std::ops::Range;

use crate::draft::Draft;
use crate::lines::{Line, cut, lines, next_filled};
use crate::properties::Field;
use crate::reading::Form;
use crate::scan::Scan;
use crate::start;

/// The system part is shorter than this, in bytes.
const SYSTEM: usize = 4096;
/// Where the strings begin.
const DATA: [&str; 2] = ["EventData", "UserData"];

/// The tree of an event starts in this line.
pub(crate) fn starts(text: &str, line: Line<'_>) -> bool {
    let Some(behind) = line.text.trim_start_matches(is_mark).strip_prefix("System") else { return false };
    let behind = behind.trim_start();
    if !behind.is_empty() {
        return begins(behind, &["Provider"]);
    }
    next_filled(text, line.next, 4)
        .is_some_and(|below| begins(below.text, &["Provider", "EventData", "UserData"]))
}

fn is_mark(c: char) -> bool {
    c.is_whitespace() || matches!(c, '+' | '-')
}

fn begins(text: &str, words: &[&str]) -> bool {
    let first = text.trim_start_matches(is_mark).split_whitespace().next();
    first.is_some_and(|first| words.contains(&first))
}

/// Reads one tree.
pub(crate) fn read(scan: &mut Scan<'_>, line: Line<'_>) -> Option<usize> {
    if !starts(scan.text, line) {
        return None;
    }
    let system = System::read(cut(scan.text.get(line.start..)?, SYSTEM));
    let event = system.draft.event();
    if event.provider.is_none() && event.id.is_none() {
        return None;
    }
    let mut draft = system.draft;
    let mut end = line.start + system.end;
    if let Some(data) = system.data {
        let strings = Strings::read(scan.text, line.start + data, system.is_classic);
        end = end.max(strings.end);
        for (name, value) in strings.found {
            draft.add_string(name, value);
        }
    }
    scan.add(Form::Details, line.start..end, draft);
    Some(end)
}

/// The system part.
struct System {
    draft: Draft,
    /// The source is a classic one, whose strings have no names: only those write qualifiers.
    is_classic: bool,
    end: usize,
    /// Where the strings begin.
    data: Option<usize>,
}

/// What a word of the tree stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Node {
    /// Its value is of use.
    Value(Field),
    Qualifiers,
    /// It has attributes or a value of no use.
    Skipped,
}

impl System {
    fn read(text: &str) -> Self {
        let mut system = System { draft: Draft::default(), is_classic: false, end: 0, data: None };
        let mut current: Option<Node> = None;
        let mut value: Option<Range<usize>> = None;
        let text_of =
            |value: &Option<Range<usize>>| value.clone().and_then(|value| text.get(value)).unwrap_or("");
        let mut words = words(text).skip_while(|word| word.text.chars().all(is_mark)).skip(1);
        while let Some(word) = words.next() {
            if DATA.contains(&word.text) {
                system.data = Some(word.end);
                system.end = word.end;
                break;
            }
            let attribute = (word.text == "[").then(|| words.next()).flatten();
            let node = match &attribute {
                Some(name) => Some(attribute_node(name.text)),
                // The first word behind a name is its value, even one that is also a name: `Channel Security`.
                None if matches!(current, Some(Node::Value(_))) && value.is_none() && !word.is_first => None,
                None if matches!(word.text, "-" | "+") => Some(Node::Skipped),
                None => node(word.text),
            };
            match node {
                Some(node) => {
                    system.take(current, text_of(&value));
                    (current, value) = (Some(node), None);
                }
                // A value ends with its line; below it anything can follow, another tree included.
                None if word.is_first && value.is_some() || word.text == "System" && value.is_none() => break,
                None => value = Some(value.map_or(word.start, |value| value.start)..word.end),
            }
            system.end = attribute.map_or(word.end, |name| name.end);
        }
        system.take(current, text_of(&value));
        system
    }

    fn take(&mut self, node: Option<Node>, value: &str) {
        match node {
            Some(Node::Value(field)) => self.draft.set(field, value),
            Some(Node::Qualifiers) => self.is_classic = true,
            Some(Node::Skipped) | None => {}
        }
    }
}

fn node(word: &str) -> Option<Node> {
    Some(match word {
        "EventID" => Node::Value(Field::Id),
        "Level" => Node::Value(Field::Level),
        "EventRecordID" => Node::Value(Field::Record),
        "Channel" => Node::Value(Field::Log),
        "Computer" => Node::Value(Field::Computer),
        "Provider" | "Version" | "Task" | "Opcode" | "Keywords" | "TimeCreated" | "Correlation"
        | "Execution" | "Security" => Node::Skipped,
        _ => return None,
    })
}

/// The attribute of `[ Name]`, whose bracket and name are two words.
fn attribute_node(name: &str) -> Node {
    match name {
        "Name]" => Node::Value(Field::Provider),
        "SystemTime]" => Node::Value(Field::Time),
        "ProcessID]" => Node::Value(Field::ProcessId),
        "Qualifiers]" => Node::Qualifiers,
        _ => Node::Skipped,
    }
}

/// A word of a text.
struct Word<'t> {
    text: &'t str,
    start: usize,
    end: usize,
    /// It is the first of its line.
    is_first: bool,
}

fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let tail = text.get(at..)?;
        let skipped = tail.len() - tail.trim_start().len();
        let is_first = tail.get(..skipped)?.contains('\n');
        let start = at + skipped;
        let word = text.get(start..)?.split(char::is_whitespace).next().filter(|word| !word.is_empty())?;
        at = start + word.len();
        Some(Word { text: word, start, end: at, is_first })
    })
}

/// The strings of the data part.
struct Strings<'t> {
    found: Vec<(Option<&'t str>, &'t str)>,
    end: usize,
}

impl<'t> Strings<'t> {
    fn read(text: &'t str, from: usize, is_classic: bool) -> Self {
        let mut strings = Strings { found: Vec::new(), end: from };
        // Consecutive lines are one string.
        let mut open: Option<usize> = None;
        for (index, line) in lines(text, from).enumerate() {
            if index > 0 && (line.is_divider() || start::is_event(text, line)) {
                break;
            }
            if line.is_blank() {
                open = None;
                continue;
            }
            strings.end = line.end();
            let value = line.text.trim();
            if !is_classic {
                strings.found.push(named(value));
                continue;
            }
            let start = *open.get_or_insert(line.end() - line.text.trim_start().len());
            let whole = text.get(start..line.end()).unwrap_or(value).trim();
            match strings.found.last_mut().filter(|_| start < line.start) {
                Some((_, last)) => *last = whole,
                None => strings.found.push((None, whole)),
            }
        }
        strings
    }
}

/// `param1 value`
fn named(line: &str) -> (Option<&str>, &str) {
    match line.split_once(char::is_whitespace) {
        Some((name, value)) => (Some(name), value.trim()),
        None => (Some(line), ""),
    }
}

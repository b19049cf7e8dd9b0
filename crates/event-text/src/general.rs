//! Labelled lines: Event Viewer's copy button, the General tab, `wevtutil /f:text`.

use crate::draft::Draft;
use crate::frame;
use crate::labels::{Labelled, field, labelled};
use crate::lines::{Line, cut, lines, next_filled};
use crate::properties::Field;
use crate::reading::Form;
use crate::scan::Scan;
use crate::start;
use crate::xml;
use crate::xml_marks::Dress;

/// Lines of a head, blank ones included.
const HEAD: usize = 40;
/// Blank lines that may stand between two labels.
const GAP: usize = 2;
/// A whole event's labels on one line are within this many bytes.
const FLAT: usize = 800;

/// Colons that one value may have: two of a time, one of a path.
const VALUE_COLONS: usize = 3;

/// An event's head: its labels and where its message begins.
struct Head<'t> {
    fields: Vec<Labelled<'t>>,
    body: usize,
    /// Where its last line ends.
    end: usize,
}

impl Head<'_> {
    fn value(&self, field: Field) -> Option<&str> {
        self.fields.iter().find(|labelled| labelled.field == field).map(|labelled| labelled.value.trim())
    }

    /// The labels are those of an event, not of just any list: a number as id and one more that fits, or the log
    /// and the source.
    fn suffices(&self) -> bool {
        let has = |field| self.value(field).is_some_and(|value| !value.is_empty());
        let id = self.value(Field::Id).is_some_and(|id| id.parse::<u32>().is_ok());
        id && (has(Field::Provider) || has(Field::Log) || has(Field::Level))
            || has(Field::Log) && has(Field::Provider)
    }
}

/// An event's labels start in this line.
pub(crate) fn starts(text: &str, line: Line<'_>) -> bool {
    counter(line).is_some() || labelled(line.text).is_some() && head(text, line).is_some()
}

/// Reads one event, with its XML when that is appended.
pub(crate) fn read(scan: &mut Scan<'_>, line: Line<'_>) -> Option<usize> {
    let head = head(scan.text, line)?;
    let mut draft = Draft::default();
    for Labelled { field, value } in head.fields.iter().filter(|l| l.field != Field::Message) {
        draft.set(*field, value);
    }
    let body = match head.value(Field::Message) {
        Some(_) => body(scan.text, head.body, head.end),
        None => Body { end: paragraph(scan.text, head.body, head.end), xml: None },
    };
    draft.set_message(scan.text.get(head.body..body.end).unwrap_or(""));
    let mut end = body.end.max(head.end);
    if let Some((at, dress)) = body.xml
        && let Some(element) = same_event(scan, at, dress, &draft)
    {
        draft.absorb(element.draft);
        end = element.end;
    }
    scan.add(Form::General, line.start..end, draft);
    Some(end)
}

/// Reads the XML that is appended to an event; what is another event is left to be read on its own.
fn same_event(scan: &mut Scan<'_>, at: usize, dress: Dress, draft: &Draft) -> Option<xml::Element> {
    let element = xml::take(scan, at, dress)?;
    let other = element.draft.event().id.is_some_and(|id| draft.event().id.is_some_and(|own| own != id));
    (!other).then_some(element)
}

/// `Event[0]:` or `Event[0]`, with which `wevtutil` counts its events.
fn counter(line: Line<'_>) -> Option<()> {
    let number = line.text.trim().strip_prefix("Event[")?.trim_end_matches(':').strip_suffix(']')?;
    (!number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())).then_some(())
}

/// Reads the labels from `line` on; `None` when they are not an event's.
fn head<'t>(text: &'t str, line: Line<'t>) -> Option<Head<'t>> {
    let first = match counter(line) {
        Some(()) => next_filled(text, line.next, GAP)?,
        None => line,
    };
    if let Some(head) = flat(first) {
        return Some(head);
    }
    let mut head = Head { fields: Vec::new(), body: first.start, end: first.start };
    let mut blank = 0;
    for line in std::iter::once(first).chain(lines(text, first.next)).take(HEAD) {
        if line.is_blank() {
            blank += 1;
            if blank > GAP {
                break;
            }
            continue;
        }
        blank = 0;
        let Some(labelled) = labelled(line.text) else { break };
        let repeated = labelled.field != Field::Other && head.value(labelled.field).is_some();
        if repeated {
            break;
        }
        head.end = line.end();
        head.body = line.next;
        head.fields.push(labelled);
        if labelled.field == Field::Message {
            head.body = line.end() - labelled.value.len();
            break;
        }
    }
    head.suffices().then_some(head)
}

/// A head whose line breaks were lost: `Log Name: Application Source: … Description: …`.
fn flat(line: Line<'_>) -> Option<Head<'_>> {
    let near = cut(line.text, FLAT);
    let first = labelled(near)?;
    if first.field != Field::Log && first.field != Field::Provider {
        return None;
    }
    // Each label with the places where it starts and where its value does.
    let mut marks: Vec<(Field, usize, usize)> = Vec::new();
    let mut other_colons = 0;
    for (colon, _) in near.match_indices(':') {
        let label = label_before(near, colon);
        let new = label
            .filter(|(field, _)| *field == Field::Other || marks.iter().all(|(known, ..)| known != field));
        let Some((field, start)) = new else {
            other_colons += 1;
            if other_colons > VALUE_COLONS {
                break;
            }
            continue;
        };
        other_colons = 0;
        marks.push((field, start, colon + 1));
        if field == Field::Message {
            break;
        }
    }
    let ends = marks.iter().skip(1).map(|(_, start, _)| *start).chain([near.len()]);
    let fields: Vec<_> = std::iter::zip(&marks, ends)
        .filter_map(|((field, _, from), to)| {
            Some(Labelled { field: *field, value: near.get(*from..to)?.trim() })
        })
        .collect();
    let (last, _, from) = *marks.last()?;
    let body = if last == Field::Message { line.start + from } else { line.next };
    let head = Head { fields, body, end: line.end() };
    (head.fields.len() >= 4 && head.suffices()).then_some(head)
}

/// The longest label that ends at a colon, of up to five words.
fn label_before(text: &str, colon: usize) -> Option<(Field, usize)> {
    let before = text.get(..colon)?;
    let blanks = before.trim_end().rmatch_indices(' ').map(|(at, _)| at + 1);
    let starts: Vec<usize> = blanks.take(5).chain([0]).collect();
    starts.into_iter().rev().find_map(|start| Some((field(before.get(start..)?)?, start)))
}

/// An event's message, and the XML below it.
struct Body {
    end: usize,
    xml: Option<(usize, Dress)>,
}

/// Finds where a message ends: at the appended XML, at the next event, at a divider, at the end of the text.
fn body(text: &str, from: usize, head_end: usize) -> Body {
    let mut body = Body { end: from.max(head_end), xml: None };
    let mut is_first = true;
    let mut has_text = false;
    for line in lines(text, from) {
        // The rest of the label's own line can be anything.
        let own = std::mem::take(&mut is_first) && from <= head_end;
        if !own && is_xml_label(line.text) {
            body.xml = next_filled(text, line.next, GAP + 1).and_then(element);
            if body.xml.is_some() {
                break;
            }
        }
        // A message can be a frame from its first line on; further down a frame is another event.
        let is_own_frame = !has_text && frame::starts(line.text);
        if !own && (line.is_divider() || !is_own_frame && start::is_event(text, line)) {
            break;
        }
        if !line.is_blank() {
            has_text = true;
            body.end = line.end();
        }
    }
    body
}

/// Where the text ends that stands right below labels without a label of its own.
fn paragraph(text: &str, from: usize, head_end: usize) -> usize {
    let is_part = |line: &Line<'_>| !line.is_blank() && !line.is_divider() && !start::is_event(text, *line);
    lines(text, from).take_while(is_part).last().map_or(head_end, |line| line.end())
}

/// `Event Xml:` in any language: short, with "xml" in it, a colon at its end.
fn is_xml_label(line: &str) -> bool {
    let line = line.trim();
    line.len() <= crate::labels::LONGEST && line.ends_with(':') && line.to_ascii_lowercase().contains("xml")
}

/// The event that opens in a line, behind a folding sign at most.
fn element(line: Line<'_>) -> Option<(usize, Dress)> {
    let text = line.text.trim_start_matches(|c: char| c.is_whitespace() || c == '-');
    let at = line.end() - text.len();
    let opens = |open: &str| {
        text.starts_with(open) && !text.get(open.len()..).is_some_and(|t| t.starts_with(char::is_alphabetic))
    };
    if opens("<Event") {
        Some((at, Dress::Plain))
    } else {
        opens("&lt;Event").then_some((at, Dress::Escaped))
    }
}

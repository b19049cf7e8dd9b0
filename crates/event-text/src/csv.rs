//! Event Viewer's "Save as" `.csv` and `.txt`, and PowerShell's `Export-Csv`.
//!
//! Event Viewer writes five columns (level, date, source, id, task category) with headings in the language of
//! the system and a sixth, the message, without one. So a row is known by its shape, not by the headings:
//! something, a date with a time, something, a number. A quoted message goes over many lines.

use std::borrow::Cow;

use crate::draft::Draft;
use crate::lines::{Line, lines};
use crate::properties::{Evidence, Field, property};
use crate::reading::{Damage, Form};
use crate::scan::Scan;
use crate::sheet::{Record, record, separator};
use crate::{labels, time, words};

/// What `Export-Csv` writes above the headings unless told not to.
const TYPE: &str = "#TYPE ";
/// A line of headings is no longer than this, in bytes.
const HEADING: usize = 2000;
/// Damaged lines that a sheet goes on behind.
const SKIP: usize = 8;
/// The columns of Event Viewer.
const VIEWER: [Field; 5] = [Field::Level, Field::Time, Field::Provider, Field::Id, Field::Other];

/// How the columns of a sheet are told.
#[derive(Debug)]
struct Sheet {
    form: Form,
    separator: u8,
    columns: Vec<Field>,
    /// The sheet has headings, so its rows need not be known by their level.
    has_head: bool,
    /// Where its first row starts.
    body: usize,
}

/// A sheet of events starts in this line.
pub(crate) fn starts(text: &str, line: Line<'_>) -> bool {
    sheet(text, line).is_some()
}

/// Reads the rows of a sheet.
pub(crate) fn read(scan: &mut Scan<'_>, line: Line<'_>) -> Option<usize> {
    let sheet = sheet(scan.text, line)?;
    let mut end = sheet.body;
    while let Some(row) = sheet.row(scan.text, end).or_else(|| sheet.row_behind_damage(scan, end)) {
        if scan.is_full() {
            break;
        }
        if row.is_open {
            scan.fault(row.start, Damage::OpenQuote);
        }
        end = row.next;
        scan.add(sheet.form, row.start..row.end, row.draft);
    }
    // Without a row there is no sheet: its head stays text.
    (end > sheet.body).then(|| {
        scan.claim(line.start..sheet.body);
        end
    })
}

fn sheet(text: &str, line: Line<'_>) -> Option<Sheet> {
    let head = match line.text.strip_prefix(TYPE) {
        Some(_) => Line::at(text, line.next)?,
        None => line,
    };
    let separator = separator(crate::lines::cut(head.text, HEADING))?;
    exported(head, separator).or_else(|| viewer(text, head, separator))
}

/// A sheet of `Export-Csv`, by its headings.
fn exported(head: Line<'_>, separator: u8) -> Option<Sheet> {
    let first = head.text.trim_start_matches('"');
    let is_property = |name: &str| property(name.trim_end_matches('"')).is_some();
    if head.text.len() > HEADING || !first.split(char::from(separator)).next().is_some_and(is_property) {
        return None;
    }
    let headings = record(head.text, 0, separator)?.fields;
    let columns: Vec<Field> = headings.iter().map(|name| property(name).unwrap_or(Field::Other)).collect();
    let mut evidence = Evidence::default();
    columns.iter().for_each(|field| evidence.add(*field));
    (evidence.suffices() && columns.len() > 1).then_some(Sheet {
        form: Form::PowerShellCsv,
        separator,
        columns,
        has_head: true,
        body: head.next,
    })
}

/// A sheet of Event Viewer: a row by its shape, or a line of headings with such a row below it.
fn viewer(text: &str, line: Line<'_>, separator: u8) -> Option<Sheet> {
    let mut sheet = Sheet {
        form: Form::ViewerCsv,
        separator,
        columns: VIEWER.to_vec(),
        has_head: false,
        body: line.start,
    };
    if second_is_number(line.text, separator) {
        return sheet.row(text, line.start).map(|_| sheet);
    }
    let below = Line::at(text, line.next).filter(|below| second_is_number(below.text, separator))?;
    let headings = record(line.text, 0, separator).filter(|record| !record.is_open)?.fields;
    if headings.len() < VIEWER.len() {
        return None;
    }
    sheet.columns.extend(headings.iter().skip(VIEWER.len()).map(|name| heading(name)));
    sheet.has_head = true;
    sheet.body = line.next;
    sheet.row(text, below.start).map(|_| sheet)
}

/// Further columns, which Event Viewer's list can be made to show.
fn heading(name: &str) -> Field {
    property(name).or_else(|| labels::field(name)).unwrap_or(Field::Other)
}

/// The second field starts with a digit, as a date does: a cheap look that rules out most lines.
fn second_is_number(line: &str, separator: u8) -> bool {
    let near = line.as_bytes().get(..line.len().min(labels::LONGEST)).unwrap_or_default();
    let Some(at) = near.iter().position(|byte| *byte == separator) else { return false };
    match near.get(at + 1) {
        Some(b'"') => near.get(at + 2).is_some_and(u8::is_ascii_digit),
        byte => byte.is_some_and(u8::is_ascii_digit),
    }
}

/// One row.
struct Row {
    draft: Draft,
    start: usize,
    end: usize,
    next: usize,
    is_open: bool,
}

impl Sheet {
    fn row(&self, text: &str, start: usize) -> Option<Row> {
        let record = record(text, start, self.separator)?;
        let fits = match self.form {
            Form::PowerShellCsv => self.is_exported_row(&record),
            _ => self.is_viewer_row(&record),
        };
        if !fits {
            return None;
        }
        let next = if record.is_open { next_row(text, start, record.next) } else { record.next };
        let written = text.get(start..next)?;
        let mut draft = Draft::default();
        let last = record.fields.len().saturating_sub(1);
        for (index, value) in record.fields.iter().enumerate() {
            let value = if record.is_open && index == last { within(written, value) } else { value };
            match self.columns.get(index) {
                Some(field) => draft.set(*field, value),
                // The message has no heading.
                None => draft.set(Field::Message, value),
            }
        }
        Some(Row { draft, start, end: start + written.trim_end().len(), next, is_open: record.is_open })
    }

    fn is_exported_row(&self, record: &Record<'_>) -> bool {
        let ids = self
            .columns
            .iter()
            .zip(&record.fields)
            .filter(|(field, _)| matches!(field, Field::Id | Field::InstanceId));
        let has_id = ids.into_iter().any(|(_, value)| value.parse::<u64>().is_ok());
        has_id && (record.fields.len() == self.columns.len() || record.is_open)
    }

    fn is_viewer_row(&self, record: &Record<'_>) -> bool {
        let field = |index: usize| record.fields.get(index).map_or("", Cow::as_ref);
        let has_level = words::level(field(0)).is_some();
        let is_told = has_level || self.has_head && record.fields.len() > self.columns.len();
        record.fields.len() >= VIEWER.len()
            && is_told
            && field(3).trim().parse::<u16>().is_ok()
            && time::parse(field(1)).is_some()
    }

    /// The next row behind a few lines that are none.
    fn row_behind_damage(&self, scan: &mut Scan<'_>, from: usize) -> Option<Row> {
        let text = scan.text;
        let damaged = Line::at(text, from).filter(|line| !line.is_blank());
        let row = lines(text, from).skip(1).take(SKIP).find_map(|line| self.row(text, line.start))?;
        if let Some(damaged) = damaged {
            scan.fault(damaged.start, Damage::Row);
        }
        Some(row)
    }
}

/// Where a row ends whose quote is never closed: at the first line that looks like another row.
fn next_row(text: &str, start: usize, bound: usize) -> usize {
    let looks_like_row = |line: &Line<'_>| {
        separator(line.text).is_some_and(|separator| {
            second_is_number(line.text, separator)
                && line
                    .text
                    .split(char::from(separator))
                    .next()
                    .is_some_and(|word| words::level(word).is_some())
        })
    };
    lines(text, start)
        .skip(1)
        .take_while(|line| line.start < bound)
        .find(looks_like_row)
        .map_or(bound, |line| line.start)
}

/// The part of an open field that stands within its row.
fn within<'v>(written: &str, value: &'v str) -> &'v str {
    // An open field ends where the window ended; its row ends earlier by what follows the row.
    let shown = value.lines().count().min(written.lines().count());
    let end = value.split_inclusive('\n').take(shown).map(str::len).sum();
    value.get(..end).unwrap_or(value)
}

//! `Get-WinEvent`, `Get-EventLog` and their `Format-Table`.
//!
//! A line of dashes below the headings gives the columns. A heading says where a column begins (text) or ends
//! (numbers), the widest value how far it reaches; so a boundary is found anew in each row.

use crate::draft::Draft;
use crate::lines::{Line, lines, next_filled};
use crate::properties::{Evidence, Field, property};
use crate::reading::{Damage, Form, limits};
use crate::scan::Scan;

/// Headings of a table at most.
const COLUMNS: usize = 24;
/// Damaged lines that a table goes on behind.
const SKIP: usize = 8;
/// What stands above the headings when `Get-WinEvent` groups by source.
const GROUP: &str = "ProviderName:";

/// A column of a table.
#[derive(Debug, Clone, Copy)]
struct Column {
    field: Field,
    /// Where its dashes begin, in characters.
    start: usize,
    /// Its values are numbers, and so stand at its right edge.
    is_number: bool,
}

/// The head of a table.
struct Head<'t> {
    provider: Option<&'t str>,
    columns: Vec<Column>,
    body: usize,
}

/// A table of events starts in this line.
pub(crate) fn starts(text: &str, line: Line<'_>) -> bool {
    head(text, line).is_some()
}

fn head<'t>(text: &'t str, line: Line<'t>) -> Option<Head<'t>> {
    if let Some(provider) = line.text.trim_start().strip_prefix(GROUP) {
        let below = next_filled(text, line.next, 3)?;
        let (columns, body) = headings(text, below)?;
        return Some(Head { provider: Some(provider.trim()), columns, body });
    }
    let (columns, body) = headings(text, line)?;
    Some(Head { provider: None, columns, body })
}

/// The columns of a line of headings that has a line of dashes below it.
fn headings(text: &str, line: Line<'_>) -> Option<(Vec<Column>, usize)> {
    let first = line.text.split_whitespace().next()?;
    property(first)?;
    let dashes = Line::at(text, line.next)?;
    let is_rule = dashes.text.len() < 4096 && dashes.text.bytes().all(|b| b == b'-' || b == b' ');
    if !is_rule || !dashes.text.contains('-') {
        return None;
    }
    let mut evidence = Evidence::default();
    let columns: Vec<Column> = runs(dashes.text)
        .take(COLUMNS)
        .map(|(start, end)| {
            let field = property(characters(line.text, start, end).trim()).unwrap_or(Field::Other);
            evidence.add(field);
            let is_number = matches!(field, Field::Id | Field::InstanceId | Field::Record | Field::ProcessId);
            Column { field, start, is_number }
        })
        .collect();
    evidence.suffices().then_some((columns, dashes.next))
}

/// The runs of dashes of a line; they are ASCII, so bytes are characters.
fn runs(dashes: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + dashes.get(at..)?.find('-')?;
        let end = dashes.get(start..)?.find(' ').map_or(dashes.len(), |length| start + length);
        at = end;
        Some((start, end))
    })
}

/// A part of a line by characters.
fn characters(text: &str, start: usize, end: usize) -> &str {
    let from = byte_of(text, start);
    let to = byte_of(text, end).max(from);
    text.get(from..to).unwrap_or("")
}

fn byte_of(text: &str, character: usize) -> usize {
    text.char_indices().nth(character).map_or(text.len(), |(at, _)| at)
}

/// Reads the rows of a table.
pub(crate) fn read(scan: &mut Scan<'_>, line: Line<'_>) -> Option<usize> {
    let head = head(scan.text, line)?;
    let mut row: Option<Row> = None;
    let mut end = None;
    for line in lines(scan.text, head.body) {
        if scan.is_full() {
            break;
        }
        if line.is_blank() {
            if row.is_some() && head.goes_on_below(scan.text, line) {
                continue;
            }
            break;
        }
        if let Some(new) = Row::of(&head, line) {
            finish(scan, &head, row.replace(new));
        } else if !row.as_mut().is_some_and(|row| row.wraps_into(&head, line)) {
            if !lines(scan.text, line.next).take(SKIP).any(|line| Row::of(&head, line).is_some()) {
                break;
            }
            scan.fault(line.start, Damage::Row);
            continue;
        }
        end = Some(line.next);
    }
    finish(scan, &head, row);
    // Without a row there is no table: its head stays text.
    end.inspect(|_| scan.claim(line.start..head.body))
}

fn finish(scan: &mut Scan<'_>, head: &Head<'_>, row: Option<Row>) {
    let Some(row) = row else { return };
    let mut draft = Draft::default();
    for (column, cell) in head.columns.iter().zip(&row.cells) {
        draft.set(column.field, cell);
    }
    draft.set(Field::Provider, head.provider.unwrap_or(""));
    scan.add(Form::PowerShellTable, row.start..row.end, draft);
}

impl Head<'_> {
    /// A blank line stands within a wrapped message: what follows it stands in the last column.
    fn goes_on_below(&self, text: &str, blank: Line<'_>) -> bool {
        let last = self.columns.last().map_or(0, |column| column.start);
        last > 0 && next_filled(text, blank.next, 3).is_some_and(|line| line.indent() >= last)
    }

    /// A line cut at the columns; a column of numbers takes in the word that reaches into it.
    fn cells<'l>(&self, line: &'l str) -> Option<Vec<&'l str>> {
        let starts: Option<Vec<usize>> = self.columns.iter().map(|column| column.start_in(line)).collect();
        let starts = starts?;
        let ends = starts.iter().skip(1).copied().chain([line.len()]);
        Some(starts.iter().zip(ends).map(|(start, end)| line.get(*start..end).unwrap_or("").trim()).collect())
    }
}

impl Column {
    /// The byte its value starts at; `None` when a word runs across where the column starts.
    fn start_in(&self, line: &str) -> Option<usize> {
        let start = byte_of(line, self.start);
        let before = line.get(..start)?;
        if self.is_number {
            let word = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
            return Some(start - word);
        }
        (before.is_empty() || before.ends_with(char::is_whitespace)).then_some(start)
    }
}

/// A row while its lines are being read.
struct Row {
    cells: Vec<String>,
    start: usize,
    end: usize,
}

impl Row {
    /// The row of a line that has a number where the table has ids.
    fn of(head: &Head<'_>, line: Line<'_>) -> Option<Self> {
        let cells = head.cells(line.text)?;
        let is_id = |field| matches!(field, Field::Id | Field::InstanceId);
        let has_id = head
            .columns
            .iter()
            .zip(&cells)
            .any(|(column, cell)| is_id(column.field) && cell.parse::<u64>().is_ok());
        let cells = cells.into_iter().map(str::to_owned).collect();
        has_id.then_some(Row { cells, start: line.start, end: line.end() })
    }

    /// Takes a further line of a row whose values are wrapped within their columns.
    fn wraps_into(&mut self, head: &Head<'_>, line: Line<'_>) -> bool {
        let Some(cells) = head.cells(line.text) else { return false };
        let fits = head.columns.iter().zip(&cells).all(|(column, cell)| cell.is_empty() || !column.is_number);
        if !fits || line.indent() == 0 {
            return false;
        }
        for ((column, cell), own) in head.columns.iter().zip(cells).zip(&mut self.cells) {
            if !cell.is_empty() && own.len() <= limits::TEXT {
                own.push(if column.field == Field::Message { '\n' } else { ' ' });
                own.push_str(cell);
            }
        }
        self.end = line.end();
        true
    }
}

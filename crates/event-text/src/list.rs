//! `Get-WinEvent | Format-List` and `Get-EventLog | Format-List`, whole or with chosen properties.
//!
//! PowerShell pads the names so that all colons of a record stand in one column, and indents the lines of a
//! value by as much. Scripts that print `Name: value` themselves do neither.

use crate::draft::Draft;
use crate::lines::{Line, lines};
use crate::properties::{Evidence, Field, property};
use crate::reading::{Form, limits};
use crate::scan::Scan;
use crate::start;

/// Lines looked at to tell a record from a line that happens to start with a property's name.
const NEAR: usize = 8;

/// A line `Name : value`.
#[derive(Debug, Clone, Copy)]
struct Pair<'t> {
    name: &'t str,
    field: Field,
    value: &'t str,
    /// Where the colon stands in the line, when white space before it pads the name.
    column: Option<usize>,
}

/// The property a line starts with.
fn pair(line: &str) -> Option<Pair<'_>> {
    let colon = line.bytes().take(COLUMNS).position(|b| b == b':')?;
    let (name, value) = (line.get(..colon)?, line.get(colon + 1..)?);
    let padded = name.ends_with(' ');
    let name = name.trim();
    let field = property(name)?;
    // `Name:value` without a blank is a path, a time or code.
    (value.is_empty() || value.starts_with(' ')).then_some(Pair {
        name,
        field,
        value: value.trim(),
        column: padded.then_some(colon),
    })
}

/// No record's colons stand further right.
const COLUMNS: usize = 60;

/// A record starts in this line, as far as the next lines tell.
pub(crate) fn starts(text: &str, line: Line<'_>) -> bool {
    let Some(first) = pair(line.text) else { return false };
    let mut evidence = Evidence::default();
    evidence.add(first.field);
    let pairs = lines(text, line.next).take(NEAR).filter_map(|line| pair(line.text));
    for pair in pairs.filter(|pair| pair.column == first.column) {
        evidence.add(pair.field);
    }
    evidence.suffices()
}

/// Reads one record.
pub(crate) fn read(scan: &mut Scan<'_>, line: Line<'_>) -> Option<usize> {
    if line.start < scan.list_tried {
        return None;
    }
    let record = Record::read(scan.text, line, pair(line.text)?);
    if !record.evidence.suffices() {
        // What the whole lacks, no part of it has.
        scan.list_tried = record.end;
        return None;
    }
    scan.add(Form::PowerShellList, line.start..record.end, record.draft);
    Some(record.end)
}

/// A record while its lines are being read.
struct Record<'t> {
    draft: Draft,
    evidence: Evidence,
    seen: Vec<&'t str>,
    /// The property whose value goes on, and the value so far.
    current: Option<(Field, String)>,
    column: Option<usize>,
    end: usize,
}

impl<'t> Record<'t> {
    fn read(text: &'t str, line: Line<'t>, first: Pair<'t>) -> Self {
        let mut record = Record {
            draft: Draft::default(),
            evidence: Evidence::default(),
            seen: Vec::new(),
            current: None,
            column: first.column,
            end: line.end(),
        };
        record.take(first, line);
        let mut blank = 0;
        for line in lines(text, line.next) {
            if line.is_blank() {
                blank += 1;
                continue;
            }
            match pair(line.text).filter(|pair| pair.column == record.column) {
                Some(pair) if record.seen.contains(&pair.name) => break,
                // Padding holds a record together; without it, a blank line ends it.
                Some(_) if record.column.is_none() && blank > 0 => break,
                Some(pair) => record.take(pair, line),
                None if record.goes_on(text, line, blank) => record.append(line, blank),
                None => break,
            }
            blank = 0;
        }
        record.flush();
        record
    }

    /// A line belongs to the value above it: it is indented, or at least no blank line is between.
    fn goes_on(&self, text: &str, line: Line<'_>, blank: usize) -> bool {
        if self.column.is_some() && line.indent() > 0 {
            return true;
        }
        let is_text = self.current.as_ref().is_some_and(|(field, _)| *field == Field::Message);
        is_text && blank == 0 && !line.is_divider() && !start::is_event(text, line)
    }

    fn take(&mut self, pair: Pair<'t>, line: Line<'_>) {
        self.flush();
        self.evidence.add(pair.field);
        self.seen.push(pair.name);
        self.current = Some((pair.field, pair.value.to_owned()));
        self.end = line.end();
    }

    fn append(&mut self, line: Line<'_>, blank: usize) {
        self.end = line.end();
        let indent = self.column.map_or(0, |column| column + 2).min(line.indent());
        if let Some((_, value)) = &mut self.current
            && value.len() <= limits::TEXT
        {
            value.extend(std::iter::repeat_n('\n', blank + 1));
            value.push_str(line.text.get(indent..).unwrap_or("").trim_end());
        }
    }

    fn flush(&mut self) {
        let Some((field, value)) = self.current.take() else { return };
        match field {
            Field::Bytes => self.draft.add_bytes(bytes(&value)),
            field => self.draft.set(field, &value),
        }
    }
}

/// `{126, 0, 0, 0}`
fn bytes(value: &str) -> impl Iterator<Item = u8> {
    value.trim_matches(['{', '}', '.', '…']).split(',').map_while(|number| number.trim().parse().ok())
}

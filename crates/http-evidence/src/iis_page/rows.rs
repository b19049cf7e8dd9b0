//! The labelled rows of a page.

use super::ConfigLine;
use super::labels::{Label, Parted, label_of};
use super::structure::hresult;
use crate::Place;
use crate::place::TextLine;

/// A row.
#[derive(Debug)]
pub(super) struct Row<'a> {
    pub(super) label: Label,
    pub(super) value: &'a str,
    pub(super) place: Place,
}

/// How many rows parted by one blank make a table: fewer may be sentences that happen to start with `Module`.
const ENOUGH_ROWS: usize = 3;
/// How many rows are looked at; a page has ten.
const ROW_LIMIT: usize = 1000;
/// How many lines of the configuration file a page shows at most.
const SOURCE_LIMIT: usize = 16;

/// The labelled rows of `text`.
pub(super) fn rows(text: &str) -> Vec<Row<'_>> {
    let mut clear: Vec<Row<'_>> = Vec::new();
    let mut by_blank: Vec<Row<'_>> = Vec::new();
    let mut waiting: Option<(Label, Place)> = None;
    for segment in TextLine::all(text).flat_map(segments) {
        if clear.len() + by_blank.len() >= ROW_LIMIT {
            break;
        }
        let is_blank = segment.text.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '|'));
        match label_of(segment.text) {
            _ if is_blank => {}
            Some((label, value, parted)) => {
                // A label below a label: the first one has no value.
                if let Some((label, place)) = waiting.take() {
                    clear.push(Row { label, value: "", place });
                }
                let place = segment.place();
                match parted {
                    Parted::ByBlank if label == Label::ErrorCode && hresult(value).is_some() => {
                        clear.push(Row { label, value, place });
                    }
                    Parted::Clearly => clear.push(Row { label, value, place }),
                    Parted::ByBlank => by_blank.push(Row { label, value, place }),
                    Parted::Alone => waiting = Some((label, place)),
                }
            }
            None => {
                if let Some((label, place)) = waiting.take() {
                    let place = place.until(&segment.place());
                    clear.push(Row { label, value: segment.text.trim(), place });
                }
            }
        }
    }
    clear.extend(waiting.map(|(label, place)| Row { label, value: "", place }));
    if clear.len() + by_blank.len() >= ENOUGH_ROWS {
        clear.append(&mut by_blank);
    }
    clear
}

/// The parts of a line on which several rows stand, parted by semicolons; else the line. The first row may stand
/// behind a sentence.
fn segments(line: TextLine<'_>) -> Vec<TextLine<'_>> {
    if !line.text.contains(';') {
        return vec![line];
    }
    let mut segments = Vec::new();
    let mut start = line.start;
    for part in line.text.split(';') {
        let row = part.rsplit_once(". ").map(|(_, row)| row).filter(|row| label_of(row).is_some());
        let text = row.unwrap_or(part);
        segments.push(TextLine { text, start: start + (part.len() - text.len()), number: line.number });
        start += part.len() + 1;
    }
    let labelled = segments.iter().filter(|segment| label_of(segment.text).is_some()).count();
    if labelled >= 2 { segments } else { vec![line] }
}

/// The lines of the configuration file that a page shows; their places are added to `places`.
pub(super) fn config_source(text: &str, places: &mut Vec<Place>) -> Vec<ConfigLine> {
    let mut lines = TextLine::all(text)
        .skip_while(|line| !matches!(label_of(line.text), Some((Label::ConfigSource, _, Parted::Alone))));
    let Some(heading) = lines.next() else { return Vec::new() };
    places.push(heading.place());
    let mut source = Vec::new();
    for line in lines.filter(|line| !line.text.trim().is_empty()).take(SOURCE_LIMIT) {
        let Some((number, text)) = line.text.split_once(':') else { break };
        let Ok(number) = number.trim().parse() else { break };
        source.push(ConfigLine { number, text: text.trim().to_owned() });
        places.push(line.place());
    }
    source
}

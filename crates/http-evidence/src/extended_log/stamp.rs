//! The times of rows. They are compared as they are written and read only at the end.

use falconer_observation::Timestamp;

use super::{Field, Layout, Row};

/// The length of `2024-05-01`.
pub(crate) const DATE: usize = 10;
/// The length of `10:14:03`.
const TIME: usize = 8;

/// Date and time of a row as written, `2024-05-01 10:14:03`; in UTC, as both logs are (Microsoft Learn, "W3C
/// Logging" and "Error logging in HTTP APIs").
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Stamp([u8; DATE + 1 + TIME]);

impl Stamp {
    /// The time of a row, when it looks like one.
    pub(crate) fn of(row: &Row<'_>, layout: &Layout) -> Option<Stamp> {
        let time: [u8; TIME] = row.field(layout, Field::Time)?.first_chunk().copied()?;
        let date: [u8; DATE] = match row.field(layout, Field::Date) {
            Some(date) => date.first_chunk().copied()?,
            None => layout.date?,
        };
        let [y @ .., b'-', m1, m2, b'-', d1, d2] = date else { return None };
        let [h1, h2, b':', n1, n2, b':', s1, s2] = time else { return None };
        if !y.iter().chain(&[m1, m2, d1, d2, h1, h2, n1, n2, s1, s2]).all(u8::is_ascii_digit) {
            return None;
        }
        let mut stamp = [b' '; DATE + 1 + TIME];
        let (head, tail) = stamp.split_at_mut(DATE);
        head.copy_from_slice(&date);
        tail.get_mut(1..)?.copy_from_slice(&time);
        Some(Stamp(stamp))
    }

    /// As a point in time; `None` when a field is out of range.
    pub(crate) fn time(self) -> Option<Timestamp> {
        let time = Timestamp::parse_iso(std::str::from_utf8(&self.0).ok()?)?;
        Some(Timestamp { utc: true, ..time })
    }
}

/// The first and the last time of rows, in whatever order they come.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Span {
    first: Option<Stamp>,
    last: Option<Stamp>,
}

impl Span {
    /// Takes the time of a row in.
    pub(crate) fn add(&mut self, stamp: Option<Stamp>) {
        let Some(stamp) = stamp else { return };
        self.first = Some(self.first.map_or(stamp, |first| first.min(stamp)));
        self.last = Some(self.last.map_or(stamp, |last| last.max(stamp)));
    }

    /// The first time.
    pub(crate) fn first(&self) -> Option<Timestamp> {
        self.first.and_then(Stamp::time)
    }

    /// The last time.
    pub(crate) fn last(&self) -> Option<Timestamp> {
        self.last.and_then(Stamp::time)
    }
}

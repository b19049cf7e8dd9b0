//! Which column holds what.

use super::stamp::DATE;

/// The columns that are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Date,
    Time,
    SiteName,
    Method,
    /// `cs-uri-stem` of IIS, `cs-uri` of HTTP.sys.
    Uri,
    Status,
    Substatus,
    Win32,
    TimeTaken,
    SiteId,
    Reason,
    Queue,
}

const FIELDS: [(Field, &[u8]); 13] = [
    (Field::Date, b"date"),
    (Field::Time, b"time"),
    (Field::SiteName, b"s-sitename"),
    (Field::Method, b"cs-method"),
    (Field::Uri, b"cs-uri-stem"),
    (Field::Uri, b"cs-uri"),
    (Field::Status, b"sc-status"),
    (Field::Substatus, b"sc-substatus"),
    (Field::Win32, b"sc-win32-status"),
    (Field::TimeTaken, b"time-taken"),
    (Field::SiteId, b"s-siteid"),
    (Field::Reason, b"s-reason"),
    (Field::Queue, b"s-queuename"),
];

/// No column.
const NONE: u8 = u8::MAX;

/// Which column holds what, after the last `#Fields:` directive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Layout {
    columns: [u8; FIELDS.len()],
    /// How many columns there are.
    pub(crate) count: usize,
    /// The date of the last `#Date:` directive, for rows without a date.
    pub(crate) date: Option<[u8; DATE]>,
}

impl Layout {
    /// A layout in which nothing is known.
    pub(crate) fn empty() -> Self {
        Layout { columns: [NONE; FIELDS.len()], count: 0, date: None }
    }

    /// Takes a directive in. True when it named the columns.
    pub(crate) fn take_directive(&mut self, line: &[u8]) -> bool {
        if let Some(names) = strip_prefix(line, b"#fields:") {
            self.columns = [NONE; FIELDS.len()];
            self.count = 0;
            for name in names.split(u8::is_ascii_whitespace).filter(|name| !name.is_empty()) {
                if let Some((field, _)) = FIELDS.iter().find(|(_, known)| known.eq_ignore_ascii_case(name)) {
                    self.set(*field, self.count);
                }
                self.count += 1;
            }
            return true;
        }
        if let Some(date) = strip_prefix(line, b"#date:") {
            self.date = date.trim_ascii().first_chunk().copied();
        }
        false
    }

    /// Says which column holds a field; the first one counts.
    pub(crate) fn set(&mut self, field: Field, column: usize) {
        if let Some(slot) = self.columns.get_mut(field as usize)
            && *slot == NONE
        {
            *slot = u8::try_from(column).unwrap_or(NONE);
        }
    }

    /// The column of a field.
    pub(crate) fn column(&self, field: Field) -> Option<usize> {
        self.columns.get(field as usize).filter(|&&column| column != NONE).map(|&column| usize::from(column))
    }
}

fn strip_prefix<'a>(line: &'a [u8], prefix: &[u8]) -> Option<&'a [u8]> {
    let (head, rest) = line.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_may_come_in_any_order_and_change() {
        let mut layout = Layout::empty();
        assert!(layout.take_directive(b"#Fields: time sc-status x-mine date"));
        assert_eq!(layout.column(Field::Status), Some(1));
        assert_eq!((layout.count, layout.column(Field::Date)), (4, Some(3)));
        assert!(layout.take_directive(b"#Fields: date"));
        assert_eq!(layout.column(Field::Status), None);
    }

    #[test]
    fn a_date_directive_is_kept_and_other_directives_are_ignored() {
        let mut layout = Layout::empty();
        assert!(!layout.take_directive(b"#Date: 2024-05-01 10:00:00"));
        assert!(!layout.take_directive(b"#Software: Microsoft Internet Information Services 10.0"));
        assert_eq!(layout.date.as_ref().map(|d| d.as_slice()), Some(&b"2024-05-01"[..]));
    }
}

//! Points in time, as far as evidence knows them.

use std::fmt;

/// Milliseconds since 1970-01-01 in whatever zone the evidence is written in.
///
/// `utc` tells whether that zone is known to be UTC: IIS logs, debug logs and `.evtx` are in UTC, text copied
/// from Event Viewer is in local time. Times of different kind may lie hours apart for the same moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    /// Milliseconds since 1970-01-01T00:00:00.
    pub millis: i64,
    /// The value is known to be in UTC.
    pub utc: bool,
}

impl Timestamp {
    /// From calendar fields; `None` when a field is out of range.
    pub fn from_fields(
        (year, month, day): (i64, u32, u32),
        (hour, minute, second, milli): (u32, u32, u32, u32),
        utc: bool,
    ) -> Option<Self> {
        let days_in_month = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
            2 => 28,
            _ => return None,
        };
        let valid = (1..=days_in_month).contains(&day)
            && hour < 24
            && minute < 60
            && second < 61
            && milli < 1000
            && (1601..=9999).contains(&year);
        if !valid {
            return None;
        }
        let seconds = i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second);
        Some(Timestamp {
            millis: (days_from_civil(year, month, day) * 86_400 + seconds) * 1000 + i64::from(milli),
            utc,
        })
    }

    /// From a Windows FILETIME (100 ns since 1601-01-01, UTC).
    pub fn from_filetime(filetime: u64) -> Self {
        const EPOCH_DIFFERENCE_MS: i64 = 11_644_473_600_000;
        let millis = i64::try_from(filetime / 10_000).unwrap_or(i64::MAX).saturating_sub(EPOCH_DIFFERENCE_MS);
        Timestamp { millis, utc: true }
    }

    /// Reads `2026-11-02T10:14:03.123Z`, the same with a blank, without fraction or zone, with an offset.
    /// Text after the time is ignored.
    pub fn parse_iso(text: &str) -> Option<Self> {
        let b = text.as_bytes();
        let number = |from: usize, to: usize| -> Option<u32> {
            let part = text.get(from..to)?;
            part.bytes().all(|c| c.is_ascii_digit()).then(|| part.parse().ok()).flatten()
        };
        let separators = *b.get(4)? == b'-'
            && *b.get(7)? == b'-'
            && matches!(*b.get(10)?, b'T' | b't' | b' ')
            && *b.get(13)? == b':'
            && *b.get(16)? == b':';
        if !separators {
            return None;
        }
        let mut rest = 19;
        let mut milli = 0;
        if b.get(rest) == Some(&b'.') || b.get(rest) == Some(&b',') {
            let digits = b.iter().skip(rest + 1).take_while(|c| c.is_ascii_digit()).count();
            let mut factor = 100;
            for c in b.iter().skip(rest + 1).take(digits.min(3)) {
                milli += u32::from(c - b'0') * factor;
                factor /= 10;
            }
            rest += 1 + digits;
        }
        let mut time = Timestamp::from_fields(
            (i64::from(number(0, 4)?), number(5, 7)?, number(8, 10)?),
            (number(11, 13)?, number(14, 16)?, number(17, 19)?, milli),
            b.get(rest).is_some_and(|c| matches!(c, b'Z' | b'z')),
        )?;
        if let Some(sign @ (b'+' | b'-')) = b.get(rest)
            && b.get(rest + 3) == Some(&b':')
            && let (Some(h), Some(m)) = (number(rest + 1, rest + 3), number(rest + 4, rest + 6))
        {
            let offset = i64::from(h * 60 + m) * 60_000;
            time.millis += if *sign == b'+' { -offset } else { offset };
            time.utc = true;
        }
        Some(time)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (days, ms) = (self.millis.div_euclid(86_400_000), self.millis.rem_euclid(86_400_000));
        let (year, month, day) = civil_from_days(days);
        let seconds = ms / 1000;
        write!(
            f,
            "{year:04}-{month:02}-{day:02} {:02}:{:02}:{:02}{}",
            seconds / 3600,
            seconds / 60 % 60,
            seconds % 60,
            if self.utc { "Z" } else { "" }
        )
    }
}

/// Days since 1970-01-01 of a date in the proleptic Gregorian calendar (the well-known era arithmetic).
fn days_from_civil(year: i64, month: u32, day: u32) -> i64 {
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let year_of_era = y - era * 400;
    let day_of_year = (153 * ((i64::from(month) + 9) % 12) + 2) / 5 + i64::from(day) - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let day_of_era = z - era * 146_097;
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day_of_year - (153 * shifted + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes_iso_times() {
        for (text, shown) in [
            ("2021-07-28T19:23:44.076Z", "2021-07-28 19:23:44Z"),
            ("2024-02-29 23:59:59", "2024-02-29 23:59:59"),
            ("2024-11-21T05:05:57.2104567+02:00 tail", "2024-11-21 03:05:57Z"),
            ("1969-12-31T23:59:59Z", "1969-12-31 23:59:59Z"),
        ] {
            assert_eq!(Timestamp::parse_iso(text).map(|t| t.to_string()).as_deref(), Some(shown), "{text}");
        }
        for bad in ["", "2023-02-29 00:00:00", "2024-13-01T00:00:00Z", "2024-01-01", "20é4-01-01T00:00:00Z"]
        {
            assert_eq!(Timestamp::parse_iso(bad), None, "{bad}");
        }
    }

    #[test]
    fn filetime_zero_of_unix_is_1970() {
        assert_eq!(Timestamp::from_filetime(116_444_736_000_000_000).to_string(), "1970-01-01 00:00:00Z");
    }
}

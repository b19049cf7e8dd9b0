//! Releases of .NET and the end of their support.
//!
//! From dotnet/core `release-notes/releases-index.json`, snapshot of 2026-04-14; dates of general availability
//! from the release notes. The end of .NET 10 follows from its being a long-term release.

use crate::tfm::TargetFramework;
use std::fmt;

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Year.
    pub year: u16,
    /// Month, from 1.
    pub month: u8,
    /// Day, from 1.
    pub day: u8,
}

impl Date {
    /// A date; the caller answers for its being one.
    pub const fn new(year: u16, month: u8, day: u8) -> Date {
        Date { year, month, day }
    }

    /// The date so many days after 1970-01-01 (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms"); `None` when
    /// the year does not fit.
    pub fn of_unix_days(days: u64) -> Option<Date> {
        // Days since 0000-03-01, in eras of 400 years; a year begins in March, so that leap days end it.
        let days = days.checked_add(719_468)?;
        let (era, of_era) = (days / 146_097, days % 146_097);
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let day = u8::try_from(of_year - (153 * month + 2) / 5 + 1).ok()?;
        let (month, later) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
        Some(Date {
            year: u16::try_from(era * 400 + year + later).ok()?,
            month: u8::try_from(month).ok()?,
            day,
        })
    }

    /// Reads `2026-11-10`; text after it is ignored.
    pub fn parse(text: &str) -> Option<Date> {
        let number = |from: usize, to: usize| text.get(from..to)?.parse::<u16>().ok();
        let dashes = text.get(4..5)? == "-" && text.get(7..8)? == "-";
        let (month, day) = (u8::try_from(number(5, 7)?).ok()?, u8::try_from(number(8, 10)?).ok()?);
        let valid = dashes && (1..=12).contains(&month) && (1..=31).contains(&day);
        valid.then_some(Date { year: number(0, 4)?, month, day })
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// How long a release is supported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Term {
    /// Long-term support.
    Long,
    /// Standard-term support.
    Standard,
}

/// A release of .NET.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Release {
    /// Major version.
    pub major: u32,
    /// Minor version.
    pub minor: u32,
    /// How long it is supported.
    pub term: Term,
    /// General availability; `None` when it was not yet out at the snapshot.
    pub released: Option<Date>,
    /// The latest patch at the snapshot.
    pub latest: &'static str,
    /// The last day of support; `None` when not announced.
    pub end: Option<Date>,
}

impl Release {
    /// `.NET Core 3.1`, `.NET 8.0`.
    pub fn name(&self) -> String {
        let product = if self.major >= 5 { ".NET" } else { ".NET Core" };
        format!("{product} {}.{}", self.major, self.minor)
    }
}

const fn row(
    (major, minor): (u32, u32),
    term: Term,
    released: (u16, u8, u8),
    latest: &'static str,
    end: (u16, u8, u8),
) -> Release {
    Release {
        major,
        minor,
        term,
        released: Some(Date::new(released.0, released.1, released.2)),
        latest,
        end: Some(Date::new(end.0, end.1, end.2)),
    }
}

/// All releases, oldest first.
pub const RELEASES: [Release; 14] = [
    row((1, 0), Term::Long, (2016, 6, 27), "1.0.16", (2019, 6, 27)),
    row((1, 1), Term::Long, (2016, 11, 16), "1.1.13", (2019, 6, 27)),
    row((2, 0), Term::Standard, (2017, 8, 14), "2.0.9", (2018, 10, 1)),
    row((2, 1), Term::Long, (2018, 5, 30), "2.1.30", (2021, 8, 21)),
    row((2, 2), Term::Standard, (2018, 12, 4), "2.2.8", (2019, 12, 23)),
    row((3, 0), Term::Standard, (2019, 9, 23), "3.0.3", (2020, 3, 3)),
    row((3, 1), Term::Long, (2019, 12, 3), "3.1.32", (2022, 12, 13)),
    row((5, 0), Term::Standard, (2020, 11, 10), "5.0.17", (2022, 5, 10)),
    row((6, 0), Term::Long, (2021, 11, 8), "6.0.36", (2024, 11, 12)),
    row((7, 0), Term::Standard, (2022, 11, 8), "7.0.20", (2024, 5, 14)),
    row((8, 0), Term::Long, (2023, 11, 14), "8.0.26", (2026, 11, 10)),
    row((9, 0), Term::Standard, (2024, 11, 12), "9.0.15", (2026, 11, 10)),
    row((10, 0), Term::Long, (2025, 11, 11), "10.0.6", (2028, 11, 14)),
    Release {
        major: 11,
        minor: 0,
        term: Term::Standard,
        released: None,
        latest: "11.0.0-preview.3",
        end: None,
    },
];

/// The release that a target framework belongs to; `None` for one that is not in the table.
pub fn release(target: TargetFramework) -> Option<&'static Release> {
    RELEASES.iter().find(|r| (r.major, r.minor) == (target.major, target.minor))
}

/// Whether a release is supported on a day; `None` for one that is not in the table. A runtime's version is
/// turned into its release by `TargetFramework::from`.
pub fn status(target: TargetFramework, today: Date) -> Option<Status> {
    let release = release(target)?;
    Some(match release.end {
        Some(end) if end < today => Status::Ended(end),
        end => Status::Supported { until: end },
    })
}

/// Whether a release is supported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It is.
    Supported {
        /// The last day, when announced.
        until: Option<Date>,
    },
    /// It no longer is; the last day.
    Ended(Date),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::version::Version;

    fn status_of(tfm: &str, today: &str) -> Option<Status> {
        status(TargetFramework::parse(tfm)?, Date::parse(today).expect("a date"))
    }

    #[test]
    fn days_since_1970_are_dates() {
        for (days, date) in [
            (0, Date::new(1970, 1, 1)),
            (59, Date::new(1970, 3, 1)),
            (11_016, Date::new(2000, 2, 29)),
            (20_782, Date::new(2026, 11, 25)),
        ] {
            assert_eq!(Date::of_unix_days(days), Some(date));
        }
        assert_eq!(Date::of_unix_days(u64::MAX), None);
    }

    #[test]
    fn support_ends_after_the_last_day() {
        let end = Date::new(2024, 11, 12);
        assert_eq!(status_of("net6.0", "2024-11-12"), Some(Status::Supported { until: Some(end) }));
        assert_eq!(status_of("net6.0", "2024-11-13"), Some(Status::Ended(end)));
        assert_eq!(status_of("netcoreapp2.2", "2026-01-01"), Some(Status::Ended(Date::new(2019, 12, 23))));
        assert_eq!(status_of("net99.0", "2026-01-01"), None);
        let runtime = Version::parse("6.0.36").expect("a version");
        assert_eq!(status((&runtime).into(), Date::new(2025, 1, 1)), Some(Status::Ended(end)));
    }

    #[test]
    fn the_table_is_in_order_and_its_patches_belong_to_their_release() {
        for pair in RELEASES.windows(2) {
            assert!((pair[0].major, pair[0].minor) < (pair[1].major, pair[1].minor));
        }
        for release in &RELEASES {
            let latest = Version::parse(release.latest).expect("a version");
            assert_eq!((latest.major, latest.minor), (release.major, release.minor));
            assert!(release.released.is_none_or(|out| release.end.is_none_or(|end| out < end)));
        }
    }

    #[test]
    fn dates_are_read_and_written() {
        assert_eq!(Date::parse("2026-04-09T00:00").map(|d| d.to_string()).as_deref(), Some("2026-04-09"));
        for bad in ["", "2026-13-01", "2026-1-1", "2026/04/09", "20é6-04-09"] {
            assert_eq!(Date::parse(bad), None, "{bad}");
        }
    }
}

//! Dates as the locales of Windows write them.

use falconer_observation::Timestamp;

/// Words for the half of the day, in lower case. Dots and blanks are taken out before comparing.
const MORNING: &[&str] = &["am", "上午", "午前", "오전"];
const AFTERNOON: &[&str] = &["pm", "下午", "午後", "오후"];

/// A date is no longer than this, in bytes.
const LONGEST: usize = 64;

/// Reads a date with a time of day in ISO form or in the short form of some locale; the zone is unknown unless
/// the text says it.
///
/// Orders that look alike are told apart so: a number above 12 is no month; with a plain `AM`/`PM` the month
/// comes first (en-US), otherwise the day does (en-GB, French, Spanish, Italian, Portuguese, German, …).
pub(crate) fn parse(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if text.len() > LONGEST {
        return None;
    }
    Timestamp::parse_iso(text).or_else(|| parse_local(text))
}

fn parse_local(text: &str) -> Option<Timestamp> {
    let numbers = Numbers::of(text)?;
    let (year, month, day) = numbers.date(half_of_day(text).is_some_and(|half| half.plain))?;
    let [hour, minute] = [numbers.value(3)?, numbers.value(4)?];
    let second = numbers.value(5).unwrap_or(0);
    let hour = match half_of_day(text) {
        Some(Half { afternoon: true, .. }) if hour < 12 => hour + 12,
        Some(Half { afternoon: false, .. }) if hour == 12 => 0,
        _ => hour,
    };
    Timestamp::from_fields((i64::from(year), month, day), (hour, minute, second, 0), false)
}

/// The numbers of a date, and what stands behind each.
struct Numbers<'t> {
    found: Vec<(u32, usize, &'t str)>,
}

impl<'t> Numbers<'t> {
    /// At most seven numbers of at most nine digits.
    fn of(text: &'t str) -> Option<Self> {
        let mut found = Vec::with_capacity(7);
        let mut rest = text;
        while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
            let tail = rest.get(start..)?;
            let digits = tail.find(|c: char| !c.is_ascii_digit()).unwrap_or(tail.len());
            let value = tail.get(..digits)?.parse().ok().filter(|_| digits <= 9)?;
            rest = tail.get(digits..)?;
            let gap = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
            found.push((value, digits, rest.get(..gap)?));
            if found.len() == 7 {
                break;
            }
        }
        (found.len() >= 5).then_some(Numbers { found })
    }

    fn value(&self, index: usize) -> Option<u32> {
        self.found.get(index).map(|(value, ..)| *value)
    }

    fn gap(&self, index: usize) -> &str {
        self.found.get(index).map_or("", |(.., gap)| gap)
    }

    /// Year, month and day of the first three numbers, when they are joined as dates are, and the next two as
    /// times are.
    fn date(&self, month_first: bool) -> Option<(u32, u32, u32)> {
        let joins = |gap: &str| matches!(gap.trim(), "/" | "." | "-" | "年" | "月");
        let joined =
            joins(self.gap(0)) && joins(self.gap(1)) && matches!(self.gap(3), ":" | "." | "時" | "时");
        if !joined {
            return None;
        }
        let [a, b, c] = [self.value(0)?, self.value(1)?, self.value(2)?];
        let digits = |index: usize| self.found.get(index).map_or(0, |(_, digits, _)| *digits);
        if digits(0) == 4 {
            return Some((a, b, c));
        }
        let year = match digits(2) {
            4 => c,
            2 => 2000 + c,
            _ => return None,
        };
        let month_first = match (a > 12, b > 12) {
            (true, _) => false,
            (_, true) => true,
            _ => month_first,
        };
        Some(if month_first { (year, a, b) } else { (year, b, a) })
    }
}

/// Which half of the day a time is in.
struct Half {
    afternoon: bool,
    /// Written `AM`/`PM` without dots, as en-US does.
    plain: bool,
}

fn half_of_day(text: &str) -> Option<Half> {
    if text.is_ascii() && !text.bytes().any(|b| matches!(b, b'm' | b'M')) {
        return None;
    }
    let plain = !text.to_lowercase().contains("m.");
    let letters: String = text.to_lowercase().chars().filter(|c| c.is_alphabetic()).collect();
    let says = |words: &[&str]| words.iter().any(|word| letters.contains(word));
    if says(AFTERNOON) {
        Some(Half { afternoon: true, plain })
    } else if says(MORNING) {
        Some(Half { afternoon: false, plain })
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_many_locales_are_read() {
        for (text, shown) in [
            ("7/28/2021 7:23:44 PM", "2021-07-28 19:23:44"),
            ("3/4/2021 12:00:01 AM", "2021-03-04 00:00:01"),
            ("28.07.2021 19:23:44", "2021-07-28 19:23:44"),
            ("28. 7. 2021 19:23:44", "2021-07-28 19:23:44"),
            ("28/07/2021 19:23:44", "2021-07-28 19:23:44"),
            ("04/03/2021 19:23:44", "2021-03-04 19:23:44"),
            ("28/07/2021 07:23:44 p. m.", "2021-07-28 19:23:44"),
            ("28-07-2021 19:23:44", "2021-07-28 19:23:44"),
            ("2021/7/28 19:23:44", "2021-07-28 19:23:44"),
            ("2021/7/28 下午 07:23:44", "2021-07-28 19:23:44"),
            ("2021-07-28 오후 7:23:44", "2021-07-28 19:23:44"),
            ("28.07.21 19:23", "2021-07-28 19:23:00"),
            ("28.7.2021 19.23.44", "2021-07-28 19:23:44"),
            ("2021-07-28T19:23:44.0760000Z", "2021-07-28 19:23:44Z"),
        ] {
            assert_eq!(parse(text).map(|t| t.to_string()).as_deref(), Some(shown), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_with_a_time_is_refused() {
        for no in [
            "",
            "2021-07-28",
            "28.07.2021",
            "Jan 07 10:00",
            "10.0.14393.0 5",
            "1 2 3 4 5",
            "99/99/2021 10:00:00",
            "28/07/2021 25:00:00",
            "1234567890/1/2021 10:00",
        ] {
            assert_eq!(parse(no), None, "{no}");
        }
    }
}

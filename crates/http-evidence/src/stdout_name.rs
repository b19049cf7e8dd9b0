//! The names of stdout logs, which tell the worker process and a time.

use falconer_observation::Timestamp;

/// What the name of a stdout log tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StdoutName {
    /// `stdoutLogFile` without its folder.
    pub stem: String,
    /// The worker process, not the app's own one, also when the app runs out of process.
    pub pid: u32,
    /// In-process the start of the worker process, out-of-process the start of the app (UTC). `None` when the
    /// digits of an old name can be read in several ways.
    pub time: Option<Timestamp>,
}

/// Reads the name of a stdout log; folders before it do not matter.
///
/// `{stem}_{yyyyMMddHHmmss}_{pid}.log` since 2.0 (`RedirectionOutput.cpp`, `serverprocess.cpp`), and
/// `{stem}_{pid}_{time}.log` of 1.0, whose time has no leading zeros.
pub fn parse(path: &str) -> Option<StdoutName> {
    let name = path.rsplit(['/', '\\']).next()?;
    let (name, extension) = name.rsplit_once('.')?;
    let (rest, last) = name.rsplit_once('_')?;
    let (stem, first) = rest.rsplit_once('_')?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit());
    if !extension.eq_ignore_ascii_case("log") || !digits(first) || !digits(last) {
        return None;
    }
    let (pid, time) = match (padded(first), last.parse()) {
        (Some(time), Ok(pid)) => (pid, Some(time)),
        _ if (9..=14).contains(&last.len()) && first.len() <= 10 => (first.parse().ok()?, unpadded(last)),
        _ => return None,
    };
    Some(StdoutName { stem: stem.to_owned(), pid, time })
}

/// `20210728192344`. The year has no leading zeros, and until the year 10000 needs none.
fn padded(digits: &str) -> Option<Timestamp> {
    if digits.len() != 14 {
        return None;
    }
    let field = |from: usize, to: usize| digits.get(from..to)?.parse::<u32>().ok();
    let date = (i64::from(field(0, 4)?), field(4, 6)?, field(6, 8)?);
    Timestamp::from_fields(date, (field(8, 10)?, field(10, 12)?, field(12, 14)?, 0), true)
}

/// `201673123459`: year, month, day, hour, minute and second, each as long as it happens to be.
fn unpadded(digits: &str) -> Option<Timestamp> {
    let (year, rest) = digits.split_at_checked(4)?;
    let mut readings = Vec::new();
    split(rest, &mut Vec::new(), &mut |fields| {
        if let [month, day, hour, minute, second] = *fields {
            let year = year.parse().unwrap_or_default();
            readings.extend(Timestamp::from_fields((year, month, day), (hour, minute, second, 0), true));
        }
    });
    match *readings.as_slice() {
        [only] => Some(only),
        _ => None,
    }
}

/// Splits digits into five numbers of one or two digits without leading zeros, in every way: at most 32.
fn split(digits: &str, fields: &mut Vec<u32>, found: &mut impl FnMut(&[u32])) {
    if fields.len() == 5 {
        if digits.is_empty() {
            found(fields);
        }
        return;
    }
    for length in [1, 2] {
        let Some((field, rest)) = digits.split_at_checked(length) else { return };
        if length == 2 && field.starts_with('0') {
            return;
        }
        fields.push(field.parse().unwrap_or(u32::MAX));
        split(rest, fields, found);
        fields.pop();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn seen(path: &str) -> Option<(String, u32, Option<String>)> {
        parse(path).map(|name| (name.stem, name.pid, name.time.map(|t| t.to_string())))
    }

    #[test]
    fn names_tell_process_and_time() {
        let name = |stem: &str, pid, time: &str| Some((stem.to_owned(), pid, Some(time.to_owned())));
        for (path, expected) in [
            ("logs\\stdout_20210728192344_11020.log", name("stdout", 11020, "2021-07-28 19:23:44Z")),
            ("a.zip!/LogFiles/my_app_20240229000000_4.LOG", name("my_app", 4, "2024-02-29 00:00:00Z")),
            ("stdout_9556_20171225123456.log", name("stdout", 9556, "2017-12-25 12:34:56Z")),
            ("stdout_9556_201611111.log", name("stdout", 9556, "2016-01-01 01:01:01Z")),
        ] {
            assert_eq!(seen(path), expected, "{path}");
        }
    }

    #[test]
    fn an_old_name_that_can_be_read_in_several_ways_tells_no_time() {
        assert_eq!(seen("stdout_9004_2016112123459.log"), Some(("stdout".to_owned(), 9004, None)));
    }

    #[test]
    fn other_names_tell_nothing() {
        for path in [
            "",
            "stdout.log",
            "stdout_1.log",
            "stdout_20210728192344_11020.txt",
            "stdout_20211328192344_99999999999.log",
            "a_b_c.log",
            "u_ex210728.log",
            "stdout_1_2.log",
        ] {
            assert_eq!(parse(path), None, "{path}");
        }
    }

    proptest! {
        #[test]
        fn every_name_of_the_module_is_read(stem in "[a-z_]{1,8}", pid: u32, time in (2016i64..2100, 1u32..13, 1u32..29, 0u32..24, 0u32..60, 0u32..60)) {
            let (year, month, day, hour, minute, second) = time;
            let expected = Timestamp::from_fields((year, month, day), (hour, minute, second, 0), true);
            let new = format!("{stem}_{year}{month:02}{day:02}{hour:02}{minute:02}{second:02}_{pid}.log");
            prop_assert_eq!(parse(&new), Some(StdoutName { stem: stem.clone(), pid, time: expected }));
            let pid = pid % 100_000;
            let old = parse(&format!("{stem}_{pid}_{year}{month}{day}{hour}{minute}{second}.log"));
            let old = old.ok_or_else(|| TestCaseError::fail("not read"))?;
            prop_assert_eq!(old.pid, pid);
            prop_assert!(old.time.is_none() || old.time == expected);
        }

        #[test]
        fn any_name_is_read_or_not_without_a_panic(name in "[0-9_é.a]{0,40}") {
            let _ = parse(&name);
        }
    }
}

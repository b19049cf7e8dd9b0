use std::fmt::Write;
use std::io::BufReader;

use proptest::prelude::*;

use super::*;

const HEADER: &str = "#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n\
#Date: 2024-05-01 10:00:00\r\n#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username \
c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken\r\n";

fn row(time: &str, path: &str, status: &str) -> String {
    format!("2024-05-01 {time} 10.0.0.4 GET {path} - 443 - 10.0.0.9 Mozilla/5.0+(Windows) - {status} 12\r\n")
}

fn shown(time: Option<Timestamp>) -> Option<String> {
    time.map(|t| t.to_string())
}

#[test]
fn failures_are_counted_by_kind_with_first_and_last() {
    let text = [
        HEADER,
        &row("10:00:01", "/", "200 0 0"),
        &row("10:00:02", "/", "500 30 0"),
        &row("10:00:03", "/about", "404 0 2"),
        &row("10:00:09", "/favicon.ico", "500 30 0"),
        &row("10:00:10", "/", "200 0 0"),
        &row("10:00:11", "/shop/x", "200 0 0"),
    ]
    .concat();
    let log = read(text.as_bytes(), Some("W3SVC5"));
    assert_eq!((log.requests, log.unread_lines, log.failures.len()), (6, 0, 2));
    assert_eq!(shown(log.first).as_deref(), Some("2024-05-01 10:00:01Z"));
    assert_eq!(shown(log.last).as_deref(), Some("2024-05-01 10:00:11Z"));
    let Some(start) = log.failures.first() else { unreachable!() };
    assert_eq!((start.status, start.substatus, start.win32, start.count), (500, Some(30), Some(0), 2));
    assert_eq!((start.site.as_deref(), start.path_group.as_deref()), (Some("W3SVC5"), Some("/")));
    assert_eq!((start.first_place.line, start.last_place.line), (6, 8));
    assert_eq!(shown(start.last).as_deref(), Some("2024-05-01 10:00:09Z"));
    assert_eq!(start.successes_after, 1, "the success of another application does not count");
    let range = start.first_place.bytes.start as usize..start.first_place.bytes.end as usize;
    assert_eq!(text.get(range), Some(start.sample.as_str()));
}

#[test]
fn the_columns_may_change_in_the_middle_of_the_file() {
    let text = format!(
        "{HEADER}{}#Fields: time sc-status s-sitename cs-uri-stem date\n\
         10:30:00 503 W3SVC7 /api/x 2024-05-02\n",
        row("10:00:02", "/", "500 19 13")
    );
    let log = read(text.as_bytes(), None);
    let seen: Vec<_> = log.failures.iter().map(|f| (f.status, f.site.as_deref(), f.substatus)).collect();
    assert_eq!(seen, [(500, None, Some(19)), (503, Some("W3SVC7"), None)]);
    assert_eq!(shown(log.last).as_deref(), Some("2024-05-02 10:30:00Z"));
}

#[test]
fn without_a_date_column_the_date_of_the_directive_counts() {
    let text = "#Fields: time sc-status\n#Date: 2024-05-01 00:00:00\n10:30:00 500\n";
    assert_eq!(shown(read(text.as_bytes(), None).last).as_deref(), Some("2024-05-01 10:30:00Z"));
}

#[test]
fn a_log_whose_start_is_cut_off_is_still_read() {
    let text =
        [" - 200 0 0 1\r\n", &row("10:00:02", "/", "502 5 0"), &row("10:00:03", "/", "200 0 0")].concat();
    let log = read(text.as_bytes(), None);
    assert_eq!((log.requests, log.unread_lines), (2, 1));
    assert_eq!(log.first_unread.map(|p| p.line), Some(1));
    assert_eq!(log.failures.first().map(|f| (f.status, f.substatus)), Some((502, Some(5))));
}

#[test]
fn truncated_and_foreign_lines_are_told_and_do_not_count() {
    let text = [
        HEADER,
        "garbage\r\n\r\n",
        &row("10:00:02", "/", "xxx 0 0"),
        "2024-05-01 10:00:03 10.0.0.4 GET / - 443 - 10.0.0.9 Mozilla/5.0 - 50",
    ]
    .concat();
    let log = read(text.as_bytes(), None);
    assert_eq!((log.requests, log.unread_lines, log.failures.len()), (0, 3, 0));
    assert_eq!(log.first_unread.map(|p| p.line), Some(5));
}

#[test]
fn endless_kinds_of_failures_are_bounded() {
    let mut text = HEADER.to_owned();
    for number in 0..3000 {
        text += &row("10:00:02", &format!("/probe{number}/x"), "404 0 2");
    }
    let log = read(text.as_bytes(), None);
    assert_eq!((log.requests, log.failures.len(), log.more_kinds), (3000, 1024, true));
}

#[test]
fn a_pasted_line_is_understood_without_its_header() {
    let line = "2023-04-23 22:47:03 W3SVC5 HOST 10.1.1.1 GET /app/health 443 - HTTP/1.1 - - host 503 0 1255 202 130 15";
    let entry = parse_line(line).expect("a line of a log");
    assert_eq!(shown(entry.time).as_deref(), Some("2023-04-23 22:47:03Z"));
    assert_eq!((entry.site.as_deref(), entry.path.as_deref()), (Some("W3SVC5"), Some("/app/health")));
    assert_eq!(
        (entry.status, entry.substatus, entry.win32, entry.time_taken_ms),
        (503, Some(0), Some(1255), Some(15))
    );
    for other in
        ["", "Request starting HTTP/1.1 GET http://site 0", "GET /x", "GET /x 500 30", "POST /x - 7 8 9 10"]
    {
        assert_eq!(parse_line(other), None, "{other}");
    }
}

#[test]
fn logs_are_known_by_their_head_and_sites_by_their_path() {
    assert!(is_log(HEADER));
    assert!(is_log("\u{feff}#Fields: time cs-uri-stem sc-status\n"));
    assert!(!is_log("#Software: Microsoft HTTP API 2.0\n#Fields: date time s-reason\n"));
    assert_eq!(site_of(r"C:\inetpub\logs\LogFiles\W3SVC12\u_ex240501.log"), Some("W3SVC12"));
    assert_eq!(site_of("bundle.zip!/w3svc1/u_ex.log"), Some("w3svc1"));
    assert_eq!(site_of("W3SVC/u_ex.log"), None);
}

fn any_line() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{0,40}",
        Just("#Fields: date time cs-uri-stem sc-status sc-substatus".to_owned()),
        Just("#Date: 2024".to_owned()),
        "2024-05-0[1-9] 1[0-9]:00:00 /[a-c]/x [2-5]0[0-4] [0-9]{1,2}",
        (0u32..9).prop_map(|n| row("10:00:00", "/a", &format!("50{n} 0 0")).trim_end().to_owned()),
    ]
}

proptest! {
    #[test]
    fn nothing_is_lost_and_places_hold_the_samples(lines in prop::collection::vec(any_line(), 0..30), size in 1usize..50) {
        let mut text = String::new();
        for line in &lines {
            let _ = writeln!(text, "{line}");
        }
        let log = read(BufReader::with_capacity(size, text.as_bytes()), None);
        let rows = text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).count() as u64;
        prop_assert_eq!(log.requests + log.unread_lines, rows);
        prop_assert!(log.failures.iter().map(|f| f.count).sum::<u64>() <= log.requests);
        for failure in &log.failures {
            let place = &failure.first_place;
            prop_assert_eq!(text.get(place.bytes.start as usize..place.bytes.end as usize), Some(failure.sample.as_str()));
            prop_assert_eq!(text.lines().nth(place.line as usize - 1), Some(failure.sample.as_str()));
        }
    }

    #[test]
    fn any_line_is_a_row_or_not_without_a_panic(line in ".{0,80}") {
        let _ = parse_line(&line);
    }
}

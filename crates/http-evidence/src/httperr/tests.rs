use proptest::prelude::*;

use super::*;

const HEADER: &str = "#Software: Microsoft HTTP API 2.0\r\n#Version: 1.0\r\n#Date: 2024-05-01 10:00:00\r\n\
#Fields: date time c-ip c-port s-ip s-port cs-version cs-method cs-uri sc-status s-siteid s-reason s-queuename\r\n";

fn row(time: &str, tail: &str) -> String {
    format!("2024-05-01 {time} 10.0.0.9 50120 10.0.0.4 443 HTTP/1.1 GET /api {tail}\r\n")
}

#[test]
fn rows_are_counted_by_reason_and_queue() {
    let text = [
        HEADER,
        &row("10:00:01", "503 5 AppOffline ShopPool"),
        &row("10:00:05", "503 5 AppOffline ShopPool"),
        &row("10:00:06", "503 5 Disabled Other Pool"),
        "2024-05-01 10:00:07 10.0.0.9 50120 10.0.0.4 443 - - - - - Timer_ConnectionIdle -\r\n",
        "2024-05-01 10:00:07 10.0.0.9 501",
    ]
    .concat();
    let log = read(text.as_bytes());
    let seen: Vec<_> = log
        .kinds
        .iter()
        .map(|k| (k.reason.as_deref(), k.queue.as_deref(), k.site_id, k.status, k.count))
        .collect();
    assert_eq!(
        seen,
        [
            (Some("AppOffline"), Some("ShopPool"), Some(5), Some(503), 2),
            (Some("Disabled"), Some("Other Pool"), Some(5), Some(503), 1),
            (Some("Timer_ConnectionIdle"), None, None, None, 1),
        ]
    );
    assert_eq!((log.rows, log.unread_lines), (4, 1));
    let Some(first) = log.kinds.first() else { unreachable!() };
    assert_eq!((first.first_place.line, first.last_place.line), (5, 6));
    assert_eq!(first.last.map(|t| t.to_string()).as_deref(), Some("2024-05-01 10:00:05Z"));
}

#[test]
fn newer_columns_do_not_disturb() {
    let text = "#Fields: date time cs-uri streamid sc-status s-siteid s-reason s-queuename transport\n\
                2024-05-01 10:00:01 / 1 503 1 QueueFull Pool TCP\n";
    let kind = read(text.as_bytes()).kinds.pop().expect("one kind");
    assert_eq!((kind.queue.as_deref(), kind.status), (Some("Pool"), Some(503)));
}

#[test]
fn every_reason_is_written_once_and_found_in_any_case() {
    for known in REASONS {
        let same = REASONS.iter().filter(|r| r.name.eq_ignore_ascii_case(known.name)).count();
        assert_eq!(same, 1, "{}", known.name);
        assert_eq!(reason(&known.name.to_uppercase()), Some(known));
    }
    assert_eq!(reason("AppOffline").map(|r| r.side), Some(Side::Server));
    assert_eq!(reason("Nonsense"), None);
}

#[test]
fn logs_are_known_by_their_head() {
    assert!(is_log(HEADER));
    assert!(!is_log(
        "#Software: Microsoft Internet Information Services 10.0\n#Fields: date time cs-uri-stem\n"
    ));
}

proptest! {
    #[test]
    fn every_row_is_counted_or_unread(lines in prop::collection::vec("[ -~]{0,60}", 0..20), header: bool) {
        let text = format!("{}{}\n", if header { HEADER } else { "" }, lines.join("\n"));
        let log = read(text.as_bytes());
        let rows = text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).count() as u64;
        prop_assert_eq!(log.rows + log.unread_lines, rows);
        prop_assert_eq!(log.kinds.iter().map(|k| k.count).sum::<u64>(), log.rows);
        for kind in &log.kinds {
            let place = &kind.first_place;
            prop_assert_eq!(text.get(place.bytes.start as usize..place.bytes.end as usize), Some(kind.sample.as_str()));
        }
    }
}

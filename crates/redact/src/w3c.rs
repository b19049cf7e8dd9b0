//! IIS logs in W3C format: the user and the cookies stand in columns, without names.

use std::ops::Range;

use crate::harmless::is_well_known_user;
use crate::headers::cookies;
use crate::identity::user_span;
use crate::pattern::Pattern;
use crate::span::Span;

/// A line of IIS's log up to its port, in the order that IIS always writes its fields in: date, time, up to three
/// of site, computer and server address, method, path, query, port. Group 1 is the user, group 2 the rest. A log that is
/// quoted in JSON has its line ends escaped.
static LINE: Pattern = Pattern::new(concat!(
    r"(?m)(?:^|\\[nr])[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2} (?:[^ \r\n]+ ){0,3}[A-Z]{3,16} ",
    r"/[^ \r\n]* [^ \r\n]+ [0-9]{1,5} ([^ \r\n]+)((?:[^\\\r\n]|\\[^nr])*)",
));

/// Adds the users and cookies of log lines.
pub(crate) fn find(text: &str, spans: &mut Vec<Span>) {
    for line in LINE.all_groups(text) {
        let (Some((place, user)), Some((rest, _))) = (line.get(1), line.get(2)) else { continue };
        if !is_well_known_user(user) && !is_ip_address(user) {
            spans.push(user_span(text, place));
        }
        find_cookies(text, rest, spans);
    }
}

/// Where the user is not logged, the client's address stands in its place.
fn is_ip_address(field: &str) -> bool {
    field.parse::<std::net::IpAddr>().is_ok()
}

/// The column of cookies is the one that holds pairs and is no address.
fn find_cookies(text: &str, rest: Range<usize>, spans: &mut Vec<Span>) {
    let mut at = rest.start;
    for field in text.get(rest).unwrap_or_default().split(' ') {
        let range = at..at + field.len();
        at = range.end + 1;
        if field.contains('=') && !field.contains("://") {
            cookies(text, range, spans);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets(text: &str) -> Vec<&str> {
        let mut spans = Vec::new();
        find(text, &mut spans);
        spans.into_iter().map(|span| &text[span.range]).collect()
    }

    #[test]
    fn users_and_cookies_are_found_in_their_columns() {
        let line = "2026-11-02 10:14:03 W3SVC5 WEB01 10.0.0.4 GET /app/ a=b 443 CORP\\bob 10.0.0.9 HTTP/1.1 \
                    Mozilla/5.0+(Windows+NT+10.0;+Win64) track=xyz;+seen=1 https://a.example/?x=y 500 30 0 12";
        assert_eq!(secrets(line), ["CORP\\bob", "xyz", "1"]);
    }

    #[test]
    fn a_line_without_user_and_cookies_stays() {
        assert_eq!(
            secrets("2026-11-02 10:14:03 10.0.0.4 GET / - 80 - 10.0.0.9 Mozilla/5.0 - 500 30 0 12"),
            [""; 0]
        );
        assert_eq!(secrets("2026-11-02 10:14:03 GET / - 80 10.0.0.9 500 30 0"), [""; 0]);
    }
}

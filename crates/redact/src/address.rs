//! Credentials in addresses: `postgres://user:password@host/db`.

use std::ops::Range;

use crate::connection::find_machine;
use crate::harmless::{is_no_secret, is_well_known_user};
use crate::identity::user_span;
use crate::kind::Kind;
use crate::span::Span;

const MARK: &str = "://";

/// How far an address with credentials reaches before its host.
const MAX_CREDENTIALS: usize = 1024;

/// Adds the users, passwords and hosts of addresses that carry credentials.
pub(crate) fn find(text: &str, spans: &mut Vec<Span>) {
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find(MARK)) {
        let start = at + found + MARK.len();
        let end = authority_end(text, start);
        at = start.max(find_credentials(text, start, end, spans));
    }
}

/// Adds what is secret in an address whose authority begins at `start`; returns how far it was read.
fn find_credentials(text: &str, start: usize, end: usize, spans: &mut Vec<Span>) -> usize {
    let Some(authority) = text.get(start..end) else { return start };
    let Some(sign) = credentials_end(authority) else { return start };
    let credentials = &authority[..sign];
    match credentials.split_once(':') {
        Some((user, _)) => {
            push_user(text, start..start + user.len(), spans);
            push_password(text, start + user.len() + 1..start + sign, spans);
        }
        // One part alone is a token as often as a user; both are nobody's business.
        None => push_user(text, start..start + sign, spans),
    }
    let hosts = start + sign + 1;
    let host_end =
        text.get(hosts..end).and_then(|rest| rest.find(['/', '?', '#'])).map_or(end, |len| hosts + len);
    let mut host = hosts;
    for part in text.get(hosts..host_end).unwrap_or_default().split(',') {
        find_machine(text, host..host + part.len(), spans);
        host += part.len() + 1;
    }
    host_end
}

/// Where the credentials end: at the last `@` that can belong to them.
fn credentials_end(authority: &str) -> Option<usize> {
    let path = authority.find(['/', '?', '#']);
    let Some(path) = path else { return authority.rfind('@') };
    let (host, _) = authority.split_at(path);
    if let Some(sign) = host.rfind('@') {
        return Some(sign);
    }
    // A slash before the sign: a password written unencoded, unless `name:digits/` is a host and its port.
    let (_, port) = host.split_once(':')?;
    let is_port = port.len() <= 5 && port.bytes().all(|byte| byte.is_ascii_digit());
    if is_port { None } else { authority.rfind('@') }
}

fn authority_end(text: &str, start: usize) -> usize {
    let end = text.floor_char_boundary(start + MAX_CREDENTIALS);
    let stop = |ch: char| ch.is_whitespace() || matches!(ch, '"' | '\'' | '<' | '>' | '`' | '\\');
    text.get(start..end).and_then(|rest| rest.find(stop)).map_or(end, |len| start + len)
}

fn push_user(text: &str, range: Range<usize>, spans: &mut Vec<Span>) {
    let user = text.get(range.clone()).unwrap_or_default();
    if !user.is_empty() && !is_well_known_user(user) {
        spans.push(user_span(text, range));
    }
}

fn push_password(text: &str, range: Range<usize>, spans: &mut Vec<Span>) {
    let password = text.get(range.clone()).unwrap_or_default();
    if !is_no_secret(password) {
        spans.push(Span::sure(range, Kind::Password));
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
    fn credentials_and_their_hosts_go() {
        assert_eq!(secrets("postgres://web:p4ss@db01:5432/shop"), ["web", "p4ss", "db01"]);
        assert_eq!(secrets("\"amqp://web:p4/ss@mq01/%2f\""), ["web", "p4/ss", "mq01"]);
        assert_eq!(
            secrets("mongodb+srv://web:p@4ss@a.example,b.example:27017/?x=1"),
            ["web", "p@4ss", "a.example", "b.example"]
        );
        assert_eq!(secrets("redis://:p4ss@localhost:6379"), ["p4ss"]);
        assert_eq!(secrets("https://t0ken@feed.example/x"), ["t0ken", "feed.example"]);
    }

    #[test]
    fn addresses_without_credentials_stay() {
        for text in ["https://localhost:5001/mail?to=a@b", "http://*:80", "://", "x://@", "https://host/a@b"]
        {
            assert_eq!(secrets(text), [""; 0], "{text}");
        }
    }
}

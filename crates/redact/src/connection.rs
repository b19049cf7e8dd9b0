//! Connection strings: what in them is secret, and what diagnosis needs.
//!
//! Only values of keywords that are known to be harmless stay. A misspelt keyword (`Passwrod=`) is a cause of
//! failures at start-up, so a keyword always stays, and the value of one that is not known never does.

use std::ops::Range;

use crate::harmless::{is_no_secret, is_well_known_host, is_well_known_user};
use crate::kind::Kind;
use crate::names::{Meaning, meaning};
use crate::pattern::Pattern;
use crate::span::Span;
use crate::unit::{Form, Unit, skip_space, unit};
use crate::value::{LAID_OUT, quoted};

/// Keywords of SqlClient, Npgsql, MySqlConnector, Microsoft.Data.Sqlite, ODBC, OLE DB, Azure Storage, Service Bus,
/// Cosmos DB, Application Insights and StackExchange.Redis (letters only, lower case) whose values are no secrets.
#[rustfmt::skip]
const HARMLESS: &[&str] = &[
    "abortconnect", "abortonconnectfail", "addresses", "allowadmin", "allowuservariables", "app", "applicationintent",
    "applicationname", "asynctimeout", "attachdbfilename", "authentication", "blobendpoint", "cache", "catalog",
    "channelprefix", "charset", "columnencryptionsetting", "commandtimeout", "connectionlifetime",
    "connectionreset", "connectiontimeout", "connectretry", "connectretrycount", "connectretryinterval",
    "connecttimeout", "consistencylevel", "database", "dbq", "defaultdatabase", "defaultendpointsprotocol",
    "driver", "encrypt", "endpointsuffix", "enlist", "entitypath", "failoverpartner",
    "fileendpoint", "filename", "foreignkeys", "includeerrordetail", "ingestionendpoint", "initialcatalog",
    "integratedsecurity", "keepalive", "language", "liveendpoint", "loadbalancetimeout", "maximumpoolsize",
    "maxpoolsize", "metadata", "minimumpoolsize", "minpoolsize", "mode", "multipleactiveresultsets",
    "multisubnetfailover", "networklibrary", "packetsize", "persistsecurityinfo", "poolblockingperiod", "pooling",
    "port", "protocol", "provider", "queueendpoint", "recursivetriggers", "replication",
    "resolvedns", "retrycount", "searchpath", "sharedaccesskeyname", "ssl", "sslhost", "sslmode", "sslprotocols",
    "synctimeout", "tableendpoint", "timeout", "timezone", "transportmode", "transporttype",
    "transparentnetworkipresolution", "trustedconnection", "trustservercertificate", "typesystemversion",
    "usedevelopmentstorage", "usessl", "version", "workstationid", "wsid",
];

/// The machine in `tcp:sql01,1433`, `sql01\SQLEXPRESS`, `sb://ns.servicebus.windows.net/`.
static MACHINE: Pattern =
    Pattern::new(r"(?i)^(?:(?:tcp|np|lpc|admin|[a-z][a-z0-9+.-]{1,16}://)[:]?)?([^/\\:;,\s]+)");

/// A server and its port, of which StackExchange.Redis takes a list.
static SERVER: Pattern = Pattern::new(r"^[A-Za-z0-9_.-]+(?::[0-9]{1,5})?$");

/// Adds what is secret in the connection string at `range`. `opaque` says that even a value without keywords is
/// a secret.
pub(crate) fn find(text: &str, range: Range<usize>, opaque: bool, spans: &mut Vec<Span>) {
    // What stands behind the connection string is no part of it.
    let Some(text) = text.get(..range.end) else { return };
    let Some(value) = text.get(range.clone()) else { return };
    if is_no_secret(value) || value.trim_start().starts_with(['{', '[']) {
        return;
    }
    let parts = parts(text, range.clone());
    if parts.iter().all(|part| part.value.is_none()) {
        if opaque && !is_address(value) {
            spans.push(Span::likely(trimmed(text, range), Kind::Key));
        }
        return;
    }
    for part in parts {
        judge(text, part, spans);
    }
}

/// Adds the machine that a connection string names at `range`.
pub(crate) fn find_machine(text: &str, range: Range<usize>, spans: &mut Vec<Span>) {
    let Some(value) = text.get(range.clone()) else { return };
    let Some((place, machine)) = MACHINE.groups(value).and_then(|found| found.get(1)) else { return };
    if !is_well_known_host(machine) {
        spans.push(Span::sure(range.start + place.start..range.start + place.end, Kind::Host));
    }
}

/// Whether this is a plain address: `app.db`, `redis:6379`, `https://host/`. What is secret in an address, the
/// rules for addresses find.
fn is_address(value: &str) -> bool {
    value.contains("://") || value.trim_start().starts_with(['/', '.', '~']) || is_no_secret(value)
}

fn judge(text: &str, part: Part, spans: &mut Vec<Span>) {
    let Some(range) = part.value else {
        return judge_bare(text, part.keyword, spans);
    };
    let keyword = text.get(part.keyword).unwrap_or_default();
    let value = text.get(range.clone()).unwrap_or_default();
    let letters: String = keyword
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
        .collect();
    if is_no_secret(value) || HARMLESS.iter().any(|harmless| letters == *harmless) {
        return;
    }
    match meaning(keyword) {
        Some(Meaning::User) if is_well_known_user(value) => {}
        Some(Meaning::User) => spans.push(Span::sure(range, Kind::User)),
        Some(Meaning::Host) => find_machine(text, range, spans),
        _ if letters == "endpoint" => find_machine(text, range, spans),
        Some(Meaning::Secret(kind)) => spans.push(Span::sure(range, kind)),
        Some(Meaning::Weak(kind)) => spans.push(Span::likely(range, kind)),
        _ if value.bytes().all(|byte| byte.is_ascii_digit()) => {}
        _ => spans.push(Span::likely(range, Kind::Key)),
    }
}

/// A part without a keyword: a server of Redis, or what a password with a separator in it was torn into.
fn judge_bare(text: &str, range: Range<usize>, spans: &mut Vec<Span>) {
    let value = text.get(range.clone()).unwrap_or_default();
    if SERVER.is_match(value) {
        find_machine(text, range, spans);
    } else if !is_no_secret(value) {
        spans.push(Span::likely(range, Kind::Key));
    }
}

/// One `keyword=value`, or a value alone.
struct Part {
    keyword: Range<usize>,
    value: Option<Range<usize>>,
}

/// How a connection string is written.
#[derive(Debug, Clone, Copy)]
struct Grammar {
    /// What stands between its parts.
    separator: char,
    /// Whether it is percent-encoded as a whole; otherwise `%3B` is a part of a value.
    encoded: bool,
}

impl Grammar {
    fn of(text: &str, range: Range<usize>) -> Grammar {
        let sign = units(text, range.clone()).find(|(_, unit)| unit.ch == '=');
        let encoded = sign.is_some_and(|(_, unit)| unit.form == Form::Url);
        let grammar = Grammar { separator: ';', encoded };
        let has_semicolon = units(text, range).any(|(_, unit)| grammar.separates(unit));
        if has_semicolon { grammar } else { Grammar { separator: ',', encoded } }
    }

    fn counts(self, unit: Unit) -> bool {
        self.encoded || unit.form != Form::Url
    }

    fn separates(self, unit: Unit) -> bool {
        unit.ch == self.separator && self.counts(unit)
    }

    fn assigns(self, unit: Unit) -> bool {
        unit.ch == '=' && self.counts(unit)
    }
}

/// The units in a range, with their places.
fn units(text: &str, range: Range<usize>) -> impl Iterator<Item = (usize, Unit)> + '_ {
    let mut at = range.start;
    std::iter::from_fn(move || {
        let place = at;
        let next = unit(text, at).filter(|_| at < range.end)?;
        at += next.len;
        Some((place, next))
    })
}

fn parts(text: &str, range: Range<usize>) -> Vec<Part> {
    let grammar = Grammar::of(text, range.clone());
    let mut parts = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let (part, end) = part(text, at..range.end, grammar);
        parts.extend(part);
        at = end;
    }
    parts
}

/// The part at the beginning of `range`, and where the next one begins.
fn part(text: &str, range: Range<usize>, grammar: Grammar) -> (Option<Part>, usize) {
    let start = skip_space(text, range.start).min(range.end);
    let mut keyword = None;
    let mut value_start = start;
    for (pos, next) in units(text, start..range.end) {
        let after = pos + next.len;
        if grammar.separates(next) {
            return (finish(text, keyword, value_start..pos), after);
        }
        if grammar.assigns(next) && keyword.is_none() {
            keyword = Some(start..pos);
            value_start = skip_space(text, after).min(range.end);
            if let Some(value) = quoted(text, value_start, LAID_OUT).filter(|value| value.end <= range.end) {
                let end = after_separator(text, value.end, grammar).min(range.end);
                return (Some(Part { keyword: start..pos, value: Some(value.range) }), end);
            }
        }
    }
    (finish(text, keyword, value_start..range.end), range.end)
}

fn finish(text: &str, keyword: Option<Range<usize>>, value: Range<usize>) -> Option<Part> {
    let value = trimmed(text, value);
    match keyword {
        Some(keyword) => Some(Part { keyword, value: Some(value) }),
        None if value.is_empty() => None,
        None => Some(Part { keyword: value, value: None }),
    }
}

/// Where the part after a quoted value begins.
fn after_separator(text: &str, at: usize, grammar: Grammar) -> usize {
    let at = skip_space(text, at);
    unit(text, at).filter(|unit| grammar.separates(*unit)).map_or(at, |unit| at + unit.len)
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let value = text.get(range.clone()).unwrap_or_default();
    let start = range.start + (value.len() - value.trim_start().len());
    start..(start + value.trim().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets(text: &str) -> Vec<&str> {
        let mut spans = Vec::new();
        find(text, 0..text.len(), true, &mut spans);
        spans.into_iter().map(|span| &text[span.range]).collect()
    }

    #[test]
    fn a_sql_server_string_keeps_its_keywords_and_its_database() {
        let text =
            r#"Server=tcp:sql01.corp.example,1433;Database=Shop;User ID=web;Password="a;b";Encrypt=True"#;
        assert_eq!(secrets(text), ["sql01.corp.example", "web", "a;b"]);
    }

    #[test]
    fn an_entity_is_no_separator() {
        assert_eq!(secrets("Server=.;Password=&quot;a;b&quot;;Encrypt=True"), ["a;b"]);
        assert_eq!(secrets("Server=.;Password=a&amp;b;Encrypt=True"), ["a&amp;b"]);
    }

    #[test]
    fn the_value_of_a_misspelt_keyword_goes_and_the_keyword_stays() {
        assert_eq!(secrets("Server=.;Database=Shop;Passwrod=abc"), ["abc"]);
    }

    #[test]
    fn redis_separates_with_commas() {
        assert_eq!(secrets("cache.example:6380,password=abc=,ssl=True"), ["cache.example", "abc="]);
    }

    #[test]
    fn a_string_without_keywords_is_a_secret_and_a_reference_is_none() {
        assert_eq!(secrets("s3cr3t-value"), ["s3cr3t-value"]);
        assert_eq!(secrets("#{ConnectionString}#"), [""; 0]);
        assert_eq!(secrets("https://vault.example/"), [""; 0]);
    }

    #[test]
    fn local_servers_and_integrated_security_stay() {
        assert_eq!(secrets(r"Server=(localdb)\MSSQLLocalDB;Trusted_Connection=True;Database=Shop"), [""; 0]);
        assert_eq!(secrets(r"Data Source=.\SQLEXPRESS;Integrated Security=SSPI"), [""; 0]);
    }

    #[test]
    fn what_a_separator_in_a_password_tears_off_goes_too() {
        assert_eq!(secrets("Server=.;Password=a;b c;Encrypt=True"), ["a", "b c"]);
        assert_eq!(secrets("Server=.;Password=a%3Bb;Encrypt=True"), ["a%3Bb"]);
        assert_eq!(secrets("Server%3D.%3BPassword%3Da%3BEncrypt%3DTrue"), ["a"]);
    }

    #[test]
    fn damaged_strings_end() {
        for text in ["=", ";;;", "=;=;=", "a=\"", "\"", "a=\"b\"c;d", ",,,", "a='"] {
            secrets(text);
        }
    }
}

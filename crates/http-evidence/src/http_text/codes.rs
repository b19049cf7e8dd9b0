//! Error codes of clients.

use super::ErrorKind::{self, EmptyReply, NameNotResolved, Other, Refused, Reset, TimedOut, Tls};

/// Codes of Chromium (`net_error_list.h`), Firefox and Internet Explorer by their start. The first that fits
/// counts. `None`: not an error of the connection.
const CODES: [(&str, Option<ErrorKind>); 32] = [
    ("ERR_CONNECTION_REFUSED", Some(Refused)),
    ("ERR_CONNECTION_RESET", Some(Reset)),
    ("ERR_CONNECTION_CLOSED", Some(Reset)),
    ("ERR_CONNECTION_ABORTED", Some(Reset)),
    ("ERR_CONNECTION_TIMED_OUT", Some(TimedOut)),
    ("ERR_TIMED_OUT", Some(TimedOut)),
    ("ERR_CONNECTION_FAILED", Some(Other)),
    ("ERR_NAME_NOT_RESOLVED", Some(NameNotResolved)),
    ("ERR_NAME_RESOLUTION_FAILED", Some(NameNotResolved)),
    ("ERR_EMPTY_RESPONSE", Some(EmptyReply)),
    ("ERR_SSL_", Some(Tls)),
    ("ERR_CERT_", Some(Tls)),
    ("ERR_BAD_SSL_CLIENT_AUTH_CERT", Some(Tls)),
    ("ERR_ADDRESS_UNREACHABLE", Some(Other)),
    ("ERR_ADDRESS_INVALID", Some(Other)),
    ("ERR_INTERNET_DISCONNECTED", Some(Other)),
    ("ERR_NETWORK_CHANGED", Some(Other)),
    ("ERR_UNSAFE_PORT", Some(Other)),
    ("ERR_HTTP2_", Some(Other)),
    ("ERR_QUIC_", Some(Other)),
    ("ERR_INVALID_HTTP_RESPONSE", Some(Other)),
    ("ERR_TOO_MANY_REDIRECTS", Some(Other)),
    ("ERR_HTTP_RESPONSE_CODE_FAILURE", None),
    ("DNS_PROBE_FINISHED_", Some(NameNotResolved)),
    ("SSL_ERROR_", Some(Tls)),
    ("SEC_ERROR_", Some(Tls)),
    ("MOZILLA_PKIX_ERROR_", Some(Tls)),
    ("PR_CONNECT_RESET_ERROR", Some(Reset)),
    ("PR_END_OF_FILE_ERROR", Some(Tls)),
    ("INET_E_RESOURCE_NOT_FOUND", Some(NameNotResolved)),
    ("INET_E_CONNECTION_TIMEOUT", Some(TimedOut)),
    ("INET_E_DOWNLOAD_FAILURE", Some(Other)),
];

/// What is looked for to find them.
pub(super) const STARTS: [&str; 7] =
    ["ERR_", "DNS_PROBE_FINISHED_", "SSL_ERROR_", "SEC_ERROR_", "MOZILLA_PKIX_ERROR_", "PR_", "INET_E_"];

/// The code that stands at `at`, with its kind, when it is a browser's.
pub(super) fn code_at(text: &str, at: usize) -> Option<(&str, ErrorKind)> {
    let before = text.get(..at)?;
    if before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_') {
        return None;
    }
    let rest = text.get(at..)?;
    let length = rest.bytes().take_while(|c| c.is_ascii_alphanumeric() || *c == b'_').count();
    let code = rest.get(..length)?;
    let known = CODES
        .iter()
        .find(|(start, _)| code.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start)));
    match known {
        Some((_, kind)) => Some((code, (*kind)?)),
        // Other programs have codes that start with ERR_ as well, but only Chromium has this prefix.
        None => before.ends_with("net::").then_some((code, Other)).filter(|(code, _)| *code != "ERR_ABORTED"),
    }
}

/// What a number of curl means (curl's manual page, "EXIT CODES"), with what the message adds. `None`: the
/// response was fine for curl but not for the user (22, an HTTP status).
pub(super) fn curl(number: u32, message: &str) -> Option<ErrorKind> {
    let says = |words: &str| message.to_ascii_lowercase().contains(words);
    Some(match number {
        22 => return None,
        5 | 6 => NameNotResolved,
        7 | 28 if says("timed out") => TimedOut,
        7 => Refused,
        28 => TimedOut,
        35 | 51 | 53 | 54 | 58 | 59 | 60 | 66 | 77 | 80 | 82 | 83 | 90 | 91 => Tls,
        52 => EmptyReply,
        55 | 56 => Reset,
        _ => Other,
    })
}

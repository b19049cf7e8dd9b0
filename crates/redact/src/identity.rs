//! Who somebody is: e-mail addresses, names in paths and messages, security identifiers.

use std::collections::HashSet;
use std::ops::Range;

use crate::harmless::is_well_known_user;
use crate::kind::Kind;
use crate::pattern::Pattern;
use crate::span::Span;
use crate::unit::unit;
use crate::value::{SHORT, quoted};

/// The profile of a user on Windows (`C:\Users\NAME`), under any number of backslashes, or percent-encoded.
static WINDOWS_HOME: Pattern = Pattern::new(concat!(
    r"(?i)(?:[a-z](?::|%3a)|\b[a-z]\$)(?:[\\/]{1,8}|%5c|%2f|&#92;)(?:users|documents(?: |%20|\+)and(?: |%20|\+)settings)",
    r#"(?:[\\/]{1,8}|%5c|%2f|&#92;)(?:([^\\/:*?"<>|\r\n\t%&;,']+)(?:[\\/]|%5c|%2f|&#92;)|([^\\/:*?"<>|\s%&;,')\]]+))"#,
));

/// The home of a user on Linux and macOS.
static UNIX_HOME: Pattern =
    Pattern::new(r#"(?:(?:^|\\[nrt]|[\s"'=(\[>,;|])(?:/home|/Users)|:/home)/([A-Za-z0-9_][A-Za-z0-9_.-]*)"#);

/// What stands before a user in a message, in the languages of Windows and SQL Server: `Login failed for user 'x'`.
static USER_WORD: Pattern = Pattern::new(concat!(
    r"(?i)(?:\b(?:user|benutzers?|utilisateur|usuario|utente|gebruiker)|usuário|användare|użytkownika|",
    r"uživatele|kullanıcı|пользователя)(?: | ){1,2}|(?:用户|使用者|ユーザー|사용자)(?: | ){0,2}",
));

/// What languages quote with, where it is not `'` or `"`.
const QUOTES: [(char, char); 5] = [('‘', '’'), ('“', '”'), ('„', '“'), ('«', '»'), ('「', '」')];

/// Accounts of a machine, a domain (`S-1-5-21-…`) or Entra ID (`S-1-12-1-…`).
static SID: Pattern = Pattern::new(r"\bS-1-(?:5-21|12-1)(?:-[0-9]{1,10}){3,5}");

/// Profiles and homes that belong to nobody: of Windows, of App Service and of build agents.
const NOBODY: &[&str] = &[
    "all users",
    "asp.net",
    "containeradministrator",
    "data",
    "default",
    "default user",
    "defaultapppool",
    "defaultuser0",
    "logfiles",
    "public",
    "runner",
    "runneradmin",
    "site",
    "vsts",
    "vssadministrator",
];

/// No user in a message is longer.
const MAX_QUOTED: usize = 128;

/// Adds everything that tells who somebody is.
pub(crate) fn find(text: &str, spans: &mut Vec<Span>) {
    find_homes(text, spans);
    if text.contains("S-1-") {
        spans.extend(SID.find_all(text).map(|sid| Span::sure(sid, Kind::User)));
    }
    for word in USER_WORD.find_all(text) {
        let user = quoted_user(text, word.end);
        spans.extend(user.map(|range| user_span(text, range)));
    }
    find_emails(text, spans);
}

/// A user's name; with its domain it is told apart from other words, so it is one wherever else it stands.
pub(crate) fn user_span(text: &str, range: Range<usize>) -> Span {
    let sure = text.get(range.clone()).is_some_and(|name| name.contains(['\\', '@']));
    Span { range, kind: Kind::User, sure }
}

/// The user that is quoted at `at`, unless everybody has one of that name.
fn quoted_user(text: &str, at: usize) -> Option<Range<usize>> {
    let range = match quoted(text, at, SHORT) {
        // A quote that is not closed is no quote.
        Some(value) => Some(value.range.clone()).filter(|range| value.end > range.end),
        None => in_quotes(text, at),
    }?;
    let name = text.get(range.clone())?;
    (name.len() <= MAX_QUOTED && !is_well_known_user(name)).then_some(range)
}

fn in_quotes(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = text.get(at..)?;
    let open = rest.chars().next()?;
    let (_, close) = QUOTES.iter().find(|(quote, _)| *quote == open)?;
    let start = at + open.len_utf8();
    let len = text.get(start..)?.char_indices().take(MAX_QUOTED).find(|(_, ch)| ch == close)?.0;
    Some(start..start + len)
}

fn find_homes(text: &str, spans: &mut Vec<Span>) {
    for found in WINDOWS_HOME.all_groups(text) {
        if let Some((place, _)) = found.get(1).or_else(|| found.get(2)).filter(|(_, name)| is_somebody(name))
        {
            spans.push(Span::likely(place, Kind::User));
        }
    }
    for found in UNIX_HOME.all_groups(text) {
        let is_request = found.get(0).is_some_and(|(whole, _)| is_after_method(text, whole.start));
        if let Some((place, _)) = found.get(1).filter(|(_, name)| !is_request && is_somebody(name)) {
            spans.push(Span::likely(place, Kind::User));
        }
    }
}

fn is_somebody(name: &str) -> bool {
    let plain = name.trim().to_ascii_lowercase();
    !NOBODY.contains(&plain.as_str()) && !plain.starts_with('.') && !is_well_known_user(&plain)
}

/// Whether a path at `at` is that of a request, as in `GET /home/index`.
fn is_after_method(text: &str, at: usize) -> bool {
    text.get(..at).is_some_and(|before| {
        ["GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"]
            .iter()
            .any(|method| before.ends_with(method))
    })
}

/// The longest name before the `@` and the longest host after it (RFC 5321, 4.5.3.1).
const MAX_LOCAL: usize = 64;
const MAX_HOST: usize = 255;

/// Endings of files that stand after `@2x.` and the like.
const FILE_ENDINGS: &[&str] = &[
    "config", "css", "dll", "exe", "gif", "html", "ico", "jpeg", "jpg", "js", "json", "map", "pdb", "png",
    "svg", "webp",
];

/// Adds e-mail addresses. Found from their `@`, so that the cost does not depend on what else there is. An `@` right
/// behind another secret is that of an address with credentials.
fn find_emails(text: &str, spans: &mut Vec<Span>) {
    let credentials: HashSet<usize> = spans.iter().map(|span| span.range.end).collect();
    let mut done = 0;
    for at in candidates(text) {
        let Some(sign) = unit(text, at).filter(|unit| unit.ch == '@' && !credentials.contains(&at)) else {
            continue;
        };
        let local = local_part(text, done, at);
        let Some(host) = host_end(text, at + sign.len).filter(|_| local < at) else { continue };
        spans.push(Span::sure(local..host, Kind::Email));
        done = host;
    }
}

/// Where an `@` may stand, itself or escaped.
fn candidates(text: &str) -> impl Iterator<Item = usize> + '_ {
    text.char_indices().filter(|(_, ch)| matches!(ch, '@' | '%' | '&' | '\\')).map(|(at, _)| at)
}

fn local_part(text: &str, not_before: usize, at: usize) -> usize {
    let Some(before) = text.get(not_before..at) else { return at };
    let is_local = |byte: &u8| byte.is_ascii_alphanumeric() || b"._+-".contains(byte);
    let len = before.bytes().rev().take(MAX_LOCAL).take_while(is_local).count();
    let local = before.get(before.len() - len..).unwrap_or_default();
    // An escape before the name is not a part of it: `%20bob%40…`, `\nbob@…`.
    let escaped = before.get(..before.len() - len).map_or(0, |left| match left.chars().next_back() {
        Some('%') => 2,
        Some('\\') if local.starts_with('u') => 5,
        Some('\\') => 1,
        _ => 0,
    });
    at - local.len() + escaped.min(local.len())
}

fn host_end(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let is_host = |byte: &u8| byte.is_ascii_alphanumeric() || b".-".contains(byte);
    let len = rest.bytes().take(MAX_HOST).take_while(is_host).count();
    let host = rest.get(..len)?.trim_end_matches(['.', '-']);
    let (name, ending) = host.rsplit_once('.')?;
    let plausible = !name.is_empty()
        && !name.starts_with(['.', '-'])
        && (2..=24).contains(&ending.len())
        && ending.bytes().all(|byte| byte.is_ascii_alphabetic())
        && !FILE_ENDINGS.iter().any(|file| ending.eq_ignore_ascii_case(file));
    plausible.then_some(at + host.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let mut spans = Vec::new();
        find(text, &mut spans);
        spans.into_iter().map(|span| &text[span.range]).collect()
    }

    #[test]
    fn a_name_in_a_path_goes_and_the_path_stays() {
        for (text, name) in [
            (r"C:\Users\anna.k\source\repos\App", "anna.k"),
            (r"C:\\Users\\anna.k\\source", "anna.k"),
            (r"C:\Users\Anna Karenina\AppData", "Anna Karenina"),
            ("C:/Users/anna.k/app", "anna.k"),
            ("C%3A%5CUsers%5Canna.k%5Capp", "anna.k"),
            ("in /home/anna/app/Program.cs:line 5", "anna"),
            ("HOME=/home/anna", "anna"),
            ("(/Users/anna/Projects)", "anna"),
        ] {
            assert_eq!(found(text), [name], "{text}");
        }
    }

    #[test]
    fn paths_of_nobody_stay() {
        for text in [
            r"C:\Users\Public\x",
            r"C:\home\site\wwwroot",
            "/home/site/wwwroot/App.dll",
            "GET /home/index HTTP/1.1",
            "https://example.com/home/index",
            r"BUILTIN\Users",
            r"C:\inetpub\wwwroot",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_user_in_a_message_goes_in_any_language_and_the_pool_stays() {
        assert_eq!(found("Login failed for user 'CORP\\WEB01$'."), ["CORP\\WEB01$"]);
        assert_eq!(found("Fehler bei der Anmeldung für den Benutzer \"svc-web\"."), ["svc-web"]);
        assert_eq!(found("用户 'svc-web' 登录失败。"), ["svc-web"]);
        assert_eq!(found("Login failed for user &#39;svc-web&#39;."), ["svc-web"]);
        assert_eq!(found("Login failed for user 'IIS APPPOOL\\Shop'."), [""; 0]);
        assert_eq!(found("Login failed for user 'NT AUTHORITY\\ANONYMOUS LOGON'."), [""; 0]);
    }

    #[test]
    fn addresses_are_told_from_what_else_has_an_at_sign() {
        assert_eq!(
            found("mail bob@contoso.com, or bob%40contoso.com."),
            ["bob@contoso.com", "bob%40contoso.com"]
        );
        for text in
            ["icon@2x.png", "@Commit: e36e4d1", "a@b", "Unknown stack @ Sun Nov 22", "@example.com", "x@.com"]
        {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn accounts_of_people_are_told_from_those_of_the_system() {
        assert_eq!(
            found("S-1-5-21-1004336348-1177238915-682003330-512"),
            ["S-1-5-21-1004336348-1177238915-682003330-512"]
        );
        assert_eq!(
            found("S-1-5-18 S-1-5-32-568 S-1-5-82-3006700770-424185619-1745488364-794895919-4004696415"),
            [""; 0]
        );
    }
}

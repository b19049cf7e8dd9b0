//! Secrets that are known by their shape, whatever stands around them.

use crate::kind::Kind;
use crate::pattern::Pattern;
use crate::span::Span;
use crate::unit::unit;

/// A secret that its own text gives away. Group 1 is the secret; without one, the whole match is.
struct Shape {
    kind: Kind,
    /// A text that stands in each match, to pass over the expression where it cannot match.
    needle: &'static str,
    pattern: Pattern,
}

macro_rules! shapes {
    ($($kind:ident, $needle:literal, $pattern:expr;)*) => {
        [$(Shape { kind: Kind::$kind, needle: $needle, pattern: Pattern::new($pattern) }),*]
    };
}

/// Prefixes and lengths as their issuers publish them for secret scanners.
static SHAPES: [Shape; 33] = shapes! {
    // JSON Web Tokens, signed or encrypted, whole or cut.
    Token, "eyJ", r"eyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*){0,4}";
    Token, "", r"(?i)\bbearer(?: |\+|%20|\\t)+([a-z0-9._~+/-]{16,}={0,2})";
    Token, "", r"(?i)\bbasic(?: |\+|%20)+([a-z0-9+/]{2,}(?:[0-9+/][a-z0-9+/]{3,}={0,2}|[a-z0-9+/]={1,2}))";
    // ASP.NET Core data protection: cookies, antiforgery tokens, state.
    Token, "CfDJ8", r"CfDJ8[A-Za-z0-9_-]{20,}";
    // The token between the module and the app, quoted by the app when it does not match.
    Token, "pairing token", r#"pairing token (?:['"]|&[#a-z0-9;&]{1,16};|\\{1,7}(?:u0027|["']))([0-9A-Za-z-]{8,128})"#;
    // Azure: storage and Cosmos keys (64 bytes), newer keys with a signature in them, application secrets.
    Key, "==", r"(?:[^A-Za-z0-9+/=-]|^)([A-Za-z0-9+/]{86}==)";
    Key, "%3D%3D", r"(?:[^A-Za-z0-9%-]|^)((?:[A-Za-z0-9]|%2[BbFf]){86}%3[Dd]%3[Dd])";
    Key, "\\u002B", r"(?:[^A-Za-z0-9+/=-]|^)((?:[A-Za-z0-9/+]|\\u002[Bb]){86}==)";
    Key, "+A", r"\b[A-Za-z0-9+/]{33}\+A(?:Sb|Eh|Rm)[A-Za-z0-9+/]{5}[AQgw]=";
    Key, "AzCa", r"\b[A-Za-z0-9]{33}AzCa[A-P][A-Za-z0-9]{5}=";
    Key, "AzSe", r"\b[A-Za-z0-9]{42}AzSe[A-D][A-Za-z0-9]{5}\b";
    Key, "AzFu", r"\b[A-Za-z0-9_-]{44}AzFu[A-Za-z0-9_-]{5}[AQgw]==";
    Key, "Q~", r"(?:[^A-Za-z0-9~._-]|^)([A-Za-z0-9~._-]{3}[78]Q~[A-Za-z0-9~._-]{31,34})";
    Sas, "SharedAccessSignature", r"SharedAccessSignature(?: |\+|%20)(?:[a-z]{2,3}=[^&\s]*&)*sig=([^&\s\x22']+)";
    // Source control, packages and chat.
    Token, "gh", r"gh[opsur]_[A-Za-z0-9]{30,}";
    Token, "github_pat_", r"github_pat_[A-Za-z0-9_]{22,}";
    Token, "glpat-", r"glpat-[A-Za-z0-9_-]{20,}";
    Token, "npm_", r"npm_[A-Za-z0-9]{36}\b";
    Token, "oy2", r"\boy2[a-z0-9]{43}\b";
    Token, "xox", r"xox[abeoprs]-[A-Za-z0-9-]{10,}";
    Token, "hooks.slack.com/", r"hooks\.slack\.com/(?:services|workflows)/([A-Za-z0-9/_-]{16,})";
    // Clouds and payment.
    Key, "A", r"(?:AKIA|ASIA)[A-Z0-9]{16}\b";
    Key, "AIza", r"AIza[A-Za-z0-9_-]{35}";
    Key, "GOCSPX-", r"GOCSPX-[A-Za-z0-9_-]{20,}";
    Token, "ya29.", r"ya29\.[A-Za-z0-9_-]{20,}";
    Key, "k_", r"[prs]k_(?:live|test)_[A-Za-z0-9]{10,}";
    Key, "whsec_", r"whsec_[A-Za-z0-9+/=]{16,}";
    Key, "SG.", r"SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}";
    Key, "SK", r"\bSK[0-9a-f]{32}\b";
    Key, "sk-", r"\bsk-[A-Za-z0-9_-]{20,}";
    // IIS: encrypted attributes; DPAPI blobs in hexadecimal and Base64; PFX and other DER in Base64.
    Password, "[enc:", r"\[enc:[^\]\s]*:enc\]";
    Key, "", r"(?i)\b(?:01000000d08c9ddf0115d1118c7a00c04fc297eb[0-9a-f]*|AQAAANCMnd8BFdERjHoAwE/Cl\+[a-z0-9+/=]*)";
    Key, "MII", r"\bMII[A-Za-z0-9+/]{200,}={0,2}";
};

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
const KEY_LABEL: &str = "PRIVATE KEY";
const DASHES: &str = "-----";

/// The longest label is shorter: `ENCRYPTED PRIVATE KEY`.
const MAX_LABEL: usize = 64;

/// How much Base64 after a `BEGIN` without an `END` still belongs to the key.
const MAX_KEY: usize = 16 * 1024;

/// Adds the secrets whose shape gives them away.
pub(crate) fn find(text: &str, spans: &mut Vec<Span>) {
    for shape in SHAPES.iter().filter(|shape| text.contains(shape.needle)) {
        for found in shape.pattern.all_groups(text) {
            let secret = found.get(1).or_else(|| found.get(0));
            spans.extend(secret.map(|(place, _)| Span::sure(place, shape.kind)));
        }
    }
    find_private_keys(text, spans);
}

/// Adds what is between the first and the last line of private keys, and the rest of those that are cut.
fn find_private_keys(text: &str, spans: &mut Vec<Span>) {
    let mut at = 0;
    while let Some(begin) = text.get(at..).and_then(|rest| rest.find(BEGIN)).map(|found| at + found) {
        let label = begin + BEGIN.len();
        at = label;
        let head = text.get(label..text.floor_char_boundary(label + MAX_LABEL)).unwrap_or_default();
        if let Some((label, _)) = head.split_once(DASHES).filter(|(label, _)| label.contains(KEY_LABEL)) {
            let start = at + label.len() + DASHES.len();
            at = body_end(text, start);
            spans.push(Span::sure(start..at, Kind::Key));
        }
    }
}

/// Where the body of a key ends that begins at `start`: before its last line, or with what looks like Base64.
fn body_end(text: &str, start: usize) -> usize {
    let limit = text.floor_char_boundary(start + MAX_KEY);
    let body = text.get(start..limit).unwrap_or_default();
    if let Some(end) = body.find(END) {
        return start + end;
    }
    let mut at = start;
    let mut last = '\n';
    while let Some(next) = unit(text, at).filter(|_| at < limit) {
        // Lines may be indented; a blank within a line begins a sentence, except in `Proc-Type: 4,ENCRYPTED`.
        let fits = next.is_newline()
            || next.ch.is_ascii_alphanumeric()
            || "+/=-,:".contains(next.ch)
            || next.is_blank() && matches!(last, '\n' | '\r' | ' ' | '\t' | ':');
        if !fits {
            break;
        }
        last = next.ch;
        at += next.len;
    }
    at
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
    fn every_shape_compiles_and_needs_its_needle() {
        for shape in &SHAPES {
            assert!(!shape.pattern.is_match(""), "{:?}", shape.pattern);
        }
    }

    #[test]
    fn a_hash_of_a_package_is_no_storage_key() {
        let base64 = format!("{}==", "aB3+".repeat(21) + "xy");
        assert_eq!(secrets(&format!("AccountKey {base64}")), [base64.as_str()]);
        assert_eq!(secrets(&format!("\"sha512-{base64}\"")), [""; 0]);
    }

    #[test]
    fn basic_credentials_are_told_from_the_word_authentication() {
        assert_eq!(secrets("Basic authentication failed for basic settings"), [""; 0]);
        assert_eq!(secrets("Basic dXNlcjpTM2NyM3Q="), ["dXNlcjpTM2NyM3Q="]);
    }

    #[test]
    fn a_private_key_goes_whole_and_a_certificate_stays() {
        assert_eq!(
            secrets("-----BEGIN RSA PRIVATE KEY-----\nMIIabc\n-----END RSA PRIVATE KEY-----"),
            ["\nMIIabc\n"]
        );
        assert_eq!(secrets("-----BEGIN PRIVATE KEY-----\\nabc\\ndef"), ["\\nabc\\ndef"]);
        assert_eq!(secrets("-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----"), [""; 0]);
    }
}

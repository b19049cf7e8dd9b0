//! What the name of a setting, header, field or variable says about its value.

use crate::kind::Kind;

/// What a name says about the value that it is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// The value is a secret.
    Secret(Kind),
    /// The value is a secret if it looks like one: many harmless things are called "key" or "token" too.
    Weak(Kind),
    /// The value is a secret if it looks like one and stands in a query (`code=`).
    Query,
    /// The value is the name of a user.
    User,
    /// The value is a connection string, or for the name "connection" might be one.
    Connection {
        /// Whether a value that does not look like a connection string is a secret too.
        opaque: bool,
    },
    /// The value is the server of a connection string, where it stands in one.
    Host,
    /// The value is that of an `Authorization` header.
    Authorization,
    /// The value is a list of cookies.
    Cookies,
    /// The value holds the name of what a neighbouring "value" holds: `<add key="…" value="…"/>`.
    PairName,
    /// The other half of such a pair.
    PairValue,
}

/// Endings that make a name speak *about* a secret: `PasswordLength`, `KeyVaultUri`, `PublicKeyToken`.
#[rustfmt::skip]
const ABOUT: &[&str] = &[
    "attribute", "audience", "board", "builder", "cache", "cachepath", "cancellationtoken", "context", "count",
    "description", "enabled", "endpoint", "exception", "expiration", "expiry", "extensions", "factory", "field",
    "file", "filename", "format", "generator", "handler", "hasher", "hint", "issuer", "keyid", "label", "length",
    "lifetime", "manager", "metadatatoken", "name", "options", "parameters", "path", "permission", "permissions", "policy", "provider",
    "publickey", "publickeytoken", "required", "scheme", "secretsid", "service", "size", "source", "store",
    "timeout", "type", "uri", "url", "usage", "validator", "vault", "version",
];

/// Names that end in "key" and hold no secret.
const HARMLESS_KEYS: &[&str] = &[
    "cachekey",
    "foreignkey",
    "hotkey",
    "partitionkey",
    "primarykey",
    "registrykey",
    "rowkey",
    "sortkey",
    "subkey",
];

const PASSWORDS: &[&str] = &["passcode", "passphrase", "passwd", "password", "passwort", "pwd"];

const TOKENS: &[&str] = &[
    "accesstoken",
    "apitoken",
    "aspnetcoretoken",
    "authtoken",
    "bearertoken",
    "clientassertion",
    "clientprincipal",
    "identityheader",
    "idtoken",
    "refreshtoken",
    "samlresponse",
    "verificationtoken",
    "zumoauth",
];

#[rustfmt::skip]
const KEYS: &[&str] = &[
    "accesskey", "accountkey", "apikey", "ciphervalue", "decryptionkey", "encryptionkey", "functionkey", "functionskey",
    "instrumentationkey", "masterkey", "privatekey", "secret", "sessionkey", "signingkey", "storagekey",
    "subscriptionkey", "validationkey",
];

const USERS: &[&str] = &[
    "accountname",
    "dbuser",
    "loginname",
    "logonuser",
    "remoteuser",
    "smtpuser",
    "sqluser",
    "userid",
    "username",
];

/// Cookies of ASP.NET Core, ASP.NET, Azure App Service and neighbours that begin with these hold a session.
const COOKIE_PREFIXES: &[&str] =
    &[".aspnetcore.", ".aspnet.", ".aspxauth", "__host-", "__secure-", "arraffinity"];

const COOKIES: &[&str] = &[
    "appserviceauthsession",
    "aspnetsessionid",
    "aspxanonymous",
    "connectsid",
    "idsrv",
    "idsrvsession",
    "jsessionid",
    "phpsessid",
    "sessionid",
    "tipmix",
    "xsrftoken",
];

/// What `name` says; nothing when it says nothing about secrets.
pub(crate) fn meaning(name: &str) -> Option<Meaning> {
    let lower = name.to_ascii_lowercase();
    let letters: String = lower.chars().filter(char::is_ascii_alphanumeric).collect();
    exact(&lower, &letters).or_else(|| by_part(name, &letters))
}

fn exact(lower: &str, letters: &str) -> Option<Meaning> {
    if COOKIE_PREFIXES.iter().any(|prefix| lower.starts_with(prefix)) || COOKIES.contains(&letters) {
        return Some(Meaning::Secret(Kind::Cookie));
    }
    Some(match letters {
        "name" | "key" | "headername" => Meaning::PairName,
        "value" | "headervalue" => Meaning::PairValue,
        "cookie" | "cookies" | "setcookie" | "httpcookie" | "cscookie" => Meaning::Cookies,
        "authorization" | "proxyauthorization" | "httpauthorization" => Meaning::Authorization,
        "user" | "uid" | "usr" | "login" | "upn" | "xmsclientprincipalname" => Meaning::User,
        "server" | "datasource" | "host" | "addr" | "address" | "networkaddress" | "accountendpoint" => {
            Meaning::Host
        }
        "sig" => Meaning::Weak(Kind::Sas),
        "code" | "state" | "ticket" | "nonce" => Meaning::Query,
        _ => return None,
    })
}

fn by_part(name: &str, letters: &str) -> Option<Meaning> {
    let has = |words: &[&str]| words.iter().any(|word| letters.contains(word));
    let ends = |words: &[&str]| words.iter().any(|word| letters.ends_with(word));
    if ends(USERS) {
        return Some(Meaning::User);
    }
    if ends(ABOUT) {
        return None;
    }
    if has(&["connectionstring", "connstr"]) {
        return Some(Meaning::Connection { opaque: true });
    }
    if has(PASSWORDS) || ends_in_word(name, "pass") {
        return Some(Meaning::Secret(Kind::Password));
    }
    if has(&["sharedaccesssignature", "sastoken"]) {
        return Some(Meaning::Secret(Kind::Sas));
    }
    if has(TOKENS) {
        return Some(Meaning::Secret(Kind::Token));
    }
    if has(KEYS) {
        return Some(Meaning::Secret(Kind::Key));
    }
    weak(letters)
}

fn weak(letters: &str) -> Option<Meaning> {
    let stem = letters.trim_end_matches(|ch: char| ch.is_ascii_digit());
    let stem = stem.strip_suffix('s').unwrap_or(stem);
    if stem.ends_with("token") || stem.ends_with("credential") {
        Some(Meaning::Weak(Kind::Token))
    } else if stem.ends_with("key") && !HARMLESS_KEYS.iter().any(|harmless| stem.ends_with(harmless)) {
        Some(Meaning::Weak(Kind::Key))
    } else if stem.ends_with("connection") {
        Some(Meaning::Connection { opaque: false })
    } else {
        None
    }
}

/// Whether the last word of an identifier is `word`: `DB_PASS` and `smtpPass`, not `compass` or `bypass`.
fn ends_in_word(name: &str, word: &str) -> bool {
    let Some(start) = name.len().checked_sub(word.len()) else { return false };
    let Some((before, last)) = name.split_at_checked(start) else { return false };
    let starts_word = match (before.chars().next_back(), last.chars().next()) {
        (None, _) => true,
        (Some(left), _) if !left.is_ascii_alphabetic() => true,
        (Some(left), Some(first)) => left.is_ascii_lowercase() && first.is_ascii_uppercase(),
        (Some(_), None) => false,
    };
    starts_word && last.eq_ignore_ascii_case(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_secrets_are_known_in_every_style() {
        for (name, kind) in [
            ("Password", Kind::Password),
            ("PWD", Kind::Password),
            ("userPWD", Kind::Password),
            ("DB_PASS", Kind::Password),
            ("Smtp:Pass", Kind::Password),
            ("CertificatePassword", Kind::Password),
            ("PasswordHash", Kind::Password),
            ("AzureAd__ClientSecret", Kind::Key),
            ("SecretForSigning2", Kind::Key),
            ("x-api-key", Kind::Key),
            ("validationKey", Kind::Key),
            ("SharedAccessKey", Kind::Key),
            ("MS-ASPNETCORE-TOKEN", Kind::Token),
            ("access_token", Kind::Token),
            ("SharedAccessSignature", Kind::Sas),
            (".AspNetCore.Session", Kind::Cookie),
            ("ASP.NET_SessionId", Kind::Cookie),
        ] {
            assert_eq!(meaning(name), Some(Meaning::Secret(kind)), "{name}");
        }
    }

    #[test]
    fn names_about_secrets_hold_none() {
        for name in [
            "PublicKeyToken",
            "cancellationToken",
            "PasswordRequiredLength",
            "KeyVaultUri",
            "ConnectionStringName",
            "SecurityTokenException",
            "UserSecretsId",
            "keyword",
            "RowKey",
            "bypass",
            "compass",
            "Microsoft.AspNetCore.App",
            "thumbprint",
            "User-Agent",
        ] {
            assert_eq!(meaning(name), None, "{name}");
        }
    }

    #[test]
    fn a_key_that_may_be_harmless_is_weak() {
        assert_eq!(meaning("Jwt:Key"), Some(Meaning::Weak(Kind::Key)));
        assert_eq!(meaning("Keys2"), Some(Meaning::Weak(Kind::Key)));
        assert_eq!(meaning("DefaultConnection"), Some(Meaning::Connection { opaque: false }));
    }
}

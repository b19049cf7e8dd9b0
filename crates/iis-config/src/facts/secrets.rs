//! Secrets in plain text. Their values stand in no fact.

use super::Sink;
use super::definitions::{self as d};
use crate::schema::boolean;
use crate::xml::Node;

/// Parts of names that mark secrets, in lower case.
const SECRET_NAMES: &[&str] = &[
    "password",
    "passwd",
    "pwd",
    "secret",
    "apikey",
    "api_key",
    "accesskey",
    "access_key",
    "accountkey",
    "privatekey",
    "private_key",
    "credential",
    "clientkey",
];

/// Parts of values that mark secrets, in lower case, blanks left out.
const SECRET_VALUES: &[&str] = &[
    "password=",
    "pwd=",
    "accountkey=",
    "sharedaccesskey=",
    "sharedsecretvalue=",
    "sig=",
    "-----beginprivatekey",
    "-----beginrsaprivatekey",
];

/// Does a setting of that name and value look like a secret?
pub(super) fn looks_secret(name: &str, value: &str) -> bool {
    let (name, lower) = (name.to_ascii_lowercase(), value.to_ascii_lowercase());
    let squeezed = lower.replace(' ', "");
    if SECRET_VALUES.iter().any(|mark| squeezed.contains(mark)) || has_user_and_password(value) {
        return true;
    }
    // A reference to a variable, a switch or a path under a telling name is no secret.
    let harmless = value.trim().is_empty()
        || boolean(value.trim()).is_some()
        || value.trim().bytes().all(|byte| byte.is_ascii_digit())
        || (value.starts_with('%') && value.ends_with('%'))
        || lower.starts_with("@microsoft.keyvault(");
    let key = name.ends_with("key") && value.len() >= 16 && !value.contains(['\\', '/', ' ']);
    let marked = key || name.ends_with("token") || SECRET_NAMES.iter().any(|mark| name.contains(mark));
    marked && !harmless
}

/// `scheme://user:password@host`, as in the addresses of message brokers and databases.
fn has_user_and_password(value: &str) -> bool {
    let Some((_, rest)) = value.split_once("://") else { return false };
    let authority = rest.split(['/', '?', '#', ' ']).next().unwrap_or_default();
    let user = authority.rsplit_once('@').map(|(user, _)| user);
    user.and_then(|user| user.split_once(':')).is_some_and(|(_, password)| !password.is_empty())
}

/// The name of the first argument that holds a secret: `--Name=value`, `--Name value`, `/Name=value`, `Name=value`.
pub(super) fn in_arguments(line: &str) -> Option<&str> {
    let words: Vec<&str> = line.split_whitespace().map(|word| word.trim_matches('"')).collect();
    for (index, word) in words.iter().enumerate() {
        let switch = word.starts_with("--") || word.starts_with('/');
        let bare = word.trim_start_matches(['-', '/']);
        let (name, value) = match bare.split_once('=') {
            Some(pair) => pair,
            None if switch => (bare, words.get(index + 1).copied().unwrap_or_default()),
            None => continue,
        };
        let value = if value.starts_with("--") { "" } else { value };
        if !name.is_empty() && looks_secret(name, value) {
            return Some(name);
        }
    }
    None
}

/// Secrets in `<appSettings>`, `<connectionStrings>` and attributes named `password`.
pub(super) fn find(sink: &mut Sink<'_>) {
    let config = sink.config;
    for (section, key, content) in
        [("appSettings", "key", "value"), ("connectionStrings", "name", "connectionString")]
    {
        for (_, node) in config.elements(&format!("{section}/add")) {
            let (Some(name), Some(value)) = (node.value(key), node.value(content)) else { continue };
            if looks_secret(name, value) {
                let message = format!("{name} in <{section}> is a secret in plain text");
                let fields = [("section", section), ("name", name)];
                sink.add(&d::SECRET_IN_SETTINGS, node.element().name_span, &fields, message);
            }
        }
    }
    passwords(sink);
}

/// Passwords that are not encrypted, in any element.
pub(super) fn passwords(sink: &mut Sink<'_>) {
    let config = sink.config;
    for node in config.plain_passwords() {
        let (element, name) = (node.name(), named(node));
        let of = if name.is_empty() { String::new() } else { format!(" of {name}") };
        let message = format!("the password in <{element}>{of} is not encrypted");
        let fields = [("element", element), ("name", name)];
        sink.add(&d::PLAIN_PASSWORD, node.element().name_span, &fields, message);
    }
}

/// The name of the element, or of the nearest one around it that has one.
fn named<'a>(node: Node<'a>) -> &'a str {
    const DEEPEST: usize = 8;
    let around = std::iter::successors(Some(node), |inner| inner.parent()).take(DEEPEST);
    around.into_iter().find_map(|node| node.value("name")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_told_by_name_and_by_value() {
        for (name, value) in [
            ("ConnectionStrings__Default", "Server=db;User Id=app;Password=hunter2"),
            ("SMTP_PASSWORD", "hunter2"),
            ("STORAGE", "AccountName=a;AccountKey=abc=="),
            ("GITHUB_TOKEN", "ghp_x"),
            ("Jwt__Key", "0123456789abcdef0123"),
            ("BROKER", "amqps://app:hunter2@mq.example/vhost"),
        ] {
            assert!(looks_secret(name, value), "{name}");
        }
        for (name, value) in [
            ("ASPNETCORE_ENVIRONMENT", "Production"),
            ("PASSWORD_MIN_LENGTH", "12"),
            ("DB_PASSWORD", "%DB_PASSWORD%"),
            ("ConnectionStrings__Default", "Server=db;Integrated Security=true"),
            ("UseTokenValidation", "on"),
            ("REGISTRY_KEY", r"HKLM\SOFTWARE\Contoso"),
            ("API_SECRET", ""),
            ("ASPNETCORE_URLS", "http://+:80;http://localhost:5000"),
            ("CONTACT", "https://example.org/?mail=a@b.example"),
        ] {
            assert!(!looks_secret(name, value), "{name}");
        }
    }

    #[test]
    fn an_argument_with_a_secret_is_named() {
        for (line, name) in [
            (r".\App.dll --ConnectionStrings:Db=Server=a;Password=hunter2", Some("ConnectionStrings:Db")),
            (r".\App.dll --Smtp:Password hunter2", Some("Smtp:Password")),
            (r#".\App.dll "/Db:Pwd=hunter2""#, Some("Db:Pwd")),
            (r".\App.dll --Smtp:Password --urls http://*:0", None),
            (r".\App.dll --environment Production", None),
            ("", None),
        ] {
            assert_eq!(in_arguments(line), name, "{line}");
        }
    }
}

//! `appsettings*.json`: whether the configuration provider can load the file, and which keys hold secrets.
//!
//! Rules of `Microsoft.Extensions.Configuration.Json` (`JsonConfigurationFileParser`): comments and trailing
//! commas are allowed, the root is an object, and no key may be set twice, where keys are paths joined by `:`
//! and compared without regard to case. Values are never part of what is returned here.

use crate::json::{self, Dialect, JsonError, JsonReason, Node, Value};
use crate::text::{BOM, Position, Span};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// The setting of Kestrel's limit, which hosts read from configuration.
const MAX_REQUEST_BODY: &str = "Kestrel:Limits:MaxRequestBodySize";
/// More keys than these are not listed.
pub const MAX_KEYS: usize = 1000;
/// Longer key paths are cut.
pub const MAX_KEY_LENGTH: usize = 512;

/// A file that the configuration provider can load.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AppSettings {
    /// Entries of `ConnectionStrings`.
    pub connection_strings: Vec<Key>,
    /// Other text values whose key's name says that it is a secret.
    pub secrets: Vec<Key>,
    /// `Kestrel:Limits:MaxRequestBodySize`: the bytes that the app takes in one request, and where that stands.
    pub max_request_body: Option<(u64, Span, Position)>,
}

/// A key of a configuration file, without its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The path: `ConnectionStrings:Default`.
    pub path: String,
    /// Where the value stands: byte offsets in the decoded text.
    pub span: Span,
    /// The value is the empty text.
    pub is_empty: bool,
}

/// A file at which the configuration provider throws: `Failed to load configuration file '…'`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{position}: {problem}")]
pub struct AppSettingsError {
    /// The spot: byte offsets in the decoded text.
    pub span: Span,
    /// The start of the spot.
    pub position: Position,
    /// What is wrong there.
    pub problem: AppSettingsProblem,
}

/// What is wrong with the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AppSettingsProblem {
    /// Not JSON.
    #[error("{0}")]
    Syntax(JsonReason),
    /// The document is not an object.
    #[error("the top-level JSON element must be an object, found {0}")]
    NotAnObject(&'static str),
    /// A key is set twice.
    #[error("a duplicate key '{0}' was found")]
    DuplicateKey(String),
}

impl AppSettingsProblem {
    /// The name in kebab case, for fields of facts.
    pub const fn name(&self) -> &'static str {
        match self {
            AppSettingsProblem::Syntax(_) => "syntax",
            AppSettingsProblem::NotAnObject(_) => "not-an-object",
            AppSettingsProblem::DuplicateKey(_) => "duplicate-key",
        }
    }
}

impl From<JsonError> for AppSettingsError {
    fn from(error: JsonError) -> Self {
        AppSettingsError {
            span: Span::new(error.offset, error.offset),
            position: error.position,
            problem: AppSettingsProblem::Syntax(error.reason),
        }
    }
}

/// Decodes a file as `StreamReader` does: by its byte order mark, UTF-8 without one, replacing what is invalid.
/// Spans and positions of this module refer to this text.
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    type FromBytes = fn([u8; 2]) -> u16;
    let utf16 = |rest: &[u8], unit: FromBytes| {
        let units: Vec<u16> = rest.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        Cow::Owned(String::from_utf16_lossy(&units))
    };
    match bytes {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => String::from_utf8_lossy(bytes.strip_prefix(BOM).unwrap_or(bytes)),
    }
}

/// Reads a file.
///
/// # Errors
/// [`AppSettingsError`] where the configuration provider throws.
pub fn inspect(bytes: &[u8]) -> Result<AppSettings, AppSettingsError> {
    if bytes.len() > json::MAX_BYTES {
        json::parse(bytes, Dialect::AppSettings)?;
    }
    let text = decode(bytes);
    let root = json::parse(text.as_bytes(), Dialect::AppSettings)?;
    let mut visitor = Visitor { text: text.as_bytes(), ..Visitor::default() };
    if root.members().is_none() {
        return Err(visitor.error(root.span, AppSettingsProblem::NotAnObject(root.kind())));
    }
    visitor.visit(&root, 0)?;
    Ok(visitor.settings)
}

#[derive(Default)]
struct Visitor<'t> {
    text: &'t [u8],
    settings: AppSettings,
    /// The names on the way to the value that is visited.
    path: Vec<String>,
    /// Numbers for paths: (number of the parent, name in lower case) → number. The root is 0.
    numbers: HashMap<(usize, String), usize>,
    /// Numbers of paths that are set.
    set: HashSet<usize>,
}

impl Visitor<'_> {
    fn error(&self, span: Span, problem: AppSettingsProblem) -> AppSettingsError {
        AppSettingsError { span, position: Position::of(self.text, span.start as usize), problem }
    }

    /// The nesting is bounded by the reader's.
    fn visit(&mut self, node: &Node<'_>, parent: usize) -> Result<(), AppSettingsError> {
        match &node.value {
            Value::Object(members) if !members.is_empty() => {
                for member in members {
                    self.child(&member.name, &member.node, parent)?;
                }
                Ok(())
            }
            Value::Array(elements) if !elements.is_empty() => {
                for (i, element) in elements.iter().enumerate() {
                    self.child(&i.to_string(), element, parent)?;
                }
                Ok(())
            }
            Value::Object(_) | Value::Array(_) => {
                self.set.insert(parent);
                Ok(())
            }
            _ if self.set.insert(parent) => {
                self.leaf(node);
                Ok(())
            }
            _ => Err(self.error(node.span, AppSettingsProblem::DuplicateKey(self.path_text()))),
        }
    }

    fn child(&mut self, name: &str, node: &Node<'_>, parent: usize) -> Result<(), AppSettingsError> {
        let mut number = parent;
        for part in name.split(':') {
            let next = self.numbers.len() + 1;
            number = *self.numbers.entry((number, part.to_lowercase())).or_insert(next);
        }
        self.path.push(name.to_owned());
        self.visit(node, number)?;
        self.path.pop();
        Ok(())
    }

    fn leaf(&mut self, node: &Node<'_>) {
        if self.path_text().eq_ignore_ascii_case(MAX_REQUEST_BODY) {
            let given = node.as_integer().or_else(|| node.as_str()?.trim().parse().ok());
            let place = Position::of(self.text, node.span.start as usize);
            let bytes = given.and_then(|bytes| u64::try_from(bytes).ok());
            self.settings.max_request_body = bytes.map(|bytes| (bytes, node.span, place));
        }
        let Some(value) = node.as_str() else { return };
        let connection = matches!(self.path.as_slice(),
            [section, _] if section.eq_ignore_ascii_case("ConnectionStrings"));
        let secret = self.path.last().is_some_and(|name| names_a_secret(name));
        if !connection && !secret {
            return;
        }
        let key = Key { path: self.path_text(), span: node.span, is_empty: value.is_empty() };
        let settings = &mut self.settings;
        let list = if connection { &mut settings.connection_strings } else { &mut settings.secrets };
        if list.len() < MAX_KEYS {
            list.push(key);
        }
    }

    fn path_text(&self) -> String {
        let mut path = String::new();
        for name in &self.path {
            if !path.is_empty() {
                path.push(':');
            }
            path.extend(name.chars().take(MAX_KEY_LENGTH.saturating_sub(path.len())));
        }
        path
    }
}

fn names_a_secret(name: &str) -> bool {
    const PARTS: [&str; 13] = [
        "password",
        "passwd",
        "pwd",
        "secret",
        "apikey",
        "accesskey",
        "accountkey",
        "privatekey",
        "sharedkey",
        "connectionstring",
        "token",
        "credential",
        "passphrase",
    ];
    let plain: String =
        name.chars().filter(|c| c.is_ascii_alphanumeric()).map(|c| c.to_ascii_lowercase()).collect();
    PARTS.iter().any(|part| plain.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &[u8]) -> String {
        inspect(text).expect_err("an error").to_string()
    }

    #[test]
    fn comments_trailing_commas_and_utf16_are_fine() {
        assert!(inspect(b"\xEF\xBB\xBF// c\n{ \"a\": [1, 2,], /* x */ }").is_ok());
        let mut utf16 = vec![0xFF, 0xFE];
        utf16.extend("{\"ü\": 1}".encode_utf16().flat_map(u16::to_le_bytes));
        assert!(inspect(&utf16).is_ok());
    }

    #[test]
    fn errors_name_the_place_and_the_reason() {
        for (text, message) in [
            ("", "line 1, column 1: The document is empty."),
            (
                "{\n  \"a\": 1\n  \"b\": 2\n}",
                "line 3, column 3: Missing a comma or '}' after an object member.",
            ),
            ("{\"p\": \"C:\\data\"}", "line 1, column 10: Invalid escape character in string."),
            ("{} x", "line 1, column 4: Something follows the end of the document."),
            ("[1]", "line 1, column 1: the top-level JSON element must be an object, found an array"),
            ("{,}", "line 1, column 2: Missing a name for object member."),
        ] {
            assert_eq!(problem(text.as_bytes()), message);
        }
    }

    #[test]
    fn a_key_that_is_set_twice_is_found_across_spellings() {
        assert_eq!(
            problem(b"{\"Logging\": {\"Level\": 1},\n \"logging:level\": 2}"),
            "line 2, column 19: a duplicate key 'logging:level' was found"
        );
        assert!(inspect(b"{\"a\": {\"x\": 1}, \"a\": {\"y\": 2}}").is_ok(), "sections are merged");
    }

    #[test]
    fn the_limit_of_request_bodies_is_read_as_a_number_or_as_text() {
        for text in [
            "{\"Kestrel\": {\"Limits\": {\"MaxRequestBodySize\": 104857600}}}",
            "{\"kestrel:limits:maxrequestbodysize\": \"104857600\"}",
        ] {
            let limit = inspect(text.as_bytes()).expect("valid").max_request_body;
            assert_eq!(limit.map(|(bytes, ..)| bytes), Some(104_857_600), "{text}");
        }
        assert_eq!(inspect(b"{\"MaxRequestBodySize\": 1}").expect("valid").max_request_body, None);
    }

    #[test]
    fn keys_with_secrets_are_named_and_values_are_not() {
        let text = br#"{"ConnectionStrings": {"Db": "Server=x;Password=hunter2"},
            "Jwt": {"Client-Secret": "hunter2", "Issuer": "me"}, "ApiKey": ""}"#;
        let settings = inspect(text).expect("valid");
        let paths = |keys: &[Key]| keys.iter().map(|k| k.path.clone()).collect::<Vec<_>>();
        assert_eq!(paths(&settings.connection_strings), ["ConnectionStrings:Db"]);
        assert_eq!(paths(&settings.secrets), ["Jwt:Client-Secret", "ApiKey"]);
        assert!(settings.secrets[1].is_empty);
        assert!(!format!("{settings:?}").contains("hunter2"));
    }

    #[test]
    fn nesting_beyond_the_bound_is_an_error_and_no_overflow() {
        let text = "{\"a\":".repeat(100_000);
        assert!(problem(text.as_bytes()).ends_with("The document is nested too deep."));
    }
}

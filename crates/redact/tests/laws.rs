//! What holds for every text.

use falconer_redact::Redactor;
use proptest::prelude::*;

/// What texts are made of that carry secrets: names, separators, quotes in all escapings, placeholders, and noise.
const PIECES: &[&str] = &[
    "Password",
    "pwd",
    "User ID",
    "user",
    "Server",
    "ConnectionString",
    "key",
    "name",
    "value",
    "token",
    "Cookie",
    "Authorization",
    "sig",
    "code",
    "masterKey",
    "Bearer ",
    "Basic ",
    "eyJhbGciOi",
    "CfDJ8",
    "ghp_",
    "[enc:",
    ":enc]",
    "-----BEGIN PRIVATE KEY-----",
    "-----END ",
    "=",
    ":",
    " : ",
    ";",
    ",",
    "&",
    "&amp;",
    "?",
    "|",
    "%3D",
    "%3B",
    "\"",
    "'",
    "\\\"",
    "\\\\\\\"",
    "&quot;",
    "&#39;",
    "\\u0022",
    "%22",
    "\\&quot;",
    "<",
    ">",
    "</",
    "/>",
    "&lt;",
    "&gt;",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "\n",
    "\r\n",
    "\\n",
    "\\r\\n",
    "\t",
    " ",
    "  ",
    "\\",
    "\\\\",
    "/",
    "://",
    "@",
    "%40",
    ".",
    "..",
    "-",
    "--",
    "+",
    "abc",
    "S3cr3t",
    "0123456789abcdef",
    "aB3dE5gH7jK9mN1pQ3sT5vX7",
    "é",
    "用户",
    "C:\\Users\\",
    "/home/",
    "S-1-5-21-1-2-3-4",
    "bob@contoso.com",
    "GET ",
    "2026-11-02 10:14:03 ",
    "<password-1>",
    "<user-7>",
    "&lt;key-2&gt;",
    "<token-999999999>",
    "\0",
    "\u{feff}",
];

fn soup() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

/// How a value is written where it is quoted or encoded.
#[derive(Debug, Clone, Copy)]
enum Escape {
    Nothing,
    Xml,
    Json,
    Url,
    /// ADO.NET within XML.
    Quoted,
}

impl Escape {
    fn apply(self, value: &str) -> String {
        match self {
            Escape::Nothing => value.to_owned(),
            Escape::Xml => {
                value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
            }
            Escape::Json => value.replace('\\', "\\\\").replace('"', "\\\""),
            Escape::Url => value.bytes().map(|byte| format!("%{byte:02X}")).collect(),
            Escape::Quoted => Escape::Xml.apply(&value.replace('"', "\"\"")),
        }
    }
}

/// Places where a secret stands (`@`), what it may be made of there, and how it is written.
const PLACES: &[(&str, &str, Escape)] = &[
    ("Server=.;Password=@;Encrypt=True", WORD, Escape::Nothing),
    ("Server=.;Password=\"@\";Encrypt=True", ANY, Escape::Quoted),
    (
        "connectionString=\"Server=.;Password=&quot;@&quot;;Encrypt=True\" providerName=\"x\"",
        ANY,
        Escape::Quoted,
    ),
    ("connectionString=\"Server=.;Password=@;Encrypt=True\"", WORD, Escape::Xml),
    ("<add key=\"SmtpPassword\" value=\"@\" />", ANY, Escape::Xml),
    ("<add value=\"@\" key=\"SmtpPassword\" />", ANY, Escape::Xml),
    ("physicalPath=\"C:\\app\\\" password=\"@\" />", ANY, Escape::Xml),
    ("<environmentVariable name=\"DB_SECRET\" value=\"@\" />", ANY, Escape::Xml),
    ("<Data Name=\"Password\">@</Data>", ANY, Escape::Xml),
    ("{\"Port\": 1, \"Password\": \"@\", \"x\": true}", ANY, Escape::Json),
    ("{\"Secrets\": {\"a\": [\"@\"]}}", ANY, Escape::Json),
    ("{\"name\":\"Authorization\",\"value\":\"Bearer @\"}", WORD, Escape::Json),
    ("https://example.com/x?a=b&access_token=@&c=d", ANY, Escape::Url),
    ("DB_PASSWORD%3D@%3BServer%3Dx", WORD, Escape::Url),
    ("postgres://web:@\u{40}db.example/shop", ANY, Escape::Url),
    ("Cookie: a=b; .AspNetCore.Session=@; c=d", WORD, Escape::Nothing),
    ("DB_PASSWORD=@", WORD, Escape::Nothing),
    ("X-Api-Key: @", WORD, Escape::Nothing),
    ("MS-ASPNETCORE-TOKEN:@", WORD, Escape::Nothing),
    ("<td>DB_PASSWORD</td><td>@</td>", ANY, Escape::Xml),
];

const WORD: &str = "[A-Za-z0-9!#$%^*()_+/~?.-]{3,12}";
const ANY: &str = "[ -~]{3,12}";

/// What the middle of each secret is: it tells the secret from everything around it.
const MARK: &str = "S3cr3t";

/// A place with a secret in it, and how the middle of the secret is written there.
fn placed() -> impl Strategy<Value = (String, String)> {
    prop::sample::select(PLACES).prop_flat_map(|(place, alphabet, escape)| {
        (alphabet, alphabet).prop_map(move |(head, tail)| {
            let (before, after) = place.split_once('@').unwrap_or_default();
            let secret = escape.apply(&format!("x{head}{MARK}{tail}x"));
            (format!("{before}{secret}{after}"), escape.apply(MARK))
        })
    })
}

/// Lines without quotes: one that stays open would make anything a part of what it quotes.
fn lines() -> impl Strategy<Value = String> {
    soup().prop_map(|soup| {
        soup.replace(['"', '\''], "").replace("quot", "").replace("#39", "").replace(MARK, "")
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_redacted_without_a_panic(text in any::<String>()) {
        Redactor::new().redact(&text);
    }

    #[test]
    fn what_was_redacted_stays_as_it_is(text in soup()) {
        let mut redactor = Redactor::new();
        let once = redactor.redact(&text).into_owned();
        prop_assert_eq!(redactor.redact(&once).into_owned(), once.clone());
        prop_assert_eq!(Redactor::new().redact(&once).into_owned(), once);
    }

    #[test]
    fn no_part_of_a_secret_survives_whatever_stands_on_the_lines_around_it(
        before in lines(),
        (place, mark) in placed(),
        after in lines(),
    ) {
        let text = format!("{before}\n{place}\n{after}");
        let redacted = Redactor::new().redact(&text).into_owned();
        prop_assert!(!redacted.contains(&mark), "{place} became {redacted}");
    }

    #[test]
    fn one_secret_has_one_placeholder_in_every_escaping(secret in "x[A-Za-z0-9&<>\"'/+]{6,16}") {
        let mut redactor = Redactor::new();
        let mut placeholder = |text: String| {
            let redacted = redactor.redact(&text).into_owned();
            redacted.find("<password-").map(|at| redacted[at..].split_inclusive('>').next().unwrap_or_default().to_owned())
        };
        let json = placeholder(format!("{{\"Password\": \"{}\"}}", Escape::Json.apply(&secret)));
        let xml = placeholder(format!("<add key=\"Password\" value=\"{}\" />", Escape::Xml.apply(&secret)));
        let url = placeholder(format!("?password={}&x=y", Escape::Url.apply(&secret)));
        prop_assert!(json.is_some());
        prop_assert_eq!(&json, &xml);
        prop_assert_eq!(&json, &url);
    }

    #[test]
    fn a_text_grows_by_no_more_than_its_placeholders(text in soup()) {
        let redacted = Redactor::new().redact(&text).len();
        prop_assert!(redacted <= 6 * text.len() + 16, "{} of {}", redacted, text.len());
    }
}

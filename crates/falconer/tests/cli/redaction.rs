//! No secret of any channel comes out in any format.

use falconer_catalog::Catalog;
use falconer_messages::Definitions;
use falconer_redact::Redactor;

use crate::samples::event;
use crate::support::{Ran, diagnose_json, falconer, folder};

const PASSWORD: &str = "Sup3rS3cret!";
const TOKEN: &str = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJlLW9mLXRoaXM";
const SAS: &str = "sig=Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4MDEyMzQ1Njc4";
const KEY: &str = "AccountKey=bG9uZ2Jhc2U2NGtleWxvbmdiYXNlNjRrZXlsb25nYmFzZTY0a2V5MDEyMw==";
const COOKIE: &str = "CfDJ8N0tARealC00kieButS3cretEnough";
const MAIL: &str = "anna.schmidt@contoso.example";
const USER: &str = "anna.schmidt";

/// What a channel gives away: its file, what is in it, and the secrets.
fn channels() -> Vec<(&'static str, String, Vec<&'static str>)> {
    let thrown = format!(
        "Unhandled exception. Microsoft.Data.SqlClient.SqlException (0x80131904): Cannot open database for \
         'Server=sql01;Database=shop;User ID=shopuser;Password={PASSWORD};'. {KEY} https://x.blob.core.windows.net/a?{SAS} \
         Authorization: Bearer {TOKEN} mail {MAIL}\r\n   at Shop.Program.<Main>$(String[] args) in \
         C:\\Users\\{USER}\\src\\Shop\\Program.cs:line 12\r\n"
    );
    let all = || vec![PASSWORD, TOKEN, MAIL, USER, &SAS[4..], &KEY[11..]];
    let config = format!(
        "<configuration>\n  <connectionStrings>\n    <add name=\"a\" connectionString=\"Server=.;Password={PASSWORD}\" />\n  \
         </connectionStrings>\n  <system.webServer>\n    <aspNetCore processPath=\"dotnet\" arguments=\".\\Shop.dll\" \
         hostingModel=\"inprocess\">\n      <environmentVariables>\n        <environmentVariable name=\"DB_PASSWORD\" \
         value=\"{PASSWORD}\" /><environmentVariable name=\"DB_PASSWORD\" value=\"{PASSWORD}\" />\n      \
         </environmentVariables>\n    </aspNetCore>\n  </system.webServer>\n</configuration>\n"
    );
    vec![
        ("stdout.log", thrown.clone(), all()),
        (
            "events.txt",
            event(
                1018,
                "11/2/2026 10:14:03 AM",
                &format!(
                    "Application '/LM/W3SVC/2/ROOT' with physical root 'C:\\Users\\{USER}\\shop\\' hit unexpected managed \
                     exception, exception code = '0xe0434352'. First 30KB characters of captured stdout and stderr \
                     logs:\n{thrown}"
                ),
            ),
            all(),
        ),
        ("web.config", config, vec![PASSWORD]),
        (
            "page.txt",
            format!(
                "HTTP/1.1 500 Internal Server Error\r\nSet-Cookie: .AspNetCore.Session={COOKIE}; path=/\r\n\
                 Authorization: Bearer {TOKEN}\r\n\r\nHTTP Error 500.30 - ANCM In-Process Start Failure {thrown}"
            ),
            vec![PASSWORD, TOKEN, MAIL, USER, COOKIE],
        ),
        (
            "u_ex261102.log",
            format!(
                "#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n#Date: 2026-11-02 10:14:03\r\n\
                 #Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) \
                 cs(Cookie) sc-status sc-substatus sc-win32-status time-taken\r\n\
                 2026-11-02 10:14:03 10.0.0.4 GET /shop access_token={TOKEN} 443 CORP\\{USER} 10.0.0.9 curl/8 \
                 .AspNetCore.Session={COOKIE} 500 30 0 15\r\n"
            ),
            vec![TOKEN, USER, COOKIE],
        ),
        (
            "httperr1.log",
            format!(
                "#Software: Microsoft HTTP API 2.0\r\n#Version: 1.0\r\n#Date: 2026-11-02 10:14:03\r\n#Fields: date time \
                 c-ip c-port s-ip s-port cs-version cs-method cs-uri streamid sc-status s-siteid s-reason s-queuename\r\n\
                 2026-11-02 10:14:03 10.0.0.9 51000 10.0.0.4 443 HTTP/1.1 GET /shop?access_token={TOKEN} - 503 2 \
                 AppOffline ShopPool\r\n"
            ),
            vec![TOKEN],
        ),
        (
            "aspnetcore-debug.log",
            format!(
                "[aspnetcorev2.dll] Initializing logs for 'C:\\Program Files\\IIS\\Asp.Net Core Module\\V2\\aspnetcorev2.dll'. \
                 Process Id: 4712. File Version: 18.0.24.0. Description: IIS ASP.NET Core Module V2.\r\n\
                 [aspnetcorev2_inprocess.dll] Event Log: 'Application '/LM/W3SVC/2/ROOT' with physical root \
                 'C:\\Users\\{USER}\\shop\\' failed to load coreclr. Exception message:\r\n{thrown}'\r\n"
            ),
            vec![PASSWORD, TOKEN, MAIL, USER],
        ),
        (
            "muxer.log",
            format!(
                "A fatal error was encountered. The library 'hostpolicy.dll' required to execute the application was not \
                 found in 'C:\\Users\\{USER}\\shop\\'.\r\n"
            ),
            vec![USER],
        ),
    ]
}

const FORMATS: [&str; 5] = ["full", "concise", "json", "markdown", "html"];

#[test]
fn secrets_of_every_channel_are_in_no_format() {
    for (name, content, secrets) in channels() {
        let folder = folder(&[(name, content.as_bytes())]);
        for format in FORMATS {
            for verbose in [&[][..], &["--verbose"]] {
                let ran =
                    falconer().args(["diagnose", "-f", format]).args(verbose).args([folder.path()]).run();
                for secret in &secrets {
                    let said = ran.stdout.contains(secret) || ran.stderr.contains(secret);
                    assert!(!said, "{name}, {format}: {secret} is in\n{}", ran.stdout);
                }
            }
        }
    }
}

#[test]
fn the_evidence_of_the_test_above_is_shown_and_would_give_them_away() {
    for (name, content, secrets) in channels() {
        let folder = folder(&[(name, content.as_bytes())]);
        let json = || falconer().args(["diagnose", "-f", "json", "-v"]).args([folder.path()]);
        let shown = json().args(["--no-redact"]).run().stdout;
        assert!(secrets.iter().any(|secret| shown.contains(secret)), "{name}:\n{shown}");
    }
}

#[test]
fn the_same_secret_has_the_same_placeholder_everywhere() {
    let line = |n: u32| format!("Unhandled exception. System.Exception: {n} Server=.;Password={PASSWORD}\n");
    let folder = folder(&[("a/stdout.log", line(1).as_bytes()), ("b/stdout.log", line(2).as_bytes())]);
    let ran = falconer().args(["diagnose", "-v"]).args([folder.path()]).run().exits(1);
    assert!(ran.stdout.matches("Password=<password-1>").count() >= 2, "{}", ran.stdout);
    ran.does_not_say("<password-2>");
}

#[test]
fn names_of_files_and_words_of_warnings_are_redacted_too() {
    let name = format!("C:\\Users\\{USER}\\logs\\missing.log");
    falconer().args(["diagnose", &name]).run().exits(3).says("C:\\Users\\<user-1>\\logs").does_not_say(USER);
    let output = format!("/home/{USER}/no-such-folder/a.json");
    falconer().args(["diagnose", "HTTP 503", "-o", &output]).run().exits(2).does_not_say(USER);
    falconer().args(["diagnose", "HTTP 503", "--no-redact", "-o", &output]).run().exits(2).complains(USER);
}

#[test]
fn a_marked_spot_stays_where_it_is_when_a_secret_before_it_is_replaced() {
    let config = format!(
        "<configuration><system.webServer><aspNetCore processPath=\"dotnet\" arguments=\"a.dll\" \
         stdoutLogFile=\"x?password={PASSWORD}\" hostingModel=\"inproces\" /></system.webServer></configuration>"
    );
    let folder = folder(&[("web.config", config.as_bytes())]);
    let ran = falconer().args(["diagnose", "-f", "json"]).args([folder.path()]).run().exits(1);
    let snippet = &ran.json()["diagnoses"][0]["evidence"][0]["snippet"];
    let at = |name: &str| usize::try_from(snippet[name].as_u64().unwrap()).unwrap();
    let marked = &snippet["text"].as_str().unwrap()[at("start")..at("end")];
    assert!(marked.contains("inproces") && !marked.contains("password"), "{marked}");
    ran.does_not_say(PASSWORD);
}

#[test]
fn what_the_catalogue_says_itself_is_left_alone() {
    let refused = "w3wp: Unhandled exception. Microsoft.Data.SqlClient.SqlException (0x80131904): Login failed for user \
                   'shop'. at Shop.Program.Main()";
    let ran = diagnose_json().args(["--verbose"]).stdin(refused).run().exits(1);
    let unredacted = diagnose_json().args(["--verbose", "--no-redact"]).stdin(refused).run();
    let own = |ran: &Ran, name: &str| ran.json()["diagnoses"][0][name].clone();
    for name in ["title", "summary", "remedies", "checks", "missing_evidence", "sources"] {
        assert_eq!(own(&ran, name), own(&unredacted, name));
    }
    ran.does_not_say("user 'shop'");
}

#[test]
fn sentences_of_the_catalogue_stay_whole_around_a_harmless_value() {
    let messages = Definitions::embedded().unwrap();
    let catalog = Catalog::embedded(&messages).unwrap();
    let mut redactor = Redactor::new();
    let mut damaged = Vec::new();
    for failure in catalog.failures() {
        let commands =
            failure.remedies.iter().flat_map(|remedy| remedy.commands.iter().chain([&remedy.text]));
        for text in commands.chain(failure.rules.iter().map(|rule| &rule.because)) {
            let filled = fill(text);
            if filled != *text && redactor.redact(&filled) != filled {
                damaged.push(format!("{}: {filled}: {}", failure.id, redactor.redact(&filled)));
            }
        }
    }
    assert!(damaged.is_empty(), "{}", damaged.join("\n"));
}

/// Puts a harmless value into each `{field}`.
fn fill(text: &str) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let name = after.split('}').next().unwrap_or_default();
        if !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') {
            filled.push_str("Shop.Web");
            rest = &after[name.len() + 1..];
        } else {
            filled.push('{');
            rest = after;
        }
    }
    filled.push_str(rest);
    filled
}

//! Guesses that are not made.

use falconer_fix::{FixContext, repair};

use super::{app, first_fix, with_element};
use crate::common::in_web_config;

#[test]
fn a_guess_that_could_harm_is_not_made() {
    for (id, text) in [
        // The attribute that is meant is there already.
        ("unknown-attribute", "<aspNetCore processPath='a.exe' ProcessPath='b.exe' />"),
        // What the transform was to remove would stay.
        (
            "transform-left-in",
            "<aspNetCore processPath='a.exe' xmlns:xdt='http://schemas.microsoft.com/XML-Document-Transform' xdt:Transform='Remove' />",
        ),
        // What is missing is there, misspelt.
        ("process-path-missing", "<aspNetCore processpath='a.exe' />"),
        ("arguments-missing-for-dotnet", "<aspNetCore processPath='dotnet' argument='App.dll' />"),
        ("bad-value", "<aspNetCore processPath='a.exe' requestTimeout='00:02' />"),
        ("bad-value", "<aspNetCore processPath='a.exe' stdoutLogEnabled='maybe' />"),
        ("stdout-log-path", r"<aspNetCore processPath='a.exe' stdoutLogFile='\\?\%home%\LogFiles\stdout' />"),
        ("stdout-log-path", r"<aspNetCore processPath='a.exe' stdoutLogFile='D:\logs\app' />"),
        ("dotnet-argument-not-dll", "<aspNetCore processPath='dotnet' arguments='run' />"),
        // A folder, not a program.
        (
            "absolute-build-machine-path",
            r"<aspNetCore processPath='dotnet' arguments='App.dll --contentRoot C:\Users\me\app' />",
        ),
        (
            "environment-variable-wrong-element",
            "<aspNetCore processPath='a.exe'><environmentVariables><remove name='A' /></environmentVariables></aspNetCore>",
        ),
        (
            "handler-setting-unknown",
            "<aspNetCore processPath='a.exe'><handlerSettings><handlerSetting name='stackSiz' value='1' /><handlerSetting name='stackSize' value='1' /></handlerSettings></aspNetCore>",
        ),
    ] {
        let text = with_element(text);
        assert_eq!(first_fix(id, &in_web_config(&text), &text, &app()), None, "{id} in {text}");
    }
    for (id, text) in [
        ("malformed-xml", "text <?xml version='1.0'?><a/>"),
        ("malformed-xml", "<a b='1' b='2'/>"),
        ("malformed-xml", "<a b='x&y'><c></a>"),
        ("malformed-xml", "<<<<<<< HEAD\n<a/>"),
        (
            "duplicate-section",
            "<configuration><system.webServer><staticContent /><staticContent lockItem='true' /></system.webServer></configuration>",
        ),
        (
            "handler-missing",
            "<configuration><system.webServer><handlers><add name='aspNetCore' path='*' verb='*' modules='Other' /></handlers><aspNetCore processPath='a.exe' /></system.webServer></configuration>",
        ),
    ] {
        assert_eq!(first_fix(id, &in_web_config(text), text, &FixContext::default()), None, "{id} in {text}");
    }
}

#[test]
fn what_the_sdk_writes_is_left_as_it_is() {
    let text = include_str!("../../../iis-config/tests/data/sdk-framework-dependent.config");
    let repaired = repair(text, &app(), true, in_web_config);
    assert_eq!((repaired.text.as_str(), repaired.changes.len(), repaired.settled), (text, 0, true));
}

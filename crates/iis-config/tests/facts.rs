//! Facts about web.config files: healthy files are quiet, excerpts and hostile files are handled with care.

mod common;

use std::collections::BTreeSet;

use common::{
    APP_HOST, SDK, authentication, ids, of_file, with_attributes, with_element, with_sections, with_variables,
};
use falconer_iis_config::{
    ConfigFact, FactKind, HostConfig, Surroundings, WebConfig, encoding_finding, findings,
};

fn of_excerpt(text: &str) -> Vec<ConfigFact> {
    findings(&WebConfig::excerpt(text), Surroundings::default())
}

fn troubles(facts: &[ConfigFact]) -> Vec<(&'static str, &str)> {
    facts
        .iter()
        .filter(|fact| fact.kind != FactKind::State)
        .map(|fact| (fact.id, fact.message.as_str()))
        .collect()
}

#[test]
fn the_files_the_sdk_writes_are_quiet() {
    let self_contained = r#"processPath=".\App.exe" stdoutLogEnabled"#;
    let exe = SDK.replace(r#"processPath="dotnet" arguments=".\App.dll" stdoutLogEnabled"#, self_contained);
    let dotnet_form = r#"processPath="dotnet" arguments=".\App.dll""#;
    for text in [
        SDK.to_owned(),
        format!("\u{FEFF}{SDK}").replace('\n', "\r\n"),
        exe.clone(),
        SDK.replace("inprocess", "OutOfProcess"),
        SDK.replace("inprocess", "InProcess"),
        SDK.replace(r#" hostingModel="inprocess""#, ""),
        SDK.replace(r".\logs\stdout", r"\\?\%home%\LogFiles\stdout"),
        SDK.replace(dotnet_form, r#"processPath="dotnet" arguments=".\App.dll --urls http://*:0""#),
        SDK.replace(dotnet_form, r#"processPath="dotnet" arguments="exec &quot;.\My App.dll&quot;""#),
        with_variables(r#"<environmentVariable name="ASPNETCORE_ENVIRONMENT" value="Production" />"#),
    ] {
        let facts = of_file(&text);
        assert_eq!(troubles(&facts), [], "{text}");
        assert!(ids(&facts).contains("aspnetcore"));
    }
    assert_ne!(exe, SDK, "the form with an executable differs");
}

#[test]
fn a_published_file_for_another_system_is_told_by_the_missing_extension() {
    let text = SDK.replace(r#"processPath="dotnet" arguments=".\App.dll""#, r#"processPath=".\App""#);
    assert_eq!(
        of_file(&text).iter().filter(|f| f.kind != FactKind::State).map(|f| f.id).collect::<Vec<_>>(),
        ["process-path-without-extension"]
    );
}

#[test]
fn a_fact_points_at_its_spot() {
    let text = with_attributes(r#"requestTimeout="00:60:00""#);
    let facts = of_file(&text);
    let bad =
        facts.iter().find(|fact| fact.id == "bad-value").map(|fact| (fact.span.of(&text), fact.at.line));
    assert_eq!(bad, Some(("00:60:00", 4)));
}

#[test]
fn a_handler_in_a_sub_application_is_a_risk_unless_it_removes_the_inherited_one() {
    let in_sub = |text: &str| ids(&findings(&WebConfig::parse(text), Surroundings { sub_application: true }));
    assert!(in_sub(SDK).contains("handlers-in-sub-application"));
    for first in ["<remove name=\"aspNetCore\" />", "<clear />"] {
        let text = SDK.replace("<handlers>", &format!("<handlers>{first}"));
        assert!(!in_sub(&text).contains("handlers-in-sub-application"), "{first}");
    }
    let without = with_sections("<aspNetCore processPath='dotnet' arguments='a.dll' />");
    assert!(!in_sub(&without).contains("handler-missing"), "it inherits the parent's");
    assert!(!ids(&of_file(SDK)).contains("handlers-in-sub-application"), "only when it is one");
}

#[test]
fn a_secret_never_stands_in_a_fact() {
    let text = with_variables(
        "<environmentVariable name='ConnectionStrings__Db' value='Server=a;Password=hunter2' />",
    );
    let facts = of_file(&text);
    assert!(ids(&facts).contains("secret-in-environment-variable"));
    assert!(!format!("{facts:?}").contains("hunter2"));
}

#[test]
fn a_secret_stands_in_no_fact_wherever_it_was_found() {
    let arguments =
        r#"<aspNetCore processPath="dotnet" arguments="App.dll App.dll --Smtp:Password hunter2 &quot;" />"#;
    let settings = "<appSettings><add key='ApiKey' value='hunter2hunter2hunter2' /></appSettings>";
    let identity = "<system.web><identity userName='a' password='hunter2' /></system.web>";
    let text = with_element(arguments).replace("<location", &format!("{settings}{identity}<location"));
    let facts = of_file(&text);
    for id in [
        "secret-in-arguments",
        "arguments-repeated",
        "arguments-quote-unbalanced",
        "secret-in-settings",
        "password-in-plain-text",
    ] {
        assert!(ids(&facts).contains(id), "{id}");
    }
    assert!(!format!("{facts:?}").contains("hunter2"), "{facts:?}");
    let variable = "<environmentVariables><add name='Db' value='Pwd=hunter2' /></environmentVariables>";
    let host = HostConfig::parse(&APP_HOST.replace("<failure ", &format!("{variable}<failure ")));
    let facts = falconer_iis_config::host_findings(&host);
    assert!(ids(&facts).contains("secret-in-environment-variable"));
    assert!(!format!("{facts:?}").contains("hunter2"));
}

#[test]
fn an_encrypted_or_hidden_password_is_no_plain_one() {
    for (password, plain) in [
        ("hunter2", true),
        ("[enc:AesProvider:abc:enc]", false),
        ("***", false),
        ("", false),
        ("%DB_PASSWORD%", false),
    ] {
        let host = HostConfig::parse(&APP_HOST.replace("[enc:AesProvider:abc:enc]", password));
        let found = ids(&falconer_iis_config::host_findings(&host)).contains("password-in-plain-text");
        assert_eq!(found, plain, "{password}");
    }
}

#[test]
fn passwords_of_a_configuration_file_are_not_kept() {
    let host = HostConfig::parse(&APP_HOST.replace("[enc:AesProvider:abc:enc]", "hunter2"));
    assert!(!format!("{host:?}").contains("hunter2"));
    assert!(host.pools().iter().any(|pool| pool.identity.has_password));
}

#[test]
fn a_file_stored_otherwise_than_it_says_is_found() {
    let fact = encoding_finding(b"<?xml version=\"1.0\" encoding=\"utf-8\"?><!-- \xFC --><a/>");
    assert_eq!(fact.as_ref().map(|fact| fact.id), Some("encoding-mismatch"));
    assert_eq!(fact.as_ref().and_then(|fact| fact.field("actual")), Some("a single-byte encoding"));
    assert_eq!(encoding_finding(SDK.as_bytes()), None);
}

#[test]
fn the_last_environment_variable_counts_and_the_first_handler_setting() {
    let text = with_element(
        "<aspNetCore processPath='a.exe'><environmentVariables>
         <environmentVariable name='A' value='1' /><environmentVariable name='a' value='2' /></environmentVariables>
         <handlerSettings><handlerSetting name='debugLevel' value='x' /><handlerSetting name='DEBUGLEVEL' value='y' />
         </handlerSettings></aspNetCore>",
    );
    let config = WebConfig::parse(&text);
    let elements = config.asp_net_core();
    let element =
        elements.first().map(|element| (element.environment_value("A"), element.setting("DebugLevel")));
    assert_eq!(element, Some((Some("2"), Some("x"))));
}

#[test]
fn a_feature_is_on_off_or_not_spoken_of() {
    const WINDOWS: &str = "system.webServer/security/authentication/windowsAuthentication";
    let enabled = |text: &str| WebConfig::parse(text).enabled(WINDOWS);
    assert_eq!(enabled(&authentication("windowsAuthentication", "True")), Some(true));
    assert_eq!(enabled(&authentication("windowsAuthentication", "false")), Some(false));
    assert_eq!(enabled(SDK), None);
}

#[test]
fn a_hostile_file_gives_a_bounded_number_of_facts_in_bounded_time() {
    let many = |item: &str| with_sections(&item.repeat(10_000));
    let sections = many("<nonsence/>");
    let handlers = with_sections(&format!(
        "<handlers>{}</handlers>",
        "<add name='a' modules='AspNetCoreModule'/>".repeat(10_000)
    ));
    let elements = many("<aspNetCore hostingModel='inprocess' a='b' requestTimeout='x'/>");
    let locations = format!(
        "<configuration>{}</configuration>",
        "<location><system.webServer><handlers><add name='x'/></handlers></system.webServer></location>"
            .repeat(10_000)
    );
    for text in [sections, handlers, elements, locations] {
        assert!(of_file(&text).len() <= falconer_iis_config::MAX_FACTS);
    }
}

#[test]
fn a_malformed_file_makes_no_claim_about_what_is_not_there() {
    let cut = SDK.split("<aspNetCore").next().unwrap_or_default();
    let facts = of_file(cut);
    assert!(ids(&facts).contains("malformed-xml") && ids(&facts).contains("v2-module-handler"));
    for absent in ["aspnetcore-element-missing", "webdav-not-removed", "location-inherit-missing"] {
        assert!(!ids(&facts).contains(absent), "{absent}");
    }
}

#[test]
fn an_excerpt_marks_its_facts_and_claims_nothing_of_what_was_left_out() {
    let facts =
        of_excerpt(r#"I have <aspNetCore ... hostingModel="inprocess" requestTimeout="..." /> and it fails"#);
    assert!(facts.iter().all(|fact| fact.fragment));
    assert_eq!(ids(&facts), BTreeSet::from(["aspnetcore", "module-needed", "request-timeout-in-process"]));
    let facts = of_excerpt(r#"<aspNetCore ... requestTimeout="00:60:00" ...>  (01:00:00 works)"#);
    assert!(ids(&facts).contains("bad-value") && !ids(&facts).contains("process-path-missing"));
}

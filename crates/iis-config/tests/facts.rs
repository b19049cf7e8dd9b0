//! Facts about web.config files: each found where it holds, and healthy files quiet.

use std::collections::BTreeSet;

use falconer_iis_config::{
    CONFIG_FACTS, ConfigFact, FactKind, HostConfig, Surroundings, WebConfig, encoding_finding, findings,
    host_findings,
};

const SDK: &str = include_str!("data/sdk-framework-dependent.config");
const APP_HOST: &str = include_str!("data/applicationHost.config");

fn of_file(text: &str) -> Vec<ConfigFact> {
    findings(&WebConfig::parse(text), Surroundings::default())
}

fn of_excerpt(text: &str) -> Vec<ConfigFact> {
    findings(&WebConfig::excerpt(text), Surroundings::default())
}

fn ids(facts: &[ConfigFact]) -> BTreeSet<&'static str> {
    facts.iter().map(|fact| fact.id).collect()
}

fn troubles(facts: &[ConfigFact]) -> Vec<(&'static str, &str)> {
    facts
        .iter()
        .filter(|fact| fact.kind != FactKind::State)
        .map(|fact| (fact.id, fact.message.as_str()))
        .collect()
}

/// The SDK's file with another `<aspNetCore>`.
fn with_element(element: &str) -> String {
    with_sections(&format!(
        r#"<handlers><add name="aspNetCore" path="*" verb="*" modules="AspNetCoreModuleV2" resourceType="Unspecified" /></handlers>
{element}"#
    ))
}

/// A file with these sections in a `<location>` as the SDK writes it.
fn with_sections(sections: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="utf-8"?>
<configuration><location path="." inheritInChildApplications="false"><system.webServer>
{sections}
</system.webServer></location></configuration>"#
    )
}

fn with_attributes(attributes: &str) -> String {
    with_element(&format!(r#"<aspNetCore processPath="dotnet" arguments=".\App.dll" {attributes} />"#))
}

fn with_variables(variables: &str) -> String {
    with_element(&format!(
        r#"<aspNetCore processPath=".\App.exe" hostingModel="inprocess"><environmentVariables>{variables}</environmentVariables></aspNetCore>"#
    ))
}

fn with_settings(settings: &str) -> String {
    with_element(&format!(
        r#"<aspNetCore processPath=".\App.exe" hostingModel="inprocess"><handlerSettings>{settings}</handlerSettings></aspNetCore>"#
    ))
}

/// For each fact a file in which it holds, with the value of one of its fields.
fn files() -> Vec<(&'static str, String, (&'static str, &'static str))> {
    vec![
        ("malformed-xml", SDK.replace("</handlers>", ""), ("kind", "unclosed-element")),
        ("merge-conflict-marker", SDK.replace("  <location", "<<<<<<< HEAD\n  <location"), ("line", "3")),
        ("file-too-large", format!("{SDK}<!--{}-->", " ".repeat(256 * 1024)), ("limit", "256000")),
        (
            "transform-left-in",
            with_attributes(
                r#"xmlns:xdt="http://schemas.microsoft.com/XML-Document-Transform" xdt:Transform="Replace""#,
            ),
            ("attribute", "xdt:Transform"),
        ),
        (
            "transform-namespace",
            SDK.replace(
                "<configuration>",
                r#"<configuration xmlns:xdt="http://schemas.microsoft.com/XML-Document-Transform">"#,
            ),
            ("namespace", "xmlns:xdt"),
        ),
        ("aspnetcore", SDK.to_owned(), ("arguments", r".\App.dll")),
        (
            "two-aspnetcore-elements",
            with_attributes("/><aspNetCore processPath='a.exe'"),
            ("first_line", "4"),
        ),
        ("unknown-attribute", with_attributes(r#"stdoutLogfile=".\a""#), ("suggestion", "stdoutLogFile")),
        (
            "unknown-element",
            with_element("<aspNetCore processPath='a.exe'><enviromentVariables /></aspNetCore>"),
            ("suggestion", "environmentVariables"),
        ),
        (
            "bad-value",
            with_attributes(r#"requestTimeout="00:60:00""#),
            ("why", "minutes and seconds go up to 59; write 01:00:00"),
        ),
        (
            "required-attribute-missing",
            with_sections(
                r#"<handlers><add name="aspNetCore" path="*" modules="AspNetCoreModuleV2" /></handlers>"#,
            ),
            ("attribute", "verb"),
        ),
        (
            "process-path-missing",
            with_element("<aspNetCore hostingModel='inprocess' />"),
            ("state", "absent"),
        ),
        ("hosting-model-unknown", with_attributes("hostingModel='in-process'"), ("suggestion", "inprocess")),
        ("hosting-model-missing", with_attributes(""), ("", "")),
        (
            "in-process-with-v1-module",
            SDK.replace("AspNetCoreModuleV2", "AspNetCoreModule"),
            ("handler", "aspNetCore"),
        ),
        (
            "request-timeout-in-process",
            with_attributes("hostingModel='InProcess' requestTimeout='00:10:00'"),
            ("value", "00:10:00"),
        ),
        (
            "request-timeout-not-whole-minutes",
            with_attributes("requestTimeout='00:02:30'").replace("ModuleV2", "Module"),
            ("value", "00:02:30"),
        ),
        (
            "processes-per-application-in-process",
            with_attributes("hostingModel='inprocess' processesPerApplication='2'"),
            ("value", "2"),
        ),
        ("startup-time-limit", with_attributes("startupTimeLimit='3600'"), ("seconds", "3600")),
        ("shutdown-time-limit", with_attributes("shutdownTimeLimit='60'"), ("seconds", "60")),
        ("forward-windows-auth-token-false", with_attributes("forwardWindowsAuthToken='false'"), ("", "")),
        ("stdout-log-enabled", with_attributes("stdoutLogEnabled='true'"), ("path", r".\aspnetcore-stdout")),
        ("stdout-log-path", SDK.to_owned(), ("value", r".\logs\stdout")),
        ("startup-error-page-disabled", with_attributes("disableStartUpErrorPage='true'"), ("", "")),
        (
            "launcher-placeholders-left",
            with_element(r#"<aspNetCore processPath="%LAUNCHER_PATH%" arguments="%LAUNCHER_ARGS%" />"#),
            ("placeholder", "%LAUNCHER_PATH%"),
        ),
        (
            "arguments-missing-for-dotnet",
            with_element(r#"<aspNetCore processPath="C:\Program Files\dotnet\dotnet.exe" />"#),
            ("process_path", r"C:\Program Files\dotnet\dotnet.exe"),
        ),
        (
            "dotnet-argument-not-dll",
            with_element(r#"<aspNetCore processPath="dotnet" arguments=".\App.dllaa" />"#),
            ("argument", r".\App.dllaa"),
        ),
        (
            "dotnet-runs-exe",
            with_element(r#"<aspNetCore processPath="dotnet" arguments=".\App.exe" />"#),
            ("argument", r".\App.exe"),
        ),
        (
            "process-path-is-dll",
            with_element(r#"<aspNetCore processPath=".\App.dll" />"#),
            ("process_path", r".\App.dll"),
        ),
        (
            "process-path-without-extension",
            with_element(r#"<aspNetCore processPath=".\My.App" />"#),
            ("process_path", r".\My.App"),
        ),
        (
            "arguments-repeated",
            with_element(r#"<aspNetCore processPath=".\My.App.exe" arguments=".\My.App.dll" />"#),
            ("what", "app-dll"),
        ),
        (
            "exe-in-build-folder",
            with_element(r#"<aspNetCore processPath="bin\Debug\net8.0\App.exe" />"#),
            ("path", r"bin\Debug\net8.0\App.exe"),
        ),
        (
            "absolute-build-machine-path",
            with_element(
                r#"<aspNetCore processPath="dotnet" arguments="C:\Users\me\source\repos\App\App.dll" />"#,
            ),
            ("attribute", "arguments"),
        ),
        (
            "absolute-path",
            with_element(
                r#"<aspNetCore processPath="C:\Program Files\dotnet\dotnet.exe" arguments="App.dll" />"#,
            ),
            ("path", r"C:\Program Files\dotnet\dotnet.exe"),
        ),
        (
            "environment-variable",
            with_variables("<environmentVariable name='A' value='b' />"),
            ("value", "b"),
        ),
        (
            "environment-variable-duplicate",
            with_variables(
                "<environmentVariable name='Abc' value='1' />\n<environmentVariable name='ABC' value='2' />",
            ),
            ("same_value", "no"),
        ),
        (
            "environment-variable-wrong-element",
            with_variables("<add name='A' value='b' />"),
            ("element", "add"),
        ),
        (
            "environment-variable-incomplete",
            with_variables("<environmentVariable name='A' />"),
            ("missing", "value"),
        ),
        (
            "secret-in-environment-variable",
            with_variables("<environmentVariable name='Smtp__Password' value='hunter2' />"),
            ("name", "Smtp__Password"),
        ),
        (
            "hosting-startup-assemblies-set",
            with_variables("<environmentVariable name='ASPNETCORE_HOSTINGSTARTUPASSEMBLIES' value='Asm1' />"),
            ("value", "Asm1"),
        ),
        (
            "environment-development",
            with_variables("<environmentVariable name='aspnetcore_environment' value='development' />"),
            ("variable", "ASPNETCORE_ENVIRONMENT"),
        ),
        (
            "detailed-errors-on",
            with_variables("<environmentVariable name='ASPNETCORE_DETAILEDERRORS' value='True' />"),
            ("variable", "ASPNETCORE_DETAILEDERRORS"),
        ),
        (
            "handler-setting",
            with_settings("<handlerSetting name='stackSize' value='1' />"),
            ("name", "stackSize"),
        ),
        (
            "handler-setting-unknown",
            with_settings("<handlerSetting name='enableShadowCopi' value='true' />"),
            ("suggestion", "enableShadowCopy"),
        ),
        (
            "handler-setting-bad-value",
            with_settings("<handlerSetting name='shutdownDelay' value='-1' />"),
            ("expected", "milliseconds, not negative"),
        ),
        (
            "debug-log-configured",
            with_settings(
                "<handlerSetting name='debugFile' value='c:\\a.log' /><handlerSetting name='DebugLevel' value='file' />",
            ),
            ("file", r"c:\a.log"),
        ),
        ("handler", SDK.to_owned(), ("resource_type", "Unspecified")),
        ("v1-module-handler", SDK.replace("AspNetCoreModuleV2", "AspNetCoreModule"), ("name", "aspNetCore")),
        ("v2-module-handler", SDK.to_owned(), ("name", "aspNetCore")),
        (
            "handler-module-misspelt",
            SDK.replace("AspNetCoreModuleV2", "AspnetCoreModuleV2"),
            ("suggestion", "AspNetCoreModuleV2"),
        ),
        ("handler-missing", with_sections("<aspNetCore processPath='a.exe' />"), ("", "")),
        (
            "handler-removed",
            with_sections("<handlers><remove name='aspNetCore' /></handlers>"),
            ("name", "aspNetCore"),
        ),
        ("aspnetcore-element-missing", with_element(""), ("handler", "aspNetCore")),
        ("handler-not-for-all-requests", SDK.replace(r#"path="*""#, r#"path="api/*""#), ("path", "api/*")),
        ("location-inherit-missing", SDK.replace(r#" inheritInChildApplications="false""#, ""), ("", "")),
        ("webdav-not-removed", SDK.to_owned(), ("", "")),
        (
            "iisnode",
            with_sections("<handlers><add name='n' path='s.js' verb='*' modules='iisnode' /></handlers>"),
            ("", ""),
        ),
        ("http-platform", with_sections("<httpPlatform processPath='a.cmd' />"), ("", "")),
        (
            "system-web-only",
            "<configuration><system.web><compilation /></system.web></configuration>".to_owned(),
            ("", ""),
        ),
        (
            "duplicate-collection-entry",
            with_sections(
                "<staticContent>\n<mimeMap fileExtension='.x' mimeType='a/b' />\n<mimeMap fileExtension='.X' mimeType='a/c' /></staticContent>",
            ),
            ("first_line", "4"),
        ),
        (
            "duplicate-section",
            with_sections("<staticContent /><staticContent />"),
            ("section", "system.webServer/staticContent"),
        ),
        (
            "mime-map-in-defaults",
            with_sections(
                "<staticContent><mimeMap fileExtension='.woff2' mimeType='font/woff2' /></staticContent>",
            ),
            ("extension", ".woff2"),
        ),
        (
            "locked-section-used",
            with_sections("<webSocket enabled='false' />"),
            ("section", "system.webServer/webSocket"),
        ),
        (
            "section-not-allowed",
            with_sections("<globalModules />"),
            ("section", "system.webServer/globalModules"),
        ),
        (
            "unknown-section",
            with_sections("<aspNetcore processPath='dotnet' />"),
            ("suggestion", "aspNetCore"),
        ),
        ("module-needed", with_sections("<rewrite><rules /></rewrite>"), ("needs", "URL Rewrite")),
        (
            "rewrite-used",
            with_sections("<rewrite><rules><rule name='a' /></rules></rewrite>"),
            ("rules", "1"),
        ),
        (
            "request-limit",
            with_sections(
                "<security><requestFiltering><requestLimits maxAllowedContentLength='1073741824' /></requestFiltering></security>",
            ),
            ("bytes", "1073741824"),
        ),
        ("windows-auth", authentication("windowsAuthentication", "true"), ("enabled", "true")),
        ("basic-auth", authentication("basicAuthentication", "true"), ("enabled", "true")),
        ("anonymous-auth", authentication("anonymousAuthentication", "false"), ("enabled", "false")),
        (
            "http-errors",
            with_sections("<httpErrors existingResponse='Replace' />"),
            ("existing_response", "Replace"),
        ),
    ]
}

fn authentication(kind: &str, enabled: &str) -> String {
    with_sections(&format!(
        "<security><authentication><{kind} enabled='{enabled}' /></authentication></security>"
    ))
}

/// The same for applicationHost.config.
fn host_files() -> Vec<(&'static str, String, (&'static str, &'static str))> {
    let host = || APP_HOST.to_owned();
    vec![
        (
            "aspnetcore-section-missing",
            host().replace("name=\"aspNetCore\" overrideModeDefault", "name=\"x\" a"),
            ("", ""),
        ),
        (
            "aspnetcore-section-locked",
            host().replace(
                "name=\"aspNetCore\" overrideModeDefault=\"Allow\"",
                "name=\"aspNetCore\" overrideModeDefault=\"Deny\"",
            ),
            ("", ""),
        ),
        (
            "module-not-registered",
            host().replace("AspNetCoreModuleV2", "Other"),
            ("missing", "globalModules"),
        ),
        ("module-registered", host(), ("bitness", "64")),
        ("application-pool", host(), ("identity", "ApplicationPoolIdentity")),
        ("pool-32-bit", host(), ("name", "Shop")),
        ("pool-not-started", host(), ("name", "Old")),
        ("site-not-started", host(), ("name", "Default Web Site")),
        ("pool-missing", host(), ("pool", "Gone")),
        ("pool-shared", host(), ("applications", "Shop/, Shop/api")),
        ("binding-clash", host(), ("binding", "http *:80:")),
    ]
}

#[test]
fn each_fact_is_found_where_it_holds_with_its_values() {
    let in_web = files().into_iter().map(|(id, text, field)| (id, of_file(&text), field));
    let in_host = host_files()
        .into_iter()
        .map(|(id, text, field)| (id, host_findings(&HostConfig::parse(&text)), field));
    for (id, facts, (field, value)) in in_web.chain(in_host) {
        let found: Vec<&ConfigFact> = facts.iter().filter(|fact| fact.id == id).collect();
        assert!(!found.is_empty(), "{id} is not found; found are {:?}", ids(&facts));
        let values: Vec<Option<&str>> = found.iter().map(|fact| fact.field(field)).collect();
        assert!(field.is_empty() || values.contains(&Some(value)), "{id}: {field} is {values:?}");
    }
}

#[test]
fn every_defined_fact_is_tested_and_every_field_defined() {
    let mut tested: BTreeSet<&str> = files().iter().map(|(id, ..)| *id).collect();
    tested.extend(host_files().iter().map(|(id, ..)| *id));
    tested.extend(["encoding-mismatch", "handlers-in-sub-application"]);
    let defined: BTreeSet<&str> = CONFIG_FACTS.iter().map(|definition| definition.id).collect();
    assert_eq!(defined, tested);
    for (_, text, _) in files() {
        for fact in of_file(&text).iter().filter(|fact| fact.id != "aspnetcore") {
            let definition = falconer_iis_config::fact_definition(fact.id);
            let fields = definition.map_or(&[][..], |definition| definition.fields);
            assert!(fact.fields.iter().all(|(name, _)| fields.contains(name)), "{fact:?}");
        }
    }
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
    let many = |item: &str| with_sections(&item.repeat(40_000));
    let sections = many("<nonsence/>");
    let handlers = with_sections(&format!(
        "<handlers>{}</handlers>",
        "<add name='a' modules='AspNetCoreModule'/>".repeat(40_000)
    ));
    let elements = many("<aspNetCore hostingModel='inprocess' a='b' requestTimeout='x'/>");
    let locations = format!(
        "<configuration>{}</configuration>",
        "<location><system.webServer><handlers><add name='x'/></handlers></system.webServer></location>"
            .repeat(30_000)
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

//! Each fact about a configuration file is found where it holds.

mod common;

use std::collections::BTreeSet;

use common::{
    APP_HOST, SDK, authentication, ids, of_file, with_attributes, with_element, with_sections, with_variables,
};
use falconer_iis_config::{CONFIG_FACTS, ConfigFact, HostConfig, fact_definition, host_findings};

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
            let definition = fact_definition(fact.id);
            let fields = definition.map_or(&[][..], |definition| definition.fields);
            assert!(fact.fields.iter().all(|(name, _)| fields.contains(name)), "{fact:?}");
        }
    }
}

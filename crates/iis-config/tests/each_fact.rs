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
        ("root-element-wrong", "<Configuration></Configuration>".to_owned(), ("element", "Configuration")),
        ("aspnetcore-misplaced", "<configuration><system.web><aspNetCore processPath='dotnet' /></system.web></configuration>".to_owned(), ("parent", "system.web")),
        ("aspnetcore-in-location", SDK.replace("path=\".\"", "path=\"api\""), ("path", "api")),
        ("v2-feature-with-v1-module", SDK.replace("inprocess", "outofprocess").replace("ModuleV2", "Module"), ("feature", "hostingModel")),
        ("attribute-unused-in-process", with_attributes("hostingModel='inprocess' rapidFailsPerMinute='5'"), ("attribute", "rapidFailsPerMinute")),
        ("startup-time-limit-short", with_attributes("startupTimeLimit='2'"), ("seconds", "2")),
        ("shutdown-time-limit-zero", with_attributes("shutdownTimeLimit='0'"), ("", "")),
        ("shutdown-time-limit-over-pool-default", with_attributes("shutdownTimeLimit='120'"), ("pool_seconds", "90")),
        ("request-timeout", with_attributes("requestTimeout='00:10:00'"), ("seconds", "600")),
        ("rapid-fails-zero", with_attributes("rapidFailsPerMinute='0'"), ("", "")),
        ("stdout-log-path-azure", SDK.replace(r".\logs\stdout", r"\\?\%home%\LogFiles\stdout"), ("enabled", "false")),
        ("stdout-log-path-absolute", SDK.replace(r".\logs\stdout", r"\\files\logs\shop"), ("kind", "share")),
        ("stdout-log-path-is-folder", SDK.replace(r".\logs\stdout", r".\logs\"), ("value", r".\logs\")),
        ("stdout-log-path-bad-characters", SDK.replace(r".\logs\stdout", r".\logs\out?*"), ("characters", "?*")),
        ("process-path-quoted", with_element(r#"<aspNetCore processPath="&quot;C:\Program Files\dotnet\dotnet.exe&quot;" arguments="a.dll" />"#), ("hosting", "out-of-process")),
        ("process-path-blanks", with_element(r#"<aspNetCore processPath=" dotnet" arguments="a.dll" />"#), ("where", "start")),
        ("process-path-not-exe-in-process", with_element(r#"<aspNetCore processPath=".\run.cmd" hostingModel="inprocess" />"#), ("extension", "cmd")),
        ("arguments-quote-unbalanced", with_element(r#"<aspNetCore processPath="dotnet" arguments="a.dll &quot;C:\My App\&quot;" />"#), ("escaped", "yes")),
        ("secret-in-arguments", with_element(r#"<aspNetCore processPath="dotnet" arguments="a.dll --Smtp:Password hunter2" />"#), ("argument", "Smtp:Password")),
        ("environment-variable-bad-name", with_variables("<environmentVariable name='A=B' value='1' />"), ("why", "equals-sign")),
        ("environment-variable-overridden", with_variables("<environmentVariable name='ASPNETCORE_IIS_HTTPAUTH' value='windows;' />"), ("hosting", "in-process")),
        ("urls-variable-set", with_variables("<environmentVariable name='ASPNETCORE_URLS' value='http://*:5000' />"), ("value", "http://*:5000")),
        ("fixed-port", with_variables("<environmentVariable name='ASPNETCORE_PORT' value='5000' />"), ("hosting", "in-process")),
        ("fixed-port-out-of-range", with_variables("<environmentVariable name='ASPNETCORE_PORT' value='80' />").replace("inprocess", "outofprocess"), ("min", "1025")),
        ("dotnet-root-variable", with_variables("<environmentVariable name='DOTNET_ROOT(x86)' value='C:\\net' />"), ("name", "DOTNET_ROOT(x86)")),
        ("roll-forward-variable", with_variables("<environmentVariable name='DOTNET_ROLL_FORWARD' value='Major' />"), ("value", "Major")),
        ("host-trace-on", with_variables("<environmentVariable name='COREHOST_TRACE' value='1' />"), ("value", "1")),
        ("handler-setting-duplicate", with_settings("<handlerSetting name='stackSize' value='1' />\n<handlerSetting name='STACKSIZE' value='2' />"), ("first_line", "4")),
        ("debug-file-without-level", with_settings("<handlerSetting name='debugFile' value='a.log' />"), ("file", "a.log")),
        ("both-modules-in-handlers", SDK.replace("</handlers>", "<add name='old' path='a' verb='*' modules='AspNetCoreModule' /></handlers>"), ("v1_handler", "old")),
        ("handler-other-module", SDK.replace("AspNetCoreModuleV2", "StaticFileModule"), ("modules", "StaticFileModule")),
        ("handler-needs-file", SDK.replace("Unspecified", "File"), ("resource_type", "File")),
        ("handler-precondition", SDK.replace("resourceType", "preCondition=\"bitness64\" resourceType"), ("precondition", "bitness64")),
        ("access-policy-without-script", SDK.replace("<handlers>", "<handlers accessPolicy=\"Read\">"), ("access_policy", "Read")),
        ("handler-removed-after-add", SDK.replace("</handlers>", "<clear /></handlers>"), ("by", "clear")),
        ("handlers-cleared", SDK.replace("<handlers>", "<handlers><clear />"), ("", "")),
        ("section-locked-for-children", SDK.replace("<location", "<location overrideMode=\"Deny\""), ("section", "system.webServer/handlers")),
        ("lock-attribute-used", with_attributes("lockAttributes='processPath'"), ("value", "processPath")),
        ("request-limit-above-app-default", with_sections("<security><requestFiltering><requestLimits maxAllowedContentLength='30000001' /></requestFiltering></security>"), ("app_default", "30000000")),
        ("request-limit-below-app-default", with_sections("<security><requestFiltering><requestLimits maxAllowedContentLength='1000' /></requestFiltering></security>"), ("bytes", "1000")),
        ("classic-request-limit-ignored", SDK.replace("</configuration>", "<system.web><httpRuntime maxRequestLength='51200' /></system.web></configuration>"), ("kilobytes", "51200")),
        ("secret-in-settings", SDK.replace("</configuration>", "<connectionStrings><add name='Db' connectionString='Server=a;Pwd=hunter2' /></connectionStrings></configuration>"), ("name", "Db")),
        ("password-in-plain-text", SDK.replace("</configuration>", "<system.web><identity userName='a' password='hunter2' /></system.web></configuration>"), ("element", "identity")),
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
        ("iis-express-file", host().replace("%windir%", "%IIS_BIN%"), ("", "")),
        (
            "section-locked-by-default",
            host().replace("path=\"\" overrideMode=\"Allow\"", "path=\"\""),
            ("section", "system.webServer/modules"),
        ),
        (
            "both-modules-registered",
            host().replace("<globalModules>", "<globalModules><add name='AspNetCoreModule' image='a.dll' />"),
            ("", ""),
        ),
        (
            "handler-registered-for-server",
            host().replace(
                "<handlers ",
                "<handlers><add name='aspNetCore' path='*' verb='*' /></handlers><handlers ",
            ),
            ("name", "aspNetCore"),
        ),
        (
            "module-image-of-iis-express",
            host().replace(r"%ProgramFiles%\IIS\", r"%ProgramFiles%\IIS Express\"),
            ("name", "AspNetCoreModuleV2"),
        ),
        ("module-not-loaded-in-pool", host(), ("pool", "Shop")),
        ("duplicate-pool", host().replace("name=\"Old\"", "name=\"shop\""), ("first_line", "27")),
        ("pool-managed-runtime", host(), ("name", "DefaultAppPool")),
        ("pool-classic-pipeline", host(), ("name", "Old")),
        ("pool-local-system", host().replace("SpecificUser", "LocalSystem"), ("name", "Shop")),
        ("pool-specific-user", host(), ("user", r"CONTOSO\shop")),
        ("pool-identity-incomplete", host().replace("userName=", "user="), ("name", "Shop")),
        (
            "pool-user-profile-not-loaded",
            host().replace("loadUserProfile=\"true\"", "loadUserProfile=\"false\""),
            ("name", "Old"),
        ),
        ("pool-always-running", host(), ("name", "Shop")),
        ("always-running-without-preload", host(), ("application", "Shop/api")),
        (
            "preload-without-always-running",
            host().replace("startMode=\"AlwaysRunning\"", ""),
            ("application", "Shop/"),
        ),
        ("rapid-fail-protection", host(), ("max_crashes", "10")),
        (
            "pool-environment-variable",
            with_pool_variable("DOTNET_ROOT", r"D:\dotnet"),
            ("value", r"D:\dotnet"),
        ),
        (
            "binding-duplicate",
            host().replace("<bindings>", "<bindings><binding protocol='http' bindingInformation='*:80:' />"),
            ("site", "Shop"),
        ),
        ("binding-malformed", host().replace("*:80:", "*:http:"), ("binding", "http *:http:")),
        ("https-binding", host(), ("certificate", "http-sys")),
        ("sni-without-host", host().replace(":443:shop.example", ":443:"), ("site", "Shop")),
        (
            "site-without-binding",
            host().replace("<binding protocol=\"http\" bindingInformation=\"*:80:\" />", ""),
            ("site", "Default Web Site"),
        ),
        ("duplicate-site", host().replace("id=\"5\"", "id=\"1\""), ("key", "id")),
        ("duplicate-application", host().replace("path=\"/lost\"", "path=\"/API\""), ("first_line", "50")),
        (
            "root-application-missing",
            host().replace("path=\"/\" applicationPool", "path=\"/a\" applicationPool"),
            ("site", "Shop"),
        ),
        (
            "root-directory-missing",
            host().replace(r#"<virtualDirectory path="/" physicalPath="C:\sites\api" />"#, ""),
            ("application", "Shop/api"),
        ),
        ("physical-path-missing", host().replace(r"C:\sites\api", ""), ("application", "Shop/api")),
        (
            "physical-path-relative",
            host().replace(r"C:\sites\api", r"sites\api"),
            ("physical_path", r"sites\api"),
        ),
        ("physical-path-on-share", host().replace(r"D:\images", r"\\files\images"), ("directory", "/images")),
    ]
}

fn with_pool_variable(name: &str, value: &str) -> String {
    let list =
        format!("<environmentVariables><add name=\"{name}\" value=\"{value}\" /></environmentVariables>");
    APP_HOST.replace("<failure ", &format!("{list}<failure "))
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
    // In levels.rs.
    tested.extend([
        "attribute-locked-above",
        "element-locked-above",
        "entry-locked-above",
        "section-locked-above",
        "section-not-declared",
    ]);
    let defined: BTreeSet<&str> = CONFIG_FACTS.iter().map(|definition| definition.id).collect();
    assert_eq!(defined, tested);
    let in_web = files().into_iter().map(|(_, text, _)| of_file(&text));
    let in_host = host_files().into_iter().map(|(_, text, _)| host_findings(&HostConfig::parse(&text)));
    for facts in in_web.chain(in_host) {
        for fact in facts.iter().filter(|fact| fact.id != "aspnetcore") {
            let definition = fact_definition(fact.id);
            let fields = definition.map_or(&[][..], |definition| definition.fields);
            assert!(fact.fields.iter().all(|(name, _)| fields.contains(name)), "{fact:?}");
        }
    }
}

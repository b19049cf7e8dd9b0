//! Each repair, before and after.
#![allow(clippy::expect_used, reason = "a test stops where something is not as it must be")]

mod common;

use std::collections::BTreeSet;

use common::{fact, in_appsettings, in_runtimeconfig, in_sub_application, in_web_config};
use falconer_fix::{Change, FIXABLE, Fix, FixContext, Safety, fix, fixable};
use falconer_iis_config::apply;
use falconer_observation::Fact;

const SAFE: bool = true;
const UNSAFE: bool = false;

/// What is found, a piece of a file before and after, and whether the repair is safe.
type Row = (&'static str, &'static str, &'static str, bool);

fn app() -> FixContext {
    FixContext { entry_dll: Some("My.App.dll".to_owned()), ..FixContext::default() }
}

fn carries_its_runtime() -> FixContext {
    FixContext { entry_exe: Some("My.App.exe".to_owned()), self_contained: true, ..app() }
}

/// A file with these sections.
fn with_sections(sections: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<configuration>\n  <location path=\".\" inheritInChildApplications=\"false\">\n    <system.webServer>\n{sections}\n    </system.webServer>\n  </location>\n</configuration>\n"
    )
}

/// A file with that `<aspNetCore>` and its handler.
fn with_element(element: &str) -> String {
    with_sections(&format!(
        "      <handlers>\n        <add name=\"aspNetCore\" path=\"*\" verb=\"*\" modules=\"AspNetCoreModuleV2\" resourceType=\"Unspecified\" />\n      </handlers>\n      {element}"
    ))
}

fn first_fix(id: &str, facts: &[Fact], text: &str, context: &FixContext) -> Option<Fix> {
    let id = format!("web-config.{id}");
    let found = facts.iter().filter(|fact| fact.id == id).collect::<Vec<_>>();
    assert!(!found.is_empty(), "{id} is not found in {text}");
    found.into_iter().find_map(|fact| fix(&fact.into(), text, context))
}

fn repaired(text: &str, fix: &Fix) -> String {
    apply(text, fix.edits()).expect("edits of this text")
}

fn hold(rows: &[Row], file: fn(&str) -> String, context: &FixContext) {
    for (id, before, after, safe) in rows {
        let text = file(before);
        let fix = first_fix(id, &in_web_config(&text), &text, context);
        let fix = fix.unwrap_or_else(|| panic!("no repair for {id} in {before}"));
        assert_eq!(repaired(&text, &fix), file(after), "{id}: {}", fix.text);
        assert_eq!(fix.safe, *safe, "{id} in {before}");
        assert!(fix.text.ends_with('.') && fix.text.len() > 10, "{}", fix.text);
        let still = in_web_config(&file(after)).into_iter().filter(|fact| fact.id.ends_with(id)).count();
        let first = in_web_config(&text).into_iter().filter(|fact| fact.id.ends_with(id)).count();
        assert!(still < first || id.starts_with("stdout-log-path"), "{id} is found as before in {after}");
        let safety = fixable(&format!("web-config.{id}")).expect("listed").safety;
        assert!(safety == Safety::Depends || (safety == Safety::Safe) == *safe, "{id} is listed otherwise");
    }
}

const ELEMENTS: &[Row] = &[
    (
        "unknown-attribute",
        r#"<aspNetCore processPath="dotnet" arguments=".\App.dll" stdoutLogfile='.\a' />"#,
        r#"<aspNetCore processPath="dotnet" arguments=".\App.dll" stdoutLogFile='.\a' />"#,
        SAFE,
    ),
    (
        "unknown-attribute",
        r#"<aspNetCore processPath="dotnet" arguments=".\App.dll" startTimeLimit="1" />"#,
        r#"<aspNetCore processPath="dotnet" arguments=".\App.dll" startupTimeLimit="1" />"#,
        UNSAFE,
    ),
    (
        "unknown-element",
        "<aspNetCore processPath='a.exe'><enviromentVariables ><clear /></enviromentVariables\n></aspNetCore>",
        "<aspNetCore processPath='a.exe'><environmentVariables ><clear /></environmentVariables\n></aspNetCore>",
        SAFE,
    ),
    (
        "transform-left-in",
        "<aspNetCore processPath='a.exe' xmlns:xdt='http://schemas.microsoft.com/XML-Document-Transform' xdt:Transform='SetAttributes(processPath)' />",
        "<aspNetCore processPath='a.exe' xmlns:xdt='http://schemas.microsoft.com/XML-Document-Transform' />",
        UNSAFE,
    ),
    (
        "bad-value",
        "<aspNetCore processPath='a.exe' requestTimeout='00:60:00' />",
        "<aspNetCore processPath='a.exe' requestTimeout='01:00:00' />",
        SAFE,
    ),
    (
        "bad-value",
        "<aspNetCore processPath='a.exe' stdoutLogEnabled = 'no' />",
        "<aspNetCore processPath='a.exe' stdoutLogEnabled = 'false' />",
        SAFE,
    ),
    (
        "bad-value",
        "<aspNetCore processPath='a.exe' requestTimeout='120' />",
        "<aspNetCore processPath='a.exe' requestTimeout='00:02:00' />",
        UNSAFE,
    ),
    (
        "bad-value",
        "<aspNetCore processPath='a.exe'\n        stdoutLogFile='' stdoutLogEnabled='false' />",
        "<aspNetCore processPath='a.exe'\n        stdoutLogEnabled='false' />",
        UNSAFE,
    ),
    (
        "hosting-model-unknown",
        "<aspNetCore processPath='a.exe' hostingModel='In-Process' />",
        "<aspNetCore processPath='a.exe' hostingModel='inprocess' />",
        SAFE,
    ),
    (
        "hosting-model-unknown",
        "<aspNetCore processPath='a.exe' hostingModel='outprocess' />",
        "<aspNetCore processPath='a.exe' hostingModel='outofprocess' />",
        UNSAFE,
    ),
    (
        "request-timeout-in-process",
        "<aspNetCore processPath='a.exe' hostingModel='inprocess'\n        requestTimeout='00:10:00'\n        startupTimeLimit='60' />",
        "<aspNetCore processPath='a.exe' hostingModel='inprocess'\n        startupTimeLimit='60' />",
        SAFE,
    ),
    (
        "processes-per-application-in-process",
        "<aspNetCore processPath='a.exe' processesPerApplication='2' hostingModel='inprocess' />",
        "<aspNetCore processPath='a.exe' hostingModel='inprocess' />",
        SAFE,
    ),
    (
        "stdout-log-enabled",
        "<aspNetCore processPath='a.exe' stdoutLogEnabled=\"True\" />",
        "<aspNetCore processPath='a.exe' stdoutLogEnabled=\"false\" />",
        UNSAFE,
    ),
    (
        "stdout-log-path",
        r"<aspNetCore processPath='a.exe' stdoutLogFile='C:\Users\me\logs\out' />",
        r"<aspNetCore processPath='a.exe' stdoutLogFile='.\logs\stdout' />",
        UNSAFE,
    ),
    (
        "arguments-repeated",
        r"<aspNetCore processPath='.\App.exe' arguments='.\App.dll --urls x' />",
        r"<aspNetCore processPath='.\App.exe' arguments='--urls x' />",
        UNSAFE,
    ),
    (
        "arguments-repeated",
        r"<aspNetCore processPath='dotnet' arguments='dotnet App.dll' />",
        r"<aspNetCore processPath='dotnet' arguments='App.dll' />",
        UNSAFE,
    ),
    (
        "arguments-repeated",
        r"<aspNetCore processPath='dotnet' arguments='exec exec App.dll' />",
        r"<aspNetCore processPath='dotnet' arguments='exec App.dll' />",
        UNSAFE,
    ),
    (
        "exe-in-build-folder",
        r"<aspNetCore processPath='bin\Debug\net8.0\App.exe' />",
        r"<aspNetCore processPath='.\App.exe' />",
        UNSAFE,
    ),
    (
        "absolute-build-machine-path",
        r#"<aspNetCore processPath="dotnet" arguments="&quot;C:\Users\me\My App\App.dll&quot; --x &amp;" />"#,
        r#"<aspNetCore processPath="dotnet" arguments="&quot;.\App.dll&quot; --x &amp;" />"#,
        UNSAFE,
    ),
    (
        "process-path-is-dll",
        r#"<aspNetCore processPath=".\My App.dll" arguments="--urls=x" hostingModel="inprocess" />"#,
        r#"<aspNetCore processPath="dotnet" arguments="&quot;.\My App.dll&quot; --urls=x" hostingModel="inprocess" />"#,
        SAFE,
    ),
    (
        "process-path-is-dll",
        r#"<aspNetCore processPath=".\App.dll" hostingModel="inprocess" />"#,
        r#"<aspNetCore processPath="dotnet" arguments=".\App.dll" hostingModel="inprocess" />"#,
        SAFE,
    ),
    (
        "dotnet-runs-exe",
        r#"<aspNetCore processPath="dotnet" arguments=".\App.EXE a" />"#,
        r#"<aspNetCore processPath="dotnet" arguments=".\App.dll a" />"#,
        UNSAFE,
    ),
    (
        "dotnet-argument-not-dll",
        r#"<aspNetCore processPath="dotnet" arguments=".\My.App" />"#,
        r#"<aspNetCore processPath="dotnet" arguments=".\My.App.dll" />"#,
        UNSAFE,
    ),
    (
        "environment-variable-duplicate",
        "<aspNetCore processPath='a.exe'>\n<environmentVariables>\n  <environmentVariable name='A' value='1' />\n  <environmentVariable value='1' name='A' />\n</environmentVariables></aspNetCore>",
        "<aspNetCore processPath='a.exe'>\n<environmentVariables>\n  <environmentVariable value='1' name='A' />\n</environmentVariables></aspNetCore>",
        SAFE,
    ),
    (
        "environment-variable-duplicate",
        "<aspNetCore processPath='a.exe'><environmentVariables><environmentVariable name='A' value='1' /> <environmentVariable name='a' value='2' /></environmentVariables></aspNetCore>",
        "<aspNetCore processPath='a.exe'><environmentVariables> <environmentVariable name='a' value='2' /></environmentVariables></aspNetCore>",
        UNSAFE,
    ),
    (
        "environment-variable-wrong-element",
        "<aspNetCore processPath='a.exe'><environmentVariables><add name='A' value='1'></add></environmentVariables></aspNetCore>",
        "<aspNetCore processPath='a.exe'><environmentVariables><environmentVariable name='A' value='1'></environmentVariable></environmentVariables></aspNetCore>",
        SAFE,
    ),
    (
        "environment-development",
        "<aspNetCore processPath='a.exe'><environmentVariables>\n  <environmentVariable name='ASPNETCORE_ENVIRONMENT' value='Development' />\n</environmentVariables></aspNetCore>",
        "<aspNetCore processPath='a.exe'><environmentVariables>\n</environmentVariables></aspNetCore>",
        UNSAFE,
    ),
    (
        "detailed-errors-on",
        "<aspNetCore processPath='a.exe'><environmentVariables><environmentVariable name='ASPNETCORE_DETAILEDERRORS' value='1' /></environmentVariables></aspNetCore>",
        "<aspNetCore processPath='a.exe'><environmentVariables></environmentVariables></aspNetCore>",
        UNSAFE,
    ),
    (
        "handler-setting-unknown",
        "<aspNetCore processPath='a.exe'><handlerSettings><handlerSetting name='enableShadowCopi' value='true' /></handlerSettings></aspNetCore>",
        "<aspNetCore processPath='a.exe'><handlerSettings><handlerSetting name='enableShadowCopy' value='true' /></handlerSettings></aspNetCore>",
        UNSAFE,
    ),
    (
        "handler-setting-bad-value",
        "<aspNetCore processPath='a.exe'><handlerSettings><handlerSetting name='enableShadowCopy' value='yes' /></handlerSettings></aspNetCore>",
        "<aspNetCore processPath='a.exe'><handlerSettings><handlerSetting name='enableShadowCopy' value='true' /></handlerSettings></aspNetCore>",
        UNSAFE,
    ),
    (
        "attribute-unused-in-process",
        "<aspNetCore processPath='a.exe' rapidFailsPerMinute='3' hostingModel='inprocess' />",
        "<aspNetCore processPath='a.exe' hostingModel='inprocess' />",
        SAFE,
    ),
    (
        "startup-time-limit-short",
        "<aspNetCore processPath='a.exe' startupTimeLimit='1' />",
        "<aspNetCore processPath='a.exe' />",
        UNSAFE,
    ),
    (
        "shutdown-time-limit-zero",
        "<aspNetCore shutdownTimeLimit='0' processPath='a.exe' />",
        "<aspNetCore processPath='a.exe' />",
        UNSAFE,
    ),
    (
        "rapid-fails-zero",
        "<aspNetCore processPath='a.exe' rapidFailsPerMinute='0' />",
        "<aspNetCore processPath='a.exe' />",
        UNSAFE,
    ),
    (
        "stdout-log-path-absolute",
        r"<aspNetCore processPath='a.exe' stdoutLogFile='C:\Users\me\out' />",
        r"<aspNetCore processPath='a.exe' stdoutLogFile='.\logs\stdout' />",
        UNSAFE,
    ),
    (
        "stdout-log-path-azure",
        r"<aspNetCore processPath='a.exe' stdoutLogFile='\\?\%home%\LogFiles\stdout' />",
        r"<aspNetCore processPath='a.exe' stdoutLogFile='.\logs\stdout' />",
        UNSAFE,
    ),
    (
        "stdout-log-path-is-folder",
        r"<aspNetCore processPath='a.exe' stdoutLogFile='.\logs\' />",
        r"<aspNetCore processPath='a.exe' stdoutLogFile='.\logs\stdout' />",
        UNSAFE,
    ),
    (
        "process-path-quoted",
        "<aspNetCore processPath='\".\\a.exe\"' />",
        "<aspNetCore processPath='.\\a.exe' />",
        SAFE,
    ),
    (
        "process-path-quoted",
        "<aspNetCore processPath=\"&quot;C:\\Program Files\\a.exe&quot;\" />",
        "<aspNetCore processPath=\"C:\\Program Files\\a.exe\" />",
        UNSAFE,
    ),
    (
        "process-path-blanks",
        "<aspNetCore processPath=' a.exe ' />",
        "<aspNetCore processPath='a.exe' />",
        SAFE,
    ),
    (
        "arguments-quote-unbalanced",
        "<aspNetCore processPath='a.exe' arguments='--root \"C:\\My Data\\\" --x' />",
        "<aspNetCore processPath='a.exe' arguments='--root \"C:\\My Data\\\\\" --x' />",
        UNSAFE,
    ),
    (
        "environment-variable-bad-name",
        "<aspNetCore processPath='a.exe'><environmentVariables><environmentVariable name='A ' value='1' /></environmentVariables></aspNetCore>",
        "<aspNetCore processPath='a.exe'><environmentVariables><environmentVariable name='A' value='1' /></environmentVariables></aspNetCore>",
        UNSAFE,
    ),
    (
        "environment-variable-overridden",
        "<aspNetCore processPath='a.exe'><environmentVariables><environmentVariable name='ASPNETCORE_IIS_SITE_NAME' value='x' /></environmentVariables></aspNetCore>",
        "<aspNetCore processPath='a.exe'><environmentVariables></environmentVariables></aspNetCore>",
        SAFE,
    ),
    (
        "fixed-port-out-of-range",
        "<aspNetCore processPath='a.exe' hostingModel='outofprocess'><environmentVariables><environmentVariable name='ASPNETCORE_PORT' value='80' /></environmentVariables></aspNetCore>",
        "<aspNetCore processPath='a.exe' hostingModel='outofprocess'><environmentVariables></environmentVariables></aspNetCore>",
        UNSAFE,
    ),
    (
        "host-trace-on",
        "<aspNetCore processPath='a.exe'><environmentVariables><environmentVariable name='COREHOST_TRACE' value='1' /></environmentVariables></aspNetCore>",
        "<aspNetCore processPath='a.exe'><environmentVariables></environmentVariables></aspNetCore>",
        UNSAFE,
    ),
    (
        "handler-setting-duplicate",
        "<aspNetCore processPath='a.exe'><handlerSettings><handlerSetting name='stackSize' value='1' /><handlerSetting name='STACKSIZE' value='2' /></handlerSettings></aspNetCore>",
        "<aspNetCore processPath='a.exe'><handlerSettings><handlerSetting name='stackSize' value='1' /></handlerSettings></aspNetCore>",
        UNSAFE,
    ),
    (
        "handler-setting-duplicate",
        "<aspNetCore processPath='a.exe'><handlerSettings><handlerSetting name='stackSize' value='1' />\n\t<handlerSetting value='1' name='stackSize' />\n</handlerSettings></aspNetCore>",
        "<aspNetCore processPath='a.exe'><handlerSettings><handlerSetting name='stackSize' value='1' />\n</handlerSettings></aspNetCore>",
        SAFE,
    ),
];

const SECTIONS: &[Row] = &[
    (
        "v2-feature-with-v1-module",
        "<handlers><add name='a' path='*' verb='*' modules='AspNetCoreModule' /></handlers><aspNetCore processPath='a.exe' hostingModel='outofprocess' />",
        "<handlers><add name='a' path='*' verb='*' modules='AspNetCoreModuleV2' /></handlers><aspNetCore processPath='a.exe' hostingModel='outofprocess' />",
        UNSAFE,
    ),
    (
        "handler-other-module",
        "<handlers><add name='aspNetCore' path='*' verb='*' modules='Other' /></handlers>",
        "<handlers><add name='aspNetCore' path='*' verb='*' modules='AspNetCoreModuleV2' /></handlers>",
        UNSAFE,
    ),
    (
        "handler-needs-file",
        "<handlers><add name='a' path='*' verb='*' modules='AspNetCoreModuleV2' resourceType='File' /></handlers>",
        "<handlers><add name='a' path='*' verb='*' modules='AspNetCoreModuleV2' resourceType='Unspecified' /></handlers>",
        UNSAFE,
    ),
    (
        "access-policy-without-script",
        "<handlers accessPolicy='Read'><add name='a' path='*' verb='*' modules='AspNetCoreModuleV2' /></handlers>",
        "<handlers accessPolicy='Read, Script'><add name='a' path='*' verb='*' modules='AspNetCoreModuleV2' /></handlers>",
        UNSAFE,
    ),
    (
        "handler-removed-after-add",
        "<handlers>\n  <add name='a' path='*' verb='*' modules='AspNetCoreModuleV2' />\n  <remove name='a' />\n</handlers>",
        "<handlers>\n  <remove name='a' />\n  <add name='a' path='*' verb='*' modules='AspNetCoreModuleV2' />\n</handlers>",
        UNSAFE,
    ),
    ("unknown-section", "<aspNetcore processPath='dotnet' />", "<aspNetCore processPath='dotnet' />", SAFE),
    (
        "required-attribute-missing",
        "<handlers><add name=\"aspNetCore\" path=\"*\" modules=\"AspNetCoreModuleV2\" /></handlers>",
        "<handlers><add name=\"aspNetCore\" path=\"*\" verb=\"*\" modules=\"AspNetCoreModuleV2\" /></handlers>",
        UNSAFE,
    ),
    (
        "in-process-with-v1-module",
        "<handlers><add name='a' path='*' verb='*' modules='AspNetCoreModule' /></handlers><aspNetCore processPath='a.exe' hostingModel='inprocess' />",
        "<handlers><add name='a' path='*' verb='*' modules='AspNetCoreModuleV2' /></handlers><aspNetCore processPath='a.exe' hostingModel='inprocess' />",
        UNSAFE,
    ),
    (
        "request-timeout-not-whole-minutes",
        "<handlers><add name='a' path='*' verb='*' modules='AspNetCoreModule' /></handlers><aspNetCore processPath='a.exe' requestTimeout='00:02:30' />",
        "<handlers><add name='a' path='*' verb='*' modules='AspNetCoreModule' /></handlers><aspNetCore processPath='a.exe' requestTimeout='00:03:00' />",
        UNSAFE,
    ),
    (
        "handler-module-misspelt",
        "<handlers><add name='a' path='*' verb='*' modules='X, AspnetCoreModuleV2' /></handlers>",
        "<handlers><add name='a' path='*' verb='*' modules='X, AspNetCoreModuleV2' /></handlers>",
        SAFE,
    ),
    (
        "handler-module-misspelt",
        "<handlers><add name='a' path='*' verb='*' modules='AspNetCorModul' /></handlers>",
        "<handlers><add name='a' path='*' verb='*' modules='AspNetCoreModule' /></handlers>",
        UNSAFE,
    ),
    (
        "v1-module-handler",
        "<handlers><add name='a' path='*' verb='*' modules='AspNetCoreModule' /></handlers>",
        "<handlers><add name='a' path='*' verb='*' modules='AspNetCoreModuleV2' /></handlers>",
        UNSAFE,
    ),
    (
        "handler-not-for-all-requests",
        "<handlers><add name='a' path='api/*' verb='GET' modules='AspNetCoreModuleV2' /></handlers>",
        "<handlers><add name='a' path='*' verb='*' modules='AspNetCoreModuleV2' /></handlers>",
        UNSAFE,
    ),
    (
        "handler-missing",
        "      <aspNetCore processPath='a.exe' />",
        "      <handlers>\n        <add name=\"aspNetCore\" path=\"*\" verb=\"*\" modules=\"AspNetCoreModuleV2\" resourceType=\"Unspecified\" />\n      </handlers>\n      <aspNetCore processPath='a.exe' />",
        UNSAFE,
    ),
    (
        "handler-missing",
        "\t<handlers>\r\n\t\t<remove name='WebDAV' />\r\n\t</handlers>\r\n\t<aspNetCore processPath='a.exe' />",
        "\t<handlers>\r\n\t\t<remove name='WebDAV' />\r\n\t\t<add name=\"aspNetCore\" path=\"*\" verb=\"*\" modules=\"AspNetCoreModuleV2\" resourceType=\"Unspecified\" />\r\n\t</handlers>\r\n\t<aspNetCore processPath='a.exe' />",
        UNSAFE,
    ),
    (
        "handler-missing",
        "      <handlers accessPolicy='Read' />\n      <aspNetCore processPath='a.exe' />",
        "      <handlers accessPolicy='Read'>\n        <add name=\"aspNetCore\" path=\"*\" verb=\"*\" modules=\"AspNetCoreModuleV2\" resourceType=\"Unspecified\" />\n      </handlers>\n      <aspNetCore processPath='a.exe' />",
        UNSAFE,
    ),
    (
        "handler-missing",
        "<staticContent /><aspNetCore processPath='a.exe' />",
        "<staticContent /><handlers><add name=\"aspNetCore\" path=\"*\" verb=\"*\" modules=\"AspNetCoreModuleV2\" resourceType=\"Unspecified\" /></handlers><aspNetCore processPath='a.exe' />",
        UNSAFE,
    ),
    (
        "duplicate-collection-entry",
        "<staticContent>\n  <mimeMap fileExtension='.x' mimeType='a/b' />\n  <!-- again -->\n  <mimeMap mimeType='a/b' fileExtension='.x' />\n</staticContent>",
        "<staticContent>\n  <mimeMap fileExtension='.x' mimeType='a/b' />\n  <!-- again -->\n</staticContent>",
        SAFE,
    ),
    (
        "duplicate-collection-entry",
        "<staticContent>\n  <mimeMap fileExtension='.x' mimeType='a/b' />\n  <mimeMap fileExtension=\".X\" mimeType='a/c' />\n</staticContent>",
        "<staticContent>\n  <mimeMap fileExtension='.x' mimeType='a/b' />\n  <remove fileExtension=\".X\" />\n  <mimeMap fileExtension=\".X\" mimeType='a/c' />\n</staticContent>",
        UNSAFE,
    ),
    (
        "duplicate-collection-entry",
        "<aspNetCore processPath='a.exe'><environmentVariables>\n<environmentVariable name='A' value='1' />\n<environmentVariable name='A' value='2' />\n<environmentVariable name='A' value='1' />\n</environmentVariables></aspNetCore>",
        "<aspNetCore processPath='a.exe'><environmentVariables>\n<environmentVariable name='A' value='2' />\n<environmentVariable name='A' value='1' />\n</environmentVariables></aspNetCore>",
        SAFE,
    ),
    (
        "duplicate-section",
        "<staticContent>\n  <mimeMap fileExtension='.x' mimeType='a/b' />\n</staticContent>\n<staticContent><mimeMap mimeType='a/b' fileExtension='.x'></mimeMap></staticContent>",
        "<staticContent>\n  <mimeMap fileExtension='.x' mimeType='a/b' />\n</staticContent>",
        UNSAFE,
    ),
    (
        "mime-map-in-defaults",
        "<staticContent>\n  <mimeMap fileExtension='.woff2' mimeType='font/woff2' />\n</staticContent>",
        "<staticContent>\n  <remove fileExtension='.woff2' />\n  <mimeMap fileExtension='.woff2' mimeType='font/woff2' />\n</staticContent>",
        SAFE,
    ),
];

const FILES: &[Row] = &[
    (
        "root-element-wrong",
        "<Configuration><a/></Configuration >",
        "<configuration><a/></configuration >",
        SAFE,
    ),
    (
        "malformed-xml",
        "<configuration><a b='x & y &z' c=\"&amp;&\"/></configuration>",
        "<configuration><a b='x &amp; y &amp;z' c=\"&amp;&amp;\"/></configuration>",
        SAFE,
    ),
    ("malformed-xml", "<a b='Pwd=x&pwd;y'/>", "<a b='Pwd=x&amp;pwd;y'/>", UNSAFE),
    ("malformed-xml", "<a b='<server>'/>", "<a b='&lt;server>'/>", UNSAFE),
    ("malformed-xml", "\r\n <?xml version='1.0'?>\r\n<a/>", "<?xml version='1.0'?>\r\n<a/>", SAFE),
    (
        "malformed-xml",
        "<configuration><system.webServer><handlers>\n<handlers>\n</system.webServer></configuration>",
        "<configuration><system.webServer><handlers>\n</handlers>\n</system.webServer></configuration>",
        SAFE,
    ),
    ("malformed-xml", "<a b=“1” c=‘\"’/>", "<a b=\"1\" c=\"&quot;\"/>", SAFE),
    ("malformed-xml", "<a b='1'\n c='2' b='1'/>", "<a b='1'\n c='2'/>", SAFE),
    (
        "malformed-xml",
        "<configuration><appSettings xdt:Transform='Replace'><add key='a' xdt:Locator='Match(key)' /></appSettings></configuration>",
        "<configuration><appSettings><add key='a' /></appSettings></configuration>",
        UNSAFE,
    ),
];

const WITH_ENTRY: &[Row] = &[
    (
        "process-path-missing",
        "<aspNetCore hostingModel='inprocess' />",
        "<aspNetCore processPath=\"dotnet\" arguments=\".\\My.App.dll\" hostingModel='inprocess' />",
        UNSAFE,
    ),
    (
        "launcher-placeholders-left",
        "<aspNetCore processPath='%LAUNCHER_PATH%' arguments='%launcher_args% --x' />",
        "<aspNetCore processPath='dotnet' arguments='.\\My.App.dll --x' />",
        UNSAFE,
    ),
    (
        "launcher-placeholders-left",
        "<aspNetCore processPath='bin\\VSIISExeLauncher.exe' arguments='-argFile IISExeLauncherArgs.txt' />",
        "<aspNetCore processPath='dotnet' arguments='.\\My.App.dll' />",
        UNSAFE,
    ),
    (
        "arguments-missing-for-dotnet",
        "<aspNetCore processPath='dotnet' />",
        "<aspNetCore processPath='dotnet' arguments=\".\\My.App.dll\" />",
        UNSAFE,
    ),
    (
        "dotnet-argument-not-dll",
        "<aspNetCore processPath='dotnet' arguments='sub\\My.App.dllaa -x' />",
        "<aspNetCore processPath='dotnet' arguments='sub\\My.App.dll -x' />",
        UNSAFE,
    ),
    (
        "dotnet-runs-exe",
        "<aspNetCore processPath='dotnet' arguments='My.App.exe' />",
        "<aspNetCore processPath='dotnet' arguments='My.App.dll' />",
        SAFE,
    ),
];

const WITH_RUNTIME: &[Row] = &[
    (
        "process-path-not-exe-in-process",
        "<aspNetCore processPath='My.App' hostingModel='inprocess' />",
        "<aspNetCore processPath='My.App.exe' hostingModel='inprocess' />",
        SAFE,
    ),
    (
        "launcher-placeholders-left",
        "<aspNetCore processPath='%LAUNCHER_PATH%' arguments='%LAUNCHER_ARGS%' />",
        "<aspNetCore processPath='.\\My.App.exe' arguments='' />",
        UNSAFE,
    ),
    (
        "process-path-is-dll",
        "<aspNetCore processPath='My.App.dll' arguments='--x' />",
        "<aspNetCore processPath='.\\My.App.exe' arguments='--x' />",
        UNSAFE,
    ),
    (
        "dotnet-runs-exe",
        "<aspNetCore processPath='dotnet' arguments='.\\My.App.exe --x' />",
        "<aspNetCore processPath='.\\My.App.exe' arguments='--x' />",
        SAFE,
    ),
];

#[test]
fn repairs_of_the_module_s_section_change_what_they_name_and_nothing_else() {
    hold(ELEMENTS, with_element, &FixContext::default());
}

#[test]
fn repairs_of_sections_keep_the_layout_of_the_file() {
    hold(SECTIONS, with_sections, &FixContext::default());
}

#[test]
fn what_is_no_xml_becomes_xml_where_it_is_clear_how() {
    hold(FILES, str::to_owned, &FixContext::default());
}

#[test]
fn what_runs_the_app_is_filled_in_where_the_app_is_known() {
    hold(WITH_ENTRY, with_element, &app());
    hold(WITH_RUNTIME, with_element, &carries_its_runtime());
    for (id, before, _, _) in WITH_ENTRY.iter().take(4) {
        let text = with_element(before);
        let fix = first_fix(id, &in_web_config(&text), &text, &FixContext::default());
        assert_eq!(fix, None, "{id}");
    }
}

#[test]
fn a_handler_is_safe_to_add_at_the_root_of_a_site() {
    let text = with_sections("<aspNetCore processPath='a.exe' />");
    for site_root in [true, false] {
        let context = FixContext { site_root, ..FixContext::default() };
        let fix = first_fix("handler-missing", &in_web_config(&text), &text, &context);
        assert_eq!(fix.map(|fix| fix.safe), Some(site_root));
    }
}

#[test]
fn a_sub_application_gives_up_the_handler_that_it_inherits() {
    let text = with_element("<aspNetCore processPath='a.exe' />");
    let fix = first_fix("handlers-in-sub-application", &in_sub_application(&text), &text, &app())
        .expect("a repair");
    let expected =
        with_sections("      <handlers>\n      </handlers>\n      <aspNetCore processPath='a.exe' />");
    assert_eq!(repaired(&text, &fix), expected);
    assert!(!fix.safe);
}

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
        assert_eq!(
            first_fix(id, &in_web_config(&text), &text, &app()),
            None,
            "{id} in {text}"
        );
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
fn the_declaration_follows_the_encoding_that_the_file_has() {
    let text = "<?xml version='1.0' encoding = 'utf-16' standalone='yes'?>\n<a/>";
    for (actual, name, safe) in [
        ("UTF-8", "utf-8", true),
        ("ASCII", "utf-8", true),
        ("UTF-16 BE", "utf-16", true),
        ("a single-byte encoding", "windows-1252", false),
    ] {
        let found = fact("web-config.encoding-mismatch", &[("declared", "utf-16"), ("actual", actual)]);
        let fix = fix(&(&found).into(), text, &FixContext::default()).expect("a repair");
        assert_eq!((repaired(text, &fix), fix.safe), (text.replace("utf-16", name), safe), "{actual}");
    }
}

const RUNTIME_CONFIGS: &[Row] = &[
    (
        "folder.runtimeconfig-invalid",
        "{\n  \"runtimeOptions\": {\n    \"tfm\": \"net8.0\", // here\n  }\n}",
        "{\n  \"runtimeOptions\": {\n    \"tfm\": \"net8.0\" // here\n  }\n}",
        SAFE,
    ),
    (
        "folder.runtimeconfig-invalid",
        "{\"runtimeOptions\": {\"frameworks\": [{\"name\": \"a\" \"version\": \"1.0.0\"}]}}",
        "{\"runtimeOptions\": {\"frameworks\": [{\"name\": \"a\", \"version\": \"1.0.0\"}]}}",
        UNSAFE,
    ),
    (
        "folder.runtimeconfig-invalid",
        "{\"runtimeOptions\": {\"rollForward\": \"latest-minor\"}}",
        "{\"runtimeOptions\": {\"rollForward\": \"LatestMinor\"}}",
        UNSAFE,
    ),
    ("folder.runtimeconfig-invalid", "{\"RuntimeOptions\": {}}", "{\"runtimeOptions\": {}}", UNSAFE),
    (
        "folder.runtimeconfig-reserved-property",
        "{\"runtimeOptions\": {\"configProperties\": {\r\n  \"a\": 1,\r\n  \"PROBING_DIRECTORIES\": \"x\"  , \r\n  \"b\": 2\r\n}}}",
        "{\"runtimeOptions\": {\"configProperties\": {\r\n  \"a\": 1,\r\n  \"b\": 2\r\n}}}",
        UNSAFE,
    ),
    (
        "folder.runtimeconfig-reserved-property",
        "{\"runtimeOptions\": {\"configProperties\": {\n  \"a\": 1, // one\n  \"PROBING_DIRECTORIES\": \"x\"\n}}}",
        "{\"runtimeOptions\": {\"configProperties\": {\n  \"a\": 1 // one\n}}}",
        UNSAFE,
    ),
    (
        "folder.runtimeconfig-reserved-property",
        "{\"runtimeOptions\": {\"configProperties\": { \"FX_DEPS_FILE\": 1 }}}",
        "{\"runtimeOptions\": {\"configProperties\": { }}}",
        UNSAFE,
    ),
    (
        "folder.runtimeconfig-reserved-property",
        "{\"runtimeOptions\": {\"configProperties\": {\"a\": 1, \"FX_DEPS_FILE\": 1, \"b\": 2}}}",
        "{\"runtimeOptions\": {\"configProperties\": {\"a\": 1, \"b\": 2}}}",
        UNSAFE,
    ),
];

const APP_SETTINGS: &[Row] = &[
    (
        "folder.appsettings-invalid",
        "{\n  \"a\": 1 // one\n  \"b\": [1 2],\n  \"c\": {}\n}",
        "{\n  \"a\": 1, // one\n  \"b\": [1, 2],\n  \"c\": {}\n}",
        UNSAFE,
    ),
    ("folder.appsettings-invalid", "{\"a\": 1,, \"b\": [,1]}", "{\"a\": 1, \"b\": [1]}", UNSAFE),
    (
        "folder.appsettings-invalid",
        "{\"ä\": \"\\u00e4\", \"path\": \"C:\\Data\\new\"}",
        "{\"ä\": \"\\u00e4\", \"path\": \"C:\\\\Data\\\\new\"}",
        UNSAFE,
    ),
];

#[test]
fn json_is_repaired_where_the_readers_stumble() {
    for (rows, find) in
        [(RUNTIME_CONFIGS, in_runtimeconfig as fn(&str) -> Vec<Fact>), (APP_SETTINGS, in_appsettings)]
    {
        for (id, before, after, safe) in rows {
            let facts = find(before);
            let found =
                facts.iter().find(|fact| fact.id == *id).unwrap_or_else(|| panic!("{id} in {before}"));
            let fix =
                fix(&found.into(), before, &FixContext::default()).unwrap_or_else(|| panic!("{before}"));
            assert_eq!((repaired(before, &fix).as_str(), fix.safe), (*after, *safe), "{}", fix.text);
            assert_eq!(find(after), Vec::new(), "{after}");
        }
    }
}

#[test]
fn json_that_could_have_meant_anything_is_left_alone() {
    for text in [
        "",
        "{",
        "{\"a\": , \"b\": 1}",
        "{\"a\": \"C:\\\\x\\y\"}",
        "{\"a\": tru}",
        "[1]",
        "{\"a\": 1, \"A\": 2}",
    ] {
        let facts = in_appsettings(text);
        assert_eq!(facts.len(), 1, "{text}");
        assert!(
            facts.iter().all(|found| fix(&found.into(), text, &FixContext::default()).is_none()),
            "{text}"
        );
    }
    for text in [
        "{\"runtimeOptions\": {\"rollForward\": \"never\"}}",
        "{}",
        "{\"runtimeOptions\": {\"framework\": {}}}",
    ] {
        let facts = in_runtimeconfig(text);
        assert_eq!(facts.len(), 1, "{text}");
        assert!(
            facts.iter().all(|found| fix(&found.into(), text, &FixContext::default()).is_none()),
            "{text}"
        );
    }
}

/// Files that are deleted.
const DELETED: [(&str, Change, bool); 5] = [
    ("folder.app-offline-present", Change::DeleteFile, UNSAFE),
    ("folder.dev-runtimeconfig-present", Change::DeleteFile, SAFE),
    ("folder.staticwebassets-development-manifest", Change::DeleteFile, SAFE),
    ("folder.framework-dependent-with-leftover-hostfxr", Change::DeleteFile, UNSAFE),
    ("folder.ref-assemblies", Change::DeleteFolder, UNSAFE),
];

#[test]
fn what_does_not_belong_into_a_deployment_is_deleted() {
    for (id, change, safe) in DELETED {
        let found = fact(id, &[("path", "app/x")]);
        let fix = fix(&(&found).into(), "", &FixContext::default()).expect("a repair");
        assert_eq!((&fix.change, fix.safe), (&change, safe), "{id}");
        assert!(fix.text.starts_with("Delete ") && fix.text.contains("app/x"), "{}", fix.text);
    }
}

#[test]
fn every_fact_that_is_listed_has_its_worked_case() {
    let tables = [ELEMENTS, SECTIONS, FILES, WITH_ENTRY, WITH_RUNTIME];
    let shown = tables.iter().flat_map(|rows| rows.iter()).map(|row| format!("web-config.{}", row.0));
    let json =
        [RUNTIME_CONFIGS, APP_SETTINGS].iter().flat_map(|rows| rows.iter()).map(|row| row.0.to_owned());
    let deleted = DELETED.iter().map(|(id, ..)| (*id).to_owned());
    let alone = ["web-config.encoding-mismatch", "web-config.handlers-in-sub-application"].map(str::to_owned);
    let shown: BTreeSet<String> = shown.chain(json).chain(deleted).chain(alone).collect();
    let listed: BTreeSet<String> = FIXABLE.iter().map(|fixable| fixable.id.to_owned()).collect();
    assert_eq!(listed, shown);
    assert_eq!(listed.len(), FIXABLE.len(), "listed once each");
}

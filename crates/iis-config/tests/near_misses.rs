//! What looks like a fault and is none.

mod common;

use common::{
    APP_HOST, SDK, authentication, ids, of_file, with_attributes, with_element, with_sections, with_variables,
};
use falconer_iis_config::{ConfigFact, FactKind, HostConfig, host_findings};

fn troubles(facts: &[ConfigFact]) -> Vec<&'static str> {
    facts.iter().filter(|fact| fact.kind != FactKind::State).map(|fact| fact.id).collect()
}

#[test]
fn programs_and_arguments_as_people_rightly_write_them_are_quiet() {
    for attributes in [
        r#"processPath="./App.exe" hostingModel="inprocess""#,
        r#"processPath=".\My.Company.App.EXE" hostingModel="InProcess""#,
        r#"processPath="App" hostingModel="inprocess""#,
        r#"processPath="%ProgramFiles%\dotnet\dotnet.exe" arguments=".\App.dll" hostingModel="inprocess""#,
        r#"processPath="C:/Program Files/dotnet/dotnet.exe" arguments="App.dll""#,
        r#"processPath="C:\Program Files\dotnet\dotnet" arguments="exec --roll-forward Major .\App.dll""#,
        r#"processPath=".\run.cmd" hostingModel="outofprocess""#,
        r#"processPath="dotnet" arguments="&quot;.\My App.dll&quot; --name &quot;a b&quot;""#,
        r#"processPath="dotnet" arguments=".\App.dll --json {\&quot;a\&quot;:1}""#,
        r#"processPath="dotnet" arguments=".\App.dll --contentRoot &quot;C:\My App\\&quot;""#,
        r#"processPath="dotnet" arguments=".\App.dll --PasswordLength 12 --TokenUrl https://id.example/token""#,
    ] {
        let text = with_element(&format!("<aspNetCore {attributes} />"));
        assert_eq!(troubles(&of_file(&text)), Vec::<&str>::new(), "{attributes}");
    }
}

#[test]
fn variables_that_apps_use_are_quiet() {
    for (name, value) in [
        ("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "true"),
        ("ASPNETCORE_HTTPS_PORT", "443"),
        ("ASPNETCORE_PORT", "5000"),
        ("ASPNETCORE_PORT", ""),
        ("ASPNETCORE_URLS", "http://+:80"),
        ("DOTNET_ROOT", r"D:\dotnet"),
        ("DOTNET_gcServer", "1"),
        ("DOTNET_ROLL_FORWARD", "Major"),
        ("Logging__LogLevel__Default", "Warning"),
        ("ConnectionStrings__Db", "Server=.;Database=shop;Integrated Security=true"),
        ("COREHOST_TRACE", "0"),
    ] {
        let text = with_variables(&format!("<environmentVariable name='{name}' value='{value}' />"))
            .replace("inprocess", "outofprocess");
        assert_eq!(troubles(&of_file(&text)), Vec::<&str>::new(), "{name}={value}");
    }
    let off = with_variables("<environmentVariable name='COREHOST_TRACE' value='0' />");
    assert!(!ids(&of_file(&off)).contains("host-trace-on"));
}

#[test]
fn a_fixed_port_is_judged_out_of_process_only() {
    let text = with_variables("<environmentVariable name='ASPNETCORE_PORT' value='80' />");
    assert!(!ids(&of_file(&text)).contains("fixed-port-out-of-range"));
    for (port, refused) in
        [("1024", true), ("1025", false), ("48000", false), ("48001", true), ("http", true)]
    {
        let text = with_variables(&format!("<environmentVariable name='ASPNETCORE_PORT' value='{port}' />"))
            .replace("inprocess", "outofprocess");
        assert_eq!(ids(&of_file(&text)).contains("fixed-port-out-of-range"), refused, "{port}");
    }
}

#[test]
fn the_places_of_the_stdout_log_are_told_apart() {
    for (path, found) in [
        (r".\logs\stdout", None),
        ("logs/stdout", None),
        (r"D:\logs\stdout", Some("stdout-log-path-absolute")),
        (r"\\?\%home%\LogFiles\stdout", Some("stdout-log-path-azure")),
        (r"\\?\%HOME%\LogFiles\stdout", Some("stdout-log-path-azure")),
        (r"%TEMP%\stdout", None),
    ] {
        let facts = of_file(&SDK.replace(r".\logs\stdout", path));
        let special: Vec<_> =
            ids(&facts).into_iter().filter(|id| id.starts_with("stdout-log-path-")).collect();
        assert_eq!(special, Vec::from_iter(found), "{path}");
    }
}

#[test]
fn handlers_as_people_rightly_write_them_are_quiet() {
    for (from, to) in [
        ("<handlers>", "<handlers accessPolicy=\"Read, Script\">"),
        ("<handlers>", "<handlers><remove name=\"aspNetCore\" />"),
        ("<handlers>", "<handlers><clear />"),
        ("resourceType=\"Unspecified\"", "resourceType=\"unspecified\" requireAccess=\"none\""),
        ("resourceType=\"Unspecified\"", ""),
        ("name=\"aspNetCore\"", "name=\"app\""),
        (
            "</handlers>",
            "<add name=\"js\" path=\"*.js\" verb=\"GET\" modules=\"StaticFileModule\" resourceType=\"File\" /></handlers>",
        ),
    ] {
        assert_eq!(troubles(&of_file(&SDK.replace(from, to))), Vec::<&str>::new(), "{to}");
    }
    let unknown = of_file(&SDK.replace("Unspecified", "Anything"));
    assert_eq!(troubles(&unknown), ["bad-value"]);
    let other = SDK.replace("AspNetCoreModuleV2", "httpPlatformHandler");
    assert!(!ids(&of_file(&other)).contains("handler-other-module"));
}

#[test]
fn what_a_location_around_removes_may_be_added_again_in_it() {
    let located = |path: &str, content: &str| {
        format!(
            "<location path='{path}'><system.webServer><staticContent>{content}</staticContent></system.webServer></location>"
        )
    };
    let (add, remove) = ("<mimeMap fileExtension='.x' mimeType='a/b' />", "<remove fileExtension='.x' />");
    let file = |inner: &str| {
        let all = [located(".", add), located("shop", remove), located("shop/api", inner)].concat();
        format!("<configuration>{all}</configuration>")
    };
    assert!(!ids(&of_file(&file(add))).contains("duplicate-collection-entry"));
    assert!(ids(&of_file(&file(&add.repeat(2)))).contains("duplicate-collection-entry"));
}

#[test]
fn limits_at_the_default_of_the_app_are_not_compared() {
    let at = |bytes: &str| {
        of_file(&with_sections(&format!(
            "<security><requestFiltering><requestLimits maxAllowedContentLength='{bytes}' /></requestFiltering></security>"
        )))
    };
    let compared = |facts: &[ConfigFact]| facts.iter().filter(|f| f.id.starts_with("request-limit-")).count();
    assert_eq!([compared(&at("30000000")), compared(&at("30000001")), compared(&at("29999999"))], [0, 1, 1]);
    let too_large = at("4294967296");
    assert!(ids(&too_large).contains("bad-value") && compared(&too_large) == 0);
    assert_eq!(compared(&of_file(&authentication("basicAuthentication", "true"))), 0);
    let limits = with_attributes("startupTimeLimit='5' shutdownTimeLimit='90' rapidFailsPerMinute='1'");
    assert_eq!(troubles(&of_file(&limits)), Vec::<&str>::new());
}

/// What IIS Express writes for a project, shortened.
const EXPRESS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<configuration>
  <configSections><sectionGroup name="system.webServer">
    <section name="globalModules" overrideModeDefault="Deny" /><section name="handlers" overrideModeDefault="Deny" />
    <section name="modules" overrideModeDefault="Deny" /><section name="aspNetCore" overrideModeDefault="Allow" />
  </sectionGroup></configSections>
  <system.applicationHost>
    <applicationPools>
      <add name="Clr4IntegratedAppPool" managedRuntimeVersion="v4.0" managedPipelineMode="Integrated" CLRConfigFile="%IIS_USER_HOME%\config\aspnet.config" autoStart="true" />
      <applicationPoolDefaults managedRuntimeVersion="v4.0"><processModel loadUserProfile="true" /></applicationPoolDefaults>
    </applicationPools>
    <sites>
      <site name="App" id="2">
        <application path="/" applicationPool="Clr4IntegratedAppPool"><virtualDirectory path="/" physicalPath="C:\src\App" /></application>
        <bindings><binding protocol="http" bindingInformation="*:5000:localhost" /><binding protocol="https" bindingInformation=":44300:localhost" /></bindings>
      </site>
      <applicationDefaults applicationPool="Clr4IntegratedAppPool" />
    </sites>
  </system.applicationHost>
  <system.webServer>
    <globalModules>
      <add name="AspNetCoreModule" image="%IIS_BIN%\aspnetcore.dll" />
      <add name="AspNetCoreModuleV2" image="%IIS_BIN%\Asp.Net Core Module\V2\aspnetcorev2.dll" />
    </globalModules>
  </system.webServer>
  <location path="" overrideMode="Allow"><system.webServer>
    <modules><add name="AspNetCoreModule" lockItem="true" /><add name="AspNetCoreModuleV2" lockItem="true" /></modules>
    <handlers accessPolicy="Read, Script"><add name="StaticFile" path="*" verb="*" modules="StaticFileModule" resourceType="Either" requireAccess="Read" /></handlers>
  </system.webServer></location>
</configuration>"#;

#[test]
fn a_file_of_iis_express_is_quiet_and_known_as_one() {
    let facts = host_findings(&HostConfig::parse(EXPRESS));
    assert_eq!(troubles(&facts), Vec::<&str>::new());
    assert!(ids(&facts).contains("iis-express-file") && ids(&facts).contains("both-modules-registered"));
    assert!(!ids(&host_findings(&HostConfig::parse(APP_HOST))).contains("iis-express-file"));
}

#[test]
fn a_pool_loads_a_module_of_its_bitness_or_of_any() {
    let entry = |condition: &str| {
        format!("<add name='AspNetCoreModuleV2' image='a.dll' preCondition='{condition}' />")
    };
    let not_loaded = |modules: &str| {
        let text = EXPRESS.replace("<globalModules>", &format!("<globalModules>{modules}"));
        let (start, end) = (text.find("<add name=\"AspNetCoreModule\""), text.find("</globalModules>"));
        let text = format!("{}{}", &text[..start.unwrap_or(0)], &text[end.unwrap_or(0)..]);
        ids(&host_findings(&HostConfig::parse(&text))).contains("module-not-loaded-in-pool")
    };
    assert!(not_loaded(&entry("bitness32")), "the pool is 64-bit");
    assert!(!not_loaded(&entry("integratedMode,bitness64")));
    assert!(!not_loaded(&entry("")));
}

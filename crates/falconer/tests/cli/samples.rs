//! Evidence that the tests share.

/// What hostfxr prints when a shared framework is missing: names its cause with certainty.
pub(crate) const FRAMEWORK_MISSING: &str = r"You must install or update .NET to run this application.

App: C:\inetpub\shop\Shop.dll
Architecture: x64
Framework: 'Microsoft.AspNetCore.App', version '8.0.0' (x64)
.NET location: C:\Program Files\dotnet\

The following frameworks were found:
  6.0.36 at [C:\Program Files\dotnet\shared\Microsoft.AspNetCore.App]
";

/// The failure that [`FRAMEWORK_MISSING`] shows.
pub(crate) const FRAMEWORK_MISSING_ID: &str = "shared-framework-missing";

/// A page that tells that it fails and not why.
pub(crate) const SYMPTOM: &str = "HTTP Error 500.30 - ANCM In-Process Start Failure";

/// An app that started.
pub(crate) const HEALTHY: &str = "\
info: Microsoft.Hosting.Lifetime[14]
      Now listening on: http://127.0.0.1:25821
info: Microsoft.Hosting.Lifetime[0]
      Application started. Press Ctrl+C to shut down.
";

/// A web.config without faults.
pub(crate) const WEB_CONFIG: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<configuration>
  <system.webServer>
    <handlers>
      <add name="aspNetCore" path="*" verb="*" modules="AspNetCoreModuleV2" resourceType="Unspecified" />
    </handlers>
    <aspNetCore processPath="dotnet" arguments=".\Shop.dll" stdoutLogEnabled="false" stdoutLogFile=".\logs\stdout" hostingModel="inprocess" />
  </system.webServer>
</configuration>
"#;

/// An event as Event Viewer copies it.
pub(crate) fn event(id: u32, date: &str, message: &str) -> String {
    format!(
        "Log Name:      Application
Source:        IIS AspNetCore Module V2
Date:          {date}
Event ID:      {id}
Task Category: None
Level:         Error
Keywords:      Classic
User:          N/A
Computer:      WEB01
Description:
{message}

"
    )
}

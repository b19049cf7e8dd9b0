//! Handlers and other sections.

use super::{Row, SAFE, UNSAFE};

pub(crate) const SECTIONS: &[Row] = &[
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

/// Whole files.
pub(crate) const FILES: &[Row] = &[
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

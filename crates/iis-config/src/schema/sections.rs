//! The sections of IIS: where they may stand, whether they are locked, what must be installed for them.
//!
//! Source of locks and levels: the `<configSections>` of applicationHost.config as IIS 10 installs it, read in two
//! installations, with and without the ASP.NET features, and in the ASP.NET Core Module's own test
//! configuration (dotnet/aspnetcore `AppHostConfig/IIS.config`). `cors`, `httpPlatform` and `iisnode` come with
//! extensions whose installers declare them with `Allow` `[K]`.

use Level::{Anywhere, Application, Server};
use Lock::{ByFeatures, Locked, Open};

/// Can web.config use the section, when nobody changed that on the server?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lock {
    /// Yes: declared with `overrideModeDefault="Allow"`.
    Open,
    /// No, 500.19 with 0x80070021: declared with `overrideModeDefault="Deny"`.
    Locked,
    /// Declared with `Deny`, and opened again by `<location path="" overrideMode="Allow">` where the ASP.NET
    /// features are installed (`handlers`, `modules`).
    ByFeatures,
}

/// On which levels a section may stand (`allowDefinition`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    /// Everywhere.
    Anywhere,
    /// Down to the root of an application, not in its folders (`MachineToApplication`).
    Application,
    /// In applicationHost.config only (`AppHostOnly`).
    Server,
}

/// What must be installed for a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Needs {
    /// Nothing beyond IIS itself.
    Nothing,
    /// A Windows feature. Without it the section can be read but has no effect.
    Feature(&'static str),
    /// A separate download. Without it IIS does not know the section: 500.19 with 0x8007000d.
    Download(&'static str),
}

/// A section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SectionSchema {
    /// Its path, with slashes.
    pub path: &'static str,
    /// Is it locked?
    pub lock: Lock,
    /// Where may it stand?
    pub level: Level,
    /// What must be installed?
    pub needs: Needs,
}

const fn section(path: &'static str, lock: Lock, level: Level, needs: Needs) -> SectionSchema {
    SectionSchema { path, lock, level, needs }
}

const IIS: Needs = Needs::Nothing;
const URL_REWRITE: Needs = Needs::Download("URL Rewrite");
const ARR: Needs = Needs::Download("Application Request Routing");
const WEBDAV: Needs = Needs::Feature("WebDAV Publishing");

/// The sections that IIS 10 declares, and those of the extensions met most.
pub const SECTIONS: &[SectionSchema] = &[
    section("system.applicationHost/applicationPools", Locked, Server, IIS),
    section("system.applicationHost/configHistory", Locked, Server, IIS),
    section("system.applicationHost/customMetadata", Locked, Server, IIS),
    section("system.applicationHost/listenerAdapters", Locked, Server, IIS),
    section("system.applicationHost/log", Locked, Server, IIS),
    section("system.applicationHost/serviceAutoStartProviders", Locked, Server, IIS),
    section("system.applicationHost/sites", Locked, Server, IIS),
    section("system.applicationHost/webLimits", Locked, Server, IIS),
    section(
        "system.webServer/applicationInitialization",
        Open,
        Application,
        Needs::Feature("Application Initialization"),
    ),
    section("system.webServer/asp", Locked, Anywhere, Needs::Feature("ASP")),
    section(
        "system.webServer/aspNetCore",
        Open,
        Anywhere,
        Needs::Download("ASP.NET Core Module (Hosting Bundle)"),
    ),
    section("system.webServer/caching", Open, Anywhere, IIS),
    section("system.webServer/cgi", Locked, Anywhere, Needs::Feature("CGI")),
    section("system.webServer/cors", Open, Anywhere, Needs::Download("IIS CORS Module")),
    section("system.webServer/defaultDocument", Open, Anywhere, IIS),
    section("system.webServer/directoryBrowse", Open, Anywhere, IIS),
    section("system.webServer/diskCache", Locked, Server, ARR),
    section("system.webServer/fastCgi", Locked, Server, Needs::Feature("CGI")),
    section("system.webServer/globalModules", Locked, Server, IIS),
    section("system.webServer/handlers", ByFeatures, Anywhere, IIS),
    section("system.webServer/httpCompression", Open, Anywhere, IIS),
    section("system.webServer/httpErrors", Open, Anywhere, IIS),
    section("system.webServer/httpLogging", Locked, Anywhere, IIS),
    section("system.webServer/httpPlatform", Open, Anywhere, Needs::Download("HttpPlatformHandler")),
    section("system.webServer/httpProtocol", Open, Anywhere, IIS),
    section("system.webServer/httpRedirect", Open, Anywhere, Needs::Feature("HTTP Redirection")),
    section("system.webServer/httpTracing", Locked, Anywhere, IIS),
    section("system.webServer/iisnode", Open, Anywhere, Needs::Download("iisnode")),
    section("system.webServer/isapiFilters", Locked, Application, Needs::Feature("ISAPI Filters")),
    section("system.webServer/management/authentication", Locked, Server, IIS),
    section("system.webServer/management/authorization", Locked, Server, IIS),
    section("system.webServer/management/trustedProviders", Locked, Server, IIS),
    section("system.webServer/modules", ByFeatures, Application, IIS),
    section("system.webServer/odbcLogging", Locked, Anywhere, IIS),
    section("system.webServer/proxy", Locked, Server, ARR),
    section("system.webServer/rewrite/allowedServerVariables", Locked, Anywhere, URL_REWRITE),
    section("system.webServer/rewrite/globalRules", Locked, Server, URL_REWRITE),
    section("system.webServer/rewrite/outboundRules", Open, Anywhere, URL_REWRITE),
    section("system.webServer/rewrite/providers", Open, Anywhere, URL_REWRITE),
    section("system.webServer/rewrite/rewriteMaps", Open, Anywhere, URL_REWRITE),
    section("system.webServer/rewrite/rules", Open, Anywhere, URL_REWRITE),
    section("system.webServer/security/access", Locked, Anywhere, IIS),
    section("system.webServer/security/applicationDependencies", Locked, Anywhere, IIS),
    section("system.webServer/security/authentication/anonymousAuthentication", Locked, Anywhere, IIS),
    section(
        "system.webServer/security/authentication/basicAuthentication",
        Locked,
        Anywhere,
        Needs::Feature("Basic Authentication"),
    ),
    section(
        "system.webServer/security/authentication/clientCertificateMappingAuthentication",
        Locked,
        Anywhere,
        Needs::Feature("Client Certificate Mapping Authentication"),
    ),
    section(
        "system.webServer/security/authentication/digestAuthentication",
        Locked,
        Anywhere,
        Needs::Feature("Digest Authentication"),
    ),
    section(
        "system.webServer/security/authentication/iisClientCertificateMappingAuthentication",
        Locked,
        Anywhere,
        Needs::Feature("IIS Client Certificate Mapping Authentication"),
    ),
    section(
        "system.webServer/security/authentication/windowsAuthentication",
        Locked,
        Anywhere,
        Needs::Feature("Windows Authentication"),
    ),
    section("system.webServer/security/authorization", Open, Anywhere, Needs::Feature("URL Authorization")),
    section(
        "system.webServer/security/dynamicIpSecurity",
        Locked,
        Anywhere,
        Needs::Feature("IP and Domain Restrictions"),
    ),
    section(
        "system.webServer/security/ipSecurity",
        Locked,
        Anywhere,
        Needs::Feature("IP and Domain Restrictions"),
    ),
    section("system.webServer/security/isapiCgiRestriction", Locked, Server, IIS),
    section("system.webServer/security/requestFiltering", Open, Anywhere, IIS),
    section("system.webServer/serverRuntime", Locked, Anywhere, IIS),
    section("system.webServer/serverSideInclude", Locked, Anywhere, Needs::Feature("Server Side Includes")),
    section("system.webServer/staticContent", Open, Anywhere, IIS),
    section("system.webServer/tracing/traceFailedRequests", Open, Anywhere, Needs::Feature("Tracing")),
    section("system.webServer/tracing/traceProviderDefinitions", Locked, Anywhere, Needs::Feature("Tracing")),
    section("system.webServer/urlCompression", Open, Anywhere, IIS),
    section("system.webServer/validation", Open, Anywhere, IIS),
    section("system.webServer/webSocket", Locked, Anywhere, Needs::Feature("WebSocket Protocol")),
    section("system.webServer/webdav/authoring", Locked, Anywhere, WEBDAV),
    section("system.webServer/webdav/authoringRules", Locked, Anywhere, WEBDAV),
    section("system.webServer/webdav/globalSettings", Locked, Anywhere, WEBDAV),
];

/// The section with that path.
pub fn section_at(path: &str) -> Option<&'static SectionSchema> {
    SECTIONS.iter().find(|section| section.path == path)
}

/// Is it a section group, or a part of the path of one?
pub(crate) fn is_group(path: &str) -> bool {
    SECTIONS.iter().any(|section| section.path.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')))
}

/// The path of the section or group that ends in `name`, when there is one only: for quotations without the
/// elements around.
pub(crate) fn path_of(name: &str) -> Option<&'static str> {
    let mut found = None;
    for section in SECTIONS.iter().filter(|section| section.path.starts_with("system.webServer/")) {
        for (at, _) in section.path.match_indices('/').chain([(section.path.len(), "")]) {
            let path = section.path.get(..at).unwrap_or_default();
            if path.rsplit('/').next() == Some(name) && found != Some(path) {
                match found {
                    None => found = Some(path),
                    Some(_) => return None,
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_unique_and_sorted() {
        assert!(SECTIONS.windows(2).all(|pair| pair[0].path < pair[1].path), "keep the table sorted");
    }

    #[test]
    fn a_quoted_section_finds_its_path_when_its_name_is_unique() {
        for (name, path) in [
            ("aspNetCore", Some("system.webServer/aspNetCore")),
            ("security", Some("system.webServer/security")),
            ("windowsAuthentication", Some("system.webServer/security/authentication/windowsAuthentication")),
            ("system.webServer", Some("system.webServer")),
            ("authentication", None),
            ("sites", None),
            ("add", None),
        ] {
            assert_eq!(path_of(name), path, "{name}");
        }
    }

    #[test]
    fn groups_are_told_from_sections() {
        assert!(is_group("system.webServer") && is_group("system.webServer/security/authentication"));
        assert!(!is_group("system.webServer/handlers") && !is_group("system.web"));
    }
}

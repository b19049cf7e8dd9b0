//! Every fact about a configuration file, defined once: for diagnoses, for checks, for the documentation.

/// What a fact is worth by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FactKind {
    /// A statement; nothing is wrong with it.
    State,
    /// It works in some settings only, or is hardly meant so.
    Risk,
    /// IIS or the module refuses it, or it cannot have the effect it is there for.
    Fault,
}

/// A fact that can be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FactDefinition {
    /// Its id, in kebab case.
    pub id: &'static str,
    /// What it is worth.
    pub kind: FactKind,
    /// The names of its fields; `aspnetcore` has, besides, the attributes of the element.
    pub fields: &'static [&'static str],
    /// What it means.
    pub about: &'static str,
}

macro_rules! definitions {
    ($($name:ident = $id:literal $kind:ident [$($field:literal),*] $about:literal;)*) => {
        $(
            pub(crate) static $name: FactDefinition = FactDefinition {
                id: $id, kind: FactKind::$kind, fields: &[$($field),*], about: $about,
            };
        )*

        /// All facts about web.config and applicationHost.config.
        pub static CONFIG_FACTS: &[&FactDefinition] = &[$(&$name),*];
    };
}

definitions! {
    // The file.
    MALFORMED_XML = "malformed-xml" Fault ["kind", "line", "column", "why"]
        "The file is not well-formed XML; IIS answers 500.19 with 0x8007000d.";
    MERGE_CONFLICT_MARKER = "merge-conflict-marker" Fault ["line"]
        "The marker of an unresolved merge conflict is left in the file.";
    ENCODING_MISMATCH = "encoding-mismatch" Fault ["declared", "actual"]
        "The file is stored in another encoding than its declaration says.";
    FILE_TOO_LARGE = "file-too-large" Risk ["bytes", "limit"]
        "The file is larger than IIS reads by default (registry value MaxWebConfigFileSizeInKB, 250).";
    TRANSFORM_LEFT_IN = "transform-left-in" Fault ["attribute"]
        "An instruction of a web.config transform was not applied; IIS does not know the attribute.";
    TRANSFORM_NAMESPACE = "transform-namespace" State ["namespace"]
        "The namespace of web.config transforms is declared.";

    // <aspNetCore>.
    ASP_NET_CORE = "aspnetcore" State ["hosting"]
        "The <aspNetCore> element, with its attributes as they are given.";
    TWO_ASP_NET_CORE = "two-aspnetcore-elements" Fault ["first_line"]
        "There are two <aspNetCore> elements for the same path.";
    UNKNOWN_ATTRIBUTE = "unknown-attribute" Fault ["element", "attribute", "suggestion"]
        "IIS does not know the attribute and refuses the section.";
    UNKNOWN_ELEMENT = "unknown-element" Fault ["parent", "element", "suggestion"]
        "IIS does not know the element and refuses the section.";
    BAD_VALUE = "bad-value" Fault ["element", "attribute", "value", "why", "expected"]
        "IIS or the module does not accept the value.";
    REQUIRED_ATTRIBUTE_MISSING = "required-attribute-missing" Fault ["element", "attribute"]
        "IIS requires the attribute.";
    PROCESS_PATH_MISSING = "process-path-missing" Fault ["state"]
        "processPath is absent or empty; the module requires it.";
    HOSTING_MODEL_UNKNOWN = "hosting-model-unknown" Fault ["value", "suggestion"]
        "The module does not know the hosting model.";
    HOSTING_MODEL_MISSING = "hosting-model-missing" State []
        "No hosting model is given: the module takes out-of-process.";
    IN_PROCESS_WITH_V1 = "in-process-with-v1-module" Fault ["handler"]
        "In-process hosting is asked for, and the handler names the first module, which cannot do it.";
    REQUEST_TIMEOUT_IN_PROCESS = "request-timeout-in-process" Risk ["value"]
        "requestTimeout has no effect in-process.";
    REQUEST_TIMEOUT_SECONDS = "request-timeout-not-whole-minutes" Risk ["value"]
        "The first module takes a requestTimeout of whole minutes only.";
    PROCESSES_IN_PROCESS = "processes-per-application-in-process" Risk ["value"]
        "In-process there is one process only.";
    STARTUP_TIME_LIMIT = "startup-time-limit" State ["seconds"]
        "How long the app may take to start is given.";
    SHUTDOWN_TIME_LIMIT = "shutdown-time-limit" State ["seconds"]
        "How long the app may take to stop is given.";
    NO_WINDOWS_AUTH_TOKEN = "forward-windows-auth-token-false" State []
        "The token of Windows authentication is not handed to an out-of-process app.";
    STDOUT_LOG_ENABLED = "stdout-log-enabled" State ["path"]
        "The app's output is written to files.";
    STDOUT_LOG_PATH = "stdout-log-path" State ["value", "enabled"]
        "Where the app's output goes when that is switched on.";
    NO_STARTUP_ERROR_PAGE = "startup-error-page-disabled" State []
        "A failed start shows no page of the module.";

    // processPath and arguments.
    LAUNCHER_PLACEHOLDERS = "launcher-placeholders-left" Risk ["attribute", "placeholder"]
        "A placeholder of Visual Studio was not replaced; the file comes from the project, not from publish.";
    ARGUMENTS_MISSING = "arguments-missing-for-dotnet" Fault ["process_path"]
        "dotnet is run without the app's dll.";
    ARGUMENT_NOT_DLL = "dotnet-argument-not-dll" Risk ["argument"]
        "The first argument of dotnet is not the path of a dll.";
    DOTNET_RUNS_EXE = "dotnet-runs-exe" Fault ["argument"]
        "dotnet is given an executable; it runs dlls.";
    PROCESS_PATH_IS_DLL = "process-path-is-dll" Fault ["process_path"]
        "processPath names a dll, which Windows cannot start.";
    PROCESS_PATH_WITHOUT_EXTENSION = "process-path-without-extension" Risk ["process_path"]
        "processPath names an executable without .exe, as publishing for another system than Windows writes it.";
    ARGUMENTS_REPEATED = "arguments-repeated" Risk ["what", "arguments"]
        "The arguments name again what is run already.";
    BUILD_FOLDER = "exe-in-build-folder" Risk ["attribute", "path"]
        "The path leads into a folder of the build (bin\\Debug, bin\\Release).";
    BUILD_MACHINE_PATH = "absolute-build-machine-path" Risk ["attribute", "path"]
        "The path is one of a developer's or a build machine.";
    ABSOLUTE_PATH = "absolute-path" State ["attribute", "path"]
        "The path is absolute.";

    // Environment variables and handler settings.
    ENVIRONMENT_VARIABLE = "environment-variable" State ["name", "value"]
        "An environment variable of the app; no value where it looks like a secret.";
    VARIABLE_DUPLICATE = "environment-variable-duplicate" Risk ["name", "first_line", "same_value"]
        "An environment variable is given twice; the last one counts, and equal entries are a duplicate to IIS.";
    VARIABLE_WRONG_ELEMENT = "environment-variable-wrong-element" Fault ["element"]
        "Only <environmentVariable> and <clear> may stand in <environmentVariables>.";
    VARIABLE_INCOMPLETE = "environment-variable-incomplete" Fault ["missing"]
        "An environment variable needs a name and a value.";
    SECRET_IN_VARIABLE = "secret-in-environment-variable" Risk ["name"]
        "A secret stands in plain text.";
    HOSTING_STARTUP = "hosting-startup-assemblies-set" State ["value"]
        "Assemblies are loaded into the app at its start.";
    ENVIRONMENT_DEVELOPMENT = "environment-development" Risk ["variable"]
        "The app runs in the Development environment.";
    DETAILED_ERRORS = "detailed-errors-on" State ["variable"]
        "Details of failures are shown to every visitor.";
    HANDLER_SETTING = "handler-setting" State ["name", "value"]
        "A handler setting.";
    HANDLER_SETTING_UNKNOWN = "handler-setting-unknown" Risk ["name", "suggestion"]
        "The module does not know the handler setting and ignores it.";
    HANDLER_SETTING_BAD_VALUE = "handler-setting-bad-value" Risk ["name", "value", "expected"]
        "The module does not understand the value of the handler setting.";
    DEBUG_LOG = "debug-log-configured" State ["file", "level"]
        "The module's debug log is switched on.";

    // Handlers and locations.
    HANDLER = "handler" State ["name", "path", "verb", "modules", "resource_type"]
        "A handler.";
    V1_HANDLER = "v1-module-handler" Risk ["name"]
        "The handler names the first module (AspNetCoreModule), which newer servers do not have.";
    V2_HANDLER = "v2-module-handler" State ["name"]
        "The handler names the second module (AspNetCoreModuleV2).";
    HANDLER_MODULE_MISSPELT = "handler-module-misspelt" Fault ["modules", "suggestion"]
        "The handler names a module that does not exist, and means one of ASP.NET Core's.";
    HANDLER_MISSING = "handler-missing" Risk []
        "There is <aspNetCore>, and no handler for the module; unless the parent has one, IIS serves files only.";
    HANDLER_REMOVED = "handler-removed" State ["name"]
        "The inherited handler is removed.";
    ASP_NET_CORE_MISSING = "aspnetcore-element-missing" Fault ["handler"]
        "There is a handler for the module, and no <aspNetCore> that says what to run.";
    HANDLER_NARROW = "handler-not-for-all-requests" State ["path", "verb"]
        "The handler does not serve all paths and verbs.";
    HANDLERS_IN_SUB_APPLICATION = "handlers-in-sub-application" Risk ["name"]
        "A sub-application adds a handler that the parent may have added already (0x800700b7).";
    LOCATION_INHERIT_MISSING = "location-inherit-missing" State []
        "Applications below inherit the handler and <aspNetCore>.";
    WEBDAV_NOT_REMOVED = "webdav-not-removed" State []
        "WebDAV, where it is installed, answers PUT and DELETE instead of the app.";
    IISNODE = "iisnode" State []
        "The app is run by iisnode, not by the ASP.NET Core Module.";
    HTTP_PLATFORM = "http-platform" State []
        "The app is run by HttpPlatformHandler, not by the ASP.NET Core Module.";
    SYSTEM_WEB_ONLY = "system-web-only" State []
        "The file is one of classic ASP.NET.";

    // Sections.
    DUPLICATE_ENTRY = "duplicate-collection-entry" Fault ["collection", "key", "value", "first_line"]
        "The same entry is added twice; IIS answers 500.19 with 0x800700b7.";
    DUPLICATE_SECTION = "duplicate-section" Fault ["section", "first_line"]
        "The same section stands twice for the same path.";
    MIME_MAP_IN_DEFAULTS = "mime-map-in-defaults" Risk ["extension"]
        "IIS 10 has a mimeMap for the extension; adding one without removing it first is a duplicate (0x800700b7).";
    LOCKED_SECTION = "locked-section-used" Risk ["section"]
        "The section is locked unless somebody unlocked it on the server (0x80070021).";
    SECTION_NOT_ALLOWED = "section-not-allowed" Fault ["section"]
        "The section may stand in applicationHost.config only.";
    UNKNOWN_SECTION = "unknown-section" Risk ["section", "suggestion"]
        "IIS does not know the section, unless an extension declares it (0x8007000d).";
    MODULE_NEEDED = "module-needed" State ["section", "needs", "how"]
        "Something must be installed for the section.";
    REWRITE_USED = "rewrite-used" State ["rules"]
        "URL Rewrite is used.";
    REQUEST_LIMIT = "request-limit" State ["bytes"]
        "The size of requests is limited.";
    WINDOWS_AUTH = "windows-auth" State ["enabled"]
        "Windows authentication is switched on or off.";
    BASIC_AUTH = "basic-auth" State ["enabled"]
        "Basic authentication is switched on or off.";
    ANONYMOUS_AUTH = "anonymous-auth" State ["enabled"]
        "Anonymous access is switched on or off.";
    HTTP_ERRORS = "http-errors" State ["error_mode", "existing_response"]
        "What IIS does with the pages of errors.";

    // applicationHost.config.
    ASP_NET_CORE_SECTION_MISSING = "aspnetcore-section-missing" Fault []
        "The section aspNetCore is not declared: the Hosting Bundle is not installed (0x8007000d).";
    ASP_NET_CORE_SECTION_LOCKED = "aspnetcore-section-locked" Fault []
        "The section aspNetCore is declared and locked (0x80070021).";
    MODULE_NOT_REGISTERED = "module-not-registered" Fault ["missing"]
        "The ASP.NET Core Module is not registered in <globalModules> or <modules>.";
    MODULE_REGISTERED = "module-registered" State ["name", "image", "bitness"]
        "The ASP.NET Core Module is registered.";
    POOL = "application-pool" State ["name", "bits32", "runtime", "pipeline", "auto_start", "start_mode", "identity"]
        "An application pool.";
    POOL_32_BIT = "pool-32-bit" State ["name"]
        "The application pool runs 32-bit worker processes.";
    POOL_NOT_STARTED = "pool-not-started" Risk ["name"]
        "The application pool is not started with IIS.";
    SITE_NOT_STARTED = "site-not-started" Risk ["name"]
        "The site is not started with IIS.";
    POOL_MISSING = "pool-missing" Fault ["application", "pool"]
        "An application names a pool that does not exist.";
    POOL_SHARED = "pool-shared" State ["pool", "applications"]
        "Several applications share a pool; in-process apps need one each.";
    BINDING_CLASH = "binding-clash" Fault ["binding", "first_site", "second_site"]
        "Two sites have the same binding; only one of them can start.";
}

/// The definition with that id.
pub fn fact_definition(id: &str) -> Option<&'static FactDefinition> {
    CONFIG_FACTS.iter().copied().find(|definition| definition.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn ids_are_unique_and_in_kebab_case() {
        let ids: BTreeSet<&str> = CONFIG_FACTS.iter().map(|definition| definition.id).collect();
        assert_eq!(ids.len(), CONFIG_FACTS.len());
        for id in ids {
            assert!(id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'), "{id}");
            assert_eq!(fact_definition(id).map(|definition| definition.id), Some(id));
        }
    }
}

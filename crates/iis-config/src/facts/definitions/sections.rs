//! Handlers, locations and sections, and files above and below each other.

use super::{FactDefinition, FactKind, definitions};

definitions! {
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
    BOTH_MODULES = "both-modules-in-handlers" Risk ["v1_handler", "v2_handler"]
        "One handler names the first module, another one the second.";
    HANDLER_OTHER_MODULE = "handler-other-module" Risk ["name", "modules"]
        "The handler named aspNetCore hands requests to something else than an ASP.NET Core Module.";
    HANDLER_NEEDS_FILE = "handler-needs-file" Risk ["name", "resource_type"]
        "The handler serves requests for files or folders that are there; routes of an app are not.";
    HANDLER_PRECONDITION = "handler-precondition" State ["name", "precondition"]
        "The handler is there under a condition only.";
    ACCESS_WITHOUT_SCRIPT = "access-policy-without-script" Risk ["access_policy"]
        "Handlers may not run scripts here, which the module's handler needs (403.1).";
    HANDLER_REMOVED_AGAIN = "handler-removed-after-add" Fault ["name", "by"]
        "The module's handler is added, and then removed or cleared away.";
    HANDLERS_CLEARED = "handlers-cleared" State []
        "All inherited handlers are cleared away.";
    SECTION_LOCKED_FOR_CHILDREN = "section-locked-for-children" State ["section", "path"]
        "The section is locked for configuration files below.";
    LOCK_ATTRIBUTE = "lock-attribute-used" State ["element", "attribute", "value"]
        "A part of a section is locked for configuration files below.";
    WEBDAV_NOT_REMOVED = "webdav-not-removed" State []
        "WebDAV, where it is installed, answers PUT and DELETE instead of the app.";
    IISNODE = "iisnode" State []
        "The app is run by iisnode, not by the ASP.NET Core Module.";
    HTTP_PLATFORM = "http-platform" State []
        "The app is run by HttpPlatformHandler, not by the ASP.NET Core Module.";
    SYSTEM_WEB_ONLY = "system-web-only" State []
        "The file is one of classic ASP.NET.";

    // Sections.
    DUPLICATE_ENTRY = "duplicate-collection-entry" Fault ["collection", "key", "value", "first_line", "first_level"]
        "The same entry is added twice; IIS answers 500.19 with 0x800700b7.";
    DUPLICATE_SECTION = "duplicate-section" Fault ["section", "first_line"]
        "The same section stands twice for the same path.";
    MIME_MAP_IN_DEFAULTS = "mime-map-in-defaults" Risk ["extension"]
        "IIS 10 has a mimeMap for the extension; adding one without removing it first is a duplicate (0x800700b7).";
    LOCKED_SECTION = "locked-section-used" Risk ["section"]
        "The section is locked unless somebody unlocked it on the server (0x80070021).";
    SECTION_NOT_ALLOWED = "section-not-allowed" Fault ["section"]
        "The section may not stand here: in applicationHost.config only, or not in a folder of an application.";
    UNKNOWN_SECTION = "unknown-section" Risk ["section", "suggestion"]
        "IIS does not know the section, unless an extension declares it (0x8007000d).";
    MODULE_NEEDED = "module-needed" State ["section", "needs", "how"]
        "Something must be installed for the section.";
    REWRITE_USED = "rewrite-used" State ["rules"]
        "URL Rewrite is used.";
    REQUEST_LIMIT = "request-limit" State ["bytes"]
        "The size of requests is limited.";
    LIMIT_ABOVE_APP = "request-limit-above-app-default" State ["bytes", "app_default"]
        "IIS lets larger requests through than an app takes by default (413, unless the app raises its own limit).";
    LIMIT_BELOW_APP = "request-limit-below-app-default" State ["bytes", "app_default"]
        "IIS refuses requests that the app would take (404.13).";
    CLASSIC_REQUEST_LIMIT = "classic-request-limit-ignored" State ["kilobytes"]
        "<httpRuntime maxRequestLength> limits requests of classic ASP.NET, and none of ASP.NET Core.";
    SECRET_IN_SETTINGS = "secret-in-settings" Risk ["section", "name"]
        "A secret stands in plain text in <appSettings> or <connectionStrings>.";
    PLAIN_PASSWORD = "password-in-plain-text" Risk ["element", "name"]
        "A password is not encrypted.";
    WINDOWS_AUTH = "windows-auth" State ["enabled"]
        "Windows authentication is switched on or off.";
    BASIC_AUTH = "basic-auth" State ["enabled"]
        "Basic authentication is switched on or off.";
    ANONYMOUS_AUTH = "anonymous-auth" State ["enabled"]
        "Anonymous access is switched on or off.";
    HTTP_ERRORS = "http-errors" State ["error_mode", "existing_response"]
        "What IIS does with the pages of errors.";

    // Files above and below each other.
    SECTION_LOCKED_ABOVE = "section-locked-above" Fault ["section", "by_level"]
        "A configuration file above locks the section (0x80070021).";
    SECTION_NOT_DECLARED = "section-not-declared" Fault ["section"]
        "The server does not declare the section: what brings it is not installed (0x8007000d).";
    ENTRY_LOCKED_ABOVE = "entry-locked-above" Fault ["collection", "value", "by_level"]
        "An entry is removed that a configuration file above locks (0x80070021).";
    ATTRIBUTE_LOCKED_ABOVE = "attribute-locked-above" Fault ["element", "attribute", "by_level"]
        "An attribute is set that a configuration file above locks (0x80070021).";
    ELEMENT_LOCKED_ABOVE = "element-locked-above" Fault ["parent", "element", "by_level"]
        "An element is used that a configuration file above locks (0x80070021).";
}

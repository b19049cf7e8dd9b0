//! applicationHost.config.

use super::{FactDefinition, FactKind, definitions};

definitions! {
    // applicationHost.config.
    ASP_NET_CORE_SECTION_MISSING = "aspnetcore-section-missing" Fault []
        "The section aspNetCore is not declared: the Hosting Bundle is not installed (0x8007000d).";
    ASP_NET_CORE_SECTION_LOCKED = "aspnetcore-section-locked" Fault []
        "The section aspNetCore is declared and locked (0x80070021).";
    MODULE_NOT_REGISTERED = "module-not-registered" Fault ["missing"]
        "The ASP.NET Core Module is not registered in <globalModules> or <modules>.";
    IIS_EXPRESS_FILE = "iis-express-file" State []
        "The file is one of IIS Express.";
    SECTION_LOCKED_BY_DEFAULT = "section-locked-by-default" Fault ["section"]
        "<handlers> or <modules> is locked for every web.config (0x80070021): the ASP.NET features of IIS are missing.";
    BOTH_MODULES_REGISTERED = "both-modules-registered" State []
        "Both the first and the second ASP.NET Core Module are registered.";
    IMAGE_OF_IIS_EXPRESS = "module-image-of-iis-express" Risk ["name", "image"]
        "IIS is told to load the module of IIS Express.";
    NOT_LOADED_IN_POOL = "module-not-loaded-in-pool" Risk ["pool", "bitness"]
        "The module is registered for worker processes of the other bitness than the pool's only.";
    HANDLER_FOR_ALL = "handler-registered-for-server" Risk ["name", "path"]
        "The server itself has a handler named aspNetCore; a web.config that adds one is refused (0x800700b7).";
    MODULE_REGISTERED = "module-registered" State ["name", "image", "bitness"]
        "The ASP.NET Core Module is registered.";
    POOL = "application-pool" State ["name", "bits32", "runtime", "pipeline", "auto_start", "start_mode", "identity"]
        "An application pool.";
    POOL_32_BIT = "pool-32-bit" State ["name"]
        "The application pool runs 32-bit worker processes.";
    POOL_NOT_STARTED = "pool-not-started" Risk ["name"]
        "The application pool is not started with IIS.";
    POOL_DUPLICATE = "duplicate-pool" Fault ["name", "first_line"]
        "Two application pools have the same name (0x800700b7).";
    POOL_RUNTIME = "pool-managed-runtime" State ["name", "runtime"]
        "The application pool loads the .NET Framework, which ASP.NET Core does not use; any value works.";
    POOL_CLASSIC = "pool-classic-pipeline" State ["name"]
        "The application pool runs the classic pipeline.";
    POOL_LOCAL_SYSTEM = "pool-local-system" Risk ["name"]
        "The application pool runs with all rights of the system.";
    POOL_SPECIFIC_USER = "pool-specific-user" State ["name", "user"]
        "The application pool runs as a user who needs rights to the app's folder, and a password that is still right.";
    POOL_IDENTITY_INCOMPLETE = "pool-identity-incomplete" Fault ["name"]
        "The application pool runs as a specific user, and none is named; it cannot start.";
    POOL_PROFILE = "pool-user-profile-not-loaded" State ["name"]
        "The user's profile is not loaded: keys of data protection are lost with the worker process.";
    POOL_ALWAYS_RUNNING = "pool-always-running" State ["name"]
        "The application pool's worker process is started with the pool.";
    ALWAYS_WITHOUT_PRELOAD = "always-running-without-preload" State ["application", "pool"]
        "The worker process is started with the pool, the application with its first request.";
    PRELOAD_WITHOUT_ALWAYS = "preload-without-always-running" State ["application", "pool"]
        "The application is started with its worker process, and that with the first request.";
    RAPID_FAIL = "rapid-fail-protection" State ["name", "enabled", "max_crashes", "interval"]
        "When the application pool is switched off after crashes is given.";
    POOL_VARIABLE = "pool-environment-variable" State ["pool", "name", "value"]
        "An environment variable of the pool's worker processes; no value where it looks like a secret.";
    SITE_NOT_STARTED = "site-not-started" Risk ["name"]
        "The site is not started with IIS.";
    POOL_MISSING = "pool-missing" Fault ["application", "pool"]
        "An application names a pool that does not exist.";
    POOL_SHARED = "pool-shared" State ["pool", "applications"]
        "Several applications share a pool; in-process apps need one each.";
    BINDING_CLASH = "binding-clash" Fault ["binding", "first_site", "second_site"]
        "Two sites have the same binding; only one of them can start.";
    BINDING_DUPLICATE = "binding-duplicate" Fault ["site", "binding"]
        "A site has the same binding twice (0x800700b7).";
    BINDING_MALFORMED = "binding-malformed" Fault ["site", "binding"]
        "The binding is not of the form address:port:host.";
    HTTPS_BINDING = "https-binding" State ["site", "binding", "certificate"]
        "The site listens with TLS; its certificate stands in http.sys or in the central store, not in this file.";
    SNI_WITHOUT_HOST = "sni-without-host" Risk ["site", "binding"]
        "The certificate is chosen by host name (SNI), and the binding has none.";
    SITE_WITHOUT_BINDING = "site-without-binding" Risk ["site"]
        "The site listens nowhere.";
    SITE_DUPLICATE = "duplicate-site" Fault ["key", "value", "first_line"]
        "Two sites have the same name or number.";
    APPLICATION_DUPLICATE = "duplicate-application" Fault ["application", "first_line"]
        "A site has two applications with the same path.";
    ROOT_APPLICATION_MISSING = "root-application-missing" Fault ["site"]
        "The site has no application for /; it cannot start.";
    ROOT_DIRECTORY_MISSING = "root-directory-missing" Fault ["application"]
        "The application has no virtual directory for /: it has no folder.";
    PHYSICAL_PATH_MISSING = "physical-path-missing" Fault ["application", "directory"]
        "A virtual directory has no physical path.";
    PHYSICAL_PATH_RELATIVE = "physical-path-relative" Fault ["application", "directory", "physical_path"]
        "The physical path of a virtual directory is not absolute.";
    PHYSICAL_PATH_SHARE = "physical-path-on-share" State ["application", "directory", "physical_path"]
        "The physical path of a virtual directory is a share: the identity needs rights there.";
}

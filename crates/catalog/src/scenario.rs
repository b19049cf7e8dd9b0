//! The scenarios: the headings of the errors reference, and what users meet beside them.

use std::fmt;

use serde::Deserialize;

macro_rules! scenarios {
    ($($variant:ident = $name:literal, $title:literal;)*) => {
        /// What kind of failure it is: a heading of Microsoft's errors reference, or one of its neighbours.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Scenario {
            $(#[doc = $title] #[serde(rename = $name)] $variant,)*
        }

        impl Scenario {
            /// All scenarios.
            pub const ALL: &[Scenario] = &[$(Scenario::$variant),*];

            /// The name used in data and JSON.
            pub const fn name(self) -> &'static str {
                match self { $(Scenario::$variant => $name),* }
            }

            /// The name for people.
            pub const fn title(self) -> &'static str {
                match self { $(Scenario::$variant => $title),* }
            }
        }
    };
}

scenarios! {
    OsUpgradeRemovedX86Module = "os-upgrade-removed-x86-module", "An OS upgrade removed the 32-bit ASP.NET Core Module.";
    SiteExtensionOrBitness = "site-extension-or-bitness", "A site extension is missing or at odds, or the process has the wrong bitness.";
    X86AppOn64bitPool = "x86-app-on-64bit-pool", "An x86 app in an application pool without 32-bit support.";
    RidConflict = "rid-conflict", "The app's platform conflicts with its RID.";
    WrongEndpointOrStoppedSite = "wrong-endpoint-or-stopped-site", "A wrong endpoint, or a stopped site.";
    IisFeaturesDisabled = "iis-features-disabled", "Features of IIS are not installed.";
    WrongPhysicalPathOrAppMissing = "wrong-physical-path-or-app-missing", "A wrong physical path, or the app is missing.";
    ModuleOrRoleMissingOrPermissions = "module-or-role-missing-or-permissions", "The module or a role is missing, or permissions are.";
    ProcessPathOrRuntimeNotInstalled = "process-path-or-runtime-not-installed", "A wrong processPath, or .NET is not installed.";
    WrongArguments = "wrong-arguments", "Wrong arguments of the aspNetCore element.";
    MissingSharedFramework = "missing-shared-framework", "The shared framework is missing.";
    StoppedAppPool = "stopped-app-pool", "The application pool is stopped.";
    SubAppHandlersSection = "sub-app-handlers-section", "A sub-application has a handlers section.";
    StdoutLogPath = "stdout-log-path", "The path of the stdout log is wrong.";
    AppStartupException = "app-startup-exception", "The app throws while it starts.";
    AppConfigOther = "app-config-other", "Another fault in the app's configuration.";
    VcRedistMissing = "vc-redist-missing", "The Visual C++ Redistributable or a Windows update is missing.";
    TwoInprocAppsOnePool = "two-inproc-apps-one-pool", "Two in-process apps in one application pool.";
    MixedHostingModels = "mixed-hosting-models", "Both hosting models in one application pool.";
    StartupTimeout = "startup-timeout", "The app does not start within its time limit.";
    RapidFail = "rapid-fail", "Rapid-fail protection stopped the application pool.";
    OopPortNotListening = "oop-port-not-listening", "The out-of-process app does not listen on its port.";
    MissingDependencyAssembly = "missing-dependency-assembly", "An assembly that the app depends on is missing.";
    NativeDependencyLoad = "native-dependency-load", "A native library cannot be loaded.";
    DepsOrRuntimeconfigInvalid = "deps-or-runtimeconfig-invalid", "deps.json or runtimeconfig.json is missing or wrong.";
    WebConfigMalformed = "web-config-malformed", "web.config is not well-formed or not valid.";
    ConfigSectionLocked = "config-section-locked", "A configuration section is locked.";
    AppOffline = "app-offline", "app_offline.htm keeps the app offline.";
    WindowsAuth = "windows-auth", "Windows authentication is not set up as the app needs it.";
    RequestLimitsOrTimeouts = "request-limits-or-timeouts", "A limit on size or time of requests.";
    AppCrashAfterStart = "app-crash-after-start", "The app crashes after it has started.";
    AntivirusOrFileLock = "antivirus-or-file-lock", "A file is locked, or an antivirus product interferes.";
    Other = "other", "Something else.";
}

impl fmt::Display for Scenario {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

//! What users set, from text to verdict.
#![allow(clippy::expect_used, reason = "a test stops where something is not as it must be")]

mod comments;
mod file;
mod hostile;
mod real_findings;
mod rules;
mod schema;
mod template;

use falconer_settings::Known;

/// Some checks, with the failures that they foretell.
const KNOWN: Known<'_> = Known {
    checks: &[
        ("web-config.unknown-attribute", "web-config-malformed"),
        ("web-config.stdout-log-enabled", "stdout-log-path"),
        ("web-config.stdout-log-folder-missing", "stdout-log-path"),
        ("web-config.webdav-not-removed", "webdav-blocks-verbs"),
        ("folder.app-offline", "app-offline-left"),
        ("folder.appsettings-invalid", "appsettings-invalid"),
    ],
};

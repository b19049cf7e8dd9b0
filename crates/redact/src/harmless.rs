//! Values that are no secrets although their name promises one.

use crate::pattern::Pattern;
use crate::unit::canonical;

/// Switches, numbers of an error, log levels, masks, and references to a secret that is kept elsewhere. An
/// unreplaced reference (`#{DbPassword}#`) or an empty value is often the very cause that is looked for.
static NO_SECRET: Pattern = Pattern::new(concat!(
    r"(?i)^(?:|true|false|yes|no|on|off|null|\(null\)|nil|none|undefined|empty|\(empty\)|n/a|required|optional|",
    r"trace|debug|information|warning|error|critical|0x[0-9a-f]{1,8}|(?:[*.x]|•){3,}|\[?(?:hidden|redacted|masked)\]?|",
    r"autogenerate(?:,isolateapps)?|usedevelopmentstorage=true|",
    r"%[a-z0-9_()]+%|\$\([\w.:-]+\)|\$?\{[\w.:-]*\}|#\{[\w.:-]+\}#?|",
    r"<[a-z][a-z _-]*>(?:\\+<[a-z][a-z _-]*>)?|@microsoft\.keyvault\([^()]*\))$",
));

/// Accounts that every Windows, Linux or App Service has.
const WELL_KNOWN: &[&str] = &[
    "-",
    "anonymous",
    "anonymous logon",
    "app",
    "applicationpoolidentity",
    "everyone",
    "iis_iusrs",
    "iusr",
    "local service",
    "localservice",
    "localsystem",
    "network service",
    "networkservice",
    "nobody",
    "root",
    "specificuser",
    "system",
    "www-data",
];

/// Authorities whose accounts are part of Windows or of IIS. An application pool's identity names its pool, which
/// diagnosis needs.
const AUTHORITIES: &[&str] = &[
    "iis apppool",
    "nt authority",
    "nt service",
    "nt virtual machine",
    "builtin",
    "window manager",
    "font driver host",
];

/// Endings of databases that are files: what stands for a server in their connection strings is a path.
const DATABASE_FILES: &[&str] =
    &[".accdb", ".db", ".db3", ".mdb", ".mdf", ".sdf", ".sqlite", ".sqlite3", ".xlsx"];

/// Whether `value` is no secret whatever its name.
pub(crate) fn is_no_secret(value: &str) -> bool {
    NO_SECRET.is_match(value.trim())
}

/// Whether `value` is a user name that tells nothing about a person or a customer.
pub(crate) fn is_well_known_user(value: &str) -> bool {
    if is_no_secret(value) || value.bytes().all(|byte| byte.is_ascii_digit()) {
        return true;
    }
    let plain = canonical(value.trim()).to_ascii_lowercase();
    if WELL_KNOWN.contains(&plain.as_str()) || plain.starts_with("s-1-") {
        return true;
    }
    AUTHORITIES.iter().any(|authority| {
        plain.strip_prefix(authority).is_some_and(|rest| rest.is_empty() || rest.starts_with(['\\', '/']))
    })
}

/// Whether `value` is a machine that everybody calls so.
pub(crate) fn is_well_known_host(value: &str) -> bool {
    let plain = value.trim().to_ascii_lowercase();
    matches!(
        plain.as_str(),
        "." | "localhost" | "(local)" | "::1" | "[" | "*" | "+" | "(localdb)" | "tcp" | "np"
    ) || plain.starts_with("127.")
        || plain.starts_with("(localdb)")
        || plain.starts_with(['|', ':'])
        || DATABASE_FILES.iter().any(|ending| plain.ends_with(ending))
        || is_no_secret(&plain)
}

/// Whether `value` could have been drawn at random: one word with letters and digits, of some length.
pub(crate) fn looks_random(value: &str, at_least: usize) -> bool {
    value.len() >= at_least
        && value.bytes().any(|byte| byte.is_ascii_digit())
        && value.bytes().any(|byte| byte.is_ascii_alphabetic())
        && !value.bytes().any(|byte| byte.is_ascii_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_and_switches_are_no_secrets() {
        for value in [
            "",
            "true",
            "#{DbPassword}#",
            "$(ApiKey)",
            "%DB_PASSWORD%",
            "{0}",
            "***",
            "0x80070005",
            "Warning",
        ] {
            assert!(is_no_secret(value), "{value}");
        }
        for value in ["#{a}#x", "true1", "$(a)b", "%a%b", "password"] {
            assert!(!is_no_secret(value), "{value}");
        }
    }

    #[test]
    fn accounts_of_the_system_are_well_known() {
        for value in [
            "IIS APPPOOL\\Shop",
            "IIS APPPOOL\\\\Shop",
            "NT AUTHORITY\\NETWORK SERVICE",
            "BUILTIN\\Users",
            "42",
        ] {
            assert!(is_well_known_user(value), "{value}");
        }
        for value in ["CORP\\bob", "sa", "systemx"] {
            assert!(!is_well_known_user(value), "{value}");
        }
    }
}

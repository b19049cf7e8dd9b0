//! Event sources that tell of a failing app, for forms in which only a well-known name is unambiguous.

/// Sources by name: those of the ASP.NET Core Module (`resources.h` of every generation), of the runtime, of
/// Windows' crash reporting, and of IIS's services in the names that Event Viewer shows.
const NAMES: &[&str] = &[
    "IIS AspNetCore Module V2",
    "IIS AspNetCore Module",
    "IIS Express AspNetCore Module V2",
    "IIS Express AspNetCore Module",
    ".NET Runtime",
    "Application Error",
    "Windows Error Reporting",
    "HttpPlatformHandler",
    "WAS",
    "W3SVC-WP",
    "W3SVC",
];

/// What the names of manifest-based sources of Windows begin with.
const WINDOWS: &str = "Microsoft-Windows-";

/// The well-known source at the start of `text` (the longest), with nothing of a longer word behind it.
pub(crate) fn leading(text: &str) -> Option<&str> {
    let bounded = |name: &&str| !text.get(name.len()..).is_some_and(|rest| rest.starts_with(is_word));
    let listed = NAMES.iter().filter(|name| text.starts_with(**name)).filter(|name| bounded(name));
    if let Some(name) = listed.max_by_key(|name| name.len()) {
        return text.get(..name.len());
    }
    let end = text.find(|c: char| !is_word(c)).unwrap_or(text.len());
    text.get(..end).filter(|name| name.starts_with(WINDOWS) && name.len() > WINDOWS.len())
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '-' || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_known_source_is_taken() {
        assert_eq!(leading("IIS AspNetCore Module V2: text"), Some("IIS AspNetCore Module V2"));
        assert_eq!(leading("IIS AspNetCore Module (x)"), Some("IIS AspNetCore Module"));
        assert_eq!(leading("W3SVC-WP"), Some("W3SVC-WP"));
        assert_eq!(leading("Microsoft-Windows-IIS-W3SVC-WP]"), Some("Microsoft-Windows-IIS-W3SVC-WP"));
    }

    #[test]
    fn longer_words_are_not_sources() {
        for no in ["WASM", "Application Errors", "Microsoft-Windows-", "", "System.Private.CoreLib"] {
            assert_eq!(leading(no), None, "{no}");
        }
    }
}

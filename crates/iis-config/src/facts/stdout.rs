//! The stdout log, and the switches of `<aspNetCore>`.

use super::Sink;
use super::definitions::{self as d};
use crate::AspNetCore;
use crate::schema::ASP_NET_CORE;
use crate::xml::Attribute;

pub(super) fn find(sink: &mut Sink<'_>, element: &AspNetCore<'_>) {
    let default = ASP_NET_CORE.attribute("stdoutLogFile").and_then(|schema| schema.default);
    let default = default.filter(|_| element.lacks("stdoutLogFile"));
    let path = element.text("stdoutLogFile").or(default).unwrap_or_default();
    let enabled = element.flag("stdoutLogEnabled");
    if enabled == Some(true) {
        let span = element.attribute("stdoutLogEnabled").map_or(element.tag(), |attribute| attribute.span);
        let goes = if path.is_empty() { String::new() } else { format!(" and goes to {path}") };
        sink.add(&d::STDOUT_LOG_ENABLED, span, &[("path", path)], format!("the stdout log is on{goes}"));
    }
    if let Some(attribute) = element.attribute("stdoutLogFile").filter(|attribute| !attribute.elided) {
        let enabled = match enabled {
            Some(true) => "true",
            Some(false) => "false",
            None => "unknown",
        };
        given_path(sink, attribute, enabled);
    }
    switches(sink, element);
}

fn given_path(sink: &mut Sink<'_>, attribute: &Attribute, enabled: &str) {
    let (span, value) = (attribute.value_span, attribute.value.as_str());
    let fields = [("value", value), ("enabled", enabled)];
    let message = format!("the stdout log, when it is on, goes to {value}");
    sink.add(&d::STDOUT_LOG_PATH, span, &fields, message);
    if value.to_ascii_lowercase().contains("%home%") {
        let message = format!("{value} is a place of Azure App Service, where %home% is set");
        sink.add(&d::STDOUT_PATH_AZURE, span, &fields, message);
    } else if let Some(kind) = absolute_kind(value) {
        let fields = [("value", value), ("kind", kind), ("enabled", enabled)];
        sink.add(&d::STDOUT_PATH_ABSOLUTE, span, &fields, format!("{value} is an absolute path"));
    }
    if value.ends_with(['\\', '/']) {
        let message = format!("{value} ends as a folder does; it is the start of a file's name");
        sink.add(&d::STDOUT_PATH_IS_FOLDER, span, &fields, message);
    }
    let bad = bad_characters(value);
    if !bad.is_empty() {
        let fields = [("value", value), ("characters", bad.as_str()), ("enabled", enabled)];
        let message = format!("{value} has characters that Windows does not allow in a path: {bad}");
        sink.add(&d::STDOUT_PATH_BAD, span, &fields, message);
    }
}

/// The prefixes that ask Windows to take a path as it is.
const DEVICE_PREFIXES: [&str; 2] = [r"\\?\", r"\\.\"];

/// `drive`, `share` or `rooted` (on the drive of the worker process); `None` for a path below the app's folder, and
/// where a variable decides.
fn absolute_kind(path: &str) -> Option<&'static str> {
    let bare = without_prefix(path);
    let bytes = bare.as_bytes();
    if bytes.first().is_some_and(u8::is_ascii_alphabetic) && bytes.get(1) == Some(&b':') {
        Some("drive")
    } else if bare.starts_with(r"\\") || (bare != path && bare.to_ascii_uppercase().starts_with(r"UNC\")) {
        Some("share")
    } else if bare.starts_with(['\\', '/']) {
        Some("rooted")
    } else {
        None
    }
}

fn without_prefix(path: &str) -> &str {
    DEVICE_PREFIXES.iter().find_map(|prefix| path.strip_prefix(prefix)).unwrap_or(path)
}

/// Characters that no path may have, each once; a colon may follow the letter of a drive only.
fn bad_characters(path: &str) -> String {
    let mut bad = String::new();
    for (at, character) in without_prefix(path).char_indices() {
        let refused = matches!(character, '<' | '>' | '"' | '|' | '?' | '*' | '\0'..='\x1F')
            || (character == ':' && at != 1);
        if refused && !bad.contains(character) {
            bad.push(character);
        }
    }
    bad
}

fn switches(sink: &mut Sink<'_>, element: &AspNetCore<'_>) {
    for (name, odd, fact, message) in [
        (
            "forwardWindowsAuthToken",
            false,
            &d::NO_WINDOWS_AUTH_TOKEN,
            "the Windows user is not handed to the app",
        ),
        (
            "disableStartUpErrorPage",
            true,
            &d::NO_STARTUP_ERROR_PAGE,
            "a failed start shows no page of the module",
        ),
    ] {
        if let Some(attribute) = element.attribute(name).filter(|_| element.flag(name) == Some(odd)) {
            sink.add(fact, attribute.span, &[], format!("{name} is {odd}: {message}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_absolute_by_its_drive_its_share_or_its_root() {
        for (path, kind) in [
            (r"D:\logs\out", Some("drive")),
            (r"\\?\D:\logs\out", Some("drive")),
            (r"\\server\share\out", Some("share")),
            (r"\\?\UNC\server\share\out", Some("share")),
            (r"\logs\out", Some("rooted")),
            ("/var/log/out", Some("rooted")),
            (r".\logs\out", None),
            ("unc", None),
            (r"%TEMP%\out", None),
            ("", None),
        ] {
            assert_eq!(absolute_kind(path), kind, "{path}");
        }
    }

    #[test]
    fn a_colon_belongs_behind_the_letter_of_a_drive() {
        assert_eq!(bad_characters(r"\\?\C:\logs\out"), "");
        assert_eq!(bad_characters(r".\logs\out-12:30*?*"), ":*?");
    }
}

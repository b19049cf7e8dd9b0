//! `processPath` and `arguments`: what the module will run.

use super::definitions::{self as d};
use super::{Sink, quoting, secrets};
use crate::AspNetCore;
use crate::xml::Attribute;

pub(super) fn find(sink: &mut Sink<'_>, element: &AspNetCore<'_>) {
    if element.implied {
        return;
    }
    let placeholders = placeholders(sink, element);
    for name in ["processPath", "arguments"] {
        if let Some(attribute) = element.attribute(name).filter(|attribute| !attribute.elided) {
            paths(sink, attribute);
        }
    }
    let Some(process) = element.text("processPath").map(str::trim) else {
        if element.lacks("processPath") {
            missing(sink, element, "absent", "processPath is not given; the module requires it");
        }
        return;
    };
    if process.is_empty() {
        return missing(sink, element, "empty", "processPath is empty; the module requires it");
    }
    if !placeholders {
        quoting::find(sink, element);
        program(sink, element, process);
        command_line(sink, element, process);
    }
}

fn missing(sink: &mut Sink<'_>, element: &AspNetCore<'_>, state: &str, message: &str) {
    let span = element.attribute("processPath").map_or(element.tag(), |attribute| attribute.span);
    sink.add(&d::PROCESS_PATH_MISSING, span, &[("state", state)], message.to_owned());
}

/// What Visual Studio writes into a project's web.config and publishing replaces (dotnet/sdk WebConfigTransform.cs
/// removes the arguments without regard to case).
const PLACEHOLDERS: &[&str] =
    &["%LAUNCHER_PATH%", "%LAUNCHER_ARGS%", "-argFile IISExeLauncherArgs.txt", "VSIISExeLauncher.exe"];

fn placeholders(sink: &mut Sink<'_>, element: &AspNetCore<'_>) -> bool {
    let mut any = false;
    for name in ["processPath", "arguments"] {
        let Some(attribute) = element.attribute(name) else { continue };
        for placeholder in PLACEHOLDERS.iter().filter(|mark| contains_ignore_case(&attribute.value, mark)) {
            any = true;
            let message = format!("{name} still holds {placeholder}; publishing replaces it");
            sink.add(
                &d::LAUNCHER_PLACEHOLDERS,
                attribute.value_span,
                &[("attribute", name), ("placeholder", placeholder)],
                message,
            );
        }
    }
    any
}

fn contains_ignore_case(text: &str, part: &str) -> bool {
    text.to_ascii_lowercase().contains(&part.to_ascii_lowercase())
}

/// Places that exist on the machines of developers and build agents only.
const BUILD_PLACES: &[&str] = &[
    r"\users\",
    r"\source\repos\",
    r"\documents and settings\",
    r"\agent\_work\",
    r"\_work\",
    r"\obj\",
    "/home/",
    "/users/",
    r"\jenkins\",
    r"\workspace\",
    r"\a\1\s\",
];

fn paths(sink: &mut Sink<'_>, attribute: &Attribute) {
    // processPath is one path, blanks and all.
    let list =
        if attribute.name == "processPath" { vec![attribute.value.trim()] } else { words(&attribute.value) };
    for word in list {
        let lower = word.to_ascii_lowercase();
        let fields = [("attribute", attribute.name.as_str()), ("path", word)];
        let in_build =
            [r"bin\debug\", r"bin\release\", "bin/debug/", "bin/release/"].iter().any(|p| lower.contains(p));
        if in_build {
            let message = format!("{} leads into the build's output folder: {word}", attribute.name);
            sink.add(&d::BUILD_FOLDER, attribute.value_span, &fields, message);
        }
        if !is_absolute(word) {
            continue;
        }
        sink.add(
            &d::ABSOLUTE_PATH,
            attribute.value_span,
            &fields,
            format!("{} holds an absolute path: {word}", attribute.name),
        );
        if BUILD_PLACES.iter().any(|place| lower.contains(place)) {
            let message = format!("{} holds a path of a build machine: {word}", attribute.name);
            sink.add(&d::BUILD_MACHINE_PATH, attribute.value_span, &fields, message);
        }
    }
}

/// A drive, a share, or a path of another system.
fn is_absolute(path: &str) -> bool {
    let bytes = path.as_bytes();
    let drive = bytes.first().is_some_and(u8::is_ascii_alphabetic)
        && bytes.get(1) == Some(&b':')
        && matches!(bytes.get(2), Some(b'\\' | b'/'));
    drive || path.starts_with(r"\\") || path.starts_with("/home/") || path.starts_with("/Users/")
}

fn program(sink: &mut Sink<'_>, element: &AspNetCore<'_>, process: &str) {
    let Some(attribute) = element.attribute("processPath") else { return };
    let (span, fields) = (attribute.value_span, [("process_path", process)]);
    let file = file_name(process);
    if ends_with_ignore_case(file, ".dll") {
        let message = format!(
            "processPath names a dll ({process}); with a dll, processPath is dotnet and the dll its argument"
        );
        sink.add(&d::PROCESS_PATH_IS_DLL, span, &fields, message);
    } else if names_other_system(process) && !has_known_extension(file) {
        let message =
            format!("processPath names {process}, without .exe: published for another system than Windows");
        sink.add(&d::PROCESS_PATH_WITHOUT_EXTENSION, span, &fields, message);
    }
}

/// A path as publishing for another system than Windows writes it, when no known extension ends it.
pub(super) fn names_other_system(process: &str) -> bool {
    process.starts_with(['.', '/']) && !process.contains('%')
}

/// Endings of programs and of what the module may be told to run. Names of apps hold dots themselves.
pub(super) fn has_known_extension(file: &str) -> bool {
    [".exe", ".dll", ".cmd", ".bat", ".com", ".ps1"].iter().any(|ending| ends_with_ignore_case(file, ending))
}

fn command_line(sink: &mut Sink<'_>, element: &AspNetCore<'_>, process: &str) {
    let arguments = match element.text("arguments") {
        Some(arguments) => arguments,
        None if element.lacks("arguments") => "",
        None => return,
    };
    let span = element.attribute("arguments").map_or(element.tag(), |attribute| attribute.value_span);
    let list = words(arguments);
    if is_dotnet(process) {
        return dotnet_arguments(sink, span, process, &list, arguments);
    }
    // An apphost runs its own dll; the dll as first argument is a remnant of `dotnet App.dll`.
    let stem = file_name(process);
    let stem =
        if ends_with_ignore_case(stem, ".exe") { stem.get(..stem.len() - 4).unwrap_or(stem) } else { stem };
    let own_dll =
        list.first().is_some_and(|first| file_name(first).eq_ignore_ascii_case(&format!("{stem}.dll")));
    if own_dll {
        repeated(sink, span, "app-dll", arguments);
    }
}

fn repeated(sink: &mut Sink<'_>, span: crate::Span, what: &str, arguments: &str) {
    let arguments = if secrets::in_arguments(arguments).is_some() { "" } else { arguments };
    let message = format!("the arguments name again what is run already: {arguments}");
    sink.add(&d::ARGUMENTS_REPEATED, span, &[("what", what), ("arguments", arguments)], message);
}

fn dotnet_arguments(sink: &mut Sink<'_>, span: crate::Span, process: &str, list: &[&str], arguments: &str) {
    let Some(first) = list.first().copied() else {
        let message =
            format!("processPath is {process} and there are no arguments: the app's dll is missing");
        return sink.add(&d::ARGUMENTS_MISSING, span, &[("process_path", process)], message);
    };
    if is_dotnet(first) {
        return repeated(sink, span, "dotnet", arguments);
    }
    if first.eq_ignore_ascii_case("exec")
        && list.get(1).is_some_and(|second| second.eq_ignore_ascii_case("exec"))
    {
        return repeated(sink, span, "exec", arguments);
    }
    let dlls = list.iter().take(2).filter(|word| ends_with_ignore_case(word, ".dll"));
    let names: Vec<&str> = dlls.map(|word| file_name(word)).collect();
    if let [one, two] = names.as_slice()
        && one.eq_ignore_ascii_case(two)
    {
        return repeated(sink, span, "app-dll", arguments);
    }
    if ends_with_ignore_case(first, ".exe") {
        let message = format!("dotnet is given an executable ({first}); it runs dlls");
        sink.add(&d::DOTNET_RUNS_EXE, span, &[("argument", first)], message);
    } else if !ends_with_ignore_case(first, ".dll")
        && !first.eq_ignore_ascii_case("exec")
        && !first.starts_with('-')
    {
        let message = format!("the first argument of dotnet, {first}, is not the path of a dll");
        sink.add(&d::ARGUMENT_NOT_DLL, span, &[("argument", first)], message);
    }
}

fn is_dotnet(path: &str) -> bool {
    let file = file_name(path);
    file.eq_ignore_ascii_case("dotnet") || file.eq_ignore_ascii_case("dotnet.exe")
}

pub(super) fn file_name(path: &str) -> &str {
    path.trim_matches('"').rsplit(['\\', '/']).next().unwrap_or(path)
}

fn ends_with_ignore_case(text: &str, ending: &str) -> bool {
    text.len()
        .checked_sub(ending.len())
        .and_then(|at| text.get(at..))
        .is_some_and(|t| t.eq_ignore_ascii_case(ending))
}

/// Splits a command line at blanks outside of quotes; quotes are taken off.
fn words(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = line.trim_start();
    while let Some(first) = rest.chars().next() {
        let (word, behind) = if first == '"' {
            let inner = rest.get(1..).unwrap_or_default();
            inner.split_once('"').unwrap_or((inner, ""))
        } else {
            let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
            rest.split_at(length)
        };
        found.push(word);
        rest = behind.trim_start();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_line_is_split_at_blanks_outside_of_quotes() {
        assert_eq!(words(r#"exec "C:\My App\a.dll"  --x"#), ["exec", r"C:\My App\a.dll", "--x"]);
        assert_eq!(words("\"open"), ["open"]);
        assert!(words("  ").is_empty());
    }

    #[test]
    fn absolute_paths_have_a_drive_or_a_server() {
        assert!(is_absolute(r"C:\a") && is_absolute(r"\\server\share") && is_absolute("/home/me/a"));
        assert!(
            !is_absolute(r".\a") && !is_absolute("dotnet") && !is_absolute("C:a") && !is_absolute("-p:x")
        );
    }
}

//! Quotes and blanks in `processPath` and `arguments`.

use super::asp_net_core::hosting_name;
use super::definitions::{self as d};
use super::process::{file_name, has_known_extension, names_other_system};
use super::{Sink, secrets};
use crate::{AspNetCore, HostingModel};

pub(super) fn find(sink: &mut Sink<'_>, element: &AspNetCore<'_>) {
    if let Some(process) = element.text("processPath").filter(|process| !process.trim().is_empty()) {
        process_path(sink, element, process);
    }
    if let Some(arguments) = element.text("arguments") {
        command_line(sink, element, arguments);
    }
}

fn process_path(sink: &mut Sink<'_>, element: &AspNetCore<'_>, process: &str) {
    let span = element.attribute("processPath").map_or(element.tag(), |attribute| attribute.value_span);
    if process.contains('"') {
        // Modules up to 2.2 put processPath into the command line of an out-of-process app as it is; newer ones add
        // quotes of their own (serverprocess.cpp). In-process it is the name of a file (HostFxrResolver.cpp).
        let fields = [("process_path", process), ("hosting", hosting_name(element))];
        sink.add(&d::PROCESS_PATH_QUOTED, span, &fields, format!("processPath holds quotes: {process}"));
    }
    let (begins, ends) = (process.starts_with(char::is_whitespace), process.ends_with(char::is_whitespace));
    let places = match (begins, ends) {
        (true, true) => "both",
        (true, false) => "start",
        (false, true) => "end",
        (false, false) => "",
    };
    if !places.is_empty() {
        let fields = [("process_path", process), ("where", places)];
        let message = format!("processPath begins or ends with a blank: \"{process}\"");
        sink.add(&d::PROCESS_PATH_BLANKS, span, &fields, message);
    }
    if element.hosting_model() == HostingModel::InProcess {
        extension(sink, span, process.trim());
    }
}

/// The module appends `.exe` where there is no extension, and refuses any other one (HostFxrResolver.cpp).
fn extension(sink: &mut Sink<'_>, span: crate::Span, process: &str) {
    let file = file_name(process);
    // A dot at the start begins no extension.
    let Some((_, extension)) = file.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()) else { return };
    let told_otherwise = extension.eq_ignore_ascii_case("dll")
        || (names_other_system(process) && !has_known_extension(file))
        || process.contains(['%', '"']);
    if extension.eq_ignore_ascii_case("exe") || told_otherwise {
        return;
    }
    let message =
        format!("in-process, processPath must be an executable (.exe), and it is {process} (.{extension})");
    let fields = [("process_path", process), ("extension", extension)];
    sink.add(&d::NOT_EXE_IN_PROCESS, span, &fields, message);
}

fn command_line(sink: &mut Sink<'_>, element: &AspNetCore<'_>, arguments: &str) {
    let span = element.attribute("arguments").map_or(element.tag(), |attribute| attribute.value_span);
    let secret = secrets::in_arguments(arguments);
    if let Some(name) = secret {
        let message = format!("the argument {name} holds a secret in plain text");
        sink.add(&d::SECRET_IN_ARGUMENTS, span, &[("argument", name)], message);
    }
    let quotes = Quotes::of(arguments);
    if quotes.open {
        let escaped = if quotes.escaped { "yes" } else { "no" };
        let shown = if secret.is_some() { "" } else { arguments };
        let why = if quotes.escaped { ": a backslash in front of a quote escapes it" } else { "" };
        let message = format!("a quote in the arguments is not closed{why}");
        sink.add(&d::QUOTE_UNBALANCED, span, &[("arguments", shown), ("escaped", escaped)], message);
    }
}

/// The quotes of a command line as Windows reads them (`CommandLineToArgvW`).
struct Quotes {
    /// The last one opens, and nothing closes it.
    open: bool,
    /// A backslash makes a quote an ordinary character.
    escaped: bool,
}

impl Quotes {
    fn of(line: &str) -> Quotes {
        let mut quotes = Quotes { open: false, escaped: false };
        let mut backslashes = 0usize;
        for byte in line.bytes() {
            match byte {
                b'\\' => backslashes += 1,
                b'"' if backslashes % 2 == 1 => (quotes.escaped, backslashes) = (true, 0),
                b'"' => (quotes.open, backslashes) = (!quotes.open, 0),
                _ => backslashes = 0,
            }
        }
        quotes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_counted_as_windows_counts_them() {
        for (line, open, escaped) in [
            (r#""C:\My App\a.dll" --x"#, false, false),
            (r#""C:\My App\a.dll --x"#, true, false),
            (r#"a.dll --root "C:\My App\""#, true, true),
            (r#"a.dll --root "C:\My App\\""#, false, false),
            (r#"a.dll --json {\"a\":1}"#, false, true),
            ("", false, false),
        ] {
            let quotes = Quotes::of(line);
            assert_eq!((quotes.open, quotes.escaped), (open, escaped), "{line}");
        }
    }
}

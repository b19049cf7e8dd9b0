//! `processPath`, `arguments` and `stdoutLogFile`.

use falconer_iis_config::schema::ASP_NET_CORE;
use falconer_iis_config::xml::Node;
use falconer_iis_config::{Edit, Span};

use super::{claiming, edits, names_of, relying_on, set_or_add};
use crate::command_line::{Word, file_name, in_folder, is_dotnet, quoted, strip_ending, without, words};
use crate::table::Case;
use crate::typo::is_slip;
use crate::xml::Document;
use crate::{Fix, FixContext};

pub(super) const PROCESS: &str = "processPath";
pub(super) const ARGUMENTS: &str = "arguments";

/// The `<aspNetCore>` that the fact is about.
fn section<'d>(case: &Case<'_>, document: &'d Document<'_>) -> Option<Node<'d>> {
    document.element_around(case.found.spot().start).filter(|node| node.name() == "aspNetCore")
}

/// Sets the program and its arguments, whichever differ.
pub(super) fn run(
    document: &Document<'_>,
    node: Node<'_>,
    safe: bool,
    program: &str,
    arguments: &str,
) -> Option<Fix> {
    let mut changes: Vec<Edit> = Vec::new();
    let mut said: Vec<String> = Vec::new();
    for (name, value, behind) in [(PROCESS, program, ""), (ARGUMENTS, arguments, PROCESS)] {
        if node.attribute(name).map_or("", |attribute| &attribute.value) != value {
            changes.push(set_or_add(document, node, &ASP_NET_CORE, (name, value), behind)?);
            said.push(format!("{name}=\"{value}\""));
        }
    }
    if let [Edit { span: a, replacement: first }, Edit { span: b, replacement: second }] = changes.as_slice()
        && a == b
    {
        // Both are new.
        changes = vec![Edit::replace(*a, format!("{first}{second}"))];
    }
    let both = [PROCESS, ARGUMENTS].into_iter().filter_map(|name| Some(node.attribute(name)?.span));
    let fix = edits(safe, format!("Set {}.", said.join(" and ")), changes);
    claiming(relying_on(fix, both.collect::<Vec<Span>>()), names_of(node))
}

/// The program that runs the app, and its first argument, as publishing writes them.
pub(super) fn program(context: &FixContext) -> Option<(String, Option<String>)> {
    match (&context.entry_dll, &context.entry_exe) {
        (Some(dll), _) if !context.self_contained => {
            Some(("dotnet".to_owned(), Some(quoted(&in_folder(dll)))))
        }
        (_, Some(exe)) => Some((in_folder(exe), None)),
        _ => None,
    }
}

/// The text without a part of it, in any case.
fn strike(text: &str, part: &str) -> String {
    let (lower, mut out, mut done) = (text.to_ascii_lowercase(), String::new(), 0);
    for (at, _) in lower.match_indices(&part.to_ascii_lowercase()) {
        out.push_str(text.get(done..at).unwrap_or_default());
        done = at + part.len();
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

/// What Visual Studio leaves in `arguments` for its launcher.
const LAUNCHER_ARGUMENTS: [&str; 2] = ["%LAUNCHER_ARGS%", "-argFile IISExeLauncherArgs.txt"];

/// `processPath` or the dll in `arguments` is missing, or stands for what publishing was to put there.
pub(crate) fn run_app(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let node = section(case, document)?;
    let (program, dll) = program(case.context)?;
    let given = node.value(ARGUMENTS).unwrap_or_default().to_owned();
    let rest = LAUNCHER_ARGUMENTS.iter().fold(given, |line, placeholder| strike(&line, placeholder));
    let named = words(&rest).first().is_some_and(|first| {
        dll.as_ref()
            .is_some_and(|dll| file_name(first.text).eq_ignore_ascii_case(file_name(dll.trim_matches('"'))))
    });
    let rest = rest.trim();
    let arguments = match dll.filter(|_| !named) {
        Some(dll) if rest.is_empty() => dll,
        Some(dll) => format!("{dll} {rest}"),
        None => rest.to_owned(),
    };
    run(document, node, false, &program, &arguments)
}

/// Windows cannot start a dll; `dotnet` runs it.
pub(crate) fn process_path_is_dll(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let node = section(case, document)?;
    let dll = node.value(PROCESS)?.trim();
    if case.context.self_contained {
        let exe = case.context.entry_exe.as_deref()?;
        return run(document, node, false, &in_folder(exe), node.value(ARGUMENTS).unwrap_or_default());
    }
    let given = node.value(ARGUMENTS).unwrap_or_default();
    let named = words(given).first().is_some_and(|first| file_name(first.text) == file_name(dll));
    let arguments = match given.trim() {
        _ if named => given.to_owned(),
        "" => quoted(dll.trim_matches('"')),
        given => format!("{} {given}", quoted(dll.trim_matches('"'))),
    };
    run(document, node, true, "dotnet", &arguments)
}

/// `dotnet` runs dlls: the app's dll, or, of an app that carries its runtime, its executable without `dotnet`.
pub(crate) fn dotnet_runs_exe(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let node = section(case, document)?;
    let arguments = node.value(ARGUMENTS)?;
    let list = words(arguments);
    let first = list.first()?;
    let is_entry = |entry: &Option<String>, path: &str| {
        entry.as_deref().is_some_and(|entry| file_name(entry).eq_ignore_ascii_case(file_name(path)))
    };
    if case.context.self_contained {
        let rest = without(arguments, first);
        let sure = is_entry(&case.context.entry_exe, first.text);
        return run(document, node, sure, first.text, rest.trim());
    }
    let dll = format!("{}.dll", strip_ending(first.text, ".exe")?);
    let sure = is_entry(&case.context.entry_dll, &dll);
    let mut changed = arguments.to_owned();
    changed.replace_range(first.inner.clone(), &dll);
    run(document, node, sure, node.value(PROCESS)?, &changed)
}

/// Commands of the .NET SDK, which a server need not have.
const SDK_COMMANDS: [&str; 18] = [
    "add", "build", "clean", "ef", "fsi", "help", "msbuild", "new", "nuget", "publish", "remove", "restore",
    "run", "sdk", "test", "tool", "vstest", "watch",
];

/// The dll's ending is missing or wrong.
pub(crate) fn argument_not_dll(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let node = section(case, document)?;
    let arguments = node.value(ARGUMENTS)?;
    let list = words(arguments);
    let first = list.first()?;
    let file = file_name(first.text);
    let folder = first.text.get(..first.text.len() - file.len())?;
    let entry = case.context.entry_dll.as_deref().map(file_name);
    let path = match entry.and_then(|entry| Some((entry, strip_ending(entry, ".dll")?))) {
        Some((entry, stem))
            if is_slip(file, entry) || is_slip(file, stem) || file.starts_with(&format!("{stem}.")) =>
        {
            format!("{folder}{entry}")
        }
        Some(_) => return None,
        None if file.is_empty() || file.contains(['%', '*', ':']) => return None,
        None if folder.is_empty() && SDK_COMMANDS.contains(&file) => return None,
        None => format!("{}.dll", first.text),
    };
    let mut changed = arguments.to_owned();
    changed.replace_range(first.inner.clone(), &path);
    run(document, node, false, node.value(PROCESS)?, &changed)
}

/// Repetitions that one repair takes away.
const MOST_REPEATED: usize = 32;

/// The arguments name again what is run: once is enough.
pub(crate) fn arguments_repeated(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let node = section(case, document)?;
    let program = node.value(PROCESS)?;
    let mut arguments = node.value(ARGUMENTS)?.to_owned();
    for _ in 0..MOST_REPEATED {
        let list = words(&arguments);
        let Some(extra) = repeated(program.trim(), &list).and_then(|index| list.get(index)) else { break };
        arguments = without(&arguments, extra).trim().to_owned();
    }
    run(document, node, false, program, &arguments)
}

/// Which word is one too many. What runs by itself needs no dll; `dotnet` needs one, and no other `dotnet`.
fn repeated(program: &str, list: &[Word<'_>]) -> Option<usize> {
    let first = file_name(list.first()?.text);
    let second = list.get(1).map_or("", |word| file_name(word.text));
    if !is_dotnet(program) {
        let stem = file_name(program);
        let stem = strip_ending(stem, ".exe").unwrap_or(stem);
        return strip_ending(first, ".dll").is_some_and(|dll| dll.eq_ignore_ascii_case(stem)).then_some(0);
    }
    let twice = second.eq_ignore_ascii_case(first);
    let may_be = strip_ending(first, ".dll").is_some() || first.eq_ignore_ascii_case("exec");
    if is_dotnet(first) { Some(0) } else { (twice && may_be).then_some(1) }
}

/// A path of the machine that built the app becomes one in the app's own folder.
pub(crate) fn build_path(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let node = section(case, document)?;
    let path = case.found.field("path");
    let file = file_name(path);
    let program = strip_ending(file, ".exe").or(strip_ending(file, ".dll")).or(strip_ending(file, ".cmd"));
    let here = if is_dotnet(path) { "dotnet".to_owned() } else { in_folder(file) };
    let mut values = [PROCESS, ARGUMENTS].map(|name| node.value(name).unwrap_or_default().to_owned());
    match case.found.field("attribute") {
        PROCESS if values[0].trim() == path && !file.is_empty() => values[0] = here,
        ARGUMENTS if program.is_some() => {
            let list = words(&values[1]);
            let place = list.iter().find(|word| word.text == path)?.inner.clone();
            values[1].replace_range(place, &here);
        }
        _ => return None,
    }
    let [program, arguments] = values;
    run(document, node, false, &program, &arguments)
}

/// In-process the module takes a path that ends in `.exe`; a dot in the app's name reads like another ending.
pub(crate) fn exe_in_process(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let node = section(case, document)?;
    let path = format!("{}.exe", node.value(PROCESS)?.trim());
    let exe = case.context.entry_exe.as_deref().map(file_name)?;
    if !file_name(&path).eq_ignore_ascii_case(exe) {
        return None;
    }
    run(document, node, true, &path, node.value(ARGUMENTS).unwrap_or_default())
}

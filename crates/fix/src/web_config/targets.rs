//! What web.config runs, held against the app that is there.

use falconer_iis_config::schema::ASP_NET_CORE;
use falconer_iis_config::xml::Node;

use super::process::{ARGUMENTS, PROCESS, program, run};
use super::{claiming, edits, names_of, set_or_add};
use crate::Fix;
use crate::command_line::{file_name, in_folder, words};
use crate::table::Case;
use crate::typo::is_slip;
use crate::xml::Document;

/// The `<aspNetCore>` that is held against the folder: the first.
fn section<'d>(document: &'d Document<'_>) -> Option<Node<'d>> {
    document.config.asp_net_core().first().filter(|element| !element.implied).map(|element| element.node)
}

/// `arguments` names a dll that is not there; the app's own is.
pub(crate) fn arguments(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let node = section(document)?;
    let entry = case.context.entry_dll.as_deref().filter(|_| !case.context.self_contained)?;
    let arguments = node.value(ARGUMENTS)?;
    let word = words(arguments).into_iter().find(|word| word.text == case.found.field("path"))?;
    let mut changed = arguments.to_owned();
    changed.replace_range(word.inner.clone(), &in_folder(entry));
    let safe = is_slip(file_name(word.text), file_name(entry));
    run(document, node, safe, node.value(PROCESS)?, &changed)
}

/// `processPath` names a program that is not there; the app's own executable, or its dll, is.
pub(crate) fn process_path(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let node = section(document)?;
    let given = node.value(PROCESS)?;
    let arguments = node.value(ARGUMENTS).unwrap_or_default();
    if let Some(exe) = case.context.entry_exe.as_deref() {
        let safe = is_slip(file_name(given.trim()), file_name(exe));
        return run(document, node, safe, &in_folder(exe), arguments);
    }
    let (dotnet, dll) = program(case.context)?;
    let arguments = format!("{} {arguments}", dll?);
    run(document, node, false, &dotnet, arguments.trim_end())
}

/// The app cannot run in the worker process, so it gets one of its own.
pub(crate) fn out_of_process(_: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    const MODEL: &str = "outofprocess";
    let node = section(document)?;
    let edit = set_or_add(document, node, &ASP_NET_CORE, ("hostingModel", MODEL), ARGUMENTS)?;
    let text = format!("Set hostingModel=\"{MODEL}\", for the app cannot be hosted in-process.");
    claiming(edits(false, text, vec![edit]), names_of(node))
}

//! `stdoutLogEnabled` and `stdoutLogFile`.

use super::is_found;
use super::values::set;
use crate::Fix;
use crate::table::Case;
use crate::xml::Document;

/// Where the SDK puts the log.
const IN_FOLDER: &str = r".\logs\stdout";

pub(crate) fn off(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let (_, attribute) = document.attribute_at(case.found.spot())?;
    set(document, attribute, "false", false)
}

/// Only paths that exist on the machine that built the app are moved; others were chosen for the server.
pub(crate) fn build_place(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    const PLACES: [&str; 2] = ["absolute-build-machine-path", "exe-in-build-folder"];
    let (_, attribute) = document.attribute_at(case.found.spot())?;
    // The facts about processPath know such places.
    let moved = is_found(&PLACES, "processPath", &attribute.value);
    moved.then(|| set(document, attribute, IN_FOLDER, false))?
}

/// `%home%` is set on Azure App Service only.
pub(crate) fn azure(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let (_, attribute) = document.attribute_at(case.found.spot())?;
    set(document, attribute, IN_FOLDER, false)
}

/// The module appends to the path; without a name of its own the files would begin with an underscore.
pub(crate) fn folder(case: &Case<'_>, document: &Document<'_>) -> Option<Fix> {
    let (_, attribute) = document.attribute_at(case.found.spot())?;
    set(document, attribute, &format!("{}stdout", attribute.value), false)
}

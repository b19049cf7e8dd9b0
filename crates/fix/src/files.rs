//! Files and folders that do not belong into a deployment.

use crate::table::Case;
use crate::{Change, Fix};

fn delete(case: &Case<'_>, safe: bool, change: Change, why: &str) -> Option<Fix> {
    let path = Some(case.found.field("path")).filter(|path| !path.is_empty())?;
    let what = if change == Change::DeleteFolder { "the folder " } else { "" };
    Some(Fix {
        safe,
        text: format!("Delete {what}{path}{why}."),
        change,
        relies_on: Vec::new(),
        claims: Vec::new(),
    })
}

pub(crate) fn app_offline(case: &Case<'_>) -> Option<Fix> {
    delete(case, false, Change::DeleteFile, ", so that the module starts the app")
}

/// hostfxr looks for `*.runtimeconfig.dev.json` only to find packages on the machine that built the app.
pub(crate) fn dev_runtime_config(case: &Case<'_>) -> Option<Fix> {
    delete(case, true, Change::DeleteFile, ", which belongs to a build")
}

/// The list is read in Development only, and leads to folders of another machine.
pub(crate) fn static_web_assets(case: &Case<'_>) -> Option<Fix> {
    delete(case, true, Change::DeleteFile, ", which belongs to a build")
}

pub(crate) fn leftover_hostfxr(case: &Case<'_>) -> Option<Fix> {
    delete(case, false, Change::DeleteFile, ", so that the executable takes the installed one")
}

pub(crate) fn reference_assemblies(case: &Case<'_>) -> Option<Fix> {
    delete(case, false, Change::DeleteFolder, " of reference assemblies")
}

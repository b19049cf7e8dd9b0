//! What web.config makes the module start.

use std::collections::BTreeMap;

use falconer_dotnet::platform::Arch;
use falconer_iis_config::{AspNetCore, HostingModel, WebConfig};

use crate::decode;
use crate::tree_folder::{MAX_QUOTED, TreeFolder};

/// What the web.config of each folder makes the module start.
pub(crate) fn sites(folder: &TreeFolder<'_>) -> BTreeMap<String, Site> {
    let dir = |path: &str| path.rsplit_once('/').map_or(String::new(), |(dir, _)| dir.to_owned());
    let configs = folder
        .files
        .iter()
        .filter(|f| f.path.rsplit('/').next().is_some_and(|name| name.eq_ignore_ascii_case("web.config")));
    configs.filter_map(|f| Some((dir(&f.path), Site::read(folder, &f.path)?))).collect()
}

/// What web.config makes the module start.
pub(crate) struct Site {
    pub(crate) path: String,
    pub(crate) process_path: Option<String>,
    pub(crate) arguments: Option<String>,
    pub(crate) in_process: bool,
    pub(crate) stdout: Option<String>,
    /// Where the module's debug log goes, when it goes to a file.
    pub(crate) debug_log: Option<String>,
    /// The dll or executable, relative to the folder.
    pub(crate) entry: Option<String>,
}

impl Site {
    fn read(folder: &TreeFolder<'_>, path: &str) -> Option<Site> {
        let bytes = folder.read(path, MAX_QUOTED)?;
        let config = WebConfig::excerpt(&decode::decode(&bytes));
        let elements = config.asp_net_core();
        let element = elements.first()?;
        let text = |name: &str| element.text(name).map(str::to_owned);
        let process_path = text("processPath");
        let arguments = text("arguments");
        let is_dotnet = process_path.as_deref().is_some_and(is_dotnet);
        let entry =
            if is_dotnet { arguments.as_deref().and_then(first_argument) } else { process_path.clone() };
        Some(Site {
            path: path.to_owned(),
            in_process: matches!(element.hosting_model(), HostingModel::InProcess),
            stdout: element.flag("stdoutLogEnabled").filter(|on| *on).and_then(|_| text("stdoutLogFile")),
            debug_log: debug_log(element),
            entry: entry.as_deref().filter(|e| !e.trim().is_empty() && !e.contains('%')).map(relative),
            process_path,
            arguments,
        })
    }

    /// What is started is a file, not a program that is found by the PATH.
    pub(crate) fn names_a_file(&self) -> bool {
        let path = self.process_path.as_deref().unwrap_or_default();
        is_dotnet(path) || path.contains(['/', '\\'])
    }

    /// The architecture of the process that the app runs in, as far as that of the worker process says it.
    pub(crate) fn process(&self, pool: Option<Arch>) -> Option<Arch> {
        if self.in_process {
            return pool;
        }
        // Out-of-process the module starts an executable, whatever its architecture, or the dotnet of the PATH, which
        // on 64-bit Windows is the 64-bit one unless the other was put first.
        let is_dotnet =
            self.process_path.as_deref().is_some_and(|path| is_dotnet(path) && !path.contains(['/', '\\']));
        pool.filter(|pool| is_dotnet && pool.is_64_bit())
    }
}

/// The process is the muxer.
fn is_dotnet(process_path: &str) -> bool {
    let name = process_path.rsplit(['/', '\\']).next().unwrap_or(process_path);
    name.eq_ignore_ascii_case("dotnet") || name.eq_ignore_ascii_case("dotnet.exe")
}

/// The file of the module's debug log, with the module's own name for a missing one (debugutil.cpp).
fn debug_log(element: &AspNetCore<'_>) -> Option<String> {
    let level = element.setting("debugLevel")?;
    let to_file = level.split(',').any(|part| part.to_ascii_lowercase().starts_with("file"));
    let file = element.setting("debugFile").filter(|file| !file.is_empty()).unwrap_or("aspnetcore-debug.log");
    to_file.then(|| file.to_owned())
}

/// The first argument, without its quotes.
pub(crate) fn first_argument(arguments: &str) -> Option<String> {
    let arguments = arguments.trim_start();
    let first = match arguments.strip_prefix('"') {
        Some(rest) => rest.split('"').next(),
        None => arguments.split_whitespace().next(),
    };
    let first = first.filter(|f| !f.is_empty())?;
    if first.eq_ignore_ascii_case("exec") {
        return first_argument(arguments.get(4..)?);
    }
    Some(first.to_owned())
}

pub(crate) fn relative(path: &str) -> String {
    path.replace('\\', "/").trim_start_matches("./").to_owned()
}

//! What is known of the server that the folder is meant for.

use std::fs;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use falconer_check::Target;
use falconer_dotnet::inventory::Inventory;
use falconer_dotnet::platform::Os;
use falconer_dotnet::support::Date;
use falconer_evidence::{Server, Tree};
use falconer_iis_config::HostConfig;
use falconer_settings::Settings;

use super::settings::beside;
use crate::cli::ServerArgs;
use crate::failure::Failure;
use crate::files::Folder;
use crate::progress::Watch;

/// The target and its server, by the arguments and, where they say nothing, by the settings.
pub(in crate::commands) fn of(args: &ServerArgs, settings: &Settings) -> Result<(Target, Server), Failure> {
    let host_config = match &args.apphost {
        Some(file) => Some((file.display().to_string(), fs::read(file).map_err(Failure::of_file(file))?)),
        None => None,
    };
    let inventory = inventory(args, settings)?;
    let target = Target {
        platform: args.target.or(settings.target).unwrap_or_default(),
        bitness: args.bitness.or(settings.bitness),
        today: args.today.or_else(today),
        host_os: Some(this_system()),
        runtimes: inventory.as_ref().map(|(_, text)| listed(text)),
        has_host_config: host_config.is_some(),
    };
    Ok((target, Server { host_config, inventory }))
}

/// The name of the folder on the server: that of the root of `--site`, or of the only application that there is; else
/// its `own`.
pub(in crate::commands) fn folder_name(
    args: &ServerArgs,
    server: &Server,
    own: String,
) -> Result<String, Failure> {
    let Some((name, bytes)) = &server.host_config else { return Ok(own) };
    let config = HostConfig::excerpt(&falconer_evidence::decode(bytes));
    let mut roots = Vec::new();
    for site in config.sites() {
        for application in &site.applications {
            let root = application.virtual_directories.iter().find(|directory| directory.path == "/");
            let path = format!("{}{}", site.name, application.path.trim_end_matches('/'));
            roots.extend(root.map(|root| (path, last_part(root.physical_path))));
        }
    }
    match (&args.site, roots.as_slice()) {
        (None, [(_, folder)]) => Ok(folder.clone()),
        (None, _) => Ok(own),
        (Some(site), _) => {
            let wanted = site.trim_end_matches('/');
            let found = roots.iter().find(|(path, _)| path.eq_ignore_ascii_case(wanted));
            found.map(|(_, folder)| folder.clone()).ok_or_else(|| {
                let known: Vec<&str> = roots.iter().map(|(path, _)| path.as_str()).collect();
                Failure::Usage(format!("{name}: has no application '{site}', but {}", known.join(", ")))
            })
        }
    }
}

fn last_part(path: &str) -> String {
    path.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next().unwrap_or_default().to_owned()
}

/// The installed runtimes, as `dotnet --list-runtimes` would tell them.
fn inventory(args: &ServerArgs, settings: &Settings) -> Result<Option<(String, String)>, Failure> {
    if let Some(file) = &args.inventory {
        return read(file).map(Some);
    }
    if let Some(folder) = &args.dotnet_root {
        return installed(folder).map(Some);
    }
    if !args.runtime.is_empty() {
        let lines = args.runtime.iter().map(|r| format!("{} {} [given]\n", r.name, r.version));
        return Ok(Some(("--runtime".to_owned(), lines.collect())));
    }
    if let Some(file) = &settings.inventory {
        return read(&beside(settings, file)).map(Some);
    }
    if let Some(folder) = &settings.dotnet_root {
        return installed(&beside(settings, folder)).map(Some);
    }
    let lines = settings.runtimes.iter().map(|r| format!("{} {} [given]\n", r.name, r.version));
    Ok((!settings.runtimes.is_empty()).then(|| (settings.file.clone(), lines.collect())))
}

fn read(file: &Path) -> Result<(String, String), Failure> {
    let bytes = fs::read(file).map_err(Failure::of_file(file))?;
    let name = file.display().to_string();
    let text = falconer_evidence::decode(&bytes).into_owned();
    match Inventory::parse(&text) {
        Some(inventory) if inventory.lists_runtimes => Ok((name, text)),
        _ => Err(Failure::Usage(format!(
            "{name}: lists no runtimes; give the output of `dotnet --list-runtimes` or `dotnet --info`"
        ))),
    }
}

fn installed(folder: &Path) -> Result<(String, String), Failure> {
    let listed = Folder::list(folder, Watch::default()).map_err(Failure::of_file(folder))?;
    let inventory = Inventory::of_root(listed.entries().iter().map(|entry| entry.path.as_str()));
    let name = folder.display().to_string();
    if inventory.runtimes.is_empty() {
        let text = format!("{name}: is no .NET root; it would hold shared/Microsoft.NETCore.App/VERSION");
        return Err(Failure::Usage(text));
    }
    let lines = inventory
        .runtimes
        .iter()
        .map(|runtime| format!("{} {} [{name}/shared/{}]\n", runtime.name, runtime.version, runtime.name));
    Ok((name.clone(), lines.collect()))
}

fn listed(text: &str) -> Vec<String> {
    let inventory = Inventory::parse(text).unwrap_or_default();
    inventory.runtimes.iter().map(|runtime| format!("{} {}", runtime.name, runtime.version)).collect()
}

/// The operating system that this runs on; where it is none of .NET's, the most common one.
const fn this_system() -> Os {
    if cfg!(windows) {
        Os::Windows
    } else if cfg!(target_os = "macos") {
        Os::MacOs
    } else {
        Os::Linux
    }
}

/// The day, in UTC.
fn today() -> Option<Date> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
    Date::of_unix_days(seconds / 86_400)
}

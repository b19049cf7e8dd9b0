//! What a folder does not show. A check that could not be made is not a check that passed.

use falconer_observation::{Channel, Evidence};
use falconer_report::check::model::NotChecked;
use falconer_settings::Target as Platform;

use crate::Target;

/// What could not be checked for the target, and what would make it possible.
pub fn not_checked(evidence: &Evidence, target: &Target) -> Vec<NotChecked> {
    let mut list = Vec::new();
    let mut add = |what: &str, why: &str, how: Option<&str>| {
        list.push(NotChecked { what: what.to_owned(), why: why.to_owned(), how: how.map(str::to_owned) });
    };
    let needs_runtime =
        evidence.observations.iter().any(|o| o.channel == Channel::Folder && o.text.contains("\"framework"));
    if target.runtimes.is_none() && needs_runtime {
        add(
            "installed runtimes",
            "nothing is known of those of the target",
            Some("--runtime NAME/VERSION, --dotnet-root DIR or --inventory FILE"),
        );
    }
    match target.platform {
        Platform::Falconer => {
            add("permissions", "nothing was run as the user of the host", None);
            return list;
        }
        Platform::Azure => {
            if target.bitness.is_none() {
                add("platform setting (32 or 64 bit)", "it is not given", Some("--bitness 32 or 64"));
            }
            add("app settings and extensions", "no access to the App Service", None);
        }
        Platform::Iis | Platform::IisExpress => {
            if target.bitness.is_none() && !target.has_host_config {
                add("bitness of the application pool", "it is not given", Some("--bitness 32 or 64"));
            }
            if !target.has_host_config {
                add(
                    "sites, pools, the module's registration",
                    "no applicationHost.config is given",
                    Some("--apphost FILE"),
                );
            }
        }
    }
    add("permissions", "no Windows target", None);
    list
}

//! The frameworks that an app asks for, against the runtimes that are installed.

use falconer_dotnet::inventory::{Form, Inventory};
use falconer_dotnet::resolution::{Env, Installed, Request, ResolveError, resolve};
use falconer_dotnet::runtimeconfig::RuntimeConfig;
use falconer_observation::{Channel, Evidence, Fact, Observation};

use super::{folder_of, of_channel, sighting};
use crate::sighting::Sighting;

/// The frameworks that a runtimeconfig.json asks for, against the runtimes that are installed.
pub(super) fn frameworks(evidence: &Evidence) -> Vec<Sighting> {
    let inventories: Vec<Inventory> = of_channel(evidence, Channel::Runtimes)
        .filter_map(|(_, o)| Inventory::parse(&o.text))
        .filter(|i| i.lists_runtimes && i.form != Form::Found && !i.runtimes.is_empty())
        .collect();
    let [inventory] = inventories.as_slice() else {
        // None, or several machines: nothing can be said for sure.
        return Vec::new();
    };
    let mut found = Vec::new();
    for (number, observation) in of_channel(evidence, Channel::Folder) {
        if !observation.text.contains("runtimeOptions") || is_helper(evidence, number) {
            continue;
        }
        let Ok(config) = RuntimeConfig::parse(observation.text.as_bytes()) else {
            continue;
        };
        let installed = Installed::of_inventory(inventory, inventory.arch);
        let Err(error) = resolve(&Request::of(&config), &installed, &environment(evidence, observation))
        else {
            continue;
        };
        found.push(unresolved(number, &config, *error));
    }
    found
}

/// The file is of an app that lies beside the web application, and that nobody hosts.
fn is_helper(evidence: &Evidence, number: usize) -> bool {
    let folder = |number: usize| folder_of(&evidence.observations.get(number)?.source.file);
    let is_main = |fact: &Fact| fact.fields.get("main").is_some_and(|main| main == "yes");
    let mut kinds = evidence.facts.iter().filter(|fact| fact.id == "folder.app-kind");
    kinds.clone().any(|fact| fact.observation == number && !is_main(fact))
        && kinds.any(|fact| is_main(fact) && folder(fact.observation) == folder(number))
}

/// Why hostfxr refuses the frameworks, at the reference that it is about.
fn unresolved(number: usize, config: &RuntimeConfig, error: ResolveError) -> Sighting {
    let place = |name: &str| {
        config.framework(name).map_or(0..0, |f| {
            let span = f.span();
            usize::try_from(span.start).unwrap_or(0)..usize::try_from(span.end).unwrap_or(0)
        })
    };
    let note = error.to_string();
    match error {
        ResolveError::Missing { asked, found, other_architectures, .. } => {
            let list: Vec<String> = found.iter().map(|v| v.version.to_string()).collect();
            let list = if list.is_empty() { "none".to_owned() } else { list.join(", ") };
            let id = match other_architectures.as_slice() {
                [] => "framework-not-installed",
                _ => "framework-other-architecture",
            };
            let note = format!("asked for here; installed: {list}");
            let span = place(&asked.name);
            let fields = [("framework", asked.name), ("version", asked.version), ("found", list)];
            sighting(id, number, span, note, fields)
        }
        ResolveError::Incompatible { lower, higher } => {
            let span = place(&lower.name);
            let fields = [
                ("framework", lower.name),
                ("version", lower.version),
                ("range", lower.range.to_string()),
                ("other", higher),
            ];
            sighting("framework-references-conflict", number, span, note, fields)
        }
        ResolveError::UnknownRollForward { value, .. } => {
            sighting("roll-forward-unknown", number, 0..0, note, [("value", value)])
        }
        ResolveError::InvalidFrameworkConfig { name, version, .. } => {
            let fields = [("framework", name), ("version", version.to_string())];
            sighting("framework-config-invalid", number, 0..0, note, fields)
        }
        ResolveError::Endless => sighting("framework-references-conflict", number, 0..0, note, []),
    }
}

/// What the web.config beside a file sets for the host's resolution.
fn environment(evidence: &Evidence, beside: &Observation) -> Env {
    let mut env = Env::default();
    let folder = folder_of(&beside.source.file);
    for fact in evidence.facts.iter().filter(|f| f.id == "web-config.environment-variable") {
        let file = evidence.observations.get(fact.observation).map(|o| folder_of(&o.source.file));
        if file == Some(folder.clone())
            && let (Some(name), Some(value)) = (fact.fields.get("name"), fact.fields.get("value"))
        {
            env.set(name, value);
        }
    }
    env
}

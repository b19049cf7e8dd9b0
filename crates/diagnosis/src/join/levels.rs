//! A web.config against the files above it.

use falconer_iis_config::{ConfigFact, Host, HostConfig, Level, WebConfig, inherited_findings};
use falconer_observation::{Channel, Evidence};

use super::{folder_of, of_channel, sighting};
use crate::sighting::{Sighting, SightingKind};

/// A web.config below another one: what it inherits and what is locked.
pub(super) fn inherited(evidence: &Evidence) -> Vec<Sighting> {
    let files: Vec<(usize, String, WebConfig)> = of_channel(evidence, Channel::WebConfig)
        .filter_map(|(number, o)| Some((number, folder_of(&o.source.file)?, WebConfig::excerpt(&o.text))))
        .filter(|(.., config)| config.is_complete())
        .collect();
    let host = of_channel(evidence, Channel::AppHostConfig).next().map(|(_, o)| HostConfig::excerpt(&o.text));
    let site = host.as_ref().and_then(|h| h.sites().first().map(|s| s.name.to_owned()));
    let above = match (&host, &site) {
        (Some(config), Some(site)) => Host::Given { config, site },
        _ => Host::Default,
    };
    let mut found = Vec::new();
    for (number, folder, config) in &files {
        let parent = files.iter().filter(|(n, f, _)| n != number && folder.starts_with(f.as_str()));
        let parent = parent.max_by_key(|(_, f, _)| f.len());
        let levels = match parent {
            Some((_, parent_folder, parent)) => {
                let path = folder[parent_folder.len()..].trim_matches('/');
                vec![Level::root(parent), Level::application(config, path)]
            }
            None if host.is_some() => vec![Level::root(config)],
            None => continue,
        };
        for (level, fact) in inherited_findings(&levels, above) {
            if level == levels.len() {
                found.extend(of_level(*number, fact, level, parent.is_some(), host.is_some()));
            }
        }
    }
    found
}

/// What a file does against the files above it. What it doubles within itself is a fact of the file alone.
fn of_level(
    number: usize,
    fact: ConfigFact,
    level: usize,
    has_parent: bool,
    has_host: bool,
) -> Option<Sighting> {
    let span = fact.span.start..fact.span.end;
    let within = fact.field("first_level").is_some_and(|first| first == level.to_string());
    let of_module = fact.message.contains("aspNetCore");
    let section = fact.field("section").unwrap_or_default().to_owned();
    match fact.id {
        _ if within => None,
        "duplicate-collection-entry" if of_module && has_parent => {
            Some(sighting("sub-application-handlers", number, span, fact.message, []))
        }
        "section-locked-above" if has_host => {
            Some(sighting("locked-section-used", number, span, fact.message, [("section", section)]))
        }
        // Without the server's own file it is a guess, which the facts of the file alone make, too; unless a file
        // between them says so.
        _ if !has_host && fact.field("by_level").is_none_or(|by| by == "0") => None,
        id => {
            let mut told = sighting("", number, span, fact.message, []);
            // Fields of facts are in kebab case, whatever a reader calls them.
            told.fields = fact.fields.into_iter().map(|(n, value)| (n.replace('_', "-"), value)).collect();
            told.kind = SightingKind::Fact(format!("web-config.{id}"));
            Some(told)
        }
    }
}

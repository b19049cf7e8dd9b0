//! web.config and applicationHost.config, whole or quoted.

use falconer_iis_config::{
    ConfigFact, HostConfig, Surroundings, WebConfig, encoding_finding, findings, host_findings,
};
use falconer_observation::{Channel, Fact, Source};

use crate::collect::{Collection, field_name};

/// Whether a text may hold configuration: the cheap look before the parser's.
pub(crate) fn may_hold_config(text: &str) -> bool {
    const MARKS: [&str; 12] = [
        "<aspNetCore",
        "<configuration",
        "<system.webServer",
        "<handlers",
        "<environmentVariable",
        "<location",
        "<httpPlatform",
        "<system.applicationHost",
        "<applicationPools",
        "<requestLimits",
        "<security",
        "&lt;aspNetCore",
    ];
    MARKS.iter().any(|mark| text.contains(mark))
}

/// Whether a text is, or quotes, an applicationHost.config. Declarations of sections alone do not tell: a web.config
/// may declare its own, the server those of IIS.
pub(crate) fn is_host_config(text: &str) -> bool {
    let has_any = |marks: &[&str]| marks.iter().any(|mark| text.contains(mark));
    has_any(&["<system.applicationHost", "<applicationPools", "<globalModules"])
        || has_any(&["<configSections"]) && has_any(&["\"system.applicationHost\"", "\"system.webServer\""])
}

/// Reads a configuration file, or what is quoted of one.
pub(crate) fn read(collection: &mut Collection, name: &str, bytes: &[u8], text: &str) {
    read_as(collection, name, bytes, text, WebConfig::excerpt);
}

/// Reads a configuration file of a folder, which is one even where it does not look like one.
pub(crate) fn read_whole(collection: &mut Collection, name: &str, bytes: &[u8], text: &str) {
    read_as(collection, name, bytes, text, WebConfig::parse);
}

fn read_as(collection: &mut Collection, name: &str, bytes: &[u8], text: &str, parse: fn(&str) -> WebConfig) {
    let host = is_host_config(text);
    let channel = if host { Channel::AppHostConfig } else { Channel::WebConfig };
    collection.input(name, channel.title(), text.len() as u64);
    if let Some(number) = collection.text(channel, Source::file(name).at_line(1), text) {
        if let Some(fact) = encoding_finding(bytes) {
            collection.fact(convert(if host { "apphost" } else { "web-config" }, number, fact));
        }
        match host {
            true => facts(collection, number, text, host),
            false => web_facts(collection, number, &parse(text)),
        }
    }
}

/// Adds what is to be said about configuration quoted in a text that is an observation already.
pub(crate) fn facts(collection: &mut Collection, number: usize, text: &str, host: bool) {
    if host {
        let config = HostConfig::excerpt(text);
        for fact in host_findings(&config) {
            collection.fact(convert("apphost", number, fact));
        }
        return;
    }
    web_facts(collection, number, &WebConfig::excerpt(text));
}

fn web_facts(collection: &mut Collection, number: usize, config: &WebConfig) {
    for fact in findings(config, Surroundings::default()) {
        collection.fact(convert("web-config", number, fact));
    }
}

fn convert(family: &str, number: usize, fact: ConfigFact) -> Fact {
    Fact {
        id: format!("{family}.{}", fact.id),
        fields: fact.fields.into_iter().map(|(name, value)| (field_name(name), value)).collect(),
        observation: number,
        span: Some(fact.span.start..fact.span.end),
        note: fact.message,
    }
}

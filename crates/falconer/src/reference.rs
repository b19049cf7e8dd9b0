//! Codes, messages, scenarios and channels as entries.

use std::collections::BTreeMap;

use falconer_catalog::{Catalog, Scenario};
use falconer_dotnet::codes::{CODES, Code, Family};
use falconer_messages::{Level, Message};
use falconer_observation::Channel;
use falconer_report::reference::{ChannelEntry, CodeEntry, MessageEntry, ScenarioEntry, Wording};

use crate::commands::Knowledge;
use crate::search::{self, Sought};

/// All codes.
pub(crate) fn codes(known: &Knowledge) -> Vec<CodeEntry> {
    CODES.iter().filter(|code| code.name != "unused").map(|entry| code(entry, &known.catalog)).collect()
}

/// All messages.
pub(crate) fn messages(known: &Knowledge) -> Vec<MessageEntry> {
    known.messages.iter().map(|entry| message(entry, &known.catalog)).collect()
}

/// All scenarios.
pub(crate) fn scenarios(known: &Knowledge) -> Vec<ScenarioEntry> {
    Scenario::ALL.iter().map(|entry| scenario(*entry, &known.catalog)).collect()
}

/// All channels.
pub(crate) fn channels(known: &Knowledge) -> Vec<ChannelEntry> {
    Channel::ALL
        .into_iter()
        .map(|channel| {
            let source = known.catalog.evidence.iter().find(|source| source.channel == channel);
            ChannelEntry {
                name: channel.name().to_owned(),
                title: channel.title().to_owned(),
                why: source.map(|source| source.why.clone()).unwrap_or_default(),
                iis: source.and_then(|source| source.iis.clone()),
                azure: source.and_then(|source| source.azure.clone()),
            }
        })
        .collect()
}

pub(crate) fn code(code: &Code, catalog: &Catalog) -> CodeEntry {
    let (name, also_written) = match code.family {
        Family::Signal => (code.value.to_string(), Vec::new()),
        Family::Host | Family::HResult | Family::NtStatus => {
            let mut notations = vec![code.value.to_string()];
            if code.signed() < 0 {
                notations.insert(0, code.signed().to_string());
            }
            if code.family == Family::Host && code.value > 0xff {
                notations.push(format!("exit status {}", code.low_byte()));
            }
            (hex(code.value), notations)
        }
    };
    CodeEntry {
        failures: match code.family {
            Family::Signal => Vec::new(),
            _ => search::failures(catalog, &Sought::code(&name)).into_iter().map(|f| f.id.clone()).collect(),
        },
        code: name,
        name: code.name.to_owned(),
        formerly: (!code.formerly.is_empty()).then(|| code.formerly.to_owned()),
        family: match code.family {
            Family::Host => "status of the .NET host",
            Family::HResult => "HRESULT",
            Family::NtStatus => "NTSTATUS",
            Family::Signal => "exit status of a signal",
        }
        .to_owned(),
        meaning: code.meaning.to_owned(),
        also_written,
    }
}

/// As the catalogue writes codes.
pub(crate) fn hex(value: u32) -> String {
    format!("{value:#010x}")
}

pub(crate) fn message(message: &Message, catalog: &Catalog) -> MessageEntry {
    let Message { id, meaning, provider, event, level, eras, source } = message;
    let wordings = eras.iter().map(|era| {
        let fields = era.template.fields();
        let values: BTreeMap<_, _> = fields.map(|f| (f.name.clone(), format!("<{}>", f.name))).collect();
        // Every field has a value.
        let text = era.template.render(&values).unwrap_or_else(|_| era.template.source().to_owned());
        Wording { versions: era.versions.clone(), text }
    });
    MessageEntry {
        id: id.clone(),
        meaning: meaning.clone(),
        provider: provider.as_deref().map(provider_name),
        event: *event,
        level: level.map(|level| {
            match level {
                Level::Error => "error",
                Level::Warning => "warning",
                Level::Information => "information",
            }
            .to_owned()
        }),
        wordings: wordings.collect(),
        source: source.clone(),
        failures: search::failures(catalog, &Sought::message(id)).into_iter().map(|f| f.id.clone()).collect(),
    }
}

/// The module writes under several names; the messages call it by one.
fn provider_name(provider: &str) -> String {
    match provider {
        "ancm" => "IIS AspNetCore Module V2".to_owned(),
        other => other.to_owned(),
    }
}

pub(crate) fn scenario(scenario: Scenario, catalog: &Catalog) -> ScenarioEntry {
    let failures = catalog.failures().iter().filter(|failure| failure.scenario == scenario);
    ScenarioEntry {
        id: scenario.name().to_owned(),
        title: scenario.title().to_owned(),
        failures: failures.map(|failure| failure.id.clone()).collect(),
    }
}

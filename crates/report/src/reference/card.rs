//! The one form in which text and Markdown show entries of every kind.

use super::{ChannelEntry, CodeEntry, MessageEntry, ScenarioEntry, Wording};

/// An entry, ready to be laid out.
#[derive(Debug, Clone, Default)]
pub(super) struct Card {
    /// What it is called by.
    pub(super) name: String,
    /// A second name, shown beside it.
    pub(super) alias: String,
    /// What it means, in a sentence.
    pub(super) meaning: String,
    /// Short facts: kind, event id, other notations.
    pub(super) facts: Vec<String>,
    /// Texts, each with what it is valid for.
    pub(super) wordings: Vec<Wording>,
    /// Commands by platform.
    pub(super) commands: Vec<(&'static str, String)>,
    /// Ids of failures.
    pub(super) failures: Vec<String>,
}

impl From<&CodeEntry> for Card {
    fn from(entry: &CodeEntry) -> Self {
        let CodeEntry { code, name, formerly, family, meaning, also_written, failures } = entry;
        let mut facts = vec![family.clone()];
        facts.extend(formerly.iter().map(|name| format!("formerly {name}")));
        if !also_written.is_empty() {
            facts.push(format!("also written {}", also_written.join(", ")));
        }
        Card {
            name: code.clone(),
            alias: name.clone(),
            meaning: meaning.clone(),
            facts,
            failures: failures.clone(),
            ..Card::default()
        }
    }
}

impl From<&MessageEntry> for Card {
    fn from(entry: &MessageEntry) -> Self {
        let MessageEntry { id, meaning, provider, event, level, wordings, source, failures } = entry;
        let mut facts = Vec::new();
        facts.extend(provider.clone());
        facts.extend(level.clone());
        facts.push(format!("known from {source}"));
        Card {
            name: id.clone(),
            alias: event.map(|event| format!("event {event}")).unwrap_or_default(),
            meaning: meaning.clone(),
            facts,
            wordings: wordings.clone(),
            failures: failures.clone(),
            ..Card::default()
        }
    }
}

impl From<&ScenarioEntry> for Card {
    fn from(entry: &ScenarioEntry) -> Self {
        let ScenarioEntry { id, title, failures } = entry;
        Card { name: id.clone(), meaning: title.clone(), failures: failures.clone(), ..Card::default() }
    }
}

impl From<&ChannelEntry> for Card {
    fn from(entry: &ChannelEntry) -> Self {
        let ChannelEntry { name, title, why, iis, azure } = entry;
        let commands = [("iis", iis), ("azure", azure)];
        Card {
            name: name.clone(),
            alias: title.clone(),
            meaning: why.clone(),
            commands: commands.into_iter().filter_map(|(p, c)| Some((p, c.clone()?))).collect(),
            ..Card::default()
        }
    }
}

//! What the catalogue's pages speak of: codes, messages, scenarios, channels; and what `falconer explain` found.
//! Plain data, like [`page`](crate::page).

mod card;
mod markdown;
mod text;

use serde::Serialize;

use crate::options::Options;
use crate::page::{FORMAT_VERSION, FailurePage, PageFormat};
use crate::render::json::to_json;
use card::Card;

/// A number that stands for a failure.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CodeEntry {
    /// `0x80008096`; an exit status of a signal in decimal.
    pub code: String,
    /// Its name in the source that defines it.
    pub name: String,
    /// An older name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub formerly: Option<String>,
    /// What kind of number it is, in words.
    pub family: String,
    /// What it means for an app that does not start.
    pub meaning: String,
    /// The other ways in which logs write it.
    pub also_written: Vec<String>,
    /// Ids of the failures that it points to, best first.
    pub failures: Vec<String>,
}

/// A message of the module, of a host, of Windows or of IIS.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct MessageEntry {
    /// `family.name`.
    pub id: String,
    /// What it means, in a sentence.
    pub meaning: String,
    /// The provider of the Windows event, when it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// The event's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<u32>,
    /// The level that it is written with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// The wordings, newest first; values are written as `<name>`.
    pub wordings: Vec<Wording>,
    /// Where the wording is known from.
    pub source: String,
    /// Ids of the failures that it points to, best first.
    pub failures: Vec<String>,
}

/// A wording of a message.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Wording {
    /// The versions that use it, in words.
    pub versions: String,
    /// The text.
    pub text: String,
}

/// A scenario and its failures.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ScenarioEntry {
    /// Its name.
    pub id: String,
    /// Its name for people.
    pub title: String,
    /// Ids of its failures.
    pub failures: Vec<String>,
}

/// A channel and how to get its evidence.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ChannelEntry {
    /// Its name.
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// What it tells; empty when the catalogue does not say.
    pub why: String,
    /// How to get it on IIS: commands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub iis: Option<String>,
    /// How to get it on Azure App Service: commands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub azure: Option<String>,
}

/// What was found for a word, a number or a text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// What was asked for.
    pub query: String,
    /// Codes of that number.
    pub codes: Vec<CodeEntry>,
    /// Messages of that id, event or wording, best first.
    pub messages: Vec<MessageEntry>,
    /// Scenarios of that name.
    pub scenarios: Vec<ScenarioEntry>,
    /// Failures that it names or points to, best first.
    pub failures: Vec<FailurePage>,
}

impl Explanation {
    /// Nothing was found.
    pub fn is_empty(&self) -> bool {
        let Explanation { query: _, codes, messages, scenarios, failures } = self;
        codes.is_empty() && messages.is_empty() && scenarios.is_empty() && failures.is_empty()
    }
}

/// A list of entries of one kind.
#[derive(Debug, Clone, Copy)]
pub enum Entries<'a> {
    /// Codes.
    Codes(&'a [CodeEntry]),
    /// Messages.
    Messages(&'a [MessageEntry]),
    /// Scenarios.
    Scenarios(&'a [ScenarioEntry]),
    /// Channels.
    Channels(&'a [ChannelEntry]),
}

impl Entries<'_> {
    fn cards(&self) -> Vec<Card> {
        match self {
            Entries::Codes(all) => all.iter().map(Card::from).collect(),
            Entries::Messages(all) => all.iter().map(Card::from).collect(),
            Entries::Scenarios(all) => all.iter().map(Card::from).collect(),
            Entries::Channels(all) => all.iter().map(Card::from).collect(),
        }
    }
}

/// A list: in text one line for each entry, or all of it with [`Options::verbose`]; in Markdown and JSON all of it.
pub fn render_entries(entries: Entries<'_>, format: PageFormat, options: &Options) -> String {
    match format {
        PageFormat::Text => text::entries(&entries.cards(), options),
        PageFormat::Markdown => markdown::entries(&entries.cards()),
        PageFormat::Json => match entries {
            Entries::Codes(codes) => versioned("codes", codes),
            Entries::Messages(messages) => versioned("messages", messages),
            Entries::Scenarios(scenarios) => versioned("scenarios", scenarios),
            Entries::Channels(channels) => versioned("channels", channels),
        },
    }
}

/// What was found. A single failure is shown in full, several in a line each unless [`Options::verbose`] is set.
pub fn render_explanation(explanation: &Explanation, format: PageFormat, options: &Options) -> String {
    match format {
        PageFormat::Text => text::explanation(explanation, options),
        PageFormat::Markdown => markdown::explanation(explanation, options.verbose),
        PageFormat::Json => {
            #[derive(Serialize)]
            struct Versioned<'a> {
                format_version: u32,
                #[serde(flatten)]
                explanation: &'a Explanation,
            }
            to_json(&Versioned { format_version: FORMAT_VERSION, explanation })
        }
    }
}

fn versioned(name: &str, entries: &[impl Serialize]) -> String {
    let entries = entries.iter().map(serde_json::to_value).collect::<Result<Vec<_>, _>>();
    // Entries are strings, numbers and lists of them: there is nothing in them that JSON could not hold.
    debug_assert!(entries.is_ok(), "{entries:?}");
    to_json(&serde_json::json!({ "format_version": FORMAT_VERSION, name: entries.unwrap_or_default() }))
}

impl Explanation {
    /// The cards of all that is no failure. What codes and scenarios point to is in the list of failures.
    fn cards(&self) -> Vec<Card> {
        let codes = self.codes.iter().map(Card::from);
        let without = |card| Card { failures: Vec::new(), ..card };
        let named = codes.chain(self.scenarios.iter().map(Card::from)).map(without);
        named.chain(self.messages.iter().map(Card::from)).collect()
    }

    /// Whether the failures are shown in full.
    fn in_full(&self, verbose: bool) -> bool {
        verbose || self.failures.len() == 1
    }
}

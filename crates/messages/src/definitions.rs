//! The messages as data.

use std::collections::BTreeMap;

use serde::Deserialize;
use thiserror::Error;

use crate::{Template, TemplateError};

/// All messages, by id.
#[derive(Debug, Clone)]
pub struct Definitions {
    messages: Vec<Message>,
    by_id: BTreeMap<String, usize>,
}

/// One message.
#[derive(Debug, Clone)]
pub struct Message {
    /// `family.name`, both in kebab case: `ancm.start-application-failed`.
    pub id: String,
    /// What it means, in a sentence.
    pub meaning: String,
    /// The Windows event's provider, when it is one.
    pub provider: Option<String>,
    /// The event's id.
    pub event: Option<u32>,
    /// The level it is written with.
    pub level: Option<Level>,
    /// The wordings, newest first: the first is the one that Falconer's host writes.
    pub eras: Vec<Era>,
    /// Where the wording is known from.
    pub source: String,
}

/// A wording of a message.
#[derive(Debug, Clone)]
pub struct Era {
    /// The versions that use it, in words (`3.0+`, `2.2`, `abridged`).
    pub versions: String,
    /// The wording.
    pub template: Template,
}

/// The level that an event is written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Error.
    Error,
    /// Warning.
    Warning,
    /// Information.
    Information,
}

/// What is wrong with the data.
#[derive(Debug, Error)]
pub enum DefinitionError {
    /// Not valid JSON, or not of the schema.
    #[error("the definitions of messages: {0}")]
    Json(#[from] serde_json::Error),
    /// A template is not valid.
    #[error("message '{id}': {error} in \"{text}\"")]
    Template {
        /// The message.
        id: String,
        /// The template.
        text: String,
        /// What is wrong.
        error: TemplateError,
    },
    /// Two messages of one id.
    #[error("message '{id}' is defined twice")]
    Twice {
        /// The id.
        id: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MessageData {
    id: String,
    meaning: String,
    provider: Option<String>,
    event: Option<u32>,
    level: Option<Level>,
    source: String,
    text: Vec<[String; 2]>,
}

/// The files of `data/`, as the build script made them JSON.
const EMBEDDED: &str = include_str!(concat!(env!("OUT_DIR"), "/messages.json"));

impl Definitions {
    /// The messages that Falconer knows.
    ///
    /// # Errors
    /// Never with the embedded data; a test holds that.
    pub fn embedded() -> Result<Self, DefinitionError> {
        Self::parse(EMBEDDED)
    }

    /// Reads definitions from a JSON list of messages.
    ///
    /// # Errors
    /// Names the message and what to mend.
    pub fn parse(json: &str) -> Result<Self, DefinitionError> {
        let mut all = Definitions { messages: Vec::new(), by_id: BTreeMap::new() };
        for data in serde_json::from_str::<Vec<MessageData>>(json)? {
            let id = data.id.clone();
            if all.by_id.insert(id.clone(), all.messages.len()).is_some() {
                return Err(DefinitionError::Twice { id });
            }
            all.messages.push(read_message(data)?);
        }
        Ok(all)
    }

    /// All messages, in the order of the files.
    pub fn iter(&self) -> impl Iterator<Item = &Message> {
        self.messages.iter()
    }

    /// The message of that id.
    pub fn get(&self, id: &str) -> Option<&Message> {
        self.by_id.get(id).and_then(|&i| self.messages.get(i))
    }
}

fn read_message(data: MessageData) -> Result<Message, DefinitionError> {
    let mut eras = Vec::new();
    for [versions, text] in data.text {
        let template = Template::parse(&text).map_err(|error| DefinitionError::Template {
            id: data.id.clone(),
            text,
            error,
        })?;
        eras.push(Era { versions, template });
    }
    Ok(Message {
        id: data.id,
        meaning: data.meaning,
        provider: data.provider,
        event: data.event,
        level: data.level,
        eras,
        source: data.source,
    })
}

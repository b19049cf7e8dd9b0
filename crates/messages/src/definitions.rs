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
    /// Not valid TOML, or not of the schema.
    #[error("{file}: {error}")]
    Toml {
        /// The file.
        file: String,
        /// The parser's message, with line and column.
        error: Box<toml::de::Error>,
    },
    /// A template is not valid.
    #[error("{file}: message '{id}': {error} in \"{text}\"")]
    Template {
        /// The file.
        file: String,
        /// The message.
        id: String,
        /// The template.
        text: String,
        /// What is wrong.
        error: TemplateError,
    },
    /// Two messages of one id.
    #[error("{file}: message '{id}' is defined twice")]
    Twice {
        /// The file of the second.
        file: String,
        /// The id.
        id: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileData {
    message: Vec<MessageData>,
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

/// The files of this crate, embedded.
const FILES: [(&str, &str); 5] = [
    ("ancm-events.toml", include_str!("../data/ancm-events.toml")),
    ("ancm-pages.toml", include_str!("../data/ancm-pages.toml")),
    ("hosts.toml", include_str!("../data/hosts.toml")),
    ("runtime.toml", include_str!("../data/runtime.toml")),
    ("iis.toml", include_str!("../data/iis.toml")),
];

impl Definitions {
    /// The messages that Falconer knows.
    ///
    /// # Errors
    /// Never with the embedded files; a test holds that.
    pub fn embedded() -> Result<Self, DefinitionError> {
        Self::parse(&FILES)
    }

    /// Reads definitions from `(file name, TOML text)` pairs.
    ///
    /// # Errors
    /// Names the file, the message and what to mend.
    pub fn parse(files: &[(&str, &str)]) -> Result<Self, DefinitionError> {
        let mut all = Definitions { messages: Vec::new(), by_id: BTreeMap::new() };
        for (file, text) in files {
            let data: FileData = toml::from_str(text).map_err(|error| DefinitionError::Toml {
                file: (*file).to_owned(),
                error: Box::new(error),
            })?;
            for message in data.message {
                let id = message.id.clone();
                let message = read_message(file, message)?;
                if all.by_id.insert(id.clone(), all.messages.len()).is_some() {
                    return Err(DefinitionError::Twice { file: (*file).to_owned(), id });
                }
                all.messages.push(message);
            }
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

fn read_message(file: &str, data: MessageData) -> Result<Message, DefinitionError> {
    let mut eras = Vec::new();
    for [versions, text] in data.text {
        let template = Template::parse(&text).map_err(|error| DefinitionError::Template {
            file: file.to_owned(),
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

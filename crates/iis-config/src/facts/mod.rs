//! What can be said about a configuration file: each condition once, for diagnoses and for checks.

mod app_host;
mod asp_net_core;
mod definitions;
mod environment;
mod handler_form;
mod handler_settings;
mod handlers;
mod inherited;
mod limits;
mod locations;
mod process;
mod quoting;
mod request_limits;
mod secrets;
mod sections;
mod special_variables;
mod stdout;
mod xml_facts;

pub use app_host::host_findings;
pub use definitions::{CONFIG_FACTS, FactDefinition, FactKind, fact_definition};
pub use inherited::{JUDGED_BY_LEVELS, inherited_findings};
pub use xml_facts::encoding_finding;

use crate::{Position, Span, WebConfig};

/// Something found in a configuration file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigFact {
    /// Which fact; see [`fact_definition`].
    pub id: &'static str,
    /// What it is worth by itself.
    pub kind: FactKind,
    /// The spot.
    pub span: Span,
    /// Where the spot begins.
    pub at: Position,
    /// Values, by name.
    pub fields: Vec<(&'static str, String)>,
    /// What was found, in a sentence with its values.
    pub message: String,
    /// It was found in a quotation, not in a whole file.
    pub fragment: bool,
}

impl ConfigFact {
    /// The value of a field.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| *field == name).map(|(_, value)| value.as_str())
    }
}

/// What is known of where the file stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Surroundings {
    /// It belongs to an application below another one that runs by the ASP.NET Core Module.
    pub sub_application: bool,
}

/// Everything found in a web.config, in the order of the file; at most [`MAX_FACTS`].
pub fn findings(config: &WebConfig, surroundings: Surroundings) -> Vec<ConfigFact> {
    let mut sink = Sink { config, fragment: config.form() == crate::Form::Excerpt, facts: Vec::new() };
    xml_facts::find(&mut sink);
    for element in config.asp_net_core() {
        if sink.is_full() {
            break;
        }
        asp_net_core::find(&mut sink, &element);
        process::find(&mut sink, &element);
        environment::find(&mut sink, &element);
        handler_settings::find(&mut sink, &element);
    }
    asp_net_core::find_two(&mut sink);
    handlers::find(&mut sink, surroundings);
    handler_form::find(&mut sink);
    sections::find(&mut sink);
    request_limits::find(&mut sink);
    locations::find(&mut sink);
    secrets::find(&mut sink);
    sink.facts.sort_by_key(|fact| fact.span.start);
    sink.facts
}

/// Most facts per file; a file with more is hostile or generated.
pub const MAX_FACTS: usize = 1_000;

struct Sink<'a> {
    config: &'a WebConfig,
    fragment: bool,
    facts: Vec<ConfigFact>,
}

type Fields<'a> = &'a [(&'static str, &'a str)];

impl Sink<'_> {
    fn add(&mut self, fact: &'static FactDefinition, span: Span, fields: Fields<'_>, message: String) {
        if self.is_full() {
            return;
        }
        self.facts.push(ConfigFact {
            id: fact.id,
            kind: fact.kind,
            span,
            at: self.config.position(span.start),
            fields: fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect(),
            message,
            fragment: self.fragment,
        });
    }

    /// Nothing more is taken; searching on would be in vain.
    fn is_full(&self) -> bool {
        self.facts.len() >= MAX_FACTS
    }

    fn line(&self, span: Span) -> u32 {
        self.config.position(span.start).line
    }
}

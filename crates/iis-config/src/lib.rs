//! web.config and applicationHost.config: lossless XML with positions, and what IIS and the module read from it.
//!
//! [`WebConfig`] and [`HostConfig`] read files and pieces of files; [`findings`] and [`host_findings`] say what is
//! to be said about them; [`effective()`] adds up the files above an application, and [`inherited_findings`] says what
//! IIS refuses of them; [`schema`] is what IIS and the
//! module accept, as data; [`Edit`] changes a text and leaves all else as it is.
//!
//! Texts come decoded. Facts marked `[K]` in comments are known from experience and not from a source.

mod edit;
mod effective;
mod encoding;
mod facts;
mod host;
mod model;
pub mod schema;
mod suggest;
mod text;
pub mod xml;

pub use edit::{Edit, EditError, apply};
pub use effective::{ConfigError, ConfigErrorKind, Effective, EffectiveValue, Entry, Host, Level, effective};
pub use encoding::declared_encoding;
pub use facts::{
    CONFIG_FACTS, ConfigFact, FactDefinition, FactKind, JUDGED_BY_LEVELS, MAX_FACTS, Surroundings,
    encoding_finding, fact_definition, findings, host_findings, inherited_findings,
};
pub use host::{
    Application, Binding, GlobalModule, HostConfig, Identity, Pool, RapidFail, SectionDeclaration, Site,
    VirtualDirectory,
};
pub use model::{
    Action, AspNetCore, Form, HostingModel, Item, Location, NameValue, OverrideMode, Scope, SectionUse,
    WebConfig,
};
pub use text::{Lines, Position, Span};

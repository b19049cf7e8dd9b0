//! Every message of the module, of the .NET hosts, of WAS, W3SVC and IIS's pages, defined once.
//!
//! A message is data (`data/*.toml`): an id, the Windows event it is, and its [`Template`] per era. The same
//! template is used in both directions: [`Recogniser`] finds it in text and takes the fields out, tolerant of
//! line wraps, flattened line breaks, HTML escapes and truncation; [`Template::render`] writes it.

mod definitions;
mod recognise;
mod squeeze;
mod starts;
mod template;

pub use definitions::{DefinitionError, Definitions, Era, Level, Message};
pub use recognise::{Match, Recogniser};
pub use squeeze::Squeezed;
pub use starts::Starts;
pub use template::{Field, FieldKind, RenderError, Template, TemplateError};

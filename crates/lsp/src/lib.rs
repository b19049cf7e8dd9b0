//! The checks of configuration files while they are edited, over the Language Server Protocol.
//!
//! A [`LanguageServer`] takes messages of the client and gives messages for it; it reads and writes nothing. What lies
//! on disk beside a document it asks of [`Surroundings`]. Findings, repairs and suppressions are those of
//! `falconer check`, by the same code; the editor's text stands in for the file.
//!
//! ```text
//! loop {
//!     server.receive(message);        // each message that is waiting
//!     while server.step() { … }       // one at a time, so that later messages can cancel earlier ones
//!     write(server.outgoing());
//!     if let Some(ending) = server.ended() { break }
//! }
//! ```

mod actions;
mod analysis;
mod beside;
mod client;
mod completion;
mod diagnostics;
mod document;
mod hover;
mod lines;
mod prose;
mod schema;
mod server;
mod uri;

pub use beside::{Beside, PublishedFolder, Surroundings};
pub use server::{Ending, LanguageServer};

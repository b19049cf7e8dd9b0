//! Readers of what HTTP shows and of the logs around it that are not Windows events: error pages, the output
//! of HTTP clients, HAR files, IIS and HTTP.sys logs, failed request traces, and the module's debug log.
//!
//! Each reader is a function from text or from a stream to plain structs that say where they were found
//! ([`Place`]). None of them judges: which failure a status or a line points to is decided elsewhere.
//!
//! Input is hostile. Readers of streams keep a bounded amount in memory, whatever the length of the input or
//! of its lines; readers of text take time linear in it. A damaged input gives what could be read.

pub mod debug_log;
mod extended_log;
pub mod freb;
pub mod har;
pub mod html;
pub mod http_text;
pub mod httperr;
pub mod iis_page;
mod lines;
mod place;
pub mod status_line;
pub mod stdout_name;
pub mod w3c;

pub use lines::Stopped;
pub use place::Place;

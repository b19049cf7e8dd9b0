//! Windows events in every text form: XML, CSV, lists, tables, text copied from Event Viewer.
//!
//! [`read`] walks a text once. Where an event of some [`Form`] starts, that form's reader takes over and hands
//! back where it ends; everything else is returned as [`Reading::rest`], for the caller to treat as plain text.
//! So a support paste in which an event copied from Event Viewer stands above a stdout log is read whole.
//!
//! A message that stands bare, without anything around it that names provider, id or level, is not an event
//! here: it stays in the rest.
//!
//! Input is hostile. Work grows linearly with the text (readers look ahead by bounded amounts, or remember how
//! far they looked in vain), memory is bounded by the text and by the constants in [`limits`].

mod csv;
mod details;
mod draft;
mod frame;
mod general;
mod json;
mod labels;
mod lines;
mod list;
mod loose;
mod properties;
mod providers;
mod quote;
mod reading;
mod scan;
mod sheet;
mod start;
mod table;
mod time;
mod words;
mod xml;
mod xml_event;
mod xml_marks;

pub use reading::{Damage, Form, Located, Problem, Reading, limits};

/// Reads every Windows event in `text`, whatever forms it stands in, in the order of the text.
pub fn read(text: &str) -> Reading {
    scan::Scan::run(text, limits::EVENTS).into_reading()
}

/// The form of the first Windows event in `text`; `None` when there is none.
///
/// The same as [`read`]`(text).form`, without reading on after the first event.
pub fn detect(text: &str) -> Option<Form> {
    scan::Scan::run(text, 1).first_form()
}

//! The answer and its renderers, one per format. Rendering is pure: no input or output, no environment, no terminal is
//! looked at; [`Options`] tell what the reader's device can show.
//!
//! Text from evidence is made harmless in every format: see `clean.rs`.

pub mod check;
mod clean;
mod diff;
mod excerpt;
mod html;
mod markdown;
pub mod model;
mod options;
pub mod page;
mod prose;
pub mod reference;
mod render;
mod terminal;
mod texts;
mod wording;

pub use options::{Format, Options, UnknownFormat};

/// The answer as text in `format`, ending with a line end.
pub fn render(report: &model::Report, format: Format, options: &Options) -> String {
    match format {
        Format::Full => render::full::render(report, options),
        Format::Concise => render::concise::render(report, options),
        Format::Json => render::json::render(report),
        Format::Markdown => render::markdown::render(report, options),
        Format::Html => render::html::render(report, options),
    }
}

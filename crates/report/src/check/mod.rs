//! The answer of `falconer check` and its renderers, one per format. As in a diagnosis, text that comes from the checked
//! folder is made harmless in every format.

mod format;
pub mod model;
pub mod page;
mod render;
mod texts;
mod wording;

pub use format::{CheckFormat, UnknownCheckFormat};

use crate::options::Options;
use model::CheckReport;

/// The answer as text in `format`, ending with a line end.
pub fn render(report: &CheckReport, format: CheckFormat, options: &Options) -> String {
    match format {
        CheckFormat::Full => render::full::render(report, options),
        CheckFormat::Concise => render::concise::render(report, options),
        CheckFormat::Json => render::json::render(report),
        CheckFormat::Sarif => render::sarif::render(report),
        CheckFormat::Github => render::github::render(report),
        CheckFormat::Azure => render::azure::render(report),
        CheckFormat::Gitlab => render::gitlab::render(report),
        CheckFormat::Junit => render::junit::render(report),
        CheckFormat::Markdown => render::markdown::render(report, options),
        CheckFormat::Html => render::html::render(report),
    }
}

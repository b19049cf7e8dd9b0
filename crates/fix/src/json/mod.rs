//! The repairs of JSON files.

pub(crate) mod appsettings;
pub(crate) mod runtimeconfig;
mod syntax;
mod tokens;

use falconer_iis_config::Edit;

use crate::{Change, Fix};

fn edits(safe: bool, text: String, edits: Vec<Edit>) -> Fix {
    Fix { safe, text, change: Change::Edits(edits), relies_on: Vec::new(), claims: Vec::new() }
}

//! What can be written at a place.

mod context;
mod items;

use gen_lsp_types::CompletionItem;

use crate::client::Client;
use crate::document::{Document, Kind};

/// What can be written at a place of a configuration file.
pub(crate) fn complete(document: &Document, at: usize, client: Client) -> Vec<CompletionItem> {
    if document.kind != Kind::Configuration || document.is_too_large() {
        return Vec::new();
    }
    let place = context::place(document.text(), at);
    place.map(|place| items::items(document, &place, client)).unwrap_or_default()
}

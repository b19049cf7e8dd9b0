//! A file of a rule pack is taken, or refused with the reason.
#![no_main]

use std::sync::LazyLock;

use falconer_catalog::{Catalog, Part};
use falconer_messages::Definitions;
use libfuzzer_sys::fuzz_target;

static MESSAGES: LazyLock<Definitions> =
    LazyLock::new(|| Definitions::embedded().expect("a test holds that the shipped messages are sound"));

fuzz_target!(|text: &str| {
    if let Err(error) = Catalog::with_packs(&MESSAGES, &[("pack.toml", text)], Part::All) {
        assert!(!error.to_string().is_empty());
    }
});

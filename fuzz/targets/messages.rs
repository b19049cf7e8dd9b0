//! Any template that parses, and those that ship, stand any text.
//!
//! The first line holds the template.
#![no_main]

use std::sync::LazyLock;

use falconer_messages::{Definitions, Recogniser, Template};
use libfuzzer_sys::fuzz_target;

static SHIPPED: LazyLock<Recogniser> = LazyLock::new(|| {
    let definitions = Definitions::embedded().expect("a test holds that the shipped messages are sound");
    let templates = definitions.iter().flat_map(|message| &message.eras).map(|era| era.template.clone());
    Recogniser::new(templates.collect())
});

fuzz_target!(|input: &str| {
    let (source, text) = input.split_once('\n').unwrap_or(("", input));
    for found in SHIPPED.find(text) {
        assert!(text.get(found.span).is_some());
    }
    if let Ok(template) = Template::parse(source) {
        for found in Recogniser::new(vec![template]).find(text) {
            assert!(text.get(found.span).is_some());
        }
    }
});

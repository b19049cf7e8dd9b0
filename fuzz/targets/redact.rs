//! Redaction does not panic, and leaves what it wrote alone.
#![no_main]

use falconer_redact::Redactor;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut redactor = Redactor::new();
    let once = redactor.redact(text).into_owned();
    assert_eq!(redactor.redact(&once), once);
    assert!(once.len() <= 6 * text.len() + 16);
});

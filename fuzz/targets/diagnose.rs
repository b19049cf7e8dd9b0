//! From text to report: recognisers, correlation, decision, redaction and every renderer.
#![no_main]

use std::sync::LazyLock;

use falconer_catalog::Catalog;
use falconer_diagnosis::Diagnoser;
use falconer_evidence::{Gatherer, Limits};
use falconer_messages::Definitions;
use falconer_redact::Redactor;
use falconer_report::{Format, Options, render};
use libfuzzer_sys::fuzz_target;

static MESSAGES: LazyLock<Definitions> =
    LazyLock::new(|| Definitions::embedded().expect("a test holds that the shipped messages are sound"));
static CATALOG: LazyLock<Catalog> =
    LazyLock::new(|| Catalog::embedded(&MESSAGES).expect("a test holds that the shipped catalogue is sound"));
static DIAGNOSER: LazyLock<Diagnoser<'static>> = LazyLock::new(|| Diagnoser::new(&CATALOG, &MESSAGES));

fuzz_target!(|bytes: &[u8]| {
    let mut gatherer = Gatherer::new(Limits::default(), DIAGNOSER.recognisers().anchors());
    gatherer.add_bytes("-", bytes);
    let mut report = DIAGNOSER.diagnose(&gatherer.finish());
    let mut redactor = Redactor::new();
    report.rewrite_texts(&mut |text| Some(redactor.redact(text).into_owned()));
    for format in Format::ALL {
        let options = Options { verbose: bytes.len() % 2 == 0, ..Options::default() };
        assert!(!render(&report, format, &options).is_empty());
    }
});

//! The text that is repaired is the one that facts were found in.
#![allow(clippy::expect_used, reason = "a test stops where something is not as it must be")]

use falconer_evidence::{Gatherer, Limits};
use falconer_fix::TextFile;

const TEXT: &str = "<?xml version=\"1.0\" encoding=\"X\"?>\r\n<configuration>\n  <!-- Größe -->\n  <system.webServer><handlers /></system.webServer>\n</configuration>\n";

#[test]
fn readers_of_evidence_and_repairs_see_the_same_text() {
    let utf16 =
        |text: &str, order: fn(u16) -> [u8; 2]| -> Vec<u8> { text.encode_utf16().flat_map(order).collect() };
    let declared = |name: &str| TEXT.replace('X', name);
    let latin: Vec<u8> =
        declared("iso-8859-1").chars().map(|c| u8::try_from(u32::from(c)).expect("Latin-1")).collect();
    let unicode = declared("utf-16");
    for bytes in [
        declared("utf-8").into_bytes(),
        [b"\xEF\xBB\xBF", declared("utf-8").as_bytes()].concat(),
        [&b"\xFF\xFE"[..], &utf16(&unicode, u16::to_le_bytes)].concat(),
        [&b"\xFE\xFF"[..], &utf16(&unicode, u16::to_be_bytes)].concat(),
        utf16(&unicode, u16::to_le_bytes),
        utf16(&unicode, u16::to_be_bytes),
        latin,
    ] {
        let mut gatherer = Gatherer::new(Limits::default(), Vec::new());
        gatherer.add_bytes("web.config", &bytes);
        let evidence = gatherer.finish();
        let read = evidence.observations.first().expect("an observation");
        let file = TextFile::read(&bytes).expect("lossless");
        assert_eq!(file.text, read.text);
        assert!(file.text.contains("Größe"));
    }
}

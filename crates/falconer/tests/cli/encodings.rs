//! Texts in the encodings that Windows writes.

use crate::samples::{FRAMEWORK_MISSING, FRAMEWORK_MISSING_ID};
use crate::support::{diagnose_json, folder};

fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(order).collect()
}

#[test]
fn the_cause_is_found_in_every_encoding() {
    let text = FRAMEWORK_MISSING.replace('\n', "\r\n");
    let german = format!("Die Anwendung läuft nicht – „Fehler“\r\n{text}");
    let windows_1252: Vec<u8> = german
        .chars()
        .map(|c| match c {
            '–' => 0x96,
            '„' => 0x84,
            '“' => 0x93,
            c => u8::try_from(u32::from(c)).unwrap(),
        })
        .collect();
    let (le, be) = (utf16(&german, u16::to_le_bytes), utf16(&german, u16::to_be_bytes));
    for (name, bytes) in [
        ("utf8.log", german.as_bytes().to_vec()),
        ("utf8-bom.log", [b"\xef\xbb\xbf", german.as_bytes()].concat()),
        ("utf16le.log", le.clone()),
        ("utf16be.log", be.clone()),
        ("utf16le-bom.log", [b"\xff\xfe", le.as_slice()].concat()),
        ("utf16be-bom.log", [b"\xfe\xff", be.as_slice()].concat()),
        ("windows-1252.log", windows_1252),
    ] {
        let folder = folder(&[(name, &bytes)]);
        let ran = diagnose_json().args([folder.path()]).run().quietly_exits(1);
        assert_eq!(ran.diagnoses()[0], FRAMEWORK_MISSING_ID, "{name}");
        let quotes = ran.json()["diagnoses"][0]["evidence"].to_string();
        assert!(quotes.contains("version '8.0.0' (x64)"), "{name}: {quotes}");
    }
}

#[test]
fn a_configuration_in_utf16_is_read_by_its_content() {
    let config = "\u{feff}<?xml version=\"1.0\" encoding=\"utf-16\"?>\r\n<configuration><system.webServer>\
                  <aspNetCore processPath=\"\" /></system.webServer></configuration>";
    let folder = folder(&[("web.config", &utf16(config, u16::to_le_bytes))]);
    let ran = diagnose_json().args([folder.path()]).run().quietly_exits(1);
    assert_eq!(ran.diagnoses()[0], "process-path-empty");
}

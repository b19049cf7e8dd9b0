//! Bytes into text.

use std::borrow::Cow;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Decodes UTF-8, UTF-16 with or without byte order mark, and Windows-1252 where nothing else fits.
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return String::from_utf8_lossy(rest);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return UTF_16LE.decode_without_bom_handling(rest).0;
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return UTF_16BE.decode_without_bom_handling(rest).0;
    }
    match utf16_without_bom(bytes) {
        Some(encoding) => encoding.decode_without_bom_handling(bytes).0,
        None => match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            // A file that was cut within a character, or has a stray byte, is still UTF-8.
            Err(e) if mostly_utf8(bytes, e) => String::from_utf8_lossy(bytes),
            Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
        },
    }
}

/// Whether bytes are UTF-16, which a search for bytes does not see into.
pub(crate) fn is_utf16(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") || utf16_without_bom(bytes).is_some()
}

/// Text in UTF-16 of a Western language has a zero in every second byte.
fn utf16_without_bom(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let sample = bytes.get(..bytes.len().min(4096) & !1).filter(|s| s.len() >= 8)?;
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let half = sample.len() / 2;
    match (zeros(0), zeros(1)) {
        (even, odd) if odd * 10 >= half * 7 && even * 10 < half => Some(UTF_16LE),
        (even, odd) if even * 10 >= half * 7 && odd * 10 < half => Some(UTF_16BE),
        _ => None,
    }
}

fn mostly_utf8(bytes: &[u8], error: std::str::Utf8Error) -> bool {
    let wide = bytes.iter().filter(|b| **b >= 0x80).count();
    let cut_at_end = error.error_len().is_none();
    let lossy = String::from_utf8_lossy(bytes);
    let bad = lossy.matches('\u{fffd}').count();
    cut_at_end || bad * 8 < wide
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn every_common_encoding_is_read() {
        let text = "Fehler: “Anwendung” läuft nicht\r\n";
        let utf16 = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
        let (le, be) = (utf16(u16::to_le_bytes), utf16(u16::to_be_bytes));
        let with = |bom: &[u8], body: &[u8]| [bom, body].concat();
        for bytes in [
            text.as_bytes().to_vec(),
            with(b"\xef\xbb\xbf", text.as_bytes()),
            with(b"\xff\xfe", &le),
            with(b"\xfe\xff", &be),
            le,
            be,
            b"Fehler: \x93Anwendung\x94 l\xe4uft nicht\r\n".to_vec(),
        ] {
            assert_eq!(decode(&bytes), text, "{bytes:?}");
        }
    }

    #[test]
    fn a_file_cut_within_a_character_stays_utf8() {
        let text = "läuft ".repeat(20);
        let bytes = text.as_bytes();
        assert!(decode(&bytes[..2]).starts_with('l'));
        assert!(decode(&bytes[..bytes.len() - 5]).starts_with("läuft"));
    }
}

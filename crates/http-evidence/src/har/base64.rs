//! Base64 (RFC 4648), as far as it is valid.

/// Decodes the valid start of `text`; line breaks within it are skipped.
pub(super) fn decode(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let mut bits = 0u32;
    let mut count = 0u32;
    for c in text.bytes().filter(|c| !c.is_ascii_whitespace()) {
        let Some(value) = value(c) else { break };
        bits = (bits << 6 | u32::from(value)) & 0xff_ffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            // The mask leaves one byte.
            bytes.push((bits >> count & 0xff) as u8);
        }
    }
    bytes
}

fn value(c: u8) -> Option<u8> {
    Some(match c {
        b'A'..=b'Z' => c - b'A',
        b'a'..=b'z' => c - b'a' + 26,
        b'0'..=b'9' => c - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn decodes_the_samples_of_the_rfc() {
        for (encoded, plain) in [
            ("", ""),
            ("Zg==", "f"),
            ("Zm8=", "fo"),
            ("Zm9v", "foo"),
            ("Zm9v\r\nYmFy", "foobar"),
            ("Zm9vY", "foo"),
            ("Zm9v!YmFy", "foo"),
        ] {
            assert_eq!(decode(encoded), plain.as_bytes(), "{encoded}");
        }
    }
}

//! UTF-16 as it stands in a chunk.

/// UTF-16LE as text; what is no text becomes U+FFFD.
pub(crate) fn utf16(bytes: &[u8]) -> String {
    let units = bytes.as_chunks::<2>().0;
    let all = units.iter().fold(0, |all, unit| all | u16::from_le_bytes(*unit));
    if all < 0x80 {
        // Nearly all text is ASCII, and this loop and the check below are vectorised.
        let ascii: Vec<u8> = units.iter().map(|unit| unit[0]).collect();
        return String::from_utf8(ascii).unwrap_or_default();
    }
    char::decode_utf16(units.iter().map(|unit| u16::from_le_bytes(*unit)))
        .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

/// The part of a UTF-16LE string before its first NUL, if it has one.
pub(crate) fn until_nul(bytes: &[u8]) -> &[u8] {
    let units = bytes.as_chunks::<2>().0;
    // Without an early exit the search is vectorised, and there rarely is a NUL.
    if !units.iter().fold(false, |found, unit| found | (*unit == [0, 0])) {
        return bytes;
    }
    let length = units.iter().take_while(|unit| **unit != [0, 0]).count();
    bytes.get(..length * 2).unwrap_or(bytes)
}

/// Tells whether a UTF-16LE string is this ASCII text.
pub(crate) fn is_ascii_text(bytes: &[u8], ascii: &str) -> bool {
    bytes.len() == ascii.len() * 2
        && bytes.as_chunks::<2>().0.iter().zip(ascii.bytes()).all(|(unit, byte)| *unit == [byte, 0])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn text_of_any_plane_survives() {
        for text in ["", "IIS AspNetCore Module V2", "Größe", "日本語 😀 \u{7f}\u{80}"] {
            assert_eq!(utf16(&units(text)), text);
        }
    }

    #[test]
    fn half_a_surrogate_pair_and_half_a_unit_are_no_text() {
        assert_eq!(utf16(&[0x3d, 0xd8, b'a', 0]), "\u{fffd}a");
        assert_eq!(utf16(b"a\0b"), "a");
    }

    #[test]
    fn text_ends_at_its_first_nul() {
        assert_eq!(until_nul(&units("ab\0cd\0")), units("ab"));
        assert_eq!(until_nul(&units("\0")), units(""));
        // The zero bytes of neighbouring units are no NUL.
        assert_eq!(until_nul(&[b'a', 0, 0, 1]), [b'a', 0, 0, 1]);
    }

    #[test]
    fn names_compare_exactly() {
        assert!(is_ascii_text(&units("System"), "System"));
        assert!(!is_ascii_text(&units("System2"), "System"));
        assert!(!is_ascii_text(&units("system"), "System"));
    }
}

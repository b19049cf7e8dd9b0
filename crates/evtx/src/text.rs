//! UTF-16 as it stands in a chunk.

use std::mem;

/// UTF-16LE as text, up to its first NUL if it has one; what is no text becomes U+FFFD.
pub(crate) fn utf16(bytes: &[u8]) -> String {
    let mut text = String::new();
    write_utf16(bytes, &mut text);
    text
}

/// Appends UTF-16LE as [`utf16`] reads it.
pub(crate) fn write_utf16(bytes: &[u8], out: &mut String) {
    let units = bytes.as_chunks::<2>().0;
    if out.is_empty() && is_plain(units) {
        // Nearly all text is, and this loop and the check of its result are vectorised.
        let mut ascii = mem::take(out).into_bytes();
        ascii.extend(units.iter().map(|unit| unit[0]));
        *out = String::from_utf8(ascii).unwrap_or_default();
        return;
    }
    let units = units.iter().map(|unit| u16::from_le_bytes(*unit)).take_while(|unit| *unit != 0);
    out.extend(char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)));
}

/// Tells whether all units are ASCII and none is NUL.
fn is_plain(units: &[[u8; 2]]) -> bool {
    const NOT_ASCII: u64 = 0xff80_ff80_ff80_ff80;
    const ONES: u64 = 0x0001_0001_0001_0001;
    const SIGNS: u64 = 0x8000_8000_8000_8000;
    // Subtracting one from each unit reaches a sign where the unit is 0 (or no ASCII, which counts anyway).
    let flaws = |word: u64| (word & NOT_ASCII) | (word.wrapping_sub(ONES) & SIGNS);
    let (words, rest) = units.as_chunks::<4>();
    // Without an early exit the loop is vectorised.
    let found = words.iter().fold(0, |found, &[a, b, c, d]| {
        found | flaws(u64::from_le_bytes([a[0], a[1], b[0], b[1], c[0], c[1], d[0], d[1]]))
    });
    found == 0 && rest.iter().all(|unit| (1..0x80).contains(&u16::from_le_bytes(*unit)))
}

/// The part of a UTF-16LE string before its first NUL, if it has one.
pub(crate) fn until_nul(bytes: &[u8]) -> &[u8] {
    let length = bytes.as_chunks::<2>().0.iter().take_while(|unit| **unit != [0, 0]).count();
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
    fn a_nul_and_other_than_ascii_are_found_at_any_place() {
        for length in 1..20 {
            for place in 0..length {
                let with =
                    |c: char| -> String { (0..length).map(|at| if at == place { c } else { 'x' }).collect() };
                assert_eq!(utf16(&units(&with('\0'))), "x".repeat(place), "NUL at {place} of {length}");
                for c in ['\u{1}', '\u{7f}', '\u{80}', '\u{100}', '\u{8000}', '\u{ffff}', '😀'] {
                    assert_eq!(utf16(&units(&with(c))), with(c), "{c:?} at {place} of {length}");
                }
            }
        }
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

//! A mark by which a finding is known again when lines move.

/// FNV-1a with 128 bits, as 32 hexadecimal digits: the same on every machine and in every version.
pub(crate) fn fingerprint(parts: &[&str]) -> String {
    const BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let mut hash = BASIS;
    for part in parts {
        for byte in part.bytes().chain([0]) {
            hash = (hash ^ u128::from(byte)).wrapping_mul(PRIME);
        }
    }
    format!("{hash:032x}")
}

#[cfg(test)]
mod tests {
    use super::fingerprint;

    #[test]
    fn the_same_parts_give_the_same_mark_and_others_another() {
        assert_eq!(fingerprint(&["a", "b"]), fingerprint(&["a", "b"]));
        assert_ne!(fingerprint(&["a", "b"]), fingerprint(&["ab", ""]));
        assert_eq!(fingerprint(&["a"]).len(), 32);
    }

    #[test]
    fn marks_do_not_change_from_version_to_version() {
        assert_eq!(fingerprint(&[]), "6c62272e07bb014262b821756295c58d");
    }
}

//! Which requests are counted together.

/// The first segment of a path, which may be an application of the site; `/` when it is a file of the root.
pub(super) fn path_group(stem: &[u8]) -> &[u8] {
    let rest = stem.strip_prefix(b"/").unwrap_or(stem);
    let length = rest.iter().position(|c| matches!(c, b'/' | b';' | b'?')).unwrap_or(rest.len());
    let is_folder = rest.get(length) == Some(&b'/');
    let segment = rest.get(..length).unwrap_or_default();
    if segment.is_empty() || (!is_folder && segment.contains(&b'.')) {
        return b"/";
    }
    stem.get(..length + (stem.len() - rest.len())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::path_group;

    #[test]
    fn a_path_belongs_to_its_first_segment_and_a_root_file_to_the_root() {
        for (stem, group) in [
            ("/", "/"),
            ("", "/"),
            ("/favicon.ico", "/"),
            ("/shop", "/shop"),
            ("/shop/", "/shop"),
            ("/shop.v2/cart", "/shop.v2"),
            ("*", "*"),
            ("//x", "/"),
        ] {
            assert_eq!(path_group(stem.as_bytes()), group.as_bytes(), "{stem}");
        }
    }
}

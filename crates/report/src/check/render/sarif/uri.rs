//! Paths as URI references (RFC 3986).

use std::fmt::Write as _;

/// Whether a path begins at the root of a file system: `/srv`, `C:/site`, `C:\site`, `\\server\share`.
pub(super) fn is_absolute(path: &str) -> bool {
    path.starts_with(['/', '\\']) || drive(path)
}

fn drive(path: &str) -> bool {
    matches!(path.as_bytes(), [letter, b':', b'/' | b'\\', ..] if letter.is_ascii_alphabetic())
}

/// A relative path.
pub(super) fn relative(path: &str) -> String {
    encoded(path, "/")
}

/// An absolute path as `file:///…`.
pub(super) fn file(path: &str) -> String {
    let path = path.replace('\\', "/");
    match path.strip_prefix("//") {
        Some(share) => format!("file://{}", encoded(share, "/")),
        None if drive(&path) => format!("file:///{}", encoded(&path, "/:")),
        None => format!("file://{}", encoded(&path, "/")),
    }
}

/// Everything but unreserved characters and `kept` becomes `%XX`. So does `:`, which would end a scheme.
fn encoded(path: &str, kept: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        let c = char::from(byte);
        if c.is_ascii_alphanumeric() || "-._~".contains(c) || byte.is_ascii() && kept.contains(c) {
            out.push(c);
        } else {
            // Writing to a `String` cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_plain_is_percent_encoded() {
        assert_eq!(relative("publish/web.config"), "publish/web.config");
        assert_eq!(relative("out dir/100%/ä.dll"), "out%20dir/100%25/%C3%A4.dll");
        assert_eq!(relative("javascript:x?y#z\u{1b}"), "javascript%3Ax%3Fy%23z%1B");
    }

    #[test]
    fn absolute_paths_become_uris_of_files() {
        assert_eq!(file("/srv/my site/web.config"), "file:///srv/my%20site/web.config");
        assert_eq!(file("C:/site/web.config"), "file:///C:/site/web.config");
        assert_eq!(file(r"\\server\share\web.config"), "file://server/share/web.config");
    }

    #[test]
    fn a_path_is_absolute_where_it_begins_at_a_root() {
        assert!(["/srv", r"C:\site", "C:/site", r"\\server\share"].map(is_absolute).iter().all(|is| *is));
        assert!(!["publish", "../out", "C:", "é:/x", ""].map(is_absolute).contains(&true));
    }
}

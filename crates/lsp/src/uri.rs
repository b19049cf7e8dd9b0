//! Addresses of documents.

use std::path::PathBuf;

/// The path of a `file:` address on this system; `None` for other addresses and for what is no path.
pub(crate) fn to_path(uri: &str) -> Option<PathBuf> {
    path_text(uri, cfg!(windows)).map(PathBuf::from)
}

/// The name of the file that an address of any kind ends with.
pub(crate) fn file_name(uri: &str) -> String {
    let path = uri.split(['?', '#']).next().unwrap_or_default();
    let last = path.rsplit(['/', ':']).next().unwrap_or_default();
    decoded(last).unwrap_or_else(|| last.to_owned())
}

fn path_text(uri: &str, windows: bool) -> Option<String> {
    let (scheme, rest) = uri.split_once(':')?;
    if !scheme.eq_ignore_ascii_case("file") {
        return None;
    }
    let rest = rest.split(['?', '#']).next()?;
    let (host, path) = match rest.strip_prefix("//") {
        Some(rest) => rest.split_at(rest.find('/')?),
        None => ("", rest),
    };
    let path = decoded(path).filter(|path| path.starts_with('/') && !path.contains('\0'))?;
    let local = host.is_empty() || host.eq_ignore_ascii_case("localhost");
    match (windows, local) {
        (false, local) => local.then_some(path),
        (true, true) => {
            let drive = path.get(1..).filter(|rest| rest.as_bytes().get(1) == Some(&b':'));
            Some(drive.unwrap_or(&path).replace('/', "\\"))
        }
        (true, false) => Some(format!("\\\\{}{}", decoded(host)?, path.replace('/', "\\"))),
    }
}

/// Undoes `%20`; `None` when that gives no text.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, behind @ ..] = rest {
        let digits = behind.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let plain = |digits: &&str| digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        match digits.filter(plain).and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = behind.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_addresses_are_paths_of_their_system() {
        for (uri, unix, windows) in [
            (
                "file:///srv/my%20app/web.config",
                Some("/srv/my app/web.config"),
                Some("\\srv\\my app\\web.config"),
            ),
            ("file:///c%3A/site/web.config", Some("/c:/site/web.config"), Some("c:\\site\\web.config")),
            ("file:///C:/site/web.config", Some("/C:/site/web.config"), Some("C:\\site\\web.config")),
            ("file://server/share/web.config", None, Some("\\\\server\\share\\web.config")),
            ("file:/srv/100%/web.config", Some("/srv/100%/web.config"), Some("\\srv\\100%\\web.config")),
            ("untitled:Untitled-1", None, None),
            ("file:///a%00b", None, None),
            ("file:///%ff", None, None),
            ("file://", None, None),
            ("", None, None),
        ] {
            assert_eq!(path_text(uri, false).as_deref(), unix, "{uri}");
            assert_eq!(path_text(uri, true).as_deref(), windows, "{uri}");
        }
    }

    #[test]
    fn every_address_ends_with_a_name() {
        for (uri, name) in [
            ("file:///a/Web.config", "Web.config"),
            ("vscode-vfs://github/a/b/web.config?ref=x", "web.config"),
            ("untitled:web.config", "web.config"),
            ("file:///a/my%20file.json#L3", "my file.json"),
        ] {
            assert_eq!(file_name(uri), name);
        }
    }
}

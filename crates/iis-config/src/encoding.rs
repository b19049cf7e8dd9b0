//! The encoding a file declares, and whether it is stored so. Texts are decoded elsewhere.

/// The encoding named in `<?xml … encoding="…" ?>`, as written. Reads UTF-8, UTF-16 and single-byte encodings,
/// with or without byte order mark.
pub fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let head = ascii_head(bytes);
    let declaration = head.strip_prefix("<?xml")?;
    let declaration = declaration.get(..declaration.find("?>")?)?;
    let value = declaration.get(declaration.find("encoding")? + "encoding".len()..)?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let value = value.get(1..)?;
    Some(value.get(..value.find(quote)?)?.to_owned())
}

/// How a file is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stored {
    /// What it declares.
    pub(crate) declared: Option<String>,
    /// What it is, as far as bytes tell.
    pub(crate) actual: &'static str,
    /// The two agree, or no contradiction shows.
    pub(crate) fits: bool,
}

pub(crate) fn stored_encoding(bytes: &[u8]) -> Stored {
    let declared = declared_encoding(bytes);
    let actual = match bytes {
        [0xFF, 0xFE, ..] | [b'<', 0, ..] => "UTF-16 LE",
        [0xFE, 0xFF, ..] | [0, b'<', ..] => "UTF-16 BE",
        _ if bytes.is_ascii() => "ASCII",
        _ if std::str::from_utf8(bytes).is_ok() => "UTF-8",
        _ => "a single-byte encoding",
    };
    let fits = declared.as_deref().is_none_or(|declared| {
        let (declared, utf16) = (declared.to_ascii_lowercase(), actual.starts_with("UTF-16"));
        match declared.as_str() {
            "utf-8" | "utf8" => matches!(actual, "UTF-8" | "ASCII"),
            _ if declared.starts_with("utf-16") || declared == "unicode" => utf16,
            // Bytes that happen to be valid UTF-8 prove nothing against a single-byte encoding.
            _ => !utf16,
        }
    });
    Stored { declared, actual, fits }
}

/// The first bytes as text, without byte order mark and without the zeros of UTF-16; enough for a declaration.
fn ascii_head(bytes: &[u8]) -> String {
    const LONGEST_DECLARATION: usize = 512;
    let bytes = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] | [0xFF, 0xFE, rest @ ..] | [0xFE, 0xFF, rest @ ..] => rest,
        _ => bytes,
    };
    let head = bytes.iter().take(LONGEST_DECLARATION).filter(|byte| **byte != 0);
    head.map(|byte| char::from(*byte)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str) -> Vec<u8> {
        [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
    }

    #[test]
    fn finds_the_declared_encoding_however_it_is_stored() {
        let text = "<?xml version='1.0' encoding = 'utf-16' ?><a/>";
        for bytes in [text.as_bytes().to_vec(), utf16(text), [b"\xEF\xBB\xBF", text.as_bytes()].concat()] {
            assert_eq!(declared_encoding(&bytes).as_deref(), Some("utf-16"));
        }
        for bytes in
            [&b"<?xml version=\"1.0\"?>"[..], b"", b"<a encoding='x'/>", b"<?xml encoding='utf-8", b"\xFF"]
        {
            assert_eq!(declared_encoding(bytes), None);
        }
    }

    #[test]
    fn tells_when_a_file_is_stored_otherwise_than_it_says() {
        let latin1 = b"<?xml version=\"1.0\" encoding=\"utf-8\"?><!-- gr\xFC\xDFe -->";
        assert!(!stored_encoding(latin1).fits);
        assert!(!stored_encoding(b"<?xml version=\"1.0\" encoding=\"utf-16\"?><a/>").fits);
        assert!(!stored_encoding(&utf16("<?xml version=\"1.0\" encoding=\"utf-8\"?><a/>")).fits);
        for fitting in [
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><!-- grüße -->",
            "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><a/>",
            "<a/>",
        ] {
            assert!(stored_encoding(fitting.as_bytes()).fits, "{fitting}");
        }
        assert!(stored_encoding(&utf16("<?xml version=\"1.0\" encoding=\"utf-16\"?><a/>")).fits);
    }
}

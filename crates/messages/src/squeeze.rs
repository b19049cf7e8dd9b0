//! Text as it is compared: without white space, in lower case, with escapes undone.

/// A text in the form in which messages are compared, with the way back to the original.
///
/// Logs are wrapped by consoles, flattened by the event log, indented by ticket systems and escaped by HTML;
/// none of that changes letters, digits and punctuation. So white space is left out, ASCII letters are
/// lowered, typographic quotes become `'` and `"`, and the common HTML and JSON escapes are undone.
#[derive(Debug, Clone, Default)]
pub struct Squeezed {
    text: Vec<u8>,
    /// For each byte of `text`, the offset in the original of the character it stands for.
    origin: Vec<u32>,
    /// Length of the original.
    original_len: usize,
}

impl Squeezed {
    /// Squeezes a text. Only the first 4 GiB count.
    pub fn new(original: &str) -> Self {
        let limit = original.len().min(u32::MAX as usize);
        let mut squeezed = Squeezed {
            text: Vec::with_capacity(limit),
            origin: Vec::with_capacity(limit),
            original_len: original.len(),
        };
        let bytes = original.as_bytes();
        let mut at = 0;
        while at < limit {
            let byte = bytes[at];
            at += match byte {
                b' ' | b'\t' | b'\r' | b'\n' => 1,
                b'&' => squeezed.push_html_escape(original, at),
                b'\\' => squeezed.push_json_escape(original, at),
                0..=0x7f => {
                    squeezed.push(byte.to_ascii_lowercase(), at);
                    1
                }
                _ => squeezed.push_wide(original, at),
            };
        }
        squeezed
    }

    /// The squeezed bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.text
    }

    /// Where the byte at `index` stands in the original; the original's length past the end.
    pub fn origin(&self, index: usize) -> usize {
        self.origin.get(index).map_or(self.original_len, |&o| o as usize)
    }

    fn push(&mut self, byte: u8, at: usize) {
        self.text.push(byte);
        // `new` stops at 4 GiB, so the offset fits.
        self.origin.push(u32::try_from(at).unwrap_or(u32::MAX));
    }

    fn push_html_escape(&mut self, original: &str, at: usize) -> usize {
        const ESCAPES: [(&str, u8); 9] = [
            ("&quot;", b'"'),
            ("&#34;", b'"'),
            ("&apos;", b'\''),
            ("&#39;", b'\''),
            ("&#x27;", b'\''),
            ("&lt;", b'<'),
            ("&gt;", b'>'),
            ("&amp;", b'&'),
            ("&#92;", b'\\'),
        ];
        let rest = &original.as_bytes()[at..];
        if rest.starts_with(b"&nbsp;") {
            return 6;
        }
        for (escape, byte) in ESCAPES {
            if rest.starts_with(escape.as_bytes()) {
                self.push(byte, at);
                return escape.len();
            }
        }
        self.push(b'&', at);
        1
    }

    /// Undoes `\u0027`, `\u0022` and `\"`; a line break written as `\r\n` stays, for it cannot be told from the
    /// start of a path segment.
    fn push_json_escape(&mut self, original: &str, at: usize) -> usize {
        let rest = &original.as_bytes()[at..];
        for (escape, byte) in [(&b"\\u0027"[..], b'\''), (b"\\u0022", b'"'), (b"\\\"", b'"')] {
            if rest.starts_with(escape) {
                self.push(byte, at);
                return escape.len();
            }
        }
        self.push(b'\\', at);
        1
    }

    fn push_wide(&mut self, original: &str, at: usize) -> usize {
        let Some(c) = original.get(at..).and_then(|rest| rest.chars().next()) else {
            return 1;
        };
        match c {
            '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' | '\u{00b4}' => self.push(b'\'', at),
            '\u{201c}' | '\u{201d}' | '\u{201e}' => self.push(b'"', at),
            '\u{2010}'..='\u{2015}' => self.push(b'-', at),
            '\u{feff}' => {}
            c if c.is_whitespace() => {}
            c => {
                let mut buffer = [0; 4];
                for byte in c.encode_utf8(&mut buffer).bytes() {
                    self.push(byte, at);
                }
            }
        }
        c.len_utf8()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn squeezed(text: &str) -> String {
        String::from_utf8(Squeezed::new(text).text).expect("squeezing keeps UTF-8")
    }

    #[test]
    fn wraps_case_quotes_and_escapes_do_not_count() {
        let plain = squeezed("Application 'C:\\app\\' failed - see \"log\"");
        assert_eq!(plain, "application'c:\\app\\'failed-see\"log\"");
        for same in [
            "Application ‘C:\\app\\’ failed – see “log”",
            "application\r\n    'C:\\app\\'\tfailed\u{a0}- see &quot;log&quot;",
            "Application &#39;C:\\app\\&#39; failed - see \\u0022log\\u0022",
        ] {
            assert_eq!(squeezed(same), plain, "{same}");
        }
    }

    #[test]
    fn every_byte_knows_its_origin() {
        let s = Squeezed::new(" é &amp;x");
        assert_eq!(s.bytes(), "é&x".as_bytes());
        assert_eq!((0..5).map(|i| s.origin(i)).collect::<Vec<_>>(), [1, 1, 4, 9, 10]);
    }
}

//! A file as text that can be turned back into the same bytes.

use std::borrow::Cow;

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use falconer_iis_config::declared_encoding;

/// How a file is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-16, the low byte first.
    Utf16Le,
    /// UTF-16, the high byte first.
    Utf16Be,
    /// Windows-1252, taken where nothing else fits; every byte is a character of it.
    Windows1252,
}

/// A file's text and how it is stored. The text is the one that readers of evidence see, so that the places of
/// facts fit it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextFile {
    /// How it is stored.
    pub encoding: Encoding,
    /// It begins with a byte order mark.
    pub bom: bool,
    /// Its text, without byte order mark.
    pub text: String,
    /// Characters beyond ASCII that are not in `text` may not be written: it is not known how.
    ascii_only: bool,
}

/// Why a file is not taken for a text, or a text cannot be stored in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextFileError {
    /// Bytes that the encoding does not know.
    #[error("the file holds bytes that are no text in its encoding; it cannot be changed without loss")]
    NotLossless,
    /// A character that the encoding does not have.
    #[error("the character {0:?} cannot be written in the encoding of the file")]
    NotInEncoding(char),
}

impl TextFile {
    /// Decodes a file.
    ///
    /// # Errors
    /// [`TextFileError::NotLossless`] when encoding the text again would not give the same bytes.
    pub fn read(bytes: &[u8]) -> Result<TextFile, TextFileError> {
        let (encoding, bom) = stored(bytes);
        let body = if bom { bytes.get(mark(encoding).len()..).unwrap_or_default() } else { bytes };
        let text = match encoding {
            Encoding::Utf8 => UTF_8.decode_without_bom_handling(body).0,
            Encoding::Utf16Le => UTF_16LE.decode_without_bom_handling(body).0,
            Encoding::Utf16Be => UTF_16BE.decode_without_bom_handling(body).0,
            Encoding::Windows1252 => WINDOWS_1252.decode_without_bom_handling(body).0,
        };
        let ascii_only = !bom && is_foreign(bytes, encoding);
        let file = TextFile { encoding, bom, text: text.into_owned(), ascii_only };
        match file.bytes() {
            Ok(again) if again == bytes => Ok(file),
            _ => Err(TextFileError::NotLossless),
        }
    }

    /// The bytes of the file.
    ///
    /// # Errors
    /// As [`TextFile::bytes_of`].
    pub fn bytes(&self) -> Result<Vec<u8>, TextFileError> {
        self.bytes_of(&self.text)
    }

    /// Another text, stored as this file is.
    ///
    /// # Errors
    /// [`TextFileError::NotInEncoding`] for a character that the encoding does not have.
    pub fn bytes_of(&self, text: &str) -> Result<Vec<u8>, TextFileError> {
        if self.ascii_only
            && let Some(foreign) = text.chars().find(|c| !c.is_ascii() && !self.text.contains(*c))
        {
            return Err(TextFileError::NotInEncoding(foreign));
        }
        let mut out = if self.bom { mark(self.encoding).to_vec() } else { Vec::new() };
        match self.encoding {
            Encoding::Utf8 => out.extend_from_slice(text.as_bytes()),
            Encoding::Utf16Le => out.extend(text.encode_utf16().flat_map(u16::to_le_bytes)),
            Encoding::Utf16Be => out.extend(text.encode_utf16().flat_map(u16::to_be_bytes)),
            Encoding::Windows1252 => out.extend_from_slice(&windows_1252(text)?),
        }
        Ok(out)
    }
}

fn mark(encoding: Encoding) -> &'static [u8] {
    match encoding {
        Encoding::Utf8 => b"\xEF\xBB\xBF",
        Encoding::Utf16Le => b"\xFF\xFE",
        Encoding::Utf16Be => b"\xFE\xFF",
        Encoding::Windows1252 => b"",
    }
}

fn windows_1252(text: &str) -> Result<Cow<'_, [u8]>, TextFileError> {
    let (bytes, _, unmappable) = WINDOWS_1252.encode(text);
    if !unmappable {
        return Ok(bytes);
    }
    let missing = |c: &char| WINDOWS_1252.encode(c.encode_utf8(&mut [0; 4])).2;
    Err(TextFileError::NotInEncoding(text.chars().find(missing).unwrap_or_default()))
}

/// How bytes are stored, and whether a mark says so. The order is that of the readers of evidence.
fn stored(bytes: &[u8]) -> (Encoding, bool) {
    for encoding in [Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be] {
        if bytes.starts_with(mark(encoding)) {
            return (encoding, true);
        }
    }
    let encoding = match utf16_without_mark(bytes) {
        Some(encoding) => encoding,
        None if std::str::from_utf8(bytes).is_ok() => Encoding::Utf8,
        None => Encoding::Windows1252,
    };
    (encoding, false)
}

/// Text in UTF-16 of a Western language has a zero in every second byte.
fn utf16_without_mark(bytes: &[u8]) -> Option<Encoding> {
    let sample = bytes.get(..bytes.len().min(4096) & !1).filter(|sample| sample.len() >= 8)?;
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let half = sample.len() / 2;
    match (zeros(0), zeros(1)) {
        (even, odd) if odd * 10 >= half * 7 && even * 10 < half => Some(Encoding::Utf16Le),
        (even, odd) if even * 10 >= half * 7 && odd * 10 < half => Some(Encoding::Utf16Be),
        _ => None,
    }
}

/// The declaration of an XML file names another encoding than the one that was taken: what stands in the file can be
/// kept, but what is new would be stored in the wrong one.
fn is_foreign(bytes: &[u8], encoding: Encoding) -> bool {
    let Some(declared) = declared_encoding(bytes) else { return encoding == Encoding::Windows1252 };
    let taken = match encoding {
        Encoding::Utf8 => UTF_8,
        Encoding::Utf16Le | Encoding::Utf16Be => return false,
        Encoding::Windows1252 => WINDOWS_1252,
    };
    encoding_rs::Encoding::for_label(declared.as_bytes()) != Some(taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "<?xml version=\"1.0\" encoding=\"X\"?>\r\n<!-- Größe “a” -->\n<a/>";

    fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn every_encoding_is_read_and_written_back_to_the_byte() {
        let declared = |name: &str| TEXT.replace('X', name);
        let latin = WINDOWS_1252.encode(&declared("windows-1252")).0.into_owned();
        for (bytes, encoding, bom) in [
            (declared("utf-8").into_bytes(), Encoding::Utf8, false),
            ([b"\xEF\xBB\xBF", declared("utf-8").as_bytes()].concat(), Encoding::Utf8, true),
            ([&b"\xFF\xFE"[..], &utf16(TEXT, u16::to_le_bytes)].concat(), Encoding::Utf16Le, true),
            ([&b"\xFE\xFF"[..], &utf16(TEXT, u16::to_be_bytes)].concat(), Encoding::Utf16Be, true),
            (utf16(TEXT, u16::to_le_bytes), Encoding::Utf16Le, false),
            (utf16(TEXT, u16::to_be_bytes), Encoding::Utf16Be, false),
            (latin, Encoding::Windows1252, false),
        ] {
            let file = TextFile::read(&bytes).expect("lossless");
            assert_eq!((file.encoding, file.bom), (encoding, bom));
            assert!(file.text.contains("Größe “a”"), "{encoding:?}");
            assert_eq!(file.bytes(), Ok(bytes));
            let changed = file.bytes_of(&file.text.replace("<a/>", "<ü/>")).expect("a character it has");
            assert_eq!(TextFile::read(&changed).map(|file| file.text.contains("<ü/>")), Ok(true));
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        for bytes in [&b"\xFF\xFEa"[..], b"\xFF\xFE\x00\xD8a\0", b"\xEF\xBB\xBF\xFF"] {
            assert_eq!(TextFile::read(bytes), Err(TextFileError::NotLossless), "{bytes:?}");
        }
    }

    #[test]
    fn a_character_that_the_file_cannot_hold_is_refused() {
        let latin = TextFile::read(b"<?xml version='1.0' encoding='iso-8859-1'?><!-- \xFC --><a/>")
            .expect("lossless");
        assert_eq!(latin.bytes_of("<Ω/>"), Err(TextFileError::NotInEncoding('Ω')));
        // Windows-1252 was only assumed: ä might be another byte.
        let unknown = TextFile::read(b"<!-- \xFC --><a/>").expect("lossless");
        assert!(unknown.bytes_of("<!-- \u{fc} --><b/>").is_ok());
        assert_eq!(unknown.bytes_of("<ä/>"), Err(TextFileError::NotInEncoding('ä')));
        // Nothing but the declaration tells how ä would be stored in a file of plain ASCII.
        let plain = TextFile::read(b"<?xml version='1.0' encoding='windows-1251'?><a/>").expect("lossless");
        assert_eq!(plain.bytes_of("<ä/>"), Err(TextFileError::NotInEncoding('ä')));
    }
}

//! Values and their text ([MS-EVEN6] section 2.2.12, as Windows and the `evtx` crate write them).

use std::fmt::Write as _;

use encoding_rs::WINDOWS_1252;
use falconer_observation::Timestamp;

use crate::{
    Malformed,
    bytes::{u16_at, u32_at, u64_at},
    text::{until_nul, write_utf16},
};

pub(crate) const NULL: u8 = 0x00;
pub(crate) const STRING: u8 = 0x01;
pub(crate) const ANSI_STRING: u8 = 0x02;
pub(crate) const BINARY: u8 = 0x0e;
pub(crate) const FILETIME: u8 = 0x11;
pub(crate) const SID: u8 = 0x13;
/// Binary XML: a fragment, mostly a template instance.
pub(crate) const XML: u8 = 0x21;
/// The bit that makes an array of a type.
pub(crate) const ARRAY: u8 = 0x80;

/// A value at its place in a chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Value<'c> {
    pub(crate) kind: u8,
    pub(crate) bytes: &'c [u8],
}

/// The size of a value of a type that has one.
pub(crate) fn fixed_size(kind: u8) -> Option<usize> {
    Some(match kind {
        NULL => 0,
        0x03 | 0x04 => 1,                          // Int8, UInt8
        0x05 | 0x06 => 2,                          // Int16, UInt16
        0x07 | 0x08 | 0x0b | 0x0d | 0x14 => 4,     // Int32, UInt32, Real32, Bool, HexInt32
        0x09 | 0x0a | 0x0c | FILETIME | 0x15 => 8, // Int64, UInt64, Real64, FileTime, HexInt64
        0x0f | 0x12 => 16,                         // Guid, SysTime
        _ => return None,
    })
}

impl<'c> Value<'c> {
    /// The value as a number, where it is one or is written as one.
    pub(crate) fn number(self) -> Option<u64> {
        let bytes = self.bytes;
        match self.kind {
            0x04 => bytes.first().map(|b| u64::from(*b)),
            0x06 => u16_at(bytes, 0).map(u64::from),
            0x08 | 0x14 => u32_at(bytes, 0).map(u64::from),
            0x0a | 0x15 | FILETIME => u64_at(bytes, 0),
            _ => self.short_text().and_then(|text| parse_number(&text)),
        }
    }

    /// The value as a point in time.
    pub(crate) fn time(self) -> Option<Timestamp> {
        match self.kind {
            FILETIME => u64_at(self.bytes, 0).map(Timestamp::from_filetime),
            _ => self.short_text().and_then(|text| Timestamp::parse_iso(&text)),
        }
    }

    /// The text of a value that can be a number or a time, which none of many bytes can.
    fn short_text(self) -> Option<String> {
        const LONGEST: usize = 128;
        (self.bytes.len() <= LONGEST).then(|| self.text().ok())?
    }

    /// The value as text, see [`Value::write`].
    pub(crate) fn text(self) -> Result<String, Malformed> {
        let mut text = String::new();
        self.write(&mut text)?;
        Ok(text)
    }

    /// Appends the value as text. Arrays are joined with commas; null is no text.
    #[inline]
    pub(crate) fn write(self, out: &mut String) -> Result<(), Malformed> {
        let (kind, bytes) = (self.kind, self.bytes);
        if kind == STRING {
            write_utf16(bytes, out);
            return Ok(());
        }
        if kind & ARRAY != 0 {
            for (number, item) in self.items()?.enumerate() {
                if number > 0 {
                    out.push(',');
                }
                item.write(out)?;
            }
            return Ok(());
        }
        if bytes.is_empty() {
            return Ok(());
        }
        write_scalar(kind, bytes, out).ok_or(Malformed::Value(kind))
    }

    /// The items of an array.
    pub(crate) fn items(self) -> Result<Items<'c>, Malformed> {
        let kind = self.kind & !ARRAY;
        let sized = fixed_size(kind).is_some_and(|size| size > 0);
        if self.kind & ARRAY == 0 || !(sized || matches!(kind, STRING | ANSI_STRING | SID)) {
            return Err(Malformed::Value(self.kind));
        }
        Ok(Items { kind, rest: self.bytes })
    }
}

/// Reads a number as it stands in text: decimal, or hexadecimal with `0x`.
pub(crate) fn parse_number(text: &str) -> Option<u64> {
    let text = text.trim();
    match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(digits) => u64::from_str_radix(digits, 16).ok(),
        None => text.parse().ok(),
    }
}

/// The items of an array, see [`Value::items`].
#[derive(Debug, Clone)]
pub(crate) struct Items<'c> {
    kind: u8,
    rest: &'c [u8],
}

impl<'c> Iterator for Items<'c> {
    type Item = Value<'c>;

    fn next(&mut self) -> Option<Value<'c>> {
        if self.rest.is_empty() {
            return None;
        }
        // Strings end with NUL, the last one not always; SIDs tell their length.
        let (length, skip) = match self.kind {
            STRING => {
                let length = until_nul(self.rest).len();
                (length, length + 2)
            }
            ANSI_STRING => {
                let length = memchr::memchr(0, self.rest).unwrap_or(self.rest.len());
                (length, length + 1)
            }
            SID => {
                let length = 8 + 4 * usize::from(*self.rest.get(1).unwrap_or(&0));
                (length, length)
            }
            kind => fixed_size(kind).map(|size| (size, size))?,
        };
        let bytes = self.rest.get(..length).unwrap_or(self.rest);
        self.rest = self.rest.get(skip..).unwrap_or(&[]);
        Some(Value { kind: self.kind, bytes })
    }
}

fn write_scalar(kind: u8, bytes: &[u8], out: &mut String) -> Option<()> {
    match kind {
        NULL => {}
        STRING => write_utf16(bytes, out),
        ANSI_STRING => {
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
            out.extend(text.chars().filter(|c| *c != '\0'));
        }
        0x03 => write_number(i64::from(i8::from_le_bytes(*bytes.first_chunk()?)), out),
        0x04 => write_number(i64::from(*bytes.first()?), out),
        0x05 => write_number(i64::from(i16::from_le_bytes(*bytes.first_chunk()?)), out),
        0x06 => write_number(i64::from(u16_at(bytes, 0)?), out),
        0x07 => write_number(i64::from(i32::from_le_bytes(*bytes.first_chunk()?)), out),
        0x08 => write_number(i64::from(u32_at(bytes, 0)?), out),
        0x09 => write_number(i64::from_le_bytes(*bytes.first_chunk()?), out),
        0x0a => write_digits(u64_at(bytes, 0)?, out),
        0x0b => show(out, format_args!("{:?}", f32::from_le_bytes(*bytes.first_chunk()?))),
        0x0c => show(out, format_args!("{:?}", f64::from_le_bytes(*bytes.first_chunk()?))),
        // Some providers put other numbers than 0 and 1 into a Bool.
        0x0d => match i32::from_le_bytes(*bytes.first_chunk()?) {
            0 => out.push_str("false"),
            1 => out.push_str("true"),
            other => write_number(i64::from(other), out),
        },
        BINARY => {
            out.reserve(bytes.len() * 2);
            bytes.iter().for_each(|byte| write_hex(u64::from(*byte), 2, &UPPER, out));
        }
        0x0f => write_guid(bytes.first_chunk()?, out),
        0x10 if bytes.len() == 4 => write_prefixed(u64::from(u32_at(bytes, 0)?), out), // SizeT
        0x10 => write_prefixed(u64_at(bytes, 0)?, out),
        FILETIME => write_filetime(u64_at(bytes, 0)?, out),
        0x12 => write_system_time(bytes.first_chunk()?, out),
        SID => write_sid(bytes, out)?,
        0x14 => write_prefixed(u64::from(u32_at(bytes, 0)?), out),
        0x15 => write_prefixed(u64_at(bytes, 0)?, out),
        _ => return None,
    }
    Some(())
}

fn show(out: &mut String, value: impl std::fmt::Display) {
    // Writing to a String cannot fail.
    let _ = write!(out, "{value}");
}

// Numbers fill logs. Formatting them by `std::fmt` would take a quarter of the time of decoding.

fn write_number(number: i64, out: &mut String) {
    if number < 0 {
        out.push('-');
    }
    write_digits(number.unsigned_abs(), out);
}

fn write_digits(mut number: u64, out: &mut String) {
    let mut digits = [0; 20];
    let mut start = digits.len();
    loop {
        start -= 1;
        digits[start] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out.push_str(str::from_utf8(&digits[start..]).unwrap_or_default());
}

const LOWER: [u8; 16] = *b"0123456789abcdef";
const UPPER: [u8; 16] = *b"0123456789ABCDEF";

/// The last so many hexadecimal digits of a number.
fn write_hex(number: u64, digits: u32, alphabet: &[u8; 16], out: &mut String) {
    for place in (0..digits).rev() {
        let [digit, ..] = (number >> (4 * place) & 0xf).to_le_bytes();
        out.push(char::from(alphabet[usize::from(digit & 0xf)]));
    }
}

/// All hexadecimal digits of a number, behind `0x`.
fn write_prefixed(number: u64, out: &mut String) {
    out.reserve(18);
    out.push_str("0x");
    write_hex(number, (67 - (number | 1).leading_zeros()) / 4, &LOWER, out);
}

fn write_guid(bytes: &[u8; 16], out: &mut String) {
    out.reserve(38);
    let [a, b, c, d, e, f, g, h, i, j, rest @ ..] = *bytes;
    let parts = [
        (u64::from(u32::from_le_bytes([a, b, c, d])), 8, '{'),
        (u64::from(u16::from_le_bytes([e, f])), 4, '-'),
        (u64::from(u16::from_le_bytes([g, h])), 4, '-'),
        (u64::from(u16::from_be_bytes([i, j])), 4, '-'),
        (rest.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)), 12, '-'),
    ];
    for (number, digits, before) in parts {
        out.push(before);
        write_hex(number, digits, &LOWER, out);
    }
    out.push('}');
}

/// `2024-11-21T05:05:57.2104567Z`: a FILETIME counts 100 ns since 1601.
fn write_filetime(filetime: u64, out: &mut String) {
    let time = Timestamp::from_filetime(filetime).to_string();
    let (date, clock) = time.trim_end_matches('Z').split_once(' ').unwrap_or((&time, ""));
    show(out, format_args!("{date}T{clock}.{:07}Z", filetime % 10_000_000));
}

fn write_system_time(bytes: &[u8; 16], out: &mut String) {
    let field = |at: usize| u16_at(bytes, at).unwrap_or(0);
    let (year, month, day) = (field(0), field(2), field(6));
    let (hour, minute, second, milli) = (field(8), field(10), field(12), field(14));
    show(
        out,
        format_args!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}0000Z"),
    );
}

/// `S-1-5-21-…`: revision, count, authority (6 bytes, big-endian), sub-authorities (4 bytes each).
fn write_sid(bytes: &[u8], out: &mut String) -> Option<()> {
    let (&[revision, count, a, b, c, d, e, f], rest) = bytes.split_first_chunk()?;
    let authority = u64::from_be_bytes([0, 0, a, b, c, d, e, f]);
    out.reserve(bytes.len() * 2);
    out.push_str("S-");
    write_number(i64::from(revision), out);
    out.push('-');
    write_digits(authority, out);
    for part in rest.as_chunks::<4>().0.iter().take(usize::from(count)) {
        out.push('-');
        write_number(i64::from(u32::from_le_bytes(*part)), out);
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(kind: u8, bytes: &[u8]) -> Result<String, Malformed> {
        Value { kind, bytes }.text()
    }

    #[test]
    fn every_type_is_written_as_windows_writes_it() {
        let all: [(u8, &[u8], &str); 22] = [
            (STRING, b"a\0b\0\0\0c\0", "ab"),
            (ANSI_STRING, b"caf\xe9\0", "café"),
            (0x03, &[0xff], "-1"),
            (0x04, &[0xff], "255"),
            (0x05, &[0xfe, 0xff], "-2"),
            (0x06, &[0xe8, 3], "1000"),
            (0x07, &[0, 0, 0, 0x80], "-2147483648"),
            (0x08, &[0, 0, 0, 0x80], "2147483648"),
            (0x09, &[0xff; 8], "-1"),
            (0x0a, &[0xff; 8], "18446744073709551615"),
            (0x0b, &1.5_f32.to_le_bytes(), "1.5"),
            (0x0c, &1e300_f64.to_le_bytes(), "1e300"),
            (0x0d, &[1, 0, 0, 0], "true"),
            (0x0d, &[7, 0, 0, 0], "7"),
            (BINARY, &[0xde, 0xad, 1], "DEAD01"),
            (
                0x0f,
                &[4, 3, 2, 1, 6, 5, 8, 7, 9, 10, 11, 12, 13, 14, 15, 16],
                "{01020304-0506-0708-090a-0b0c0d0e0f10}",
            ),
            (0x10, &[0x10, 0, 0, 0, 0, 0, 0, 0], "0x10"),
            (FILETIME, &132_000_000_000_000_001_u64.to_le_bytes(), "2019-04-17T18:40:00.0000001Z"),
            (0x12, &[0xe7, 7, 5, 0, 1, 0, 9, 0, 8, 0, 7, 0, 6, 0, 45, 0], "2023-05-09T08:07:06.0450000Z"),
            (SID, &[1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 0x20, 2, 0, 0], "S-1-5-32-544"),
            (0x14, &[0x05, 0x40, 0, 0x80], "0x80004005"),
            (0x15, &[0, 0, 0, 0, 1, 0, 0, 0], "0x100000000"),
        ];
        for (kind, bytes, expected) in all {
            assert_eq!(text(kind, bytes).as_deref(), Ok(expected), "type {kind:#x}");
        }
    }

    #[test]
    fn arrays_keep_their_empty_items() {
        assert_eq!(text(STRING | ARRAY, b"a\0\0\0\0\0b\0\0\0").as_deref(), Ok("a,,b"));
        assert_eq!(text(ANSI_STRING | ARRAY, b"a\0\0b").as_deref(), Ok("a,,b"));
        assert_eq!(text(0x08 | ARRAY, &[1, 0, 0, 0, 2, 0, 0, 0]).as_deref(), Ok("1,2"));
        let sids = [1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 5, 19, 0, 0, 0];
        assert_eq!(text(SID | ARRAY, &sids).as_deref(), Ok("S-1-5-18,S-1-5-19"));
    }

    #[test]
    fn a_value_too_short_for_its_type_is_damage() {
        for kind in [0x05, 0x08, 0x0a, 0x0f, 0x10, FILETIME, 0x12, SID, 0x14, 0x20, XML, 0x7f] {
            assert_eq!(text(kind, &[1]), Err(Malformed::Value(kind)));
        }
        for kind in [0x80, 0x8e, 0xa1, 0xff] {
            assert_eq!(text(kind, &[1]), Err(Malformed::Value(kind)));
        }
    }

    #[test]
    fn numbers_are_read_from_any_form() {
        assert_eq!(Value { kind: STRING, bytes: b"1\x000\0" }.number(), Some(10));
        assert_eq!(Value { kind: 0x07, bytes: &[9, 0, 0, 0] }.number(), Some(9));
        assert_eq!(Value { kind: 0x14, bytes: &[9, 0, 0, 0] }.number(), Some(9));
        assert_eq!(Value { kind: NULL, bytes: &[] }.number(), None);
        assert_eq!(parse_number(" 0x1F "), Some(31));
        assert_eq!(parse_number("-1"), None);
    }
}

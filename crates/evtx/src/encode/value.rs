//! Values to write.

use super::TooLarge;
use crate::value;

/// A value of one of the types of binary XML.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "the names are those of the types")]
pub enum Value {
    Null,
    Text(String),
    /// In Windows-1252.
    Ansi(Vec<u8>),
    I8(i8),
    U8(u8),
    I16(i16),
    U16(u16),
    I32(i32),
    U32(u32),
    I64(i64),
    U64(u64),
    F32(f32),
    F64(f64),
    Bool(bool),
    Binary(Vec<u8>),
    Guid([u8; 16]),
    /// The size of a 64-bit process.
    Size(u64),
    /// 100 ns since 1601-01-01.
    FileTime(u64),
    /// Year, month, day of the week, day, hour, minute, second, millisecond.
    SystemTime([u16; 8]),
    /// Revision, count, authority, sub-authorities.
    Sid(Vec<u8>),
    Hex32(u32),
    Hex64(u64),
    Texts(Vec<String>),
    U32s(Vec<u32>),
}

impl Value {
    /// The number of the type.
    pub(super) fn kind(&self) -> u8 {
        match self {
            Value::Null => value::NULL,
            Value::Text(_) => value::STRING,
            Value::Ansi(_) => value::ANSI_STRING,
            Value::I8(_) => 0x03,
            Value::U8(_) => 0x04,
            Value::I16(_) => 0x05,
            Value::U16(_) => 0x06,
            Value::I32(_) => 0x07,
            Value::U32(_) => 0x08,
            Value::I64(_) => 0x09,
            Value::U64(_) => 0x0a,
            Value::F32(_) => 0x0b,
            Value::F64(_) => 0x0c,
            Value::Bool(_) => 0x0d,
            Value::Binary(_) => value::BINARY,
            Value::Guid(_) => 0x0f,
            Value::Size(_) => 0x10,
            Value::FileTime(_) => value::FILETIME,
            Value::SystemTime(_) => 0x12,
            Value::Sid(_) => value::SID,
            Value::Hex32(_) => 0x14,
            Value::Hex64(_) => 0x15,
            Value::Texts(_) => value::STRING | value::ARRAY,
            Value::U32s(_) => 0x08 | value::ARRAY,
        }
    }

    /// Appends the bytes of the value.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        match self {
            Value::Null => {}
            Value::Text(text) => write_utf16(text, out),
            Value::Ansi(bytes) | Value::Binary(bytes) | Value::Sid(bytes) => out.extend_from_slice(bytes),
            Value::I8(v) => out.extend_from_slice(&v.to_le_bytes()),
            Value::U8(v) => out.push(*v),
            Value::I16(v) => out.extend_from_slice(&v.to_le_bytes()),
            Value::U16(v) => out.extend_from_slice(&v.to_le_bytes()),
            Value::I32(v) => out.extend_from_slice(&v.to_le_bytes()),
            Value::U32(v) | Value::Hex32(v) => out.extend_from_slice(&v.to_le_bytes()),
            Value::I64(v) => out.extend_from_slice(&v.to_le_bytes()),
            Value::U64(v) | Value::Hex64(v) | Value::Size(v) | Value::FileTime(v) => {
                out.extend_from_slice(&v.to_le_bytes());
            }
            Value::F32(v) => out.extend_from_slice(&v.to_le_bytes()),
            Value::F64(v) => out.extend_from_slice(&v.to_le_bytes()),
            Value::Bool(v) => out.extend_from_slice(&u32::from(*v).to_le_bytes()),
            Value::Guid(v) => out.extend_from_slice(v),
            Value::SystemTime(v) => v.iter().for_each(|v| out.extend_from_slice(&v.to_le_bytes())),
            Value::Texts(texts) => texts.iter().for_each(|text| {
                write_utf16(text, out);
                out.extend_from_slice(&[0, 0]);
            }),
            Value::U32s(numbers) => numbers.iter().for_each(|v| out.extend_from_slice(&v.to_le_bytes())),
        }
    }
}

pub(super) fn write_utf16(text: &str, out: &mut Vec<u8>) {
    text.encode_utf16().for_each(|unit| out.extend_from_slice(&unit.to_le_bytes()));
}

/// Text with its length in units in front.
pub(super) fn write_counted(text: &str, out: &mut Vec<u8>) -> Result<(), TooLarge> {
    let length = u16::try_from(text.encode_utf16().count()).map_err(|_| TooLarge)?;
    out.extend_from_slice(&length.to_le_bytes());
    write_utf16(text, out);
    Ok(())
}

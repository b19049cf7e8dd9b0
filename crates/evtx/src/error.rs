//! What can be wrong with a log.

use std::io;

/// Why a log could not be read at all.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The input does not start as an .evtx file does.
    #[error("not an .evtx log: the file header is missing; export the log again with `wevtutil epl`")]
    NotEvtx,
    /// The first bytes could not be read.
    #[error("cannot read the file header: {0}")]
    Read(#[from] io::Error),
}

/// What is wrong with a part of a log. The rest was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// The file header's checksum is wrong. Chunks are found without it.
    #[error("the file header's checksum does not match")]
    FileHeaderChecksum,
    /// No chunk where one should start.
    #[error("no chunk header where one should be; the chunk was left out")]
    ChunkMagic,
    /// The checksum of the chunk's header is wrong, as in a log that was copied while it was open.
    #[error("the chunk header's checksum does not match")]
    ChunkHeaderChecksum,
    /// The checksum of the chunk's records is wrong. Checked where an event was taken from the chunk.
    #[error("the checksum of the chunk's records does not match")]
    ChunkDataChecksum,
    /// No record where one should start; the next one was searched for.
    #[error("no record where one should start")]
    RecordHeader,
    /// The record's size is impossible, or its two copies differ.
    #[error("the record's size is wrong")]
    RecordSize,
    /// The record passed the filter, or might have, and its content could not be decoded (to the end).
    #[error("the record's content is damaged: {0}")]
    Content(Malformed),
    /// The file ends inside this chunk.
    #[error("the file ends inside a chunk")]
    Truncated,
    /// The system could not read on; what follows is missing.
    #[error("reading stopped: {0}")]
    Unreadable(io::ErrorKind),
}

/// What is wrong with binary XML.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// It ends too early, or points outside the chunk.
    #[error("it points outside its bounds")]
    Truncated,
    /// An unknown token, or one at a place where it cannot stand.
    #[error("unexpected token {0:#04x}")]
    Token(u8),
    /// An unknown value type, or a size that does not fit the type.
    #[error("a value of type {0:#04x} does not fit")]
    Value(u8),
    /// Elements or templates are nested too deeply.
    #[error("it is nested too deeply")]
    Depth,
    /// It asks for more work or text than a whole chunk can hold.
    #[error("it asks for more than a chunk can hold")]
    TooMuch,
    /// The root element is not `Event`.
    #[error("it is not an event")]
    NotAnEvent,
}

//! Windows event logs in binary form (.evtx): a filter that reads only what matters, and a decoder.
//!
//! A log is a file header and chunks of 64 KiB; a chunk holds records; a record is binary XML, mostly a
//! template (stored once per chunk) with a list of values. [`scan`] finds out once per template and chunk
//! where the provider's name and the event id stand (literally in the template, or as value number `k`),
//! compares the raw bytes of each record with a [`Filter`], and decodes only the records that pass.
//!
//! The format is described by [MS-EVEN6] section 2.2.12 ff. (binary XML) and by the libevtx project's
//! "Windows XML Event Log (EVTX) format" (file, chunk and record headers).
//!
//! Input is untrusted: damaged parts are skipped and listed in the [`Summary`], work and output per chunk are
//! bounded, and nothing is allocated by a size that the file only claims.
//!
//! [MS-EVEN6]: https://learn.microsoft.com/openspecs/windows_protocols/ms-even6

mod block;
mod budget;
mod bytes;
mod chunk;
mod decode;
mod draft;
#[cfg(feature = "encode")]
pub mod encode;
mod error;
mod filter;
mod frame;
mod instance;
mod locate;
mod packed;
mod parallel;
mod program;
mod scan;
mod summary;
mod text;
mod tokens;
mod value;
mod verdict;
mod worker;

pub use error::{Error, Flaw, Malformed};
pub use filter::Filter;
pub use scan::{scan, scan_serial};
pub use summary::{Damage, Summary};

/// The size of a chunk.
const CHUNK: usize = 0x1_0000;
/// The size of the file header's block; the first chunk follows it.
const FILE_HEADER: usize = 0x1000;
/// The size of a chunk's header with its string and template tables; the first record follows it.
const CHUNK_HEADER: usize = 0x200;
/// The size of a record's header: magic, size, record id, time written.
const RECORD_HEADER: usize = 24;
/// What a file starts with.
const FILE_MAGIC: &[u8; 8] = b"ElfFile\0";
/// What a chunk starts with.
const CHUNK_MAGIC: &[u8; 8] = b"ElfChnk\0";
/// What a record starts with.
const RECORD_MAGIC: &[u8; 4] = b"\x2a\x2a\0\0";

/// Tells whether a file that begins with `prefix` is an .evtx log; 8 bytes suffice.
pub fn is_evtx(prefix: &[u8]) -> bool {
    prefix.starts_with(FILE_MAGIC)
}

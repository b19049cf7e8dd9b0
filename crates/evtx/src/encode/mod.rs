//! Writes .evtx logs as Windows does, for tests, examples and benchmarks.
//!
//! An event becomes a record with two template instances: one for the event with its `System` element, and in its
//! value number 19 one for the body. Definitions stand in the record that uses them first in a chunk, names
//! where they are used first; both are linked into the chunk's tables.
//!
//! ```
//! use falconer_evtx::encode::{Body, Event, encode};
//!
//! let event = Event {
//!     provider: "IIS AspNetCore Module V2".into(),
//!     id: 1018,
//!     level: 2,
//!     log: "Application".into(),
//!     body: Body::Strings(vec!["Application '/LM/W3SVC/1/ROOT' has shutdown unexpectedly.".into()]),
//!     ..Event::default()
//! };
//! let file = encode(&[event])?;
//! assert!(falconer_evtx::is_evtx(&file));
//! # Ok::<(), falconer_evtx::encode::TooLarge>(())
//! ```

mod chunk;
mod event;
mod layout;
mod record;
mod tree;
mod value;

pub use chunk::ChunkWriter;
pub use event::{Body, Event, Style};
pub use value::Value;

use crate::{CHUNK, FILE_HEADER, FILE_MAGIC};

/// An event, or one of its values, has more bytes than a chunk, or a value, can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the event does not fit into a chunk of 64 KiB")]
pub struct TooLarge;

/// A whole log with these events; their record ids count from 1.
///
/// # Errors
///
/// [`TooLarge`] if an event does not fit into a chunk.
pub fn encode(events: &[Event]) -> Result<Vec<u8>, TooLarge> {
    let mut chunks = Vec::new();
    let mut writer = ChunkWriter::new(1);
    for event in events {
        if !writer.push(event)? {
            let next = writer.next_record();
            chunks.push(std::mem::replace(&mut writer, ChunkWriter::new(next)).finish());
            writer.push(event)?;
        }
    }
    let next = writer.next_record();
    chunks.push(writer.finish());
    let mut file = file_header(chunks.len() as u64, next);
    chunks.iter().for_each(|chunk| file.extend_from_slice(chunk));
    Ok(file)
}

/// The header block of a log of so many chunks; `next_record` is the id of the record that would come next.
pub fn file_header(chunks: u64, next_record: u64) -> Vec<u8> {
    let mut header = Vec::with_capacity(FILE_HEADER);
    header.extend_from_slice(FILE_MAGIC);
    header.extend_from_slice(&0_u64.to_le_bytes()); // the oldest chunk
    header.extend_from_slice(&chunks.saturating_sub(1).to_le_bytes()); // the newest chunk
    header.extend_from_slice(&next_record.to_le_bytes());
    header.extend_from_slice(&128_u32.to_le_bytes()); // the size of what is used of the block
    header.extend_from_slice(&[1, 0, 3, 0]); // version 3.1
    header.extend_from_slice(&4096_u16.to_le_bytes()); // the size of the block
    // The count has 16 bits and wraps; readers go by the size of the file.
    header.extend_from_slice(&chunks.to_le_bytes()[..2]);
    header.resize(124, 0);
    let checksum = crc32fast::hash(&header[..120]);
    header.extend_from_slice(&checksum.to_le_bytes());
    header.resize(FILE_HEADER, 0);
    header
}

/// Overwrites bytes that were left free for it.
fn patch(buffer: &mut [u8], at: usize, bytes: &[u8]) {
    if let Some(place) = buffer.get_mut(at..at + bytes.len()) {
        place.copy_from_slice(bytes);
    }
}

const _: () = assert!(CHUNK <= u16::MAX as usize + 1, "offsets in a chunk fit into 16 bits");

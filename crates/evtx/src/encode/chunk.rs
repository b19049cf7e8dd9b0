//! A chunk to write.

use super::{
    Body, Event, Style, TooLarge,
    layout::{body_key, body_tree, body_values, event_key, event_tree, event_values, rendering_tree},
    patch,
    record::Store,
    tree::Element,
};
use crate::{CHUNK, CHUNK_HEADER, CHUNK_MAGIC, RECORD_HEADER, RECORD_MAGIC, value};

/// Writes one chunk.
#[derive(Debug, Clone)]
pub struct ChunkWriter {
    store: Store,
    first: u64,
    next: u64,
    last_offset: usize,
}

impl ChunkWriter {
    /// An empty chunk; its first record has the id `first_record`.
    pub fn new(first_record: u64) -> Self {
        ChunkWriter { store: Store::new(), first: first_record, next: first_record, last_offset: 0 }
    }

    /// The id of the record that comes next.
    pub fn next_record(&self) -> u64 {
        self.next
    }

    /// Adds an event; `false` if the chunk is too full for it.
    ///
    /// # Errors
    ///
    /// [`TooLarge`] if it would not fit into an empty chunk either.
    pub fn push(&mut self, event: &Event) -> Result<bool, TooLarge> {
        let mark = self.store.mark();
        let offset = self.store.bytes.len();
        let written = self.record(event);
        if written.is_ok() && self.store.bytes.len() <= CHUNK {
            self.last_offset = offset;
            self.next += 1;
            return Ok(true);
        }
        self.store.return_to(&mark);
        if offset == CHUNK_HEADER { Err(TooLarge) } else { Ok(false) }
    }

    fn record(&mut self, event: &Event) -> Result<(), TooLarge> {
        let start = self.store.bytes.len();
        self.store.bytes.extend_from_slice(RECORD_MAGIC);
        self.store.bytes.extend_from_slice(&[0; 4]);
        self.store.bytes.extend_from_slice(&self.next.to_le_bytes());
        self.store.bytes.extend_from_slice(&event.time.to_le_bytes());
        debug_assert_eq!(self.store.bytes.len() - start, RECORD_HEADER);
        self.store.fragment();
        if event.style == Style::Plain {
            self.plain(event)?;
        } else {
            let values = event_values(event, self.next);
            let mut body = |store: &mut Store| write_body(store, event);
            self.store.template(&event_key(event), || event_tree(event), &values, Some(&mut body))?;
        }
        self.store.end();
        // Records end at a multiple of 8.
        let end = (self.store.bytes.len() + 4).next_multiple_of(8);
        self.store.bytes.resize(end - 4, 0);
        let size = u32::try_from(end - start).map_err(|_| TooLarge)?.to_le_bytes();
        self.store.bytes.extend_from_slice(&size);
        patch(&mut self.store.bytes, start + 4, &size);
        Ok(())
    }

    /// The event as literal text, without templates.
    fn plain(&mut self, event: &Event) -> Result<(), TooLarge> {
        let mut tree = event_tree(event);
        tree.dependency = None;
        tree.fill(&texts_of(&event_values(event, self.next)));
        tree = match &event.body {
            Body::None => tree,
            Body::Strings(strings) => tree.children([Element::new("EventData")
                .children(strings.iter().map(|text| Element::new("Data").text(text)))]),
            body => {
                let mut filled = body_tree(body);
                filled.fill(&texts_of(&body_values(body)));
                tree.children([filled])
            }
        };
        tree = tree.children(event.message.as_deref().map(rendering_tree));
        self.store.element(&tree, false)
    }

    /// The whole chunk.
    pub fn finish(self) -> Vec<u8> {
        let tables = self.store.tables();
        let mut header = Vec::with_capacity(CHUNK_HEADER);
        header.extend_from_slice(CHUNK_MAGIC);
        let last = self.next.saturating_sub(1);
        // First and last number of a record, and again as ids.
        for number in [self.first, last, self.first, last] {
            header.extend_from_slice(&number.to_le_bytes());
        }
        let free = self.store.bytes.len();
        let records = crc32fast::hash(self.store.bytes.get(CHUNK_HEADER..).unwrap_or(&[]));
        for number in [128, self.last_offset as u64, free as u64, u64::from(records)] {
            header.extend_from_slice(&number.to_le_bytes()[..4]);
        }
        header.resize(128, 0);
        tables.for_each(|offset| header.extend_from_slice(&offset.to_le_bytes()));
        let mut checksum = crc32fast::Hasher::new();
        checksum.update(&header[..120]);
        checksum.update(&header[128..]);
        patch(&mut header, 124, &checksum.finalize().to_le_bytes());
        let mut bytes = self.store.bytes;
        patch(&mut bytes, 0, &header);
        bytes.resize(CHUNK, 0);
        bytes
    }
}

/// The value that brings the body: an instance of its template, and the rendered message behind it.
fn write_body(store: &mut Store, event: &Event) -> Result<(), TooLarge> {
    let key = body_key(&event.body);
    if key.is_none() && event.message.is_none() {
        return Ok(());
    }
    store.fragment();
    if let Some(key) = key {
        store.template(&key, || body_tree(&event.body), &body_values(&event.body), None)?;
    }
    if let Some(message) = &event.message {
        store.element(&rendering_tree(message), false)?;
    }
    store.end();
    Ok(())
}

/// The texts of values, for where they stand as such.
fn texts_of(values: &[super::Value]) -> impl Fn(u16) -> Option<String> {
    let texts: Vec<Option<String>> = values
        .iter()
        .map(|value| {
            let mut bytes = Vec::new();
            value.write(&mut bytes);
            let text = value::Value { kind: value.kind(), bytes: &bytes }.text().ok()?;
            (value.kind() != value::NULL).then_some(text)
        })
        .collect();
    move |index| texts.get(usize::from(index)).cloned().flatten()
}

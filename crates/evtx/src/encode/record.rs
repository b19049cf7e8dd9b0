//! Binary XML at its place in a chunk.

use std::collections::HashMap;

use super::{
    TooLarge, Value, patch,
    tree::{Content, Element},
    value::{write_counted, write_utf16},
};
use crate::{CHUNK_HEADER, value};

const FRAGMENT_HEADER: [u8; 4] = [0x0f, 1, 1, 0];
const NAME_BUCKETS: usize = 64;
const TEMPLATE_BUCKETS: usize = 32;

/// What a chunk holds so far: its bytes from the header on, its names and its templates.
#[derive(Debug, Clone)]
pub(super) struct Store {
    pub(super) bytes: Vec<u8>,
    names: HashMap<String, u32>,
    templates: HashMap<String, u32>,
    name_table: [u32; NAME_BUCKETS],
    template_table: [u32; TEMPLATE_BUCKETS],
}

/// Writes the value that brings the body.
pub(super) type WriteBody<'b> = dyn FnMut(&mut Store) -> Result<(), TooLarge> + 'b;

/// What to return to when a record does not fit.
pub(super) struct Mark {
    length: usize,
    name_table: [u32; NAME_BUCKETS],
    template_table: [u32; TEMPLATE_BUCKETS],
}

impl Store {
    pub(super) fn new() -> Self {
        Store {
            bytes: vec![0; CHUNK_HEADER],
            names: HashMap::new(),
            templates: HashMap::new(),
            name_table: [0; NAME_BUCKETS],
            template_table: [0; TEMPLATE_BUCKETS],
        }
    }

    pub(super) fn mark(&self) -> Mark {
        let (name_table, template_table) = (self.name_table, self.template_table);
        Mark { length: self.bytes.len(), name_table, template_table }
    }

    pub(super) fn return_to(&mut self, mark: &Mark) {
        self.bytes.truncate(mark.length);
        (self.name_table, self.template_table) = (mark.name_table, mark.template_table);
        let is_left = |at: &mut u32| usize::try_from(*at).is_ok_and(|at| at < mark.length);
        self.names.retain(|_, at| is_left(at));
        self.templates.retain(|_, at| is_left(at));
    }

    /// The tables of the chunk's header, from byte 128 on.
    pub(super) fn tables(&self) -> impl Iterator<Item = u32> {
        self.name_table.iter().chain(&self.template_table).copied()
    }

    fn here(&self) -> Result<u32, TooLarge> {
        u32::try_from(self.bytes.len()).map_err(|_| TooLarge)
    }

    fn put(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// A fragment's header, which everything begins with.
    pub(super) fn fragment(&mut self) {
        self.put(&FRAGMENT_HEADER);
    }

    /// The end of a fragment.
    pub(super) fn end(&mut self) {
        self.put(&[0]);
    }

    /// A template instance up to its values; the definition is written where it is new.
    fn instance(&mut self, key: &str, tree: impl FnOnce() -> Element) -> Result<(), TooLarge> {
        let guid = guid_of(key);
        self.put(&[0x0c, 1]);
        self.put(&guid[..4]);
        if let Some(known) = self.templates.get(key) {
            let known = *known;
            self.put(&known.to_le_bytes());
            return Ok(());
        }
        let at = self.here()? + 4;
        self.put(&at.to_le_bytes());
        self.templates.insert(key.to_owned(), at);
        let bucket = usize::from(guid[0]) % TEMPLATE_BUCKETS;
        let next = std::mem::replace(&mut self.template_table[bucket], at);
        self.put(&next.to_le_bytes());
        self.put(&guid);
        let size = self.reserve();
        self.fragment();
        self.element(&tree(), true)?;
        self.end();
        self.close(size)
    }

    /// A template instance with its values. A `body` is written as one more value.
    pub(super) fn template(
        &mut self,
        key: &str,
        tree: impl FnOnce() -> Element,
        values: &[Value],
        body: Option<&mut WriteBody<'_>>,
    ) -> Result<(), TooLarge> {
        self.instance(key, tree)?;
        let count = values.len() + usize::from(body.is_some());
        self.put(&u32::try_from(count).map_err(|_| TooLarge)?.to_le_bytes());
        let sizes = self.bytes.len();
        self.put(&vec![0; count * 4]);
        for (number, value) in values.iter().enumerate() {
            let start = self.bytes.len();
            value.write(&mut self.bytes);
            self.describe(sizes + number * 4, start, value.kind())?;
        }
        if let Some(body) = body {
            let start = self.bytes.len();
            body(self)?;
            let kind = if self.bytes.len() > start { value::XML } else { value::NULL };
            self.describe(sizes + values.len() * 4, start, kind)?;
        }
        Ok(())
    }

    /// Fills in the size and the type of the value that begins at `start` and ends here.
    fn describe(&mut self, at: usize, start: usize, kind: u8) -> Result<(), TooLarge> {
        let [low, high] = u16::try_from(self.bytes.len() - start).map_err(|_| TooLarge)?.to_le_bytes();
        patch(&mut self.bytes, at, &[low, high, kind, 0]);
        Ok(())
    }

    pub(super) fn element(&mut self, element: &Element, in_definition: bool) -> Result<(), TooLarge> {
        let has_attributes = !element.attributes.is_empty();
        self.put(&[if has_attributes { 0x41 } else { 0x01 }]);
        if in_definition {
            self.put(&element.dependency.unwrap_or(0xffff).to_le_bytes());
        }
        let size = self.reserve();
        self.name(&element.name)?;
        if has_attributes {
            let list = self.reserve();
            for (number, (name, content)) in element.attributes.iter().enumerate() {
                let more = number + 1 < element.attributes.len();
                self.put(&[if more { 0x46 } else { 0x06 }]);
                self.name(name)?;
                self.content(content, in_definition)?;
            }
            self.close(list)?;
        }
        if element.content.is_empty() {
            self.put(&[0x03]);
        } else {
            self.put(&[0x02]);
            for content in &element.content {
                self.content(content, in_definition)?;
            }
            self.put(&[0x04]);
        }
        self.close(size)
    }

    fn content(&mut self, content: &Content, in_definition: bool) -> Result<(), TooLarge> {
        match content {
            Content::Text(text) => {
                self.put(&[0x05, value::STRING]);
                write_counted(text, &mut self.bytes)?;
            }
            Content::Value { index, kind, optional } => {
                self.put(&[if *optional { 0x0e } else { 0x0d }]);
                self.put(&index.to_le_bytes());
                self.put(&[*kind]);
            }
            Content::Element(element) => self.element(element, in_definition)?,
        }
        Ok(())
    }

    /// A name's offset, and the name itself where it is new: next in its bucket, hash, length, text, NUL.
    fn name(&mut self, name: &str) -> Result<(), TooLarge> {
        if let Some(known) = self.names.get(name) {
            let known = *known;
            self.put(&known.to_le_bytes());
            return Ok(());
        }
        let at = self.here()? + 4;
        self.put(&at.to_le_bytes());
        let hash = hash_of(name);
        let bucket = usize::from(hash) % NAME_BUCKETS;
        let next = std::mem::replace(&mut self.name_table[bucket], at);
        self.put(&next.to_le_bytes());
        self.put(&hash.to_le_bytes());
        write_counted(name, &mut self.bytes)?;
        write_utf16("\0", &mut self.bytes);
        self.names.insert(name.to_owned(), at);
        Ok(())
    }

    /// Leaves room for a size.
    fn reserve(&mut self) -> usize {
        self.put(&[0; 4]);
        self.bytes.len()
    }

    /// Fills in the size of what was written since room was left for it.
    fn close(&mut self, reserved: usize) -> Result<(), TooLarge> {
        let size = u32::try_from(self.bytes.len() - reserved).map_err(|_| TooLarge)?;
        patch(&mut self.bytes, reserved - 4, &size.to_le_bytes());
        Ok(())
    }
}

/// The hash of a name, as in [MS-EVEN6] section 2.2.12.
fn hash_of(name: &str) -> u16 {
    let hash =
        name.encode_utf16().fold(0_u32, |hash, unit| hash.wrapping_mul(65599).wrapping_add(u32::from(unit)));
    let [low, high, ..] = hash.to_le_bytes();
    u16::from_le_bytes([low, high])
}

/// A GUID that depends on the template's content only (FNV-1a).
fn guid_of(key: &str) -> [u8; 16] {
    let hash = key.bytes().fold(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128, |hash, byte| {
        (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b)
    });
    hash.to_le_bytes()
}

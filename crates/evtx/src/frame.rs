//! The values of a template instance, and what its program makes of them.

use falconer_observation::Timestamp;

use crate::{
    Malformed,
    budget::Budget,
    instance::Slot,
    program::Text,
    value::{self, Value},
};

/// A chunk, and what it may still cost.
#[derive(Clone, Copy)]
pub(crate) struct Chunk<'c> {
    pub(crate) bytes: &'c [u8],
    pub(crate) budget: &'c Budget,
}

/// The values that a program names by number.
#[derive(Clone, Copy)]
pub(crate) struct Frame<'c> {
    pub(crate) chunk: Chunk<'c>,
    pub(crate) slots: &'c [Slot],
}

impl<'c> Frame<'c> {
    #[inline]
    pub(crate) fn value(self, index: u16) -> Option<Value<'c>> {
        self.slots.get(usize::from(index)).map(|slot| slot.value(self.chunk.bytes))
    }

    /// Appends a text; binary XML is none.
    #[inline]
    pub(crate) fn write(self, text: &Text, out: &mut String) -> Result<(), Malformed> {
        match text {
            Text::Fixed(text) => {
                self.chunk.budget.output(text.len())?;
                out.push_str(text);
                Ok(())
            }
            Text::Value(index) => match self.value(*index) {
                Some(value) if value.kind != value::XML => self.write_value(value, out),
                _ => Ok(()),
            },
            Text::Joined(parts) => {
                self.chunk.budget.steps(parts.len())?;
                parts.iter().try_for_each(|part| self.write(part, out))
            }
        }
    }

    /// Appends a value's text.
    #[inline]
    pub(crate) fn write_value(self, value: Value<'_>, out: &mut String) -> Result<(), Malformed> {
        // Paid before it is read, and for what it becomes after: not each byte becomes text.
        self.chunk.budget.output(value.bytes.len())?;
        let before = out.len();
        value.write(out)?;
        self.chunk.budget.output(out.len() - before)
    }

    pub(crate) fn number(self, text: &Text) -> Result<Option<u64>, Malformed> {
        match text {
            Text::Value(index) => Ok(self.value(*index).and_then(Value::number)),
            text => self.text(text).map(|text| value::parse_number(&text)),
        }
    }

    pub(crate) fn time(self, text: &Text) -> Result<Option<Timestamp>, Malformed> {
        match text {
            Text::Value(index) => Ok(self.value(*index).and_then(Value::time)),
            text => self.text(text).map(|text| Timestamp::parse_iso(&text)),
        }
    }

    fn text(self, text: &Text) -> Result<String, Malformed> {
        let mut out = String::new();
        self.write(text, &mut out)?;
        Ok(out)
    }
}

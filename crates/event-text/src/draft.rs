//! An event while its fields are being gathered.

use falconer_observation::WinEvent;

use crate::frame::Frame;
use crate::lines::cut;
use crate::properties::Field;
use crate::reading::limits;
use crate::{time, words};

/// Fields as they come in. The first value of a field wins; what cannot be read as the field's kind is left out.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    event: WinEvent,
    /// A date that had no time of day with it.
    date: Option<String>,
    /// Insertion strings as PowerShell prints a list: `{one, two}`.
    printed: Option<String>,
    /// The id came from a 32-bit instance id, which an event id outdoes.
    instance: bool,
    /// Something was cut to size.
    pub(crate) cut: bool,
}

impl Draft {
    /// Sets a field from its text.
    pub(crate) fn set(&mut self, field: Field, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let event = &mut self.event;
        match field {
            Field::Provider => put(&mut event.provider, || Some(cut(text, NAME).to_owned())),
            Field::Log => put(&mut event.log, || Some(cut(text, NAME).to_owned())),
            Field::Computer => put(&mut event.computer, || Some(cut(text, NAME).to_owned())),
            Field::Level => put(&mut event.level, || words::level_or_number(text)),
            Field::EntryType => put(&mut event.level, || words::entry_type(text)),
            Field::Record => put(&mut event.record, || text.parse().ok()),
            Field::ProcessId => put(&mut event.process_id, || text.parse().ok().filter(|pid| *pid != 0)),
            Field::Id => self.set_id(text, false),
            Field::InstanceId => self.set_id(text, true),
            Field::Time => self.set_time(text),
            Field::Clock => {
                if let Some(date) = self.date.take() {
                    self.set_time(&format!("{date} {}", cut(text, NAME)));
                }
            }
            Field::Message => self.set_message(text),
            Field::Strings => self.printed = printed_list(text).map(|list| self.sized(list)),
            Field::Bytes | Field::Other => {}
        }
    }

    /// An event id has 16 bits; what stands above them are severity, facility and qualifiers.
    fn set_id(&mut self, text: &str, instance: bool) {
        if (self.event.id.is_none() || self.instance && !instance)
            && let Ok(number) = text.parse::<u64>()
        {
            self.event.id = u32::try_from(number & 0xffff).ok();
            self.instance = instance;
        }
    }

    fn set_time(&mut self, text: &str) {
        if self.event.time.is_none() {
            self.event.time = time::parse(text);
            self.date = self.event.time.is_none().then(|| cut(text, NAME).to_owned());
        }
    }

    /// Sets the message, with white space around it taken off.
    pub(crate) fn set_message(&mut self, text: &str) {
        if self.event.message.is_none() && !text.trim().is_empty() {
            self.event.message = Some(self.sized(text.trim()));
        }
    }

    /// Adds an insertion string.
    pub(crate) fn add_string(&mut self, name: Option<&str>, value: &str) {
        if self.event.data.len() >= limits::STRINGS {
            self.cut = true;
            return;
        }
        let value = self.sized(value);
        self.event.data.push((name.map(|name| cut(name, NAME).to_owned()), value));
    }

    /// Adds the raw bytes that an event may carry, in hexadecimal as event XML has them.
    pub(crate) fn add_bytes(&mut self, bytes: impl Iterator<Item = u8>) {
        let hex: String = bytes.take(BYTES).map(|byte| format!("{byte:02X}")).collect();
        if !hex.is_empty() {
            self.add_string(Some(BINARY), &hex);
        }
    }

    fn sized(&mut self, text: &str) -> String {
        let kept = cut(text, limits::TEXT);
        self.cut |= kept.len() < text.len();
        kept.to_owned()
    }

    /// What is known so far.
    pub(crate) fn event(&self) -> &WinEvent {
        &self.event
    }

    /// Takes over what the event's own XML tells: it has the time in UTC, the record, the strings.
    pub(crate) fn absorb(&mut self, xml: Draft) {
        let (mine, other) = (&mut self.event, xml.event);
        mine.time = other.time.or(mine.time);
        mine.provider = other.provider.or(mine.provider.take());
        mine.id = other.id.or(mine.id);
        mine.level = other.level.or(mine.level);
        mine.log = other.log.or(mine.log.take());
        mine.computer = other.computer.or(mine.computer.take());
        mine.record = other.record.or(mine.record);
        mine.process_id = other.process_id.or(mine.process_id);
        mine.message = mine.message.take().or(other.message);
        if mine.data.is_empty() {
            mine.data = other.data;
        }
        self.cut |= xml.cut;
    }

    /// The event, with the frame around an undescribed event's strings taken off.
    pub(crate) fn finish(mut self) -> Finished {
        // A printed list cannot be taken apart again: its separator stands in the strings too. It tells
        // something only where there is no message.
        if self.event.message.is_none()
            && self.event.data.is_empty()
            && let Some(list) = self.printed.take()
        {
            self.add_string(None, &list);
        }
        if let Some(message) = self.event.message.take() {
            match Frame::parse(&message) {
                Some(frame) => {
                    self.set(Field::Provider, frame.provider);
                    self.set(Field::Id, frame.id);
                    if self.event.data.iter().all(|(name, _)| name.as_deref() == Some(BINARY)) {
                        for string in frame.strings() {
                            self.add_string(None, string);
                        }
                    }
                }
                None => self.event.message = Some(message),
            }
        }
        Finished { event: self.event, cut: self.cut }
    }
}

/// The inside of a list as PowerShell prints it, unless it prints only the kind of its items.
fn printed_list(text: &str) -> Option<&str> {
    let list = text.strip_prefix('{')?.strip_suffix('}')?.trim();
    (!list.is_empty() && !list.starts_with("System.")).then_some(list)
}

/// A finished event.
pub(crate) struct Finished {
    pub(crate) event: WinEvent,
    /// Something was cut to size.
    pub(crate) cut: bool,
}

/// The name under which raw bytes stand among the strings: that of the element in event XML.
pub(crate) const BINARY: &str = "Binary";

/// Longest name of a provider, log, computer or string, in bytes.
const NAME: usize = 512;
/// Most raw bytes kept.
const BYTES: usize = 1024;

fn put<T>(slot: &mut Option<T>, value: impl FnOnce() -> Option<T>) {
    if slot.is_none() {
        *slot = value();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_id_outdoes_an_instance_id_in_either_order() {
        for order in [[Field::InstanceId, Field::Id], [Field::Id, Field::InstanceId]] {
            let mut draft = Draft::default();
            for field in order {
                draft.set(field, if field == Field::Id { "1018" } else { "3221226473" });
            }
            assert_eq!(draft.event().id, Some(1018));
        }
    }

    #[test]
    fn qualifiers_are_taken_off_an_instance_id() {
        let mut draft = Draft::default();
        draft.set(Field::InstanceId, "3221226474");
        assert_eq!(draft.event().id, Some(1002));
    }

    #[test]
    fn a_date_waits_for_its_time_of_day() {
        let mut draft = Draft::default();
        draft.set(Field::Time, "1/2/2010");
        draft.set(Field::Clock, "3:04:05 PM");
        assert_eq!(draft.event().time.map(|t| t.to_string()).as_deref(), Some("2010-01-02 15:04:05"));
    }

    #[test]
    fn long_texts_and_many_strings_are_cut() {
        let mut draft = Draft::default();
        draft.set_message(&"é".repeat(limits::TEXT));
        for _ in 0..=limits::STRINGS {
            draft.add_string(None, "x");
        }
        let finished = draft.finish();
        assert!(finished.cut);
        assert_eq!(finished.event.message.map(|m| m.len()), Some(limits::TEXT));
        assert_eq!(finished.event.data.len(), limits::STRINGS);
    }
}

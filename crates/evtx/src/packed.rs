//! Events that wait to be shown.

use std::{convert::Infallible, ops::ControlFlow};

use falconer_observation::{EventLevel, Timestamp, WinEvent};

use crate::{draft::Draft, worker::Sink};

/// Events one after the other in memory. As [`WinEvent`]s, each with some twenty texts of its own, events that wait
/// would fall out of the cache, and cost more to write and to read again than to decode.
#[derive(Default)]
pub(crate) struct Packed {
    heads: Vec<Head>,
    /// The lengths of the texts: of each event's provider, log, computer and message, then of name and text of
    /// each data. What is missing has no text.
    lengths: Vec<u32>,
    texts: String,
}

/// What of an event is no text.
#[derive(Clone, Copy)]
struct Head {
    id: Option<u32>,
    level: Option<EventLevel>,
    time: Option<Timestamp>,
    record: Option<u64>,
    process_id: Option<u32>,
    data: usize,
}

impl Packed {
    pub(crate) fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }

    /// How many bytes it takes.
    pub(crate) fn bytes(&self) -> usize {
        self.heads.len() * size_of::<Head>() + self.lengths.len() * size_of::<u32>() + self.texts.len()
    }

    /// Adds an event as [`Draft`] makes it: without empty names and empty facts.
    pub(crate) fn push(&mut self, event: &WinEvent) {
        let WinEvent { id, level, time, record, process_id, .. } = *event;
        self.heads.push(Head { id, level, time, record, process_id, data: event.data.len() });
        for text in [&event.provider, &event.log, &event.computer, &event.message] {
            self.push_text(text.as_deref().unwrap_or(""));
        }
        for (name, text) in &event.data {
            self.push_text(name.as_deref().unwrap_or(""));
            self.push_text(text);
        }
    }

    fn push_text(&mut self, text: &str) {
        // The texts of an event are smaller than the budget of a chunk.
        self.lengths.push(u32::try_from(text.len()).unwrap_or(0));
        self.texts.push_str(text);
    }

    /// Shows the events, made again in `draft`, until the sink breaks; none are left.
    pub(crate) fn show(&mut self, draft: &mut Draft, sink: &mut Sink<'_>) -> ControlFlow<()> {
        let mut lengths = self.lengths.iter();
        let mut rest = self.texts.as_str();
        let mut text = || {
            let length = lengths.next().and_then(|length| usize::try_from(*length).ok()).unwrap_or(0);
            let (text, behind) = rest.split_at_checked(length).unwrap_or((rest, ""));
            rest = behind;
            text
        };
        for head in &self.heads {
            draft.start();
            let fields: [fn(&mut WinEvent) -> &mut Option<String>; 4] = [
                |event| &mut event.provider,
                |event| &mut event.log,
                |event| &mut event.computer,
                |event| &mut event.message,
            ];
            for field in fields {
                let Ok(()) = draft.field(field, copy(text()));
            }
            for _ in 0..head.data {
                let Ok(()) = draft.data(true, copy(text()), copy(text()));
            }
            let event = draft.finish();
            (event.id, event.level, event.time) = (head.id, head.level, head.time);
            (event.record, event.process_id) = (head.record, head.process_id);
            sink(event)?;
        }
        self.heads.clear();
        self.lengths.clear();
        self.texts.clear();
        ControlFlow::Continue(())
    }
}

fn copy(text: &str) -> impl FnOnce(&mut String) -> Result<(), Infallible> {
    |out| {
        out.push_str(text);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_shown_as_it_was() {
        let events = [
            WinEvent::default(),
            WinEvent {
                provider: Some("Größe".into()),
                id: Some(1000),
                level: Some(EventLevel::Error),
                time: Some(Timestamp::from_filetime(1)),
                data: vec![
                    (Some("a".into()), "1".into()),
                    (None, "日本".into()),
                    (Some("b".into()), String::new()),
                ],
                ..WinEvent::default()
            },
            WinEvent {
                log: Some("System".into()),
                message: Some("m".into()),
                process_id: Some(4),
                ..WinEvent::default()
            },
            WinEvent {
                computer: Some("WEB01".into()),
                record: Some(9),
                data: vec![(None, "x".into())],
                ..WinEvent::default()
            },
        ];
        let mut packed = Packed::default();
        let mut draft = Draft::default();
        for _ in 0..2 {
            events.iter().for_each(|event| packed.push(event));
            assert!(packed.bytes() > 100 && !packed.is_empty());
            let mut shown = Vec::new();
            let mut sink = |event: &mut WinEvent| {
                // One sink takes, another only looks.
                shown.push(if event.id.is_some() { std::mem::take(event) } else { event.clone() });
                ControlFlow::Continue(())
            };
            assert!(packed.show(&mut draft, &mut sink).is_continue());
            assert_eq!(shown, events);
            assert_eq!((packed.bytes(), packed.is_empty()), (0, true));
        }
    }
}

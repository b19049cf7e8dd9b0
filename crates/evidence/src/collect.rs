//! Adds to the evidence; what every reader needs.

use falconer_observation::{
    Channel, ChannelState, Evidence, Fact, InputRead, Notice, NoticeKind, Observation, Source,
};

use crate::absence;
use crate::events::EventFold;

/// The evidence as it grows.
#[derive(Debug, Default)]
pub(crate) struct Collection {
    pub(crate) evidence: Evidence,
    pub(crate) events: EventFold,
}

impl Collection {
    /// Adds a piece of evidence and gives its number. A text that says that there is nothing is no piece, but
    /// tells the state of its channel.
    pub(crate) fn text(&mut self, channel: Channel, source: Source, text: &str) -> Option<usize> {
        match absence::absence(text) {
            Some(state) => {
                self.evidence.note_channel(channel, state);
                None
            }
            None => Some(self.observation(Observation::new(channel, source, text))),
        }
    }

    /// Adds a piece of evidence and gives its number.
    pub(crate) fn observation(&mut self, observation: Observation) -> usize {
        self.evidence.note_channel(observation.channel, ChannelState::Present);
        self.evidence.observations.push(observation);
        self.evidence.observations.len() - 1
    }

    /// Adds a fact.
    pub(crate) fn fact(&mut self, fact: Fact) {
        self.evidence.facts.push(fact);
    }

    /// Says what an input was found to be.
    pub(crate) fn input(&mut self, name: &str, kind: &str, bytes: u64) {
        self.evidence.inputs.push(InputRead { file: name.to_owned(), kind: kind.to_owned(), bytes });
    }

    /// Tells the user something about an input.
    pub(crate) fn notice(&mut self, name: &str, kind: NoticeKind, text: impl Into<String>) {
        self.evidence.notices.push(Notice { source: Source::file(name), kind, text: text.into() });
    }
}

/// The name of a field in facts: kebab case, whatever the reader calls it (`processPath`, `listed_in`).
pub(crate) fn field_name(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    for c in name.chars() {
        match c {
            '_' => out.push('-'),
            c if c.is_ascii_uppercase() => {
                if !out.is_empty() {
                    out.push('-');
                }
                out.push(c.to_ascii_lowercase());
            }
            c => out.push(c),
        }
    }
    out
}

/// The line, counted from 1, of a byte offset in a text that begins at `first`.
pub(crate) fn line_at(first: u32, text: &str, offset: usize) -> u32 {
    let breaks = text.as_bytes().get(..offset).map_or(0, |t| t.iter().filter(|b| **b == b'\n').count());
    first.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn field_names_are_in_kebab_case() {
        for (name, expected) in
            [("processPath", "process-path"), ("first_line", "first-line"), ("listed-in", "listed-in")]
        {
            assert_eq!(field_name(name), expected);
        }
    }

    #[test]
    fn lines_are_counted_from_the_first() {
        assert_eq!(line_at(5, "a\nb\nc", 4), 7);
        assert_eq!(line_at(1, "", 9), 1);
    }
}

//! Takes inputs one by one and collects the evidence.

use falconer_observation::{ChannelState, Evidence, InputRead, Observation, Source};

use crate::{absence, decode, kind};

/// Bounds of what is read.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Bytes of one text that are read whole; a larger one is scanned for what matters.
    pub whole_text: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { whole_text: 256 * 1024 }
    }
}

/// Takes inputs one by one and collects the evidence.
#[derive(Debug, Default)]
pub struct Gatherer {
    limits: Limits,
    evidence: Evidence,
}

impl Gatherer {
    /// An empty one.
    pub fn new(limits: Limits) -> Self {
        Gatherer { limits, evidence: Evidence::default() }
    }

    /// Reads an input that is in memory.
    pub fn add_bytes(&mut self, name: &str, bytes: &[u8]) {
        let text = decode::decode(bytes);
        let channel = kind::text_channel(name, &text);
        self.evidence.inputs.push(InputRead {
            file: name.to_owned(),
            kind: channel.title().to_owned(),
            bytes: bytes.len() as u64,
        });
        let _ = self.limits.whole_text;
        match absence::absence(&text) {
            Some(state) => self.evidence.note_channel(channel, state),
            None => {
                self.evidence.note_channel(channel, ChannelState::Present);
                self.evidence.observations.push(Observation::new(
                    channel,
                    Source::file(name).at_line(1),
                    text,
                ));
            }
        }
    }

    /// What was found.
    pub fn finish(self) -> Evidence {
        self.evidence
    }
}

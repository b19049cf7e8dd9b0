//! All that was given, read.

use std::collections::BTreeMap;

use crate::{Channel, ChannelState, Fact, Notice, Observation};

/// All that was given, read: the input of the diagnosis.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    /// The pieces, in the order of the inputs.
    pub observations: Vec<Observation>,
    /// What structured readers found in them.
    pub facts: Vec<Fact>,
    /// What is known about each channel; a channel that is missing was not looked at.
    pub channels: BTreeMap<Channel, ChannelState>,
    /// What could not be read, or not whole.
    pub notices: Vec<Notice>,
    /// What was read.
    pub inputs: Vec<InputRead>,
}

/// An input that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputRead {
    /// Its name, as in [`Source::file`](crate::Source::file).
    pub file: String,
    /// What it was found to be, for people.
    pub kind: String,
    /// Its size in bytes.
    pub bytes: u64,
}

impl Evidence {
    /// Notes what is known about a channel; more knowledge wins over less.
    pub fn note_channel(&mut self, channel: Channel, state: ChannelState) {
        let known = self.channels.entry(channel).or_default();
        *known = (*known).max(state);
    }

    /// What is known about a channel.
    pub fn channel(&self, channel: Channel) -> ChannelState {
        self.channels.get(&channel).copied().unwrap_or_default()
    }
}

//! Values of arguments.

use std::str::FromStr;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use falconer_observation::{Channel, ChannelState};
use falconer_report::Format;
use falconer_report::page::PageFormat;

/// Reads a format of the answer.
pub(super) fn formats() -> impl TypedValueParser<Value = Format> {
    let values = Format::ALL.map(|format| PossibleValue::new(format.name()).help(format.purpose()));
    PossibleValuesParser::new(values).try_map(|name| name.parse::<Format>())
}

/// Reads a format of pages.
pub(super) fn page_formats() -> impl TypedValueParser<Value = PageFormat> {
    let values = PageFormat::ALL.map(|format| PossibleValue::new(format.name()).help(format.purpose()));
    PossibleValuesParser::new(values).try_map(|name| name.parse::<PageFormat>())
}

/// What the user says of a channel: `event-log=nothing`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ChannelIs {
    /// The channel.
    pub(crate) channel: Channel,
    /// What is known of it.
    pub(crate) state: ChannelState,
}

impl FromStr for ChannelIs {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, state) =
            text.split_once('=').ok_or("write a channel, '=' and what is known of it: event-log=nothing")?;
        let channel = Channel::from_name(name).ok_or_else(|| {
            let known: Vec<_> = Channel::ALL.iter().map(|c| c.name()).collect();
            format!("there is no channel '{name}': use one of {}", known.join(", "))
        })?;
        let state = match state {
            "nothing" => ChannelState::Nothing,
            "empty" => ChannelState::Empty,
            "present" => ChannelState::Present,
            _ => return Err(format!("'{state}' is no state: use nothing, empty or present")),
        };
        Ok(ChannelIs { channel, state })
    }
}

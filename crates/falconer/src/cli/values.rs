//! Values of arguments.

use std::str::FromStr;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use falconer_dotnet::support::Date;
use falconer_observation::{Channel, ChannelState};
use falconer_report::Format;
use falconer_report::check::CheckFormat;
use falconer_report::page::PageFormat;
use falconer_settings::{Bitness, Runtime};

/// Reads a format of the answer.
pub(super) fn formats() -> impl TypedValueParser<Value = Format> {
    let values = Format::ALL.map(|format| PossibleValue::new(format.name()).help(format.purpose()));
    PossibleValuesParser::new(values).try_map(|name| name.parse::<Format>())
}

/// Reads a format of the answer of `check`.
pub(super) fn check_formats() -> impl TypedValueParser<Value = CheckFormat> {
    let values = CheckFormat::ALL.map(|format| PossibleValue::new(format.name()).help(format.purpose()));
    PossibleValuesParser::new(values).try_map(|name| name.parse::<CheckFormat>())
}

/// Reads one of some words.
pub(super) fn words<T: Copy + Send + Sync + 'static>(
    all: &'static [T],
    name: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(all.iter().map(|value| name(*value)))
        .try_map(move |given| all.iter().copied().find(|value| name(*value) == given).ok_or("no such word"))
}

/// Reads a bitness.
pub(super) fn bitness() -> impl TypedValueParser<Value = Bitness> {
    PossibleValuesParser::new(["32", "64"])
        .try_map(|bits| bits.parse().ok().and_then(Bitness::from_bits).ok_or("use 32 or 64"))
}

/// Reads a date.
pub(super) fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).filter(|_| text.len() == 10).ok_or_else(|| "write a date like 2026-11-25".to_owned())
}

/// Reads a runtime, `NAME/VERSION`.
pub(super) fn runtime(text: &str) -> Result<Runtime, String> {
    Runtime::parse(text)
        .ok_or_else(|| "write the framework, '/' and the version: Microsoft.AspNetCore.App/8.0.11".to_owned())
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

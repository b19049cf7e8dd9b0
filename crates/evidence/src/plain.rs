//! Plain text: notes, console output, copied events, all mixed.

use falconer_dotnet::inventory;
use falconer_http_evidence::{freb, stdout_name};
use falconer_observation::{Channel, ChannelState, Fact, NoticeKind, Observation, Source};

use crate::collect::{Collection, line_at};
use crate::{config, kind, page, providers};

/// Reads a text that is no file of a known format. `first` is the line that it begins with.
pub(crate) fn read(collection: &mut Collection, name: &str, first: u32, text: &str) {
    let channel = channel(name, text);
    let reading = falconer_event_text::read(text);
    for problem in reading.problems.iter().take(3) {
        collection.notice(name, NoticeKind::Damaged, format!("line {}: {}", problem.line, problem.what));
    }
    let had_events = !reading.events.is_empty();
    let mut state = ChannelState::Nothing;
    for located in reading.events {
        if providers::matters(located.event.provider.as_deref()) {
            state = ChannelState::Present;
            let line = first.saturating_add(located.line.saturating_sub(1));
            collection.events.add(Source::file(name).at_line(line), located.event);
        }
    }
    if had_events {
        // A log that was looked into and has nothing of a site is evidence too.
        collection.evidence.note_channel(Channel::EventLog, state);
    }
    let whole = 0..text.len();
    for range in if had_events { reading.rest } else { Vec::from([whole]) } {
        let part = text.get(range.clone()).unwrap_or_default();
        if had_events && part.trim().is_empty() {
            continue;
        }
        piece(collection, channel, Source::file(name).at_line(line_at(first, text, range.start)), part);
    }
}

/// The channel of a text, by its name and its content.
pub(crate) fn channel(name: &str, text: &str) -> Channel {
    match stdout_name::parse(name) {
        Some(_) => Channel::Stdout,
        None => kind::text_channel(name, text),
    }
}

/// A piece of text, with what it quotes.
pub(crate) fn piece(collection: &mut Collection, channel: Channel, source: Source, text: &str) {
    let Some(number) = collection.text(channel, source.clone(), text) else {
        return;
    };
    if let (Some(named), Some(observation)) =
        (stdout_name::parse(&source.file), collection.evidence.observations.get_mut(number))
    {
        // The name of a stdout log tells what its text does not.
        observation.time = named.time;
        observation.pid = Some(named.pid);
    }
    if matches!(channel, Channel::Page | Channel::Note | Channel::EventLog) {
        page::facts(collection, number, text);
    }
    for error in freb::pasted_errors(text).into_iter().take(20) {
        let values = [
            ("module", error.module),
            ("status", error.status.map(|s| s.to_string())),
            ("substatus", error.substatus.map(|s| s.to_string())),
            ("code", error.error_code.map(|c| format!("0x{c:08x}"))),
            ("reason", error.reason),
        ];
        let fields = values.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
        let span =
            usize::try_from(error.place.bytes.start).ok().zip(usize::try_from(error.place.bytes.end).ok());
        collection.fact(Fact {
            id: "freb.module-error".to_owned(),
            fields,
            observation: number,
            span: span.map(|(start, end)| start..end),
            note: "a module set the status".to_owned(),
        });
    }
    if channel == Channel::WebConfig || config::may_hold_config(text) {
        config::facts(collection, number, text, config::is_host_config(text));
        if channel != Channel::WebConfig && text.contains("<aspNetCore") {
            collection.evidence.note_channel(Channel::WebConfig, ChannelState::Present);
        }
    }
    for (range, _) in inventory::find(text) {
        let part = text.get(range.clone()).unwrap_or_default();
        let line = line_at(source.line.unwrap_or(1), text, range.start);
        collection.observation(Observation::new(
            Channel::Runtimes,
            Source::file(&source.file).at_line(line),
            part,
        ));
    }
}

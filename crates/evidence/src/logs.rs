//! IIS and HTTP.sys logs, and failed request traces.

use std::collections::VecDeque;
use std::io::BufRead;

use falconer_http_evidence::{debug_log, freb, httperr, w3c};
use falconer_observation::{Channel, ChannelState, Fact, NoticeKind, Observation, Source};

use crate::collect::Collection;

/// Reads an IIS log; it may be of any size.
pub(crate) fn w3c(collection: &mut Collection, name: &str, size: u64, input: impl BufRead) {
    collection.input(name, Channel::IisLog.title(), size);
    let log = w3c::read(input, w3c::site_of(name));
    if let Some(stopped) = &log.stopped {
        collection.notice(name, NoticeKind::Damaged, format!("was read in part: {stopped}"));
    }
    if log.failures.is_empty() {
        let state = if log.requests == 0 { ChannelState::Empty } else { ChannelState::Nothing };
        collection.evidence.note_channel(Channel::IisLog, state);
    }
    for failure in log.failures {
        let status = match failure.substatus {
            Some(sub) => format!("{}.{sub}", failure.status),
            None => failure.status.to_string(),
        };
        let win32 = failure.win32.map(|w| format!(", win32 status {w}")).unwrap_or_default();
        let text = format!("{}\n{} requests with HTTP {status}{win32}", failure.sample, failure.count);
        let source = Source::file(name).at_line(failure.last_place.line);
        let mut observation = Observation::new(Channel::IisLog, source, text);
        observation.time = failure.last;
        observation.count = failure.count;
        let number = collection.observation(observation);
        let mut fields = std::collections::BTreeMap::from([
            ("status".to_owned(), failure.status.to_string()),
            ("count".to_owned(), failure.count.to_string()),
        ]);
        fields.extend(failure.substatus.map(|s| ("substatus".to_owned(), s.to_string())));
        fields.extend(failure.win32.map(|w| ("win32".to_owned(), w.to_string())));
        fields.extend(failure.site.map(|s| ("site".to_owned(), s)));
        fields.extend(failure.path_group.map(|p| ("path".to_owned(), p)));
        let note = format!("{} requests were answered with {status}", failure.count);
        collection.fact(Fact {
            id: "iis-log.failure".to_owned(),
            fields,
            observation: number,
            span: None,
            note,
        });
    }
}

/// Reads an HTTPERR log; it may be of any size.
pub(crate) fn httperr(collection: &mut Collection, name: &str, size: u64, input: impl BufRead) {
    collection.input(name, Channel::HttpErr.title(), size);
    let log = httperr::read(input);
    if log.kinds.is_empty() {
        collection.evidence.note_channel(Channel::HttpErr, ChannelState::Nothing);
    }
    for kind in log.kinds {
        let mut observation = Observation::new(
            Channel::HttpErr,
            Source::file(name).at_line(kind.last_place.line),
            kind.sample.clone(),
        );
        observation.time = kind.last;
        observation.count = kind.count;
        let number = collection.observation(observation);
        let Some(reason) = kind.reason else { continue };
        let meaning = httperr::reason(&reason).map_or("", |r| r.meaning);
        let mut fields = std::collections::BTreeMap::from([
            ("reason".to_owned(), reason.clone()),
            ("count".to_owned(), kind.count.to_string()),
        ]);
        fields.extend(kind.queue.map(|q| ("pool".to_owned(), q)));
        fields.extend(kind.status.map(|s| ("status".to_owned(), s.to_string())));
        let note = if meaning.is_empty() { reason } else { format!("{reason}: {meaning}") };
        collection.fact(Fact {
            id: "httperr.reason".to_owned(),
            fields,
            observation: number,
            span: None,
            note,
        });
    }
}

/// Records of one worker process that follow each other within this time are read as one piece.
const PIECE_GAP_MS: i64 = 600_000;
/// A piece is at most so long.
const PIECE_BYTES: usize = 128 << 10;
/// So many pieces are kept, the newest.
const PIECES: usize = 64;

/// Reads a debug log of the module; it may be of any size.
pub(crate) fn debug_log(collection: &mut Collection, name: &str, size: u64, input: impl BufRead) {
    collection.input(name, Channel::DebugLog.title(), size);
    let mut records = debug_log::Records::new(input);
    let mut startups = debug_log::Startups::default();
    let mut pieces: VecDeque<Observation> = VecDeque::new();
    for record in records.by_ref() {
        startups.add(&record);
        let joins = |piece: &Observation| {
            let near = match (piece.time, record.time) {
                (Some(a), Some(b)) => (b.millis - a.millis).abs() <= PIECE_GAP_MS,
                _ => true,
            };
            near && piece.pid == record.pid && piece.text.len() < PIECE_BYTES
        };
        match pieces.back_mut() {
            Some(piece) if joins(piece) => {
                piece.text.push('\n');
                piece.text.push_str(&record.message);
                piece.time = record.time.or(piece.time);
            }
            _ => {
                let source = Source::file(name).at_line(record.place.line);
                let mut piece = Observation::new(Channel::DebugLog, source, record.message);
                piece.time = record.time;
                piece.pid = record.pid;
                pieces.push_back(piece);
                if pieces.len() > PIECES {
                    pieces.pop_front();
                }
            }
        }
    }
    if let Some(stopped) = records.stopped() {
        collection.notice(name, NoticeKind::Damaged, format!("was read in part: {stopped}"));
    }
    let first = collection.evidence.observations.len();
    for piece in pieces {
        collection.observation(piece);
    }
    for startup in startups.finish() {
        let Some(decisive) = startup.decisive() else { continue };
        let pieces = collection.evidence.observations.get(first..).unwrap_or_default();
        let place = pieces.iter().rposition(|o| o.source.line <= Some(decisive.place.line));
        let mut fields =
            std::collections::BTreeMap::from([("marker".to_owned(), marker_name(decisive.marker))]);
        fields.extend(decisive.value.map(|v| ("value".to_owned(), v.to_string())));
        if let Some(place) = place {
            let note = decisive.marker.meaning().to_owned();
            let id = "debug-log.last-step".to_owned();
            collection.fact(Fact { id, fields, observation: first + place, span: None, note });
        }
    }
}

/// `WaitingForInitialization` as `waiting-for-initialization`.
fn marker_name(marker: debug_log::Marker) -> String {
    crate::collect::field_name(&format!("{marker:?}"))
}

/// Reads a failed request trace.
pub(crate) fn freb(collection: &mut Collection, name: &str, text: &str) {
    collection.input(name, Channel::Freb.title(), text.len() as u64);
    let trace = match freb::read(text) {
        Ok(trace) => trace,
        Err(error) => {
            collection.notice(name, NoticeKind::Damaged, error.to_string());
            return;
        }
    };
    if let Some(damage) = &trace.damage {
        collection.notice(
            name,
            NoticeKind::Damaged,
            format!("line {}: {}; the rest was read", damage.line, damage.reason),
        );
    }
    let mut shown = String::new();
    if let Some(url) = &trace.url {
        shown.push_str(&format!("{url}\n"));
    }
    if let (Some(status), sub) = (trace.status, trace.substatus) {
        shown.push_str(&format!("HTTP {status}.{}\n", sub.unwrap_or(0)));
    }
    for event in &trace.events {
        shown.push_str(&event.name);
        for (key, value) in event.data.iter().chain(&event.described) {
            shown.push_str(&format!(" {key}=\"{value}\""));
        }
        shown.push('\n');
    }
    let body = trace.response_body();
    if !body.is_empty() {
        shown.push_str(&falconer_http_evidence::html::to_text(&body).text);
    }
    let mut observation = Observation::new(Channel::Freb, Source::file(name).at_line(1), shown);
    observation.time = trace.time;
    collection.observation(observation);
}

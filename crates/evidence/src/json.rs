//! JSON files of .NET that stand alone, and HAR recordings.

use falconer_dotnet::deps::DepsFile;
use falconer_dotnet::runtimeconfig::RuntimeConfig;
use falconer_http_evidence::har;
use falconer_observation::{Channel, ChannelState, Fact, NoticeKind, Observation, Source, Timestamp};

use crate::collect::Collection;

/// The kinds of JSON that tell something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    RuntimeConfig,
    Deps,
    AppSettings,
    Har,
}

/// What a JSON text is.
pub(crate) fn kind(name: &str, text: &str) -> Option<Kind> {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name).to_lowercase();
    if file.ends_with(".runtimeconfig.json") {
        return Some(Kind::RuntimeConfig);
    }
    if file.ends_with(".deps.json") {
        return Some(Kind::Deps);
    }
    if file.starts_with("appsettings") && file.ends_with(".json") {
        return Some(Kind::AppSettings);
    }
    let head =
        text.get(..text.len().min(2048)).unwrap_or_default().trim_start_matches('\u{feff}').trim_start();
    if !head.starts_with('{') {
        return None;
    }
    if har::is_har(head) {
        Some(Kind::Har)
    } else if head.contains("\"runtimeOptions\"") {
        Some(Kind::RuntimeConfig)
    } else if head.contains("\"runtimeTarget\"") {
        Some(Kind::Deps)
    } else {
        None
    }
}

/// Reads a JSON file that belongs to no folder.
pub(crate) fn read(collection: &mut Collection, name: &str, text: &str, kind: Kind) {
    let title = match kind {
        Kind::RuntimeConfig => "runtimeconfig.json",
        Kind::Deps => "deps.json",
        Kind::AppSettings => "appsettings.json",
        Kind::Har => "HAR recording",
    };
    collection.input(name, title, text.len() as u64);
    if kind == Kind::Har {
        recording(collection, name, text);
        return;
    }
    let error = match kind {
        Kind::RuntimeConfig => {
            RuntimeConfig::parse(text.as_bytes()).err().map(|e| ("runtimeconfig-invalid", e.to_string()))
        }
        Kind::Deps => DepsFile::parse(text.as_bytes()).err().map(|e| ("deps-invalid", e.to_string())),
        _ => falconer_dotnet::appsettings::inspect(text.as_bytes())
            .err()
            .map(|e| ("appsettings-invalid", e.to_string())),
    };
    // Of these files only the runtimeconfig.json is worth quoting; the others are large or full of secrets.
    let quoted = if kind == Kind::RuntimeConfig { text } else { title };
    let number =
        collection.observation(Observation::new(Channel::Folder, Source::file(name).at_line(1), quoted));
    if let Some((id, reason)) = error {
        collection.fact(Fact {
            id: format!("folder.{id}"),
            fields: [("path".to_owned(), name.to_owned()), ("reason".to_owned(), reason.clone())].into(),
            observation: number,
            span: None,
            note: reason,
        });
    }
}

fn recording(collection: &mut Collection, name: &str, text: &str) {
    let (har, damage) = har::read(text.as_bytes());
    if let Some(damage) = damage {
        collection.notice(name, NoticeKind::Damaged, damage.to_string());
    }
    if har.failures.is_empty() && har.requests > 0 {
        collection.evidence.note_channel(Channel::Page, ChannelState::Present);
    }
    for entry in har.failures {
        let mut shown = format!("{} {}\n", entry.method, entry.url);
        match &entry.error {
            Some(error) => shown.push_str(error),
            None => shown.push_str(&format!("HTTP {} {}", entry.status, entry.reason)),
        }
        if let Some(body) = &entry.body {
            shown.push('\n');
            shown.push_str(&falconer_http_evidence::html::to_text(body).text);
        }
        let mut observation =
            Observation::new(Channel::Page, Source::file(name).at_line(entry.place.line), shown);
        observation.time = entry.started.as_deref().and_then(Timestamp::parse_iso);
        collection.observation(observation);
    }
}

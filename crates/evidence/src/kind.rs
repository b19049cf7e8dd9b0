//! What a text is, by its content, and by its name where the content does not tell.

use falconer_observation::Channel;

/// What plain text is.
pub(crate) fn text_channel(name: &str, text: &str) -> Channel {
    by_content(text).unwrap_or_else(|| by_name(name))
}

fn by_content(text: &str) -> Option<Channel> {
    let head = text.get(..text.len().min(4096)).unwrap_or(text).trim_start_matches('\u{feff}').trim_start();
    let starts = |s: &str| head.get(..s.len()).is_some_and(|h| h.eq_ignore_ascii_case(s));
    if starts("<!doctype html") || starts("<html") || starts("HTTP/1.") || starts("HTTP Error") {
        return Some(Channel::Page);
    }
    if starts("#Software: Microsoft Internet Information Services") {
        return Some(Channel::IisLog);
    }
    if starts("#Software: Microsoft HTTP API") {
        return Some(Channel::HttpErr);
    }
    None
}

fn by_name(name: &str) -> Channel {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name).to_lowercase();
    let has = |words: &[&str]| words.iter().any(|w| file.contains(w));
    if has(&["web.config", "web.1.config", "web.2.config"])
        || (file.starts_with("web.") && file.ends_with(".config"))
    {
        Channel::WebConfig
    } else if has(&["applicationhost"]) {
        Channel::AppHostConfig
    } else if has(&["event", "evtx"]) {
        Channel::EventLog
    } else if has(&["debug"]) {
        Channel::DebugLog
    } else if has(&["stdout", "console", "output", "stderr"]) {
        Channel::Stdout
    } else if has(&["page", "browser", "response", ".htm"]) {
        Channel::Page
    } else if has(&["httperr"]) {
        Channel::HttpErr
    } else if has(&["u_ex", "iis"]) {
        Channel::IisLog
    } else if has(&[".log"]) {
        Channel::Stdout
    } else {
        Channel::Note
    }
}

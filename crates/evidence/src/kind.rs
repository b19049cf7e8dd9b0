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
    if head.contains("[aspnetcorev2.dll]")
        || head.contains("[aspnetcorev2_inprocess.dll]")
        || head.contains("[aspnetcorev2_outofprocess.dll]")
    {
        return Some(Channel::DebugLog);
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

/// Whether a file starts as a zip archive does.
pub fn is_zip(prefix: &[u8]) -> bool {
    prefix.starts_with(b"PK\x03\x04") || prefix.starts_with(b"PK\x05\x06")
}

/// Whether bytes are no text of any encoding.
pub(crate) fn is_binary(prefix: &[u8]) -> bool {
    const MAGIC: [&[u8]; 9] = [
        b"MZ",
        b"\x7fELF",
        b"\xcf\xfa\xed\xfe",
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF8",
        b"%PDF",
        b"\x1f\x8b",
        b"MDMP",
    ];
    if MAGIC.iter().any(|m| prefix.starts_with(m)) {
        return true;
    }
    let sample = prefix.get(..prefix.len().min(4096)).unwrap_or(prefix);
    let zeros = sample.iter().filter(|b| **b == 0).count();
    // UTF-16 text has a zero at every second place; it is told by `decode`.
    let utf16 =
        sample.starts_with(b"\xff\xfe") || sample.starts_with(b"\xfe\xff") || zeros * 10 >= sample.len() * 3;
    zeros > 0 && !utf16
}

/// Whether a file of a folder can tell something, by its name: the thousands of assets of a site cannot.
pub fn may_matter(path: &str) -> bool {
    const SKIP: [&str; 46] = [
        "dll",
        "exe",
        "pdb",
        "so",
        "dylib",
        "a",
        "lib",
        "js",
        "mjs",
        "css",
        "map",
        "png",
        "jpg",
        "jpeg",
        "gif",
        "svg",
        "ico",
        "webp",
        "woff",
        "woff2",
        "ttf",
        "eot",
        "otf",
        "mp4",
        "webm",
        "mp3",
        "wav",
        "wasm",
        "br",
        "gz",
        "dat",
        "blat",
        "db",
        "mdf",
        "ldf",
        "nupkg",
        "cshtml",
        "razor",
        "cs",
        "resx",
        "resources",
        "scss",
        "less",
        "ts",
        "pdf",
        "bin",
    ];
    let file = path.rsplit('/').next().unwrap_or(path);
    let extension = file.rsplit_once('.').map_or("", |(_, e)| e).to_ascii_lowercase();
    !SKIP.contains(&extension.as_str())
        && !path.contains("/node_modules/")
        && !path.starts_with("node_modules/")
        && !path.contains("/.git/")
        && !path.starts_with(".git/")
}

/// Whether a text has to be read whole to be understood: events, configuration, JSON.
pub(crate) fn is_document(name: &str, head: &str) -> bool {
    let head = head.trim_start_matches('\u{feff}').trim_start();
    head.starts_with(['<', '{', '['])
        || falconer_event_text::detect(head).is_some()
        || name.to_lowercase().ends_with(".config")
}

/// Whether a text is a configuration file, or a piece that was saved as one.
pub(crate) fn is_config_file(name: &str, text: &str) -> bool {
    let head = text.get(..text.len().min(4096)).unwrap_or_default();
    let head = head.trim_start_matches('\u{feff}').trim_start();
    let is_xml = head.starts_with('<');
    matches!(by_name(name), Channel::WebConfig | Channel::AppHostConfig)
        || (is_xml && head.contains("<configuration"))
}

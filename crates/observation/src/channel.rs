//! The places in which a failure shows itself.

use std::fmt;

/// A place in which a failure shows itself, in the words of the errors reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// What the browser or an HTTP client shows: error pages, status lines, connection errors.
    Page,
    /// Windows events, in whatever form they were saved.
    EventLog,
    /// The module's stdout log, or the app's console output.
    Stdout,
    /// The module's own debug log (`aspnetcore-debug.log`).
    DebugLog,
    /// `web.config`, whole or a fragment.
    WebConfig,
    /// `applicationHost.config`, whole or a fragment.
    AppHostConfig,
    /// IIS W3C logs.
    IisLog,
    /// The HTTP.sys error log.
    HttpErr,
    /// Failed Request Tracing.
    Freb,
    /// The published folder: files that are there, `*.runtimeconfig.json`, `*.deps.json`, headers.
    Folder,
    /// Installed runtimes: `dotnet --info`, `--list-runtimes`, a .NET root.
    Runtimes,
    /// Anything else that somebody wrote down.
    Note,
}

impl Channel {
    /// All channels, in the order in which answers list them.
    pub const ALL: [Channel; 12] = [
        Channel::Page,
        Channel::EventLog,
        Channel::Stdout,
        Channel::DebugLog,
        Channel::WebConfig,
        Channel::AppHostConfig,
        Channel::IisLog,
        Channel::HttpErr,
        Channel::Freb,
        Channel::Folder,
        Channel::Runtimes,
        Channel::Note,
    ];

    /// The name used in the catalogue, in flags and in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Channel::Page => "page",
            Channel::EventLog => "event-log",
            Channel::Stdout => "stdout",
            Channel::DebugLog => "debug-log",
            Channel::WebConfig => "web-config",
            Channel::AppHostConfig => "apphost-config",
            Channel::IisLog => "iis-log",
            Channel::HttpErr => "httperr",
            Channel::Freb => "freb",
            Channel::Folder => "folder",
            Channel::Runtimes => "runtimes",
            Channel::Note => "note",
        }
    }

    /// The name for people.
    pub const fn title(self) -> &'static str {
        match self {
            Channel::Page => "browser",
            Channel::EventLog => "event log",
            Channel::Stdout => "stdout log",
            Channel::DebugLog => "module debug log",
            Channel::WebConfig => "web.config",
            Channel::AppHostConfig => "applicationHost.config",
            Channel::IisLog => "IIS log",
            Channel::HttpErr => "HTTPERR log",
            Channel::Freb => "failed request trace",
            Channel::Folder => "published folder",
            Channel::Runtimes => "installed runtimes",
            Channel::Note => "note",
        }
    }

    /// The channel of that [`name`](Self::name).
    pub fn from_name(name: &str) -> Option<Channel> {
        Channel::ALL.into_iter().find(|c| c.name() == name)
    }
}

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What is known about a channel. Absence is evidence: the errors reference tells causes apart by "no entry",
/// "the log file isn't created" and "created but empty".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum ChannelState {
    /// Nobody looked.
    #[default]
    NotLooked,
    /// Looked at, and there is nothing: no entry, or no file.
    Nothing,
    /// The file is there and has no content.
    Empty,
    /// There is content.
    Present,
}

//! The lines that show how far a start came.

use super::header;

/// A step of start-up or shutdown that the log shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Marker {
    /// A header was written.
    ModuleLoaded,
    /// `app_offline.htm` was there.
    AppOffline,
    /// The application is created; dotnet and hostfxr are looked for.
    ResolvingHostfxr,
    /// `where.exe` is asked for dotnet.
    SearchingDotnet,
    /// No dotnet of the right bitness was found.
    DotnetNotFound,
    /// dotnet, hostfxr and the arguments are known.
    HostfxrResolved,
    /// The dll of the request handler is loaded.
    LoadingHandler,
    /// The request handler creates the application.
    CreatingHandler,
    /// The managed app was started and is waited for.
    WaitingForInitialization,
    /// The managed server is there; requests flow.
    CallbacksSet,
    /// The managed app ended with an exception.
    ManagedThrew,
    /// The managed app's `Main` returned.
    ManagedExited,
    /// The app was asked to stop.
    ShutdownRequested,
    /// The thread of the managed app ended by itself.
    ClrThreadEnded,
    /// The managed app did not stop within `shutdownTimeLimit`.
    ShutdownTimedOut,
}

/// Every marker: how its message starts, and what it means when it is the last one. Sources: `debugutil.cpp`,
/// `HandlerResolver.cpp`, `HostFxrResolver.cpp`, `applicationinfo.cpp`, `inprocessapplication.cpp`.
const TABLE: [(Marker, &str, &str); 15] = [
    (
        Marker::ModuleLoaded,
        header::START,
        "The module was loaded; no request reached the creation of an application.",
    ),
    (
        Marker::AppOffline,
        "Detected app_offline file, creating polling application",
        "app_offline.htm keeps the app offline.",
    ),
    (
        Marker::ResolvingHostfxr,
        "Resolving hostfxr parameters for application:",
        "The search for dotnet and hostfxr did not come to an end: processPath or arguments cannot be used.",
    ),
    (
        Marker::SearchingDotnet,
        "Invoking where.exe to find dotnet.exe",
        "The search for dotnet.exe did not come to an end: it is missing, or of another bitness than the worker process.",
    ),
    (
        Marker::DotnetNotFound,
        "dotnet.exe not found",
        "dotnet.exe is missing, or of another bitness than the worker process.",
    ),
    (
        Marker::HostfxrResolved,
        "Parsed hostfxr options:",
        "The call of hostfxr failed: a problem of the shared framework or of the app's files.",
    ),
    (
        Marker::LoadingHandler,
        "Loading request handler:",
        "The dll of the request handler could not be loaded.",
    ),
    (
        Marker::CreatingHandler,
        "Creating handler application",
        "The request handler was loaded and began to create the application.",
    ),
    (
        Marker::WaitingForInitialization,
        "Waiting for initialization",
        "The app hangs, or failed before its server started.",
    ),
    (Marker::CallbacksSet, "In-process callbacks set", "The app started and serves requests."),
    (Marker::ManagedThrew, "Managed threw an exception", "The app ended with an unhandled exception."),
    (Marker::ManagedExited, "Managed application exited with code", "The app's Main returned."),
    (Marker::ShutdownRequested, "Starting shutdown sequence 0", "The app was asked to stop."),
    (
        Marker::ClrThreadEnded,
        "Starting shutdown sequence 1",
        "The thread of the managed app ended without being asked to.",
    ),
    (
        Marker::ShutdownTimedOut,
        "Clr thread wait ended: clrThreadExited: 0",
        "The app did not stop within shutdownTimeLimit.",
    ),
];

impl Marker {
    /// The marker that a message is, with the number that it ends with: the exception code or the exit code.
    pub fn of(message: &str) -> Option<(Marker, Option<i64>)> {
        let (marker, start, _) = TABLE.iter().find(|(_, start, _)| message.starts_with(start))?;
        let value = match marker {
            Marker::ManagedThrew | Marker::ManagedExited => {
                message.get(start.len()..).and_then(|rest| rest.trim().parse().ok())
            }
            _ => None,
        };
        Some((*marker, value))
    }

    /// What it means when it is the last marker of a process.
    pub fn meaning(self) -> &'static str {
        TABLE.iter().find(|(marker, ..)| *marker == self).map_or("", |(_, _, meaning)| meaning)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_marker_is_known_by_its_message_and_has_a_meaning() {
        for (marker, start, meaning) in TABLE {
            assert_eq!(Marker::of(start).map(|(found, _)| found), Some(marker), "{start}");
            assert_eq!(marker.meaning(), meaning);
        }
    }

    #[test]
    fn codes_are_taken_from_the_message() {
        let of = Marker::of;
        assert_eq!(
            of("Managed threw an exception -532462766"),
            Some((Marker::ManagedThrew, Some(-532_462_766)))
        );
        assert_eq!(of("Managed application exited with code 3 "), Some((Marker::ManagedExited, Some(3))));
        assert_eq!(of("Starting shutdown sequence 1"), Some((Marker::ClrThreadEnded, None)));
        assert_eq!(of("Known dotnet.exe location: ''"), None);
    }
}

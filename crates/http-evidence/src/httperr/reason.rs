//! What the reasons of HTTP.sys mean.

/// Who caused a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The application pool or its worker process: the app could not be reached.
    Server,
    /// The client, or what it sent.
    Client,
    /// Nobody: connections end so in normal operation.
    Normal,
}

/// A reason and its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reason {
    /// As in `s-reason`.
    pub name: &'static str,
    /// Who caused it.
    pub side: Side,
    /// What it means.
    pub meaning: &'static str,
    /// Where the meaning is from.
    pub source: &'static str,
}

/// What a value of `s-reason` means; letter case does not matter.
pub fn reason(name: &str) -> Option<&'static Reason> {
    REASONS.iter().find(|reason| reason.name.eq_ignore_ascii_case(name))
}

const KB: &str = "Microsoft Learn, \"Error logging in HTTP APIs\" (KB 820729)";
const API: &str = "Microsoft Learn, \"Types of Errors Logged by the HTTP Server API\"";
const KNOWN: &str = "general knowledge of HTTP.sys";

const fn server(name: &'static str, meaning: &'static str, source: &'static str) -> Reason {
    Reason { name, side: Side::Server, meaning, source }
}

const fn client(name: &'static str, meaning: &'static str, source: &'static str) -> Reason {
    Reason { name, side: Side::Client, meaning, source }
}

const fn normal(name: &'static str, meaning: &'static str, source: &'static str) -> Reason {
    Reason { name, side: Side::Normal, meaning, source }
}

/// Every reason that is known.
pub const REASONS: &[Reason] = &[
    server(
        "AppOffline",
        "503: application errors took the application pool offline (rapid-fail protection).",
        KB,
    ),
    server("AppPoolTimer", "503: the application pool's processes are too busy to take the request.", KB),
    server("AppShutdown", "503: the application pool shut down by the administrator's policy.", KB),
    server(
        "Connection_Abandoned_By_AppPool",
        "A worker process closed its request queue with the request in it: it crashed or ended.",
        KB,
    ),
    server(
        "Connection_Abandoned_By_ReqQueue",
        "A worker process ended unexpectedly, or closed its handle, with the request in its queue.",
        KB,
    ),
    server("ConnLimit", "503: the site has reached its limit of connections.", KB),
    server("Connections_Refused", "The kernel's memory ran low and new connections were refused.", KB),
    server("Disabled", "503: the administrator stopped the application pool.", KB),
    server("Internal", "500: an internal error of HTTP.sys.", KB),
    server(
        "N/A",
        "503: an internal error, such as a lack of memory or a conflict of URL reservations; also seen while the application pool is stopped.",
        KB,
    ),
    server("QueueFull", "503: the request queue of the application pool is full.", KB),
    server(
        "Timer_AppPool",
        "The connection ran out of time while the request waited for a worker process.",
        KB,
    ),
    server("Timer_ReqQueue", "The request waited too long in the queue of the application pool.", API),
    client("BadRequest", "400: the request could not be parsed.", KB),
    client(
        "Client_Reset",
        "The client closed the connection before the request reached a worker process.",
        KB,
    ),
    client(
        "Connection_Dropped",
        "The client closed the connection before the answer was sent or logged.",
        API,
    ),
    client(
        "Connection_Dropped_List_Full",
        "More connections were dropped by clients than are kept for logging.",
        API,
    ),
    client("EntityTooLarge", "413: the body is larger than allowed.", KB),
    client("FieldLength", "400: a header field is too long.", KB),
    client(
        "Forbidden",
        "403: an element or sequence that is not allowed was found while the request was parsed.",
        KB,
    ),
    client("Header", "400: a header cannot be parsed.", KB),
    client("Hostname", "400: the host name of the request fits no binding, or cannot be parsed.", KB),
    client("Invalid_CR/LF", "400: a carriage return or line feed stands where none may be.", KB),
    client("LengthRequired", "411: the length of the body is not given.", KB),
    client("N/I", "501: the transfer encoding or method is not implemented.", KB),
    client("Number", "400: a number of the request cannot be parsed.", KB),
    client("Precondition", "412: a precondition that the request needs is missing.", KB),
    client("RequestLength", "400: the request line and headers are too long.", KB),
    client("Timer_EntityBody", "The body did not arrive in time.", KB),
    client("Timer_HeaderWait", "The headers did not arrive in time.", KB),
    client("Timer_MinBytesPerSecond", "The client took the answer too slowly.", KB),
    client("Timer_SslRenegotiation", "The TLS negotiation did not finish in time.", KNOWN),
    client("URL", "400: the URL cannot be parsed.", KB),
    client("URL_Length", "414: the URL is too long.", KB),
    client("Verb", "400: the method cannot be parsed.", KB),
    client("Version_N/S", "505: the version of HTTP is not supported.", KB),
    normal("Timer_ConnectionIdle", "An idle connection was closed.", KB),
    normal("Timer_Connection", "A connection ran out of time before a request came.", KNOWN),
    normal("Timer_Response", "The answer was not taken in time.", KB),
];

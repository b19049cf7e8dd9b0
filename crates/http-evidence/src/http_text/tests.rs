use proptest::prelude::*;

use super::*;

fn statuses(text: &str) -> Vec<(u16, String, Client)> {
    read(text).responses.into_iter().map(|r| (r.status, r.reason, r.client)).collect()
}

fn errors(text: &str) -> Vec<(ErrorKind, Option<String>, Client)> {
    read(text).errors.into_iter().map(|e| (e.kind, e.code, e.client)).collect()
}

#[test]
fn several_raw_responses_are_told_apart() {
    let text = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 307 Temporary Redirect\r\nLocation: https://localhost/\r\n\r\n\
        HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nServer: Microsoft-IIS/10.0\r\nX-Long: a\r\n b\r\n\r\n\
        <html>HTTP Error 502.5</html>\r\n";
    let read = read(text);
    assert_eq!(read.responses.iter().map(|r| r.status).collect::<Vec<_>>(), [100, 307, 502]);
    let Some(last) = read.responses.last() else { unreachable!() };
    assert_eq!((last.header("server"), last.header("X-Long")), (Some("Microsoft-IIS/10.0"), Some("a b")));
    assert_eq!((last.version.as_deref(), last.place.line), (Some("1.1"), 6));
    assert_eq!(
        last.body.clone().and_then(|b| text.get(b)).map(str::trim),
        Some("<html>HTTP Error 502.5</html>")
    );
}

#[test]
fn verbose_output_of_curl_has_its_request_and_no_noise() {
    let text = "* Connected to localhost (127.0.0.1) port 80\n> GET /shop HTTP/1.1\n> Host: localhost\n> \n\
        < HTTP/1.1 500 Internal Server Error\n< Server: Microsoft-IIS/10.0\n* Added cookie\n< Content-Length: 3\n< \n\
        abc\n* Connection #0 to host localhost left intact\n";
    assert!(is_http_text(text));
    let response = read(text).responses.pop().expect("a response");
    let request = response.request.clone().expect("a request");
    assert_eq!((request.method.as_str(), request.target.as_str()), ("GET", "/shop"));
    assert_eq!((response.status, response.header("Content-Length")), (500, Some("3")));
    assert_eq!(response.body.and_then(|b| text.get(b)).map(str::trim), Some("abc"));
}

#[test]
fn tools_that_reword_a_response_are_read() {
    let text = "Status Code: 403\nReason Phrase: Site Disabled\nHTTP Version: 1.1\nHeaders:\n{\n  Server: Microsoft-IIS/10.0\n}\n";
    let response = read(text).responses.pop().expect("a response");
    assert_eq!((response.status, response.reason.as_str()), (403, "Site Disabled"));
    assert_eq!(response.header("Server"), Some("Microsoft-IIS/10.0"));
    assert_eq!(statuses("Status: 502: Bad Gateway\nServer: Microsoft-IIS/7.5\n").len(), 1);
    assert_eq!(
        statuses("RequestFailedException: failed.\nStatus: 403 (Forbidden)\nErrorCode: x\n\nmore"),
        []
    );
}

#[test]
fn messages_about_a_status_are_read() {
    for (text, status, reason, client) in [
        (
            "Invoke-WebRequest: Response status code does not indicate success: 502 (Bad Gateway).",
            502,
            "Bad Gateway",
            Client::DotNet,
        ),
        (
            "Invoke-WebRequest : The remote server returned an error: (503) Server Unavailable.",
            503,
            "Server Unavailable",
            Client::DotNet,
        ),
        (
            "Der Remoteserver hat einen Fehler zurückgegeben: (500) Interner Serverfehler.",
            500,
            "Interner Serverfehler",
            Client::DotNet,
        ),
        ("远程服务器返回错误: (502) 错误的网关。", 502, "错误的网关。", Client::DotNet),
        ("curl: (22) The requested URL returned error: 500", 500, "", Client::Curl),
        ("HTTP request sent, awaiting response... 502 Bad Gateway", 502, "Bad Gateway", Client::Wget),
        ("x.js net::ERR_ABORTED 500 (Internal Server Error)", 500, "Internal Server Error", Client::Browser),
    ] {
        assert_eq!(statuses(text), [(status, reason.to_owned(), client)], "{text}");
        assert_eq!(errors(text), [], "{text}");
    }
}

#[test]
fn connection_errors_of_every_client_have_their_kind() {
    use ErrorKind::{EmptyReply, NameNotResolved, Other, Refused, Reset, TimedOut, Tls};
    for (text, kind, code) in [
        (
            "This site can’t be reached\nlocalhost refused to connect.\nTry:\nChecking the proxy\nERR_CONNECTION_REFUSED",
            Refused,
            Some("ERR_CONNECTION_REFUSED"),
        ),
        ("Diese Website ist nicht erreichbar\nlocalhost hat die Verbindung abgelehnt.", Refused, None),
        ("net::ERR_CONNECTION_RESET", Reset, Some("ERR_CONNECTION_RESET")),
        ("DNS_PROBE_FINISHED_NXDOMAIN", NameNotResolved, Some("DNS_PROBE_FINISHED_NXDOMAIN")),
        ("ERR_SSL_PROTOCOL_ERROR", Tls, Some("ERR_SSL_PROTOCOL_ERROR")),
        ("net::ERR_SOMETHING_NEW", Other, Some("ERR_SOMETHING_NEW")),
        (
            "Unable to connect\n\nFirefox can’t establish a connection to the server at localhost:5000.",
            Refused,
            None,
        ),
        ("The connection was reset", Reset, None),
        ("x\n## Unable to connect.\ny", Refused, None),
        ("This page can't be displayed", Other, None),
        ("curl: (6) Could not resolve host: shop", NameNotResolved, Some("curl: (6)")),
        (
            "curl: (7) Failed to connect to localhost port 5000 after 0 ms: Connection refused",
            Refused,
            Some("curl: (7)"),
        ),
        ("curl: (28) Operation timed out after 30000 milliseconds", TimedOut, Some("curl: (28)")),
        ("curl: (35) schannel: failed to receive handshake", Tls, Some("curl: (35)")),
        ("curl: (52) Empty reply from server", EmptyReply, Some("curl: (52)")),
        ("curl: (56) Recv failure: Connection was reset", Reset, Some("curl: (56)")),
        ("Connecting to localhost:80... failed: Connection refused.", Refused, None),
        ("PS> Invoke-WebRequest http://x\nUnable to connect to the remote server", Refused, None),
        ("iwr : Die Verbindung mit dem Remoteserver kann nicht hergestellt werden.", Refused, None),
        (
            "The remote name could not be resolved: 'x'\nAt line:1 char:1\n+ Invoke-WebRequest http://x",
            NameNotResolved,
            None,
        ),
    ] {
        let found: Vec<_> = errors(text).into_iter().map(|(kind, code, _)| (kind, code)).collect();
        assert_eq!(found, [(kind, code.map(str::to_owned))], "{text}");
    }
}

#[test]
fn an_apps_own_connections_are_not_the_users() {
    for text in [
        "SqlException: No connection could be made because the target machine actively refused it.",
        "Unhandled exception. System.Net.Http.HttpRequest... The operation has timed out.",
        "PSQLException: The connection was reset by the server",
        "ERR_INVALID_ARG_TYPE",
        "MY_ERR_CONNECTION_REFUSED",
    ] {
        assert_eq!(errors(text), [], "{text}");
    }
}

#[test]
fn a_body_does_not_speak_for_the_client() {
    let text = "HTTP/1.1 200 OK\n\n<p>This site can't be reached</p>\nHTTP/1.1 502 Bad Gateway\n\ncurl: (18) transfer closed";
    let read = read(text);
    assert_eq!(read.responses.len(), 2);
    assert_eq!(read.errors.iter().map(|e| e.kind).collect::<Vec<_>>(), [ErrorKind::Other]);
}

#[test]
fn errors_far_from_each_other_stay_apart() {
    let text = format!("ERR_CONNECTION_REFUSED\n{}ERR_CONNECTION_REFUSED", "x\n".repeat(30));
    assert_eq!(errors(&text).len(), 2);
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~\n]{0,16}",
        ".{0,3}",
        prop::sample::select(vec![
            "HTTP/1.1 502 Bad Gateway\n",
            "\n\n",
            "Server: x\n",
            "< ",
            "> GET / HTTP/1.1\n",
            "* ",
            "curl: (",
            "7) x",
            "ERR_CONNECTION_RESET",
            "The remote server returned an error: (",
            "502) é",
            "Status: 500\n",
        ])
        .prop_map(str::to_owned),
    ]
}

proptest! {
    #[test]
    fn places_and_bodies_are_in_the_text(pieces in prop::collection::vec(piece(), 0..30)) {
        let text = pieces.concat();
        let read = read(&text);
        for place in read.responses.iter().map(|r| &r.place).chain(read.errors.iter().map(|e| &e.place)) {
            let start = place.bytes.start as usize;
            prop_assert!(text.get(start..place.bytes.end as usize).is_some_and(|part| !part.is_empty()));
            prop_assert_eq!(text.get(..start).map(|before| before.matches('\n').count() + 1), Some(place.line as usize));
        }
        for body in read.responses.iter().filter_map(|r| r.body.clone()) {
            prop_assert!(text.get(body).is_some());
        }
    }
}

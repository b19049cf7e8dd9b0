use proptest::prelude::*;

use super::*;

const HAR: &str = r#"{"log":{"version":"1.2","creator":{"name":"WebInspector","version":"537.36"},"pages":[],"entries":[
 {"startedDateTime":"2024-05-01T10:00:00.123Z","time":12.7,"request":{"method":"GET","url":"https://shop.example/","headers":[{"name":"Cookie","value":"secret"}]},
  "response":{"status":200,"statusText":"OK","headers":[],"content":{"size":3,"mimeType":"text/html","text":"yes"}},"_initiator":{"type":"other"}},
 {"startedDateTime":"2024-05-01T10:00:01Z","time":-1,"request":{"method":"GET","url":"https://shop.example/api"},
  "response":{"status":502,"statusText":"Bad Gateway","headers":[{"name":"server","value":"Microsoft-IIS/10.0"},{"name":"Set-Cookie","value":"x"},{"name":"X-Powered-By","value":"ASP.NET"}],
   "content":{"mimeType":"text/html","encoding":"base64","text":"PGgxPkhUVFAgRXJyb3IgNTAyLjU8L2gxPg=="}}},
 {"request":{"method":"POST","url":"http://localhost:5000/"},"response":{"status":0,"headers":[],"content":{"size":0},"_error":"net::ERR_CONNECTION_REFUSED"}},
 {"request":{"url":"chrome-extension://x"},"response":{"status":0,"_error":null}}
]}}"#;

#[test]
fn only_failed_requests_are_kept() {
    let (har, damage) = read(HAR.as_bytes());
    assert_eq!((damage, har.requests, har.failures.len(), har.more_failures), (None, 4, 2, false));
    let Some(gateway) = har.failures.first() else { unreachable!() };
    assert_eq!((gateway.number, gateway.status, gateway.reason.as_str()), (2, 502, "Bad Gateway"));
    assert_eq!(gateway.body.as_deref(), Some("<h1>HTTP Error 502.5</h1>"));
    let names: Vec<_> = gateway.headers.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["server", "X-Powered-By"], "no cookies");
    assert_eq!((gateway.time_ms, gateway.started.as_deref()), (None, Some("2024-05-01T10:00:01Z")));
    let place = gateway.place.bytes.start as usize..gateway.place.bytes.end as usize;
    let entry = HAR.get(place).unwrap_or_default();
    assert!(
        gateway.place.line == 4
            && entry.starts_with("{\"startedDateTime\":\"2024-05-01T10:00:01Z")
            && entry.ends_with("}}}")
    );
    let refused = har.failures.get(1).and_then(|f| f.error.as_deref());
    assert_eq!(refused, Some("net::ERR_CONNECTION_REFUSED"));
}

#[test]
fn a_har_that_breaks_off_gives_the_entries_before() {
    let cut = HAR.find("{\"request\":{\"method\":\"POST\"").unwrap_or_default() + 40;
    let (har, damage) = read(HAR.get(..cut).unwrap_or_default().as_bytes());
    assert_eq!((har.requests, har.failures.len()), (2, 1));
    let message = damage.map(|d| d.to_string()).unwrap_or_default();
    assert!(message.starts_with("not a whole HAR file, after 2 requests: EOF"), "{message}");
}

#[test]
fn values_of_other_types_count_as_missing() {
    let text = r#"{"log":{"entries":[{"time":{"a":[1]},"request":{"method":[],"url":7},
        "response":{"status":"503","statusText":true,"headers":[{"name":null},{}],"content":{"text":[["x"]]}}}]}}"#;
    let (har, damage) = read(text.as_bytes());
    assert_eq!(damage, None);
    assert_eq!(
        har.failures.first().map(|f| (f.status, f.url.as_str(), f.body.clone())),
        Some((503, "", None))
    );
}

#[test]
fn bodies_and_the_number_of_failures_are_bounded() {
    let body = "é".repeat(BODY_LIMIT);
    let text = format!(
        r#"{{"log":{{"entries":[{{"response":{{"status":500,"content":{{"text":"{body}"}}}}}},{}{{}}]}}}}"#,
        r#"{"response":{"status":500}},"#.repeat(ENTRY_LIMIT)
    );
    let (har, damage) = read(text.as_bytes());
    assert_eq!((damage, har.requests, har.failures.len()), (None, ENTRY_LIMIT as u64 + 2, ENTRY_LIMIT));
    assert!(har.more_failures);
    let kept = har.failures.first().and_then(|f| f.body.as_ref()).map(String::len);
    assert_eq!(kept, Some(BODY_LIMIT));
}

#[test]
fn other_documents_are_damaged_hars() {
    for text in ["", "[]", "{\"log\":{\"entries\":{}}}", "{\"log\":7}", "nonsense", "{\"log\":{}} tail"] {
        assert!(read(text.as_bytes()).1.is_some(), "{text}");
    }
    assert_eq!(read(&b"{\"other\":1}"[..]), (Har::default(), None));
    assert!(is_har(HAR) && !is_har("{\"runtimeOptions\":{}}") && !is_har("{\"log\":\"x\"}"));
}

proptest! {
    #[test]
    fn a_mutated_har_gives_no_panic_and_no_more_than_it_has(at in 0usize..1500, noise in "[ -~]{0,6}", cut in 0usize..1800) {
        let mut text = HAR.get(..cut).unwrap_or(HAR).to_owned();
        text.insert_str(at.min(text.len()), &noise);
        let (har, _) = read(text.as_bytes());
        prop_assert!(har.failures.len() as u64 <= har.requests && har.requests <= 5);
    }
}

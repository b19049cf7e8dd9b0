//! Every reader of HTTP evidence stands any text.
#![no_main]

use falconer_http_evidence::{
    debug_log, freb, har, html, http_text, httperr, iis_page, status_line, stdout_name, w3c,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for is in [debug_log::is_debug_log, freb::is_trace, har::is_har, html::is_html, http_text::is_http_text] {
        is(text);
    }
    httperr::is_log(text);
    w3c::is_log(text);
    let mut records = debug_log::Records::new(text.as_bytes());
    records.by_ref().for_each(drop);
    records.stopped();
    let _ = freb::read(text).map(|trace| (trace.module_errors(), trace.response_body()));
    freb::pasted_errors(text);
    har::read(text.as_bytes());
    let page = html::to_text(text);
    page.line_of_page(page.text.len());
    iis_page::read(&page.text);
    iis_page::read(text);
    http_text::read(text);
    httperr::read(text.as_bytes());
    w3c::read(text.as_bytes(), Some("W3SVC5"));
    status_line::headings(text);
    stdout_name::parse(text);
});

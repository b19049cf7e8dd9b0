//! Pages and the output of HTTP clients.

use falconer_http_evidence::http_text::{self, ErrorKind};
use falconer_http_evidence::{html, iis_page};
use falconer_observation::{Channel, Fact, Source};

use crate::collect::Collection;

/// Reads an HTML page: its text is the observation.
pub(crate) fn html(collection: &mut Collection, name: &str, page: &str) {
    collection.input(name, "page (HTML)", page.len() as u64);
    let text = html::to_text(page);
    let line = text.line_of_page(0);
    if let Some(number) = collection.text(Channel::Page, Source::file(name).at_line(line), &text.text) {
        facts(collection, number, &text.text);
    }
}

/// Adds what a text of a page or an HTTP client says beyond its words.
pub(crate) fn facts(collection: &mut Collection, number: usize, text: &str) {
    for error in http_text::read(text).errors {
        let kind = match error.kind {
            ErrorKind::Refused => "refused",
            ErrorKind::Reset => "reset",
            ErrorKind::NameNotResolved => "name-not-resolved",
            ErrorKind::TimedOut => "timed-out",
            ErrorKind::Tls => "tls",
            ErrorKind::EmptyReply => "empty-reply",
            ErrorKind::Other => "other",
        };
        collection.fact(Fact {
            id: "http.connection-error".to_owned(),
            fields: [("kind".to_owned(), kind.to_owned())].into(),
            observation: number,
            span: span(&error.place.bytes),
            note: format!("the client got no response: {kind}"),
        });
    }
    if let Some(page) = iis_page::read(text) {
        let values = [
            ("module", page.module),
            ("notification", page.notification),
            ("handler", page.handler),
            ("error-code", page.error_code),
            ("config-error", page.config_error),
            ("config-file", page.config_file),
            ("physical-path", page.physical_path),
            ("url", page.requested_url),
            ("status", page.status.map(|s| s.to_string())),
            ("substatus", page.substatus.map(|s| s.to_string())),
        ];
        let fields = values.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
        collection.fact(Fact {
            id: "page.iis-details".to_owned(),
            fields,
            observation: number,
            span: span(&page.place.bytes),
            note: "IIS's detailed error page".to_owned(),
        });
    }
}

fn span(bytes: &std::ops::Range<u64>) -> Option<std::ops::Range<usize>> {
    Some(usize::try_from(bytes.start).ok()?..usize::try_from(bytes.end).ok()?)
}

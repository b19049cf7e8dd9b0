//! HTTP statuses in text: pages, status lines, log lines, and what people write about them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use falconer_observation::{Channel, Observation};
use regex::bytes::{Captures, Regex};

use crate::recognise::ascii;
use crate::sighting::{Sighting, SightingKind};

/// How statuses are written, surest first; groups `s` status, `u` substatus, `w` Win32 code.
const FORMS: [(&str, Where); 5] = [
    // HTTP Error 500.30, HTTP/1.1 503, Erreur HTTP 500.19, HTTP 错误 500.22
    (
        r"(?i)\bHTTP(?:/\d(?:\.\d)?)?[- ]?(?:error|fehler|erreur|错误|エラー|ошибка|status(?: code)?)?[ :]{0,3}(?P<s>[45]\d\d)(?:\.(?P<u>\d{1,2}))?\b",
        Where::Anywhere,
    ),
    // 500.19 with nothing around it that makes it a version
    (r"(?:^|[^\d.\w-])(?P<s>4[01]\d|50\d)\.(?P<u>\d{1,2})(?:$|[^\d.\w]|\.(?:$|\D))", Where::Anywhere),
    // GET /path … 503 0 1255 15
    (
        r"(?m)\b(?P<method>GET|POST|PUT|DELETE|HEAD|OPTIONS|PATCH) (?P<path>/\S*) .* (?P<s>[45]\d\d) (?P<u>\d{1,3}) (?P<w>\d{1,10})(?: \d+)*\s*$",
        Where::Anywhere,
    ),
    // Status Code: 403, status: 502, StatusCode=503, answers 503, 503 Service Unavailable
    (
        r#"(?i)\b(?:status(?:[ -]?code)?["']?[ :="']{1,4}|answers? (?:with )?|returns? |HttpStatus[ :="']{1,4})(?P<s>[45]\d\d)\b|\b(?P<s2>502 Bad Gateway|503 Service Unavailable|500 Internal Server Error|403 Forbidden|404 Not Found|405 Method Not Allowed|413 (?:Payload|Request Entity) Too Large)"#,
        Where::Anywhere,
    ),
    // a bare number, where a page is described
    (r"(?:^|[\s(])(?P<s>4(?:0[0-9]|1[0-8])|50[0-5])(?:$|[\s,;:)])", Where::Page),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Where {
    Anywhere,
    Page,
}

static COMPILED: LazyLock<Vec<(Regex, Where)>> =
    LazyLock::new(|| FORMS.iter().filter_map(|(form, place)| Some((ascii(form)?, *place))).collect());

/// At most so many statuses of one observation count.
const MAX: usize = 200;

/// Finds the statuses of an observation.
pub(crate) fn statuses(number: usize, observation: &Observation, all: &mut Vec<Sighting>) {
    if matches!(
        observation.channel,
        Channel::Folder | Channel::Runtimes | Channel::WebConfig | Channel::AppHostConfig
    ) {
        return;
    }
    let first = all.len();
    for (form, place) in COMPILED.iter() {
        if *place == Where::Page && observation.channel != Channel::Page {
            continue;
        }
        for found in form.captures_iter(observation.text.as_bytes()).take(MAX) {
            if let Some(sighting) = sighting(number, &observation.text, &found)
                && !all[first..]
                    .iter()
                    .any(|s| s.span.start <= sighting.span.start && sighting.span.start < s.span.end)
            {
                all.push(sighting);
            }
        }
    }
}

fn sighting(number: usize, text: &str, found: &Captures<'_>) -> Option<Sighting> {
    let status = found.name("s").or_else(|| found.name("s2"))?;
    let digits = text.get(status.start()..status.start() + 3)?;
    let mut fields = BTreeMap::from([("status".to_owned(), digits.to_owned())]);
    let mut end = status.end();
    for (group, field) in [("u", "substatus"), ("w", "win32"), ("method", "method"), ("path", "path")] {
        if let Some(value) = found.name(group) {
            fields.insert(field.to_owned(), text.get(value.range())?.to_owned());
            end = end.max(value.end());
        }
    }
    let start = found.get(0)?.start().min(status.start());
    Some(Sighting {
        kind: SightingKind::Status,
        fields,
        observation: number,
        span: start..end,
        weight: 6,
        note: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use falconer_observation::Source;

    fn found(channel: Channel, text: &str) -> Vec<String> {
        let mut all = Vec::new();
        statuses(0, &Observation::new(channel, Source::default(), text), &mut all);
        all.iter()
            .map(|s| match s.fields.get("substatus") {
                Some(sub) => format!("{}.{sub}", s.fields["status"]),
                None => s.fields["status"].clone(),
            })
            .collect()
    }

    #[test]
    fn statuses_are_found_in_every_form() {
        for (text, statuses) in [
            ("HTTP Error 500.30 - ANCM In-Process Start Failure", vec!["500.30"]),
            ("HTTP/1.1 503 Service Unavailable", vec!["503"]),
            ("HTTP 错误 500.22 - Internal Server Error", vec!["500.22"]),
            ("500.19(0x8007000d)", vec!["500.19"]),
            ("500.21 or 500.19 on every request", vec!["500.21", "500.19"]),
            ("Error 500.31 - ANCM", vec!["500.31"]),
            ("GET /app/health 443 - HTTP/1.1 - - host 503 0 1255 202 130 15", vec!["503.0"]),
            ("Status Code: 403", vec!["403"]),
            ("version 2.2.500.3 and 10.0.404.12", vec![]),
            ("listening on port 502", vec![]),
        ] {
            assert_eq!(found(Channel::Note, text), statuses, "{text}");
        }
    }

    #[test]
    fn a_bare_number_counts_only_where_a_page_is_described() {
        assert_eq!(found(Channel::Page, "503 (blank page)"), ["503"]);
        assert!(found(Channel::Stdout, "took 503 ms").is_empty());
    }
}

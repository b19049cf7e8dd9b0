//! Walks through the XML of a trace.

use falconer_observation::Timestamp;
use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::{EVENT_LIMIT, FailedRequest, TraceDamage, TraceError, TraceEvent, VALUE_LIMIT};
use crate::place::LineIndex;

/// Elements nested deeper than this are not looked into; a trace needs four.
const DEPTH_LIMIT: usize = 32;

/// The elements that matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Element {
    FailedRequest,
    Event,
    Data,
    Description,
    Opcode,
    Level,
    Other,
}

/// Reads a trace.
pub(super) fn read(xml: &str) -> Result<FailedRequest, TraceError> {
    let lines = LineIndex::new(xml);
    let mut walk = Walk {
        lines: &lines,
        open: Vec::new(),
        deeper: 0,
        name: String::new(),
        text: String::new(),
        event: TraceEvent::default(),
        event_start: 0,
        request: None,
    };
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(xml.len());
        let event = reader.read_event();
        let end = usize::try_from(reader.buffer_position()).unwrap_or(xml.len());
        let problem = match event {
            Ok(Event::Eof) if walk.open.is_empty() => None,
            Ok(Event::Eof) => Some("the file ends early".to_owned()),
            Ok(event) => {
                walk.take(event, at..end);
                continue;
            }
            Err(error) => Some(error.to_string()),
        };
        return walk.finish(xml.len(), problem.map(|reason| TraceDamage { line: lines.line(at), reason }));
    }
}

struct Walk<'a> {
    lines: &'a LineIndex,
    open: Vec<Element>,
    /// Open elements below [`DEPTH_LIMIT`].
    deeper: usize,
    /// The name of the value at hand.
    name: String,
    /// The text of the element at hand.
    text: String,
    event: TraceEvent,
    event_start: usize,
    request: Option<FailedRequest>,
}

impl Walk<'_> {
    fn take(&mut self, event: Event<'_>, range: std::ops::Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range.start),
            Event::Empty(tag) => {
                self.start(&tag, range.start);
                self.end(range.end);
            }
            Event::End(_) => self.end(range.end),
            Event::Text(text) => self.push(&text.into_inner()),
            Event::CData(text) => self.push(&text.into_inner()),
            Event::GeneralRef(reference) => self.push(&resolved(&reference)),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) | Event::Eof => {}
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, at: usize) {
        if self.open.len() >= DEPTH_LIMIT {
            self.deeper += 1;
            return;
        }
        let local = tag.local_name();
        let element = match local.as_ref() {
            "failedRequest" => Element::FailedRequest,
            "Event" => Element::Event,
            "Data" => Element::Data,
            "Description" => Element::Description,
            "Opcode" => Element::Opcode,
            "Level" => Element::Level,
            _ => Element::Other,
        };
        match element {
            Element::FailedRequest if self.request.is_none() => {
                let mut request = attributes(tag);
                request.place = self.lines.place(at..at);
                self.request = Some(request);
            }
            Element::Event => {
                self.event = TraceEvent::default();
                self.event_start = at;
            }
            Element::Data => self.name = attribute(tag, "Name").unwrap_or_default(),
            Element::Description => self.name = attribute(tag, "Data").unwrap_or_default(),
            _ => match local.as_ref() {
                "Provider" => self.event.provider = attribute(tag, "Name"),
                "TimeCreated" => self.event.time = attribute(tag, "SystemTime").and_then(|t| utc(&t)),
                _ => {}
            },
        }
        self.text.clear();
        self.open.push(element);
    }

    fn push(&mut self, text: &str) {
        if !matches!(
            self.open.last(),
            Some(Element::Data | Element::Description | Element::Opcode | Element::Level)
        ) {
            return;
        }
        let room = VALUE_LIMIT.saturating_sub(self.text.len());
        let kept = text.get(..text.floor_char_boundary(room)).unwrap_or(text);
        self.text.push_str(kept);
        if let (true, Some(request)) = (kept.len() < text.len(), &mut self.request) {
            request.cut = true;
        }
    }

    fn end(&mut self, at: usize) {
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        match self.open.pop() {
            Some(Element::Data) => self.value(false),
            Some(Element::Description) => self.value(true),
            // System has a number as opcode, RenderingInfo, which comes later, has the name.
            Some(Element::Opcode) => self.event.name = self.text.trim().to_owned(),
            Some(Element::Level) => self.event.level = self.text.trim().parse().ok(),
            Some(Element::Event) => self.end_event(at),
            Some(Element::FailedRequest) => {
                if let Some(request) = &mut self.request {
                    request.place.bytes.end = at as u64;
                }
            }
            Some(Element::Other) | None => {}
        }
        self.text.clear();
    }

    fn value(&mut self, described: bool) {
        let values = if described { &mut self.event.described } else { &mut self.event.data };
        // An event of IIS has at most a dozen values.
        if values.len() < 64 {
            values.push((std::mem::take(&mut self.name), self.text.trim().to_owned()));
        }
    }

    fn end_event(&mut self, at: usize) {
        let mut event = std::mem::take(&mut self.event);
        let Some(request) = &mut self.request else { return };
        request.event_count += 1;
        request.time = request.time.or(event.time);
        if !decides(&event) {
            return;
        }
        if request.events.len() >= EVENT_LIMIT {
            request.cut = true;
            return;
        }
        event.place = self.lines.place(self.event_start..at);
        request.events.push(event);
    }

    fn finish(self, length: usize, damage: Option<TraceDamage>) -> Result<FailedRequest, TraceError> {
        match (self.request, damage) {
            (Some(mut request), damage) => {
                if request.place.bytes.end <= request.place.bytes.start {
                    request.place.bytes.end = length as u64;
                }
                request.damage = damage;
                Ok(request)
            }
            (None, Some(TraceDamage { line, reason })) => Err(TraceError::Damaged { line, reason }),
            (None, None) => Err(TraceError::NotATrace),
        }
    }
}

/// Whether an event is kept.
fn decides(event: &TraceEvent) -> bool {
    const NAMES: [&str; 5] = [
        "GENERAL_REQUEST_START",
        "GENERAL_REQUEST_END",
        "GENERAL_RESPONSE_HEADERS",
        "GENERAL_RESPONSE_ENTITY_BUFFER",
        "MODULE_SET_RESPONSE_ERROR_STATUS",
    ];
    NAMES.contains(&event.name.as_str())
        || event.name.starts_with("ANCM_")
        || matches!(event.level, Some(1..=3))
}

fn attributes(tag: &BytesStart<'_>) -> FailedRequest {
    let get = |name| attribute(tag, name);
    let status = get("statusCode").unwrap_or_default();
    let (status, substatus) = status.split_once('.').unwrap_or((&status, ""));
    FailedRequest {
        url: get("url"),
        site_id: get("siteId").and_then(|id| id.parse().ok()),
        app_pool: get("appPoolId"),
        process_id: get("processId").and_then(|id| id.parse().ok()),
        method: get("verb"),
        token_user: get("tokenUserName"),
        authentication: get("authenticationType"),
        failure_reason: get("failureReason"),
        status: status.parse().ok(),
        substatus: substatus.parse().ok(),
        trigger_status: get("triggerStatusCode"),
        time_taken_ms: get("timeTaken").and_then(|time| time.parse().ok()),
        ..FailedRequest::default()
    }
}

/// An attribute; `None` when it is empty.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute =
        tag.attributes().with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name)?;
    let raw = attribute.value.get(..attribute.value.floor_char_boundary(VALUE_LIMIT)).unwrap_or_default();
    let value = unescape(raw).map_or_else(|_| raw.to_owned(), |value| value.into_owned());
    (!value.is_empty()).then_some(value)
}

fn utc(text: &str) -> Option<Timestamp> {
    Timestamp::parse_iso(text).map(|time| Timestamp { utc: true, ..time })
}

fn resolved(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return c.to_string();
    }
    let name = reference.xml10_content();
    resolve_predefined_entity(&name).map_or_else(|| format!("&{name};"), str::to_owned)
}

//! The templates that Windows makes for an event and for its body.

use super::{
    Body, Event, Style, Value,
    tree::{Content, Element},
};
use crate::value;

/// The number of the value that brings the body.
pub(super) const BODY: u16 = 19;

/// The numbers of the other values of an event, with their types.
mod number {
    pub(super) const LEVEL: (u16, u8) = (0, 0x04);
    pub(super) const OPCODE: (u16, u8) = (1, 0x04);
    pub(super) const TASK: (u16, u8) = (2, 0x06);
    pub(super) const ID: (u16, u8) = (3, 0x06);
    pub(super) const QUALIFIERS: (u16, u8) = (4, 0x06);
    pub(super) const KEYWORDS: (u16, u8) = (5, 0x15);
    pub(super) const TIME: (u16, u8) = (6, 0x11);
    pub(super) const ACTIVITY: (u16, u8) = (7, 0x0f);
    pub(super) const PROCESS: (u16, u8) = (8, 0x08);
    pub(super) const THREAD: (u16, u8) = (9, 0x08);
    pub(super) const RECORD: (u16, u8) = (10, 0x0a);
    pub(super) const VERSION: (u16, u8) = (11, 0x04);
    pub(super) const USER: (u16, u8) = (12, 0x13);
    pub(super) const PROVIDER: (u16, u8) = (14, 0x01);
    pub(super) const GUID: (u16, u8) = (15, 0x0f);
    pub(super) const LOG: (u16, u8) = (16, 0x01);
    pub(super) const RELATED: (u16, u8) = (18, 0x0f);
}

fn optional((index, kind): (u16, u8)) -> Content {
    Content::Value { index, kind, optional: true }
}

/// An element that is left out with its value.
fn valued(name: &str, number: (u16, u8)) -> Element {
    Element::new(name).depends_on(number.0).with(optional(number))
}

/// What tells the event's template from others.
pub(super) fn event_key(event: &Event) -> String {
    match event.style {
        Style::Classic => format!("classic\0{}\0{}\0{}", event.provider, event.log, event.computer),
        Style::Manifest | Style::Plain => format!("manifest\0{}", event.computer),
    }
}

/// The event's template.
pub(super) fn event_tree(event: &Event) -> Element {
    let provider = Element::new("Provider");
    let (provider, log) = if event.style == Style::Classic {
        let name = Content::Text(event.provider.clone());
        (provider.attribute("Name", name), Element::new("Channel").text(&event.log))
    } else {
        let provider = provider.attribute("Name", optional(number::PROVIDER));
        (provider.attribute("Guid", optional(number::GUID)), valued("Channel", number::LOG))
    };
    let system = Element::new("System").children([
        provider,
        valued("EventID", number::ID).attribute("Qualifiers", optional(number::QUALIFIERS)),
        valued("Version", number::VERSION),
        valued("Level", number::LEVEL),
        valued("Task", number::TASK),
        valued("Opcode", number::OPCODE),
        valued("Keywords", number::KEYWORDS),
        Element::new("TimeCreated").attribute("SystemTime", optional(number::TIME)),
        valued("EventRecordID", number::RECORD),
        Element::new("Correlation")
            .attribute("ActivityID", optional(number::ACTIVITY))
            .attribute("RelatedActivityID", optional(number::RELATED)),
        Element::new("Execution")
            .attribute("ProcessID", optional(number::PROCESS))
            .attribute("ThreadID", optional(number::THREAD)),
        log,
        Element::new("Computer").text(&event.computer),
        Element::new("Security").attribute("UserID", optional(number::USER)),
    ]);
    let namespace = "http://schemas.microsoft.com/win/2004/08/events/event";
    Element::new("Event")
        .depends_on(BODY)
        .attribute("xmlns", Content::Text(namespace.to_owned()))
        .children([system])
        .with(optional((BODY, value::XML)))
}

/// The event's values, without the last, the body.
pub(super) fn event_values(event: &Event, record: u64) -> Vec<Value> {
    let is_classic = event.style == Style::Classic;
    let own = |value: Value| if is_classic { Value::Null } else { value };
    vec![
        Value::U8(event.level),
        Value::U8(event.opcode),
        Value::U16(event.task),
        Value::U16(event.id),
        event.qualifiers.map_or(Value::Null, Value::U16),
        Value::Hex64(event.keywords),
        Value::FileTime(event.time),
        Value::Null,
        Value::U32(event.process),
        Value::U32(event.thread),
        Value::U64(record),
        Value::U8(event.version),
        event.user.clone().map_or(Value::Null, Value::Sid),
        Value::Null,
        own(Value::Text(event.provider.clone())),
        own(event.guid.map_or(Value::Null, Value::Guid)),
        own(Value::Text(event.log.clone())),
        Value::Null,
        Value::Null,
    ]
}

/// What tells the body's template from others; `None` without a body.
pub(super) fn body_key(body: &Body) -> Option<String> {
    let mut key = String::new();
    match body {
        Body::None => return None,
        Body::Strings(_) => key.push_str("strings"),
        Body::EventData(data) => {
            key.push_str("data\0");
            for (name, value) in data {
                // A name and no name differ; no name has a NUL in it.
                key.push_str(name.as_deref().unwrap_or("\0"));
                key.extend(['\0', char::from(value.kind())]);
            }
        }
        Body::UserData { element, namespace, fields } => {
            key.push_str(&format!("user\0{element}\0{namespace}"));
            for (name, value) in fields {
                key.push_str(name);
                key.extend(['\0', char::from(value.kind())]);
            }
        }
    }
    Some(key)
}

/// The body's template.
pub(super) fn body_tree(body: &Body) -> Element {
    let place = |index: usize, kind: u8| Content::Value {
        index: u16::try_from(index).unwrap_or(u16::MAX),
        kind,
        optional: false,
    };
    match body {
        Body::None => Element::default(),
        Body::Strings(_) => Element::new("EventData").children([
            valued("Data", (0, value::STRING | value::ARRAY)),
            valued("Binary", (2, value::BINARY)),
        ]),
        Body::EventData(data) => {
            Element::new("EventData").children(data.iter().enumerate().map(|(index, (name, value))| {
                let data = Element::new("Data").with(place(index, value.kind()));
                match name {
                    Some(name) => data.attribute("Name", Content::Text(name.clone())),
                    None => data,
                }
            }))
        }
        Body::UserData { element, namespace, fields } => {
            let fields = fields
                .iter()
                .enumerate()
                .map(|(index, (name, value))| Element::new(name).with(place(index, value.kind())));
            let element =
                Element::new(element).attribute("xmlns", Content::Text(namespace.clone())).children(fields);
            Element::new("UserData").children([element])
        }
    }
}

/// The body's values.
pub(super) fn body_values(body: &Body) -> Vec<Value> {
    match body {
        Body::None => Vec::new(),
        Body::Strings(strings) => {
            let count = u8::try_from(strings.len()).unwrap_or(u8::MAX);
            vec![Value::Texts(strings.clone()), Value::U8(count), Value::Null]
        }
        Body::EventData(data) => data.iter().map(|(_, value)| value.clone()).collect(),
        Body::UserData { fields, .. } => fields.iter().map(|(_, value)| value.clone()).collect(),
    }
}

/// The rendered message, as logs of forwarded events have it.
pub(super) fn rendering_tree(message: &str) -> Element {
    Element::new("RenderingInfo")
        .attribute("Culture", Content::Text("en-US".to_owned()))
        .children([Element::new("Message").text(message)])
}

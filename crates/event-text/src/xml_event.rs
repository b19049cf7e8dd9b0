//! One `<Event>` element.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::draft::Draft;
use crate::properties::Field;
use crate::reading::{Damage, limits};

/// Elements nested deeper than this are not looked into.
const DEPTH: usize = 32;

/// What one element yielded.
pub(crate) struct Parsed {
    pub(crate) draft: Draft,
    /// The first damage, and where in the element.
    pub(crate) fault: Option<(usize, Damage)>,
    /// Behind the last tag that belongs to an event's structure.
    pub(crate) structure_end: usize,
    /// The text ended within a string.
    pub(crate) in_string: bool,
}

impl Parsed {
    /// Provider or id are known: without them there is no telling what kind of event this is.
    pub(crate) fn is_event(&self) -> bool {
        self.draft.event().provider.is_some() || self.draft.event().id.is_some()
    }
}

/// Reads an element from its `<Event` to its end, or as far as there is one.
///
/// Namespaces are ignored, and so is everything between elements: old browsers put a `-` before each element
/// that can be folded. Entities other than the five of XML and character references are left as written.
pub(crate) fn parse(xml: &str) -> Parsed {
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let position = |reader: &Reader<&[u8]>| usize::try_from(reader.buffer_position()).unwrap_or(xml.len());
    let mut element = Element::default();
    loop {
        let at = position(&reader);
        let was_structure = element.is_within_part() || element.open.is_empty();
        match reader.read_event() {
            Ok(Event::Start(tag)) => element.open(&tag),
            Ok(Event::Empty(tag)) => {
                element.open(&tag);
                element.close();
            }
            Ok(Event::End(tag)) => element.close_named(tag.local_name().as_ref(), at),
            Ok(Event::Text(text)) => {
                element.text(&text.into_inner());
                continue;
            }
            Ok(Event::CData(text)) => element.text(&text.into_inner()),
            Ok(Event::GeneralRef(reference)) => {
                element.text(
                    &resolved(&reference).unwrap_or_else(|| format!("&{};", reference.xml10_content())),
                );
                continue;
            }
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => continue,
            Ok(Event::Eof) => return element.finish(xml.len(), None),
            Err(error) => return element.finish(at, Some(Damage::Malformed(error.to_string()))),
        }
        if was_structure || element.is_within_part() || element.open.is_empty() {
            element.structure_end = position(&reader);
        }
    }
}

/// What a reference stands for, when it is one of XML's own.
fn resolved(reference: &BytesRef<'_>) -> Option<String> {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return Some(c.to_string());
    }
    resolve_predefined_entity(&reference.xml10_content()).map(str::to_owned)
}

/// Resolves the five entities of XML and character references once, as HTML escaping put them in.
pub(crate) fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut pieces = text.split('&');
    out.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        // The longest reference is `&#x10FFFF;`, give or take leading zeros.
        let reference = piece.split_once(';').filter(|(name, _)| name.len() <= 12);
        match reference.and_then(|(name, behind)| Some((resolved(&BytesRef::new(name))?, behind))) {
            Some((character, behind)) => {
                out.push_str(&character);
                out.push_str(behind);
            }
            None => {
                out.push('&');
                out.push_str(piece);
            }
        }
    }
    Cow::Owned(out)
}

/// The parts of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    System,
    EventData,
    UserData,
    RenderingInfo,
    Other,
}

/// An element while it is being read.
#[derive(Default)]
struct Element {
    /// Names of the open elements, `Event` first.
    open: Vec<String>,
    /// Open elements beyond [`DEPTH`].
    deeper: usize,
    part: Option<Part>,
    /// `Name` of the open `Data`.
    name: Option<String>,
    text: String,
    /// No element was closed since the last one was opened: the text is its own.
    is_leaf: bool,
    draft: Draft,
    /// The level, and whether this is Azure's `eventlog.xml`, in which levels are event types.
    level: Option<String>,
    azure: bool,
    fault: Option<(usize, Damage)>,
    structure_end: usize,
}

impl Element {
    /// The place is in one of the parts that events have.
    fn is_within_part(&self) -> bool {
        self.part.is_some_and(|part| part != Part::Other)
    }

    fn open(&mut self, tag: &BytesStart<'_>) {
        if self.open.len() >= DEPTH {
            self.deeper += 1;
            return;
        }
        let local = tag.local_name();
        let local = local.as_ref();
        self.open.push(crate::lines::cut(local, 256).to_owned());
        self.text.clear();
        self.is_leaf = true;
        self.name = None;
        match self.open.len() {
            2 => self.part = Some(part(local)),
            3 if self.part == Some(Part::System) => self.system_attributes(local, tag),
            3 => self.name = attribute(tag, "Name"),
            _ => {}
        }
    }

    fn system_attributes(&mut self, element: &str, tag: &BytesStart<'_>) {
        let (attribute_name, field) = match element {
            "Provider" => ("Name", Field::Provider),
            "TimeCreated" => ("SystemTime", Field::Time),
            "Execution" => ("ProcessID", Field::ProcessId),
            _ => return,
        };
        if let Some(value) = attribute(tag, attribute_name) {
            self.draft.set(field, &value);
        }
    }

    fn text(&mut self, text: &str) {
        if self.open.len() > 2 {
            let room = limits::TEXT.saturating_sub(self.text.len());
            let kept = crate::lines::cut(text, room);
            self.draft.cut |= kept.len() < text.len();
            self.text.push_str(kept);
        }
    }

    /// Closes elements up to the innermost of that name.
    fn close_named(&mut self, name: &str, at: usize) {
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        if !self.open.iter().any(|open| open == name) {
            self.malformed(at, format!("`</{}>` closes nothing that is open", crate::lines::cut(name, 64)));
            return;
        }
        while let Some(innermost) = self.open.last() {
            let done = innermost == name;
            if !done {
                let what = format!("`<{}>` is not closed", crate::lines::cut(innermost, 64));
                self.malformed(at, what);
            }
            self.close();
            if done {
                break;
            }
        }
    }

    fn malformed(&mut self, at: usize, what: String) {
        self.fault.get_or_insert((at, Damage::Malformed(what)));
    }

    fn close(&mut self) {
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        let depth = self.open.len();
        let Some(name) = self.open.pop() else { return };
        if depth == 2 {
            self.part = None;
        }
        if depth > 2 && self.is_leaf {
            self.leaf(&name, depth);
        }
        self.is_leaf = false;
        self.text.clear();
    }

    /// Takes the text of an element that has no elements in it.
    fn leaf(&mut self, name: &str, depth: usize) {
        let text = std::mem::take(&mut self.text);
        match self.part {
            Some(Part::System) => self.system(name, &text),
            Some(Part::RenderingInfo) => self.rendering(name, &text),
            Some(Part::EventData) if name == "Data" && depth == 3 => {
                self.draft.add_string(self.name.take().as_deref(), &text);
            }
            Some(Part::UserData | Part::EventData) if !text.trim().is_empty() => {
                self.draft.add_string(Some(name), text.trim());
            }
            _ => {}
        }
    }

    fn system(&mut self, name: &str, text: &str) {
        match name {
            "EventID" => self.draft.set(Field::Id, text),
            "Level" => self.level = Some(text.trim().to_owned()),
            "EventRecordID" => self.draft.set(Field::Record, text),
            "Channel" => self.draft.set(Field::Log, text),
            "Computer" => self.draft.set(Field::Computer, text),
            // Windows writes a mask here (0x80000000000000); the word stands only in Azure's file.
            "Keywords" => self.azure |= text.trim() == "Keywords",
            _ => {}
        }
    }

    fn rendering(&mut self, name: &str, text: &str) {
        match name {
            "Message" => self.draft.set_message(text),
            "Provider" => self.draft.set(Field::Provider, text),
            "Channel" => self.draft.set(Field::Log, text),
            "Level" if self.level.is_none() => self.level = Some(text.trim().to_owned()),
            _ => {}
        }
    }

    /// Closes what is still open; an end that came too early is a damage of its own.
    fn finish(mut self, at: usize, error: Option<Damage>) -> Parsed {
        if let Some(damage) = error {
            self.fault.get_or_insert((at, damage));
        } else if !self.open.is_empty() {
            self.fault.get_or_insert((at, Damage::BreaksOff));
        }
        let in_string = self.open.len() > 2 && self.is_leaf && self.is_within_part();
        self.deeper = 0;
        while !self.open.is_empty() {
            self.close();
        }
        if let Some(level) = self.level.take() {
            self.draft.set(if self.azure { Field::EntryType } else { Field::Level }, &level);
        }
        Parsed { draft: self.draft, fault: self.fault, structure_end: self.structure_end, in_string }
    }
}

fn part(name: &str) -> Part {
    match name {
        "System" => Part::System,
        "EventData" => Part::EventData,
        "UserData" => Part::UserData,
        "RenderingInfo" => Part::RenderingInfo,
        _ => Part::Other,
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    attributes.with_checks(false);
    let found = attributes.flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(unescaped(&found.value).into_owned())
}

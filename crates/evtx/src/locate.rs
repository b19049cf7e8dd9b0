//! Where in a template the provider's name and the event id stand.

use crate::{
    Malformed,
    budget::Budget,
    tokens::{Name, Token, Tokens},
};

/// Where a template has one of the two facts that a filter asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Place<'c> {
    /// Nowhere in the template.
    #[default]
    Absent,
    /// In the template itself, as UTF-16LE.
    Literal(&'c [u8]),
    /// In each record's value of this number.
    Value(u16),
    /// Only decoding the record tells: it is put together from parts, or depends on other values.
    Unclear,
}

/// Where a template has the provider's name and the event id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Places<'c> {
    pub(crate) provider: Place<'c>,
    pub(crate) id: Place<'c>,
}

impl Places<'_> {
    const UNCLEAR: Places<'static> = Places { provider: Place::Unclear, id: Place::Unclear };
}

/// Finds the first `Event/System/Provider/@Name` and the first `Event/System/EventID`, as [`crate::program`]
/// takes them. Reads no further than that: they come first in every template that Windows makes.
pub(crate) fn locate<'c>(chunk: &'c [u8], definition: usize, budget: &'c Budget) -> Places<'c> {
    let places = || {
        let mut search = Search::default();
        let mut tokens = Tokens::of_definition(chunk, definition, budget)?;
        while !search.is_done() {
            match tokens.next()? {
                Token::End => break,
                token => search.take(token)?,
            }
        }
        Ok::<_, Malformed>(search.places)
    };
    places().unwrap_or(Places::UNCLEAR)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Element {
    Event,
    System,
    Provider,
    EventId,
    Other,
}

#[derive(Default)]
struct Search<'c> {
    open: Vec<Element>,
    /// Inside a start tag, behind an attribute's name: whether it is the provider's `Name`.
    attribute: Option<bool>,
    places: Places<'c>,
    provider_done: bool,
    id_done: bool,
    /// The value without which there is no `EventID`.
    id_dependency: Option<u16>,
}

impl<'c> Search<'c> {
    fn is_done(&self) -> bool {
        self.provider_done && self.id_done
    }

    fn take(&mut self, token: Token<'c>) -> Result<(), Malformed> {
        match token {
            Token::Open { name, dependency } => self.open_element(name, dependency)?,
            Token::Attribute(name) => {
                self.end_attribute();
                self.attribute = Some(self.open.last() == Some(&Element::Provider) && name.is("Name"));
            }
            Token::CloseStart => self.end_attribute(),
            Token::CloseEmpty | Token::CloseElement => {
                self.end_attribute();
                if self.open.pop() == Some(Element::EventId) {
                    self.end_id();
                }
            }
            Token::Text(text) => self.add(Place::Literal(text)),
            Token::Substitution(index) => self.add(Place::Value(index)),
            Token::Value { .. } | Token::Character(_) | Token::Entity(_) => self.add(Place::Unclear),
            Token::Instruction | Token::End => {}
            Token::Instance => return Err(Malformed::Token(0x0c)),
        }
        Ok(())
    }

    fn open_element(&mut self, name: Name<'c>, dependency: Option<u16>) -> Result<(), Malformed> {
        if self.open.len() >= crate::program::MAX_DEPTH {
            return Err(Malformed::Depth);
        }
        let element = match self.open.last() {
            None if name.is("Event") => Element::Event,
            Some(Element::Event) if name.is("System") => Element::System,
            Some(Element::System) if name.is("Provider") && !self.provider_done => Element::Provider,
            Some(Element::System) if name.is("EventID") && !self.id_done => Element::EventId,
            // Markup inside the two says that they are not as Windows makes them.
            Some(Element::Provider | Element::EventId) => return Err(Malformed::Token(0x01)),
            _ => Element::Other,
        };
        match (element, dependency) {
            // Whether the element is there at all depends on a value.
            (Element::System | Element::Provider, Some(_)) => return Err(Malformed::NotAnEvent),
            (Element::EventId, _) => self.id_dependency = dependency,
            _ => {}
        }
        self.open.push(element);
        Ok(())
    }

    fn end_attribute(&mut self) {
        self.provider_done |= self.attribute.take() == Some(true);
    }

    /// The event id is there whenever its element is, or depends on its own value, as Windows has it.
    fn end_id(&mut self) {
        self.id_done = true;
        if self.id_dependency.is_some_and(|index| self.places.id != Place::Value(index)) {
            self.places.id = Place::Unclear;
        }
    }

    /// Adds a part of a text at the current place.
    fn add(&mut self, part: Place<'c>) {
        let name_comes = matches!(self.attribute, Some(true));
        if name_comes && !self.provider_done {
            let known = &mut self.places.provider;
            *known = if *known == Place::Absent { part } else { Place::Unclear };
        } else if self.attribute.is_none() {
            match self.open.last() {
                Some(Element::EventId) => {
                    let known = &mut self.places.id;
                    *known = if *known == Place::Absent { part } else { Place::Unclear };
                }
                // A value here may be binary XML that brings the facts with it.
                Some(Element::Event | Element::System) | None => self.both_unclear(part),
                _ => {}
            }
        }
    }

    fn both_unclear(&mut self, part: Place<'c>) {
        if let Place::Value(_) = part {
            if !self.provider_done {
                (self.places.provider, self.provider_done) = (Place::Unclear, true);
            }
            if !self.id_done {
                (self.places.id, self.id_done) = (Place::Unclear, true);
            }
        }
    }
}

//! What to take from an event, worked out once per template.

use std::mem;

use crate::{
    Malformed,
    text::utf16,
    tokens::{Name, Token, Tokens},
    value::Value,
};

/// How deep elements may be nested; Windows nests some five deep.
pub(crate) const MAX_DEPTH: usize = 64;

/// Where in an event a stream of tokens stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Context {
    /// Outside; the root is to come.
    Document,
    /// In `Event`.
    Event,
    /// In `Event/System`.
    System,
    /// In `Event/EventData`, `Event/UserData` and the like, at any depth.
    Body,
    /// In `Event/RenderingInfo`, which logs of forwarded events have.
    Rendering,
    /// Where nothing matters.
    Ignored,
}

/// The single facts of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Provider,
    Id,
    Level,
    Time,
    Record,
    Process,
    Log,
    Computer,
    Message,
}

/// A text as a template has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Text {
    Fixed(String),
    /// The value of that number.
    Value(u16),
    /// Of several parts, none of them of several parts.
    Joined(Vec<Text>),
}

/// One step of taking an event apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// If the value of that number is null, the next `skip` steps are left out.
    Unless {
        null: u16,
        skip: usize,
    },
    Field(Field, Text),
    /// An insertion string, or a leaf element of other data. Without `keep_empty` an empty one is no data.
    Data {
        name: Option<Text>,
        text: Text,
        keep_empty: bool,
    },
    /// The value of that number, if it is binary XML.
    Splice {
        index: u16,
        context: Context,
    },
}

/// The steps for one template, or for one stream of tokens that stands alone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Program {
    pub(crate) steps: Vec<Step>,
}

/// Reads one element and all that is in it.
pub(crate) fn compile(tokens: &mut Tokens<'_>, context: Context) -> Result<Program, Malformed> {
    let mut compiler = Compiler::new(context);
    loop {
        match tokens.next()? {
            Token::End => return Err(Malformed::Truncated),
            token => compiler.take(token)?,
        }
        if compiler.open.is_empty() {
            return Ok(compiler.program);
        }
    }
}

/// What an element is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Has only other elements that matter.
    Parent(Context),
    /// Its text is a fact.
    Field(Field),
    /// Its attribute of that name is a fact.
    Attribute(&'static str, Field),
    /// `EventData` and its like.
    Container,
    /// An element of a container; `true` for `Data`, whose own name says nothing.
    Leaf(bool),
}

fn role(context: Context, name: Name<'_>) -> Result<Role, Malformed> {
    const SYSTEM: [(&str, Role); 8] = [
        ("Provider", Role::Attribute("Name", Field::Provider)),
        ("EventID", Role::Field(Field::Id)),
        ("Level", Role::Field(Field::Level)),
        ("TimeCreated", Role::Attribute("SystemTime", Field::Time)),
        ("EventRecordID", Role::Field(Field::Record)),
        ("Execution", Role::Attribute("ProcessID", Field::Process)),
        ("Channel", Role::Field(Field::Log)),
        ("Computer", Role::Field(Field::Computer)),
    ];
    Ok(match context {
        Context::Document if name.is("Event") => Role::Parent(Context::Event),
        Context::Document => return Err(Malformed::NotAnEvent),
        Context::Event if name.is("System") => Role::Parent(Context::System),
        Context::Event if name.is("RenderingInfo") => Role::Parent(Context::Rendering),
        Context::Event => Role::Container,
        Context::System => SYSTEM
            .into_iter()
            .find(|(element, _)| name.is(element))
            .map_or(Role::Parent(Context::Ignored), |(_, role)| role),
        Context::Body => Role::Leaf(name.is("Data")),
        Context::Rendering if name.is("Message") => Role::Field(Field::Message),
        Context::Rendering | Context::Ignored => Role::Parent(Context::Ignored),
    })
}

impl Role {
    /// The context of what is in the element.
    fn inside(self) -> Context {
        match self {
            Role::Parent(context) => context,
            Role::Container | Role::Leaf(_) => Context::Body,
            Role::Field(_) | Role::Attribute(..) => Context::Ignored,
        }
    }
}

struct Element {
    role: Role,
    /// The step that leaves the element out.
    guard: Option<usize>,
    tag: String,
    /// The `Name` attribute of a leaf.
    name: Option<Text>,
    text: Vec<Text>,
    has_children: bool,
}

struct Compiler {
    context: Context,
    open: Vec<Element>,
    /// Inside a start tag, behind an attribute's name: the name, and the parts of its value.
    attribute: Option<(String, Vec<Text>)>,
    program: Program,
    /// The facts that are found; the first place counts.
    found: Vec<Field>,
}

impl Compiler {
    fn new(context: Context) -> Self {
        Compiler {
            context,
            open: Vec::new(),
            attribute: None,
            program: Program::default(),
            found: Vec::new(),
        }
    }

    fn take(&mut self, token: Token<'_>) -> Result<(), Malformed> {
        match token {
            Token::Open { name, dependency } => self.open_element(name, dependency)?,
            Token::Attribute(name) => {
                self.end_attribute();
                self.attribute = Some((utf16(name.0), Vec::new()));
            }
            Token::CloseStart => self.end_attribute(),
            Token::CloseEmpty | Token::CloseElement => {
                self.end_attribute();
                self.close_element();
            }
            Token::Text(text) => self.add(Text::Fixed(utf16(text))),
            Token::Value { kind, bytes } => {
                self.add(Text::Fixed(Value { kind, bytes }.text()?));
            }
            Token::Character(unit) => {
                self.add(Text::Fixed(char::from_u32(u32::from(unit)).unwrap_or('\u{fffd}').to_string()));
            }
            Token::Entity(name) => self.add(Text::Fixed(entity(name))),
            Token::Substitution(index) => self.substitute(index),
            Token::Instruction => {}
            // A template's definition holds no other template, and an element that stands alone no place for
            // one: Windows puts it into a value.
            Token::Instance => return Err(Malformed::Token(0x0c)),
            Token::End => return Err(Malformed::Truncated),
        }
        Ok(())
    }

    fn open_element(&mut self, name: Name<'_>, dependency: Option<u16>) -> Result<(), Malformed> {
        if self.open.len() >= MAX_DEPTH || self.attribute.is_some() {
            return Err(Malformed::Depth);
        }
        let context = self.open.last().map_or(self.context, |parent| parent.role.inside());
        let role = role(context, name)?;
        if let Some(parent) = self.open.last_mut() {
            parent.has_children = true;
        }
        // The root is always there: its value is the one that the rest of the event comes in.
        let dependency = dependency.filter(|_| !self.open.is_empty());
        let guard = dependency.map(|null| self.push(Step::Unless { null, skip: 0 }));
        let tag = if role == Role::Leaf(false) { utf16(name.0) } else { String::new() };
        self.open.push(Element { role, guard, tag, name: None, text: Vec::new(), has_children: false });
        Ok(())
    }

    fn end_attribute(&mut self) {
        let Some((name, parts)) = self.attribute.take() else { return };
        let Some(element) = self.open.last_mut() else { return };
        match element.role {
            Role::Attribute(wanted, field) if name == wanted => self.field(field, parts),
            Role::Leaf(_) if name == "Name" => element.name = Some(joined(parts)),
            _ => {}
        }
    }

    fn close_element(&mut self) {
        let Some(element) = self.open.pop() else { return };
        match element.role {
            Role::Field(field) => self.field(field, element.text),
            Role::Container if !element.text.is_empty() => self.data(None, element.text, false),
            Role::Leaf(is_data) if !element.has_children || !element.text.is_empty() => {
                let tag = (!is_data).then_some(Text::Fixed(element.tag));
                self.data(element.name.or(tag), element.text, !element.has_children);
            }
            _ => {}
        }
        let steps = self.program.steps.len();
        if let Some(guard) = element.guard
            && let Some(Step::Unless { skip, .. }) = self.program.steps.get_mut(guard)
        {
            *skip = steps - guard - 1;
        }
    }

    fn field(&mut self, field: Field, parts: Vec<Text>) {
        if !self.found.contains(&field) {
            self.found.push(field);
            self.push(Step::Field(field, joined(parts)));
        }
    }

    fn data(&mut self, name: Option<Text>, text: Vec<Text>, keep_empty: bool) {
        self.push(Step::Data { name, text: joined(text), keep_empty });
    }

    fn push(&mut self, step: Step) -> usize {
        self.program.steps.push(step);
        self.program.steps.len() - 1
    }

    fn substitute(&mut self, index: u16) {
        if self.attribute.is_none()
            && let Some(Role::Parent(context)) = self.open.last().map(|element| element.role)
        {
            if context != Context::Ignored {
                self.push(Step::Splice { index, context });
            }
        } else {
            self.add(Text::Value(index));
        }
    }

    /// Adds a part of the text at the current place, where the text matters.
    fn add(&mut self, part: Text) {
        if let Some((_, parts)) = &mut self.attribute {
            parts.push(part);
        } else if let Some(element) = self.open.last_mut()
            && matches!(element.role, Role::Field(_) | Role::Container | Role::Leaf(_))
        {
            element.text.push(part);
        }
    }
}

fn joined(mut parts: Vec<Text>) -> Text {
    match parts.as_mut_slice() {
        [] => Text::Fixed(String::new()),
        [one] => mem::replace(one, Text::Fixed(String::new())),
        _ => Text::Joined(parts),
    }
}

/// The character of one of XML's own entities; another one stays as it is written.
fn entity(name: Name<'_>) -> String {
    const ENTITIES: [(&str, &str); 5] =
        [("lt", "<"), ("gt", ">"), ("amp", "&"), ("quot", "\""), ("apos", "'")];
    ENTITIES
        .into_iter()
        .find(|(entity, _)| name.is(entity))
        .map_or_else(|| format!("&{};", utf16(name.0)), |(_, text)| text.to_owned())
}

//! From a record to an event.

use std::rc::Rc;

use falconer_observation::{EventLevel, WinEvent};

use crate::{
    Malformed,
    budget::Budget,
    instance::Instance,
    program::{Context, Field, Program, Step, Text, compile},
    tokens::{Token, Tokens},
    value::{self, Value},
};

/// How deep values that are binary XML may be nested; Windows nests two deep.
const MAX_NESTING: usize = 16;

/// For how many data room is made before they are seen.
const MAX_RESERVED: usize = 64;

/// What the decoder keeps from record to record.
#[derive(Default)]
pub(crate) struct Decoder {
    /// The programs of the chunk's templates, by the definition's offset and the place of its use.
    programs: Vec<(usize, Context, Rc<Program>)>,
    /// The values of the template instances that are being executed: offset, size, type.
    values: Vec<(u32, u16, u8)>,
    depth: usize,
}

/// A chunk, and what it may still cost.
#[derive(Clone, Copy)]
pub(crate) struct Chunk<'c> {
    pub(crate) bytes: &'c [u8],
    pub(crate) budget: &'c Budget,
}

impl Decoder {
    /// Forgets the templates of the chunk before.
    pub(crate) fn start_chunk(&mut self) {
        self.programs.clear();
    }

    /// Decodes the record whose binary XML stands from `start` to `end`. On an error, `event` has what was
    /// decoded before it.
    pub(crate) fn decode(
        &mut self,
        chunk: Chunk<'_>,
        (start, end): (usize, usize),
        event: &mut WinEvent,
    ) -> Result<(), Malformed> {
        self.values.clear();
        self.depth = 0;
        self.fragment(chunk, (start, end), Context::Document, event)
    }

    /// Takes a fragment: any number of template instances and elements.
    fn fragment(
        &mut self,
        chunk: Chunk<'_>,
        (start, end): (usize, usize),
        context: Context,
        event: &mut WinEvent,
    ) -> Result<(), Malformed> {
        if self.depth >= MAX_NESTING {
            return Err(Malformed::Depth);
        }
        self.depth += 1;
        let mut tokens = Tokens::new(chunk.bytes, start, end, chunk.budget);
        loop {
            let before = tokens.position();
            match tokens.next()? {
                Token::End => break,
                Token::Instance => {
                    let instance = Instance::parse(chunk.bytes, tokens.position(), tokens.end())?;
                    self.instance(chunk, instance, context, event)?;
                    tokens.go_on_at(instance.end_of_values(chunk.bytes));
                }
                _ => {
                    tokens.go_on_at(before);
                    let program = compile(&mut tokens, context)?;
                    self.run(chunk, &program, self.values.len(), event)?;
                }
            }
            if context == Context::Document {
                break; // an event has one root
            }
        }
        self.depth -= 1;
        Ok(())
    }

    fn instance(
        &mut self,
        chunk: Chunk<'_>,
        instance: Instance,
        context: Context,
        event: &mut WinEvent,
    ) -> Result<(), Malformed> {
        let program = self.program(chunk, instance.definition, context)?;
        chunk.budget.steps(instance.count)?;
        let base = self.values.len();
        for value in instance.values(chunk.bytes) {
            let (at, value) = value?;
            let (Ok(at), Ok(size)) = (u32::try_from(at), u16::try_from(value.bytes.len())) else {
                return Err(Malformed::Truncated);
            };
            self.values.push((at, size, value.kind));
        }
        self.run(chunk, &program, base, event)?;
        self.values.truncate(base);
        Ok(())
    }

    fn program(&mut self, chunk: Chunk<'_>, at: usize, context: Context) -> Result<Rc<Program>, Malformed> {
        let known = self.programs.iter().find(|known| known.0 == at && known.1 == context);
        if let Some((_, _, program)) = known {
            return Ok(Rc::clone(program));
        }
        let mut tokens = Tokens::of_definition(chunk.bytes, at, chunk.budget)?;
        let program = Rc::new(compile(&mut tokens, context)?);
        self.programs.push((at, context, Rc::clone(&program)));
        Ok(program)
    }

    /// Executes a program; the values that it names by number begin at `base`.
    fn run(
        &mut self,
        chunk: Chunk<'_>,
        program: &Program,
        base: usize,
        event: &mut WinEvent,
    ) -> Result<(), Malformed> {
        chunk.budget.steps(program.steps.len())?;
        event.data.reserve(program.data.min(MAX_RESERVED));
        let mut next = 0;
        while let Some(step) = program.steps.get(next) {
            next += 1;
            match step {
                Step::Unless { null, skip } => {
                    let kind = self.value(chunk, base, *null).map(|value| value.kind);
                    next += if kind == Some(value::NULL) { *skip } else { 0 };
                }
                Step::Field(field, text) => self.field(chunk, base, *field, text, event)?,
                Step::Data { name, text, keep_empty } => {
                    self.data(chunk, base, (name.as_ref(), text, *keep_empty), event)?;
                }
                Step::Splice { index, context } => self.splice(chunk, base, *index, *context, event)?,
            }
        }
        Ok(())
    }

    fn value<'c>(&self, chunk: Chunk<'c>, base: usize, index: u16) -> Option<Value<'c>> {
        let (at, size, kind) = *self.values.get(base + usize::from(index))?;
        let at = usize::try_from(at).ok()?;
        Some(Value { kind, bytes: chunk.bytes.get(at..at + usize::from(size))? })
    }

    fn splice(
        &mut self,
        chunk: Chunk<'_>,
        base: usize,
        index: u16,
        context: Context,
        event: &mut WinEvent,
    ) -> Result<(), Malformed> {
        match self.values.get(base + usize::from(index)) {
            Some(&(at, size, value::XML)) => {
                let start = usize::try_from(at).map_err(|_| Malformed::Truncated)?;
                self.fragment(chunk, (start, start + usize::from(size)), context, event)
            }
            _ => Ok(()),
        }
    }

    fn field(
        &self,
        chunk: Chunk<'_>,
        base: usize,
        field: Field,
        text: &Text,
        event: &mut WinEvent,
    ) -> Result<(), Malformed> {
        let number = |text: &Text| match text {
            Text::Value(index) => Ok(self.value(chunk, base, *index).and_then(Value::number)),
            text => self.text(chunk, base, text).map(|text| value::parse_number(&text)),
        };
        let text_of =
            |text: &Text| self.text(chunk, base, text).map(|text| (!text.is_empty()).then_some(text));
        let narrow = |number: Option<u64>| number.and_then(|number| u32::try_from(number).ok());
        match field {
            Field::Provider => set(&mut event.provider, text_of(text)?),
            Field::Id => set(&mut event.id, narrow(number(text)?)),
            Field::Level => set(&mut event.level, number(text)?.and_then(EventLevel::from_number)),
            Field::Record => set(&mut event.record, number(text)?),
            Field::Process => set(&mut event.process_id, narrow(number(text)?).filter(|id| *id != 0)),
            Field::Log => set(&mut event.log, text_of(text)?),
            Field::Computer => set(&mut event.computer, text_of(text)?),
            Field::Message => set(&mut event.message, text_of(text)?),
            Field::Time => {
                let time = match text {
                    Text::Value(index) => self.value(chunk, base, *index).and_then(Value::time),
                    text => falconer_observation::Timestamp::parse_iso(&self.text(chunk, base, text)?),
                };
                set(&mut event.time, time);
            }
        }
        Ok(())
    }

    /// Adds one data, or one for each item of an array ([MS-EVEN6] section 3.1.4.7.5).
    fn data(
        &mut self,
        chunk: Chunk<'_>,
        base: usize,
        (name, text, keep_empty): (Option<&Text>, &Text, bool),
        event: &mut WinEvent,
    ) -> Result<(), Malformed> {
        let name = match name {
            Some(name) => Some(self.text(chunk, base, name)?).filter(|name| !name.is_empty()),
            None => None,
        };
        if let Text::Value(index) = text
            && let Some(value) = self.value(chunk, base, *index)
        {
            if value.kind == value::XML {
                return self.splice(chunk, base, *index, Context::Body, event);
            }
            if value.kind & value::ARRAY != 0 {
                for item in value.items()? {
                    chunk.budget.output(item.bytes.len() + name.as_ref().map_or(0, String::len))?;
                    push_data(chunk.budget, name.clone(), item.text()?, event)?;
                }
                return Ok(());
            }
        }
        let text = self.text(chunk, base, text)?;
        if keep_empty || !text.is_empty() {
            push_data(chunk.budget, name, text, event)?;
        }
        Ok(())
    }

    fn text(&self, chunk: Chunk<'_>, base: usize, text: &Text) -> Result<String, Malformed> {
        let text = match text {
            Text::Fixed(text) => text.clone(),
            Text::Value(index) => match self.value(chunk, base, *index) {
                Some(value) if value.kind != value::XML => value.text()?,
                _ => String::new(),
            },
            Text::Joined(parts) => {
                let mut joined = String::new();
                chunk.budget.steps(parts.len())?;
                for part in parts {
                    joined.push_str(&self.text(chunk, base, part)?);
                }
                return Ok(joined);
            }
        };
        chunk.budget.output(text.len())?;
        Ok(text)
    }
}

/// The first place of a fact counts.
fn set<T>(place: &mut Option<T>, found: Option<T>) {
    if place.is_none() {
        *place = found;
    }
}

fn push_data(
    budget: &Budget,
    name: Option<String>,
    text: String,
    event: &mut WinEvent,
) -> Result<(), Malformed> {
    budget.output(size_of::<(Option<String>, String)>())?;
    event.data.push((name, text));
    Ok(())
}

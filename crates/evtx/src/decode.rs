//! From a record to an event.

use std::rc::Rc;

use falconer_observation::{EventLevel, Timestamp, WinEvent};

use crate::{
    Malformed,
    budget::Budget,
    instance::{Instance, Slot},
    program::{Context, Field, Program, Step, Text, compile},
    spares::Spares,
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
    /// Where the values of the template instances stand that are being executed.
    values: Vec<Slot>,
    depth: usize,
    pub(crate) spares: Spares,
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
                    tokens.go_on_at(self.instance(chunk, instance, context, event)?);
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

    /// Takes a template instance, and tells where it ends.
    fn instance(
        &mut self,
        chunk: Chunk<'_>,
        instance: Instance,
        context: Context,
        event: &mut WinEvent,
    ) -> Result<usize, Malformed> {
        let program = self.program(chunk, instance.definition, context)?;
        chunk.budget.steps(instance.count)?;
        let base = self.values.len();
        let end = instance.spread(chunk.bytes, &mut self.values)?;
        self.run(chunk, &program, base, event)?;
        self.values.truncate(base);
        Ok(end)
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

    #[inline]
    fn value<'c>(&self, chunk: Chunk<'c>, base: usize, index: u16) -> Option<Value<'c>> {
        self.values.get(base + usize::from(index)).map(|slot| slot.value(chunk.bytes))
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
            Some(slot) if slot.kind == value::XML => self.fragment(chunk, slot.range(), context, event),
            _ => Ok(()),
        }
    }

    fn field(
        &mut self,
        chunk: Chunk<'_>,
        base: usize,
        field: Field,
        text: &Text,
        event: &mut WinEvent,
    ) -> Result<(), Malformed> {
        match field {
            Field::Provider => set(&mut event.provider, self.full_text(chunk, base, text)?),
            Field::Log => set(&mut event.log, self.full_text(chunk, base, text)?),
            Field::Computer => set(&mut event.computer, self.full_text(chunk, base, text)?),
            Field::Message => set(&mut event.message, self.full_text(chunk, base, text)?),
            Field::Time => {
                let time = match text {
                    Text::Value(index) => self.value(chunk, base, *index).and_then(Value::time),
                    text => Timestamp::parse_iso(&self.text(chunk, base, text)?),
                };
                set(&mut event.time, time);
            }
            Field::Id | Field::Level | Field::Record | Field::Process => {
                let number = match text {
                    Text::Value(index) => self.value(chunk, base, *index).and_then(Value::number),
                    text => value::parse_number(&self.text(chunk, base, text)?),
                };
                let narrow = number.and_then(|number| u32::try_from(number).ok());
                match field {
                    Field::Id => set(&mut event.id, narrow),
                    Field::Level => set(&mut event.level, number.and_then(EventLevel::from_number)),
                    Field::Record => set(&mut event.record, number),
                    _ => set(&mut event.process_id, narrow.filter(|id| *id != 0)),
                }
            }
        }
        Ok(())
    }

    /// A text that is not empty.
    fn full_text(&mut self, chunk: Chunk<'_>, base: usize, text: &Text) -> Result<Option<String>, Malformed> {
        Ok(Some(self.text(chunk, base, text)?).filter(|text| !text.is_empty()))
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
            Some(name) => self.full_text(chunk, base, name)?,
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
                    chunk.budget.output(item.bytes.len() * 2 + name.as_ref().map_or(0, String::len))?;
                    let text = item.text_in(self.spares.text())?;
                    push_data(chunk.budget, name.clone(), text, event)?;
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

    fn text(&mut self, chunk: Chunk<'_>, base: usize, text: &Text) -> Result<String, Malformed> {
        let mut empty = self.spares.text();
        let text = match text {
            Text::Fixed(text) => {
                empty.push_str(text);
                empty
            }
            Text::Value(index) => match self.value(chunk, base, *index) {
                Some(value) if value.kind != value::XML => {
                    // Before it is read, and for what it becomes below: not each byte becomes text.
                    chunk.budget.output(value.bytes.len())?;
                    value.text_in(empty)?
                }
                _ => empty,
            },
            Text::Joined(parts) => {
                chunk.budget.steps(parts.len())?;
                for part in parts {
                    empty.push_str(&self.text(chunk, base, part)?);
                }
                return Ok(empty);
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

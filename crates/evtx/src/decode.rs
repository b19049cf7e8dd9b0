//! From a record to an event.

use std::rc::Rc;

use falconer_observation::EventLevel;

use crate::{
    Malformed,
    draft::Draft,
    frame::{Chunk, Frame},
    instance::{Instance, Slot},
    program::{Context, Field, Program, Step, Text, compile},
    tokens::{Token, Tokens},
    value,
};

/// How deep values that are binary XML may be nested; Windows nests two deep.
const MAX_NESTING: usize = 16;

/// What the decoder keeps from record to record.
#[derive(Default)]
pub(crate) struct Decoder {
    /// The event that is decoded.
    pub(crate) draft: Draft,
    /// The programs of the chunk's templates, by the definition's offset and the place of its use.
    programs: Vec<(usize, Context, Rc<Program>)>,
    /// Where the values of the template instances stand that are being executed.
    values: Vec<Slot>,
    depth: usize,
}

impl Decoder {
    /// Forgets the templates of the chunk before.
    pub(crate) fn start_chunk(&mut self) {
        self.programs.clear();
    }

    /// Decodes the record whose binary XML stands from `start` to `end`. On an error, the draft has what was
    /// decoded before it.
    pub(crate) fn decode(&mut self, chunk: Chunk<'_>, (start, end): (usize, usize)) -> Result<(), Malformed> {
        self.draft.start();
        self.values.clear();
        self.depth = 0;
        self.fragment(chunk, (start, end), Context::Document)
    }

    /// Takes a fragment: any number of template instances and elements.
    fn fragment(
        &mut self,
        chunk: Chunk<'_>,
        (start, end): (usize, usize),
        context: Context,
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
                    tokens.go_on_at(self.instance(chunk, instance, context)?);
                }
                _ => {
                    tokens.go_on_at(before);
                    let program = compile(&mut tokens, context)?;
                    self.run(chunk, &program, self.values.len())?;
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
    ) -> Result<usize, Malformed> {
        let program = self.program(chunk, instance.definition, context)?;
        chunk.budget.steps(instance.count)?;
        let base = self.values.len();
        let end = instance.spread(chunk.bytes, &mut self.values)?;
        self.run(chunk, &program, base)?;
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
    fn run(&mut self, chunk: Chunk<'_>, program: &Program, base: usize) -> Result<(), Malformed> {
        chunk.budget.steps(program.steps.len())?;
        let mut next = 0;
        while let Some(step) = program.steps.get(next) {
            next += 1;
            let frame = Frame { chunk, slots: self.values.get(base..).unwrap_or(&[]) };
            match step {
                Step::Unless { null, skip } => {
                    let kind = frame.value(*null).map(|value| value.kind);
                    next += if kind == Some(value::NULL) { *skip } else { 0 };
                }
                Step::Field(field, text) => write_field(frame, *field, text, &mut self.draft)?,
                Step::Data { name, text, keep_empty } => match xml_in(frame, text) {
                    Some(place) => self.fragment(chunk, place, Context::Body)?,
                    None => write_data(frame, name.as_ref(), text, *keep_empty, &mut self.draft)?,
                },
                Step::Splice { index, context } => {
                    if let Some(place) = xml_in(frame, &Text::Value(*index)) {
                        self.fragment(chunk, place, *context)?;
                    }
                }
            }
        }
        Ok(())
    }
}

/// Where the binary XML stands that a text is, if it is.
fn xml_in(frame: Frame<'_>, text: &Text) -> Option<(usize, usize)> {
    let Text::Value(index) = text else { return None };
    frame.slots.get(usize::from(*index)).filter(|slot| slot.kind == value::XML).map(|slot| slot.range())
}

fn write_field(frame: Frame<'_>, field: Field, text: &Text, draft: &mut Draft) -> Result<(), Malformed> {
    let write = |out: &mut String| frame.write(text, out);
    let number = || frame.number(text);
    let narrow = || Ok(number()?.and_then(|number| u32::try_from(number).ok()));
    match field {
        Field::Provider => draft.field(|event| &mut event.provider, write)?,
        Field::Log => draft.field(|event| &mut event.log, write)?,
        Field::Computer => draft.field(|event| &mut event.computer, write)?,
        Field::Message => draft.field(|event| &mut event.message, write)?,
        Field::Time => set(&mut draft.fields().time, frame.time(text)?),
        Field::Id => set(&mut draft.fields().id, narrow()?),
        Field::Level => set(&mut draft.fields().level, number()?.and_then(EventLevel::from_number)),
        Field::Record => set(&mut draft.fields().record, number()?),
        Field::Process => set(&mut draft.fields().process_id, narrow()?.filter(|id| *id != 0)),
    }
    Ok(())
}

/// The first place of a fact counts.
fn set<T>(place: &mut Option<T>, found: Option<T>) {
    if place.is_none() {
        *place = found;
    }
}

/// Writes one data, or one for each item of an array ([MS-EVEN6] section 3.1.4.7.5).
fn write_data(
    frame: Frame<'_>,
    name: Option<&Text>,
    text: &Text,
    keep_empty: bool,
    draft: &mut Draft,
) -> Result<(), Malformed> {
    let pay = || frame.chunk.budget.output(size_of::<(Option<String>, String)>());
    let write_name = |out: &mut String| name.map_or(Ok(()), |name| frame.write(name, out));
    let array = if let Text::Value(index) = text { frame.value(*index) } else { None };
    match array.filter(|value| value.kind & value::ARRAY != 0) {
        Some(array) => array.items()?.try_for_each(|item| {
            pay()?;
            draft.data(true, write_name, |out| frame.write_value(item, out))
        }),
        None => {
            pay()?;
            draft.data(keep_empty, write_name, |out| frame.write(text, out))
        }
    }
}

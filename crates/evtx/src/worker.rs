//! What one thread does with a chunk.

use std::ops::ControlFlow;

use falconer_observation::{Timestamp, WinEvent};

use crate::{
    CHUNK, CHUNK_HEADER, Flaw, Malformed, Summary,
    budget::Budget,
    chunk::{Kind, Record, Records, header_is_sound, kind, records_are_sound},
    decode::Decoder,
    draft::Draft,
    filter::{Filter, Verdict},
    frame::Chunk,
    instance::Instance,
    locate::{Place, locate},
    value::{self, Value},
    verdict::Verdicts,
};

/// Takes an event, or only looks at it; breaks when no more are wanted.
pub(crate) type Sink<'s> = dyn FnMut(&mut WinEvent) -> ControlFlow<()> + 's;

/// What a thread keeps from chunk to chunk.
pub(crate) struct Worker<'f> {
    verdicts: Verdicts<'f>,
    decoder: Decoder,
    /// What decides on the records of the chunk's templates.
    rules: Vec<Rule>,
}

/// What decides on the records of a template.
struct Rule {
    definition: usize,
    provider: Provider,
    id: Id,
}

enum Provider {
    Known(Verdict),
    Value(u16),
    Unclear,
}

enum Id {
    Known(u32),
    Value(u16),
    Unclear,
}

impl<'f> Worker<'f> {
    pub(crate) fn new(filter: &'f Filter) -> Self {
        Worker { verdicts: Verdicts::new(filter), decoder: Decoder::default(), rules: Vec::new() }
    }

    /// Where events are made.
    pub(crate) fn draft(&mut self) -> &mut Draft {
        &mut self.decoder.draft
    }

    /// Takes the chunk that begins at `offset` in the file, whole or cut off.
    pub(crate) fn take(
        &mut self,
        offset: u64,
        bytes: &[u8],
        summary: &mut Summary,
        sink: &mut Sink<'_>,
    ) -> ControlFlow<()> {
        match kind(bytes) {
            Kind::Chunk => {}
            Kind::Unused => return ControlFlow::Continue(()),
            Kind::Other => {
                summary.damage(offset, Flaw::ChunkMagic);
                return ControlFlow::Continue(());
            }
        }
        summary.chunks += 1;
        if bytes.len() < CHUNK {
            summary.damage(offset, Flaw::Truncated);
        }
        if bytes.len() < CHUNK_HEADER {
            return ControlFlow::Continue(());
        }
        if !header_is_sound(bytes) {
            summary.damage(offset, Flaw::ChunkHeaderChecksum);
        }
        self.decoder.start_chunk();
        self.rules.clear();
        let budget = Budget::new();
        let chunk = Chunk { bytes, budget: &budget };
        self.records(offset, chunk, summary, sink)
    }

    fn records(
        &mut self,
        offset: u64,
        chunk: Chunk<'_>,
        summary: &mut Summary,
        sink: &mut Sink<'_>,
    ) -> ControlFlow<()> {
        let place = |at: usize| offset + at as u64;
        let mut span: Option<(u64, u64)> = None;
        let mut records = 0;
        let mut checked = false;
        for record in Records::new(chunk.bytes) {
            let record = match record {
                Ok(record) => record,
                Err((at, flaw)) => {
                    summary.damage(place(at), flaw);
                    continue;
                }
            };
            if !record.is_closed {
                summary.damage(place(record.offset), Flaw::RecordSize);
            }
            records += 1;
            if record.written != 0 {
                span = Some(span.map_or((record.written, record.written), |(first, last)| {
                    (first.min(record.written), last.max(record.written))
                }));
            }
            let decision = self.decide(chunk, &record);
            if decision == Some(false) {
                continue;
            }
            let decoded = self.decoder.decode(chunk, record.content());
            if let Err(malformed) = decoded {
                summary.damage(place(record.offset), Flaw::Content(malformed));
            }
            let event = self.decoder.draft.finish();
            if wants(self.verdicts.filter(), decision, decoded, event) {
                if !checked && !records_are_sound(chunk.bytes) {
                    summary.damage(offset, Flaw::ChunkDataChecksum);
                }
                checked = true;
                event.time = event.time.or(Some(Timestamp::from_filetime(record.written)));
                event.record = event.record.or(Some(record.id));
                sink(event)?;
            }
        }
        summary.records += records;
        summary.cover(span);
        ControlFlow::Continue(())
    }

    /// Whether a record passes the filter, by its raw bytes; `None` where only decoding it tells.
    fn decide(&mut self, chunk: Chunk<'_>, record: &Record) -> Option<bool> {
        if self.verdicts.filter().is_all() {
            return Some(true);
        }
        let (start, end) = record.content();
        let instance = match chunk.bytes.get(start..end)? {
            [0x0f, _, _, _, 0x0c, ..] => Instance::parse(chunk.bytes, start + 5, end).ok()?,
            [0x0c, ..] => Instance::parse(chunk.bytes, start + 1, end).ok()?,
            _ => return None,
        };
        let rule = match self.rules.iter().position(|rule| rule.definition == instance.definition) {
            Some(known) => self.rules.get(known)?,
            None => {
                let rule = self.rule(chunk, instance.definition);
                self.rules.push(rule);
                self.rules.last()?
            }
        };
        let verdict = match &rule.provider {
            Provider::Known(verdict) => verdict,
            Provider::Value(index) => {
                let name = instance.value(chunk.bytes, *index).ok()??;
                if name.kind != value::STRING || name.bytes.is_empty() {
                    return None;
                }
                self.verdicts.verdict(name.bytes)
            }
            Provider::Unclear => return None,
        };
        match verdict {
            Verdict::Drop => Some(false),
            Verdict::Keep => Some(true),
            Verdict::Ids(_) => match rule.id {
                Id::Known(id) => Some(verdict.passes(Some(id))),
                Id::Value(index) => {
                    let id = instance.value(chunk.bytes, index).ok()??.number()?;
                    Some(verdict.passes(u32::try_from(id).ok()))
                }
                Id::Unclear => None,
            },
        }
    }

    fn rule(&mut self, chunk: Chunk<'_>, definition: usize) -> Rule {
        let places = locate(chunk.bytes, definition, chunk.budget);
        let provider = match places.provider {
            Place::Literal(name) if !name.is_empty() => Provider::Known(self.verdicts.verdict(name).clone()),
            Place::Value(index) => Provider::Value(index),
            _ => Provider::Unclear,
        };
        let id = match places.id {
            Place::Literal(id) => Value { kind: value::STRING, bytes: id }
                .number()
                .and_then(|id| u32::try_from(id).ok())
                .map_or(Id::Unclear, Id::Known),
            Place::Value(index) => Id::Value(index),
            _ => Id::Unclear,
        };
        Rule { definition, provider, id }
    }
}

/// Whether a decoded event goes out. Of a damaged one the part that was read does, if it tells whose it is.
fn wants(filter: &Filter, decision: Option<bool>, decoded: Result<(), Malformed>, event: &WinEvent) -> bool {
    let passes = decision.unwrap_or_else(|| filter.matches(event.provider.as_deref(), event.id));
    passes && (decoded.is_ok() || event.provider.is_some())
}

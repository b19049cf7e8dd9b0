//! Runs every recogniser over the evidence.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use falconer_catalog::{Catalog, Condition, ConditionKind, Strength};
use falconer_messages::{Definitions, Level, Recogniser, Template};
use falconer_observation::{Evidence, Observation};
use regex::bytes::{Regex, RegexBuilder};

use crate::sighting::{Sighting, SightingKind};
use crate::status;

/// The recognisers of all messages and of all wordings of a catalogue.
#[derive(Debug)]
pub struct Recognisers {
    recogniser: Recogniser,
    /// What each template stands for.
    targets: Vec<SightingKind>,
    /// The templates that tell of a failure.
    anchored: Vec<usize>,
}

/// The versions of a wording that is how people quote a message.
const ABRIDGED: &str = "abridged";

/// An anchor has at least and at most so many bytes. The shortest sets the pace of the search for all, and what is
/// shorter than an HRESULT is seldom what a log alone tells a failure by.
const ANCHOR: std::ops::RangeInclusive<usize> = 10..=120;
/// A single word has to be so long to be rare in ordinary logs.
const RARE_WORD: usize = 16;
/// And so long several words with no sign between them: shorter ones are how people speak.
const RARE_PHRASE: usize = 20;

/// What stands in every text in English; a literal that holds it is followed up more often, and counts as shorter by so
/// many bytes.
const COMMON: (&str, usize) = ("tion ", 8);

/// The longest of a template's rare literals.
fn anchor(template: &Template) -> Option<String> {
    let worth = |literal: &&str| literal.len().saturating_sub(literal.matches(COMMON.0).count() * COMMON.1);
    let literals = template.literals().map(str::trim);
    let cut = |literal: &'_ str| literal.floor_char_boundary(*ANCHOR.end());
    let longest = literals.filter(|literal| is_rare(literal)).max_by_key(worth)?;
    longest.get(..cut(longest)).map(str::to_owned)
}

fn is_rare(literal: &str) -> bool {
    let words = literal.trim_matches(|c: char| c.is_ascii_punctuation() || c == ' ');
    let all = |allowed: fn(u8) -> bool| words.bytes().all(allowed);
    let least = if all(|b| b.is_ascii_alphabetic()) {
        RARE_WORD
    } else if all(|b| b.is_ascii_alphabetic() || b == b'-')
        || words.contains(' ') && all(|b| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'-' | b'.'))
    {
        RARE_PHRASE
    } else {
        *ANCHOR.start()
    };
    literal.len() >= least
}

impl Recognisers {
    /// Prepares them.
    pub fn new(catalog: &Catalog, messages: &Definitions) -> Self {
        let mut templates: Vec<Template> = Vec::new();
        let mut targets = Vec::new();
        let mut anchored = Vec::new();
        for message in messages.iter() {
            for era in &message.eras {
                // What people write when they quote a message from memory stands in no log.
                if message.level != Some(Level::Information) && era.versions != ABRIDGED {
                    anchored.push(templates.len());
                }
                templates.push(era.template.clone());
                targets.push(SightingKind::Message(message.id.clone()));
            }
        }
        let mut wordings: BTreeMap<&str, &Template> = BTreeMap::new();
        let mut speaking: BTreeSet<&str> = BTreeSet::new();
        for (condition, speaks) in conditions(catalog) {
            if let ConditionKind::Text(texts) = &condition.kind {
                wordings.extend(texts.iter().map(|t| (t.source(), t)));
                speaking.extend(texts.iter().filter(|_| speaks).map(Template::source));
            }
        }
        for (source, template) in wordings {
            if speaking.contains(source) {
                anchored.push(templates.len());
            }
            templates.push(template.clone());
            targets.push(SightingKind::Text(source.to_owned()));
        }
        Recognisers { recogniser: Recogniser::new(templates), targets, anchored }
    }

    /// What a scan of a large log has to look for: a literal of each message that tells of a failure, and of each
    /// wording that speaks for one. Words of signs and contexts are too common; they are seen around the hits.
    pub fn anchors(&self) -> Vec<String> {
        let mut anchors: Vec<String> =
            self.anchored.iter().filter_map(|&t| anchor(self.recogniser.templates().get(t)?)).collect();
        anchors.sort();
        anchors.dedup();
        anchors
    }

    /// Everything seen in the evidence, in the order of observations.
    pub fn sightings(&self, evidence: &Evidence) -> Vec<Sighting> {
        let mut all: Vec<Sighting> = Vec::new();
        for (number, observation) in evidence.observations.iter().enumerate() {
            self.texts(number, observation, &mut all);
            codes(number, &observation.text, &mut all);
            status::statuses(number, observation, &mut all);
            if let Some(event) = &observation.event
                && let Some(id) = event.id
            {
                let provider = event.provider.clone().unwrap_or_default();
                all.push(Sighting {
                    kind: SightingKind::Event(id),
                    fields: BTreeMap::from([("provider".to_owned(), provider)]),
                    observation: number,
                    span: 0..observation.text.len(),
                    weight: 4,
                    note: None,
                });
            }
        }
        all.extend(evidence.facts.iter().map(|fact| Sighting {
            kind: SightingKind::Fact(fact.id.clone()),
            fields: fact.fields.clone(),
            observation: fact.observation,
            span: fact.span.clone().unwrap_or(0..0),
            weight: 16,
            note: (!fact.note.is_empty()).then(|| fact.note.clone()),
        }));
        all
    }

    fn texts(&self, number: usize, observation: &Observation, all: &mut Vec<Sighting>) {
        let first = all.len();
        for found in self.recogniser.find(&observation.text) {
            let kind = &self.targets[found.template];
            // Of the wordings of one message at one place, the one that matched longest comes first and stays.
            let shorter = |s: &Sighting| s.kind == *kind && s.span.start == found.span.start;
            if all[first..].iter().rev().take(16).any(shorter) {
                continue;
            }
            all.push(Sighting {
                kind: kind.clone(),
                fields: found.fields,
                observation: number,
                span: found.span,
                weight: found.literal,
                note: None,
            });
        }
    }
}

/// All conditions of a catalogue, each with whether it speaks firmly for a failure.
pub(crate) fn conditions(catalog: &Catalog) -> impl Iterator<Item = (&Condition, bool)> {
    let rules = || catalog.failures().iter().flat_map(|f| &f.rules);
    let speaking = rules().flat_map(|r| {
        let firm = r.strength >= Strength::Indicates;
        r.all.iter().chain(&r.any).map(move |c| (c, firm))
    });
    let of_signs = catalog.signs.iter().flat_map(|s| &s.any);
    let of_contexts = catalog.contexts.iter().flat_map(|c| c.any.iter().chain(&c.unless));
    let others = rules().flat_map(|r| &r.none).chain(of_signs).chain(of_contexts).map(|c| (c, false));
    speaking.chain(others)
}

static CODE: LazyLock<Option<Regex>> = LazyLock::new(|| ascii(r"\b0[xX]([0-9a-fA-F]{7,8})\b"));
static BARE_CODE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    ascii(r"(?i)\b(?:code|hr|hresult|p7)[ :='(]{1,4}((?:c0|e0|80)[0-9a-f]{6})\b|[ ']: (8000[0-9a-f]{4})\b")
});
static SIGNED: LazyLock<Option<Regex>> = LazyLock::new(|| ascii(r"(?:^|[^\w.-])(-\d{9,10})\b"));

/// An expression over ASCII, which compiles in a part of the time that Unicode's classes take.
pub(crate) fn ascii(source: &str) -> Option<Regex> {
    RegexBuilder::new(source).unicode(false).build().ok()
}

/// At most so many codes of one observation count; a dump of a thousand says nothing more.
const MAX_CODES: usize = 200;

fn codes(number: usize, text: &str, all: &mut Vec<Sighting>) {
    let mut push = |code: String, span: std::ops::Range<usize>| {
        all.push(Sighting {
            kind: SightingKind::Code(code.clone()),
            fields: BTreeMap::from([("code".to_owned(), code)]),
            observation: number,
            span,
            weight: 8,
            note: None,
        });
    };
    let of = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default();
    let all_of = |expression: &'static LazyLock<Option<Regex>>| {
        expression.iter().flat_map(|r| r.captures_iter(text.as_bytes())).take(MAX_CODES)
    };
    for found in all_of(&CODE) {
        if let (Some(whole), Some(digits)) = (found.get(0), found.get(1)) {
            let digits = of(digits.range()).to_ascii_lowercase();
            // Seven digits are a common slip for 0x800700xx with a zero left out.
            let digits = match digits.strip_prefix("80070") {
                Some(tail) if digits.len() == 7 => format!("800700{tail}"),
                _ => format!("{digits:0>8}"),
            };
            push(format!("0x{digits}"), whole.range());
        }
    }
    for found in all_of(&BARE_CODE) {
        if let Some(digits) = found.get(1).or_else(|| found.get(2)) {
            push(format!("0x{}", of(digits.range()).to_ascii_lowercase()), digits.range());
        }
    }
    for found in all_of(&SIGNED) {
        if let Some(number) = found.get(1)
            && let Ok(value) = of(number.range()).parse::<i32>()
        {
            push(format!("0x{:08x}", value.cast_unsigned()), number.range());
        }
    }
}

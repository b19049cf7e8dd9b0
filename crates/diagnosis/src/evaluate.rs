//! Holds conditions against an incident.

use std::collections::{BTreeMap, HashMap};

use falconer_catalog::{Catalog, Condition, ConditionKind, Context, Expression, Rule};
use falconer_observation::{Channel, Evidence};

use crate::correlate::Incident;
use crate::sighting::{Sighting, SightingKind};
use crate::texts::Texts;

/// The evidence of one incident, ready for conditions.
#[derive(Debug)]
pub(crate) struct View<'a> {
    catalog: &'a Catalog,
    pub(crate) evidence: &'a Evidence,
    texts: &'a Texts<'a>,
    pub(crate) sightings: &'a [Sighting],
    pub(crate) incident: &'a Incident,
    by_kind: HashMap<&'a SightingKind, Vec<usize>>,
}

/// What a fulfilled condition or rule rests on.
#[derive(Debug, Clone, Default)]
pub(crate) struct Grounds {
    /// Numbers of sightings.
    pub(crate) sightings: Vec<usize>,
    /// Quotes that are no sightings: observation and range in its text.
    pub(crate) quotes: Vec<(usize, std::ops::Range<usize>)>,
    /// All values, the first of each name.
    pub(crate) fields: BTreeMap<String, String>,
}

impl Grounds {
    fn add(&mut self, other: Grounds) {
        self.sightings.extend(other.sightings);
        self.quotes.extend(other.quotes);
        for (name, value) in other.fields {
            self.fields.entry(name).or_insert(value);
        }
    }
}

/// Signs may build on signs, to this depth.
const MAX_DEPTH: usize = 4;

impl<'a> View<'a> {
    pub(crate) fn new(
        catalog: &'a Catalog,
        evidence: &'a Evidence,
        texts: &'a Texts<'a>,
        sightings: &'a [Sighting],
        incident: &'a Incident,
    ) -> Self {
        let mut by_kind: HashMap<&SightingKind, Vec<usize>> = HashMap::new();
        for (number, sighting) in sightings.iter().enumerate() {
            if incident.observations.binary_search(&sighting.observation).is_ok() {
                by_kind.entry(&sighting.kind).or_default().push(number);
            }
        }
        View { catalog, evidence, texts, sightings, incident, by_kind }
    }

    /// The grounds on which a rule holds.
    pub(crate) fn rule(&self, rule: &Rule) -> Option<Grounds> {
        let mut grounds = Grounds::default();
        for condition in &rule.all {
            grounds.add(self.condition(condition, 0)?);
        }
        if !rule.any.is_empty() {
            let met: Vec<Grounds> = rule.any.iter().filter_map(|c| self.condition(c, 0)).collect();
            if met.is_empty() {
                return None;
            }
            met.into_iter().for_each(|g| grounds.add(g));
        }
        if rule.none.iter().any(|c| self.condition(c, 0).is_some()) {
            return None;
        }
        Some(grounds)
    }

    /// The settings of the catalogue that hold here.
    pub(crate) fn contexts(&self) -> Vec<&'a Context> {
        let holds = |c: &Condition| self.condition(c, 0).is_some();
        self.catalog
            .contexts
            .iter()
            .filter(|c| c.any.iter().any(holds) && !c.unless.iter().any(holds))
            .collect()
    }

    fn condition(&self, condition: &Condition, depth: usize) -> Option<Grounds> {
        match &condition.kind {
            ConditionKind::Message(id) => self.seen(&SightingKind::Message(id.clone()), condition),
            ConditionKind::Text(templates) => {
                let mut grounds = Grounds::default();
                for template in templates {
                    let kind = SightingKind::Text(template.source().to_owned());
                    if let Some(found) = self.seen(&kind, condition) {
                        grounds.add(found);
                    }
                }
                (!grounds.sightings.is_empty()).then_some(grounds)
            }
            ConditionKind::Fact(id) => self.seen(&SightingKind::Fact(id.clone()), condition),
            ConditionKind::Event { id, provider } => {
                let fits = |s: &Sighting| match provider {
                    Some(part) => s
                        .fields
                        .get("provider")
                        .is_some_and(|p| p.to_lowercase().contains(&part.to_lowercase())),
                    None => true,
                };
                self.collect(&SightingKind::Event(*id), condition, fits)
            }
            ConditionKind::Page(statuses) => self.collect(&SightingKind::Status, condition, |s| {
                statuses.iter().any(|want| status_is(s, want))
            }),
            ConditionKind::Code(codes) => {
                let mut grounds = Grounds::default();
                for code in codes {
                    if let Some(found) = self.seen(&SightingKind::Code(code.clone()), condition) {
                        grounds.add(found);
                    }
                }
                (!grounds.sightings.is_empty()).then_some(grounds)
            }
            ConditionKind::Regex(regex) => self.regex(regex, condition),
            ConditionKind::State(state) => {
                condition.channels.iter().any(|c| self.evidence.channel(*c) == *state).then(Grounds::default)
            }
            ConditionKind::Sign(id) if depth < MAX_DEPTH => {
                let sign = self.catalog.sign(id)?;
                sign.any.iter().find_map(|c| self.condition(c, depth + 1))
            }
            ConditionKind::Sign(_) => None,
        }
    }

    fn seen(&self, kind: &SightingKind, condition: &Condition) -> Option<Grounds> {
        self.collect(kind, condition, |_| true)
    }

    fn collect(
        &self,
        kind: &SightingKind,
        condition: &Condition,
        fits: impl Fn(&Sighting) -> bool,
    ) -> Option<Grounds> {
        let mut grounds = Grounds::default();
        for &number in self.by_kind.get(kind)? {
            let sighting = &self.sightings[number];
            if self.in_channels(sighting.observation, &condition.channels)
                && condition.values.iter().all(|w| w.fits(&sighting.fields))
                && fits(sighting)
            {
                grounds.add(Grounds {
                    sightings: vec![number],
                    fields: sighting.fields.clone(),
                    ..Grounds::default()
                });
            }
        }
        (!grounds.sightings.is_empty()).then_some(grounds)
    }

    fn regex(&self, expression: &Expression, condition: &Condition) -> Option<Grounds> {
        for &number in &self.incident.observations {
            if !self.in_channels(number, &condition.channels) {
                continue;
            }
            let Some(text) = self.texts.matchable(number, expression).map(|t| t.folded.as_str()) else {
                continue;
            };
            let regex = expression.get()?;
            let Some(found) = regex.captures(text.as_bytes()) else {
                continue;
            };
            let part = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default();
            let fields = regex
                .capture_names()
                .flatten()
                .filter_map(|name| Some((name.replace('_', "-"), part(found.name(name)?.range()).to_owned())))
                .collect();
            let quote = found.get(0).map_or("", |m| part(m.range()));
            let original = &self.evidence.observations[number].text;
            let range = quote
                .split(' ')
                .next()
                .filter(|word| !word.is_empty())
                .and_then(|word| original.find(word))
                .map_or(0..original.len().min(200), |at| at..(at + quote.len()).min(original.len()));
            return Some(Grounds { quotes: vec![(number, range)], fields, ..Grounds::default() });
        }
        None
    }

    fn in_channels(&self, observation: usize, channels: &[Channel]) -> bool {
        channels.is_empty()
            || self.evidence.observations.get(observation).is_some_and(|o| channels.contains(&o.channel))
    }
}

/// Whether a status sighting is `500.30`, or `503` with any substatus.
fn status_is(sighting: &Sighting, want: &str) -> bool {
    let status = sighting.fields.get("status").map_or("", String::as_str);
    match want.split_once('.') {
        None => status == want,
        Some((main, sub)) => {
            status == main
                && sighting
                    .fields
                    .get("substatus")
                    .is_some_and(|s| s.trim_start_matches('0') == sub.trim_start_matches('0'))
        }
    }
}

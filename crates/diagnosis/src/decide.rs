//! Ranks the failures of one incident.

use falconer_catalog::{Catalog, Failure, Strength};
use falconer_report::model::{Application, Confidence};

use crate::evaluate::{Grounds, View};

/// A failure that fits an incident.
#[derive(Debug, Clone)]
pub(crate) struct Candidate<'a> {
    pub(crate) failure: &'a Failure,
    pub(crate) confidence: Confidence,
    /// Among candidates of one confidence, the higher comes first.
    pub(crate) score: u32,
    pub(crate) because: Vec<String>,
    pub(crate) grounds: Grounds,
    /// Titles of failures that only follow from this one.
    pub(crate) consequences: Vec<String>,
    /// Why the confidence was lowered.
    pub(crate) contradicted_by: Vec<String>,
    /// Failures that were considered and refuted: id, title, why.
    pub(crate) ruled_out: Vec<(String, String, String)>,
    pub(crate) application: Application,
    pub(crate) last: Option<i64>,
    pub(crate) observations: Vec<usize>,
}

/// A score that mere hints do not reach.
const HINTED: u32 = 5;

/// The failures that fit, best first.
pub(crate) fn decide<'a>(catalog: &'a Catalog, view: &View<'a>) -> Vec<Candidate<'a>> {
    let mut candidates = Vec::new();
    let mut refuted = Vec::new();
    for failure in catalog.failures() {
        match weigh(failure, view) {
            Weighed::Fits(candidate) => candidates.push(*candidate),
            Weighed::Refuted(why) => refuted.push((failure, why)),
            Weighed::Silent => {}
        }
    }
    let contexts = view.contexts();
    for candidate in &mut candidates {
        if let Some(context) = contexts.first()
            && candidate.confidence > Confidence::Possible
        {
            candidate.confidence = Confidence::Possible;
            candidate.contradicted_by.push(context.reason.clone());
        }
    }
    candidates.sort_by_key(|c| std::cmp::Reverse((c.confidence, c.score)));
    if candidates.first().is_some_and(|best| best.confidence > Confidence::Possible) {
        // Where a cause is named, what merely could have been it too is no help.
        candidates.retain(|c| c.confidence > Confidence::Possible || c.score >= HINTED);
    }
    let mut candidates = fold_consequences(candidates);
    for candidate in &mut candidates {
        candidate.ruled_out = refuted
            .iter()
            .filter(|(failure, _)| related(candidate.failure, failure))
            .map(|(failure, why)| (failure.id.clone(), failure.title.clone(), why.clone()))
            .collect();
    }
    candidates
}

enum Weighed<'a> {
    Fits(Box<Candidate<'a>>),
    Refuted(String),
    Silent,
}

fn weigh<'a>(failure: &'a Failure, view: &View<'a>) -> Weighed<'a> {
    let mut best = None;
    let mut score = 0;
    let mut met = Vec::new();
    for rule in &failure.rules {
        let Some(grounds) = view.rule(rule) else {
            continue;
        };
        let (confidence, points) = match rule.strength {
            Strength::Refutes => return Weighed::Refuted(fill(&rule.because, &grounds, &failure.title)),
            Strength::Hints => (Confidence::Possible, 1),
            Strength::Suggests => (Confidence::Possible, 5),
            Strength::Indicates => (Confidence::Likely, 20),
            Strength::Proves => (Confidence::Certain, 100),
        };
        // A rule that asks for more says more.
        let demands = u32::try_from(rule.all.len() + usize::from(!rule.any.is_empty())).unwrap_or(1);
        score += points + demands;
        best = best.max(Some(confidence));
        met.push((rule.strength, fill(&rule.because, &grounds, &failure.title), grounds));
    }
    let Some(confidence) = best else {
        return Weighed::Silent;
    };
    met.sort_by_key(|(strength, ..)| std::cmp::Reverse(*strength));
    let mut because: Vec<String> = Vec::new();
    let mut all = Grounds::default();
    for (_, sentence, grounds) in met {
        if !because.contains(&sentence) {
            because.push(sentence);
        }
        all.sightings.extend(grounds.sightings);
        all.quotes.extend(grounds.quotes);
        for (name, value) in grounds.fields {
            all.fields.entry(name).or_insert(value);
        }
    }
    Weighed::Fits(Box::new(Candidate {
        failure,
        confidence,
        score,
        because,
        grounds: all,
        consequences: Vec::new(),
        contradicted_by: Vec::new(),
        ruled_out: Vec::new(),
        application: view.incident.application.clone(),
        last: view.incident.last,
        observations: view.incident.observations.clone(),
    }))
}

/// A failure that only follows from a surer or equally sure one is told with that one and not beside it.
fn fold_consequences(candidates: Vec<Candidate<'_>>) -> Vec<Candidate<'_>> {
    let causes: Vec<Rank<'_>> = candidates.iter().map(Rank::of).collect();
    let cause_of = |told: &Rank<'_>| causes.iter().find(|cause| cause.explains(told));
    let (told, mut kept): (Vec<_>, Vec<_>) =
        candidates.into_iter().partition(|c| cause_of(&Rank::of(c)).is_some());
    for consequence in told {
        // A chain of consequences is told with its first cause.
        let mut cause = cause_of(&Rank::of(&consequence));
        for _ in 0..causes.len() {
            let Some(rank) = cause else {
                break;
            };
            if let Some(kept) = kept.iter_mut().find(|k| k.failure.id == rank.failure.id) {
                kept.consequences.push(consequence.failure.title.clone());
                break;
            }
            cause = cause_of(rank);
        }
    }
    kept
}

/// What decides whether one candidate is only a consequence of another.
struct Rank<'a> {
    confidence: Confidence,
    score: u32,
    failure: &'a Failure,
}

impl<'a> Rank<'a> {
    fn of(candidate: &Candidate<'a>) -> Self {
        Rank { confidence: candidate.confidence, score: candidate.score, failure: candidate.failure }
    }

    /// What is merely possible explains nothing but a symptom.
    fn explains(&self, told: &Rank<'_>) -> bool {
        let sure_enough = match self.confidence {
            Confidence::Possible => told.failure.symptom && self.score >= told.score,
            sure => sure >= told.confidence,
        };
        sure_enough
            && self.confidence >= told.confidence
            && self.failure.explains.contains(&told.failure.id)
            && !told.failure.explains.contains(&self.failure.id)
    }
}

fn related(a: &Failure, b: &Failure) -> bool {
    a.scenario == b.scenario
        || a.distinguish.iter().any(|d| d.from == b.id)
        || b.distinguish.iter().any(|d| d.from == a.id)
}

/// The first line of a value, cut when it is long: an exception is told without its stack.
fn short(value: &str) -> String {
    const LONGEST: usize = 240;
    let line = value.lines().next().unwrap_or_default().trim();
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

/// Puts values into `{field}` places; a sentence whose value is not known becomes `otherwise`.
pub(crate) fn fill(text: &str, grounds: &Grounds, otherwise: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let Some(close) = rest[open..].find('}') else {
            break;
        };
        out.push_str(&rest[..open]);
        match grounds.fields.get(&rest[open + 1..open + close]) {
            Some(value) if !value.is_empty() => out.push_str(&short(value)),
            _ => return otherwise.to_owned(),
        }
        rest = &rest[open + close + 1..];
    }
    out.push_str(rest);
    out
}

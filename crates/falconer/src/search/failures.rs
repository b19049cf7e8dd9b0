//! Failures that fit a query, by what their rules look for and how they show.

use falconer_catalog::{Catalog, Condition, ConditionKind, Failure, Strength};

use super::{Folded, Query};

/// What failures are searched for by.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sought {
    text: String,
    folded: Folded,
    hex: Vec<String>,
    status: Option<String>,
    event: Option<u32>,
    messages: Vec<String>,
}

impl Sought {
    /// A code, as the catalogue writes it.
    pub(crate) fn code(hex: &str) -> Self {
        Sought { hex: vec![hex.to_owned()], ..Sought::default() }
    }

    /// A message, by its id.
    pub(crate) fn message(id: &str) -> Self {
        Sought { messages: vec![id.to_owned()], ..Sought::default() }
    }

    /// What somebody asks for; `messages` are the ids of the messages that it fits.
    pub(crate) fn query(query: &Query, messages: Vec<String>) -> Self {
        Sought {
            text: query.text.clone(),
            folded: query.folded.clone(),
            hex: query.hex.clone(),
            status: query.status.clone(),
            event: query.event,
            messages,
        }
    }
}

/// So many failures are given; what comes after is far off.
const MOST: usize = 20;

/// The failures that fit, best first. Where one is called by its very name, only that one.
pub(crate) fn failures<'c>(catalog: &'c Catalog, sought: &Sought) -> Vec<&'c Failure> {
    if let Some(named) = catalog.get(&sought.text) {
        return vec![named];
    }
    // A rule says more than a mention, and both say more than one of them.
    let weight = |failure: &Failure| 2 * looked_for(failure, sought) + mentioned(failure, sought);
    let mut found: Vec<(u32, &Failure)> =
        catalog.failures().iter().map(|f| (weight(f), f)).filter(|(weight, _)| *weight > 0).collect();
    if found.is_empty() && !sought.folded.as_str().is_empty() {
        let loosely = |failure: &&Failure| texts(failure).any(|text| text.holds_all(&sought.folded));
        found = catalog.failures().iter().filter(loosely).map(|failure| (1, failure)).collect();
    }
    found.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    found.into_iter().take(MOST).map(|(_, failure)| failure).collect()
}

/// The most that a rule of the failure says of it.
fn looked_for(failure: &Failure, sought: &Sought) -> u32 {
    let weights = failure.rules.iter().map(|rule| {
        let says = match rule.strength {
            Strength::Refutes => return 0,
            Strength::Hints => 20,
            Strength::Suggests => 40,
            Strength::Indicates => 60,
            Strength::Proves => 80,
        };
        let best = |conditions: &[Condition], alone: bool| {
            conditions.iter().map(|condition| fit(&condition.kind, sought, alone)).max().unwrap_or(0)
        };
        // One demand among several says less.
        let all =
            best(&rule.all, rule.all.len() == 1) / u32::try_from(rule.all.len().clamp(1, 3)).unwrap_or(1);
        let any = best(&rule.any, rule.all.is_empty()) / if rule.all.is_empty() { 1 } else { 2 };
        says * all.max(any) / EXACT
    });
    weights.max().unwrap_or(0)
}

/// How well a condition fits that looks for exactly what is sought.
const EXACT: u32 = 12;

/// `alone`: nothing else has to be seen besides.
fn fit(kind: &ConditionKind, sought: &Sought, alone: bool) -> u32 {
    let exact = |fits: bool| if fits { EXACT } else { 0 };
    match kind {
        ConditionKind::Message(id) => exact(sought.messages.contains(id)),
        ConditionKind::Page(pages) => match &sought.status {
            Some(status) => pages.iter().map(|page| status_fit(page, status)).max().unwrap_or(0),
            None => 0,
        },
        ConditionKind::Code(codes) => exact(codes.iter().any(|code| sought.hex.contains(code))),
        ConditionKind::Event { id, provider: _ } => exact(sought.event == Some(*id)),
        // Without words, there is nothing to look for in texts.
        ConditionKind::Text(_) | ConditionKind::Regex(_) if sought.folded.as_str().is_empty() => 0,
        ConditionKind::Text(wordings) => {
            let wordings = wordings.iter().map(|wording| Folded::new(wording.source().trim_matches('*')));
            let fits = wordings.map(|wording| {
                let within = wording.as_str().len() >= MIN_CHANCE && sought.folded.holds(&wording);
                if wording == sought.folded {
                    EXACT
                } else if within || wording.holds(&sought.folded) {
                    EXACT * 3 / 4
                } else {
                    0
                }
            });
            fits.max().unwrap_or(0)
        }
        ConditionKind::Regex(expression) => {
            let words = sought.folded.as_str();
            let named = Folded::new(&expression.source().replace('\\', "")).holds(&sought.folded);
            // An expression for sentences fits a word or two by chance, and so does one that others narrow down.
            let sentence = alone && words.split(' ').count() > 3;
            let matched = sentence && expression.get().is_some_and(|regex| regex.is_match(words.as_bytes()));
            if words.len() >= MIN_CHANCE && (named || matched) { EXACT / 2 } else { 0 }
        }
        ConditionKind::Fact(id) => exact(*id == sought.text),
        ConditionKind::State(_) | ConditionKind::Sign(_) => 0,
    }
}

/// Fewer letters than that stand in a text by chance.
const MIN_CHANCE: usize = 8;

/// `502` asks for all of its substatuses; a rule for any `500` says little of `500.30`.
fn status_fit(page: &str, status: &str) -> u32 {
    let extends =
        |long: &str, short: &str| long.strip_prefix(short).is_some_and(|rest| rest.starts_with('.'));
    if page == status {
        EXACT
    } else if extends(page, status) {
        EXACT * 3 / 4
    } else if extends(status, page) {
        1
    } else {
        0
    }
}

/// What the failure's texts say of it.
fn mentioned(failure: &Failure, sought: &Sought) -> u32 {
    if sought.folded.as_str().is_empty() && sought.hex.is_empty() {
        return 0;
    }
    let hexes: Vec<Folded> = sought.hex.iter().map(|hex| Folded::new(hex)).collect();
    let holds = |text: &str| {
        let text = Folded::new(text);
        let words = sought.folded.as_str().len() >= 3 && text.holds(&sought.folded);
        words || hexes.iter().any(|hex| text.holds(hex))
    };
    if failure.scenario.name() == sought.text || holds(&failure.title) {
        50
    } else if failure.shows.iter().any(|show| holds(&show.text)) {
        30
    } else if holds(&failure.id) || holds(&failure.id.replace('-', " ")) {
        25
    } else if holds(&failure.summary) {
        10
    } else {
        0
    }
}

fn texts(failure: &Failure) -> impl Iterator<Item = Folded> {
    let shows = failure.shows.iter().map(|show| show.text.as_str());
    shows.chain([failure.title.as_str(), failure.summary.as_str()]).map(Folded::new)
}

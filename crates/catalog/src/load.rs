//! Reads catalogue files.

use std::collections::BTreeMap;

use falconer_messages::Definitions;
use falconer_observation::Channel;
use serde::Deserialize;

use crate::condition::ConditionData;
use crate::lint::LintData;
use crate::support::SupportData;
use crate::{
    Case, CaseConfidence, CatalogError, Check, Condition, ConditionKind, Context, Distinguish,
    EvidenceSource, Failure, Lint, Remedy, Rule, Scenario, Show, Sign, Strength, validate,
};

/// All failures that Falconer knows, and what they share.
#[derive(Debug, Clone)]
pub struct Catalog {
    failures: Vec<Failure>,
    by_id: BTreeMap<String, usize>,
    /// The named signs.
    pub signs: Vec<Sign>,
    /// The settings in which texts mean less.
    pub contexts: Vec<Context>,
    /// How to get each kind of evidence, cheapest first.
    pub evidence: Vec<EvidenceSource>,
}

const FAILURES: &str = include_str!(concat!(env!("OUT_DIR"), "/failures.json"));
const CASES: &str = include_str!(concat!(env!("OUT_DIR"), "/cases.json"));
const LINTS: &str = include_str!(concat!(env!("OUT_DIR"), "/lints.json"));
const SUPPORT: &str = include_str!(concat!(env!("OUT_DIR"), "/support.json"));

/// What of the shipped catalogue is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What a diagnosis needs.
    Rules,
    /// That and the checks of folders.
    Checks,
    /// That and the worked cases.
    All,
}

impl Catalog {
    /// The catalogue that Falconer ships, whole.
    ///
    /// # Errors
    /// Never with the embedded files; a test holds that.
    pub fn embedded(messages: &Definitions) -> Result<Self, CatalogError> {
        Self::with_packs(messages, &[], Part::All)
    }

    /// The shipped catalogue with further files, each `(name, TOML text)`. A file whose id is known replaces
    /// that failure.
    ///
    /// # Errors
    /// Names the file, the place in it and what to write.
    pub fn with_packs(
        messages: &Definitions,
        packs: &[(&str, &str)],
        part: Part,
    ) -> Result<Self, CatalogError> {
        let mut all = read_support("support.toml", json("support.toml", SUPPORT)?)?;
        let mut cases: BTreeMap<String, Vec<CaseData>> = match part {
            Part::Rules | Part::Checks => BTreeMap::new(),
            Part::All => json("cases", CASES)?,
        };
        let mut lints: BTreeMap<String, Vec<LintData>> = match part {
            Part::Rules => BTreeMap::new(),
            Part::Checks | Part::All => json("lints", LINTS)?,
        };
        let shipped: BTreeMap<String, FailureData> = json("failures", FAILURES)?;
        for (file, mut data) in shipped {
            data.case = cases.remove(&file).unwrap_or_default();
            data.lint = lints.remove(&file).unwrap_or_default();
            all.add(read_failure(&file, data)?);
        }
        let mut own = Vec::new();
        for (file, text) in packs {
            let failure = read_failure(file, toml::from_str(text).map_err(toml_error(file))?)?;
            own.push(failure.id.clone());
            all.add(failure);
        }
        // The shipped files are checked by a test, once and for all.
        for id in own {
            if let Some(failure) = all.get(&id) {
                validate::failure(&all, messages, failure)?;
            }
        }
        Ok(all)
    }

    fn add(&mut self, failure: Failure) {
        match self.by_id.get(&failure.id) {
            Some(&at) => self.failures[at] = failure,
            None => {
                self.by_id.insert(failure.id.clone(), self.failures.len());
                self.failures.push(failure);
            }
        }
    }

    /// All failures, in the order of their ids; those of packs last.
    pub fn failures(&self) -> &[Failure] {
        &self.failures
    }

    /// All checks, with the failures that they foretell.
    pub fn lints(&self) -> impl Iterator<Item = (&Failure, &Lint)> {
        self.failures.iter().flat_map(|failure| failure.lints.iter().map(move |lint| (failure, lint)))
    }

    /// The failure of that id.
    pub fn get(&self, id: &str) -> Option<&Failure> {
        self.by_id.get(id).and_then(|&i| self.failures.get(i))
    }

    /// The sign of that name.
    pub fn sign(&self, id: &str) -> Option<&Sign> {
        self.signs.iter().find(|s| s.id == id)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct FailureData {
    id: String,
    scenario: Scenario,
    title: String,
    summary: String,
    #[serde(default)]
    symptom: bool,
    #[serde(default)]
    shows: Vec<ShowData>,
    rule: Vec<RuleData>,
    #[serde(default)]
    check: Vec<Check>,
    #[serde(default)]
    lint: Vec<LintData>,
    remedy: Vec<Remedy>,
    #[serde(default)]
    explains: Vec<String>,
    #[serde(default)]
    distinguish: Vec<Distinguish>,
    #[serde(default)]
    settled_by: Vec<String>,
    sources: Vec<String>,
    #[serde(default)]
    case: Vec<CaseData>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ShowData {
    channel: String,
    #[serde(default)]
    versions: String,
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleData {
    strength: Strength,
    because: String,
    #[serde(default)]
    all: Vec<ConditionData>,
    #[serde(default)]
    any: Vec<ConditionData>,
    #[serde(default)]
    none: Vec<ConditionData>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseData {
    name: String,
    expect: CaseConfidence,
    #[serde(default)]
    says: Vec<String>,
    files: BTreeMap<String, String>,
}

fn toml_error(file: &str) -> impl Fn(toml::de::Error) -> CatalogError {
    move |error| CatalogError::Toml { file: file.to_owned(), error: Box::new(error) }
}

fn invalid(file: &str, place: impl Into<String>) -> impl FnOnce(String) -> CatalogError {
    let (file, place) = (file.to_owned(), place.into());
    move |what| CatalogError::Invalid { file, place, what }
}

/// Reads what the build script made of the shipped files.
fn json<'a, T: Deserialize<'a>>(file: &str, text: &'a str) -> Result<T, CatalogError> {
    serde_json::from_str(text).map_err(|error| invalid(file, "shipped data")(error.to_string()))
}

fn read_failure(file: &str, data: FailureData) -> Result<Failure, CatalogError> {
    let shows = data
        .shows
        .into_iter()
        .map(|s| {
            let channel = channel(file, "shows", &s.channel)?;
            Ok(Show { channel, versions: s.versions, text: s.text })
        })
        .collect::<Result<_, CatalogError>>()?;
    let rules = data
        .rule
        .into_iter()
        .enumerate()
        .map(|(i, r)| read_rule(file, i + 1, r))
        .collect::<Result<_, _>>()?;
    let settled_by =
        data.settled_by.iter().map(|name| channel(file, "settled-by", name)).collect::<Result<_, _>>()?;
    let cases = data
        .case
        .into_iter()
        .map(|c| Case { name: c.name, files: c.files.into_iter().collect(), expect: c.expect, says: c.says })
        .collect();
    Ok(Failure {
        id: data.id,
        scenario: data.scenario,
        title: data.title,
        summary: data.summary,
        symptom: data.symptom,
        shows,
        rules,
        checks: data.check,
        lints: data.lint.into_iter().map(LintData::compile).collect(),
        remedies: data.remedy,
        explains: data.explains,
        distinguish: data.distinguish,
        settled_by,
        sources: data.sources,
        cases,
    })
}

fn channel(file: &str, place: &str, name: &str) -> Result<Channel, CatalogError> {
    Channel::from_name(name).ok_or_else(|| {
        let known: Vec<_> = Channel::ALL.iter().map(|c| c.name()).collect();
        invalid(file, place)(format!("'{name}' is no channel: use one of {}", known.join(", ")))
    })
}

fn read_rule(file: &str, number: usize, data: RuleData) -> Result<Rule, CatalogError> {
    let compile = |list: &str, conditions: Vec<ConditionData>| -> Result<Vec<Condition>, CatalogError> {
        conditions
            .into_iter()
            .enumerate()
            .map(|(i, c)| c.compile().map_err(invalid(file, format!("rule {number}, {list} {}", i + 1))))
            .collect()
    };
    let mut rule = Rule {
        strength: data.strength,
        because: data.because,
        all: compile("all", data.all)?,
        any: compile("any", data.any)?,
        none: compile("none", data.none)?,
    };
    // What costs little is looked at first: most rules then end before their expressions are needed.
    for conditions in [&mut rule.all, &mut rule.none] {
        conditions.sort_by_key(|c| matches!(c.kind, ConditionKind::Regex(_)));
    }
    if rule.all.is_empty() && rule.any.is_empty() {
        return Err(invalid(file, format!("rule {number}"))(
            "it has neither 'all' nor 'any': say what it looks for".to_owned(),
        ));
    }
    Ok(rule)
}

fn read_support(file: &str, data: SupportData) -> Result<Catalog, CatalogError> {
    let compile = |place: &str, conditions: Vec<ConditionData>| -> Result<Vec<Condition>, CatalogError> {
        conditions.into_iter().map(|c| c.compile().map_err(invalid(file, place))).collect()
    };
    let mut signs = Vec::new();
    for sign in data.sign {
        signs.push(Sign { any: compile(&sign.id, sign.any)?, id: sign.id });
    }
    let mut contexts = Vec::new();
    for context in data.context {
        contexts.push(Context {
            any: compile(&context.id, context.any)?,
            unless: compile(&context.id, context.unless)?,
            id: context.id,
            reason: context.reason,
        });
    }
    Ok(Catalog { failures: Vec::new(), by_id: BTreeMap::new(), signs, contexts, evidence: data.evidence })
}

//! One failure.

use falconer_observation::Channel;
use serde::Deserialize;

use crate::{Condition, Lint, Scenario};

/// One failure that Falconer knows.
#[derive(Debug, Clone)]
pub struct Failure {
    /// Kebab-case id; also the file's name.
    pub id: String,
    /// The scenario it belongs to.
    pub scenario: Scenario,
    /// The failure as users know it.
    pub title: String,
    /// What happens and why.
    pub summary: String,
    /// It is only what is seen of other failures: told when no better one fits.
    pub symptom: bool,
    /// How it shows in each channel.
    pub shows: Vec<Show>,
    /// What confirms or refutes it.
    pub rules: Vec<Rule>,
    /// "Confirm that …".
    pub checks: Vec<Check>,
    /// How it is foreseen in a published folder.
    pub lints: Vec<Lint>,
    /// What to do.
    pub remedies: Vec<Remedy>,
    /// Ids of failures that are only consequences of this one where both are seen.
    pub explains: Vec<String>,
    /// How it differs from its neighbours.
    pub distinguish: Vec<Distinguish>,
    /// The evidence that settles it, cheapest first.
    pub settled_by: Vec<Channel>,
    /// Where the facts come from.
    pub sources: Vec<String>,
    /// Worked cases: test and documentation.
    pub cases: Vec<Case>,
}

/// How a failure shows in a channel.
#[derive(Debug, Clone)]
pub struct Show {
    /// The channel.
    pub channel: Channel,
    /// The versions, in words; empty for all.
    pub versions: String,
    /// The text, or its absence in words.
    pub text: String,
}

/// When a failure is confirmed, suggested or refuted.
#[derive(Debug, Clone)]
pub struct Rule {
    /// How much it says.
    pub strength: Strength,
    /// Why, in a sentence with `{fields}` of what was found. A sentence whose field has no value is shortened
    /// to the failure's title by the engine.
    pub because: String,
    /// All of these must be seen.
    pub all: Vec<Condition>,
    /// At least one of these, when there are any.
    pub any: Vec<Condition>,
    /// None of these may be seen.
    pub none: Vec<Condition>,
}

/// How much a rule says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strength {
    /// It is not this failure.
    Refutes,
    /// It could be this too; told after what is suggested.
    Hints,
    /// One cause among others that look the same.
    Suggests,
    /// Agreeing evidence; a rival remains.
    Indicates,
    /// The evidence says so.
    Proves,
}

/// A named check of the errors reference, "Confirm that …".
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// Kebab-case name.
    pub name: String,
    /// What to confirm.
    pub text: String,
    /// How to look on IIS.
    pub iis: Option<String>,
    /// How to look on Azure App Service.
    pub azure: Option<String>,
    /// A fact that shows that it does not hold.
    pub fails_on: Option<String>,
    /// A fact that shows that it holds.
    pub holds_on: Option<String>,
}

/// Where a remedy is carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Platform {
    /// On IIS or IIS Express.
    Iis,
    /// On Azure App Service.
    Azure,
    /// In the project.
    Project,
    /// Anywhere.
    Any,
}

impl Platform {
    /// The name used in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Platform::Iis => "iis",
            Platform::Azure => "azure",
            Platform::Project => "project",
            Platform::Any => "any",
        }
    }
}

/// What to do about a failure.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Remedy {
    /// Where.
    #[serde(rename = "for")]
    pub platform: Platform,
    /// What, in a sentence; may hold `{fields}`.
    pub text: String,
    /// The exact commands; may hold `{fields}`.
    #[serde(default)]
    pub commands: Vec<String>,
}

/// How a failure differs from a neighbour.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Distinguish {
    /// The neighbour's id.
    pub from: String,
    /// By what.
    pub by: String,
}

/// A worked case.
#[derive(Debug, Clone)]
pub struct Case {
    /// What it shows, as a sentence.
    pub name: String,
    /// The files: name and content.
    pub files: Vec<(String, String)>,
    /// What the diagnosis must say of this failure.
    pub expect: CaseConfidence,
    /// Texts that the best diagnosis must contain somewhere (values of the case).
    pub says: Vec<String>,
}

/// What the diagnosis must say in a [`Case`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CaseConfidence {
    /// It is the first diagnosis, and certain.
    Certain,
    /// It is the first diagnosis, and likely.
    Likely,
    /// It is among the first three, and possible.
    Possible,
    /// It is not named.
    Absent,
}

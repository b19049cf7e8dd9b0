//! How a failure is foreseen in a published folder.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::condition::{OneOrMany, Pattern, Where};
use crate::{Failure, Remedy};

/// The targets of `falconer check`.
pub const TARGETS: [&str; 4] = ["iis", "iis-express", "azure", "falconer"];

/// A check of `falconer check`: a fact that foretells a failure. The fact is the one that explains the failure in a
/// diagnosis; it is found by the same code.
#[derive(Debug, Clone)]
pub struct Lint {
    /// Its id: the fact's id, unless several checks look at one fact.
    pub id: String,
    /// The fact (`web-config.unknown-attribute`).
    pub fact: String,
    /// Values that its fields must have.
    pub values: Vec<Where>,
    /// What it means for the deployment.
    pub severity: LintSeverity,
    /// How sure it is that the app will fail by it.
    pub confidence: LintConfidence,
    /// What is wrong, in a few words, without values.
    pub title: String,
    /// Why it fails, and how that looks.
    pub why: String,
    /// The targets that it matters for; empty for all.
    pub targets: Vec<String>,
    /// What `--fix` does; `None`: it is repaired by hand.
    pub fix: Option<LintFix>,
    /// What to do by hand, where it is other than what the failure's remedies say.
    pub remedies: Vec<Remedy>,
    /// The version of Falconer that had it first.
    pub since: String,
    /// A folder with the trouble, and the same without.
    pub example: Example,
}

/// What a finding means for the deployment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LintSeverity {
    /// Good to know; nothing fails by it.
    Note,
    /// It fails in some settings, or has not the effect it is there for.
    Warning,
    /// The app will not start, or will not answer.
    Error,
}

/// How sure a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LintConfidence {
    /// It depends on what the folder does not show.
    Possible,
    /// Hardly ever meant so.
    Likely,
    /// It is so.
    Certain,
}

/// A repair.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LintFix {
    /// Whether it can be applied unseen.
    pub safe: bool,
    /// What it does, and why that is safe or is not.
    pub text: String,
}

/// A folder with the trouble, and the same without: test and documentation.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// Arguments of `falconer check` besides the folder.
    #[serde(default)]
    pub arguments: Vec<String>,
    /// Files of the folder with the trouble; a content that begins with `image:` describes the headers of a program.
    pub before: BTreeMap<String, String>,
    /// Files that differ in the folder without it; an empty content says that the file is gone.
    pub after: BTreeMap<String, String>,
}

/// A lint as written in a file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LintData {
    id: Option<String>,
    fact: String,
    #[serde(default, rename = "where")]
    values: BTreeMap<String, OneOrMany>,
    severity: LintSeverity,
    confidence: LintConfidence,
    title: String,
    why: String,
    #[serde(default)]
    targets: Vec<String>,
    fix: Option<LintFix>,
    #[serde(default)]
    remedy: Vec<Remedy>,
    since: String,
    #[serde(default)]
    arguments: Vec<String>,
    #[serde(default)]
    before: BTreeMap<String, String>,
    #[serde(default)]
    after: BTreeMap<String, String>,
}

impl Lint {
    /// What to do by hand, best first.
    pub fn remedies<'l>(&'l self, failure: &'l Failure) -> &'l [Remedy] {
        if self.remedies.is_empty() { &failure.remedies } else { &self.remedies }
    }
}

impl LintData {
    pub(crate) fn compile(self) -> Lint {
        let where_ = |(field, patterns): (String, OneOrMany)| Where {
            field,
            patterns: patterns.into_vec().iter().map(|text| Pattern::new(text)).collect(),
        };
        Lint {
            id: self.id.unwrap_or_else(|| self.fact.clone()),
            fact: self.fact,
            values: self.values.into_iter().map(where_).collect(),
            severity: self.severity,
            confidence: self.confidence,
            title: self.title,
            why: self.why,
            targets: self.targets,
            fix: self.fix,
            remedies: self.remedy,
            since: self.since,
            example: Example { arguments: self.arguments, before: self.before, after: self.after },
        }
    }
}

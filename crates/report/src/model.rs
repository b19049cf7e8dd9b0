//! What an answer consists of. Every renderer shows this and nothing else; the JSON format is this, serialised.

use serde::Serialize;

/// The version of the JSON format. It changes only when a consumer could break.
pub const FORMAT_VERSION: u32 = 1;

/// How sure a diagnosis is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// One cause among others that would look the same.
    Possible,
    /// Agreeing evidence, but a rival remains.
    Likely,
    /// The evidence says so and nothing contradicts.
    Certain,
}

/// The whole answer of `falconer diagnose`.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// [`FORMAT_VERSION`].
    pub format_version: u32,
    /// What the answer comes to.
    pub verdict: Verdict,
    /// The diagnoses, best first.
    pub diagnoses: Vec<Diagnosis>,
    /// Failures seen whose cause no diagnosis names with more than "possible", in words ("HTTP Error 500.30").
    pub symptoms: Vec<EvidenceItem>,
    /// What would turn the symptoms into a cause, cheapest first; a diagnosis has its own list.
    pub missing_evidence: Vec<MissingEvidence>,
    /// What was read.
    pub inputs: Vec<Input>,
    /// The state of each channel.
    pub channels: Vec<ChannelInfo>,
    /// What could not be read, or not whole.
    pub warnings: Vec<Warning>,
}

/// What the answer comes to; one to one with the exit codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Evidence was read and shows no failure (exit 0).
    Healthy,
    /// At least one cause is named as likely or certain (exit 1).
    CauseNamed,
    /// A failure is seen, its cause is not known (exit 4).
    CauseUnknown,
    /// No evidence could be read (exit 3).
    NoEvidence,
}

/// One named cause.
#[derive(Debug, Clone, Serialize)]
pub struct Diagnosis {
    /// The catalogue's id, in kebab case.
    pub id: String,
    /// The scenario of the errors reference that it belongs to.
    pub scenario: String,
    /// How sure it is.
    pub confidence: Confidence,
    /// The failure, as users know it.
    pub title: String,
    /// What happens, in a sentence or two, with the values of this very case where they are known.
    pub summary: String,
    /// The application, as far as evidence tells.
    pub application: Option<Application>,
    /// When it was first and last seen, as text, and how often.
    pub seen: Option<Seen>,
    /// Why it is named: one sentence each, with values.
    pub because: Vec<String>,
    /// The proof, quoted.
    pub evidence: Vec<EvidenceItem>,
    /// What speaks against it.
    pub contradicted_by: Vec<String>,
    /// What follows from it and was seen too (the 1010 behind the 500.31), nearest first.
    pub consequences: Vec<String>,
    /// What to do, best first.
    pub remedies: Vec<Remedy>,
    /// Neighbours that were considered and ruled out.
    pub ruled_out: Vec<RuledOut>,
    /// What would make the answer surer, cheapest first.
    pub missing_evidence: Vec<MissingEvidence>,
    /// The named checks of this failure ("Confirm that …") and their outcome.
    pub checks: Vec<CheckResult>,
    /// Where the facts come from.
    pub sources: Vec<String>,
}

/// The application that a diagnosis is about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Application {
    /// `/LM/W3SVC/5/ROOT`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// `C:\inetpub\site\`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub physical_root: Option<String>,
    /// `MACHINE/WEBROOT/APPHOST/SITE`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub config_path: Option<String>,
    /// The site's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// The application pool.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pool: Option<String>,
    /// The worker process.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pid: Option<u32>,
}

/// When something was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Seen {
    /// First time, `2026-11-02 10:14:03Z`; without `Z` when the zone is not known.
    pub first: String,
    /// Last time.
    pub last: String,
    /// How often.
    pub count: u64,
}

/// A quoted piece of evidence.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct EvidenceItem {
    /// The channel's name (`event-log`).
    pub channel: String,
    /// The file, `-` for standard input; with `!/` before a path in an archive.
    pub file: String,
    /// First line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Event record id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<u64>,
    /// When, as text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    /// What it is, shortly: `IIS AspNetCore Module V2 / 1010`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The text, quoted; redacted and cut to what matters.
    pub quote: String,
    /// For configuration and JSON: the lines around the spot, with the spot marked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snippet: Option<Snippet>,
}

/// A piece of a text file with a spot in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Snippet {
    /// Number of the first line of `text`, from 1.
    pub first_line: u32,
    /// The lines.
    pub text: String,
    /// Start of the spot: byte offset in `text`.
    pub start: usize,
    /// End of the spot: byte offset in `text`.
    pub end: usize,
    /// What to say under the spot.
    pub label: String,
}

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Remedy {
    /// `iis`, `azure`, `project` or `any`.
    pub platform: String,
    /// What to do, in a sentence.
    pub text: String,
    /// The exact commands, in order.
    pub commands: Vec<String>,
}

/// A cause that was considered and does not fit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuledOut {
    /// The catalogue's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// By what.
    pub why: String,
}

/// Evidence that was not given and would help.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MissingEvidence {
    /// What it is: `the Application event log`.
    pub what: String,
    /// What it would tell.
    pub why: String,
    /// How to get it on IIS: commands, one a line, ready to be copied.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub iis: Option<String>,
    /// How to get it on Azure App Service: commands, one a line, ready to be copied.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub azure: Option<String>,
}

/// A named check of a failure and its outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckResult {
    /// Name, in kebab case.
    pub name: String,
    /// "Confirm that …".
    pub text: String,
    /// The outcome.
    pub outcome: CheckOutcome,
    /// How to look, when the evidence does not tell: a command.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub how: Option<String>,
}

/// The outcome of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckOutcome {
    /// The evidence shows that it is so.
    Holds,
    /// The evidence shows that it is not so: here is the trouble.
    Fails,
    /// The evidence does not tell.
    NotKnown,
}

/// An input that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Input {
    /// Name, as in [`EvidenceItem::file`].
    pub file: String,
    /// What it was found to be: `event log (evtx)`.
    pub kind: String,
    /// Size in bytes, of the decoded content.
    pub bytes: u64,
}

/// The state of a channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChannelInfo {
    /// The channel's name.
    pub channel: String,
    /// `present`, `empty`, `nothing` or `not-looked`.
    pub state: String,
}

/// What could not be read, or not whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// The input.
    pub file: String,
    /// What is the matter and what was done about it.
    pub text: String,
}

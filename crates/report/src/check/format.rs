//! The formats of the answer.

use std::fmt;
use std::str::FromStr;

/// A format of the answer of `falconer check`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum CheckFormat {
    /// For a person at a terminal: each finding with its spot, why it fails, and its fix.
    #[default]
    Full,
    /// One line per finding, which editors can follow to the spot.
    Concise,
    /// For programs: [`CheckReport`](super::model::CheckReport) as it is, described by
    /// `schemas/check-v1.schema.json`.
    Json,
    /// For code scanning: [SARIF 2.1.0](https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html).
    Sarif,
    /// Workflow commands of GitHub Actions, which become annotations.
    Github,
    /// Logging commands of Azure Pipelines, which become issues of the run.
    Azure,
    /// A Code Quality report for GitLab.
    Gitlab,
    /// Test results in the XML that CI servers read.
    Junit,
    /// For comments on pull requests.
    Markdown,
    /// One self-contained page.
    Html,
}

impl CheckFormat {
    /// All formats.
    pub const ALL: [CheckFormat; 10] = [
        CheckFormat::Full,
        CheckFormat::Concise,
        CheckFormat::Json,
        CheckFormat::Sarif,
        CheckFormat::Github,
        CheckFormat::Azure,
        CheckFormat::Gitlab,
        CheckFormat::Junit,
        CheckFormat::Markdown,
        CheckFormat::Html,
    ];

    /// The name used on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            CheckFormat::Full => "full",
            CheckFormat::Concise => "concise",
            CheckFormat::Json => "json",
            CheckFormat::Sarif => "sarif",
            CheckFormat::Github => "github",
            CheckFormat::Azure => "azure",
            CheckFormat::Gitlab => "gitlab",
            CheckFormat::Junit => "junit",
            CheckFormat::Markdown => "markdown",
            CheckFormat::Html => "html",
        }
    }

    /// What it is for, in a few words.
    pub const fn purpose(self) -> &'static str {
        match self {
            CheckFormat::Full => "for a person at a terminal: the spot, why it fails, the fix",
            CheckFormat::Concise => {
                "one line per finding, `file:line:column: error[check]: message`, as editors follow it"
            }
            CheckFormat::Json => "for programs, described by `falconer schema check`",
            CheckFormat::Sarif => "for code scanning: SARIF 2.1.0",
            CheckFormat::Github => "annotations in GitHub Actions",
            CheckFormat::Azure => "issues of a run in Azure Pipelines",
            CheckFormat::Gitlab => "a Code Quality report for GitLab",
            CheckFormat::Junit => "test results in the XML that CI servers read",
            CheckFormat::Markdown => "for comments on pull requests",
            CheckFormat::Html => "one self-contained page",
        }
    }
}

impl fmt::Display for CheckFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The format's name is not one of [`CheckFormat::ALL`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no format {0:?}: use one of {names}", names = CheckFormat::ALL.map(CheckFormat::name).join(", "))]
pub struct UnknownCheckFormat(String);

impl FromStr for CheckFormat {
    type Err = UnknownCheckFormat;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let found = CheckFormat::ALL.into_iter().find(|format| format.name() == name);
        found.ok_or_else(|| UnknownCheckFormat(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_found_by_its_name() {
        for format in CheckFormat::ALL {
            assert_eq!(format.to_string().parse(), Ok(format));
        }
    }

    #[test]
    fn the_error_names_what_was_asked_for_and_every_format() {
        let error = "yaml".parse::<CheckFormat>().unwrap_err().to_string();
        let names = "full, concise, json, sarif, github, azure, gitlab, junit, markdown, html";
        assert_eq!(error, format!("there is no format \"yaml\": use one of {names}"));
    }
}

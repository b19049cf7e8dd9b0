//! The catalogue's pages: what `falconer explain` and `falconer list` show, and what the book is made of. Plain data,
//! so that whoever keeps the catalogue can change its form without changing this.

mod json;
mod markdown;
pub(crate) mod text;

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

pub(crate) use markdown::{check_link, link};

use crate::model::Remedy;
use crate::options::Options;

/// The version of the pages' JSON format. It changes only when a consumer could break.
pub const FORMAT_VERSION: u32 = 1;

/// All that is known of one failure.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FailurePage {
    /// Id, in kebab case; also the name of the page's file in the book.
    pub id: String,
    /// The scenario that it belongs to: its name.
    pub scenario: String,
    /// The scenario for people.
    pub scenario_title: String,
    /// The failure as users know it.
    pub title: String,
    /// What happens and why.
    pub summary: String,
    /// How it shows itself in each channel.
    pub shows: Vec<Shows>,
    /// What proves it, one sentence each.
    pub confirms: Vec<String>,
    /// What points to it and leaves rivals.
    pub suggests: Vec<String>,
    /// What excludes it.
    pub refutes: Vec<String>,
    /// "Confirm that …".
    pub checks: Vec<PageCheck>,
    /// The checks of folders that foresee it.
    pub foreseen_by: Vec<Foreseen>,
    /// What to do, best first.
    pub remedies: Vec<Remedy>,
    /// How it differs from its neighbours.
    pub distinguishes: Vec<Neighbour>,
    /// Ids of failures that follow from it.
    pub leads_to: Vec<String>,
    /// Names of the channels whose evidence settles it, cheapest first.
    pub settled_by: Vec<String>,
    /// Where the facts come from.
    pub sources: Vec<String>,
    /// Worked cases.
    pub cases: Vec<PageCase>,
}

/// How a failure shows itself in a channel.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Shows {
    /// The channel's name (`event-log`).
    pub channel: String,
    /// The versions, in words; empty for all.
    pub versions: String,
    /// The text, or its absence in words.
    pub text: String,
}

/// Something to confirm.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PageCheck {
    /// Name, in kebab case.
    pub name: String,
    /// "Confirm that …".
    pub text: String,
    /// How to look on IIS: commands, one a line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub iis: Option<String>,
    /// How to look on Azure App Service: commands, one a line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub azure: Option<String>,
}

/// A check of a published folder that foresees the failure.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Foreseen {
    /// Its id.
    pub check: String,
    /// What it finds.
    pub title: String,
}

/// A failure that looks alike.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Neighbour {
    /// Its id.
    pub id: String,
    /// By what the two are told apart.
    pub by: String,
}

/// A worked case: evidence and what is to be said of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PageCase {
    /// What it shows, as a sentence.
    pub name: String,
    /// What the diagnosis says of this failure: `certain`, `likely`, `possible` or `absent`.
    pub expect: String,
    /// The evidence.
    pub files: Vec<PageFile>,
}

/// A file of a worked case.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PageFile {
    /// Its name.
    pub name: String,
    /// What is in it.
    pub content: String,
}

/// A format of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum PageFormat {
    /// For a person at a terminal.
    #[default]
    Text,
    /// For the book.
    Markdown,
    /// For programs.
    Json,
}

impl PageFormat {
    /// All formats.
    pub const ALL: [PageFormat; 3] = [PageFormat::Text, PageFormat::Markdown, PageFormat::Json];

    /// The name used on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            PageFormat::Text => "text",
            PageFormat::Markdown => "markdown",
            PageFormat::Json => "json",
        }
    }

    /// What it is for, in a few words.
    pub const fn purpose(self) -> &'static str {
        match self {
            PageFormat::Text => "for a person at a terminal",
            PageFormat::Markdown => "for documents",
            PageFormat::Json => "for programs",
        }
    }
}

impl fmt::Display for PageFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The format's name is not one of [`PageFormat::ALL`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no format {0:?} for pages: use one of text, markdown, json")]
pub struct UnknownPageFormat(String);

impl FromStr for PageFormat {
    type Err = UnknownPageFormat;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let found = PageFormat::ALL.into_iter().find(|format| format.name() == name);
        found.ok_or_else(|| UnknownPageFormat(name.to_owned()))
    }
}

/// Pages in full, one after the other. In text, worked cases are shown in full only with [`Options::verbose`].
pub fn render(pages: &[FailurePage], format: PageFormat, options: &Options) -> String {
    match format {
        PageFormat::Text => text::pages(pages, options),
        PageFormat::Markdown => markdown::pages(pages),
        PageFormat::Json => json::pages(pages),
    }
}

/// Ids and titles. In Markdown, a table of contents by scenario with links to `<id>.md`.
pub fn render_list(pages: &[FailurePage], format: PageFormat, options: &Options) -> String {
    match format {
        PageFormat::Text => text::list(pages, options),
        PageFormat::Markdown => markdown::list(pages),
        PageFormat::Json => json::list(pages),
    }
}

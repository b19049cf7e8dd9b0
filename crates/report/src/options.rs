//! Which format, and what the reader's device can show.

use std::fmt;
use std::str::FromStr;

/// A format of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Format {
    /// For a person at a terminal: the best diagnosis with its proof and its fix.
    #[default]
    Full,
    /// One line per diagnosis, which editors can follow to the spot.
    Concise,
    /// For programs: [`Report`](crate::model::Report) as it is, described by `schemas/report-v1.schema.json`.
    Json,
    /// For tickets.
    Markdown,
    /// One self-contained page.
    Html,
}

impl Format {
    /// All formats.
    pub const ALL: [Format; 5] =
        [Format::Full, Format::Concise, Format::Json, Format::Markdown, Format::Html];

    /// The name used on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Format::Full => "full",
            Format::Concise => "concise",
            Format::Json => "json",
            Format::Markdown => "markdown",
            Format::Html => "html",
        }
    }

    /// What it is for, in a few words.
    pub const fn purpose(self) -> &'static str {
        match self {
            Format::Full => "for a person at a terminal: the cause, its proof, its fix",
            Format::Concise => {
                "one line per diagnosis, `file:line: certain[id]: title`, as editors follow it"
            }
            Format::Json => "for programs, described by `falconer schema report`",
            Format::Markdown => "for tickets",
            Format::Html => "one self-contained page",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The format's name is not one of [`Format::ALL`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no format {0:?}: use one of full, concise, json, markdown, html")]
pub struct UnknownFormat(String);

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Format::ALL.into_iter().find(|f| f.name() == name).ok_or_else(|| UnknownFormat(name.to_owned()))
    }
}

/// What the reader's device can show and how much the reader wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Colours, as ANSI sequences. Of use to `full` and `concise` only.
    pub color: bool,
    /// Columns. Text is wrapped to it, between [`Options::MIN_WIDTH`] and [`Options::MAX_WIDTH`]; paths and commands
    /// are never broken.
    pub width: usize,
    /// Whether lines, bullets and arrows may be drawn with other characters than ASCII. Letters in evidence are
    /// shown as they are either way.
    pub unicode: bool,
    /// Everything: each diagnosis in full, quotes uncut, checks, sources, inputs and channels.
    pub verbose: bool,
}

impl Options {
    /// Narrower terminals get lines of this width.
    pub const MIN_WIDTH: usize = 40;
    /// Longer lines are hard to read.
    pub const MAX_WIDTH: usize = 120;

    /// The width to wrap to.
    pub(crate) fn columns(&self) -> usize {
        self.width.clamp(Self::MIN_WIDTH, Self::MAX_WIDTH)
    }
}

impl Default for Options {
    fn default() -> Self {
        Options { color: false, width: 100, unicode: true, verbose: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_found_by_its_name() {
        for format in Format::ALL {
            assert_eq!(format.to_string().parse(), Ok(format));
        }
    }

    #[test]
    fn the_error_names_what_was_asked_for_and_every_format() {
        let error = "yaml".parse::<Format>().unwrap_err().to_string();
        assert!(error.contains("\"yaml\""));
        for format in Format::ALL {
            assert!(error.contains(format.name()), "{error}");
        }
    }
}

//! The page of a check: what `falconer explain` shows of it, and what the book is made of. Plain data, so that whoever
//! keeps the catalogue can change its form without changing this.

mod markdown;
mod text;

use std::collections::BTreeMap;

use serde::Serialize;

pub use markdown::{list, markdown};
pub use text::text;

use super::model::{FixInfo, Severity, WillShow};
use crate::model::{Confidence, Remedy};
use crate::options::Options;
use crate::page::{FORMAT_VERSION, PageFormat};
use crate::render::json::to_json;

/// All that is known of one check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckPage {
    /// Its id: `web-config.unknown-attribute`; also the name of the page's file in the book.
    pub id: String,
    /// What is wrong, in a few words, without values.
    pub title: String,
    /// The id of the failure that it foretells.
    pub failure: String,
    /// The failure's title.
    pub failure_title: String,
    /// What it means.
    pub severity: Severity,
    /// How sure it is.
    pub confidence: Confidence,
    /// Why it fails, and how that looks.
    pub why: String,
    /// How it will look when it fails, per channel.
    pub will_show: Vec<WillShow>,
    /// What `--fix` does, and why that is safe or is not; `None`: it is repaired by hand.
    pub fix: Option<FixInfo>,
    /// What to do by hand, best first.
    pub remedies: Vec<Remedy>,
    /// The version that had it first.
    pub since: String,
    /// The targets that it matters for (`iis`, `azure`); empty for all.
    pub targets: Vec<String>,
    /// Arguments of `falconer check` in the example, besides the folder.
    pub arguments: Vec<String>,
    /// Files of a folder with the trouble, by path.
    pub before: BTreeMap<String, String>,
    /// Files that differ in the folder without it; an empty content says that the file is gone.
    pub after: BTreeMap<String, String>,
    /// Where the facts come from.
    pub sources: Vec<String>,
}

impl CheckPage {
    /// The command of the example.
    fn command(&self) -> String {
        let arguments: String = self.arguments.iter().map(|argument| format!(" {argument}")).collect();
        format!("falconer check .{arguments}")
    }

    /// What can be said in a few words: severity, confidence, targets, since when.
    fn facts(&self) -> Vec<String> {
        let targets = match self.targets.as_slice() {
            [] => "every target".to_owned(),
            some => some.join(", "),
        };
        let mut facts = vec![
            self.severity.name().to_owned(),
            crate::wording::confidence(self.confidence).to_owned(),
            targets,
        ];
        if !self.since.trim().is_empty() {
            facts.push(format!("since {}", self.since));
        }
        facts
    }
}

/// Pages in full, one after the other.
pub fn render(pages: &[CheckPage], format: PageFormat, options: &Options) -> String {
    match format {
        PageFormat::Text => pages.iter().map(|page| text(page, options)).collect::<Vec<_>>().join("\n"),
        PageFormat::Markdown => pages.iter().map(markdown).collect::<Vec<_>>().join("\n"),
        PageFormat::Json => json(pages),
    }
}

/// Ids and titles. In Markdown a table with links to `<id>.md`; in JSON all of it.
pub fn render_list(pages: &[CheckPage], format: PageFormat, options: &Options) -> String {
    match format {
        PageFormat::Text => text::list(pages, options),
        PageFormat::Markdown => list(pages),
        PageFormat::Json => json(pages),
    }
}

fn json(checks: &[CheckPage]) -> String {
    #[derive(Serialize)]
    struct Pages<'a> {
        format_version: u32,
        checks: &'a [CheckPage],
    }
    to_json(&Pages { format_version: FORMAT_VERSION, checks })
}

/// What a fix is called, by whether it can be applied unseen.
const fn fix_name(fix: &FixInfo) -> &'static str {
    if fix.safe { "safe" } else { "unsafe" }
}

//! What is asked and what is answered.

use std::collections::BTreeMap;
use std::ops::Range;

use falconer_iis_config::{Edit, Span};
use falconer_observation::Fact;

/// What was found in a file.
#[derive(Debug, Clone)]
pub struct Found<'a> {
    /// The fact's id: `web-config.unknown-attribute`.
    pub id: &'a str,
    /// Its values by name.
    pub fields: &'a BTreeMap<String, String>,
    /// The spot in the decoded text, in bytes.
    pub span: Option<Range<usize>>,
}

impl<'a> From<&'a Fact> for Found<'a> {
    fn from(fact: &'a Fact) -> Self {
        Found { id: &fact.id, fields: &fact.fields, span: fact.span.clone() }
    }
}

impl<'a> Found<'a> {
    /// The value of a field, whether its name is written with hyphens or with underscores.
    pub(crate) fn field(&self, name: &str) -> &'a str {
        let other = || self.fields.get(&name.replace('-', "_"));
        self.fields.get(name).or_else(other).map_or("", String::as_str)
    }

    /// The spot; the start of the text where there is none.
    pub(crate) fn spot(&self) -> Span {
        self.span.as_ref().map_or(Span::default(), |span| Span::new(span.start, span.end))
    }
}

/// What is known of the app that the file belongs to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FixContext {
    /// The app's dll, relative to the folder of the file: `App.dll`.
    pub entry_dll: Option<String>,
    /// The app's own executable, relative to the folder of the file: `App.exe`.
    pub entry_exe: Option<String>,
    /// The app carries its runtime, so that only its executable starts it.
    pub self_contained: bool,
    /// No web.config above this one belongs to the site: nothing but applicationHost.config is inherited.
    pub site_root: bool,
}

/// A repair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// It changes nothing about what the app does, except that it starts; or what was meant is beyond doubt.
    /// Otherwise it is a guess, or changes how the app runs.
    pub safe: bool,
    /// What it does, in a sentence with its values.
    pub text: String,
    /// The change.
    pub change: Change,
    /// What the repair relies on besides the spans of its edits: when another repair changes that, this one has to
    /// be worked out anew.
    pub relies_on: Vec<Span>,
    /// Places that stand for something only one repair may change at a time, such as the names of attributes in a
    /// tag.
    pub claims: Vec<Span>,
}

/// What a repair changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The text of the file: sorted edits that do not overlap, for [`falconer_iis_config::apply`].
    Edits(Vec<Edit>),
    /// The file is deleted.
    DeleteFile,
    /// The folder that the fact is about is deleted, with all that is in it.
    DeleteFolder,
}

impl Fix {
    /// The edits; none when the change is one of files and folders.
    pub fn edits(&self) -> &[Edit] {
        match &self.change {
            Change::Edits(edits) => edits,
            _ => &[],
        }
    }
}

/// Whether the repairs for a fact are safe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Safety {
    /// Each.
    Safe,
    /// It depends on what was found; see [`Fix::safe`].
    Depends,
    /// None.
    Unsafe,
}

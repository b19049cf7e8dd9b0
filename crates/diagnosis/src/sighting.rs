//! What recognisers saw.

use std::collections::BTreeMap;
use std::ops::Range;

/// Something that a recogniser saw in an observation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    /// What.
    pub kind: SightingKind,
    /// Its values.
    pub fields: BTreeMap<String, String>,
    /// The number of the observation.
    pub observation: usize,
    /// Where in the observation's text.
    pub span: Range<usize>,
    /// How many characters of fixed text matched: the longer, the surer.
    pub weight: usize,
    /// What to say about it, where the recogniser has words of its own.
    pub note: Option<String>,
}

/// The kinds of [`Sighting`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum SightingKind {
    /// A message of `falconer-messages`, by id.
    Message(String),
    /// A wording of the catalogue, by its source.
    Text(String),
    /// A fact of a structured reader or a join, by id.
    Fact(String),
    /// An HTTP status; fields `status` and, where given, `substatus`.
    Status,
    /// A code of eight hexadecimal digits, in lower case with `0x`.
    Code(String),
    /// A Windows event; field `provider`.
    Event(u32),
}

//! What readers conclude from structured evidence.

use std::collections::BTreeMap;
use std::ops::Range;

/// Something that a structured reader or a join found: an attribute of web.config, a missing file, a framework
/// that is asked for and not installed. The catalogue's rules name it by its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// `family.name`, both in kebab case (`web-config.bad-value`).
    pub id: String,
    /// Its values.
    pub fields: BTreeMap<String, String>,
    /// The number of the observation that it was found in.
    pub observation: usize,
    /// Where in that observation's text.
    pub span: Option<Range<usize>>,
    /// What to say at that spot.
    pub note: String,
}

//! The failures as data: schema, loading, validation.
//!
//! One file of `failures/` is one failure: its meaning, how it shows in each channel, the rules that confirm
//! or refute it, what to check, remedies, sources, and worked cases that are at once test and documentation.
//! Users load their own files of the same schema as rule packs.

mod condition;
mod error;
mod expression;
mod failure;
mod lint;
mod load;
mod required;
mod scenario;
mod support;
mod validate;

pub use condition::{Condition, ConditionKind, Pattern, Where};
pub use error::CatalogError;
pub use expression::Expression;
pub use failure::{
    Case, CaseConfidence, Check, Distinguish, Failure, Platform, Remedy, Rule, Show, Strength,
};
pub use lint::{Example, Lint, LintConfidence, LintFix, LintSeverity, TARGETS};
pub use load::{Catalog, Part};
pub use scenario::Scenario;
pub use support::{Context, EvidenceSource, Sign};

//! What can be wrong with a `*.runtimeconfig.json`.

use crate::json::{JsonError, JsonReason};
use crate::text::{Position, Span};

/// A `*.runtimeconfig.json` that hostfxr refuses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{position}: {problem}")]
pub struct RuntimeConfigError {
    /// The spot.
    pub span: Span,
    /// The start of the spot as line and column.
    pub position: Position,
    /// What is wrong there.
    pub problem: RuntimeConfigProblem,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuntimeConfigProblem {
    /// Not JSON.
    #[error("{0}")]
    Syntax(JsonReason),
    /// The document is not an object.
    #[error("expected a JSON object, found {0}")]
    NotAnObject(&'static str),
    /// `runtimeOptions` is missing. Its case matters.
    #[error("`runtimeOptions` is missing")]
    NoRuntimeOptions,
    /// A reference without `name`.
    #[error("a framework has no `name`")]
    NoFrameworkName,
    /// Two references to one framework.
    #[error("framework '{0}' is given twice")]
    DuplicateFramework(String),
    /// `includedFrameworks` beside `framework` or `frameworks`.
    #[error("`includedFrameworks` cannot stand beside `framework` or `frameworks`")]
    IncludedAndReferenced,
    /// A `rollForward` value that is not known.
    #[error(
        "'{0}' is no `rollForward` value: use Disable, LatestPatch, Minor, LatestMinor, Major or LatestMajor"
    )]
    UnknownRollForward(String),
    /// `rollForward` beside `applyPatches` or `rollForwardOnNoCandidateFx`.
    #[error("`rollForward` cannot be mixed with `applyPatches` or `rollForwardOnNoCandidateFx` in one file")]
    MixedRollForward,
    /// A value of the wrong type.
    #[error("`{key}` must be {expected}, found {found}")]
    WrongType {
        /// The key.
        key: &'static str,
        /// What it must be: `a string`.
        expected: &'static str,
        /// What it is.
        found: &'static str,
    },
}

impl RuntimeConfigProblem {
    /// The name in kebab case, for fields of facts.
    pub const fn name(&self) -> &'static str {
        match self {
            RuntimeConfigProblem::Syntax(_) => "syntax",
            RuntimeConfigProblem::NotAnObject(_) => "not-an-object",
            RuntimeConfigProblem::NoRuntimeOptions => "no-runtime-options",
            RuntimeConfigProblem::NoFrameworkName => "no-framework-name",
            RuntimeConfigProblem::DuplicateFramework(_) => "duplicate-framework",
            RuntimeConfigProblem::IncludedAndReferenced => "included-and-referenced",
            RuntimeConfigProblem::UnknownRollForward(_) => "unknown-roll-forward",
            RuntimeConfigProblem::MixedRollForward => "mixed-roll-forward",
            RuntimeConfigProblem::WrongType { .. } => "wrong-type",
        }
    }
}

impl RuntimeConfigError {
    pub(crate) fn new(bytes: &[u8], span: Span, problem: RuntimeConfigProblem) -> Self {
        RuntimeConfigError { span, position: Position::of(bytes, span.start as usize), problem }
    }
}

impl From<JsonError> for RuntimeConfigError {
    fn from(error: JsonError) -> Self {
        RuntimeConfigError {
            span: Span::new(error.offset, error.offset),
            position: error.position,
            problem: RuntimeConfigProblem::Syntax(error.reason),
        }
    }
}

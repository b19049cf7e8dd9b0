//! The answer and its renderers, one per format.

pub mod model;

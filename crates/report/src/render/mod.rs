//! One renderer per format.

pub(crate) mod concise;
pub(crate) mod full;
pub(crate) mod html;
pub(crate) mod json;
pub(crate) mod markdown;

//! Foretells failures: holds the facts about a published folder against the checks of the catalogue.
//!
//! The facts are those that explain a failure in a diagnosis, found by the same code. Nothing is run, and nothing is
//! opened here: a folder comes as a [`falconer_evidence::Tree`].

mod examine;
mod finding;
mod fingerprint;
mod found;
mod not_checked;
mod page;
mod repair;
mod rules;
mod target;

pub use examine::{Examined, examine};
pub use finding::{confidence, finding, findings, severity};
pub use found::{Found, find};
pub use not_checked::not_checked;
pub use page::{page, pages};
pub use repair::repairs;
pub use rules::{Judged, judge, known};
pub use target::Target;

//! Readers: bytes of any kind into observations.
//!
//! [`Gatherer`] takes inputs one by one, finds out by content what each is, and collects observations, facts
//! and what is known about each channel. It opens nothing itself.

mod absence;
mod decode;
mod gather;
mod kind;

pub use gather::{Gatherer, Limits};

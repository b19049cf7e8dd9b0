//! The whole program, run as a user runs it.
#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

mod apps;
mod arguments;
mod book;
mod cases;
mod check;
mod check_forms;
mod check_input;
mod encodings;
mod explain;
mod formats;
mod list;
mod output;
mod redaction;
mod samples;
mod schemas;
mod shells;
mod support;
mod unreadable;
mod verdicts;

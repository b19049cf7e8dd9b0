//! Pages for programs.

use serde::Serialize;

use super::{FORMAT_VERSION, FailurePage};
use crate::render::json::to_json;

#[derive(Serialize)]
struct Pages<'a> {
    format_version: u32,
    pages: &'a [FailurePage],
}

#[derive(Serialize)]
struct List<'a> {
    format_version: u32,
    failures: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    scenario: &'a str,
    title: &'a str,
}

pub(super) fn pages(pages: &[FailurePage]) -> String {
    to_json(&Pages { format_version: FORMAT_VERSION, pages })
}

pub(super) fn list(pages: &[FailurePage]) -> String {
    let failures = pages.iter().map(|FailurePage { id, scenario, title, .. }| Entry { id, scenario, title });
    to_json(&List { format_version: FORMAT_VERSION, failures: failures.collect() })
}

//! Each repair, before and after.
#![allow(clippy::expect_used, reason = "a test stops where something is not as it must be")]

mod attributes;
#[path = "../common/mod.rs"]
mod common;
mod environment;
mod folder;
mod harmless;
mod json;
mod levels;
mod process;
mod sections;

use std::collections::BTreeSet;

use common::{fact, in_sub_application, in_web_config};
use falconer_fix::{FIXABLE, Fix, FixContext, Safety, fix, fixable};
use falconer_iis_config::apply;
use falconer_observation::Fact;

const SAFE: bool = true;
const UNSAFE: bool = false;

/// What is found, a piece of a file before and after, and whether the repair is safe.
type Row = (&'static str, &'static str, &'static str, bool);

fn app() -> FixContext {
    FixContext { entry_dll: Some("My.App.dll".to_owned()), ..FixContext::default() }
}

fn carries_its_runtime() -> FixContext {
    FixContext { entry_exe: Some("My.App.exe".to_owned()), self_contained: true, ..app() }
}

/// A file with these sections.
fn with_sections(sections: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<configuration>\n  <location path=\".\" inheritInChildApplications=\"false\">\n    <system.webServer>\n{sections}\n    </system.webServer>\n  </location>\n</configuration>\n"
    )
}

/// A file with that `<aspNetCore>` and its handler.
fn with_element(element: &str) -> String {
    with_sections(&format!(
        "      <handlers>\n        <add name=\"aspNetCore\" path=\"*\" verb=\"*\" modules=\"AspNetCoreModuleV2\" resourceType=\"Unspecified\" />\n      </handlers>\n      {element}"
    ))
}

fn first_fix(id: &str, facts: &[Fact], text: &str, context: &FixContext) -> Option<Fix> {
    let id = format!("web-config.{id}");
    let found = facts.iter().filter(|fact| fact.id == id).collect::<Vec<_>>();
    assert!(!found.is_empty(), "{id} is not found in {text}");
    found.into_iter().find_map(|fact| fix(&fact.into(), text, context))
}

fn repaired(text: &str, fix: &Fix) -> String {
    apply(text, fix.edits()).expect("edits of this text")
}

fn hold(rows: &[Row], file: fn(&str) -> String, context: &FixContext) {
    for (id, before, after, safe) in rows {
        let text = file(before);
        let fix = first_fix(id, &in_web_config(&text), &text, context);
        let fix = fix.unwrap_or_else(|| panic!("no repair for {id} in {before}"));
        assert_eq!(repaired(&text, &fix), file(after), "{id}: {}", fix.text);
        assert_eq!(fix.safe, *safe, "{id} in {before}");
        assert!(fix.text.ends_with('.') && fix.text.len() > 10, "{}", fix.text);
        let still = in_web_config(&file(after)).into_iter().filter(|fact| fact.id.ends_with(id)).count();
        let first = in_web_config(&text).into_iter().filter(|fact| fact.id.ends_with(id)).count();
        assert!(still < first || id.starts_with("stdout-log-path"), "{id} is found as before in {after}");
        let safety = fixable(&format!("web-config.{id}")).expect("listed").safety;
        assert!(safety == Safety::Depends || (safety == Safety::Safe) == *safe, "{id} is listed otherwise");
    }
}

#[test]
fn repairs_of_the_module_s_section_change_what_they_name_and_nothing_else() {
    for rows in [attributes::ATTRIBUTES, process::PROCESS, environment::ENVIRONMENT] {
        hold(rows, with_element, &FixContext::default());
    }
}

#[test]
fn repairs_of_sections_keep_the_layout_of_the_file() {
    hold(sections::SECTIONS, with_sections, &FixContext::default());
}

#[test]
fn what_is_no_xml_becomes_xml_where_it_is_clear_how() {
    hold(sections::FILES, str::to_owned, &FixContext::default());
}

#[test]
fn what_runs_the_app_is_filled_in_where_the_app_is_known() {
    hold(process::WITH_ENTRY, with_element, &app());
    hold(process::WITH_RUNTIME, with_element, &carries_its_runtime());
    for (id, before, _, _) in process::WITH_ENTRY.iter().take(4) {
        let text = with_element(before);
        let fix = first_fix(id, &in_web_config(&text), &text, &FixContext::default());
        assert_eq!(fix, None, "{id}");
    }
}

#[test]
fn a_handler_is_safe_to_add_at_the_root_of_a_site() {
    let text = with_sections("<aspNetCore processPath='a.exe' />");
    for site_root in [true, false] {
        let context = FixContext { site_root, ..FixContext::default() };
        let fix = first_fix("handler-missing", &in_web_config(&text), &text, &context);
        assert_eq!(fix.map(|fix| fix.safe), Some(site_root));
    }
}

#[test]
fn a_sub_application_gives_up_the_handler_that_it_inherits() {
    let text = with_element("<aspNetCore processPath='a.exe' />");
    let fix = first_fix("handlers-in-sub-application", &in_sub_application(&text), &text, &app())
        .expect("a repair");
    let expected =
        with_sections("      <handlers>\n      </handlers>\n      <aspNetCore processPath='a.exe' />");
    assert_eq!(repaired(&text, &fix), expected);
    assert!(!fix.safe);
}

#[test]
fn the_declaration_follows_the_encoding_that_the_file_has() {
    let text = "<?xml version='1.0' encoding = 'utf-16' standalone='yes'?>\n<a/>";
    for (actual, name, safe) in [
        ("UTF-8", "utf-8", true),
        ("ASCII", "utf-8", true),
        ("UTF-16 BE", "utf-16", true),
        ("a single-byte encoding", "windows-1252", false),
    ] {
        let found = fact("web-config.encoding-mismatch", &[("declared", "utf-16"), ("actual", actual)]);
        let fix = fix(&(&found).into(), text, &FixContext::default()).expect("a repair");
        assert_eq!((repaired(text, &fix), fix.safe), (text.replace("utf-16", name), safe), "{actual}");
    }
}

#[test]
fn every_fact_that_is_listed_has_its_worked_case() {
    let tables = [
        attributes::ATTRIBUTES,
        process::PROCESS,
        process::WITH_ENTRY,
        process::WITH_RUNTIME,
        environment::ENVIRONMENT,
        sections::SECTIONS,
        sections::FILES,
    ];
    let shown = tables.iter().flat_map(|rows| rows.iter()).map(|row| format!("web-config.{}", row.0));
    let json = [json::RUNTIME_CONFIGS, json::APP_SETTINGS]
        .iter()
        .flat_map(|rows| rows.iter())
        .map(|row| row.0.to_owned());
    let deleted = folder::DELETED.iter().map(|(id, ..)| (*id).to_owned());
    let alone = ["web-config.encoding-mismatch", "web-config.handlers-in-sub-application"].map(str::to_owned);
    let held = folder::HELD.iter().map(|(id, ..)| (*id).to_owned());
    let shown: BTreeSet<String> = shown.chain(held).chain(json).chain(deleted).chain(alone).collect();
    let listed: BTreeSet<String> = FIXABLE.iter().map(|fixable| fixable.id.to_owned()).collect();
    assert_eq!(listed, shown);
    assert_eq!(listed.len(), FIXABLE.len(), "listed once each");
}

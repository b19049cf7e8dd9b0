//! Environment variables.

use std::collections::BTreeMap;

use super::definitions::{self as d};
use super::secrets::looks_secret;
use super::{Sink, special_variables};
use crate::{AspNetCore, NameValue, Span};

pub(super) fn find(sink: &mut Sink<'_>, element: &AspNetCore<'_>) {
    variables(sink, &element.environment);
    special_variables::find(sink, element);
}

fn variables(sink: &mut Sink<'_>, entries: &[NameValue<'_>]) {
    let mut first: BTreeMap<String, (Span, &str)> = BTreeMap::new();
    for entry in entries {
        let tag = entry.node.element().tag;
        if entry.is_clear() {
            first.clear();
            continue;
        }
        if !entry.is_item {
            let element = entry.node.name();
            let message = format!(
                "<{element}> stands in <environmentVariables>; variables are written <environmentVariable>"
            );
            sink.add(&d::VARIABLE_WRONG_ELEMENT, tag, &[("element", element)], message);
            continue;
        }
        incomplete(sink, entry);
        let Some(name) = entry.name().filter(|name| !name.is_empty()) else { continue };
        name_of_variable(sink, tag, name);
        let value = entry.value().unwrap_or_default();
        let secret = looks_secret(name, value);
        sink.add(
            &d::ENVIRONMENT_VARIABLE,
            tag,
            &[("name", name), ("value", if secret { "" } else { value })],
            if secret { format!("{name} is set") } else { format!("{name} is set to {value}") },
        );
        if secret {
            let message = format!("the value of {name} is a secret in plain text");
            sink.add(&d::SECRET_IN_VARIABLE, tag, &[("name", name)], message);
        }
        match first.get(&name.to_ascii_lowercase()) {
            Some((earlier, earlier_value)) => {
                let line = sink.line(*earlier).to_string();
                let same = if *earlier_value == value { "yes" } else { "no" };
                let message = format!("{name} is set already on line {line}");
                let fields = [("name", name), ("first_line", line.as_str()), ("same_value", same)];
                sink.add(&d::VARIABLE_DUPLICATE, tag, &fields, message);
            }
            None => {
                first.insert(name.to_ascii_lowercase(), (tag, value));
            }
        }
    }
}

fn incomplete(sink: &mut Sink<'_>, entry: &NameValue<'_>) {
    let missing = if entry.node.lacks("name") || entry.name() == Some("") {
        "name"
    } else if entry.node.lacks("value") {
        "value"
    } else {
        return;
    };
    let message = format!("an environment variable has no {missing}");
    sink.add(&d::VARIABLE_INCOMPLETE, entry.node.element().tag, &[("missing", missing)], message);
}

/// Windows refuses a name with `=`; one with a blank it takes, and programs ask for another one.
fn name_of_variable(sink: &mut Sink<'_>, tag: Span, name: &str) {
    let why = if name.contains('=') {
        "equals-sign"
    } else if name != name.trim() {
        "blank-at-an-end"
    } else if name.contains(char::is_whitespace) {
        "blank-inside"
    } else {
        return;
    };
    let message = format!("\"{name}\" is no good name of an environment variable ({why})");
    sink.add(&d::VARIABLE_BAD_NAME, tag, &[("name", name), ("why", why)], message);
}

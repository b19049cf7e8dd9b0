//! `<aspNetCore>`: its attributes against the schema, and what they mean together.

use std::collections::BTreeMap;

use super::Sink;
use super::definitions::{self as d};
use super::handlers::MOST_HANDLERS;
use crate::schema::{ASP_NET_CORE, AttributeSchema, EVERYWHERE, ElementSchema, Kind, Value, element_at};
use crate::suggest::{did_you_mean, nearest};
use crate::xml::{Ending, Node};
use crate::{AspNetCore, HostingModel, Span};

/// Names of the modules that run ASP.NET Core (schema of `<globalModules>`: case-sensitive).
pub(super) const V1_MODULE: &str = "AspNetCoreModule";
pub(super) const V2_MODULE: &str = "AspNetCoreModuleV2";

pub(super) fn find(sink: &mut Sink<'_>, element: &AspNetCore<'_>) {
    if element.implied {
        return;
    }
    as_given(sink, element);
    check_element(sink, element.node, &ASP_NET_CORE);
    hosting(sink, element);
    limits(sink, element);
    stdout(sink, element);
}

fn as_given(sink: &mut Sink<'_>, element: &AspNetCore<'_>) {
    let model = element.hosting_model();
    let hosting = match &model {
        HostingModel::InProcess => "in-process",
        HostingModel::OutOfProcess | HostingModel::Missing => "out-of-process",
        HostingModel::Unknown(_) => "invalid",
        HostingModel::NotShown => "not-shown",
    };
    let mut fields = vec![("hosting", hosting)];
    for schema in ASP_NET_CORE.attributes {
        if let Some(value) = element.text(schema.name) {
            fields.push((schema.name, value));
        }
    }
    let shown: Vec<String> =
        fields.iter().skip(1).map(|(name, value)| format!("{name}=\"{value}\"")).collect();
    sink.add(&d::ASP_NET_CORE, element.tag(), &fields, format!("<aspNetCore {}>", shown.join(" ")));
}

/// Checks an element's attributes and children against the schema.
pub(super) fn check_element(sink: &mut Sink<'_>, node: Node<'_>, schema: &ElementSchema) {
    for attribute in &node.element().attributes {
        if sink.is_full() {
            return;
        }
        match schema.attribute(&attribute.name) {
            Some(_) if attribute.elided => {}
            Some(known) => check_value(sink, node, known, &attribute.value, attribute.value_span),
            None if is_foreign(&attribute.name) => {}
            None => unknown_attribute(sink, node, schema, &attribute.name, attribute.name_span),
        }
    }
    check_children(sink, node, schema);
}

fn check_children(sink: &mut Sink<'_>, node: Node<'_>, schema: &ElementSchema) {
    // Behind the start tag of an element that a quotation does not close, anything may follow.
    if schema.children.is_empty() || node.element().ending == Ending::Unclosed {
        return;
    }
    for child in node.children().filter(|child| !schema.children.contains(&child.name())) {
        let suggestion = nearest(child.name(), schema.children.iter().copied()).unwrap_or_default();
        let hint = did_you_mean(suggestion);
        sink.add(
            &d::UNKNOWN_ELEMENT,
            child.element().name_span,
            &[("parent", node.name()), ("element", child.name()), ("suggestion", suggestion)],
            format!("<{}> is not known in <{}>{hint}", child.name(), node.name()),
        );
    }
}

/// Namespace declarations, attributes with a prefix (transforms have their own fact), locks.
fn is_foreign(name: &str) -> bool {
    name.contains(':') || name == "xmlns" || EVERYWHERE.contains(&name)
}

fn unknown_attribute(sink: &mut Sink<'_>, node: Node<'_>, schema: &ElementSchema, name: &str, span: Span) {
    let suggestion = nearest(name, schema.attributes.iter().map(|known| known.name)).unwrap_or_default();
    let hint = did_you_mean(suggestion);
    sink.add(
        &d::UNKNOWN_ATTRIBUTE,
        span,
        &[("element", node.name()), ("attribute", name), ("suggestion", suggestion)],
        format!("the attribute {name} is not known on <{}>{hint}", node.name()),
    );
}

fn check_value(sink: &mut Sink<'_>, node: Node<'_>, schema: &AttributeSchema, value: &str, span: Span) {
    if has_own_fact(schema) {
        return;
    }
    let why = match schema.kind.read(value) {
        Err(error) => error.to_string(),
        Ok(_) if schema.not_empty && value.is_empty() => "it is empty".to_owned(),
        Ok(_) => return,
    };
    let expected = schema.kind.expected();
    sink.add(
        &d::BAD_VALUE,
        span,
        &[
            ("element", node.name()),
            ("attribute", schema.name),
            ("value", value),
            ("why", &why),
            ("expected", &expected),
        ],
        format!("{}=\"{value}\" is not accepted: {why}", schema.name),
    );
}

/// An empty processPath and an unknown hosting model are facts of their own.
fn has_own_fact(schema: &AttributeSchema) -> bool {
    matches!(schema.kind, Kind::OneOf(_)) || schema.name == "processPath"
}

/// Reports attributes that the schema requires and that are not there.
pub(super) fn check_required(sink: &mut Sink<'_>, node: Node<'_>, path: &str) {
    let Some(schema) = element_at(path) else { return };
    for required in
        schema.attributes.iter().filter(|attribute| attribute.required && node.lacks(attribute.name))
    {
        sink.add(
            &d::REQUIRED_ATTRIBUTE_MISSING,
            node.element().tag,
            &[("element", node.name()), ("attribute", required.name)],
            format!("<{}> needs the attribute {}", node.name(), required.name),
        );
    }
}

fn hosting(sink: &mut Sink<'_>, element: &AspNetCore<'_>) {
    let spot = element.attribute("hostingModel").map_or(element.tag(), |attribute| attribute.value_span);
    let v1_handler = v1_handler(sink, element.scope);
    match element.hosting_model() {
        HostingModel::Unknown(value) => {
            let suggestion = nearest(value.trim(), ["inprocess", "outofprocess"]).unwrap_or_default();
            let message = format!("hostingModel=\"{value}\" is neither inprocess nor outofprocess");
            sink.add(
                &d::HOSTING_MODEL_UNKNOWN,
                spot,
                &[("value", &value), ("suggestion", suggestion)],
                message,
            );
        }
        HostingModel::Missing => {
            let message = "no hostingModel is given, so the module runs the app out-of-process".to_owned();
            sink.add(&d::HOSTING_MODEL_MISSING, spot, &[], message);
        }
        HostingModel::InProcess => {
            if let Some(handler) = v1_handler {
                let message = format!(
                    "hostingModel=\"inprocess\" needs {V2_MODULE}, the handler {handler} names {V1_MODULE}"
                );
                sink.add(&d::IN_PROCESS_WITH_V1, spot, &[("handler", &handler)], message);
            }
        }
        HostingModel::OutOfProcess | HostingModel::NotShown => {}
    }
}

/// The name of the handler that hands requests to the first module, in the scope or around it.
fn v1_handler(sink: &Sink<'_>, scope: usize) -> Option<String> {
    let handlers = sink.config.handlers();
    let handler = handlers
        .iter()
        .take(MOST_HANDLERS)
        .filter(|item| item.scope == scope || item.scope == 0 || scope == 0)
        .find(|item| {
            item.node
                .value("modules")
                .is_some_and(|modules| modules.split(',').any(|module| module.trim() == V1_MODULE))
        })?;
    Some(handler.node.value("name").unwrap_or_default().to_owned())
}

fn limits(sink: &mut Sink<'_>, element: &AspNetCore<'_>) {
    for (name, fact) in
        [("startupTimeLimit", &d::STARTUP_TIME_LIMIT), ("shutdownTimeLimit", &d::SHUTDOWN_TIME_LIMIT)]
    {
        if let (Some(Ok(Value::Uint(seconds))), Some(attribute)) =
            (element.read(name), element.attribute(name))
        {
            let seconds = seconds.to_string();
            sink.add(fact, attribute.value_span, &[("seconds", &seconds)], format!("{name} is {seconds} s"));
        }
    }
    if let (Some(Ok(Value::Seconds(seconds))), Some(attribute)) =
        (element.read("requestTimeout"), element.attribute("requestTimeout"))
        && seconds % 60 != 0
        && v1_handler(sink, element.scope).is_some()
    {
        // The first module's schema had a granularity of 60 s until 2.1 (aspnet/AspNetCoreModule#270).
        let (span, value) = (attribute.value_span, attribute.value.as_str());
        let message =
            format!("requestTimeout=\"{value}\" is refused by {V1_MODULE} before 2.1: whole minutes only");
        sink.add(&d::REQUEST_TIMEOUT_SECONDS, span, &[("value", value)], message);
    }
    if element.hosting_model() != HostingModel::InProcess {
        return;
    }
    if let Some(attribute) = element.attribute("requestTimeout") {
        let message = "requestTimeout has no effect in-process".to_owned();
        sink.add(&d::REQUEST_TIMEOUT_IN_PROCESS, attribute.span, &[("value", &attribute.value)], message);
    }
    if let (Some(Ok(Value::Uint(2..))), Some(attribute)) =
        (element.read("processesPerApplication"), element.attribute("processesPerApplication"))
    {
        let message = "processesPerApplication has no effect in-process: there is one process".to_owned();
        sink.add(&d::PROCESSES_IN_PROCESS, attribute.span, &[("value", &attribute.value)], message);
    }
}

fn stdout(sink: &mut Sink<'_>, element: &AspNetCore<'_>) {
    let given = element.attribute("stdoutLogFile");
    let default = ASP_NET_CORE.attribute("stdoutLogFile").and_then(|schema| schema.default);
    let default = default.filter(|_| element.lacks("stdoutLogFile"));
    let path = element.text("stdoutLogFile").or(default).unwrap_or_default();
    let enabled = element.flag("stdoutLogEnabled");
    if enabled == Some(true) {
        let span = element.attribute("stdoutLogEnabled").map_or(element.tag(), |attribute| attribute.span);
        let goes = if path.is_empty() { String::new() } else { format!(" and goes to {path}") };
        sink.add(&d::STDOUT_LOG_ENABLED, span, &[("path", path)], format!("the stdout log is on{goes}"));
    }
    if let Some(attribute) = given.filter(|attribute| !attribute.elided) {
        let known = match enabled {
            Some(true) => "true",
            Some(false) => "false",
            None => "unknown",
        };
        let fields = [("value", attribute.value.as_str()), ("enabled", known)];
        let message = format!("the stdout log, when it is on, goes to {}", attribute.value);
        sink.add(&d::STDOUT_LOG_PATH, attribute.value_span, &fields, message);
    }
    for (name, odd, fact, message) in [
        (
            "forwardWindowsAuthToken",
            false,
            &d::NO_WINDOWS_AUTH_TOKEN,
            "the Windows user is not handed to the app",
        ),
        (
            "disableStartUpErrorPage",
            true,
            &d::NO_STARTUP_ERROR_PAGE,
            "a failed start shows no page of the module",
        ),
    ] {
        if let Some(attribute) = element.attribute(name).filter(|_| element.flag(name) == Some(odd)) {
            sink.add(fact, attribute.span, &[], format!("{name} is {odd}: {message}"));
        }
    }
}

/// Two elements for the same path.
pub(super) fn find_two(sink: &mut Sink<'_>) {
    let mut first: BTreeMap<String, Span> = BTreeMap::new();
    for element in sink.config.asp_net_core().into_iter().filter(|element| !element.implied) {
        let path =
            sink.config.scopes().get(element.scope).map_or("", |scope| scope.path()).to_ascii_lowercase();
        match first.get(&path) {
            // Separate quotations of one file are not two elements.
            Some(_) if sink.fragment => {}
            Some(earlier) => {
                let line = sink.line(*earlier).to_string();
                let message = format!("there is another <aspNetCore> for the same path on line {line}");
                sink.add(&d::TWO_ASP_NET_CORE, element.tag(), &[("first_line", &line)], message);
            }
            None => {
                first.insert(path, element.tag());
            }
        }
    }
}

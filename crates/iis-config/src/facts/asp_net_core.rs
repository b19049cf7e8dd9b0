//! `<aspNetCore>`: its attributes against the schema, and what they mean together.

use std::collections::BTreeMap;

use super::definitions::{self as d};
use super::handlers::MOST_HANDLERS;
use super::{Sink, limits, secrets, stdout};
use crate::schema::{ASP_NET_CORE, AttributeSchema, EVERYWHERE, ElementSchema, element_at};
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
    limits::find(sink, element);
    stdout::find(sink, element);
    inside(sink, element);
}

fn as_given(sink: &mut Sink<'_>, element: &AspNetCore<'_>) {
    let mut fields = vec![("hosting", hosting_name(element))];
    for schema in ASP_NET_CORE.attributes {
        if let Some(value) = element.text(schema.name) {
            let secret = schema.name == "arguments" && secrets::in_arguments(value).is_some();
            fields.push((schema.name, if secret { "" } else { value }));
        }
    }
    let shown: Vec<String> =
        fields.iter().skip(1).map(|(name, value)| format!("{name}=\"{value}\"")).collect();
    sink.add(&d::ASP_NET_CORE, element.tag(), &fields, format!("<aspNetCore {}>", shown.join(" ")));
}

/// How the app is hosted, for a field of a fact.
pub(super) fn hosting_name(element: &AspNetCore<'_>) -> &'static str {
    match element.hosting_model() {
        HostingModel::InProcess => "in-process",
        HostingModel::OutOfProcess | HostingModel::Missing => "out-of-process",
        HostingModel::Unknown(_) => "invalid",
        HostingModel::NotShown => "not-shown",
    }
}

/// Checks what stands in `<environmentVariables>` and `<handlerSettings>` against the schema. What variables lack has
/// a fact of its own.
fn inside(sink: &mut Sink<'_>, element: &AspNetCore<'_>) {
    for list in element.node.children() {
        let path = format!("{}/{}", ASP_NET_CORE.path, list.name());
        let Some(schema) = element_at(&path) else { continue };
        let own_facts = list.name() == "environmentVariables";
        unknown_attributes(sink, list, schema);
        if !own_facts {
            check_children(sink, list, schema);
        }
        for item in list.children() {
            let path = format!("{path}/{}", item.name());
            match element_at(&path) {
                Some(schema) if own_facts => unknown_attributes(sink, item, schema),
                Some(schema) => {
                    check_element(sink, item, schema);
                    check_required(sink, item, &path);
                }
                None => {}
            }
        }
    }
}

fn unknown_attributes(sink: &mut Sink<'_>, node: Node<'_>, schema: &ElementSchema) {
    for attribute in &node.element().attributes {
        if schema.attribute(&attribute.name).is_none() && !is_foreign(&attribute.name) {
            unknown_attribute(sink, node, schema, &attribute.name, attribute.name_span);
        }
    }
}

/// Checks an element's attributes and children against the schema.
pub(super) fn check_element(sink: &mut Sink<'_>, node: Node<'_>, schema: &ElementSchema) {
    for attribute in &node.element().attributes {
        if sink.is_full() {
            return;
        }
        match schema.attribute(&attribute.name) {
            Some(known) if !attribute.elided => {
                check_value(sink, node, known, &attribute.value, attribute.value_span);
            }
            _ => {}
        }
    }
    unknown_attributes(sink, node, schema);
    check_children(sink, node, schema);
}

fn check_children(sink: &mut Sink<'_>, node: Node<'_>, schema: &ElementSchema) {
    // Behind the start tag of an element that a quotation does not close, anything may follow.
    if schema.children.is_empty() || node.element().ending == Ending::Unclosed {
        return;
    }
    // A misplaced <aspNetCore> has a fact of its own.
    let known = |name: &str| name == "aspNetCore" || schema.children.contains(&name);
    for child in node.children().filter(|child| !known(child.name())) {
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
    matches!(schema.name, "hostingModel" | "processPath")
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
        HostingModel::OutOfProcess => {
            if let Some(handler) = v1_handler {
                v2_feature(sink, "hostingModel", spot, &handler);
            }
        }
        HostingModel::NotShown => {}
    }
    if let (Some(list), Some(handler)) =
        (element.node.child("handlerSettings"), self::v1_handler(sink, element.scope))
    {
        v2_feature(sink, "handlerSettings", list.element().tag, &handler);
    }
}

fn v2_feature(sink: &mut Sink<'_>, feature: &str, span: Span, handler: &str) {
    let message = format!("{feature} came with {V2_MODULE}, and the handler {handler} names {V1_MODULE}");
    sink.add(&d::V2_WITH_V1_HANDLER, span, &[("feature", feature), ("handler", handler)], message);
}

/// The name of the handler that hands requests to the first module, in the scope or around it.
pub(super) fn v1_handler(sink: &Sink<'_>, scope: usize) -> Option<String> {
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

//! Where things stand: the outermost element, `<aspNetCore>` in its place or elsewhere, and what is locked for the
//! files below.

use std::collections::BTreeSet;

use super::Sink;
use super::definitions::{self as d};
use crate::schema::EVERYWHERE;
use crate::xml::ElementId;
use crate::{Form, OverrideMode};

pub(super) fn find(sink: &mut Sink<'_>) {
    // Where the outermost element is wrong, everything stands in a wrong place.
    if !root(sink) {
        misplaced(sink);
    }
    in_location(sink);
    locked(sink);
    lock_attributes(sink);
}

/// True when the outermost element is wrong.
pub(super) fn root(sink: &mut Sink<'_>) -> bool {
    let config = sink.config;
    if config.form() != Form::Document {
        return false;
    }
    let Some(root) = config.tree().roots().next().filter(|root| root.name() != "configuration") else {
        return false;
    };
    let element = root.name();
    let message = format!("the outermost element is <{element}>, and not <configuration>");
    sink.add(&d::ROOT_ELEMENT_WRONG, root.element().name_span, &[("element", element)], message);
    true
}

/// Elements of that name which are no section of `<system.webServer>`.
fn misplaced(sink: &mut Sink<'_>) {
    let config = sink.config;
    if config.form() == Form::Excerpt {
        return;
    }
    let placed: BTreeSet<ElementId> = config.asp_net_core().iter().map(|element| element.node.id()).collect();
    for node in config.tree().nodes().filter(|node| node.name() == "aspNetCore") {
        let Some(parent) = node.parent().filter(|_| !placed.contains(&node.id())) else { continue };
        let message =
            format!("<aspNetCore> stands in <{}>, and belongs into <system.webServer>", parent.name());
        let fields = [("parent", parent.name())];
        sink.add(&d::ASP_NET_CORE_MISPLACED, node.element().name_span, &fields, message);
    }
}

fn in_location(sink: &mut Sink<'_>) {
    let config = sink.config;
    for element in config.asp_net_core() {
        let path = config.scopes().get(element.scope).map_or("", |scope| scope.path());
        if !path.is_empty() {
            let message = format!("<aspNetCore> holds for {path} only");
            sink.add(&d::ASP_NET_CORE_IN_LOCATION, element.tag(), &[("path", path)], message);
        }
    }
}

fn locked(sink: &mut Sink<'_>) {
    let config = sink.config;
    for scope in config.scopes() {
        let denies =
            scope.location.as_ref().is_some_and(|location| location.override_mode == OverrideMode::Deny);
        for used in scope.sections.iter().filter(|_| denies) {
            if sink.is_full() {
                return;
            }
            let Some(node) = config.tree().node(used.element) else { continue };
            let fields = [("section", used.path.as_str()), ("path", scope.path())];
            let message = format!("{} is locked for the files below", used.path);
            sink.add(&d::SECTION_LOCKED_FOR_CHILDREN, node.element().name_span, &fields, message);
        }
    }
}

fn lock_attributes(sink: &mut Sink<'_>) {
    let config = sink.config;
    for node in config.tree().nodes() {
        if sink.is_full() {
            return;
        }
        let locks = |name: &str| name.starts_with("lock") && EVERYWHERE.contains(&name);
        for attribute in node.element().attributes.iter().filter(|attribute| locks(&attribute.name)) {
            let (element, name, value) = (node.name(), attribute.name.as_str(), attribute.value.as_str());
            let message = format!("{name}=\"{value}\" on <{element}> locks a part for the files below");
            let fields = [("element", element), ("attribute", name), ("value", value)];
            sink.add(&d::LOCK_ATTRIBUTE, attribute.span, &fields, message);
        }
    }
}

//! Handler settings.

use std::collections::BTreeMap;

use super::Sink;
use super::definitions::{self as d};
use crate::schema::{HANDLER_SETTINGS, boolean, handler_setting};
use crate::suggest::{did_you_mean, nearest};
use crate::{AspNetCore, NameValue, Span};

pub(super) fn find(sink: &mut Sink<'_>, element: &AspNetCore<'_>) {
    for entry in element.settings.iter().filter(|entry| entry.is_item) {
        let (Some(name), tag) = (entry.name(), entry.node.element().tag) else { continue };
        let value = entry.value().unwrap_or_default();
        sink.add(&d::HANDLER_SETTING, tag, &[("name", name), ("value", value)], format!("{name} is {value}"));
        let Some(schema) = handler_setting(name) else {
            let suggestion =
                nearest(name, HANDLER_SETTINGS.iter().map(|known| known.name)).unwrap_or_default();
            let hint = did_you_mean(suggestion);
            let message = format!("the module does not know the handler setting {name}{hint}");
            sink.add(
                &d::HANDLER_SETTING_UNKNOWN,
                tag,
                &[("name", name), ("suggestion", suggestion)],
                message,
            );
            continue;
        };
        let expected = match schema.name {
            _ if entry.value().is_none() => continue,
            _ if schema.is_bool && boolean(value).is_none() => "true or false",
            "shutdownDelay" if value.trim().parse::<u32>().is_err() => "milliseconds, not negative",
            _ => continue,
        };
        let message = format!("the module does not understand {name}=\"{value}\": {expected}");
        sink.add(
            &d::HANDLER_SETTING_BAD_VALUE,
            tag,
            &[("name", name), ("value", value), ("expected", expected)],
            message,
        );
    }
    doubled(sink, element);
    debug_log(sink, element);
}

/// The module takes the first of equal names (`find_element` in ShimOptions.cpp).
fn doubled(sink: &mut Sink<'_>, element: &AspNetCore<'_>) {
    let mut first: BTreeMap<String, Span> = BTreeMap::new();
    for entry in &element.settings {
        if entry.is_clear() {
            first.clear();
        }
        let (Some(name), tag) = (entry.name().filter(|_| entry.is_item), entry.node.element().tag) else {
            continue;
        };
        if let Some(earlier) = first.get(&name.to_ascii_lowercase()) {
            let line = sink.line(*earlier).to_string();
            let message = format!("{name} is set already on line {line}, and the first one counts");
            let fields = [("name", name), ("first_line", line.as_str())];
            sink.add(&d::HANDLER_SETTING_DUPLICATE, tag, &fields, message);
        } else {
            first.insert(name.to_ascii_lowercase(), tag);
        }
    }
}

fn debug_log(sink: &mut Sink<'_>, element: &AspNetCore<'_>) {
    let spot = |name: &str| {
        let named = |entry: &&NameValue<'_>| entry.name().is_some_and(|n| n.eq_ignore_ascii_case(name));
        element.settings.iter().find(named).map_or(element.tag(), |entry| entry.node.element().tag)
    };
    let file = element.setting("debugFile").unwrap_or_default();
    if let Some(level) = element.setting("debugLevel").filter(|level| !level.is_empty()) {
        let message = format!("the module's debug log is on ({level})");
        sink.add(&d::DEBUG_LOG, spot("debugLevel"), &[("file", file), ("level", level)], message);
    } else if !file.is_empty() && !sink.fragment {
        let message = format!("debugFile is {file}, and no debugLevel says what to write to it");
        sink.add(&d::DEBUG_FILE_ALONE, spot("debugFile"), &[("file", file)], message);
    }
}

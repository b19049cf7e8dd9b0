//! The time limits of `<aspNetCore>`, and what has no effect in the hosting model.

use super::Sink;
use super::asp_net_core::{V1_MODULE, v1_handler};
use super::definitions::{self as d};
use crate::schema::{ASP_NET_CORE, Used, Value};
use crate::xml::Attribute;
use crate::{AspNetCore, HostingModel};

pub(super) fn find(sink: &mut Sink<'_>, element: &AspNetCore<'_>) {
    startup(sink, element);
    shutdown(sink, element);
    request(sink, element);
    if element.hosting_model() == HostingModel::InProcess {
        without_effect(sink, element);
    } else if let Some((attribute, 0)) = number(element, "rapidFailsPerMinute") {
        let message = "rapidFailsPerMinute is 0: after one crash the app is not started for a minute";
        sink.add(&d::RAPID_FAILS_ZERO, attribute.value_span, &[], message.to_owned());
    }
}

/// An attribute that IIS reads as a number, with its value.
fn number<'a>(element: &AspNetCore<'a>, name: &str) -> Option<(&'a Attribute, u32)> {
    match element.read(name)? {
        Ok(Value::Uint(value)) => Some((element.attribute(name)?, value)),
        _ => None,
    }
}

/// Below this the start of any app is cut off on a busy machine `[K]`; 0 cuts off all.
const SHORT_START: u32 = 5;

fn startup(sink: &mut Sink<'_>, element: &AspNetCore<'_>) {
    let Some((attribute, value)) = number(element, "startupTimeLimit") else { return };
    let (span, seconds) = (attribute.value_span, value.to_string());
    let fields = [("seconds", seconds.as_str())];
    sink.add(&d::STARTUP_TIME_LIMIT, span, &fields, format!("startupTimeLimit is {seconds} s"));
    if value < SHORT_START {
        let message = format!("the app has {seconds} s to start, and then counts as failed");
        sink.add(&d::STARTUP_LIMIT_SHORT, span, &fields, message);
    }
}

/// How long IIS waits for a worker process to stop (`shutdownTimeLimit` of `<processModel>`, IIS_schema.xml).
const POOL_SHUTDOWN: u32 = 90;

fn shutdown(sink: &mut Sink<'_>, element: &AspNetCore<'_>) {
    let Some((attribute, value)) = number(element, "shutdownTimeLimit") else { return };
    let (span, seconds, pool) = (attribute.value_span, value.to_string(), POOL_SHUTDOWN.to_string());
    let message = format!("shutdownTimeLimit is {seconds} s");
    sink.add(&d::SHUTDOWN_TIME_LIMIT, span, &[("seconds", &seconds)], message);
    if value == 0 {
        let message = "shutdownTimeLimit is 0: the app is ended at once".to_owned();
        sink.add(&d::SHUTDOWN_LIMIT_ZERO, span, &[], message);
    } else if value > POOL_SHUTDOWN {
        let fields = [("seconds", seconds.as_str()), ("pool_seconds", pool.as_str())];
        let message =
            format!("the app may take {seconds} s to stop; IIS ends a worker process after {pool} s");
        sink.add(&d::SHUTDOWN_LIMIT_OVER_POOL, span, &fields, message);
    }
}

fn request(sink: &mut Sink<'_>, element: &AspNetCore<'_>) {
    let (Some(Ok(Value::Seconds(seconds))), Some(attribute)) =
        (element.read("requestTimeout"), element.attribute("requestTimeout"))
    else {
        return;
    };
    let (span, value) = (attribute.value_span, attribute.value.as_str());
    let shown = seconds.to_string();
    let message = format!("an out-of-process app may take {shown} s to answer");
    sink.add(&d::REQUEST_TIMEOUT, span, &[("value", value), ("seconds", &shown)], message);
    if seconds % 60 != 0 && v1_handler(sink, element.scope).is_some() {
        // The first module's schema had a granularity of 60 s until 2.1 (aspnet/AspNetCoreModule#270).
        let message =
            format!("requestTimeout=\"{value}\" is refused by {V1_MODULE} before 2.1: whole minutes only");
        sink.add(&d::REQUEST_TIMEOUT_SECONDS, span, &[("value", value)], message);
    }
}

fn without_effect(sink: &mut Sink<'_>, element: &AspNetCore<'_>) {
    if let Some(attribute) = element.attribute("requestTimeout") {
        let message = "requestTimeout has no effect in-process".to_owned();
        sink.add(&d::REQUEST_TIMEOUT_IN_PROCESS, attribute.span, &[("value", &attribute.value)], message);
    }
    if let Some((attribute, 2..)) = number(element, "processesPerApplication") {
        let message = "processesPerApplication has no effect in-process: there is one process".to_owned();
        sink.add(&d::PROCESSES_IN_PROCESS, attribute.span, &[("value", &attribute.value)], message);
    }
    let own_fact = ["requestTimeout", "processesPerApplication"];
    let unused = ASP_NET_CORE.attributes.iter().filter(|schema| schema.used == Used::OutOfProcess);
    for schema in unused.filter(|schema| !own_fact.contains(&schema.name)) {
        let Some(attribute) = element.attribute(schema.name).filter(|attribute| !attribute.elided) else {
            continue;
        };
        let fields = [("attribute", schema.name), ("value", attribute.value.as_str())];
        let message = format!("{} has no effect in-process", schema.name);
        sink.add(&d::UNUSED_IN_PROCESS, attribute.span, &fields, message);
    }
}

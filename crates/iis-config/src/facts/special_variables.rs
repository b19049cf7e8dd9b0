//! Environment variables that the module, the host or ASP.NET Core understand.

use super::Sink;
use super::asp_net_core::hosting_name;
use super::definitions::{self as d};
use crate::{AspNetCore, NameValue, Span};

pub(super) fn find(sink: &mut Sink<'_>, element: &AspNetCore<'_>) {
    environment(sink, element);
    port(sink, element);
    let hosting = hosting_name(element);
    for entry in element.environment.iter().filter(|entry| entry.is_item) {
        let (Some(name), tag) = (entry.name(), entry.node.element().tag) else { continue };
        let value = entry.value().unwrap_or_default();
        named(sink, tag, name, value, hosting);
    }
}

/// Where a variable is set for the last time: that one counts.
fn spot(element: &AspNetCore<'_>, name: &str) -> Span {
    let named = |entry: &&NameValue<'_>| entry.name().is_some_and(|n| n.eq_ignore_ascii_case(name));
    element.environment.iter().rev().find(named).map_or(element.tag(), |entry| entry.node.element().tag)
}

fn environment(sink: &mut Sink<'_>, element: &AspNetCore<'_>) {
    for variable in ["ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT"] {
        if element.environment_value(variable).is_some_and(|value| value.eq_ignore_ascii_case("Development"))
        {
            let message = format!("{variable} is Development");
            sink.add(
                &d::ENVIRONMENT_DEVELOPMENT,
                spot(element, variable),
                &[("variable", variable)],
                message,
            );
        }
    }
    let detailed = "ASPNETCORE_DETAILEDERRORS";
    // The module takes `1` and `true`, in any case (ShimOptions.cpp).
    if element
        .environment_value(detailed)
        .is_some_and(|value| value == "1" || value.eq_ignore_ascii_case("true"))
    {
        let message = "details of failures are shown to every visitor".to_owned();
        sink.add(&d::DETAILED_ERRORS, spot(element, detailed), &[("variable", detailed)], message);
    }
    let startup = "ASPNETCORE_HOSTINGSTARTUPASSEMBLIES";
    if let Some(value) = element.environment_value(startup).filter(|value| !value.is_empty()) {
        let message = format!("assemblies are loaded into the app at its start: {value}");
        sink.add(&d::HOSTING_STARTUP, spot(element, startup), &[("value", value)], message);
    }
}

const PORT: &str = "ASPNETCORE_PORT";
/// The ports that the module takes for an out-of-process app (serverprocess.cpp, `SetupListenPort`).
const PORTS: std::ops::RangeInclusive<i64> = 1025..=48_000;

fn port(sink: &mut Sink<'_>, element: &AspNetCore<'_>) {
    let Some(value) = element.environment_value(PORT).filter(|value| !value.is_empty()) else { return };
    let (span, hosting) = (spot(element, PORT), hosting_name(element));
    let message = format!("the port of the app is fixed: {value}");
    sink.add(&d::FIXED_PORT, span, &[("value", value), ("hosting", hosting)], message);
    if hosting != "out-of-process" || value.contains('%') || PORTS.contains(&leading_number(value)) {
        return;
    }
    let (min, max) = (PORTS.start().to_string(), PORTS.end().to_string());
    let message = format!("the module takes ports from {min} to {max}, and not {value}");
    let fields = [("value", value), ("min", min.as_str()), ("max", max.as_str())];
    sink.add(&d::FIXED_PORT_BAD, span, &fields, message);
}

/// The number that a text begins with, as `_wtoi` reads it: 0 where there is none.
fn leading_number(text: &str) -> i64 {
    let text = text.trim_start();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let digits = digits.bytes().take_while(u8::is_ascii_digit);
    sign * digits
        .fold(0i64, |number, digit| number.saturating_mul(10).saturating_add(i64::from(digit - b'0')))
}

/// What the module writes itself, whatever web.config says (environmentvariablehelpers.h, ModuleEnvironment.cpp).
const ALWAYS_SET: [&str; 10] = [
    "ASPNETCORE_IIS_HTTPAUTH",
    "ASPNETCORE_IIS_PHYSICAL_PATH",
    "ASPNETCORE_IIS_VERSION",
    "ASPNETCORE_IIS_APP_POOL_ID",
    "ASPNETCORE_IIS_APP_POOL_CONFIG_FILE",
    "ASPNETCORE_IIS_SITE_NAME",
    "ASPNETCORE_IIS_SITE_ID",
    "ASPNETCORE_IIS_APP_CONFIG_PATH",
    "ASPNETCORE_IIS_APPLICATION_ID",
    "ASPNETCORE_IIS_APPLICATION_VIRTUAL_PATH",
];

/// What it writes for an out-of-process app only (serverprocess.cpp).
const SET_OUT_OF_PROCESS: [&str; 2] = ["ASPNETCORE_APPL_PATH", "ASPNETCORE_IIS_WEBSOCKETS_SUPPORTED"];

/// Settings of the addresses to listen on, as environment variables of the web host and of the generic host.
const URLS: [&str; 5] =
    ["ASPNETCORE_URLS", "DOTNET_URLS", "URLS", "ASPNETCORE_HTTP_PORTS", "DOTNET_HTTP_PORTS"];

/// Where .NET is looked for, besides `DOTNET_ROOT` and `DOTNET_ROOT_X64`, `DOTNET_ROOT(x86)`, ...
const DOTNET_PLACES: [&str; 1] = ["DOTNET_MULTILEVEL_LOOKUP"];

const ROLL_FORWARD: [&str; 3] =
    ["DOTNET_ROLL_FORWARD", "DOTNET_ROLL_FORWARD_TO_PRERELEASE", "DOTNET_ROLL_FORWARD_ON_NO_CANDIDATE_FX"];

const HOST_TRACE: [&str; 4] =
    ["COREHOST_TRACE", "COREHOST_TRACEFILE", "DOTNET_HOST_TRACE", "DOTNET_HOST_TRACEFILE"];

fn named(sink: &mut Sink<'_>, span: Span, name: &str, value: &str, hosting: &'static str) {
    let is = |list: &[&str]| list.iter().any(|known| name.eq_ignore_ascii_case(known));
    if is(&ALWAYS_SET) || (hosting == "out-of-process" && is(&SET_OUT_OF_PROCESS)) {
        let message = format!("the module sets {name} itself; the value given here is lost");
        return sink.add(&d::VARIABLE_OVERRIDDEN, span, &[("name", name), ("hosting", hosting)], message);
    }
    let is_root = name.get(..11).is_some_and(|start| start.eq_ignore_ascii_case("DOTNET_ROOT"));
    let (fact, about) = if is(&URLS) {
        (&d::URLS_VARIABLE, "behind IIS, addresses come from the bindings or from the module")
    } else if is_root || is(&DOTNET_PLACES) {
        (&d::DOTNET_ROOT_VARIABLE, "it says where .NET is looked for")
    } else if is(&ROLL_FORWARD) {
        (&d::ROLL_FORWARD_VARIABLE, "it says which versions of frameworks fit")
    } else if is(&HOST_TRACE) && !matches!(value, "" | "0") {
        let message = format!("{name} is {value}: the host's trace is on");
        return sink.add(&d::HOST_TRACE, span, &[("name", name), ("value", value)], message);
    } else {
        return;
    };
    let fields = [("name", name), ("value", value), ("hosting", hosting)];
    sink.add(fact, span, &fields, format!("{name} is {value}: {about}"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_is_read_as_the_module_reads_it() {
        for (text, number) in [("5000", 5000), (" 80x", 80), ("-1", -1), ("http", 0), ("", 0)] {
            assert_eq!(leading_number(text), number, "{text}");
        }
        assert_eq!(leading_number(&"9".repeat(100)), i64::MAX);
    }
}

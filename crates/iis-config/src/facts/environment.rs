//! Environment variables and handler settings.

use std::collections::BTreeMap;

use super::Sink;
use super::definitions::{self as d};
use crate::schema::{HANDLER_SETTINGS, boolean, handler_setting};
use crate::suggest::{did_you_mean, nearest};
use crate::{AspNetCore, NameValue, Span};

pub(super) fn find(sink: &mut Sink<'_>, element: &AspNetCore<'_>) {
    variables(sink, &element.environment);
    special_variables(sink, element);
    settings(sink, element);
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

/// Parts of names that mark secrets, in lower case.
const SECRET_NAMES: &[&str] = &[
    "password",
    "passwd",
    "pwd",
    "secret",
    "apikey",
    "api_key",
    "accesskey",
    "access_key",
    "accountkey",
    "privatekey",
    "private_key",
    "credential",
    "clientkey",
];

/// Parts of values that mark secrets, in lower case.
const SECRET_VALUES: &[&str] = &["password=", "pwd=", "accountkey=", "sharedaccesskey=", "sig="];

fn looks_secret(name: &str, value: &str) -> bool {
    let (name, lower) = (name.to_ascii_lowercase(), value.to_ascii_lowercase());
    if SECRET_VALUES.iter().any(|mark| lower.replace(' ', "").contains(mark)) {
        return true;
    }
    // A reference to a variable, a switch or a path under a telling name is no secret.
    let harmless = value.trim().is_empty()
        || boolean(value.trim()).is_some()
        || value.trim().bytes().all(|byte| byte.is_ascii_digit())
        || (value.starts_with('%') && value.ends_with('%'))
        || lower.starts_with("@microsoft.keyvault(");
    let key = name.ends_with("key") && value.len() >= 16 && !value.contains(['\\', '/', ' ']);
    let marked = key || name.ends_with("token") || SECRET_NAMES.iter().any(|mark| name.contains(mark));
    marked && !harmless
}

fn special_variables(sink: &mut Sink<'_>, element: &AspNetCore<'_>) {
    let spot = |name: &str| {
        let named = |entry: &&NameValue<'_>| entry.name().is_some_and(|n| n.eq_ignore_ascii_case(name));
        element.environment.iter().rev().find(named).map_or(element.tag(), |entry| entry.node.element().tag)
    };
    for variable in ["ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT"] {
        if element.environment_value(variable).is_some_and(|value| value.eq_ignore_ascii_case("Development"))
        {
            let message = format!("{variable} is Development");
            sink.add(&d::ENVIRONMENT_DEVELOPMENT, spot(variable), &[("variable", variable)], message);
        }
    }
    let detailed = "ASPNETCORE_DETAILEDERRORS";
    // The module takes `1` and `true`, in any case (ShimOptions.cpp).
    if element
        .environment_value(detailed)
        .is_some_and(|value| value == "1" || value.eq_ignore_ascii_case("true"))
    {
        let message = "details of failures are shown to every visitor".to_owned();
        sink.add(&d::DETAILED_ERRORS, spot(detailed), &[("variable", detailed)], message);
    }
    let startup = "ASPNETCORE_HOSTINGSTARTUPASSEMBLIES";
    if let Some(value) = element.environment_value(startup).filter(|value| !value.is_empty()) {
        let message = format!("assemblies are loaded into the app at its start: {value}");
        sink.add(&d::HOSTING_STARTUP, spot(startup), &[("value", value)], message);
    }
}

fn settings(sink: &mut Sink<'_>, element: &AspNetCore<'_>) {
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
    if let Some(level) = element.setting("debugLevel").filter(|level| !level.is_empty()) {
        let file = element.setting("debugFile").unwrap_or_default();
        let message = format!("the module's debug log is on ({level})");
        let named =
            |entry: &&NameValue<'_>| entry.name().is_some_and(|name| name.eq_ignore_ascii_case("debugLevel"));
        let span =
            element.settings.iter().find(named).map_or(element.tag(), |entry| entry.node.element().tag);
        sink.add(&d::DEBUG_LOG, span, &[("file", file), ("level", level)], message);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_told_by_name_and_by_value() {
        for (name, value) in [
            ("ConnectionStrings__Default", "Server=db;User Id=app;Password=hunter2"),
            ("SMTP_PASSWORD", "hunter2"),
            ("STORAGE", "AccountName=a;AccountKey=abc=="),
            ("GITHUB_TOKEN", "ghp_x"),
            ("Jwt__Key", "0123456789abcdef0123"),
        ] {
            assert!(looks_secret(name, value), "{name}");
        }
        for (name, value) in [
            ("ASPNETCORE_ENVIRONMENT", "Production"),
            ("PASSWORD_MIN_LENGTH", "12"),
            ("DB_PASSWORD", "%DB_PASSWORD%"),
            ("ConnectionStrings__Default", "Server=db;Integrated Security=true"),
            ("UseTokenValidation", "on"),
            ("REGISTRY_KEY", r"HKLM\SOFTWARE\Contoso"),
            ("API_SECRET", ""),
        ] {
            assert!(!looks_secret(name, value), "{name}");
        }
    }
}

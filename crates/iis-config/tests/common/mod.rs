//! Files to test with, and what is found in them.

use std::collections::BTreeSet;

use falconer_iis_config::{ConfigFact, Surroundings, WebConfig, findings};

/// What the SDK writes for an app that needs an installed runtime.
pub(crate) const SDK: &str = include_str!("../data/sdk-framework-dependent.config");

/// A server with two sites.
pub(crate) const APP_HOST: &str = include_str!("../data/applicationHost.config");

pub(crate) fn of_file(text: &str) -> Vec<ConfigFact> {
    findings(&WebConfig::parse(text), Surroundings::default())
}

pub(crate) fn ids(facts: &[ConfigFact]) -> BTreeSet<&'static str> {
    facts.iter().map(|fact| fact.id).collect()
}

/// The SDK's file with another `<aspNetCore>`.
pub(crate) fn with_element(element: &str) -> String {
    with_sections(&format!(
        r#"<handlers><add name="aspNetCore" path="*" verb="*" modules="AspNetCoreModuleV2" resourceType="Unspecified" /></handlers>
{element}"#
    ))
}

/// A file with these sections in a `<location>` as the SDK writes it.
pub(crate) fn with_sections(sections: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="utf-8"?>
<configuration><location path="." inheritInChildApplications="false"><system.webServer>
{sections}
</system.webServer></location></configuration>"#
    )
}

pub(crate) fn with_attributes(attributes: &str) -> String {
    with_element(&format!(r#"<aspNetCore processPath="dotnet" arguments=".\App.dll" {attributes} />"#))
}

pub(crate) fn with_variables(variables: &str) -> String {
    with_element(&format!(
        r#"<aspNetCore processPath=".\App.exe" hostingModel="inprocess"><environmentVariables>{variables}</environmentVariables></aspNetCore>"#
    ))
}

pub(crate) fn authentication(kind: &str, enabled: &str) -> String {
    with_sections(&format!(
        "<security><authentication><{kind} enabled='{enabled}' /></authentication></security>"
    ))
}

//! Facts as the readers of evidence hand them over.

use falconer_dotnet::appsettings;
use falconer_dotnet::runtimeconfig::RuntimeConfig;
use falconer_iis_config::{ConfigFact, Surroundings, WebConfig, findings};
use falconer_observation::Fact;

pub(crate) fn fact(id: &str, fields: &[(&str, &str)]) -> Fact {
    Fact {
        id: id.to_owned(),
        fields: fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        observation: 0,
        span: None,
        note: String::new(),
    }
}

pub(crate) fn of_config(found: ConfigFact) -> Fact {
    Fact {
        id: format!("web-config.{}", found.id),
        fields: found.fields.into_iter().map(|(name, value)| (name.replace('_', "-"), value)).collect(),
        observation: 0,
        span: Some(found.span.start..found.span.end),
        note: found.message,
    }
}

pub(crate) fn in_web_config(text: &str) -> Vec<Fact> {
    let config = WebConfig::parse(text);
    findings(&config, Surroundings::default()).into_iter().map(of_config).collect()
}

pub(crate) fn in_sub_application(text: &str) -> Vec<Fact> {
    let config = WebConfig::parse(text);
    findings(&config, Surroundings { sub_application: true }).into_iter().map(of_config).collect()
}

#[allow(dead_code, reason = "not every test has bytes")]
pub(crate) fn in_bytes(bytes: &[u8]) -> Option<Fact> {
    falconer_iis_config::encoding_finding(bytes).map(of_config)
}

pub(crate) fn in_runtimeconfig(text: &str) -> Vec<Fact> {
    match RuntimeConfig::parse(text.as_bytes()) {
        Err(error) => {
            vec![fact("folder.runtimeconfig-invalid", &[("reason", &error.problem.to_string())])]
        }
        Ok(config) => config
            .reserved_property()
            .map(|name| fact("folder.runtimeconfig-reserved-property", &[("property", &name.value)]))
            .into_iter()
            .collect(),
    }
}

pub(crate) fn in_appsettings(text: &str) -> Vec<Fact> {
    let error = appsettings::inspect(text.as_bytes()).err();
    error
        .map(|error| fact("folder.appsettings-invalid", &[("reason", &error.problem.to_string())]))
        .into_iter()
        .collect()
}

//! What the failures share: signs, contexts, and how to get each kind of evidence.

use falconer_observation::Channel;
use serde::Deserialize;

use crate::Condition;
use crate::condition::ConditionData;

/// A named group of conditions that several rules use.
#[derive(Debug, Clone)]
pub struct Sign {
    /// Its name.
    pub id: String,
    /// It is seen when any of these is.
    pub any: Vec<Condition>,
}

/// A setting in which texts mean less: what is seen there is at most "possible".
#[derive(Debug, Clone)]
pub struct Context {
    /// Its name.
    pub id: String,
    /// What it is, for the answer.
    pub reason: String,
    /// Seen when any of these is …
    pub any: Vec<Condition>,
    /// … and none of these.
    pub unless: Vec<Condition>,
}

/// A kind of evidence and how to get it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceSource {
    /// The channel that it fills.
    #[serde(deserialize_with = "channel")]
    pub channel: Channel,
    /// What it is.
    pub what: String,
    /// What it tells.
    pub why: String,
    /// How to get it on IIS.
    pub iis: Option<String>,
    /// How to get it on Azure App Service.
    pub azure: Option<String>,
}

fn channel<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Channel, D::Error> {
    let name = String::deserialize(deserializer)?;
    Channel::from_name(&name).ok_or_else(|| serde::de::Error::custom(format!("'{name}' is no channel")))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SupportData {
    pub(crate) sign: Vec<SignData>,
    pub(crate) context: Vec<ContextData>,
    pub(crate) evidence: Vec<EvidenceSource>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignData {
    pub(crate) id: String,
    pub(crate) any: Vec<ConditionData>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ContextData {
    pub(crate) id: String,
    pub(crate) reason: String,
    pub(crate) any: Vec<ConditionData>,
    #[serde(default)]
    pub(crate) unless: Vec<ConditionData>,
}

//! Looks at a folder.

use falconer_diagnosis::joined;
use falconer_evidence::{Server, Tree, deployment};
use falconer_observation::{Channel, Evidence, Fact};

use crate::Target;

/// What a folder shows: its paths are relative to it.
#[derive(Debug, Default)]
pub struct Examined {
    /// What was read, with the facts about each file.
    pub evidence: Evidence,
    /// The facts that follow from several files together, or from files and the server.
    pub joins: Vec<Fact>,
}

/// Looks at a folder. `name` is its name on the server, by which an applicationHost.config knows it.
pub fn examine(tree: &dyn Tree, name: &str, server: &Server, target: &Target) -> Examined {
    // Joins know a folder by its name, so it stands before the paths until they are made.
    let name = if name.is_empty() { "." } else { name };
    let mut evidence = deployment(name, tree, server, &target.of_folder());
    let joins = joined(&evidence);
    let prefix = format!("{name}/");
    let strip = |file: &mut String| {
        if let Some(rest) = file.strip_prefix(&prefix) {
            *file = rest.to_owned();
        }
    };
    evidence.observations.iter_mut().for_each(|o| strip(&mut o.source.file));
    evidence.inputs.iter_mut().for_each(|input| strip(&mut input.file));
    evidence.notices.iter_mut().for_each(|notice| strip(&mut notice.source.file));
    Examined { evidence, joins }
}

impl Examined {
    /// All facts.
    pub fn facts(&self) -> impl Iterator<Item = &Fact> {
        self.evidence.facts.iter().chain(&self.joins)
    }

    /// The configuration of the server was read, so that what it locks and declares is known.
    pub(crate) fn has_host_config(&self) -> bool {
        self.evidence.observations.iter().any(|o| o.channel == Channel::AppHostConfig)
    }
}

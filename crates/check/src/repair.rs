//! The repairs of findings.

use std::collections::BTreeMap;

use falconer_fix::{Fix, FixContext, Fixer};
use falconer_observation::{Evidence, Fact};

use crate::Found;

/// The repair of each finding, where there is one; a check without `fix` in the catalogue has none.
pub fn repairs(found: &[Found<'_>], evidence: &Evidence) -> Vec<Option<Fix>> {
    let mut by_observation: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, one) in found.iter().enumerate().filter(|(_, one)| one.lint.fix.is_some()) {
        by_observation.entry(one.fact.observation).or_default().push(number);
    }
    let mut repairs: Vec<Option<Fix>> = found.iter().map(|_| None).collect();
    for (observation, numbers) in by_observation {
        let Some(observation) = evidence.observations.get(observation) else { continue };
        let context = context(evidence, &observation.source.file);
        let fixer = Fixer::new(&observation.text, &context);
        for number in numbers {
            if let (Some(one), Some(slot)) = (found.get(number), repairs.get_mut(number)) {
                *slot = fixer.fix(&(&one.fact).into());
            }
        }
    }
    repairs
}

/// What is known of the app beside the file.
fn context(evidence: &Evidence, file: &str) -> FixContext {
    let folder = folder_of(file);
    let beside = |fact: &&Fact| {
        let place = evidence.observations.get(fact.observation).map(|o| folder_of(&o.source.file));
        fact.id == "folder.app-kind" && place == Some(folder)
    };
    let kinds: Vec<&Fact> = evidence.facts.iter().filter(beside).collect();
    let is_main = |fact: &&&Fact| fact.fields.get("main").is_some_and(|main| main == "yes");
    // Where web.config starts what is not there, none is the main one; the only one is meant.
    let only = if let [only] = kinds.as_slice() { Some(only) } else { None };
    let kind = kinds.iter().find(is_main).or(only);
    let field =
        |name: &str| kind.and_then(|fact| fact.fields.get(name)).filter(|value| !value.is_empty()).cloned();
    let above = |other: &str| other != folder && folder.starts_with(other);
    let is_config = |name: &str| name.to_ascii_lowercase().ends_with("web.config");
    FixContext {
        entry_dll: field("dll").map(|path| file_name(&path)),
        entry_exe: field("exe").map(|path| file_name(&path)),
        self_contained: field("kind").is_some_and(|kind| kind.starts_with("self-contained")),
        site_root: !evidence
            .observations
            .iter()
            .any(|o| is_config(&o.source.file) && above(folder_of(&o.source.file))),
    }
}

fn folder_of(file: &str) -> &str {
    file.rfind('/').map_or("", |at| file.get(..=at).unwrap_or_default())
}

fn file_name(path: &str) -> String {
    path.rsplit('/').next().unwrap_or(path).to_owned()
}

//! Every fact about a configuration file, defined once: for diagnoses, for checks, for the documentation.

mod app_host;
mod sections;
mod web_config;

pub(super) use app_host::*;
pub(super) use sections::*;
pub(super) use web_config::*;

/// What a fact is worth by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FactKind {
    /// A statement; nothing is wrong with it.
    State,
    /// It works in some settings only, or is hardly meant so.
    Risk,
    /// IIS or the module refuses it, or it cannot have the effect it is there for.
    Fault,
}

/// A fact that can be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FactDefinition {
    /// Its id, in kebab case.
    pub id: &'static str,
    /// What it is worth.
    pub kind: FactKind,
    /// The names of its fields; `aspnetcore` has, besides, the attributes of the element.
    pub fields: &'static [&'static str],
    /// What it means.
    pub about: &'static str,
}

macro_rules! definitions {
    ($($name:ident = $id:literal $kind:ident [$($field:literal),*] $about:literal;)*) => {
        $(
            pub(crate) static $name: FactDefinition = FactDefinition {
                id: $id, kind: FactKind::$kind, fields: &[$($field),*], about: $about,
            };
        )*

        /// All of this file.
        pub(super) const ALL: &[&FactDefinition] = &[$(&$name),*];
    };
}
use definitions;

const PARTS: [&[&FactDefinition]; 3] = [web_config::ALL, sections::ALL, app_host::ALL];

/// All facts about web.config and applicationHost.config.
pub static CONFIG_FACTS: &[&FactDefinition] = &joined();

const fn joined() -> [&'static FactDefinition; PARTS[0].len() + PARTS[1].len() + PARTS[2].len()] {
    let mut all = [PARTS[0][0]; PARTS[0].len() + PARTS[1].len() + PARTS[2].len()];
    let (mut part, mut at) = (0, 0);
    while part < PARTS.len() {
        let mut within = 0;
        while within < PARTS[part].len() {
            all[at] = PARTS[part][within];
            at += 1;
            within += 1;
        }
        part += 1;
    }
    all
}

/// The definition with that id.
pub fn fact_definition(id: &str) -> Option<&'static FactDefinition> {
    CONFIG_FACTS.iter().copied().find(|definition| definition.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn ids_are_unique_and_in_kebab_case() {
        let ids: BTreeSet<&str> = CONFIG_FACTS.iter().map(|definition| definition.id).collect();
        assert_eq!(ids.len(), CONFIG_FACTS.len());
        for id in ids {
            assert!(id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'), "{id}");
            assert_eq!(fact_definition(id).map(|definition| definition.id), Some(id));
        }
    }
}

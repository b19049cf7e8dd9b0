//! Checks that need the whole catalogue: references, ids, completeness.

use falconer_messages::Definitions;

use crate::lint::TARGETS;
use crate::{Catalog, CatalogError, Condition, ConditionKind, Failure, Lint};

/// Checks a failure against the whole catalogue: its references, its completeness, its expressions.
pub(crate) fn failure(
    catalog: &Catalog,
    messages: &Definitions,
    failure: &Failure,
) -> Result<(), CatalogError> {
    let fault = |(place, what)| CatalogError::Invalid { file: format!("{}.toml", failure.id), place, what };
    validate_failure(catalog, messages, failure).map_err(fault)?;
    for (number, rule) in failure.rules.iter().enumerate() {
        for condition in rule.all.iter().chain(&rule.any).chain(&rule.none) {
            if let ConditionKind::Regex(expression) = &condition.kind {
                expression.check().map_err(|what| fault((format!("rule {}", number + 1), what)))?;
            }
        }
    }
    Ok(())
}

type Fault = (String, String);

fn validate_failure(catalog: &Catalog, messages: &Definitions, failure: &Failure) -> Result<(), Fault> {
    let at = |place: &str, what: &str| Err((place.to_owned(), what.to_owned()));
    let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if failure.id.is_empty() || !failure.id.chars().all(kebab) {
        return at("id", "use kebab case: lower-case letters, digits and '-'");
    }
    for (place, missing, what) in [
        ("summary", failure.summary.trim().is_empty(), "say what happens and why"),
        ("rule", failure.rules.is_empty(), "add at least one rule"),
        ("remedy", failure.remedies.is_empty(), "say what to do, at least once"),
        ("sources", failure.sources.is_empty(), "say where the facts come from"),
        ("case", failure.cases.is_empty(), "add at least one worked case"),
    ] {
        if missing {
            return at(place, what);
        }
    }
    for (number, rule) in failure.rules.iter().enumerate() {
        for condition in rule.all.iter().chain(&rule.any).chain(&rule.none) {
            references(catalog, messages, condition)
                .map_err(|what| (format!("rule {}", number + 1), what))?;
        }
    }
    for lint in &failure.lints {
        lints(catalog, failure, lint).map_err(|what| (format!("lint {}", lint.id), what))?;
    }
    let neighbours = failure.distinguish.iter().map(|d| &d.from);
    for id in failure.explains.iter().chain(neighbours) {
        if catalog.get(id).is_none() {
            return Err(("explains or distinguish".to_owned(), format!("there is no failure '{id}'")));
        }
        if *id == failure.id {
            return Err((
                "explains or distinguish".to_owned(),
                "a failure is not its own neighbour".to_owned(),
            ));
        }
    }
    Ok(())
}

fn lints(catalog: &Catalog, failure: &Failure, lint: &Lint) -> Result<(), String> {
    let word = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    let is_id = |id: &str| id.split_once('.').is_some_and(|(family, name)| word(family) && word(name));
    if !is_id(&lint.id) || !is_id(&lint.fact) {
        return Err("an id is 'family.name', both in kebab case".to_owned());
    }
    for (missing, what) in [
        (lint.title.trim().is_empty(), "say in a few words what is wrong ('title')"),
        (lint.why.trim().is_empty(), "say why it fails, and how that looks ('why')"),
        (lint.since.trim().is_empty(), "say since which version it is there ('since')"),
        (lint.example.before.is_empty(), "show a folder with the trouble ('before')"),
        (lint.example.after.is_empty(), "show what is different without it ('after')"),
    ] {
        if missing {
            return Err(what.to_owned());
        }
    }
    if let Some(target) = lint.targets.iter().find(|target| !TARGETS.contains(&target.as_str())) {
        return Err(format!("there is no target '{target}': use one of {}", TARGETS.join(", ")));
    }
    let twice = |(other, one): (&Failure, &Lint)| {
        one.id == lint.id && (other.id != failure.id || !std::ptr::eq(one, lint))
    };
    match catalog.lints().find(|pair| twice(*pair)) {
        Some((other, _)) => Err(format!("{} has a check of that id, too", other.id)),
        None => Ok(()),
    }
}

fn references(catalog: &Catalog, messages: &Definitions, condition: &Condition) -> Result<(), String> {
    match &condition.kind {
        ConditionKind::Message(id) => match messages.get(id) {
            None => Err(format!("there is no message '{id}'; `falconer list messages` shows them")),
            Some(message) => {
                let known = |field: &str| {
                    message.eras.iter().any(|era| era.template.fields().any(|f| f.name == field))
                };
                match condition.values.iter().find(|w| !known(&w.field)) {
                    Some(w) => Err(format!("message '{id}' has no field '{}'", w.field)),
                    None => Ok(()),
                }
            }
        },
        ConditionKind::Sign(id) if catalog.sign(id).is_none() => Err(format!("there is no sign '{id}'")),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_check_is_newer_than_this_version() {
        let messages = Definitions::embedded().expect("the messages are valid");
        let catalog = Catalog::embedded(&messages).expect("the catalogue is valid");
        let numbers =
            |text: &str| text.split('.').map(|n| n.parse::<u32>().expect("a number")).collect::<Vec<_>>();
        for (_, lint) in catalog.lints() {
            assert!(
                numbers(&lint.since) <= numbers(env!("CARGO_PKG_VERSION")),
                "{}: {}",
                lint.id,
                lint.since
            );
        }
    }

    #[test]
    fn there_are_many_checks_each_with_a_failure() {
        let messages = Definitions::embedded().expect("the messages are valid");
        let catalog = Catalog::embedded(&messages).expect("the catalogue is valid");
        assert!(catalog.lints().count() >= 60, "{}", catalog.lints().count());
    }

    #[test]
    fn the_shipped_catalogue_is_valid_to_its_last_expression() {
        let messages = Definitions::embedded().expect("the messages are valid");
        let catalog = Catalog::embedded(&messages).expect("the catalogue is valid");
        assert!(catalog.failures().len() >= 100, "{} failures", catalog.failures().len());
        for each in catalog.failures() {
            failure(&catalog, &messages, each).unwrap_or_else(|e| panic!("{e}"));
        }
        let shared = catalog.signs.iter().flat_map(|s| &s.any);
        let contexts = catalog.contexts.iter().flat_map(|c| c.any.iter().chain(&c.unless));
        for condition in shared.chain(contexts) {
            references(&catalog, &messages, condition).unwrap_or_else(|e| panic!("{e}"));
            if let ConditionKind::Regex(expression) = &condition.kind {
                expression.check().unwrap_or_else(|e| panic!("{e}"));
            }
        }
    }
}

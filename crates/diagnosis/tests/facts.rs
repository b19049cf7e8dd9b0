//! Every fact that the catalogue names is one that a reader or a join writes: a misspelt one would never be met.

use std::collections::BTreeSet;

use falconer_catalog::{Catalog, ConditionKind};
use falconer_dotnet::publish::FactId;
use falconer_iis_config::CONFIG_FACTS;
use falconer_messages::Definitions;

/// What the readers of pages, logs and folders, and the joins, write themselves.
const OWN: [&str; 24] = [
    "http.connection-error",
    "page.iis-details",
    "iis-log.failure",
    "httperr.reason",
    "freb.module-error",
    "debug-log.last-step",
    "join.arguments-target-missing",
    "join.process-path-target-missing",
    "join.single-file-in-process",
    "join.full-framework-in-process",
    "join.target-too-old-for-in-process",
    "join.framework-references-conflict",
    "join.framework-config-invalid",
    "join.roll-forward-unknown",
    "join.handler-module-not-registered",
    "join.stdout-folder-not-deployed",
    "join.request-limit-below-app",
    "join.webdav-installed-and-not-removed",
    "join.framework-not-installed",
    "join.framework-other-architecture",
    "join.sub-application-handlers",
    "join.locked-section-used",
    "join.two-in-process-apps",
    "join.app-below-physical-path",
];
const MIXED: &str = "join.mixed-hosting-models";

#[test]
fn the_catalogue_names_only_facts_that_are_written() {
    let messages = Definitions::embedded().expect("valid messages");
    let catalog = Catalog::embedded(&messages).expect("valid catalogue");
    let mut known: BTreeSet<String> = OWN.iter().chain([&MIXED]).map(|id| (*id).to_owned()).collect();
    known.extend(FactId::ALL.iter().map(|id| format!("folder.{}", id.name())));
    for fact in CONFIG_FACTS {
        known.insert(format!("web-config.{}", fact.id));
        known.insert(format!("apphost.{}", fact.id));
    }
    let mut unknown = BTreeSet::new();
    for failure in catalog.failures() {
        let conditions = failure.rules.iter().flat_map(|r| r.all.iter().chain(&r.any).chain(&r.none));
        let named = conditions.filter_map(|c| match &c.kind {
            ConditionKind::Fact(id) => Some(id),
            _ => None,
        });
        let checks = failure.checks.iter().flat_map(|c| c.fails_on.iter().chain(&c.holds_on));
        let lints = failure.lints.iter().map(|lint| &lint.fact);
        for id in named.chain(checks).chain(lints).filter(|id| !known.contains(*id)) {
            unknown.insert(format!("{}: {id}", failure.id));
        }
    }
    assert!(unknown.is_empty(), "{unknown:#?}");
}

//! What IIS refuses of files above and below each other, as facts.

#![allow(clippy::expect_used, reason = "a test stops where something is not as it must be")]

use falconer_iis_config::{
    CONFIG_FACTS, ConfigFact, FactKind, Host, HostConfig, JUDGED_BY_LEVELS, Level, Surroundings, WebConfig,
    fact_definition, findings, inherited_findings,
};

const SDK: &str = include_str!("data/sdk-framework-dependent.config");
const APP_HOST: &str = include_str!("data/applicationHost.config");

fn section(content: &str) -> WebConfig {
    WebConfig::parse(&format!(
        "<configuration><system.webServer>{content}</system.webServer></configuration>"
    ))
}

/// What IIS refuses of a web.config below another one.
fn below(parent: &WebConfig, child: &WebConfig) -> Vec<(usize, ConfigFact)> {
    inherited_findings(&[Level::root(parent), Level::application(child, "api")], Host::Default)
}

/// The only thing that is refused.
fn only(found: Vec<(usize, ConfigFact)>) -> (usize, ConfigFact) {
    assert_eq!(found.len(), 1, "{found:?}");
    let (level, fact) = found.into_iter().next().expect("there is one");
    let definition = fact_definition(fact.id).expect("it is defined");
    assert!(fact.fields.iter().all(|(name, _)| definition.fields.contains(name)), "{fact:?}");
    assert_eq!(fact.kind, definition.kind);
    (level, fact)
}

#[test]
fn a_handler_that_is_inherited_already_is_a_duplicate_with_the_place_of_the_first() {
    let inheritable = SDK.replace(" inheritInChildApplications=\"false\"", "");
    let (parent, child) = (WebConfig::parse(&inheritable), WebConfig::parse(SDK));
    let (level, fact) = only(below(&parent, &child));
    assert_eq!((level, fact.id, fact.at.line), (2, "duplicate-collection-entry", 6));
    for (field, value) in
        [("key", "name"), ("value", "aspNetCore"), ("first_level", "1"), ("first_line", "6")]
    {
        assert_eq!(fact.field(field), Some(value), "{field}");
    }
    assert_eq!(below(&WebConfig::parse(SDK), &child), [], "the SDK's form is not inherited");
}

#[test]
fn what_a_file_doubles_within_itself_has_the_id_and_the_place_of_its_own_findings() {
    let twice = "<staticContent><mimeMap fileExtension='.x' mimeType='a/b' /><mimeMap fileExtension='.x' mimeType='a/c' /></staticContent>";
    let text = format!("<configuration><system.webServer>{twice}</system.webServer></configuration>");
    let config = WebConfig::parse(&text);
    let (level, fact) = only(inherited_findings(&[Level::root(&config)], Host::Default));
    let own = findings(&config, Surroundings::default())
        .into_iter()
        .find(|own| own.id == fact.id)
        .expect("it is found in the file, too");
    assert_eq!((level, fact.span), (1, own.span));
}

#[test]
fn attributes_that_a_file_above_locks_are_refused() {
    let child = section("<httpErrors errorMode='Detailed' existingResponse='PassThrough' />");
    for (locks, refused) in [
        ("lockAttributes='errorMode'", vec!["errorMode"]),
        ("lockAttributes='*'", vec!["errorMode", "existingResponse"]),
        ("lockAttributes='detailedMoreInformationLink, existingResponse'", vec!["existingResponse"]),
        ("lockAllAttributesExcept='errorMode'", vec!["existingResponse"]),
        ("lockAttributes='defaultPath'", vec![]),
        ("", vec![]),
    ] {
        let parent = section(&format!("<httpErrors {locks} />"));
        let found = below(&parent, &child);
        let names: Vec<_> =
            found.iter().map(|(_, fact)| fact.field("attribute").unwrap_or_default()).collect();
        assert_eq!(names, refused, "{locks}");
        assert!(found.iter().all(|(level, fact)| *level == 2 && fact.id == "attribute-locked-above"));
        assert!(found.iter().all(|(_, fact)| fact.field("by_level") == Some("1")));
    }
}

#[test]
fn elements_that_a_file_above_locks_are_refused() {
    let parent = section("<handlers lockElements='clear' /><httpErrors lockAllElementsExcept='error' />");
    let child =
        section("<handlers><clear /></handlers><httpErrors><error statusCode='404' path='a' /></httpErrors>");
    let (_, fact) = only(below(&parent, &child));
    assert_eq!((fact.id, fact.field("element")), ("element-locked-above", Some("clear")));
    assert_eq!(fact.field("parent"), Some("system.webServer/handlers"));
    let child = section("<httpErrors><remove statusCode='404' /></httpErrors>");
    assert_eq!(only(below(&parent, &child)).1.field("element"), Some("remove"));
}

#[test]
fn a_section_is_locked_by_a_location_and_by_lock_item() {
    let child = section("<staticContent />");
    let location = "<configuration><location path='.' overrideMode='Deny'><system.webServer><staticContent /></system.webServer></location></configuration>";
    for parent in [WebConfig::parse(location), section("<staticContent lockItem='true' />")] {
        let (level, fact) = only(below(&parent, &child));
        assert_eq!((level, fact.id), (2, "section-locked-above"));
        assert_eq!(fact.field("section"), Some("system.webServer/staticContent"));
    }
    assert_eq!(below(&section("<staticContent lockItem='false' />"), &child), []);
}

#[test]
fn locks_of_iis_as_installed_are_a_risk_and_those_of_a_given_server_a_fault() {
    let config = section(
        "<security><authentication><windowsAuthentication enabled='true' /></authentication></security>",
    );
    let (_, guessed) = only(inherited_findings(&[Level::root(&config)], Host::Default));
    assert_eq!((guessed.id, guessed.kind), ("locked-section-used", FactKind::Risk));
    let server = HostConfig::parse(APP_HOST);
    let given = |site| Host::Given { config: &server, site };
    let (_, known) = only(inherited_findings(&[Level::root(&config)], given("Default Web Site")));
    assert_eq!(
        (known.id, known.kind, known.field("by_level")),
        ("section-locked-above", FactKind::Fault, Some("0"))
    );
    assert_eq!(inherited_findings(&[Level::root(&config)], given("Shop")), [], "unlocked for this site");
}

#[test]
fn a_given_server_decides_about_entries_and_about_sections_it_does_not_have() {
    let server = HostConfig::parse(APP_HOST);
    let given = Host::Given { config: &server, site: "Shop" };
    let removes = section("<modules><remove name='StaticFileModule' /></modules>");
    let (_, fact) = only(inherited_findings(&[Level::root(&removes)], given));
    assert_eq!((fact.id, fact.field("value")), ("entry-locked-above", Some("StaticFileModule")));
    let rewrite = section("<rewrite><rules><rule name='a' /></rules></rewrite>");
    let (_, fact) = only(inherited_findings(&[Level::root(&rewrite)], given));
    assert_eq!(
        (fact.id, fact.field("section")),
        ("section-not-declared", Some("system.webServer/rewrite/rules"))
    );
}

#[test]
fn a_section_for_the_root_of_an_application_is_refused_in_a_folder() {
    let (root, folder) = (section(""), section("<modules />"));
    let (level, fact) =
        only(inherited_findings(&[Level::root(&root), Level::folder(&folder, "a")], Host::Default));
    assert_eq!((level, fact.id), (2, "section-not-allowed"));
}

#[test]
fn what_levels_judge_better_is_defined() {
    for id in JUDGED_BY_LEVELS {
        assert!(CONFIG_FACTS.iter().any(|definition| definition.id == *id), "{id}");
    }
}

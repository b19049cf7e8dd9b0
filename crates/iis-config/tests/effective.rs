//! Files above and below each other: inheritance, duplicates, locks.

use falconer_iis_config::{ConfigError, ConfigErrorKind, Host, HostConfig, Level, WebConfig, effective};

const SDK: &str = include_str!("data/sdk-framework-dependent.config");
const APP_HOST: &str = include_str!("data/applicationHost.config");

/// The form of SDKs before 2.2: without `<location>`.
fn inheritable() -> String {
    SDK.replace("<location path=\".\" inheritInChildApplications=\"false\">", "").replace("</location>", "")
}

fn section(content: &str) -> WebConfig {
    WebConfig::parse(&format!(
        "<configuration><system.webServer>{content}</system.webServer></configuration>"
    ))
}

fn located(path: &str, more: &str, content: &str) -> WebConfig {
    WebConfig::parse(&format!(
        "<configuration><location path=\"{path}\" {more}><system.webServer>{content}</system.webServer></location></configuration>"
    ))
}

fn errors(chain: &[Level<'_>], host: Host<'_>) -> Vec<(u32, usize, String)> {
    let found = effective(chain, host).err().unwrap_or_default();
    found.iter().map(|error: &ConfigError| (error.hresult(), error.level, error.message())).collect()
}

const HANDLER: &str =
    "<handlers><add name=\"aspNetCore\" path=\"*\" verb=\"*\" modules=\"AspNetCoreModuleV2\" /></handlers>";

#[test]
fn a_sub_application_that_adds_the_inherited_handler_again_is_refused() {
    let (parent, child) = (WebConfig::parse(&inheritable()), WebConfig::parse(SDK));
    let found = errors(&[Level::root(&parent), Level::application(&child, "api")], Host::Default);
    let words = "Cannot add duplicate collection entry of type 'add' with unique key attribute 'name' set to 'aspNetCore'";
    assert_eq!(found, [(0x8007_00B7, 2, words.to_owned())]);
}

#[test]
fn a_location_that_is_not_inherited_by_applications_ends_at_the_next_application() {
    let (parent, child) = (WebConfig::parse(SDK), WebConfig::parse(SDK));
    let chain = [Level::root(&parent), Level::application(&child, "api")];
    let held = effective(&chain, Host::Default).map(|held| held.entries("system.webServer/handlers").len());
    assert_eq!(held, Ok(1));
    let folder = [Level::root(&parent), Level::folder(&child, "api")];
    assert_eq!(errors(&folder, Host::Default).len(), 1, "a folder is no application and inherits");
}

#[test]
fn removing_or_clearing_first_makes_room() {
    let parent = WebConfig::parse(&inheritable());
    for first in ["<remove name=\"aspNetCore\" />", "<clear />"] {
        let child = section(&HANDLER.replace("<handlers>", &format!("<handlers>{first}")));
        assert_eq!(
            errors(&[Level::root(&parent), Level::application(&child, "api")], Host::Default),
            [],
            "{first}"
        );
    }
}

#[test]
fn names_of_handlers_tell_upper_from_lower_case_and_extensions_do_not() {
    let parent = section(
        "<handlers><add name='a' /></handlers><staticContent><mimeMap fileExtension='.x' /></staticContent>",
    );
    let child = section(
        "<handlers><add name='A' /></handlers><staticContent><mimeMap fileExtension='.X' /></staticContent>",
    );
    let found = errors(&[Level::root(&parent), Level::application(&child, "a")], Host::Default);
    assert_eq!(found.len(), 1);
    assert!(found.iter().all(|(_, _, message)| message.contains("'fileExtension' set to '.x'")), "{found:?}");
}

#[test]
fn combined_keys_are_told_as_iis_tells_them() {
    let parent = section("<httpErrors><error statusCode='404' path='a' /></httpErrors>");
    let child = section(
        "<httpErrors><error statusCode='404' subStatusCode='-1' path='b' /><error statusCode='404' subStatusCode='3' path='c' /></httpErrors>",
    );
    let found = errors(&[Level::root(&parent), Level::application(&child, "a")], Host::Default);
    let words = "Cannot add duplicate collection entry of type 'error' with combined key attributes \
                 'statusCode, subStatusCode' respectively set to '404, -1'";
    assert_eq!(found, [(0x8007_00B7, 2, words.to_owned())]);
}

#[test]
fn attributes_of_a_section_add_up_from_level_to_level() {
    let parent = section("<aspNetCore processPath='dotnet' arguments='a.dll' stdoutLogEnabled='true' />");
    let child = section(
        "<aspNetCore arguments='b.dll'><environmentVariables><environmentVariable name='A' value='1'/></environmentVariables></aspNetCore>",
    );
    let chain = [Level::root(&parent), Level::application(&child, "api")];
    let held = effective(&chain, Host::Default).expect("nothing is refused");
    let value = |name: &str| {
        held.value("system.webServer/aspNetCore", name)
            .map(|value| (value.attribute.value.as_str(), value.level))
    };
    assert_eq!(value("processPath"), Some(("dotnet", 1)));
    assert_eq!(value("arguments"), Some(("b.dll", 2)));
    assert_eq!(value("hostingModel"), None);
    assert_eq!(held.entries("system.webServer/aspNetCore/environmentVariables").len(), 1);
    assert!(held.uses("system.webServer/aspNetCore") && !held.uses("system.webServer/rewrite/rules"));
}

#[test]
fn a_location_holds_for_its_path_and_below_only() {
    let parent = located("API", "", HANDLER);
    let child = section(HANDLER);
    let refused =
        |path: &str| errors(&[Level::root(&parent), Level::application(&child, path)], Host::Default).len();
    assert_eq!([refused("api"), refused("api/v1"), refused("apis"), refused("other")], [1, 1, 0, 0]);
}

#[test]
fn what_a_file_locks_is_locked_for_the_files_below_it() {
    let parent = located(".", "overrideMode=\"Deny\"", "<staticContent />");
    let child = section("<staticContent><mimeMap fileExtension='.x' mimeType='a/b' /></staticContent>");
    let found = effective(&[Level::root(&parent), Level::application(&child, "api")], Host::Default).err();
    let kinds: Vec<ConfigErrorKind> = found.unwrap_or_default().into_iter().map(|error| error.kind).collect();
    let section = "system.webServer/staticContent".to_owned();
    assert_eq!(kinds, [ConfigErrorKind::LockedSection { section, by_level: 1 }]);
    let legacy = located(".", "allowOverride=\"false\"", "<staticContent />");
    assert_eq!(errors(&[Level::root(&legacy), Level::application(&child, "api")], Host::Default).len(), 1);
    assert_eq!(errors(&[Level::root(&legacy)], Host::Default), [], "not for itself");
}

#[test]
fn iis_as_installed_locks_authentication_and_leaves_handlers_open() {
    let config = section(
        "<security><authentication><windowsAuthentication enabled='true' /></authentication></security>",
    );
    let found = errors(&[Level::root(&config)], Host::Default);
    assert_eq!(found.iter().map(|(code, ..)| *code).collect::<Vec<_>>(), [0x8007_0021]);
    assert_eq!(errors(&[Level::root(&section(HANDLER))], Host::Default), []);
    let server_only = section("<globalModules />");
    assert!(
        errors(&[Level::root(&server_only)], Host::Default)
            .iter()
            .all(|(_, _, m)| m.contains("may not stand"))
    );
    let modules = section("<modules />");
    let root = section("");
    assert_eq!(
        errors(&[Level::root(&root), Level::folder(&modules, "a")], Host::Default).len(),
        1,
        "in a folder"
    );
}

#[test]
fn a_servers_own_file_decides_by_site() {
    let server = HostConfig::parse(APP_HOST);
    let given = |site| Host::Given { config: &server, site };
    let windows = section(
        "<security><authentication><windowsAuthentication enabled='false' /></authentication></security>",
    );
    assert_eq!(errors(&[Level::root(&windows)], given("shop")), [], "unlocked for this site");
    assert_eq!(errors(&[Level::root(&windows)], given("Default Web Site")).len(), 1);
    let held = effective(&[Level::root(&windows)], given("Shop")).expect("nothing is refused");
    let enabled = held.value("system.webServer/security/authentication/windowsAuthentication", "enabled");
    assert_eq!(enabled.map(|value| (value.attribute.value.as_str(), value.level)), Some(("false", 1)));
}

#[test]
fn a_servers_own_entries_count_too() {
    let server = HostConfig::parse(APP_HOST);
    let given = Host::Given { config: &server, site: "Shop" };
    let json = section("<staticContent><mimeMap fileExtension='.json' mimeType='a/b' /></staticContent>");
    let found = effective(&[Level::root(&json)], given).err().unwrap_or_default();
    let first = found.first().map(|error| &error.kind);
    assert!(
        matches!(first, Some(ConfigErrorKind::Duplicate { first_level: 0, first_at, .. }) if first_at.line == 71),
        "{first:?}"
    );
    let removes = section("<modules><remove name='StaticFileModule' /></modules>");
    let found = errors(&[Level::root(&removes)], given);
    assert_eq!(found.first().map(|(code, level, _)| (*code, *level)), Some((0x8007_0021, 1)), "it is locked");
    let clears = section("<modules><clear /></modules>");
    assert_eq!(errors(&[Level::root(&clears)], given).len(), 1);
}

#[test]
fn a_section_the_server_does_not_declare_is_not_installed() {
    let server = HostConfig::parse(APP_HOST);
    let config = section("<rewrite><rules><rule name='a' /></rules></rewrite>");
    let found = errors(&[Level::root(&config)], Host::Given { config: &server, site: "Shop" });
    let words = "the section system.webServer/rewrite/rules is not declared: what brings it is not installed";
    assert_eq!(found, [(0x8007_000D, 1, words.to_owned())]);
}

#[test]
fn an_error_names_the_line_of_its_file() {
    let (parent, child) = (WebConfig::parse(&inheritable()), WebConfig::parse(SDK));
    let found = effective(&[Level::root(&parent), Level::application(&child, "api")], Host::Default).err();
    let shown = found.and_then(|errors| errors.first().map(ToString::to_string)).unwrap_or_default();
    assert!(shown.starts_with("line 6: Cannot add duplicate"), "{shown}");
}

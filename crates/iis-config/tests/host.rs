//! applicationHost.config.

use falconer_iis_config::{FactKind, HostConfig, OverrideMode, host_findings};

const APP_HOST: &str = include_str!("data/applicationHost.config");

#[test]
fn pools_have_their_own_values_the_defaults_and_those_of_the_schema() {
    let host = HostConfig::parse(APP_HOST);
    let pools = host.pools();
    let shown: Vec<_> = pools
        .iter()
        .map(|pool| {
            (pool.name, pool.bits32, pool.managed_runtime, pool.pipeline, pool.auto_start, pool.start_mode)
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("DefaultAppPool", false, "v4.0", "Integrated", true, "OnDemand"),
            ("Shop", true, "", "Integrated", true, "AlwaysRunning"),
            ("Old", false, "v4.0", "Classic", false, "OnDemand"),
        ]
    );
    let identities: Vec<_> = pools
        .iter()
        .map(|pool| {
            (
                pool.identity.kind,
                pool.identity.user,
                pool.identity.has_password,
                pool.identity.load_user_profile,
            )
        })
        .collect();
    assert_eq!(identities[0], ("ApplicationPoolIdentity", None, false, Some(true)));
    assert_eq!(identities[1], ("SpecificUser", Some("CONTOSO\\shop"), true, Some(true)));
    let limits: Vec<_> =
        pools.iter().map(|pool| (pool.rapid_fail.enabled, pool.rapid_fail.max_crashes)).collect();
    assert_eq!(limits, [(true, "5"), (true, "10"), (true, "5")]);
}

#[test]
fn sites_lead_from_a_number_to_applications_folders_and_bindings() {
    let host = HostConfig::parse(APP_HOST);
    let sites = host.sites();
    let shop = sites.iter().find(|site| site.id == Some(5)).expect("the site is there");
    assert_eq!(shop.name, "Shop");
    let applications: Vec<_> =
        shop.applications.iter().map(|app| (app.path, app.pool, app.preload)).collect();
    assert_eq!(applications, [("/", "Shop", true), ("/api", "shop", false), ("/lost", "Gone", false)]);
    assert_eq!(shop.physical_path("/API"), Some(r"C:\sites\api"));
    assert_eq!(shop.physical_path("/none"), None);
    let endpoints: Vec<_> =
        shop.bindings.iter().map(|binding| (binding.protocol, binding.endpoint())).collect();
    assert_eq!(endpoints, [("http", Some(("*", 80, ""))), ("https", Some(("[::1]", 443, "shop.example")))]);
    let default = sites.first().map(|site| (site.auto_start, site.applications[0].pool));
    assert_eq!(default, Some((false, "DefaultAppPool")));
}

#[test]
fn modules_and_sections_are_found_as_declared() {
    let host = HostConfig::parse(APP_HOST);
    let modules: Vec<_> =
        host.global_modules().iter().map(|module| (module.name, module.bitness())).collect();
    assert_eq!(modules, [("StaticFileModule", None), ("AspNetCoreModuleV2", Some(64))]);
    let windows = host.section_declaration("system.webServer/security/authentication/windowsAuthentication");
    assert_eq!(windows.map(|section| section.override_default), Some(OverrideMode::Deny));
    let ours = host.section_declaration("system.webServer/aspNetCore");
    assert_eq!(ours.map(|section| section.override_default), Some(OverrideMode::Allow));
    assert!(host.section_declaration("system.webServer/rewrite/rules").is_none());
}

#[test]
fn the_locations_of_a_server_name_sites() {
    let host = HostConfig::parse(APP_HOST);
    let paths: Vec<_> = host.config().scopes().iter().map(|scope| scope.path()).collect();
    assert_eq!(paths, ["", "", "Shop"]);
}

#[test]
fn a_quoted_piece_is_read_and_nothing_is_missed_in_it() {
    let quoted = r#"applicationhost.config: <sectionGroup name="authentication"><section name="windowsAuthentication" overrideModeDefault="Allow" /></sectionGroup>"#;
    let host = HostConfig::excerpt(quoted);
    let declared = host.section_declaration("system.webServer/security/authentication/windowsAuthentication");
    assert_eq!(declared.map(|section| section.override_default), Some(OverrideMode::Allow));
    assert_eq!(host_findings(&host), []);
    let pool = HostConfig::excerpt(
        r#"<applicationPools><add name="A" enable32BitAppOnWin64="true" ... /> </applicationPools>"#,
    );
    assert_eq!(pool.pools().first().map(|pool| (pool.name, pool.bits32)), Some(("A", true)));
    let site = HostConfig::excerpt(r#"<site name="S" id="2"><application path="/" applicationPool="P">"#);
    assert_eq!(site.sites().first().map(|site| (site.id, site.applications.len())), Some((Some(2), 1)));
}

#[test]
fn a_healthy_server_is_quiet() {
    let healthy = APP_HOST
        .replace("serverAutoStart=\"false\"", "")
        .replace(" autoStart=\"false\"", "")
        .replace("applicationPool=\"Gone\"", "applicationPool=\"Old\"")
        .replace(" preCondition=\"bitness64\"", "")
        .replace("id=\"5\">", "id=\"5\"><!-- -->")
        .replace("protocol=\"http\" bindingInformation=\"*:80:\" />\n                    <binding protocol=\"https\"", "protocol=\"https\"");
    let troubles: Vec<_> = host_findings(&HostConfig::parse(&healthy))
        .into_iter()
        .filter(|fact| fact.kind != FactKind::State)
        .map(|fact| fact.message)
        .collect();
    assert_eq!(troubles, Vec::<String>::new());
}

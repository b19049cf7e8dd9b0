//! What applicationHost.config says of an application, against the folder that is its root.
#![allow(clippy::expect_used, reason = "a test stops where something is not as it must be")]

use falconer_catalog::Catalog;
use falconer_diagnosis::Diagnoser;
use falconer_messages::Definitions;
use falconer_observation::{Channel, ChannelState, Evidence, Fact, Observation, Source};

/// The diagnoses that are certain.
fn certain(evidence: &Evidence) -> Vec<String> {
    let messages = Definitions::embedded().expect("valid messages");
    let catalog = Catalog::embedded(&messages).expect("valid catalogue");
    let report = Diagnoser::new(&catalog, &messages).diagnose(evidence);
    let sure =
        report.diagnoses.iter().filter(|d| d.confidence == falconer_report::model::Confidence::Certain);
    sure.map(|d| d.id.clone()).collect()
}

fn add(evidence: &mut Evidence, channel: Channel, file: &str, text: &str) -> usize {
    evidence.note_channel(channel, ChannelState::Present);
    evidence.observations.push(Observation::new(channel, Source::file(file).at_line(1), text));
    evidence.observations.len() - 1
}

/// A site whose root is that folder, in a pool of that bitness, with a page and an app in another folder or the same.
fn site(root: &str, bits32: bool, page: &str, app: &str, model: &str, architecture: &str) -> Evidence {
    let mut evidence = Evidence::default();
    add(
        &mut evidence,
        Channel::AppHostConfig,
        "applicationHost.config",
        &format!(
            "<configuration><system.applicationHost><applicationPools><add name=\"Orders\" enable32BitAppOnWin64=\"{bits32}\" />\
             </applicationPools><sites><site name=\"Orders\" id=\"2\"><application path=\"/\" applicationPool=\"Orders\">\
             <virtualDirectory path=\"/\" physicalPath=\"{root}\" /></application></site></sites>\
             </system.applicationHost></configuration>"
        ),
    );
    add(&mut evidence, Channel::Page, "page.txt", page);
    let config = format!(
        "<configuration><system.webServer><handlers><add name=\"aspNetCore\" path=\"*\" verb=\"*\" modules=\"AspNetCoreModuleV2\" />\
         </handlers><aspNetCore processPath=\".\\Orders.exe\" hostingModel=\"{model}\" /></system.webServer></configuration>"
    );
    add(&mut evidence, Channel::WebConfig, &format!("bundle/{app}/web.config"), &config);
    let number =
        add(&mut evidence, Channel::Folder, &format!("bundle/{app}/Orders.runtimeconfig.json"), "{}");
    evidence.facts.push(Fact {
        id: "folder.architecture".to_owned(),
        fields: [("architecture", architecture), ("app", "Orders")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into(),
        observation: number,
        span: None,
        note: format!("Orders is for {architecture}"),
    });
    evidence
}

const STARTING: &str = "HTTP Error 500.30 - ASP.NET Core app failed to start";
const FORBIDDEN: &str = "HTTP Error 403.14 - Forbidden";

#[test]
fn an_app_of_another_bitness_than_its_pool_is_found_in_process_only() {
    for (bits32, model, architecture, found) in [
        (false, "inprocess", "x86", true),
        (true, "inprocess", "x86", false),
        (true, "inprocess", "x64", true),
        (false, "inprocess", "arm64", false),
        (false, "outofprocess", "x86", false),
    ] {
        let evidence = site("C:\\inetpub\\orders", bits32, STARTING, "orders", model, architecture);
        let told = certain(&evidence).iter().any(|id| id == "x86-app-on-64bit-pool");
        assert_eq!(told, found, "32 bit: {bits32}, {model}, {architecture}");
    }
}

#[test]
fn an_app_below_the_root_of_its_site_is_found() {
    for (root, app, found) in [
        ("C:\\inetpub\\orders", "orders/publish", true),
        ("C:\\inetpub\\orders\\", "orders/publish", true),
        ("C:\\inetpub\\orders", "orders", false),
        ("C:\\inetpub\\orders", "shop/publish", false),
        ("", "orders/publish", false),
    ] {
        let evidence = site(root, false, FORBIDDEN, app, "inprocess", "x64");
        let told = certain(&evidence).iter().any(|id| id == "physical-path-wrong");
        assert_eq!(told, found, "{root} and {app}");
    }
}

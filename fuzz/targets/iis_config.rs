//! Configuration of any shape is read, judged and added up.
#![no_main]

use falconer_iis_config::{Host, HostConfig, Level, Surroundings, WebConfig, declared_encoding, effective};
use falconer_iis_config::{findings, host_findings};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    declared_encoding(text.as_bytes());
    let (whole, excerpt) = (WebConfig::parse(text), WebConfig::excerpt(text));
    for config in [&whole, &excerpt] {
        for sub_application in [false, true] {
            for fact in findings(config, Surroundings { sub_application }) {
                assert!(text.get(fact.span.start..fact.span.end).is_some());
            }
        }
    }
    let host = HostConfig::parse(text);
    host_findings(&host);
    host.sites();
    host.pools();
    let chain = [Level::root(&whole), Level::folder(&excerpt, "sub"), Level::application(&whole, "app")];
    for host in [Host::Default, Host::Given { config: &host, site: "Default Web Site" }] {
        if let Ok(effective) = effective(&chain, host) {
            effective.entries("system.webServer/handlers");
            effective.value("system.webServer/aspNetCore", "processPath");
        }
    }
});

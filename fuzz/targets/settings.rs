//! Settings of any shape, and comments in files of any shape, are read and hold for findings at any place.
#![no_main]

use falconer_settings::{Comments, Finding, Known, Rules, Settings};
use libfuzzer_sys::fuzz_target;

const KNOWN: Known<'_> = Known {
    checks: &[("web-config.stdout-log-enabled", "stdout-log-path"), ("folder.app-offline", "app-offline")],
};

fuzz_target!(|text: &str| {
    let mut rules = Rules::new(KNOWN);
    match Settings::parse("falconer.toml", text) {
        Ok(settings) => drop(rules.settings(&settings)),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
    let files = ["web.config", "appsettings.json"];
    for file in files {
        let comments = Comments::read(file, text, &KNOWN);
        for reach in comments.suppressions.iter().flat_map(|one| one.reach.iter().flatten()) {
            assert!(text.get(reach.bytes.clone()).is_some());
        }
        rules.comments(comments.suppressions);
    }
    let findings: Vec<Finding<'_>> = (0..text.len().min(64))
        .map(|offset| {
            let (check, failure) = KNOWN.checks[offset % 2];
            let line = u32::try_from(offset).ok();
            Finding {
                check,
                failure,
                file: files[offset / 2 % 2],
                offset: Some(offset).filter(|_| offset % 3 > 0),
                line,
            }
        })
        .collect();
    let outcome = rules.apply(&findings);
    assert_eq!(outcome.verdicts.len(), findings.len());
    for unused in &outcome.unused {
        assert!(!unused.text.is_empty() && !unused.place.to_string().is_empty());
    }
});

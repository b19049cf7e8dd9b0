//! Files of any kind are repaired: nothing panics, XML stays XML, and a second repair finds nothing to do.
#![no_main]

use falconer_dotnet::appsettings;
use falconer_dotnet::runtimeconfig::RuntimeConfig;
use falconer_fix::{FixContext, Repaired, TextFile, repair, unified_diff};
use falconer_iis_config::{ConfigFact, Surroundings, WebConfig, encoding_finding, findings};
use falconer_observation::Fact;
use libfuzzer_sys::fuzz_target;

fn of_config(found: ConfigFact) -> Fact {
    let fields = found.fields.into_iter().map(|(name, value)| (name.replace('_', "-"), value));
    Fact {
        id: format!("web-config.{}", found.id),
        fields: fields.collect(),
        observation: 0,
        span: Some(found.span.start..found.span.end),
        note: found.message,
    }
}

fn in_folder(name: &str) -> Vec<Fact> {
    vec![Fact {
        id: format!("folder.{name}"),
        fields: Default::default(),
        observation: 0,
        span: None,
        note: String::new(),
    }]
}

fn comes_to_rest(text: &str, context: &FixContext, find: impl Fn(&str) -> Vec<Fact>) -> Repaired {
    let safe = repair(text, context, false, &find);
    let all = repair(text, context, true, &find);
    for (repaired, all) in [(&safe, false), (&all, true)] {
        if repaired.settled {
            let again = repair(&repaired.text, context, all, &find);
            assert!(again.changes.is_empty() && again.text == repaired.text, "{:?}", again.changes);
        }
    }
    all
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(file) = TextFile::read(bytes) else { return };
    assert_eq!(file.bytes().as_deref(), Ok(bytes));
    let entry = |ending: &str| Some(format!("App.{ending}"));
    let known = FixContext { entry_dll: entry("dll"), entry_exe: entry("exe"), ..FixContext::default() };
    let carried = FixContext { self_contained: true, site_root: true, ..known.clone() };
    let contexts = [(FixContext::default(), false), (known, true), (carried, false)];
    // Which one does not matter to the others; the length of the file chooses, so that a run stays short.
    for (context, sub_application) in contexts.into_iter().skip(bytes.len() % 3).take(1) {
        let find = |text: &str| -> Vec<Fact> {
            let stored = file.bytes_of(text).ok().and_then(|bytes| encoding_finding(&bytes));
            let found = findings(&WebConfig::excerpt(text), Surroundings { sub_application });
            found.into_iter().chain(stored).map(of_config).collect()
        };
        let repaired = comes_to_rest(&file.text, &context, find);
        if WebConfig::parse(&file.text).is_complete() {
            assert!(WebConfig::parse(&repaired.text).is_complete(), "{:?}", repaired.changes);
        }
        assert_eq!(unified_diff(&file.text, &repaired.text, "f").is_empty(), file.text == repaired.text);
        if let Ok(bytes) = file.bytes_of(&repaired.text) {
            assert_eq!(TextFile::read(&bytes).map(|again| again.bom), Ok(file.bom));
        }
    }
    let context = FixContext::default();
    comes_to_rest(&file.text, &context, |text| match RuntimeConfig::parse(text.as_bytes()) {
        Ok(config) if config.reserved_property().is_some() => in_folder("runtimeconfig-reserved-property"),
        Ok(_) => Vec::new(),
        Err(_) => in_folder("runtimeconfig-invalid"),
    });
    comes_to_rest(&file.text, &context, |text| match appsettings::inspect(text.as_bytes()) {
        Ok(_) => Vec::new(),
        Err(_) => in_folder("appsettings-invalid"),
    });
});

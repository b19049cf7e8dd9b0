//! JSON files.

use falconer_fix::{FixContext, fix};
use falconer_observation::Fact;

use super::{Row, SAFE, UNSAFE, repaired};
use crate::common::{in_appsettings, in_runtimeconfig};

pub(crate) const RUNTIME_CONFIGS: &[Row] = &[
    (
        "folder.runtimeconfig-invalid",
        "{\n  \"runtimeOptions\": {\n    \"tfm\": \"net8.0\", // here\n  }\n}",
        "{\n  \"runtimeOptions\": {\n    \"tfm\": \"net8.0\" // here\n  }\n}",
        SAFE,
    ),
    (
        "folder.runtimeconfig-invalid",
        "{\"runtimeOptions\": {\"frameworks\": [{\"name\": \"a\" \"version\": \"1.0.0\"}]}}",
        "{\"runtimeOptions\": {\"frameworks\": [{\"name\": \"a\", \"version\": \"1.0.0\"}]}}",
        UNSAFE,
    ),
    (
        "folder.runtimeconfig-invalid",
        "{\"runtimeOptions\": {\"rollForward\": \"latest-minor\"}}",
        "{\"runtimeOptions\": {\"rollForward\": \"LatestMinor\"}}",
        UNSAFE,
    ),
    ("folder.runtimeconfig-invalid", "{\"RuntimeOptions\": {}}", "{\"runtimeOptions\": {}}", UNSAFE),
    (
        "folder.runtimeconfig-reserved-property",
        "{\"runtimeOptions\": {\"configProperties\": {\r\n  \"a\": 1,\r\n  \"PROBING_DIRECTORIES\": \"x\"  , \r\n  \"b\": 2\r\n}}}",
        "{\"runtimeOptions\": {\"configProperties\": {\r\n  \"a\": 1,\r\n  \"b\": 2\r\n}}}",
        UNSAFE,
    ),
    (
        "folder.runtimeconfig-reserved-property",
        "{\"runtimeOptions\": {\"configProperties\": {\n  \"a\": 1, // one\n  \"PROBING_DIRECTORIES\": \"x\"\n}}}",
        "{\"runtimeOptions\": {\"configProperties\": {\n  \"a\": 1 // one\n}}}",
        UNSAFE,
    ),
    (
        "folder.runtimeconfig-reserved-property",
        "{\"runtimeOptions\": {\"configProperties\": { \"FX_DEPS_FILE\": 1 }}}",
        "{\"runtimeOptions\": {\"configProperties\": { }}}",
        UNSAFE,
    ),
    (
        "folder.runtimeconfig-reserved-property",
        "{\"runtimeOptions\": {\"configProperties\": {\"a\": 1, \"FX_DEPS_FILE\": 1, \"b\": 2}}}",
        "{\"runtimeOptions\": {\"configProperties\": {\"a\": 1, \"b\": 2}}}",
        UNSAFE,
    ),
];

pub(crate) const APP_SETTINGS: &[Row] = &[
    (
        "folder.appsettings-invalid",
        "{\n  \"a\": 1 // one\n  \"b\": [1 2],\n  \"c\": {}\n}",
        "{\n  \"a\": 1, // one\n  \"b\": [1, 2],\n  \"c\": {}\n}",
        UNSAFE,
    ),
    ("folder.appsettings-invalid", "{\"a\": 1,, \"b\": [,1]}", "{\"a\": 1, \"b\": [1]}", UNSAFE),
    (
        "folder.appsettings-invalid",
        "{\"ä\": \"\\u00e4\", \"path\": \"C:\\Data\\new\"}",
        "{\"ä\": \"\\u00e4\", \"path\": \"C:\\\\Data\\\\new\"}",
        UNSAFE,
    ),
];

#[test]
fn json_is_repaired_where_the_readers_stumble() {
    for (rows, find) in
        [(RUNTIME_CONFIGS, in_runtimeconfig as fn(&str) -> Vec<Fact>), (APP_SETTINGS, in_appsettings)]
    {
        for (id, before, after, safe) in rows {
            let facts = find(before);
            let found =
                facts.iter().find(|fact| fact.id == *id).unwrap_or_else(|| panic!("{id} in {before}"));
            let fix =
                fix(&found.into(), before, &FixContext::default()).unwrap_or_else(|| panic!("{before}"));
            assert_eq!((repaired(before, &fix).as_str(), fix.safe), (*after, *safe), "{}", fix.text);
            assert_eq!(find(after), Vec::new(), "{after}");
        }
    }
}

#[test]
fn json_that_could_have_meant_anything_is_left_alone() {
    for text in [
        "",
        "{",
        "{\"a\": , \"b\": 1}",
        "{\"a\": \"C:\\\\x\\y\"}",
        "{\"a\": tru}",
        "[1]",
        "{\"a\": 1, \"A\": 2}",
    ] {
        let facts = in_appsettings(text);
        assert_eq!(facts.len(), 1, "{text}");
        assert!(
            facts.iter().all(|found| fix(&found.into(), text, &FixContext::default()).is_none()),
            "{text}"
        );
    }
    for text in [
        "{\"runtimeOptions\": {\"rollForward\": \"never\"}}",
        "{}",
        "{\"runtimeOptions\": {\"framework\": {}}}",
    ] {
        let facts = in_runtimeconfig(text);
        assert_eq!(facts.len(), 1, "{text}");
        assert!(
            facts.iter().all(|found| fix(&found.into(), text, &FixContext::default()).is_none()),
            "{text}"
        );
    }
}

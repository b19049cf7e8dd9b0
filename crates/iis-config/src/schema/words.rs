//! The vocabulary of IIS configuration: which names make elements of it, and which of them contain which.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{COLLECTIONS, SECTIONS};
use crate::suggest::distance;

/// Elements that are neither section, group nor collection.
const STRUCTURE: &[&str] = &[
    "configuration",
    "location",
    "section",
    "sectionGroup",
    "add",
    "remove",
    "clear",
    "customErrors",
    "httpRuntime",
    "compilation",
    "requestLimits",
    "siteDefaults",
    "applicationDefaults",
    "virtualDirectoryDefaults",
    "site",
    "application",
    "virtualDirectory",
    "bindings",
    "binding",
    "applicationPoolDefaults",
    "processModel",
    "recycling",
    "failure",
    "cpu",
    "match",
    "conditions",
    "action",
    "identity",
];

/// What stands directly in `<configuration>` or `<location>`, besides the groups `system.…`.
const TOP: &[&str] = &["configSections", "appSettings", "connectionStrings", "runtime"];

/// Elements that stand in `<aspNetCore>`.
const MODULE_ELEMENTS: &[&str] = &[
    "environmentVariables",
    "environmentVariable",
    "handlerSettings",
    "handlerSetting",
    "recycleOnFileChange",
];

/// Each word with its rank.
static WORDS: LazyLock<HashMap<&'static str, Option<u8>>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    let collections =
        COLLECTIONS.iter().flat_map(|collection| collection.path.split('/').chain([collection.add]));
    let deeper = SECTIONS.iter().flat_map(|section| section.path.split('/').skip(2));
    words
        .extend(STRUCTURE.iter().chain(MODULE_ELEMENTS).copied().chain(collections).map(|word| (word, None)));
    words.extend(SECTIONS.iter().filter_map(|section| Some((section.path.split('/').nth(1)?, Some(3)))));
    // A name that also stands deeper has no rank: `<authentication>` in `<security>`, `<caching>` in `<ftp>`.
    words.extend(deeper.map(|word| (word, None)));
    words.extend(TOP.iter().map(|word| (*word, Some(2))));
    words.extend([("configuration", Some(0)), ("location", Some(1))]);
    words
});

/// Is it the name of an element of IIS configuration?
pub(crate) fn is_known(name: &str) -> bool {
    name.starts_with("system.") || WORDS.contains_key(name)
}

/// Is it nearly the name of an element that stands in `<aspNetCore>`?
pub(crate) fn resembles_module_element(name: &str) -> bool {
    MODULE_ELEMENTS.iter().any(|known| distance(known, name, 3) <= 3)
}

/// Is it known, and known to stand elsewhere than in `<aspNetCore>`?
pub(crate) fn is_foreign_to_module(name: &str) -> bool {
    is_known(name) && !MODULE_ELEMENTS.contains(&name) && !matches!(name, "add" | "remove" | "clear")
}

/// The level on which a name stands: an element never contains one of its own or of a smaller rank.
/// `None` for names that stand on several levels.
pub(crate) fn rank(name: &str) -> Option<u8> {
    if name.starts_with("system.") { Some(2) } else { WORDS.get(name).copied().flatten() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_sections_collections_and_structure_but_no_type_arguments() {
        for name in ["configuration", "windowsAuthentication", "mimeMap", "aspNetCore", "headerLimits", "add"]
        {
            assert!(is_known(name), "{name}");
        }
        for name in ["T", "String", "br", "port", "url"] {
            assert!(!is_known(name), "{name}");
        }
        assert!(resembles_module_element("enviromentVariables"));
        assert!(!resembles_module_element("int"));
    }

    #[test]
    fn ranks_follow_the_nesting_of_a_web_config() {
        let ranks = ["configuration", "location", "system.webServer", "handlers", "security"].map(rank);
        assert_eq!(ranks, [Some(0), Some(1), Some(2), Some(3), Some(3)]);
        assert_eq!(rank("add"), None);
        assert_eq!(rank("authentication"), None, "it stands in system.web and in security");
    }
}

//! What a file above holds already.

use falconer_fix::{Fix, FixContext, fix};
use falconer_iis_config::{Host, Level, WebConfig, inherited_findings};

use super::{repaired, with_sections};
use crate::common::of_config;

/// The repair of what IIS refuses of a file below another one.
fn below(parent: &str, child: &str) -> Option<Fix> {
    let [above, own] = [parent, child].map(WebConfig::parse);
    let levels = [Level::root(&above), Level::application(&own, "api")];
    let found = inherited_findings(&levels, Host::Default);
    let (level, fact) = found.into_iter().next().expect("it is refused");
    assert_eq!((level, fact.id), (2, "duplicate-collection-entry"));
    fix(&(&of_config(fact)).into(), child, &FixContext::default())
}

#[test]
fn an_entry_that_a_file_above_adds_is_removed_before_it_is_added_again() {
    let parent = "<configuration><system.webServer><staticContent><mimeMap fileExtension='.x' mimeType='a/b' /></staticContent></system.webServer></configuration>";
    let child =
        with_sections("<staticContent>\n  <mimeMap fileExtension='.X' mimeType='a/c' />\n</staticContent>");
    let fix = below(parent, &child).expect("a repair");
    let expected = child.replace("  <mimeMap", "  <remove fileExtension='.X' />\n  <mimeMap");
    assert_eq!((repaired(&child, &fix), fix.safe), (expected, false));
}

#[test]
fn the_module_s_lists_know_no_remove() {
    let variables = "<aspNetCore processPath='a.exe'><environmentVariables><environmentVariable name='A' value='1' /></environmentVariables></aspNetCore>";
    let parent = format!("<configuration><system.webServer>{variables}</system.webServer></configuration>");
    assert_eq!(below(&parent, &with_sections(variables)), None);
}

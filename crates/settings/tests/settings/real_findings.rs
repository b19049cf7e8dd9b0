//! Comments for what the reader of web.config really finds.

use falconer_iis_config::{Lines, Surroundings, WebConfig, findings, xml};
use falconer_settings::{Comments, Finding, Known, Rules, Verdict};

const EVERYTHING: &str = include_str!("../../../iis-config/tests/data/everything.config");

const BROKEN: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<configuration>
  <location path="." inheritInChildApplications="false">
    <system.webServer>
      <handlers>
        <add name="aspNetCore" path="*" verb="*" modules="AspNetCoreModuleV3" resourceType="Unspecified" />
        <add name="aspNetCore" path="*" verb="*" modules="AspNetCoreModuleV2" resourceType="Unspecified" />
      </handlers>
      <aspNetCore procesPath="dotnet" processPath="%LAUNCHER_PATH%"
                  arguments=".\App.dll"
                  stdoutLogEnabled="yes" hostingModel="InProc" requestTimeout="00:90:00">
        <environmentVariables>
          <environmentVariable name="A" value="1" />
          <environmentVariable name="A" value="2" />
        </environmentVariables>
        <handlerSetings />
      </aspNetCore>
    </system.webServer>
  </location>
</configuration>
"#;

/// What is found in a text: the fact's name and the first byte of its spot.
fn found(text: &str) -> Vec<(&'static str, usize)> {
    let facts = findings(&WebConfig::parse(text), Surroundings::default());
    facts.into_iter().map(|fact| (fact.id, fact.span.start)).collect()
}

#[test]
fn a_comment_before_the_element_suppresses_each_finding_in_its_start_tag() {
    let mut suppressed = std::collections::BTreeSet::new();
    for text in [BROKEN, EVERYTHING] {
        for (id, spot) in found(text) {
            let (tree, _) = xml::parse(text, &Lines::of(text));
            let Some(tag) =
                tree.nodes().map(|node| node.element().tag).find(|tag| (tag.start..tag.end).contains(&spot))
            else {
                continue;
            };
            let checks = [(id, "some-failure")];
            let known = Known { checks: &checks };
            let comment = format!("\n<!-- falconer: ignore[{id}] reason: test -->\n");
            let commented = format!("{}{comment}{}", &text[..tag.start], &text[tag.start..]);
            let mut rules = Rules::new(known);
            let comments = Comments::read("web.config", &commented, &known);
            assert!(comments.faults.is_empty(), "{:?}", comments.faults);
            rules.comments(comments.suppressions);
            let moved = spot + comment.len();
            assert!(found(&commented).contains(&(id, moved)), "the comment changes no finding: {id}");
            let finding = Finding {
                check: id,
                failure: "some-failure",
                file: "web.config",
                offset: Some(moved),
                line: None,
            };
            let outcome = rules.apply(&[finding]);
            assert!(matches!(outcome.verdicts[..], [Verdict::Suppressed(_)]), "{id}: {commented}");
            suppressed.insert(id);
        }
    }
    assert!(suppressed.len() >= 8, "{suppressed:?}");
}

//! GitHub Actions, Azure Pipelines, GitLab, and the lines that editors follow.

use std::collections::HashSet;

use falconer_report::Options;
use falconer_report::check::{CheckFormat, render};
use proptest::prelude::*;
use serde_json::Value;

use super::{any_report, plain, samples, snapshot};

#[test]
fn only_the_word_of_a_concise_line_is_coloured() {
    let options = Options { color: true, ..Options::default() };
    let text = render(&samples::broken(), CheckFormat::Concise, &options);
    snapshot("check-broken-concise-colour", &text);
}

#[test]
fn what_ends_a_property_or_a_command_is_escaped_for_github() {
    let mut report = samples::broken();
    report.findings.truncate(1);
    report.findings[0].file = "a,b:c%.config".into();
    report.findings[0].title = "x: y, z".into();
    report.findings[0].message = "100% wrong, see: a::b".into();
    report.findings[0].why = "Because.".into();
    let text = plain(&report, CheckFormat::Github);
    let expected = "::error file=publish/a%2Cb%3Ac%25.config,title=folder.wrong-platform%3A x%3A y%2C z::\
                    100%25 wrong, see: a::b%0ABecause.%0AFix: Publish for Windows.";
    assert_eq!(text.lines().next(), Some(expected));
}

#[test]
fn columns_of_a_spot_of_several_lines_are_left_out_for_github() {
    let mut report = samples::broken();
    report.findings[3].end_line = Some(8);
    let text = plain(&report, CheckFormat::Github);
    assert!(text.contains("::error file=publish/web.config,line=6,endLine=8,title="), "{text}");
}

#[test]
fn what_ends_a_property_or_a_command_is_escaped_for_azure() {
    let mut report = samples::broken();
    report.findings.truncate(1);
    report.findings[0].file = "a;b]c%.config".into();
    report.findings[0].message = "100% ##vso[task.complete result=Succeeded;]".into();
    let text = plain(&report, CheckFormat::Azure);
    let expected = "##vso[task.logissue type=error;sourcepath=publish/a%3Bb%5Dc%AZP25.config;\
                    code=folder.wrong-platform]100%AZP25 ##vso[task.complete result=Succeeded;]";
    assert_eq!(text.lines().next(), Some(expected));
}

#[test]
fn a_note_cannot_command_azure() {
    let mut report = samples::broken();
    report.findings = vec![report.findings[1].clone()];
    report.findings[0].message = "##vso[task.complete result=Succeeded;]".into();
    let text = plain(&report, CheckFormat::Azure);
    let note = "publish/Shop.runtimeconfig.json:3: note: ##vso(task.complete result=Succeeded;] (folder.out-of-support)";
    assert_eq!(text.lines().next(), Some(note));
}

fn issues(text: &str) -> Vec<Value> {
    serde_json::from_str(text).unwrap()
}

#[test]
fn a_healthy_folder_is_an_empty_list_for_gitlab() {
    assert_eq!(plain(&samples::healthy(), CheckFormat::Gitlab), "[]\n");
}

#[test]
fn gitlab_gets_no_fingerprint_twice() {
    let mut report = samples::broken();
    let again = report.findings[3].clone();
    report.findings.push(again.clone());
    report.findings.push(again);
    let issues = issues(&plain(&report, CheckFormat::Gitlab));
    let fingerprints: Vec<&str> = issues.iter().map(|i| i["fingerprint"].as_str().unwrap()).collect();
    assert_eq!(fingerprints.iter().collect::<HashSet<_>>().len(), 7);
    assert_eq!(fingerprints[3], "5d41402abc4b2a76b9719d911017c592");
    assert_eq!(fingerprints[6], "5d41402abc4b2a76b9719d911017c592-3");
}

proptest! {
    #[test]
    fn every_line_for_github_is_a_command_of_ours(report in any_report()) {
        let text = plain(&report, CheckFormat::Github);
        let commands = report.findings.len() + report.unused_suppressions.len() + report.warnings.len() + 1;
        prop_assert_eq!(text.lines().count(), commands);
        for line in text.lines() {
            let command = line.strip_prefix("::").and_then(|rest| rest.split_once(' ')).map(|(name, _)| name);
            prop_assert!(matches!(command, Some("error" | "warning" | "notice")), "{line}");
        }
    }

    #[test]
    fn every_line_for_azure_is_an_issue_or_no_command(report in any_report()) {
        for line in plain(&report, CheckFormat::Azure).lines() {
            let issue = line.strip_prefix("##vso[task.logissue type=").and_then(|rest| rest.split_once(']'));
            match issue {
                Some((properties, _)) => {
                    let kind = properties.split(';').next();
                    prop_assert!(matches!(kind, Some("error" | "warning")), "{line}");
                }
                None => prop_assert!(!line.contains('['), "{line}"),
            }
        }
    }

    #[test]
    fn gitlab_gets_what_it_asks_for(report in any_report()) {
        let issues = issues(&plain(&report, CheckFormat::Gitlab));
        prop_assert_eq!(issues.len(), report.findings.len());
        for issue in issues {
            let severity = issue["severity"].as_str().unwrap();
            prop_assert!(["info", "minor", "major", "critical", "blocker"].contains(&severity), "{severity}");
            prop_assert!(issue["description"].is_string() && issue["check_name"].is_string());
            prop_assert!(issue["location"]["path"].is_string());
            prop_assert!(issue["location"]["lines"]["begin"].as_u64().is_some_and(|line| line > 0));
        }
    }

    #[test]
    fn there_are_as_many_concise_lines_as_things_to_say(report in any_report()) {
        let text = plain(&report, CheckFormat::Concise);
        let changes: usize = report.fixed.iter().map(|file| file.changes.len()).sum();
        let things =
            report.findings.len() + report.warnings.len() + report.unused_suppressions.len() + changes;
        prop_assert_eq!(text.lines().count(), things.max(1) + usize::from(!report.not_checked.is_empty()));
    }
}

use falconer_report::check::CheckFormat;
use falconer_report::check::model::Severity;
use proptest::prelude::*;
use roxmltree::{Document, Node};

use super::{any_report, plain, samples};

fn named<'a, 'input>(document: &'a Document<'input>, name: &str) -> Vec<Node<'a, 'input>> {
    document.descendants().filter(|node| node.has_tag_name(name)).collect()
}

#[test]
fn a_healthy_folder_has_a_case_that_passes() {
    let mut report = samples::healthy();
    report.not_checked.clear();
    let text = plain(&report, CheckFormat::Junit);
    let document = Document::parse(&text).unwrap();
    let [case] = named(&document, "testcase")[..] else { panic!("{text}") };
    assert_eq!(case.attribute("name"), Some("no failure found"));
    assert!(!case.has_children());
    assert_eq!(document.root_element().attribute("failures"), Some("0"));
}

#[test]
fn a_folder_of_which_nothing_was_read_passes_no_case() {
    let mut report = samples::healthy();
    report.not_checked.clear();
    report.inputs.clear();
    let text = plain(&report, CheckFormat::Junit);
    assert_eq!(named(&Document::parse(&text).unwrap(), "testcase").len(), 0, "{text}");
}

#[test]
fn a_failed_case_says_what_to_do() {
    let text = plain(&samples::broken(), CheckFormat::Junit);
    let document = Document::parse(&text).unwrap();
    let failures = named(&document, "failure");
    let text = failures.iter().find_map(|node| node.text().filter(|text| text.contains("8.0.7"))).unwrap();
    assert!(text.contains("\nFix on IIS: Install the ASP.NET Core 8.0 Hosting Bundle"), "{text}");
    assert!(text.contains("\n    net stop was /y\n"), "{text}");
}

#[test]
fn hostile_text_stays_text() {
    let text = plain(&samples::hostile(), CheckFormat::Junit);
    let document = Document::parse(&text).unwrap();
    let message = named(&document, "failure")[0].attribute("message").unwrap();
    assert!(message.contains("</pre><script>alert(1)</script>"), "{message}");
    assert!(message.starts_with("<U+001B>[2J<U+009B>31m<U+202E>"), "{message}");
}

proptest! {
    #[test]
    fn every_report_is_xml_and_its_numbers_are_right(report in any_report()) {
        let text = plain(&report, CheckFormat::Junit);
        let document = Document::parse(&text).unwrap();
        let failing = report.findings.iter().filter(|f| f.severity != Severity::Note).count();
        prop_assert_eq!(named(&document, "failure").len(), failing);
        let skipped = report.suppressed.len() + report.not_checked.len();
        prop_assert_eq!(named(&document, "skipped").len(), skipped);
        let cases = named(&document, "testcase").len();
        for suite in [document.root_element(), named(&document, "testsuite")[0]] {
            let number = |name| suite.attribute(name).and_then(|value| value.parse().ok());
            prop_assert_eq!(["tests", "failures", "skipped"].map(number), [cases, failing, skipped].map(Some));
        }
        let known = [
            "testsuites", "testsuite", "properties", "property", "testcase", "failure", "skipped", "system-out",
            "system-err",
        ];
        for node in document.descendants().filter(Node::is_element) {
            prop_assert!(known.contains(&node.tag_name().name()), "{node:?}");
        }
    }
}

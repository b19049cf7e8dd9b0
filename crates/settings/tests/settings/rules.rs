use falconer_settings::{Comments, FailOn, Finding, Rules, Settings, Severity, Verdict};

use super::KNOWN;

const UNKNOWN_ATTRIBUTE: Finding<'_> = Finding {
    check: "web-config.unknown-attribute",
    failure: "web-config-malformed",
    file: "web.config",
    offset: None,
    line: Some(3),
};
const LOG: Finding<'_> = Finding {
    check: "web-config.stdout-log-enabled",
    failure: "stdout-log-path",
    file: "sub/web.config",
    offset: None,
    line: Some(5),
};
const OFFLINE: Finding<'_> = Finding {
    check: "folder.app-offline",
    failure: "app-offline-left",
    file: "app_offline.htm",
    offset: None,
    line: None,
};
const FINDINGS: [Finding<'_>; 3] = [UNKNOWN_ATTRIBUTE, LOG, OFFLINE];

fn rules(settings: &str, select: &[&str], ignore: &[&str]) -> Rules<'static> {
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let settings = Settings::parse("falconer.toml", settings).expect("the settings are right");
    let mut rules = Rules::new(KNOWN);
    rules.settings(&settings).expect("the settings name known checks");
    rules.arguments(&owned(select), &owned(ignore)).expect("the arguments name known checks");
    rules
}

/// A word for each verdict: `+` shown, `-` not selected, else who suppressed it.
fn verdicts(rules: &Rules<'_>, findings: &[Finding<'_>]) -> Vec<String> {
    let word = |verdict: Verdict| match verdict {
        Verdict::Shown => "+".to_owned(),
        Verdict::NotSelected => "-".to_owned(),
        Verdict::Suppressed(by) => by.place.to_string(),
    };
    rules.apply(findings).verdicts.into_iter().map(word).collect()
}

fn unused(rules: &Rules<'_>, findings: &[Finding<'_>]) -> Vec<String> {
    let told = rules.apply(findings).unused;
    told.iter().map(|unused| format!("{}: {}", unused.place, unused.text)).collect()
}

#[test]
fn without_rules_everything_is_shown() {
    let outcome = Rules::new(KNOWN).apply(&FINDINGS);
    assert_eq!(outcome.verdicts, [Verdict::Shown, Verdict::Shown, Verdict::Shown]);
    assert!(outcome.unused.is_empty());
}

#[test]
fn select_narrows_and_ignore_leaves_out() {
    for (settings, select, ignore, expected) in [
        ("check.select = ['folder']", &[][..], &[][..], ["-", "-", "+"]),
        ("check.select = ['folder']", &["stdout-log-path"], &[], ["-", "+", "-"]),
        ("check.ignore = ['web-config']", &[], &[], ["falconer.toml:1:17", "falconer.toml:1:17", "+"]),
        ("check.ignore = ['stdout-log-path']", &[], &["folder"], ["+", "falconer.toml:1:17", "--ignore"]),
        ("", &["web-config"], &["all"], ["--ignore", "--ignore", "-"]),
        ("", &["all"], &[], ["+", "+", "+"]),
    ] {
        assert_eq!(
            verdicts(&rules(settings, select, ignore), &FINDINGS),
            expected,
            "{settings} {select:?} {ignore:?}"
        );
    }
}

#[test]
fn a_suppression_is_for_its_files_and_keeps_its_reason() {
    let text = "[[check.suppress]]\ncheck = 'web-config'\nfiles = ['/sub/*.config']\nreason = 'legacy'\n";
    let rules = rules(text, &[], &[]);
    assert_eq!(verdicts(&rules, &FINDINGS), ["+", "falconer.toml:1:1", "+"]);
    let outcome = rules.apply(&FINDINGS);
    let Verdict::Suppressed(by) = &outcome.verdicts[1] else { panic!("it is suppressed") };
    assert_eq!((by.reason.as_deref(), by.selector.name()), (Some("legacy"), "web-config"));
    assert!(outcome.unused.is_empty());
}

#[test]
fn a_comment_is_for_what_it_stands_before() {
    let text = "<a>\n<!-- falconer: ignore[all] reason: known -->\n<b\n x='1'/>\n<c/>\n</a>";
    let mut rules = Rules::new(KNOWN);
    rules.comments(Comments::read("web.config", text, &KNOWN).suppressions);
    let at = |offset: Option<usize>, line| Finding { offset, line, ..UNKNOWN_ATTRIBUTE };
    let offset = |needle: &str| text.find(needle);
    for (finding, expected) in [
        (at(None, Some(3)), "web.config:2:1"),
        (at(None, Some(4)), "web.config:2:1"),
        (at(None, Some(5)), "+"),
        (at(None, None), "+"),
        (at(offset("x='1'"), Some(4)), "web.config:2:1"),
        (at(offset("<b"), None), "web.config:2:1"),
        (at(offset("<c"), Some(3)), "+"),
        (Finding { file: "sub/web.config", ..at(None, Some(3)) }, "+"),
    ] {
        assert_eq!(verdicts(&rules, &[finding]), [expected], "{finding:?}");
    }
}

#[test]
fn the_narrowest_suppression_is_named_and_all_that_match_are_used() {
    let text = "<!-- falconer: ignore[web-config.unknown-attribute] reason: known -->\n<a/>";
    let settings = "[check]\nignore = ['web-config']\n[[check.suppress]]\ncheck = 'all'\nreason = 'x'\n";
    let mut rules = rules(settings, &[], &["all"]);
    rules.comments(Comments::read("web.config", text, &KNOWN).suppressions);
    let finding = Finding { line: Some(2), ..UNKNOWN_ATTRIBUTE };
    assert_eq!(verdicts(&rules, &[finding]), ["web.config:1:1"]);
    assert_eq!(verdicts(&rules, &[LOG]), ["falconer.toml:3:1"]);
    assert!(unused(&rules, &[finding]).is_empty());
}

#[test]
fn suppressions_that_match_nothing_are_told() {
    let settings = "[check]\nignore = ['folder.appsettings-invalid']\n[[check.suppress]]\n\
                    check = ['folder', 'stdout-log-path']\nfiles = ['/web.config', '*.htm']\nreason = 'x'\n";
    let text = "<!-- falconer: ignore[web-config.webdav-not-removed, web-config.unknown-attribute] reason: known -->\n<a/>";
    let mut rules = rules(settings, &[], &["webdav-blocks-verbs"]);
    rules.comments(Comments::read("web.config", text, &KNOWN).suppressions);
    assert_eq!(
        unused(&rules, &FINDINGS),
        [
            "falconer.toml:2:11: nothing of folder.appsettings-invalid is found",
            "falconer.toml:3:1: nothing of stdout-log-path is found in /web.config, *.htm, but in sub/web.config, line 5",
            "--ignore: nothing of webdav-blocks-verbs is found",
            "web.config:1:1: nothing of web-config.webdav-not-removed is found on line 2",
            "web.config:1:1: nothing of web-config.unknown-attribute is found on line 2, but in web.config, line 3",
        ]
    );
}

#[test]
fn a_narrower_run_reports_no_suppression_as_unused() {
    let rules = rules("check.ignore = ['folder']", &["web-config"], &[]);
    assert_eq!(verdicts(&rules, &FINDINGS), ["+", "+", "-"]);
    assert!(unused(&rules, &FINDINGS).is_empty());
}

#[test]
fn unknown_checks_are_refused_where_they_are_named() {
    for text in [
        "check.select = ['all', 'flder']",
        "check.ignore = ['all', 'flder']",
        "[[check.suppress]]\ncheck = 'flder'\nreason = 'x'",
        "[check.severity]\nflder = 'note'",
    ] {
        let settings = Settings::parse("falconer.toml", text).expect("it is well-formed");
        let mut rules = Rules::new(KNOWN);
        let error = rules.settings(&settings).expect_err("that check is unknown").to_string();
        assert!(error.ends_with("failure \"flder\"; did you mean \"folder\"?"), "{error}");
        assert!(error.starts_with("falconer.toml:"), "{error}");
        assert_eq!(verdicts(&rules, &FINDINGS), ["+", "+", "+"], "nothing of it counts");
    }
    let mut rules = Rules::new(KNOWN);
    let error = rules.arguments(&[], &["webconfig".to_owned()]).expect_err("that family is unknown");
    assert_eq!(
        error.to_string(),
        "--ignore: there is no check, family or failure \"webconfig\"; did you mean \"web-config\"?"
    );
}

#[test]
fn the_narrowest_selector_gives_the_severity() {
    let text = "[check.severity]\nall = 'note'\nweb-config = 'warning'\nstdout-log-path = 'error'\n\
                \"web-config.stdout-log-folder-missing\" = 'note'\n";
    let rules = rules(text, &[], &[]);
    for (check, failure, expected) in [
        ("folder.app-offline", "app-offline-left", Severity::Note),
        ("web-config.unknown-attribute", "web-config-malformed", Severity::Warning),
        ("web-config.stdout-log-enabled", "stdout-log-path", Severity::Error),
        ("web-config.stdout-log-folder-missing", "stdout-log-path", Severity::Note),
    ] {
        assert_eq!(rules.severity(check, failure, Severity::Warning), expected, "{check}");
        assert_eq!(FailOn::Warning.counts(expected), expected != Severity::Note);
    }
    assert_eq!(Rules::new(KNOWN).severity("a.b", "c", Severity::Error), Severity::Error);
}

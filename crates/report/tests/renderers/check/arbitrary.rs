//! Answers of any shape, with any text.

use falconer_report::check::model::*;
use falconer_report::model::{Confidence, Input, Remedy, Snippet, Warning};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

type Text = BoxedStrategy<String>;

/// Reports of such texts: prose, and paths, which are never broken. Names of fixed vocabularies are real ones.
pub(super) fn report(
    prose: impl Strategy<Value = String> + 'static,
    whole: impl Strategy<Value = String> + 'static,
) -> impl Strategy<Value = CheckReport> {
    let (prose, whole) = (prose.boxed(), whole.boxed());
    let suppressed = (check(), whole.clone(), of(1..=u32::MAX), whole.clone(), of(prose.clone()))
        .prop_map(|(check, file, line, by, reason)| Suppressed { check, file, line, by, reason });
    let unused = (whole.clone(), of(1..=u32::MAX), prose.clone())
        .prop_map(|(file, line, text)| UnusedSuppression { file, line, text });
    let not_checked = (prose.clone(), prose.clone(), of(prose.clone()))
        .prop_map(|(what, why, how)| NotChecked { what, why, how });
    let fixed = (whole.clone(), vec(prose.clone(), 0..=2), of(whole.clone()), of(whole.clone()))
        .prop_map(|(file, changes, diff, kept)| FixedFile { file, changes, diff, kept });
    let lists = (
        vec(finding(prose.clone(), whole.clone()), 0..=2),
        vec(not_checked, 0..=1),
        vec(suppressed, 0..=1),
        vec(unused, 0..=1),
        vec(fixed, 0..=1),
        vec((whole.clone(), prose.clone(), any::<u64>()), 0..=1),
        vec((whole.clone(), prose), 0..=1),
    );
    (whole.clone(), target(whole), lists).prop_map(
        |(
            root,
            target,
            (findings, not_checked, suppressed, unused_suppressions, fixed, inputs, warnings),
        )| {
            CheckReport {
                format_version: CHECK_FORMAT_VERSION,
                root,
                target,
                findings,
                not_checked,
                suppressed,
                unused_suppressions,
                fixed,
                inputs: inputs.into_iter().map(|(file, kind, bytes)| Input { file, kind, bytes }).collect(),
                warnings: warnings.into_iter().map(|(file, text)| Warning { file, text }).collect(),
            }
        },
    )
}

fn target(whole: Text) -> impl Strategy<Value = TargetInfo> {
    let platform = select(vec!["iis", "iis-express", "azure", "falconer"]);
    (platform, of(select(vec!["32", "64"])), of(vec(whole, 0..=2))).prop_map(
        |(platform, bitness, runtimes)| TargetInfo {
            platform: platform.into(),
            bitness: bitness.map(str::to_owned),
            runtimes,
        },
    )
}

fn kebab() -> Text {
    "[a-z0-9]{1,3}(-[a-z0-9]{1,2}){0,1}".boxed()
}

fn check() -> Text {
    (kebab(), kebab()).prop_map(|(group, name)| format!("{group}.{name}")).boxed()
}

fn finding(prose: Text, whole: Text) -> impl Strategy<Value = Finding> {
    let names = (check(), prose.clone(), kebab(), prose.clone(), kebab());
    let grades = (
        select(vec![Severity::Note, Severity::Warning, Severity::Error]),
        select(vec![Confidence::Possible, Confidence::Likely, Confidence::Certain]),
    );
    let line = || of(1..=u32::MAX);
    let place = (whole.clone(), line(), line(), line(), line());
    let texts = (prose.clone(), prose.clone(), vec(prose.clone(), 0..=1), "[0-9a-f]{32}");
    let show = (select(vec!["page", "event-log", "stdout"]), prose.clone())
        .prop_map(|(channel, text)| WillShow { channel: channel.into(), text });
    let remedy = (select(vec!["iis", "azure", "project", "any"]), prose.clone(), vec(whole, 0..=2))
        .prop_map(|(platform, text, commands)| Remedy { platform: platform.into(), text, commands });
    let fix = (any::<bool>(), prose.clone()).prop_map(|(safe, text)| FixInfo { safe, text });
    let parts = (vec(show, 0..=1), of(snippet(prose)), vec(remedy, 0..=2), of(fix));
    (names, grades, place, texts, parts).prop_map(|(names, grades, place, texts, parts)| {
        let (check, title, failure, failure_title, scenario) = names;
        let (severity, confidence) = grades;
        let (file, line, column, end_line, end_column) = place;
        let (message, why, sources, fingerprint) = texts;
        let (will_show, snippet, remedies, fix) = parts;
        Finding {
            check,
            title,
            failure,
            failure_title,
            scenario,
            severity,
            confidence,
            message,
            why,
            will_show,
            file,
            line,
            column,
            end_line,
            end_column,
            snippet,
            remedies,
            fix,
            fingerprint,
            sources,
        }
    })
}

fn snippet(prose: Text) -> impl Strategy<Value = Snippet> {
    (1..100_000u32, prose.clone(), 0usize..80, 0usize..80, prose).prop_map(
        |(first_line, text, start, length, label)| {
            let start = text.floor_char_boundary(start);
            let end = text.floor_char_boundary(start + length);
            Snippet { first_line, text, start, end, label }
        },
    )
}

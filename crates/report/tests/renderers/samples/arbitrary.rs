//! Reports of any shape, with any text.

use falconer_report::model::*;
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

type Text = BoxedStrategy<String>;

/// What texts are made of.
#[derive(Clone)]
struct Texts {
    /// Prose and quotations.
    prose: Text,
    /// Paths, times and commands, which are never broken.
    whole: Text,
}

/// Reports made of such texts; names of fixed vocabularies are real ones.
pub(crate) fn report(
    prose: impl Strategy<Value = String> + 'static,
    whole: impl Strategy<Value = String> + 'static,
) -> impl Strategy<Value = Report> {
    let text = Texts { prose: prose.boxed(), whole: whole.boxed() };
    let lists = (
        vec(diagnosis(text.clone()), 0..=2),
        vec(evidence(text.clone()), 0..=1),
        vec(missing(text.clone()), 0..=1),
        vec((text.whole.clone(), text.prose.clone(), any::<u64>()), 0..=1),
        vec((name(CHANNELS), name(&["present", "empty", "nothing", "not-looked"])), 0..=1),
        vec((text.whole, text.prose), 0..=1),
    );
    let verdict =
        select(vec![Verdict::Healthy, Verdict::CauseNamed, Verdict::CauseUnknown, Verdict::NoEvidence]);
    (verdict, lists).prop_map(
        |(verdict, (diagnoses, symptoms, missing_evidence, inputs, channels, warnings))| Report {
            format_version: FORMAT_VERSION,
            verdict,
            diagnoses,
            symptoms,
            missing_evidence,
            inputs: inputs.into_iter().map(|(file, kind, bytes)| Input { file, kind, bytes }).collect(),
            channels: channels.into_iter().map(|(channel, state)| ChannelInfo { channel, state }).collect(),
            warnings: warnings.into_iter().map(|(file, text)| Warning { file, text }).collect(),
        },
    )
}

/// Text that is likely to be taken for markup, for a control sequence, or for something wide.
pub(crate) fn nasty() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        any::<String>(),
        "[ a-z0-9.,:;!?`|<>&@#*_~\\[\\]()\\\\/'\"$%^={}+-]{0,40}",
        "[\n\r\t \u{1b}\\[0-9;mKJ]{0,12}",
        "[漢字構成がー、。👩‍💻🇩🇪é̈]{0,20}",
        Just("```".to_owned()),
        Just("</style></script><img src=x onerror=y>".to_owned()),
        Just("C:\\Program Files\\dotnet\\dotnet.exe".to_owned()),
    ];
    vec(part, 0..4).prop_map(|parts| parts.concat())
}

const CHANNELS: &[&str] = &[
    "page",
    "event-log",
    "stdout",
    "debug-log",
    "web-config",
    "apphost-config",
    "iis-log",
    "httperr",
    "freb",
    "folder",
    "runtimes",
    "note",
];

fn name(names: &'static [&'static str]) -> Text {
    select(names).prop_map(str::to_owned).boxed()
}

fn id() -> Text {
    "[a-z0-9]{1,5}(-[a-z0-9]{1,5}){0,2}".boxed()
}

fn evidence(text: Texts) -> impl Strategy<Value = EvidenceItem> {
    let snippet = (1..100_000u32, text.prose.clone(), 0usize..80, 0usize..80, text.prose.clone()).prop_map(
        |(first_line, text, start, length, label)| {
            // What the schema asks for; other offsets are the business of the excerpt's own tests.
            let start = text.floor_char_boundary(start);
            let end = text.floor_char_boundary(start + length);
            Snippet { first_line, text, start, end, label }
        },
    );
    let place = (name(CHANNELS), text.whole.clone(), of(1..=u32::MAX), of(0..1_000_000u64));
    (place, of(text.whole), of(text.prose.clone()), text.prose, of(snippet)).prop_map(
        |((channel, file, line, record), time, label, quote, snippet)| EvidenceItem {
            channel,
            file,
            line,
            record,
            time,
            label,
            quote,
            snippet,
        },
    )
}

fn missing(text: Texts) -> impl Strategy<Value = MissingEvidence> {
    (text.prose.clone(), text.prose, of(text.whole.clone()), of(text.whole))
        .prop_map(|(what, why, iis, azure)| MissingEvidence { what, why, iis, azure })
}

fn application(text: Texts) -> impl Strategy<Value = Application> {
    let one = || of(text.whole.clone());
    (one(), one(), one(), one(), one(), of(any::<u32>())).prop_map(
        |(id, physical_root, config_path, site, pool, pid)| Application {
            id,
            physical_root,
            config_path,
            site,
            pool,
            pid,
        },
    )
}

fn check(text: Texts) -> impl Strategy<Value = CheckResult> {
    let outcome = select(vec![CheckOutcome::Holds, CheckOutcome::Fails, CheckOutcome::NotKnown]);
    (id(), text.prose, outcome, of(text.whole)).prop_map(|(name, text, outcome, how)| CheckResult {
        name,
        text,
        outcome,
        how,
    })
}

fn remedy(text: Texts) -> impl Strategy<Value = Remedy> {
    (name(&["iis", "azure", "project", "any"]), text.prose, vec(text.whole, 0..=1))
        .prop_map(|(platform, text, commands)| Remedy { platform, text, commands })
}

fn diagnosis(text: Texts) -> impl Strategy<Value = Diagnosis> {
    let confidence = select(vec![Confidence::Certain, Confidence::Likely, Confidence::Possible]);
    let seen = (text.whole.clone(), text.whole.clone(), 1..=u64::MAX).prop_map(|(first, last, count)| Seen {
        first,
        last,
        count,
    });
    let head = (
        id(),
        id(),
        confidence,
        text.prose.clone(),
        text.prose.clone(),
        of(application(text.clone())),
        of(seen),
    );
    let ruled_out = (id(), text.prose.clone(), text.prose.clone()).prop_map(|(id, title, why)| RuledOut {
        id,
        title,
        why,
    });
    let sentences = || vec(text.prose.clone(), 0..=1);
    let lists = (
        sentences(),
        vec(evidence(text.clone()), 0..=1),
        sentences(),
        sentences(),
        vec(remedy(text.clone()), 0..=1),
        vec(ruled_out, 0..=1),
        vec(missing(text.clone()), 0..=1),
        vec(check(text.clone()), 0..=1),
        sentences(),
    );
    (head, lists).prop_map(|((id, scenario, confidence, title, summary, application, seen), lists)| {
        let (
            because,
            evidence,
            contradicted_by,
            consequences,
            remedies,
            ruled_out,
            missing_evidence,
            checks,
            sources,
        ) = lists;
        Diagnosis {
            id,
            scenario,
            confidence,
            title,
            summary,
            application,
            seen,
            because,
            evidence,
            contradicted_by,
            consequences,
            remedies,
            ruled_out,
            missing_evidence,
            checks,
            sources,
        }
    })
}

//! The words that several formats share: where evidence is, what a platform is called, what the answer comes to.

use std::borrow::Cow;

use falconer_observation::Channel;

use crate::clean;
use crate::excerpt;
use crate::model::{
    Application, CheckOutcome, Confidence, Diagnosis, EvidenceItem, MissingEvidence, Report, Seen, Verdict,
};

/// What is to be said plainly where no cause is named.
pub(crate) const ONLY_SYMPTOMS: &str = "only a symptom was seen; the evidence shows that it fails, not why.";

/// How sure, in a word.
pub(crate) const fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Certain => "certain",
        Confidence::Likely => "likely",
        Confidence::Possible => "possible",
    }
}

/// The channel, as people call it.
pub(crate) fn channel(name: &str) -> Cow<'_, str> {
    Channel::from_name(name).map_or_else(|| clean::exact(name), |channel| Cow::Borrowed(channel.title()))
}

/// The state of a channel, in words.
pub(crate) fn channel_state(state: &str) -> Cow<'_, str> {
    match state {
        "present" => Cow::Borrowed("read"),
        "empty" => Cow::Borrowed("there, but empty"),
        "nothing" => Cow::Borrowed("looked at, nothing there"),
        "not-looked" => Cow::Borrowed("not looked at"),
        other => clean::exact(other),
    }
}

/// Where a remedy is applied.
pub(crate) fn platform(name: &str) -> Option<Cow<'_, str>> {
    match name {
        "any" | "" => None,
        "iis" => Some(Cow::Borrowed("on IIS")),
        "azure" => Some(Cow::Borrowed("on Azure App Service")),
        "project" => Some(Cow::Borrowed("in the project")),
        other => Some(clean::exact(other)),
    }
}

/// What an alternative is, for a reader who has read "or" before it.
pub(crate) fn alternative(text: &str) -> Cow<'_, str> {
    text.strip_prefix("Or ").map_or(Cow::Borrowed(text), |rest| Cow::Owned(capital(rest)))
}

/// The outcome of a check, in words.
pub(crate) const fn outcome(outcome: CheckOutcome) -> &'static str {
    match outcome {
        CheckOutcome::Holds => "holds",
        CheckOutcome::Fails => "fails",
        CheckOutcome::NotKnown => "not known",
    }
}

/// File and spot, in the form that editors follow: `web.config:8:18`.
pub(crate) fn place(item: &EvidenceItem) -> String {
    let file = file(&item.file);
    match (&item.snippet, item.line, item.record) {
        (Some(snippet), ..) => {
            let (line, column) = excerpt::spot(snippet);
            format!("{file}:{line}:{column}")
        }
        (None, _, Some(record)) => format!("{file} (record {record})"),
        // What was typed as an argument is mostly one line, and its number says nothing.
        (None, Some(1), None) if item.file.starts_with("argument ") => file.into_owned(),
        (None, Some(line), None) => format!("{file}:{line}"),
        (None, None, None) => file.into_owned(),
    }
}

/// What a piece of evidence is: its label, or the channel where the quotation says the label anyway.
pub(crate) fn what(item: &EvidenceItem) -> String {
    let label = item.label.as_deref().map(clean::line).filter(|label| {
        let quoted = item.snippet.is_none() && clean::line(&item.quote).starts_with(label);
        !label.is_empty() && !quoted
    });
    label.unwrap_or_else(|| channel(&item.channel).into_owned())
}

/// The input's name.
pub(crate) fn file(name: &str) -> Cow<'_, str> {
    if name == "-" { Cow::Borrowed("standard input") } else { clean::exact(name) }
}

/// What is known of the application, each with its name; the worker process last.
pub(crate) fn application(application: &Application) -> Vec<(&'static str, String)> {
    let Application { id, physical_root, config_path, site, pool, pid } = application;
    let text = |value: &Option<String>| value.as_deref().map(|value| clean::exact(value).into_owned());
    let known = [
        ("id", text(id)),
        ("site", text(site)),
        ("pool", text(pool)),
        ("path", text(physical_root)),
        ("config path", text(config_path)),
        ("process", pid.map(|pid| pid.to_string())),
    ];
    known.into_iter().filter_map(|(name, value)| value.map(|value| (name, value))).collect()
}

/// The one thing by which people would call the application.
pub(crate) fn application_name(application: &Application) -> Option<String> {
    let Application { id, physical_root, config_path, site, pool, pid: _ } = application;
    let named = [id, site, physical_root, config_path, pool].into_iter().find_map(Option::as_deref);
    named.map(|name| clean::exact(name).into_owned())
}

/// The first time, the last if it is another, and how often. The day is not said twice.
pub(crate) fn seen(seen: &Seen) -> (String, Option<String>, String) {
    let (first, last) = (clean::exact(&seen.first), clean::exact(&seen.last));
    let times = if seen.count == 1 { "once".to_owned() } else { format!("{} times", seen.count) };
    let day = |time: &str| time.find(' ').map(|at| at + 1);
    let same_day = day(&first).filter(|day| first.get(..*day) == last.get(..*day));
    // Of the same moment one piece of evidence may know the zone and another not.
    let moment = |time: &str| time.trim_end_matches('Z').to_owned();
    let last = (moment(&first) != moment(&last))
        .then(|| last.get(same_day.unwrap_or(0)..).unwrap_or_default().to_owned());
    (first.into_owned(), last, times)
}

/// [`seen`] in one text.
pub(crate) fn seen_text(times: &Seen) -> String {
    let (first, last, times) = seen(times);
    last.map_or_else(|| format!("{first}, {times}"), |last| format!("{first} – {last}, {times}"))
}

/// The word with a capital letter.
pub(crate) fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// `1 cause`, `2 causes`.
pub(crate) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// `17 bytes`, `4.2 KiB`, `1.0 GiB`.
pub(crate) fn bytes(n: u64) -> String {
    const UNITS: [(u64, &str); 3] = [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")];
    for (size, name) in UNITS {
        if n >= size {
            let tenths = u128::from(n) * 10 / u128::from(size);
            return format!("{}.{} {name}", tenths / 10, tenths % 10);
        }
    }
    if n == 1 { "1 byte".to_owned() } else { format!("{n} bytes") }
}

/// Causes and their confidence, in numbers; `None` without any.
fn causes(diagnoses: &[Diagnosis]) -> Option<String> {
    let of = |c: Confidence| diagnoses.iter().filter(|d| d.confidence == c).count();
    let all = [Confidence::Certain, Confidence::Likely, Confidence::Possible];
    let found: Vec<_> = all.into_iter().map(|c| (of(c), confidence(c))).filter(|(n, _)| *n > 0).collect();
    let shares = match found.as_slice() {
        [] => return None,
        [(_, only)] => (*only).to_owned(),
        several => several.iter().map(|(n, name)| format!("{n} {name}")).collect::<Vec<_>>().join(", "),
    };
    Some(format!("{} ({shares})", count(diagnoses.len(), "cause", "causes")))
}

/// What was ruled out, without what another diagnosis names, each once.
fn ruled_out(report: &Report) -> usize {
    let mut ids: Vec<&str> =
        report.diagnoses.iter().flat_map(|d| &d.ruled_out).map(|r| r.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.retain(|id| report.diagnoses.iter().all(|d| d.id != *id));
    ids.len()
}

/// What would make the answer surer: the report's own list, then those of the diagnoses, each once.
pub(crate) fn settling(report: &Report) -> Vec<MissingEvidence> {
    let mut all: Vec<MissingEvidence> = Vec::new();
    let of_diagnoses = report.diagnoses.iter().flat_map(|d| &d.missing_evidence);
    for item in report.missing_evidence.iter().chain(of_diagnoses) {
        if all.iter().all(|known| known.what != item.what) {
            all.push(item.clone());
        }
    }
    all
}

/// Names of missing evidence that the summary spells out.
const NAMED: usize = 4;

/// `not given: stdout log, applicationHost.config`.
fn not_given(report: &Report) -> Option<String> {
    let missing = settling(report);
    let name = |item: &MissingEvidence| clean::line(item.what.strip_prefix("the ").unwrap_or(&item.what));
    let names: Vec<String> = missing.iter().take(NAMED).map(name).collect();
    let more = match missing.len().saturating_sub(NAMED) {
        0 => String::new(),
        n => format!(" and {n} more"),
    };
    (!names.is_empty()).then(|| format!("not given: {}{more}", names.join(", ")))
}

/// What the answer comes to, in one line: causes, what was ruled out, what was not there to look at.
pub(crate) fn summary(report: &Report) -> String {
    let mut parts = Vec::new();
    match report.verdict {
        Verdict::Healthy => {
            parts.push(format!("no failure found in {}", count(report.inputs.len(), "input", "inputs")));
        }
        Verdict::NoEvidence => parts.push("no evidence could be read".to_owned()),
        Verdict::CauseUnknown => {
            let symptoms = count(report.symptoms.len(), "symptom", "symptoms");
            parts.push(format!("cause not known: {symptoms} seen"));
        }
        Verdict::CauseNamed => {}
    }
    if report.verdict != Verdict::Healthy {
        parts.extend(causes(&report.diagnoses));
    }
    match ruled_out(report) {
        0 => {}
        n => parts.push(format!("{} ruled out", count(n, "cause", "causes"))),
    }
    if !report.warnings.is_empty() {
        parts.push(count(report.warnings.len(), "warning", "warnings"));
    }
    if report.verdict != Verdict::Healthy {
        parts.extend(not_given(report));
    }
    if parts.is_empty() { "no cause named".to_owned() } else { parts.join(", ") }
}

/// The channels in which there was something to look at.
pub(crate) fn looked_at(report: &Report) -> Option<String> {
    let present = report.channels.iter().filter(|c| matches!(c.state.as_str(), "present" | "empty"));
    let names: Vec<_> = present.map(|c| channel(&c.channel)).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// What to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Next {
    /// A command of ours.
    Command(String),
    /// Something else, in a sentence.
    Sentence(String),
}

/// What to do next, if there is anything.
pub(crate) fn next(report: &Report) -> Option<Next> {
    let explain = |d: &Diagnosis| Next::Command(format!("falconer explain {}", clean::exact(&d.id)));
    match report.verdict {
        Verdict::Healthy => None,
        Verdict::NoEvidence => Some(Next::Sentence(
            "give an event log, an error page, a stdout log, a web.config, or a folder with any of them"
                .into(),
        )),
        Verdict::CauseNamed => report.diagnoses.first().map(explain),
        Verdict::CauseUnknown => match settling(report).first() {
            Some(first) => {
                Some(Next::Sentence(format!("get {}, and diagnose again with it", clean::line(&first.what))))
            }
            None => report.diagnoses.first().map(explain),
        },
    }
}

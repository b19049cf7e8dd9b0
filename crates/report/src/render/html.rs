//! For whoever is sent the answer: one page, the cause first.

use std::fmt::Write as _;

use crate::clean;
use crate::html::{self, block, escape, exact, inline, list, note, section, source, step, table};
use crate::model::{
    ChannelInfo, CheckResult, Diagnosis, EvidenceItem, MissingEvidence, Report, RuledOut, Verdict,
};
use crate::options::Options;
use crate::wording::{self, Next};

/// The text under construction. Writing to a `String` cannot fail.
type Out = String;

pub(crate) fn render(report: &Report, options: &Options) -> String {
    let mut out = Out::new();
    head(&mut out, report);
    match report.verdict {
        Verdict::CauseNamed => {}
        Verdict::CauseUnknown => unknown(&mut out, report),
        Verdict::Healthy => note(&mut out, "healthy", "No failure found"),
        Verdict::NoEvidence => note(&mut out, "no-evidence", "No evidence could be read"),
    }
    let named = usize::from(report.verdict == Verdict::CauseNamed);
    let (first, others) = report.diagnoses.split_at_checked(named).unwrap_or((&report.diagnoses, &[]));
    first.iter().for_each(|best| diagnosis(&mut out, best));
    other_causes(&mut out, report.verdict, others, options.verbose);
    html::warnings(&mut out, &report.warnings);
    html::inputs(&mut out, &report.inputs);
    channels(&mut out, &report.channels);
    footer(&mut out, report);
    out
}

fn head(out: &mut Out, report: &Report) {
    let summary = wording::summary(report);
    let title = match (report.verdict, report.diagnoses.first()) {
        (Verdict::CauseNamed, Some(best)) => clean::line(&best.title),
        (Verdict::CauseUnknown, _) => "Cause not known".to_owned(),
        _ => summary.clone(),
    };
    html::head(out, &title, &summary);
}

fn footer(out: &mut Out, report: &Report) {
    let next = wording::next(report).map(|next| match next {
        Next::Command(command) => format!("<code>{}</code>", escape(&command)),
        Next::Sentence(sentence) => escape(&sentence),
    });
    html::foot(out, next.as_deref());
}

fn unknown(out: &mut Out, report: &Report) {
    out.push_str("<article class=\"card unknown\">\n<h2>Cause not known</h2>\n");
    let _ = writeln!(out, "<p class=\"lead\">{}</p>", escape(&wording::capital(wording::ONLY_SYMPTOMS)));
    evidence(out, "Symptoms", &report.symptoms);
    missing(out, "Would settle it, cheapest first", &wording::settling(report));
    out.push_str("</article>\n");
}

fn diagnosis(out: &mut Out, diagnosis: &Diagnosis) {
    let sure = wording::confidence(diagnosis.confidence);
    let _ = writeln!(
        out,
        "<article class=\"card {sure}\">\n<p class=\"label\"><span class=\"badge\">{sure}</span> <code>{}</code></p>\n\
         <h2>{}</h2>",
        exact(&diagnosis.id),
        inline(&diagnosis.title),
    );
    facts(out, diagnosis);
    if !diagnosis.summary.trim().is_empty() {
        let _ = writeln!(out, "<p class=\"lead\">{}</p>", inline(&diagnosis.summary));
    }
    list(out, "", "Because", &diagnosis.because);
    list(out, "against", "Against it", &diagnosis.contradicted_by);
    html::remedies(out, &diagnosis.remedies);
    evidence(out, "Evidence", &diagnosis.evidence);
    list(out, "", "What followed", &diagnosis.consequences);
    checks(out, &diagnosis.checks);
    ruled_out(out, &diagnosis.ruled_out);
    missing(out, "Missing evidence, cheapest first", &diagnosis.missing_evidence);
    list(out, "", "Sources", &diagnosis.sources);
    out.push_str("</article>\n");
}

fn facts(out: &mut Out, diagnosis: &Diagnosis) {
    let mut facts: Vec<(&str, String)> = Vec::new();
    for (name, value) in diagnosis.application.iter().flat_map(wording::application) {
        facts.push((if name == "id" { "application" } else { name }, value));
    }
    facts.extend(diagnosis.seen.as_ref().map(|seen| ("seen", wording::seen_text(seen))));
    let facts: Vec<(&str, String)> = facts.into_iter().map(|(name, value)| (name, escape(&value))).collect();
    html::facts(out, &facts);
}

fn evidence(out: &mut Out, title: &str, items: &[EvidenceItem]) {
    if items.is_empty() {
        return;
    }
    section(out, "", title);
    for item in items {
        let what = inline(&wording::what(item));
        let time = item.time.as_deref().map(|time| format!(" · {}", exact(time))).unwrap_or_default();
        let place = escape(&wording::place(item));
        let _ = writeln!(out, "<figure>\n<figcaption><code>{place}</code>{time} · {what}</figcaption>");
        match &item.snippet {
            Some(snippet) => source(out, snippet),
            None => {
                let _ = writeln!(out, "<pre>{}</pre>", block(&item.quote));
            }
        }
        out.push_str("</figure>\n");
    }
    out.push_str("</section>\n");
}

fn checks(out: &mut Out, checks: &[CheckResult]) {
    if checks.is_empty() {
        return;
    }
    section(out, "", "Checks");
    out.push_str("<ul>\n");
    for check in checks {
        let outcome = wording::outcome(check.outcome);
        let class = outcome.replace(' ', "-");
        let how = check.how.as_deref().map(block).unwrap_or_default();
        let how: String = how.lines().map(|line| format!("<br /><code>{line}</code>")).collect();
        let _ =
            writeln!(out, "<li>{} <span class=\"{class}\">{outcome}</span>{how}</li>", inline(&check.text));
    }
    out.push_str("</ul>\n</section>\n");
}

fn ruled_out(out: &mut Out, others: &[RuledOut]) {
    if others.is_empty() {
        return;
    }
    section(out, "", "Ruled out");
    out.push_str("<ul>\n");
    for other in others {
        let (title, why) = (inline(&other.title), inline(&other.why));
        let _ = writeln!(out, "<li><code>{}</code> {title}: {why}</li>", exact(&other.id));
    }
    out.push_str("</ul>\n</section>\n");
}

fn missing(out: &mut Out, title: &str, missing: &[MissingEvidence]) {
    if missing.is_empty() {
        return;
    }
    section(out, "", title);
    out.push_str("<ul>\n");
    for item in missing {
        let _ = writeln!(out, "<li><strong>{}</strong>: {}", inline(&item.what), inline(&item.why));
        for (platform, how) in [("iis", &item.iis), ("azure", &item.azure)] {
            if let Some(how) = how {
                let place = wording::platform(platform).map(|p| escape(&wording::capital(&p)));
                step(out, place.as_deref(), "", how);
            }
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ul>\n</section>\n");
}

fn other_causes(out: &mut Out, verdict: Verdict, others: &[Diagnosis], open: bool) {
    if others.is_empty() {
        return;
    }
    let title = if verdict == Verdict::CauseUnknown { "It could be" } else { "Other causes" };
    section(out, "", title);
    for other in others {
        let sure = wording::confidence(other.confidence);
        let name = other.application.as_ref().and_then(wording::application_name);
        let name = name.map(|name| format!(" <code>{}</code>", escape(&name))).unwrap_or_default();
        let _ = writeln!(
            out,
            "<details{}>\n<summary><span class=\"badge {sure}\">{sure}</span> {}{name}</summary>",
            if open { " open=\"open\"" } else { "" },
            inline(&other.title),
        );
        diagnosis(out, other);
        out.push_str("</details>\n");
    }
    out.push_str("</section>\n");
}

fn channels(out: &mut Out, channels: &[ChannelInfo]) {
    let rows = channels
        .iter()
        .map(|c| [escape(&wording::channel(&c.channel)), escape(&wording::channel_state(&c.state))]);
    table(out, "Channels", ["Channel", "State"], rows.collect());
}

//! One self-contained page: no scripts, nothing from elsewhere, readable in light, dark, narrow and print. What comes
//! from evidence is text and never markup; the page's own policy lets nothing run or load even so.

use std::fmt::Write as _;

use crate::clean;
use crate::excerpt::Excerpt;
use crate::model::{
    ChannelInfo, CheckResult, Diagnosis, EvidenceItem, Input, MissingEvidence, Remedy, Report, RuledOut,
    Snippet, Verdict, Warning,
};
use crate::options::Options;
use crate::prose::{self, Piece};
use crate::wording::{self, Next};

const STYLE: &str = include_str!("html.css");

/// The digest of [`STYLE`], by which the policy lets this style apply and no other.
const STYLE_SHA256: &str = "C5dKqS2W2uUsZLSbuROhPo8OkU6wMJ81qSQb1EuW9sc=";

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
    warnings(&mut out, &report.warnings);
    looked_at(&mut out, &report.inputs, &report.channels);
    footer(&mut out, report);
    out
}

/// Text as HTML text or as the value of an attribute.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// Prose in one line; code in backticks becomes `<code>`.
fn inline(text: &str) -> String {
    let line = clean::line(text);
    let html = |piece| match piece {
        Piece::Text(text) => escape(text),
        Piece::Code(code) => format!("<code>{}</code>", escape(code)),
    };
    prose::pieces(&line).into_iter().map(html).collect()
}

/// A path, an id, a time.
fn exact(text: &str) -> String {
    escape(&clean::exact(text))
}

/// Several lines, for `<pre>`. HTML drops one line end at the start.
fn block(text: &str) -> String {
    escape(clean::block(text).trim_matches('\n'))
}

fn head(out: &mut Out, report: &Report) {
    let title = match (report.verdict, report.diagnoses.first()) {
        (Verdict::CauseNamed, Some(best)) => clean::line(&best.title),
        (Verdict::CauseUnknown, _) => "Cause not known".to_owned(),
        _ => wording::summary(report),
    };
    let _ = write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\" />\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         style-src 'sha256-{STYLE_SHA256}'; base-uri 'none'; form-action 'none'\" />\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n\
         <meta name=\"referrer\" content=\"no-referrer\" />\n\
         <meta name=\"generator\" content=\"falconer\" />\n\
         <title>{} – Falconer</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <header class=\"masthead\">\n<h1>Falconer</h1>\n<p>{}</p>\n</header>\n<main>\n",
        escape(&title),
        escape(&wording::capital(&wording::summary(report))),
    );
}

fn footer(out: &mut Out, report: &Report) {
    out.push_str("</main>\n<footer>\n");
    let _ = match wording::next(report) {
        Some(Next::Command(command)) => writeln!(out, "<p>Next: <code>{}</code></p>", escape(&command)),
        Some(Next::Sentence(sentence)) => writeln!(out, "<p>Next: {}</p>", escape(&sentence)),
        None => Ok(()),
    };
    out.push_str("</footer>\n</body>\n</html>\n");
}

/// A card with one sentence.
fn note(out: &mut Out, class: &str, text: &str) {
    let _ = writeln!(out, "<article class=\"card {class}\">\n<h2>{}</h2>\n</article>", escape(text));
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
    remedies(out, &diagnosis.remedies);
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
    if facts.is_empty() {
        return;
    }
    out.push_str("<dl class=\"facts\">\n");
    for (name, value) in facts {
        let _ = writeln!(out, "<div><dt>{name}</dt><dd>{}</dd></div>", escape(&value));
    }
    out.push_str("</dl>\n");
}

fn section(out: &mut Out, class: &str, title: &str) {
    let _ = writeln!(out, "<section class=\"{class}\">\n<h3>{}</h3>", escape(title));
}

fn list(out: &mut Out, class: &str, title: &str, sentences: &[String]) {
    if sentences.is_empty() {
        return;
    }
    section(out, class, title);
    out.push_str("<ul>\n");
    for sentence in sentences {
        let _ = writeln!(out, "<li>{}</li>", inline(sentence));
    }
    out.push_str("</ul>\n</section>\n");
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

/// Numbered lines with the spot marked.
fn source(out: &mut Out, snippet: &Snippet) {
    let excerpt = Excerpt::new(snippet);
    let row = |n: usize| format!("<span class=\"row\"><span class=\"number\">{n:>3}  </span>");
    let (before, spot, after) = excerpt.parts();
    let mut line = excerpt.first_line;
    let _ = write!(out, "<pre>{}", row(line));
    for (part, marked) in [(before, false), (spot, true), (after, false)] {
        for (n, text) in part.split('\n').enumerate() {
            if n > 0 {
                line = line.saturating_add(1);
                let _ = write!(out, "</span>{}", row(line));
            }
            let text = escape(text);
            out.push_str(&if marked && !text.is_empty() { format!("<mark>{text}</mark>") } else { text });
        }
    }
    out.push_str("</span></pre>\n");
    if !excerpt.label.is_empty() {
        let _ = writeln!(out, "<p class=\"note\">↑ {}</p>", escape(&excerpt.label));
    }
}

fn remedies(out: &mut Out, remedies: &[Remedy]) {
    if remedies.is_empty() {
        return;
    }
    section(out, "", "Fix");
    for remedy in remedies {
        let place = wording::platform(&remedy.platform).map(|p| escape(&wording::capital(&p)));
        step(out, place.as_deref(), &inline(&remedy.text), &remedy.commands.join("\n"));
    }
    out.push_str("</section>\n");
}

/// A sentence (HTML already) and the commands that go with it.
fn step(out: &mut Out, place: Option<&str>, sentence: &str, commands: &str) {
    let place = place.map(|p| format!("<span class=\"where\">{p}:</span> ")).unwrap_or_default();
    let _ = writeln!(out, "<div class=\"step\">\n<p>{place}{sentence}</p>");
    if !commands.trim().is_empty() {
        let _ = writeln!(out, "<pre><code>{}</code></pre>", block(commands));
    }
    out.push_str("</div>\n");
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

fn warnings(out: &mut Out, warnings: &[Warning]) {
    let rows = warnings.iter().map(|w| [escape(&wording::file(&w.file)), inline(&w.text)]);
    table(out, "Warnings", ["Input", "What is the matter"], rows.collect());
}

fn looked_at(out: &mut Out, inputs: &[Input], channels: &[ChannelInfo]) {
    let rows =
        inputs.iter().map(|i| [escape(&wording::file(&i.file)), inline(&i.kind), wording::bytes(i.bytes)]);
    table(out, "Read", ["Input", "Kind", "Size"], rows.collect());
    let rows = channels
        .iter()
        .map(|c| [escape(&wording::channel(&c.channel)), escape(&wording::channel_state(&c.state))]);
    table(out, "Channels", ["Channel", "State"], rows.collect());
}

/// A table of cells that are HTML already; nothing without rows.
fn table<const N: usize>(out: &mut Out, title: &str, names: [&str; N], rows: Vec<[String; N]>) {
    if rows.is_empty() {
        return;
    }
    section(out, "", title);
    let names: String = names.iter().map(|name| format!("<th>{name}</th>")).collect();
    let _ = writeln!(out, "<table>\n<thead><tr>{names}</tr></thead>\n<tbody>");
    for row in rows {
        let cells: String = row.iter().map(|cell| format!("<td>{cell}</td>")).collect();
        let _ = writeln!(out, "<tr>{cells}</tr>");
    }
    out.push_str("</tbody>\n</table>\n</section>\n");
}

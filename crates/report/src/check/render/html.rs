//! For whoever is sent the answer: one page with a card for each finding.

use std::fmt::Write as _;

use crate::check::model::{CheckReport, Finding, FixedFile, Severity, WillShow};
use crate::check::wording;
use crate::html::{self, block, escape, exact, inline, note, section, step};
use crate::wording::{capital, channel, confidence};

/// The text under construction. Writing to a `String` cannot fail.
type Out = String;

pub(crate) fn render(report: &CheckReport) -> String {
    let mut out = Out::new();
    html::head(&mut out, &crate::clean::line(&title(report)), &wording::summary(report));
    match report.findings.as_slice() {
        [] if report.inputs.is_empty() => note(&mut out, "no-evidence", "Nothing was checked"),
        [] => note(&mut out, "healthy", "No failure found"),
        findings => findings.iter().for_each(|finding| card(&mut out, report, finding)),
    }
    report.fixed.iter().for_each(|file| fixed(&mut out, report, file));
    tables(&mut out, report);
    let next = wording::next(report).map(|command| format!("<code>{}</code>", exact(&command)));
    html::foot(&mut out, next.as_deref());
    out
}

/// What the window is called.
fn title(report: &CheckReport) -> String {
    match report.findings.as_slice() {
        [only] => only.message.replace('`', ""),
        _ => capital(&wording::summary(report)),
    }
}

const fn class(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        // `note` is what stands under a spot.
        Severity::Note => "hint",
    }
}

fn card(out: &mut Out, report: &CheckReport, finding: &Finding) {
    let _ = writeln!(
        out,
        "<article class=\"card {}\">\n<p class=\"label\"><span class=\"badge\">{}</span> <code>{}</code></p>\n\
         <h2>{}</h2>",
        class(finding.severity),
        finding.severity.name(),
        exact(&finding.check),
        inline(&finding.message),
    );
    let failure = format!("{} <code>{}</code>", inline(&finding.failure_title), exact(&finding.failure));
    let place = exact(&wording::place(report, finding));
    html::facts(
        out,
        &[
            ("where", format!("<code>{place}</code>")),
            ("leads to", failure),
            ("how sure", confidence(finding.confidence).to_owned()),
        ],
    );
    if !finding.why.trim().is_empty() {
        let _ = writeln!(out, "<p class=\"lead\">{}</p>", inline(&finding.why));
    }
    if let Some(snippet) = &finding.snippet {
        section(out, "", "Where");
        out.push_str("<figure>\n");
        html::source(out, snippet);
        out.push_str("</figure>\n</section>\n");
    }
    fixes(out, finding);
    shows(out, &finding.will_show);
    html::list(out, "", "Sources", &finding.sources);
    out.push_str("</article>\n");
}

fn fixes(out: &mut Out, finding: &Finding) {
    if finding.fix.is_none() && finding.remedies.is_empty() {
        return;
    }
    section(out, "", "Fix");
    if let Some(fix) = &finding.fix {
        let flag = format!("With <code>{}</code>", wording::flag(fix));
        step(out, Some(&flag), &inline(&fix.text), "");
    }
    let unnamed = finding.fix.as_ref().map(|_| "By hand");
    finding.remedies.iter().for_each(|remedy| html::remedy(out, unnamed, remedy));
    out.push_str("</section>\n");
}

fn shows(out: &mut Out, shows: &[WillShow]) {
    if shows.is_empty() {
        return;
    }
    section(out, "", "How it will look");
    for show in shows {
        let channel = escape(&capital(&channel(&show.channel)));
        let _ = writeln!(
            out,
            "<figure>\n<figcaption>{channel}</figcaption>\n<pre>{}</pre>\n</figure>",
            block(&show.text)
        );
    }
    out.push_str("</section>\n");
}

fn fixed(out: &mut Out, report: &CheckReport, file: &FixedFile) {
    let path = exact(&wording::path(report, &file.file));
    let done = capital(wording::done(file));
    let _ = writeln!(out, "<article class=\"card healthy\">\n<h2>{done} <code>{path}</code></h2>");
    html::list(out, "", "Changes", &file.changes);
    if let Some(diff) = &file.diff {
        section(out, "", "Diff");
        html::diff(out, diff);
        out.push_str("</section>\n");
    }
    if let Some(kept) = &file.kept {
        html::facts(out, &[("original kept as", exact(kept))]);
    }
    out.push_str("</article>\n");
}

fn tables(out: &mut Out, report: &CheckReport) {
    let rows = report
        .unused_suppressions
        .iter()
        .map(|unused| [exact(&wording::line_of(report, &unused.file, unused.line)), inline(&unused.text)]);
    html::table(out, "Unused suppressions", ["Where", "What"], rows.collect());
    html::warnings(out, &report.warnings);
    let rows = report.not_checked.iter().map(|item| {
        [inline(&item.what), inline(&item.why), item.how.as_deref().map(inline).unwrap_or_default()]
    });
    html::table(out, "Not checked", ["What", "Why", "What would make it possible"], rows.collect());
    let rows = report.suppressed.iter().map(|item| {
        let place = exact(&wording::line_of(report, &item.file, item.line));
        let reason = item.reason.as_deref().map(inline).unwrap_or_default();
        [exact(&item.check), place, exact(&item.by), reason]
    });
    html::table(out, "Suppressed", ["Check", "Where", "By", "Reason"], rows.collect());
    html::table(out, "Checked for", ["Target"], vec![[inline(&wording::target(report))]]);
    html::inputs(out, &report.inputs);
}

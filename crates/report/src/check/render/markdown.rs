//! For comments on pull requests: a table of all findings, then each with its spot, why it fails, and its fix.

use std::fmt::Write as _;

use crate::check::model::{CheckReport, Finding, FixedFile};
use crate::check::wording;
use crate::markdown::{self as md, cell, code, code_cell, fenced, heading, inline};
use crate::model::Confidence;
use crate::options::Options;
use crate::terminal;
use crate::wording::{bytes, capital, channel, confidence};

/// Findings that are told in full unless all is wanted: trackers limit the length of a comment.
const IN_FULL: usize = 10;
/// Rows of the table unless all is wanted.
const ROWS: usize = 50;

/// The text under construction. Writing to a `String` cannot fail.
type Out = String;

pub(crate) fn render(report: &CheckReport, options: &Options) -> String {
    let limit = |n: usize| if options.verbose { usize::MAX } else { n };
    let mut out = Out::new();
    heading(&mut out, 2, &format!("Falconer: {}", inline(&wording::found(report))));
    let besides = wording::besides(report);
    if !besides.is_empty() {
        let _ = writeln!(out, "{}.\n", inline(&capital(&besides.join("; "))));
    }
    overview(&mut out, report, limit(ROWS));
    for finding in report.findings.iter().take(limit(IN_FULL)) {
        write_finding(&mut out, report, finding, options.verbose);
    }
    report.fixed.iter().for_each(|file| fixed(&mut out, report, file));
    lists(&mut out, report, options.verbose);
    md::one_end(out)
}

fn overview(out: &mut Out, report: &CheckReport, limit: usize) {
    let row = |finding: &Finding| {
        [
            finding.severity.name().to_owned(),
            code_cell(&wording::place(report, finding)),
            cell(&finding.message),
            code_cell(&finding.check),
            finding.fix.as_ref().map(|fix| code(wording::flag(fix))).unwrap_or_default(),
        ]
    };
    let rows: Vec<[String; 5]> = report.findings.iter().take(limit).map(row).collect();
    md::plain_table(out, ["", "Where", "What", "Check", "Fix"], &rows);
    if report.findings.len() > limit {
        let _ = writeln!(out, "… {} more\n", report.findings.len() - limit);
    }
}

fn write_finding(out: &mut Out, report: &CheckReport, finding: &Finding, verbose: bool) {
    let (severity, message) = (finding.severity.name(), inline(&finding.message));
    heading(out, 3, &format!("{}: {message}", capital(severity)));
    let sure = match finding.confidence {
        Confidence::Certain => String::new(),
        other => format!(" · {}", confidence(other)),
    };
    let place = code(&wording::place(report, finding));
    let _ = writeln!(out, "{place} · {}{sure}\n", code(&finding.check));
    if let Some(snippet) = &finding.snippet {
        fenced(out, "text", &terminal::plain_snippet(snippet));
    }
    if !finding.why.trim().is_empty() {
        let _ = writeln!(out, "{}\n", inline(&finding.why));
    }
    let _ = writeln!(out, "Failure {}: {}\n", code(&finding.failure), inline(&finding.failure_title));
    if let Some(fix) = &finding.fix {
        let _ = writeln!(out, "**Fix with** {}**:** {}\n", code(wording::flag(fix)), inline(&fix.text));
    }
    let limit = if verbose { usize::MAX } else { 1 };
    for (n, remedy) in finding.remedies.iter().take(limit).enumerate() {
        let name = match (&finding.fix, n) {
            (Some(_), 0) => "or by hand",
            (None, 0) => "fix",
            _ => "or",
        };
        md::remedy(out, Some(name), remedy);
    }
    if verbose {
        for show in &finding.will_show {
            let _ = writeln!(out, "Will show ({}):\n", inline(&channel(&show.channel)));
            fenced(out, "text", &show.text);
        }
        md::list(out, 4, "Sources", &finding.sources);
    }
}

fn fixed(out: &mut Out, report: &CheckReport, file: &FixedFile) {
    let path = code(&wording::path(report, &file.file));
    heading(out, 3, &format!("{} {path}", capital(wording::done(file))));
    for change in &file.changes {
        let _ = writeln!(out, "- {}", inline(change));
    }
    if let Some(kept) = &file.kept {
        let _ = writeln!(out, "- Original kept as {}", code(kept));
    }
    out.push('\n');
    if let Some(diff) = &file.diff {
        fenced(out, "diff", diff);
    }
}

fn lists(out: &mut Out, report: &CheckReport, verbose: bool) {
    let rows: Vec<[String; 2]> = report
        .unused_suppressions
        .iter()
        .map(|u| [code_cell(&wording::line_of(report, &u.file, u.line)), cell(&u.text)])
        .collect();
    md::table(out, 3, "Unused suppressions", ["Where", "What"], &rows);
    let rows: Vec<[String; 2]> =
        report.warnings.iter().map(|w| [code_cell(&w.file), cell(&w.text)]).collect();
    md::table(out, 3, "Not read whole", ["Input", "What is the matter"], &rows);
    if verbose {
        let rows: Vec<[String; 4]> = report
            .suppressed
            .iter()
            .map(|s| {
                let place = wording::line_of(report, &s.file, s.line);
                let reason = s.reason.as_deref().map(cell).unwrap_or_default();
                [code_cell(&s.check), code_cell(&place), code_cell(&s.by), reason]
            })
            .collect();
        md::table(out, 3, "Suppressed", ["Check", "Where", "By", "Reason"], &rows);
        let rows: Vec<[String; 3]> =
            report.inputs.iter().map(|i| [code_cell(&i.file), cell(&i.kind), bytes(i.bytes)]).collect();
        md::table(out, 3, "Read", ["Input", "Kind", "Size"], &rows);
    }
    let _ = writeln!(out, "Checked for {}.\n", inline(&wording::target(report)));
    if let Some(text) = wording::all_not_checked(report) {
        let _ = writeln!(out, "{}.\n", inline(&capital(&text)));
    }
}

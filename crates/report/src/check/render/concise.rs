//! One line per finding, in the form that editors and problem matchers follow: `file:line:column: error[check]: message`.

use std::fmt::Write as _;

use crate::check::model::CheckReport;
use crate::check::wording;
use crate::clean;
use crate::options::Options;
use crate::terminal::Palette;

pub(crate) fn render(report: &CheckReport, options: &Options) -> String {
    let palette = Palette { color: options.color };
    let mut out = String::new();
    // Writing to a `String` cannot fail.
    for finding in &report.findings {
        let style = palette.severity(finding.severity);
        let _ = writeln!(
            out,
            "{}: {style}{}[{}]{style:#}: {}",
            clean::exact(&wording::place(report, finding)),
            finding.severity.name(),
            clean::exact(&finding.check),
            clean::line(&finding.message),
        );
    }
    let (warning, good) = (palette.warning(), palette.good());
    for file in &report.fixed {
        let path = wording::path(report, &file.file);
        let (path, done) = (clean::exact(&path), wording::done(file));
        for change in &file.changes {
            let _ = writeln!(out, "{path}: {good}{done}{good:#}: {}", clean::line(change));
        }
    }
    for unused in &report.unused_suppressions {
        let place = wording::line_of(report, &unused.file, unused.line);
        let (place, text) = (clean::exact(&place), clean::line(&unused.text));
        let _ = writeln!(out, "{place}: {warning}warning{warning:#}: unused suppression: {text}");
    }
    for problem in &report.warnings {
        let (file, text) = (clean::exact(&problem.file), clean::line(&problem.text));
        let _ = writeln!(out, "{file}: {warning}warning{warning:#}: {text}");
    }
    if out.is_empty() {
        let _ = writeln!(out, "{}", wording::summary(report));
    }
    if let Some(not_checked) = wording::all_not_checked(report) {
        let _ = writeln!(out, "{}", clean::line(&not_checked));
    }
    out
}

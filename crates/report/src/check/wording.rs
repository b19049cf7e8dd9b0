//! The words that several formats share: where a finding is, what can be done about it, what the answer comes to.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::model::{CheckReport, Finding, FixInfo, FixedFile, NotChecked, Severity};
use crate::excerpt;
use crate::wording::count;

/// A spot in a file; all from 1, columns in characters, the end behind the last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) line: u32,
    pub(super) column: Option<u32>,
    /// Line and column.
    pub(super) end: Option<(u32, u32)>,
}

/// Where in its file a finding is. What cannot be (an end before the start) is left out.
pub(super) fn spot(finding: &Finding) -> Option<Spot> {
    let Some(line) = finding.line.filter(|line| *line > 0) else {
        let (line, column) = excerpt::spot(finding.snippet.as_ref()?);
        return Some(Spot { line: u32::try_from(line).ok()?, column: u32::try_from(column).ok(), end: None });
    };
    let column = finding.column.filter(|column| *column > 0);
    let end = finding.end_line.zip(finding.end_column).filter(|end| column.is_some_and(|c| *end > (line, c)));
    Some(Spot { line, column, end: end.filter(|(_, column)| *column > 0) })
}

/// The file as it is found from where the command ran.
pub(super) fn path(report: &CheckReport, file: &str) -> String {
    let named = report.root.trim_end_matches('/');
    let root = named.trim_start_matches("./");
    match (root, file) {
        ("" | ".", file) if named.is_empty() == report.root.is_empty() => file.to_owned(),
        (root, ".") => root.trim_end_matches('!').to_owned(),
        (root, file) => format!("{root}/{file}"),
    }
}

/// File and spot, in the form that editors follow: `publish/web.config:8:18`.
pub(super) fn place(report: &CheckReport, finding: &Finding) -> String {
    let path = path(report, &finding.file);
    match spot(finding) {
        Some(Spot { line, column: Some(column), .. }) => format!("{path}:{line}:{column}"),
        Some(Spot { line, column: None, .. }) => format!("{path}:{line}"),
        None => path,
    }
}

/// A place that may have a line.
pub(super) fn line_of(report: &CheckReport, file: &str, line: Option<u32>) -> String {
    // Suppressions are asked for in files and on the command line.
    let path = if file.starts_with("--") { file.to_owned() } else { path(report, file) };
    line.map_or_else(|| path.clone(), |line| format!("{path}:{line}"))
}

/// The argument by which a fix is applied.
pub(super) const fn flag(fix: &FixInfo) -> &'static str {
    if fix.safe { "--fix" } else { "--fix=unsafe" }
}

/// What a remedy by hand is called where `--fix` was named before it.
pub(super) fn by_hand(platform: Option<Cow<'_, str>>) -> String {
    platform.map_or_else(|| "by hand".to_owned(), |place| format!("by hand {place}"))
}

/// `web.config: renamed …` is done, or would be.
pub(super) const fn done(fixed: &FixedFile) -> &'static str {
    if fixed.kept.is_some() { "fixed" } else { "would fix" }
}

/// `1 error, 2 warnings`, without what there is none of; `None` without findings.
fn severities(report: &CheckReport) -> Option<String> {
    let of = |severity| report.findings.iter().filter(|f| f.severity == severity).count();
    let names = [
        (Severity::Error, "error", "errors"),
        (Severity::Warning, "warning", "warnings"),
        (Severity::Note, "note", "notes"),
    ];
    let counts = names.map(|(severity, one, many)| (of(severity), one, many));
    let found: Vec<String> =
        counts.into_iter().filter(|(n, ..)| *n > 0).map(|(n, one, many)| count(n, one, many)).collect();
    (!found.is_empty()).then(|| found.join(", "))
}

/// What was found, and where: `2 errors in 1 file`.
pub(super) fn found(report: &CheckReport) -> String {
    let files: BTreeSet<&str> = report.findings.iter().map(|f| f.file.as_str()).collect();
    match (severities(report), report.inputs.len()) {
        (Some(found), _) => format!("{found} in {}", count(files.len(), "file", "files")),
        (None, 0) => "nothing was checked".to_owned(),
        (None, read) => format!("no failure found in {}", count(read, "file", "files")),
    }
}

/// What `--fix` would do about it.
fn fixable(report: &CheckReport) -> Option<String> {
    let fixes = || report.findings.iter().filter_map(|f| f.fix.as_ref());
    let (safe, all) = (fixes().filter(|fix| fix.safe).count(), fixes().count());
    match (safe, all - safe) {
        (0, 0) => None,
        (safe, 0) => Some(format!("{safe} can be fixed with --fix")),
        (0, other) => Some(format!("{other} can be fixed with --fix=unsafe")),
        (safe, other) => Some(format!("{safe} can be fixed with --fix, {other} more with --fix=unsafe")),
    }
}

/// What the answer comes to, in one line.
pub(super) fn summary(report: &CheckReport) -> String {
    let parts: Vec<String> = [found(report)].into_iter().chain(besides(report)).collect();
    parts.join("; ")
}

/// What there is to say besides findings.
pub(super) fn besides(report: &CheckReport) -> Vec<String> {
    let mut parts: Vec<String> = fixable(report).into_iter().collect();
    let (done, planned): (Vec<_>, Vec<_>) = report.fixed.iter().partition(|f| f.kept.is_some());
    for (files, what) in [(done, "fixed"), (planned, "would be fixed")] {
        if !files.is_empty() {
            parts.push(format!("{} {what}", count(files.len(), "file", "files")));
        }
    }
    if !report.suppressed.is_empty() {
        parts.push(format!("{} suppressed", report.suppressed.len()));
    }
    // Where nothing was checked, they say why.
    if !report.warnings.is_empty() && !report.inputs.is_empty() {
        // "1 warning" is a finding.
        parts.push(format!("{} not read whole", count(report.warnings.len(), "file", "files")));
    }
    parts
}

/// `permissions (no Windows target)`, and what would make it possible.
pub(super) fn not_checked(item: &NotChecked) -> String {
    let how = item.how.as_ref().map(|how| format!("; {how}")).unwrap_or_default();
    format!("{} ({}{how})", item.what, item.why)
}

/// All that was not checked, in one line.
pub(super) fn all_not_checked(report: &CheckReport) -> Option<String> {
    let all: Vec<String> = report.not_checked.iter().map(not_checked).collect();
    (!all.is_empty()).then(|| format!("not checked: {}", all.join(", ")))
}

/// The command to read on with: the page of the first of the worst findings.
pub(super) fn next(report: &CheckReport) -> Option<String> {
    let worst = report.findings.iter().map(|f| f.severity).max()?;
    let first = report.findings.iter().find(|f| f.severity == worst)?;
    Some(format!("falconer explain {}", first.check))
}

/// The target, in words.
pub(super) fn target(report: &CheckReport) -> String {
    let platform = match report.target.platform.as_str() {
        "iis" => "IIS",
        "iis-express" => "IIS Express",
        "azure" => "Azure App Service",
        "falconer" => "Falconer",
        other => other,
    };
    let bits = report.target.bitness.as_ref().map(|bits| format!(", {bits}-bit")).unwrap_or_default();
    let runtimes = report.target.runtimes.as_ref().map(|all| match all.as_slice() {
        [] => ", no runtime".to_owned(),
        all => format!(", {}", all.join(", ")),
    });
    format!("{platform}{bits}{}", runtimes.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::model::{CHECK_FORMAT_VERSION, TargetInfo};

    fn rooted(root: &str) -> CheckReport {
        CheckReport {
            format_version: CHECK_FORMAT_VERSION,
            root: root.into(),
            target: TargetInfo { platform: "iis".into(), bitness: None, runtimes: None },
            findings: Vec::new(),
            not_checked: Vec::new(),
            suppressed: Vec::new(),
            unused_suppressions: Vec::new(),
            fixed: Vec::new(),
            inputs: Vec::new(),
            warnings: Vec::new(),
        }
    }

    #[test]
    fn a_file_is_named_from_where_the_command_ran() {
        let cases = [
            ("", "web.config"),
            (".", "web.config"),
            ("./", "web.config"),
            ("./publish", "publish/web.config"),
            ("publish/", "publish/web.config"),
            ("../out", "../out/web.config"),
            ("C:/site", "C:/site/web.config"),
            ("/", "/web.config"),
            ("site.zip!", "site.zip!/web.config"),
        ];
        for (root, expected) in cases {
            assert_eq!(path(&rooted(root), "web.config"), expected, "{root:?}");
        }
    }

    #[test]
    fn the_folder_itself_is_named_as_it_was() {
        let folder = |root| path(&rooted(root), ".");
        assert_eq!(["", ".", "./publish/", "site.zip!"].map(folder), [".", ".", "publish", "site.zip"]);
    }
}

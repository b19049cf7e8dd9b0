//! `falconer check`: a published folder in, what will fail out.

pub(crate) mod example;
mod repair;
pub(super) mod server;
pub(super) mod settings;
mod subject;

use falconer_catalog::Catalog;
use falconer_check::{Examined, Found, Judged, Target, examine, find, findings, judge, known, not_checked};
use falconer_evidence::{Server, Tree};
use falconer_observation::Evidence;
use falconer_report::check::model::{CHECK_FORMAT_VERSION, CheckReport, FixedFile, Severity};
use falconer_report::check::{CheckFormat, render};
use falconer_report::model::{Input, Warning};
use falconer_settings::{FailOn, Known, Rules, Settings};

use super::Knowledge;
use crate::cli::{CheckArgs, FixMode};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{self, Console};
use crate::progress::{Progress, Watch};
use crate::redaction::Redaction;
use subject::Subject;

pub(super) fn run(args: &CheckArgs, known_all: &Knowledge, console: &Console) -> Result<Exit, Failure> {
    let watch = Watch::default();
    let progress = Progress::start(&watch);
    let subject = Subject::open(&args.path, &watch)?;
    let settings = settings::find(args, &subject)?;
    let (target, server) = server::of(&args.server, &settings)?;
    let checks = known(&known_all.catalog);
    let checker = Checker {
        catalog: &known_all.catalog,
        known: Known { checks: &checks },
        target: &target,
        server: &server,
        settings: &settings,
        args,
        name: server::folder_name(&args.server, &server, subject.name())?,
    };
    let mut checked = checker.check(subject.tree())?;
    let mut fixed = Vec::new();
    if let Some(mode) = args.mode() {
        let repaired = repair::run(&checker, &subject, mode)?;
        if args.writes() {
            fixed = repair::write(&subject, &repaired)?;
            checked = repaired.after;
        } else {
            fixed = repaired.shown(&subject);
        }
    }
    drop(progress);
    let mut report = checker.report(&subject, &checked, fixed);
    Redaction::new(!args.no_redact).check_report(&mut report, &checked.evidence, &known_all.catalog);
    answer(args, &report, console)?;
    Ok(exit(args, &settings, &report))
}

/// What a folder is checked with.
pub(super) struct Checker<'a> {
    catalog: &'a Catalog,
    known: Known<'a>,
    target: &'a Target,
    server: &'a Server,
    settings: &'a Settings,
    args: &'a CheckArgs,
    /// The folder's name on the server.
    name: String,
}

/// What a folder showed.
pub(super) struct Checked<'a> {
    evidence: Evidence,
    judged: Judged<'a>,
}

impl<'a> Checker<'a> {
    /// Looks at a folder once.
    fn check(&self, tree: &dyn Tree) -> Result<Checked<'a>, Failure> {
        let examined = examine(tree, &self.name, self.server, self.target);
        let mut rules = Rules::new(self.known);
        rules.settings(self.settings).map_err(|error| Failure::Usage(error.to_string()))?;
        rules
            .arguments(&self.args.select, &self.args.ignore)
            .map_err(|error| Failure::Usage(error.to_string()))?;
        let found: Vec<Found<'a>> = find(&examined, self.catalog, self.target);
        let Examined { evidence, .. } = examined;
        let judged = judge(found, &evidence, rules, &self.known);
        Ok(Checked { evidence, judged })
    }

    fn report(&self, subject: &Subject, checked: &Checked<'_>, fixed: Vec<FixedFile>) -> CheckReport {
        let Checked { evidence, judged } = checked;
        let notices = evidence.notices.iter().map(|notice| (notice.source.file.clone(), notice.text.clone()));
        let faults = judged.faults.iter().map(|fault| {
            let line = fault.line.map(|line| format!(":{line}")).unwrap_or_default();
            (format!("{}{line}", fault.file), format!("this comment does not count: {}", fault.text))
        });
        let problems = subject.problems().iter().cloned();
        CheckReport {
            format_version: CHECK_FORMAT_VERSION,
            root: subject.root().to_owned(),
            target: self.target.info(),
            findings: findings(&judged.shown, evidence),
            not_checked: not_checked(evidence, self.target),
            suppressed: judged.suppressed.clone(),
            unused_suppressions: judged.unused.clone(),
            fixed,
            inputs: evidence
                .inputs
                .iter()
                .map(|input| Input { file: input.file.clone(), kind: input.kind.clone(), bytes: input.bytes })
                .collect(),
            warnings: notices
                .chain(faults)
                .chain(problems)
                .map(|(file, text)| Warning { file, text })
                .collect(),
        }
    }
}

fn answer(args: &CheckArgs, report: &CheckReport, console: &Console) -> Result<(), Failure> {
    let by_ending = || by_ending(args.output.as_deref()?.extension()?.to_str()?);
    let format = args.format.or_else(by_ending).unwrap_or_default();
    match &args.output {
        Some(path) => {
            output::write_file(path, &render(report, format, &console.file_options(args.verbose)))?;
            console.note(&format!("wrote {}", path.display()));
            Ok(())
        }
        None => console.answer(&render(report, format, &console.options(args.verbose))),
    }
}

/// The format that a file's name asks for.
fn by_ending(ending: &str) -> Option<CheckFormat> {
    match ending.to_ascii_lowercase().as_str() {
        "json" => Some(CheckFormat::Json),
        "sarif" => Some(CheckFormat::Sarif),
        "xml" => Some(CheckFormat::Junit),
        "md" | "markdown" => Some(CheckFormat::Markdown),
        "htm" | "html" => Some(CheckFormat::Html),
        _ => None,
    }
}

fn exit(args: &CheckArgs, settings: &Settings, report: &CheckReport) -> Exit {
    if report.inputs.is_empty() {
        return Exit::Nothing;
    }
    let fail_on = args.fail_on.or(settings.fail_on).unwrap_or_default();
    let counts = |severity: Severity| {
        let severity = match severity {
            Severity::Note => falconer_settings::Severity::Note,
            Severity::Warning => falconer_settings::Severity::Warning,
            Severity::Error => falconer_settings::Severity::Error,
        };
        fail_on.counts(severity)
    };
    match report.findings.iter().any(|finding| counts(finding.severity)) {
        true if !args.exit_zero && fail_on != FailOn::Never => Exit::Found,
        _ => Exit::Healthy,
    }
}

impl CheckArgs {
    /// Which repairs are wanted; `--diff` alone shows the safe ones.
    fn mode(&self) -> Option<FixMode> {
        self.fix.or_else(|| self.diff.then_some(FixMode::Safe))
    }

    /// Whether repairs are written; `--diff` only shows them.
    fn writes(&self) -> bool {
        self.fix.is_some() && !self.diff
    }
}

//! Runs the example of a check: a folder with the trouble, repaired, and the folder without it.

use std::collections::BTreeMap;

use clap::Parser as _;
use falconer_catalog::{Failure as CatalogFailure, Lint, LintFix};
use falconer_check::{Found, known, repairs};
use falconer_dotnet::image::sample::sample;
use falconer_dotnet::support::Date;
use falconer_evidence::{MemoryTree, Server, Tree};
use falconer_fix::{Safety, fixable};
use falconer_report::check::model::Severity;
use falconer_settings::{Known, Settings};

use super::subject::Subject;
use super::{Checked, Checker, Knowledge, repair, server};
use crate::cli::{CheckArgs, FixMode};

/// The day of all examples.
const EXAMPLES_TODAY: Date = Date::new(2026, 1, 1);

/// What stands before the words that describe a program.
const IMAGE: &str = "image:";

#[derive(clap::Parser)]
struct Line {
    #[command(flatten)]
    args: CheckArgs,
}

/// Holds what is found in the example's folders against what the check says of them; the error says how it differs.
pub(crate) fn run(all: &Knowledge, failure: &CatalogFailure, lint: &Lint) -> Result<(), String> {
    let arguments = ["check", "example", "--no-config"].into_iter().map(str::to_owned);
    let line = Line::try_parse_from(arguments.chain(lint.example.arguments.iter().cloned()))
        .map_err(|error| format!("its arguments are not understood: {error}"))?;
    let settings = Settings::default();
    let (mut target, server): (_, Server) =
        server::of(&line.args.server, &settings).map_err(|error| error.to_string())?;
    // The example is the same on every machine and every day.
    target.today = Some(EXAMPLES_TODAY);
    target.host_os = Some(falconer_dotnet::platform::Os::Linux);
    let checks = known(&all.catalog);
    let checker = Checker {
        catalog: &all.catalog,
        known: Known { checks: &checks },
        target: &target,
        server: &server,
        settings: &settings,
        args: &line.args,
        name: "example".to_owned(),
    };
    let before = folder(&lint.example.before)?;
    let mut healthy = lint.example.before.clone();
    for (path, content) in &lint.example.after {
        match content.is_empty() {
            true => drop(healthy.remove(path)),
            false => drop(healthy.insert(path.clone(), content.clone())),
        }
    }
    let check = |tree: &dyn Tree| checker.check(tree).map_err(|error| error.to_string());
    let broken = check(before.tree())?;
    if !shows(&broken, lint) {
        return Err(format!("'before' does not show it, but {}", told(&broken)));
    }
    fixes(&checker, &before, &broken, failure, lint)?;
    let repaired = check(folder(&healthy)?.tree())?;
    match repaired
        .judged
        .shown
        .iter()
        .any(|(one, severity)| *severity >= Severity::Warning || one.lint.id == lint.id)
    {
        true => Err(format!("'after' is not healthy: it shows {}", told(&repaired))),
        false => Ok(()),
    }
}

fn folder(files: &BTreeMap<String, String>) -> Result<Subject, String> {
    let content = |(path, content): (&String, &String)| match content.strip_prefix(IMAGE) {
        Some(words) => Ok((path.clone(), sample(words.trim()).map_err(|error| format!("{path}: {error}"))?)),
        None => Ok((path.clone(), content.clone().into_bytes())),
    };
    let files = files.iter().map(content).collect::<Result<Vec<_>, String>>()?;
    Ok(Subject::in_memory(MemoryTree::new(files)))
}

/// Holds the repair against what the catalogue says of it, and looks whether it repairs.
fn fixes(
    checker: &Checker<'_>,
    before: &Subject,
    broken: &Checked<'_>,
    failure: &CatalogFailure,
    lint: &Lint,
) -> Result<(), String> {
    let Some(LintFix { safe, .. }) = &lint.fix else {
        // Of a fact with several checks, some cases may be beyond repair.
        return match fixable(&lint.fact) {
            Some(_) if lint.values.is_empty() => {
                Err("--fix can repair it, and 'fix' does not say so".to_owned())
            }
            _ => Ok(()),
        };
    };
    let found: Vec<Found<'_>> = broken.judged.shown.iter().map(|(one, _)| one.clone()).collect();
    let repair = repairs(&found, &broken.evidence);
    let own =
        found.iter().zip(repair).find(|(one, _)| one.lint.id == lint.id && one.failure.id == failure.id);
    let Some((_, Some(repair))) = own else {
        return Err("'fix' promises a repair, and there is none for the example".to_owned());
    };
    if repair.safe != *safe && fixable(&lint.fact).map(|fix| fix.safety) != Some(Safety::Depends) {
        return Err(format!("'fix' says safe = {safe}, the repair says {}", repair.safe));
    }
    let repaired = repair::run(checker, before, FixMode::Unsafe).map_err(|error| error.to_string())?;
    match shows(&repaired.after, lint) {
        true => Err(format!("--fix=unsafe leaves it: {}", told(&repaired.after))),
        false => Ok(()),
    }
}

fn shows(checked: &Checked<'_>, lint: &Lint) -> bool {
    checked.judged.shown.iter().any(|(one, _)| one.lint.id == lint.id)
}

fn told(checked: &Checked<'_>) -> String {
    let shown = &checked.judged.shown;
    let words: Vec<String> =
        shown.iter().map(|(one, _)| format!("{} in {} ({})", one.lint.id, one.file, one.fact.note)).collect();
    if words.is_empty() { "nothing".to_owned() } else { words.join("; ") }
}

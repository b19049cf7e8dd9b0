//! `falconer cases`: runs the worked cases of the catalogue.

use std::fmt::Write as _;

use falconer_diagnosis::Diagnoser;

use super::Knowledge;
use super::check::example;
use crate::cases;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Console;

pub(super) fn run(ids: &[String], known: &Knowledge, console: &Console) -> Result<Exit, Failure> {
    let catalog = &known.catalog;
    if let Some(id) = ids.iter().find(|id| catalog.get(id).is_none()) {
        return Err(Failure::Usage(format!("there is no failure '{id}'; `falconer list` shows them")));
    }
    let diagnoser = Diagnoser::new(catalog, &known.messages);
    let (mut out, mut passed, mut failed) = (String::new(), 0_u32, 0_u32);
    let mut count = |failure: &str, name: &str, result: Result<(), String>| match result {
        Ok(()) => passed += 1,
        Err(why) => {
            failed += 1;
            // Writing to a `String` cannot fail.
            let _ = writeln!(out, "{failure}: {name}: {why}");
        }
    };
    for failure in catalog.failures().iter().filter(|f| ids.is_empty() || ids.contains(&f.id)) {
        for case in &failure.cases {
            count(&failure.id, &case.name, cases::run(&diagnoser, failure, case));
        }
        for lint in &failure.lints {
            count(&failure.id, &lint.id, example::run(known, failure, lint));
        }
    }
    let _ = writeln!(out, "{passed} passed, {failed} failed");
    console.answer(&out)?;
    Ok(if failed == 0 { Exit::Healthy } else { Exit::Found })
}

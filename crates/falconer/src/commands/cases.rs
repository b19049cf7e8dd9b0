//! `falconer cases`: runs the worked cases of the catalogue.

use std::fmt::Write as _;

use falconer_catalog::Catalog;
use falconer_diagnosis::Diagnoser;
use falconer_messages::Definitions;

use crate::cases;
use crate::failure::Failure;
use crate::output::Console;

pub(crate) fn run(
    ids: &[String],
    catalog: &Catalog,
    messages: &Definitions,
    console: &mut Console,
) -> Result<u8, Failure> {
    let unknown: Vec<&String> = ids.iter().filter(|id| catalog.get(id).is_none()).collect();
    if let Some(id) = unknown.first() {
        return Err(Failure::Usage(format!("there is no failure '{id}'; `falconer list` shows them")));
    }
    let diagnoser = Diagnoser::new(catalog, messages);
    let (mut out, mut passed, mut failed) = (String::new(), 0_u32, 0_u32);
    for failure in catalog.failures().iter().filter(|f| ids.is_empty() || ids.contains(&f.id)) {
        for case in &failure.cases {
            match cases::run(&diagnoser, failure, case) {
                Ok(()) => passed += 1,
                Err(why) => {
                    failed += 1;
                    let _ = writeln!(out, "{}: {}: {why}", failure.id, case.name);
                }
            }
        }
    }
    let _ = writeln!(out, "{passed} passed, {failed} failed");
    console.answer(&out)?;
    Ok(u8::from(failed > 0))
}

//! `falconer diagnose`: evidence in, cause out.

use std::fs;

use falconer_catalog::Catalog;
use falconer_diagnosis::Diagnoser;
use falconer_evidence::{Gatherer, Limits};
use falconer_messages::Definitions;
use falconer_report::model::Verdict;
use falconer_report::{Format, Options, render};

use crate::cli::DiagnoseArgs;
use crate::failure::Failure;
use crate::output::Console;

pub(crate) fn run(
    args: &DiagnoseArgs,
    catalog: &Catalog,
    messages: &Definitions,
    console: &mut Console,
) -> Result<u8, Failure> {
    let format: Format =
        args.format.parse().map_err(|_| Failure::Usage(format!("unknown format {}", args.format)))?;
    let mut gatherer = Gatherer::new(Limits::default());
    for path in &args.evidence {
        let mut names: Vec<_> = fs::read_dir(path)?.filter_map(Result::ok).map(|e| e.path()).collect();
        names.sort();
        for p in names {
            gatherer.add_bytes(&p.to_string_lossy(), &fs::read(&p)?);
        }
    }
    let report = Diagnoser::new(catalog, messages).diagnose(&gatherer.finish());
    console.answer(&render(&report, format, &Options::default()))?;
    Ok(match report.verdict {
        Verdict::Healthy => 0,
        Verdict::CauseNamed => 1,
        Verdict::NoEvidence => 3,
        Verdict::CauseUnknown => 4,
    })
}

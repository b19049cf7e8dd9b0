//! `falconer diagnose`: evidence in, cause out.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

use falconer_catalog::Catalog;
use falconer_diagnosis::Diagnoser;
use falconer_evidence::{Gatherer, Limits, Opened};
use falconer_messages::Definitions;
use falconer_report::model::Verdict;
use falconer_report::{Format, Options, render};

use crate::cli::DiagnoseArgs;
use crate::failure::Failure;
use crate::files::Folder;
use crate::output::Console;

pub(crate) fn run(
    args: &DiagnoseArgs,
    catalog: &Catalog,
    messages: &Definitions,
    console: &mut Console,
) -> Result<u8, Failure> {
    let format: Format =
        args.format.parse().map_err(|_| Failure::Usage(format!("unknown format {}", args.format)))?;
    let diagnoser = Diagnoser::new(catalog, messages);
    let mut gatherer = Gatherer::new(Limits::default(), diagnoser.recognisers().anchors());
    for (number, evidence) in args.evidence.iter().enumerate() {
        gather(&mut gatherer, number + 1, evidence)?;
    }
    let report = diagnoser.diagnose(&gatherer.finish());
    console.answer(&render(&report, format, &Options::default()))?;
    Ok(match report.verdict {
        Verdict::Healthy => 0,
        Verdict::CauseNamed => 1,
        Verdict::NoEvidence => 3,
        Verdict::CauseUnknown => 4,
    })
}

/// Standard input that is not a file is read to this size; a larger one belongs into a file.
const MAX_STDIN: u64 = 64 << 20;

fn gather(gatherer: &mut Gatherer, number: usize, evidence: &str) -> Result<(), Failure> {
    if evidence == "-" {
        let mut bytes = Vec::new();
        io::stdin()
            .lock()
            .take(MAX_STDIN)
            .read_to_end(&mut bytes)
            .map_err(Failure::of_file(Path::new("-")))?;
        gatherer.add_bytes("-", &bytes);
        return Ok(());
    }
    let path = Path::new(evidence);
    match fs::metadata(path) {
        Ok(data) if data.is_dir() => match Folder::list(path) {
            Ok(mut folder) => {
                for (place, error) in folder.problems.drain(..) {
                    gatherer.note_unreadable(&place.display().to_string(), error);
                }
                gatherer.add_tree(evidence, &mut folder);
            }
            Err(error) => gatherer.note_unreadable(evidence, error),
        },
        Ok(data) => match File::open(path) {
            Ok(file) => gatherer.add_file(evidence, data.len(), Opened::Seekable(Box::new(file))),
            Err(error) => gatherer.note_unreadable(evidence, error),
        },
        // What is no path is text, unless it looks like a path that was mistyped.
        Err(_) if is_text(evidence) => gatherer.add_bytes(&format!("argument {number}"), evidence.as_bytes()),
        Err(error) => gatherer.note_unreadable(evidence, error),
    }
    Ok(())
}

fn is_text(argument: &str) -> bool {
    let spaced = argument.trim().contains(char::is_whitespace);
    let number =
        argument.trim_start_matches(['-', '0']).starts_with(|c: char| c == 'x' || c.is_ascii_digit());
    spaced || number || !argument.contains(['.', '/', '\\'])
}

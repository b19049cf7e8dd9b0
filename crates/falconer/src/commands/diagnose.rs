//! `falconer diagnose`: evidence in, cause out.

use std::io::{self, IsTerminal as _};
use std::num::NonZeroUsize;
use std::path::Path;
use std::thread;

use falconer_diagnosis::Diagnoser;
use falconer_evidence::{Gatherer, Limits};
use falconer_observation::Evidence;
use falconer_report::model::{Report, Verdict, Warning};
use falconer_report::{Format, render};

use super::{Knowledge, explain};
use crate::arguments::{self, Item};
use crate::cli::DiagnoseArgs;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::gather;
use crate::output::{self, Console};
use crate::progress::{Progress, Watch};
use crate::redaction::Redaction;

pub(super) fn run(args: &DiagnoseArgs, known: &Knowledge, console: &Console) -> Result<Exit, Failure> {
    let items = items(args)?;
    let diagnoser = Diagnoser::new(&known.catalog, &known.messages);
    let watch = Watch::default();
    let progress = Progress::start(&watch);
    let evidence = read(args, &items, &diagnoser, &watch);
    watch.begin("deciding", 0);
    let mut report = diagnoser.diagnose(&evidence);
    mind_words(&mut report, &items, known);
    Redaction::new(!args.no_redact).report(&mut report, &evidence, &known.catalog);
    drop(progress);
    let format = args.format.or_else(|| by_ending(args.output.as_deref()?)).unwrap_or_default();
    match &args.output {
        Some(path) => {
            let text = render(&report, format, &console.file_options(args.verbose));
            output::write_file(path, &text)?;
            console.note(&format!("wrote {}", path.display()));
        }
        None => console.answer(&render(&report, format, &console.options(args.verbose)))?,
    }
    Ok(match report.verdict {
        Verdict::NoEvidence => Exit::Nothing,
        _ if args.exit_zero => Exit::Healthy,
        Verdict::Healthy => Exit::Healthy,
        Verdict::CauseNamed => Exit::Found,
        Verdict::CauseUnknown => Exit::Unknown,
    })
}

/// What to read: what the arguments name, or standard input if something is piped in.
fn items(args: &DiagnoseArgs) -> Result<Vec<Item>, Failure> {
    if !args.evidence.is_empty() {
        let items = arguments::classify(&args.evidence, gather::exists);
        return Ok(gather::without_repeats(items));
    }
    if io::stdin().is_terminal() {
        let what =
            "nothing to diagnose: give files, folders, archives or words of an error, or pipe something in";
        return Err(Failure::Usage(what.to_owned()));
    }
    Ok(vec![Item::Stdin])
}

fn read(args: &DiagnoseArgs, items: &[Item], diagnoser: &Diagnoser<'_>, watch: &Watch) -> Evidence {
    let processors = || thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let limits = Limits { threads: args.threads.unwrap_or_else(processors), ..Limits::default() };
    let mut gatherer = Gatherer::new(limits, diagnoser.recognisers().anchors());
    for item in items {
        gather::gather(&mut gatherer, item, watch);
    }
    for said in &args.state {
        gatherer.note_channel(said.channel, said.state);
    }
    gatherer.finish()
}

/// Words in which nothing is recognised do not show that all is well: nobody types them where it is.
fn mind_words(report: &mut Report, items: &[Item], known: &Knowledge) {
    let words = |item: &Item| match item {
        Item::Text(number, text) => Some((*number, text.clone())),
        _ => None,
    };
    let Some(texts) = items.iter().map(words).collect::<Option<Vec<_>>>() else { return };
    if report.verdict != Verdict::Healthy {
        return;
    }
    report.verdict = Verdict::NoEvidence;
    for (number, text) in texts {
        let hint = match explain::knows(known, &text) {
            true => "; `falconer explain` tells what is known of it",
            false => "",
        };
        let text = format!("no failure is recognised in these words{hint}");
        report.warnings.push(Warning { file: gather::argument(number), text });
    }
}

/// The format that a file's name asks for.
fn by_ending(path: &Path) -> Option<Format> {
    match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "json" => Some(Format::Json),
        "md" | "markdown" => Some(Format::Markdown),
        "htm" | "html" => Some(Format::Html),
        _ => None,
    }
}

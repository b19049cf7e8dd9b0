//! `falconer explain`: from what somebody has in hand to what is known of it.

use falconer_catalog::{Failure as Catalogued, Lint, Scenario};
use falconer_report::check;
use falconer_report::page::PageFormat;
use falconer_report::reference::{Explanation, render_explanation};

use super::Knowledge;
use crate::cli::ExplainArgs;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Console;
use crate::search::{self, Query, Sought};
use crate::{pages, reference};

/// More messages than that are no answer.
const MESSAGES: usize = 12;

pub(super) fn run(args: &ExplainArgs, known: &Knowledge, console: &Console) -> Result<Exit, Failure> {
    if let Some((failure, lint)) = check_of(known, &args.what) {
        let page = falconer_check::page(failure, lint);
        let options = console.options(args.verbose);
        console.answer(&check::page::render(&[page], args.format, &options))?;
        return Ok(Exit::Healthy);
    }
    let explanation = explain(known, &args.what.join(" "));
    let empty = explanation.is_empty();
    // A program that asked for JSON gets it in any case.
    if !empty || args.format == PageFormat::Json {
        console.answer(&render_explanation(&explanation, args.format, &console.options(args.verbose)))?;
    }
    if !empty {
        return Ok(Exit::Healthy);
    }
    let near = search::nearest(known, &explanation.query);
    let advice = match near.as_slice() {
        [] => "`falconer list` shows the failures, `falconer list messages` the messages".to_owned(),
        near => format!("did you mean {}?", near.join(" or ")),
    };
    Err(Failure::NotKnown { query: explanation.query, advice })
}

/// The check of that id.
fn check_of<'k>(known: &'k Knowledge, what: &[String]) -> Option<(&'k Catalogued, &'k Lint)> {
    let [id] = what else { return None };
    known.catalog.lints().find(|(_, lint)| lint.id.eq_ignore_ascii_case(id))
}

/// Whether anything is known of it.
pub(super) fn knows(known: &Knowledge, what: &str) -> bool {
    !explain(known, what).is_empty()
}

fn explain(known: &Knowledge, what: &str) -> Explanation {
    let query = Query::new(what);
    let called = |id: &str| id == query.text;
    let codes = query.codes.iter().map(|code| reference::code(code, &known.catalog)).collect();
    let scenarios = Scenario::ALL.iter().filter(|scenario| called(scenario.name()));
    let scenarios = scenarios.map(|scenario| reference::scenario(*scenario, &known.catalog)).collect();
    // Who names a failure or a message by its id wants nothing else.
    let mut messages = match known.catalog.get(&query.text) {
        Some(_) => Vec::new(),
        None => search::messages(&known.messages, &query),
    };
    if messages.first().is_some_and(|message| called(&message.id)) {
        messages.truncate(1);
    }
    messages.truncate(MESSAGES);
    let ids = messages.iter().map(|message| message.id.clone()).collect();
    let failures = search::failures(&known.catalog, &Sought::query(&query, ids));
    Explanation {
        codes,
        messages: messages.into_iter().map(|message| reference::message(message, &known.catalog)).collect(),
        scenarios,
        failures: failures.into_iter().map(pages::page).collect(),
        query: query.text,
    }
}

//! `falconer anchors`: what large logs are searched for; the benchmark gives the same to other programs.

use falconer_diagnosis::Recognisers;

use super::Knowledge;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Console;

pub(super) fn run(known: &Knowledge, console: &Console) -> Result<Exit, Failure> {
    let mut text = Recognisers::new(&known.catalog, &known.messages).anchors().join("\n");
    text.push('\n');
    console.answer(&text)?;
    Ok(Exit::Healthy)
}

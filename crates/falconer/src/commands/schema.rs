//! `falconer schema`: the published JSON Schemas.

use crate::cli::Schema;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Console;

pub(super) fn run(what: Schema, console: &Console) -> Result<Exit, Failure> {
    console.answer(match what {
        Schema::Report => include_str!("../../../../schemas/report-v1.schema.json"),
        Schema::Check => include_str!("../../../../schemas/check-v1.schema.json"),
        Schema::Settings => include_str!("../../../../schemas/settings-v1.schema.json"),
        Schema::Catalog => include_str!("../../../../schemas/catalog-v1.schema.json"),
    })?;
    Ok(Exit::Healthy)
}

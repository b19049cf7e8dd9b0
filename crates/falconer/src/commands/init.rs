//! `falconer init`: a `falconer.toml` to begin with.

use std::path::Path;

use falconer_settings::{FILE_NAME, template};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{Console, write_file};

pub(super) fn run(dir: &Path, console: &Console) -> Result<Exit, Failure> {
    let file = dir.join(FILE_NAME);
    if file.exists() {
        return Err(Failure::Usage(format!("{}: is there already; it was left as it is", file.display())));
    }
    write_file(&file, &template())?;
    console.note(&format!("wrote {}", file.display()));
    Ok(Exit::Healthy)
}

//! Rule packs: the user's own catalogue files.

use std::fs;
use std::path::PathBuf;

use falconer_catalog::{Catalog, Part};
use falconer_messages::Definitions;

use crate::failure::Failure;

/// The shipped catalogue with the rule packs of these folders.
pub(crate) fn load(messages: &Definitions, folders: &[PathBuf], part: Part) -> Result<Catalog, Failure> {
    let mut packs = Vec::new();
    for folder in folders {
        let mut files: Vec<PathBuf> = fs::read_dir(folder)
            .map_err(Failure::of_file(folder))?
            .filter_map(Result::ok)
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|e| e == "toml"))
            .collect();
        files.sort();
        for file in files {
            let text = fs::read_to_string(&file).map_err(Failure::of_file(&file))?;
            packs.push((file.display().to_string(), text));
        }
    }
    let packs: Vec<(&str, &str)> = packs.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
    Ok(Catalog::with_packs(messages, &packs, part)?)
}

//! Finds the `falconer.toml` that counts.

use std::fs;
use std::path::{Path, PathBuf};

use falconer_settings::{FILE_NAME, Settings};

use super::Subject;
use crate::cli::CheckArgs;
use crate::failure::Failure;

/// The settings of `--config`, or of the closest `falconer.toml`: of the checked folder, or of one above it, or of
/// those above the working directory.
pub(super) fn find(args: &CheckArgs, subject: &Subject) -> Result<Settings, Failure> {
    let file = match &args.config {
        Some(file) => Some(file.clone()),
        None if args.no_config => None,
        None => closest(subject.folder().unwrap_or(Path::new("."))),
    };
    file.map_or_else(|| Ok(Settings::default()), |file| read(&file))
}

/// The settings of a file.
pub(in crate::commands) fn read(file: &Path) -> Result<Settings, Failure> {
    let text = fs::read_to_string(file).map_err(Failure::of_file(file))?;
    Settings::parse(&file.display().to_string(), &text).map_err(|error| Failure::Usage(error.to_string()))
}

/// The `falconer.toml` of a folder, or of the nearest one above it.
pub(in crate::commands) fn closest(folder: &Path) -> Option<PathBuf> {
    let real = fs::canonicalize(folder).ok()?;
    let here = std::env::current_dir().ok();
    let found = real.ancestors().map(|above| above.join(FILE_NAME)).find(|file| file.is_file())?;
    // A path as the user would write it reads better in messages.
    let short = here.and_then(|here| found.strip_prefix(here).ok().map(Path::to_owned));
    Some(short.unwrap_or(found))
}

/// A path of a settings file, which is relative to the folder of that file.
pub(super) fn beside(settings: &Settings, path: &str) -> PathBuf {
    Path::new(&settings.file).parent().unwrap_or(Path::new("")).join(path)
}

//! `--fix` and `--diff`: repairs in rounds, in memory, then written at once.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use falconer_check::{Found, repairs};
use falconer_evidence::{Overlay, Source, Tree, is_or_lies_in};
use falconer_fix::{Change, Fix, MAX_ROUNDS, TextFile, apply_all, unified_diff};
use falconer_report::check::model::FixedFile;

use super::{Checked, Checker, Subject};
use crate::cli::FixMode;
use crate::failure::Failure;
use crate::output;

/// Larger files are not repaired, in bytes.
const MAX_FILE: u64 = 16 << 20;

/// What the repairs make of a folder.
pub(super) struct Repaired<'a> {
    /// What the folder shows afterwards.
    pub(super) after: Checked<'a>,
    replaced: BTreeMap<String, Vec<u8>>,
    gone: BTreeSet<String>,
    /// What was done to each file, a sentence each.
    changes: BTreeMap<String, Vec<String>>,
}

/// Repairs in memory until nothing is left to repair.
pub(super) fn run<'a>(
    checker: &Checker<'a>,
    subject: &Subject,
    mode: FixMode,
) -> Result<Repaired<'a>, Failure> {
    if subject.folder().is_none() {
        let text = "an archive is not repaired; unpack it and give the folder";
        return Err(Failure::Usage(text.to_owned()));
    }
    let mut repaired = Repaired {
        after: checker.check(subject.tree())?,
        replaced: BTreeMap::new(),
        gone: BTreeSet::new(),
        changes: BTreeMap::new(),
    };
    for _ in 0..MAX_ROUNDS {
        if !repaired.round(subject.tree(), mode) {
            break;
        }
        let overlay = Overlay::new(subject.tree(), &repaired.replaced, &repaired.gone);
        repaired.after = checker.check(&overlay)?;
    }
    Ok(repaired)
}

impl Repaired<'_> {
    /// Makes the repairs that do not collide; false when there was none.
    fn round(&mut self, tree: &dyn Tree, mode: FixMode) -> bool {
        let found: Vec<Found<'_>> = self.after.judged.shown.iter().map(|(one, _)| one.clone()).collect();
        let all = repairs(&found, &self.after.evidence);
        let mut of_text: BTreeMap<usize, Vec<Fix>> = BTreeMap::new();
        let mut changed = false;
        for (one, fix) in found.iter().zip(all) {
            let Some(fix) = fix.filter(|fix| fix.safe || mode == FixMode::Unsafe) else { continue };
            let path = one.fact.fields.get("path").unwrap_or(&one.file).clone();
            let new = match &fix.change {
                Change::Edits(_) => {
                    of_text.entry(one.fact.observation).or_default().push(fix);
                    continue;
                }
                Change::DeleteFile | Change::DeleteFolder => self.gone.insert(path.clone()),
            };
            if new {
                changed = true;
                self.changes.entry(path).or_default().push(fix.text);
            }
        }
        for (observation, fixes) in of_text {
            changed |= self.edit(tree, observation, &fixes);
        }
        changed
    }

    fn edit(&mut self, tree: &dyn Tree, observation: usize, fixes: &[Fix]) -> bool {
        let Some(observation) = self.after.evidence.observations.get(observation) else { return false };
        let path = observation.source.file.clone();
        let Some(file) = self.current(tree, &path).filter(|file| file.text == observation.text) else {
            return false;
        };
        let applied = apply_all(&file.text, fixes);
        let Ok(bytes) = file.bytes_of(&applied.text) else { return false };
        if applied.done.is_empty() || applied.text == file.text {
            return false;
        }
        let done = applied.done.iter().filter_map(|number| fixes.get(*number)).map(|fix| fix.text.clone());
        self.changes.entry(path.clone()).or_default().extend(done);
        self.replaced.insert(path, bytes);
        true
    }

    /// The file as it is now, when it is a text that can be written back without loss.
    fn current(&self, tree: &dyn Tree, path: &str) -> Option<TextFile> {
        let bytes = match self.replaced.get(path) {
            Some(bytes) => bytes.clone(),
            None => original(tree, path).ok()?,
        };
        TextFile::read(&bytes).ok()
    }

    /// What would be done, for `--diff`.
    pub(super) fn shown(&self, subject: &Subject) -> Vec<FixedFile> {
        let file = |(path, changes): (&String, &Vec<String>)| FixedFile {
            file: path.clone(),
            changes: changes.clone(),
            diff: self.diff(subject.tree(), path),
            kept: None,
        };
        self.changes.iter().map(file).collect()
    }

    fn diff(&self, tree: &dyn Tree, path: &str) -> Option<String> {
        let text = |bytes: &[u8]| TextFile::read(bytes).ok().map(|file| file.text);
        let old = text(&original(tree, path).ok()?)?;
        let new = match self.gone.contains(path) {
            true => String::new(),
            false => text(self.replaced.get(path)?)?,
        };
        Some(unified_diff(&old, &new, path))
    }
}

fn original(tree: &dyn Tree, path: &str) -> io::Result<Vec<u8>> {
    let at = tree.entries().binary_search_by(|entry| entry.path.as_str().cmp(path));
    let mut source: Box<dyn Source> = tree.source(at.map_err(|_| io::ErrorKind::NotFound)?)?;
    if source.size() > MAX_FILE {
        return Err(io::Error::other("it is too large to be repaired"));
    }
    let mut bytes = vec![0; usize::try_from(source.size()).map_err(io::Error::other)?];
    let count = source.read_at(0, &mut bytes)?;
    bytes.truncate(count);
    Ok(bytes)
}

/// Writes the repairs. First all originals are kept in a folder beside the checked one; then each file is replaced as
/// a whole. When an original cannot be kept, nothing is changed.
pub(super) fn write(subject: &Subject, repaired: &Repaired<'_>) -> Result<Vec<FixedFile>, Failure> {
    let Some(folder) = subject.folder().filter(|_| !repaired.changes.is_empty()) else {
        return Ok(Vec::new());
    };
    let files = subject.tree().entries().iter().map(|entry| entry.path.as_str());
    let touched: Vec<&str> = files
        .filter(|file| {
            repaired.replaced.contains_key(*file)
                || repaired.gone.iter().any(|gone| is_or_lies_in(file, gone))
        })
        .collect();
    let kept = keep(folder, &touched)?;
    for (path, bytes) in &repaired.replaced {
        if !repaired.gone.contains(path) {
            output::write_bytes(&folder.join(path), bytes)?;
        }
    }
    for path in &repaired.gone {
        let path = folder.join(path);
        let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        removed.map_err(Failure::of_file(&path))?;
    }
    let file = |(path, changes): (&String, &Vec<String>)| FixedFile {
        file: path.clone(),
        changes: changes.clone(),
        diff: None,
        kept: touched
            .iter()
            .any(|file| is_or_lies_in(file, path))
            .then(|| kept.join(path).display().to_string()),
    };
    Ok(repaired.changes.iter().map(file).collect())
}

/// Copies files into a new folder beside `folder`.
fn keep(folder: &Path, files: &[&str]) -> Result<PathBuf, Failure> {
    let real = fs::canonicalize(folder).map_err(Failure::of_file(folder))?;
    let name = real.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut kept = real.with_file_name(format!("{name}.original"));
    let mut number = 2;
    while kept.exists() {
        kept = real.with_file_name(format!("{name}.original.{number}"));
        number += 1;
    }
    for file in files {
        let to = kept.join(file);
        if let Some(parent) = to.parent() {
            fs::create_dir_all(parent).map_err(Failure::of_file(parent))?;
        }
        fs::copy(real.join(file), &to).map_err(Failure::of_file(&to))?;
    }
    Ok(kept)
}

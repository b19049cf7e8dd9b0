//! The folder of the book: writing it, and telling whether it is up to date.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::Path;

use super::MARK;
use crate::failure::Failure;

/// The folders of the book.
const FOLDERS: [&str; 3] = ["", "failures/", "checks/"];

/// A page that is not as it would be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stale {
    path: String,
    what: &'static str,
}

impl fmt::Display for Stale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.what)
    }
}

/// The pages in `dir` that are not as they would be written.
pub(crate) fn stale(dir: &Path, book: &BTreeMap<String, String>) -> Result<Vec<Stale>, Failure> {
    let mut found = Vec::new();
    for (path, text) in book {
        let what = match read(&dir.join(path))? {
            None => "is missing",
            Some(old) if old.replace("\r\n", "\n") != *text => "is out of date",
            Some(_) => continue,
        };
        found.push(Stale { path: path.clone(), what });
    }
    for path in left_over(dir, book)? {
        found.push(Stale { path, what: "belongs to nothing in the catalogue" });
    }
    Ok(found)
}

/// Writes the book; pages of it that belong to nothing any more are removed.
pub(crate) fn write(dir: &Path, book: &BTreeMap<String, String>) -> Result<(), Failure> {
    for folder in FOLDERS.map(|folder| dir.join(folder)) {
        fs::create_dir_all(&folder).map_err(Failure::of_file(&folder))?;
    }
    for (path, text) in book {
        // Hundreds of pages, which can be written again: none of them is worth waiting for the disk.
        let path = dir.join(path);
        fs::write(&path, text).map_err(Failure::of_file(&path))?;
    }
    for path in left_over(dir, book)? {
        let path = dir.join(path);
        fs::remove_file(&path).map_err(Failure::of_file(&path))?;
    }
    Ok(())
}

/// Pages that an earlier catalogue had; other files are none of ours.
fn left_over(dir: &Path, book: &BTreeMap<String, String>) -> Result<Vec<String>, Failure> {
    let mut found = Vec::new();
    for folder in FOLDERS {
        let path = dir.join(folder);
        let listing = match fs::read_dir(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            listing => listing.map_err(Failure::of_file(&path))?,
        };
        for entry in listing.filter_map(Result::ok) {
            let name = format!("{folder}{}", entry.file_name().to_string_lossy());
            let is_page = || -> Result<bool, Failure> {
                Ok(read(&entry.path())?.is_some_and(|text| text.starts_with(MARK.trim_end())))
            };
            if name.ends_with(".md") && !book.contains_key(&name) && is_page()? {
                found.push(name);
            }
        }
    }
    found.sort();
    Ok(found)
}

fn read(path: &Path) -> Result<Option<String>, Failure> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::of_file(path)(error)),
    }
}

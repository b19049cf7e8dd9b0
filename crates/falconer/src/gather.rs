//! Hands to the gatherer what the command line names.

use std::fs::{self, File};
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};

use falconer_evidence::{Gatherer, Opened, may_matter};

use crate::arguments::Item;
use crate::files::Folder;
use crate::progress::Watch;

/// So much of standard input is held in memory, so that an archive can be read from it.
const MAX_HELD: u64 = 32 << 20;

/// Whether something of that name is there, even if it cannot be opened: a link to itself is.
pub(crate) fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Leaves out what would be read twice: the same file or folder again, and what lies in a folder that is given too.
/// Read twice, a `web.config` would look like one that repeats its parent's.
pub(crate) fn without_repeats(items: Vec<Item>) -> Vec<Item> {
    let real = |item: &Item| match item {
        Item::Path(path) => fs::canonicalize(path).ok(),
        _ => None,
    };
    let places: Vec<Option<PathBuf>> = items.iter().map(real).collect();
    let repeats = |number: usize, place: &Path| {
        places.iter().enumerate().any(|(other, container)| {
            container.as_deref().is_some_and(|container| {
                let within = place != container && place.starts_with(container);
                // What a folder's reading passes over is read when it is asked for by name.
                let read = may_matter(&place.to_string_lossy().replace('\\', "/"));
                place == container && other < number || within && (read || place.is_dir())
            })
        })
    };
    let repeated: Vec<bool> = (0..)
        .zip(&places)
        .map(|(number, place)| place.as_deref().is_some_and(|place| repeats(number, place)))
        .collect();
    items.into_iter().zip(repeated).filter(|(_, repeated)| !repeated).map(|(item, _)| item).collect()
}

/// How text of the command line is called.
pub(crate) fn argument(number: usize) -> String {
    format!("argument {number}")
}

/// Reads one item.
pub(crate) fn gather(gatherer: &mut Gatherer, item: &Item, watch: &Watch) {
    match item {
        Item::Stdin => stream(gatherer, "-", io::stdin(), watch),
        Item::Text(number, text) => gatherer.add_bytes(&argument(*number), text.as_bytes()),
        Item::Mistyped(path) => {
            gatherer.note_unreadable(&shown(path), "there is no such file or folder");
        }
        Item::Path(path) => {
            if let Err(error) = on_disk(gatherer, path, watch) {
                gatherer.note_unreadable(&shown(path), error);
            }
        }
    }
}

fn on_disk(gatherer: &mut Gatherer, path: &Path, watch: &Watch) -> io::Result<()> {
    let name = shown(path);
    let data = fs::metadata(path)?;
    if data.is_dir() {
        let mut folder = Folder::list(path, watch.clone())?;
        for (place, error) in folder.problems.drain(..) {
            gatherer.note_unreadable(&shown(&place), error);
        }
        gatherer.add_tree(&name, &mut folder);
    } else if data.is_file() {
        watch.begin(&name, data.len());
        let file = watch.reader(File::open(path)?);
        gatherer.add_file(&name, data.len(), Opened::Seekable(Box::new(file)));
    } else {
        // A pipe, as `<(command)` makes it.
        stream(gatherer, &name, File::open(path)?, watch);
    }
    Ok(())
}

/// Reads what cannot be sought in and whose size nobody knows.
fn stream(gatherer: &mut Gatherer, name: &str, input: impl Read + Send, watch: &Watch) {
    watch.begin(if name == "-" { "standard input" } else { name }, 0);
    let mut input = watch.reader(input);
    let mut held = Vec::new();
    match input.by_ref().take(MAX_HELD).read_to_end(&mut held) {
        Err(error) => gatherer.note_unreadable(name, error),
        Ok(0) => gatherer.note_unreadable(name, "it is empty"),
        Ok(_) if (held.len() as u64) < MAX_HELD => gatherer.add_bytes(name, &held),
        Ok(_) => gatherer.add_file(name, 0, Opened::Stream(Box::new(Cursor::new(held).chain(input)))),
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

//! The headers of the dlls and executables in a folder.

use super::folder::{Index, file_name, strip_ending};
use super::{Fact, FactId};
use crate::image::Image;
use std::collections::BTreeMap;
use std::io;

/// More files of a folder are not opened.
const MAX_IMAGES: usize = 20_000;

/// Path → headers, of all dlls and executables that belong to the app in a folder.
pub(super) type Images = BTreeMap<String, Image>;

/// Reads the headers of the files in `dirs`, which belong to the app in `dir`.
pub(super) fn read(index: &Index<'_>, dir: &str, dirs: &[&str], facts: &mut Vec<Fact>) -> Images {
    let mut images = Images::new();
    for folder in dirs {
        let files = index.files_in(folder).iter();
        for file in files.filter(|f| is_image_name(file_name(&f.path), *folder == dir)) {
            if images.len() >= MAX_IMAGES {
                return images;
            }
            match image(index, &file.path) {
                // Without an extension, only executables count.
                Ok(Image::Other(_)) if !file_name(&file.path).contains('.') => {}
                Ok(image) => {
                    images.insert(file.path.clone(), image);
                }
                Err(error) => facts.push(unreadable(&file.path, &error)),
            }
        }
    }
    images
}

pub(super) fn image(index: &Index<'_>, path: &str) -> io::Result<Image> {
    Image::read(index.open(path)?.as_mut())
}

pub(super) fn unreadable(path: &str, error: &io::Error) -> Fact {
    Fact::new(FactId::FileUnreadable, path, format!("{path} cannot be read: {error}")).with("reason", error)
}

/// Dlls and executables; directly beside the app also files without an extension, as executables of other
/// systems have.
fn is_image_name(name: &str, beside_app: bool) -> bool {
    let known = [".dll", ".exe", ".so", ".dylib"].iter().any(|e| strip_ending(name, e).is_some());
    known || (beside_app && !name.contains('.'))
}

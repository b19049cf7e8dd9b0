//! The headers of the dlls and executables in a folder. Each file is opened once.

use super::folder::{Index, file_name, strip_ending};
use super::{Fact, FactId};
use crate::image::{Bundle, BundleError, BundleFileKind, Examined, Image, Source};
use crate::json::MAX_BYTES;
use std::collections::BTreeMap;
use std::io;

/// More files of a folder are not opened.
const MAX_IMAGES: usize = 20_000;

/// A file with its headers.
pub(super) struct File {
    pub(super) examined: Examined,
    /// What the bundle of a single-file app holds.
    pub(super) bundle: Option<Result<Unpacked, BundleError>>,
}

/// The parts of a bundle that say what the app is.
pub(super) struct Unpacked {
    /// The path and the content of `*.runtimeconfig.json`.
    pub(super) config: Option<(String, Vec<u8>)>,
    /// The path and the content of `*.deps.json`.
    pub(super) deps: Option<(String, Vec<u8>)>,
    /// It carries the runtime.
    pub(super) corelib: bool,
}

/// All dlls and executables that belong to the app in a folder, by path.
pub(super) struct Images(BTreeMap<String, File>);

impl Images {
    pub(super) fn file(&self, path: &str) -> Option<&File> {
        self.0.get(path)
    }

    pub(super) fn image(&self, path: &str) -> Option<&Image> {
        self.file(path).map(|f| &f.examined.image)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&String, &Image)> {
        self.0.iter().map(|(path, file)| (path, &file.examined.image))
    }
}

/// Reads the headers of the files in `dirs`, which belong to the app in `dir`.
pub(super) fn read(index: &Index<'_>, dir: &str, dirs: &[&str], facts: &mut Vec<Fact>) -> Images {
    let mut images = BTreeMap::new();
    for folder in dirs {
        let files = index.files_in(folder).iter();
        for file in files.filter(|f| is_image_name(file_name(&f.path), *folder == dir)) {
            if images.len() >= MAX_IMAGES {
                return Images(images);
            }
            let name = file_name(&file.path);
            match read_file(index, &file.path, executable_stem(name).filter(|_| *folder == dir)) {
                // Without an extension, only executables count.
                Ok(File { examined: Examined { image: Image::Other(_), .. }, .. }) if !name.contains('.') => {
                }
                Ok(read) => {
                    images.insert(file.path.clone(), read);
                }
                Err(error) => facts.push(unreadable(&file.path, &error)),
            }
        }
    }
    Images(images)
}

/// The name of what may be an executable, without `.exe`.
pub(super) fn executable_stem(name: &str) -> Option<&str> {
    strip_ending(name, ".exe").or((!name.contains('.')).then_some(name))
}

fn read_file(index: &Index<'_>, path: &str, stem: Option<&str>) -> io::Result<File> {
    let mut source = index.open(path)?;
    let examined = Examined::read(source.as_mut(), stem)?;
    let header = examined.apphost.as_ref().and_then(|host| host.bundle);
    let bundle = header.map(|header| unpack(source.as_mut(), header));
    Ok(File { examined, bundle })
}

fn unpack(source: &mut dyn Source, header: u64) -> Result<Unpacked, BundleError> {
    let bundle = Bundle::read(source, header)?;
    let mut read = |kind| match bundle.file(kind) {
        Some(file) => file.read(source, MAX_BYTES).map(|bytes| Some((file.path.clone(), bytes))),
        None => Ok(None),
    };
    let config = read(BundleFileKind::RuntimeConfigJson)?;
    let deps = read(BundleFileKind::DepsJson)?;
    let corelib = bundle.files.iter().any(|f| file_name(&f.path) == "System.Private.CoreLib.dll");
    Ok(Unpacked { config, deps, corelib })
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

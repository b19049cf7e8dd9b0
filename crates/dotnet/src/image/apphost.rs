//! The executable that starts an app: what the SDK wrote into it.
//!
//! dotnet/runtime `corehost.cpp`, `hostmisc/bundle_marker.c`, `Microsoft.NET.HostModel/AppHost/HostWriter.cs`.

use super::source::View;
use super::{Image, Source, field};
use std::io;

/// SHA-256 of ".net core bundle": stands once in every apphost since 3.0, after the bundle header's offset.
pub(super) const BUNDLE_SIGNATURE: [u8; 32] = [
    0x8b, 0x12, 0x02, 0xb9, 0x6a, 0x61, 0x20, 0x38, 0x72, 0x7b, 0x93, 0x02, 0x14, 0xd7, 0xa0, 0x32, 0x13,
    0xf5, 0xb9, 0xe6, 0xef, 0xae, 0x33, 0x18, 0xee, 0x3b, 0x2d, 0xce, 0x24, 0xb3, 0x6a, 0xae,
];
/// SHA-256 of "foobar" in hex: stands where the SDK writes the name of the dll.
pub(super) const PLACEHOLDER: &[u8] = b"c3ab8ff13720e8ad9047dd39466b3c8974e592c2fa383d4a3960714caef0c4f2";
/// The longest name that the SDK writes.
pub(super) const MAX_NAME: usize = 1024;

/// An apphost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppHost {
    /// The dll it starts.
    pub binding: Binding,
    /// For a single-file app, where the header of its bundle lies in the file.
    pub bundle: Option<u64>,
}

/// The dll that an apphost starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Binding {
    /// None: the placeholder was never replaced. The host ends with 0x80008095.
    Unbound,
    /// This one, relative to the apphost.
    Dll(String),
    /// It could not be told.
    Unknown,
}

impl AppHost {
    /// Looks whether an executable is an apphost. `stem` is its name without `.exe`, as which the dll is looked
    /// for first.
    ///
    /// # Errors
    /// Errors of the source.
    pub fn read(source: &mut dyn Source, image: &Image, stem: &str) -> io::Result<Option<AppHost>> {
        AppHost::of_view(&mut View::new(source)?, image, stem)
    }

    pub(super) fn of_view(view: &mut View<'_>, image: &Image, stem: &str) -> io::Result<Option<AppHost>> {
        if image.is_managed() {
            return Ok(None);
        }
        for section in image.data_sections() {
            let data = view.section(section)?;
            if let Some(apphost) = of_data(&data, stem, view.size) {
                return Ok(Some(apphost));
            }
        }
        Ok(None)
    }
}

/// `None` without the signature. Apphosts of 2.x have none: they count when they are bound to a dll of their own
/// name, or to nothing.
fn of_data(data: &[u8], stem: &str, file_size: u64) -> Option<AppHost> {
    let Some(signature) = memchr::memmem::find(data, &BUNDLE_SIGNATURE) else {
        let binding = binding(data, stem);
        let old = match &binding {
            Binding::Unbound => true,
            Binding::Dll(name) => *name == format!("{stem}.dll"),
            Binding::Unknown => false,
        };
        return old.then_some(AppHost { binding, bundle: None });
    };
    let offset = signature.checked_sub(8).and_then(|at| field(data, at)).map(u64::from_le_bytes)?;
    let bundle = (offset != 0 && offset < file_size).then_some(offset);
    Some(AppHost { binding: binding(data, stem), bundle })
}

fn binding(data: &[u8], stem: &str) -> Binding {
    if memchr::memmem::find(data, PLACEHOLDER).is_some() {
        return Binding::Unbound;
    }
    let own = format!("{stem}.dll\0");
    let mut names: Vec<&str> =
        memchr::memmem::find_iter(data, b".dll\0").filter_map(|dot| padded_name(data, dot + 4)).collect();
    if memchr::memmem::find(data, own.as_bytes()).is_some() {
        let same =
            |name: &&str| name.rsplit(['/', '\\']).next().is_some_and(|n| n == own.trim_end_matches('\0'));
        names.sort_by_key(|name| !same(name));
    }
    match names.first() {
        Some(name) => Binding::Dll((*name).to_owned()),
        None => Binding::Unknown,
    }
}

/// The text that ends at `end` and is followed by zeros up to the placeholder's length.
fn padded_name(data: &[u8], end: usize) -> Option<&str> {
    let before = data.get(end.saturating_sub(MAX_NAME)..end)?;
    let length = before.iter().rev().take_while(|b| **b >= 0x20).count();
    let start = end - length;
    let padding = data.get(end..(start + PLACEHOLDER.len()).max(end))?;
    let name = std::str::from_utf8(data.get(start..end)?).ok()?;
    padding.iter().all(|b| *b == 0).then_some(name)
}

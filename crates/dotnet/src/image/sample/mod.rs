//! Images made from words: the smallest files with the headers that the readers of this crate look at.
//!
//! They cannot be run. They stand in for real programs in worked cases and tests, where an executable of megabytes
//! could neither be kept nor read by people.

mod bundle;
mod elf;
mod host;
mod macho;
mod pe;

pub use bundle::manifest;
pub use elf::Elf;
pub use host::{bound, unbound};
pub use macho::MachO;
pub use pe::{IL_LIBRARY, IL_ONLY, PREFERS_32_BIT, Pe, REQUIRES_32_BIT};

use super::AssemblyVersion;
use crate::platform::{Arch, Os};

/// A description that no sample can be made of.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SampleError {
    /// No image is described like this.
    #[error("'{0}' describes no image; write it like 'pe x64 apphost App.dll' or 'elf arm64 library'")]
    Unknown(String),
    /// The processor is not known, or not to that format.
    #[error("'{0}' is no processor of this format: x86, x64, arm or arm64, or for assemblies anycpu")]
    Architecture(String),
    /// The name of a dll is longer than what an apphost has room for.
    #[error("the name of the dll is longer than {} bytes", host::MAX_NAME)]
    NameTooLong,
}

/// Makes the smallest image of which the readers of this crate say what the words do:
///
/// | words | the image |
/// |---|---|
/// | `pe anycpu assembly [VERSION]` | a managed assembly for any processor |
/// | `pe ARCH assembly [VERSION]` | one for a single processor |
/// | `pe ARCH assembly r2r [linux\|macos]` | one that is also precompiled for a processor, and Windows or that system |
/// | `pe ARCH assembly mixed` | one linked with native code (C++/CLI) |
/// | `pe ARCH native dll` | a native library |
/// | `pe ARCH exe` | a native executable |
/// | `pe ARCH native-aot` | an executable compiled by NativeAOT |
/// | `FORMAT ARCH apphost App.dll` | an apphost bound to a dll |
/// | `FORMAT ARCH apphost unbound` | an apphost that was never bound |
/// | `FORMAT ARCH single-file App.dll [self-contained]` | an apphost with a bundle behind it |
/// | `elf ARCH exe`, `elf ARCH library` | a program or library of Linux |
/// | `macho ARCH exe`, `macho ARCH library` | one of macOS |
/// | `damaged` | an assembly that ends too early |
/// | `empty`, `git-lfs-pointer`, `web-page` | what stands in for files that did not arrive |
///
/// `FORMAT` is `pe`, `elf` or `macho`; `VERSION` is four numbers, and 1.0.0.0 when left out.
///
/// # Errors
/// [`SampleError`], when the words describe no image.
pub fn sample(description: &str) -> Result<Vec<u8>, SampleError> {
    let words: Vec<&str> = description.split_whitespace().collect();
    let unknown = || SampleError::Unknown(description.to_owned());
    match words.as_slice() {
        ["damaged"] => {
            let mut bytes = Pe::assembly(None).bytes();
            bytes.truncate(bytes.len() / 2);
            Ok(bytes)
        }
        ["empty"] => Ok(Vec::new()),
        ["git-lfs-pointer"] => Ok(b"version https://git-lfs.github.com/spec/v1\n".to_vec()),
        ["web-page"] => Ok(b"<!DOCTYPE html>\n<title>404 Not Found</title>\n".to_vec()),
        ["pe", "anycpu", "assembly", rest @ ..] => assembly(None, rest).ok_or_else(unknown),
        [format, name, kind, rest @ ..] => {
            let arch = Arch::from_name(name).filter(|a| *format != "macho" || a.is_64_bit());
            let arch = arch.ok_or_else(|| SampleError::Architecture((*name).to_owned()))?;
            let format = Format::from_name(format).ok_or_else(unknown)?;
            let dll = |words: &[&str]| Some(words.join(" ")).filter(|dll| dll.ends_with(".dll"));
            match (*kind, rest) {
                ("apphost", ["unbound"]) => Ok(format.executable(arch, host::unbound())),
                ("apphost", name) => {
                    Ok(format.executable(arch, host::bound(&dll(name).ok_or_else(unknown)?, 0)?))
                }
                ("single-file", [name @ .., "self-contained"]) => {
                    single_file(format, arch, &dll(name).ok_or_else(unknown)?, true)
                }
                ("single-file", name) => single_file(format, arch, &dll(name).ok_or_else(unknown)?, false),
                _ => plain(format, arch, kind, rest).ok_or_else(unknown),
            }
        }
        _ => Err(unknown()),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Pe,
    Elf,
    MachO,
}

impl Format {
    fn from_name(name: &str) -> Option<Format> {
        match name {
            "pe" => Some(Format::Pe),
            "elf" => Some(Format::Elf),
            "macho" => Some(Format::MachO),
            _ => None,
        }
    }

    /// An executable with that data.
    fn executable(self, arch: Arch, data: Vec<u8>) -> Vec<u8> {
        match self {
            Format::Pe => Pe { data, ..Pe::native(arch, false) }.bytes(),
            Format::Elf => Elf { data, ..Elf::new(arch, false) }.bytes(),
            Format::MachO => MachO { data, ..MachO::new(arch, false) }.bytes(),
        }
    }
}

fn plain(format: Format, arch: Arch, kind: &str, rest: &[&str]) -> Option<Vec<u8>> {
    Some(match (format, kind, rest) {
        (Format::Pe, "assembly", rest) => return assembly(Some(arch), rest),
        (Format::Pe, "native", ["dll"]) => Pe::native(arch, true).bytes(),
        (Format::Pe, "native-aot", []) => Pe { code: ".managed", ..Pe::native(arch, false) }.bytes(),
        (_, "exe", []) => format.executable(arch, Vec::new()),
        (Format::Elf, "library", []) => Elf::new(arch, true).bytes(),
        (Format::MachO, "library", []) => MachO::new(arch, true).bytes(),
        _ => return None,
    })
}

fn assembly(arch: Option<Arch>, words: &[&str]) -> Option<Vec<u8>> {
    let image = Pe::assembly(arch);
    let image = match (words, arch) {
        ([], _) => image,
        (["mixed"], Some(_)) => Pe { clr: Some((0, false)), ..image },
        (["r2r"], Some(arch)) => image.precompiled(arch, Os::Windows),
        (["r2r", "linux"], Some(arch)) => image.precompiled(arch, Os::Linux),
        (["r2r", "macos"], Some(arch)) => image.precompiled(arch, Os::MacOs),
        ([version], _) => Pe { version: AssemblyVersion::parse(version)?, ..image },
        _ => return None,
    };
    Some(image.bytes())
}

/// An apphost with the list of its bundle behind it. The files themselves are left out.
fn single_file(format: Format, arch: Arch, dll: &str, self_contained: bool) -> Result<Vec<u8>, SampleError> {
    /// The kind of an assembly in the list.
    const ASSEMBLY: u8 = 1;
    let size = format.executable(arch, host::bound(dll, 0)?).len() as u64;
    let mut bytes = format.executable(arch, host::bound(dll, size)?);
    let mut files = vec![(ASSEMBLY, 1, 1, dll)];
    if self_contained {
        files.push((ASSEMBLY, 1, 1, "System.Private.CoreLib.dll"));
    }
    bytes.extend(manifest(&files));
    Ok(bytes)
}

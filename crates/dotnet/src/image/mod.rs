//! Headers of executables and libraries: PE, ELF and Mach-O; apphosts and single-file bundles.
//!
//! Only headers and data sections are read, never whole files. Sources: the PE/COFF specification, ECMA-335
//! II.25, dotnet/runtime docs/design/coreclr/botr/readytorun-format.md, the ELF and Mach-O specifications.

mod apphost;
mod bundle;
mod elf;
mod macho;
mod metadata;
mod pe;
pub mod sample;
mod source;

pub use apphost::{AppHost, Binding};
pub use bundle::{Bundle, BundleError, BundleFile, BundleFileKind};
pub use elf::ElfImage;
pub use macho::MachOImage;
pub use metadata::AssemblyVersion;
pub use pe::{ClrHeader, Code, PeImage, Subsystem};
pub use source::{Forward, Seekable, Source};

use crate::platform::{Arch, Os};
use source::View;
use std::fmt;
use std::io;

/// What the start of a file says it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Image {
    /// A Windows executable or library, or a managed assembly of any system.
    Pe(PeImage),
    /// An executable or library of Linux and others.
    Elf(ElfImage),
    /// An executable or library of macOS.
    MachO(MachOImage),
    /// Neither.
    Other(NotAnImage),
}

/// Why a file is no image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NotAnImage {
    /// It has no bytes, or only zeros.
    Empty,
    /// A Git LFS pointer in place of the file.
    GitLfsPointer,
    /// A web page, such as the error page of a download.
    Html,
    /// A Windows image that ends before its sections do.
    Truncated,
    /// Anything else.
    Unknown,
}

impl fmt::Display for NotAnImage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NotAnImage::Empty => "the file is empty",
            NotAnImage::GitLfsPointer => "the file is a Git LFS pointer, not the file itself",
            NotAnImage::Html => "the file is a web page",
            NotAnImage::Truncated => "the file ends too early",
            NotAnImage::Unknown => "the file is no executable and no library",
        })
    }
}

/// A section of an image, as far as it lies in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The name.
    pub name: String,
    /// Where its bytes start in the file.
    pub offset: u64,
    /// How many there are.
    pub size: u64,
}

impl Image {
    /// Reads the headers of a file.
    ///
    /// # Errors
    /// Errors of the source. A damaged file is no error but [`Image::Other`].
    pub fn read(source: &mut dyn Source) -> io::Result<Image> {
        Image::of_view(&mut View::new(source)?)
    }

    fn of_view(view: &mut View<'_>) -> io::Result<Image> {
        let head = view.head();
        let image = match head {
            [] => Some(Image::Other(NotAnImage::Empty)),
            [b'M', b'Z', ..] => pe::read(view)?,
            [0x7F, b'E', b'L', b'F', ..] => elf::read(view)?.map(Image::Elf),
            _ if macho::is_magic(head) => macho::read(view)?.map(Image::MachO),
            _ => Some(Image::Other(other(head))),
        };
        Ok(image.unwrap_or(Image::Other(NotAnImage::Truncated)))
    }

    /// The architecture of native code in the file; `None` for assemblies that run anywhere, and for files with
    /// code for several.
    pub fn arch(&self) -> Option<Arch> {
        match self {
            Image::Pe(pe) => match pe.code() {
                Code::Native(arch) | Code::MixedMode(arch) => arch,
                Code::Only(arch) | Code::ReadyToRun { arch, .. } => Some(arch),
                Code::AnyCpu | Code::AnyCpu32BitPreferred => None,
            },
            Image::Elf(elf) => elf.arch,
            Image::MachO(macho) => match macho.archs.as_slice() {
                [arch] => Some(*arch),
                _ => None,
            },
            Image::Other(_) => None,
        }
    }

    /// The operating system of native code in the file; `None` for assemblies without any.
    pub fn os(&self) -> Option<Os> {
        match self {
            Image::Pe(pe) => match pe.code() {
                Code::Native(_) | Code::MixedMode(_) => Some(Os::Windows),
                Code::ReadyToRun { os, .. } => Some(os),
                Code::Only(_) | Code::AnyCpu | Code::AnyCpu32BitPreferred => None,
            },
            Image::Elf(elf) => Some(elf.os),
            Image::MachO(_) => Some(Os::MacOs),
            Image::Other(_) => None,
        }
    }

    /// It is a managed assembly.
    pub fn is_managed(&self) -> bool {
        matches!(self, Image::Pe(pe) if pe.clr.is_some())
    }

    /// The version of a managed assembly; `None` for other files, and for a module without one.
    ///
    /// # Errors
    /// Errors of the source.
    pub fn assembly_version(&self, source: &mut dyn Source) -> io::Result<Option<AssemblyVersion>> {
        self.version_in(&mut View::new(source)?)
    }

    fn version_in(&self, view: &mut View<'_>) -> io::Result<Option<AssemblyVersion>> {
        match self {
            Image::Pe(PeImage { metadata: Some(offset), .. }) => metadata::version(view, *offset),
            _ => Ok(None),
        }
    }

    /// The sections with initialized, writable data: where an apphost keeps what the SDK wrote into it.
    fn data_sections(&self) -> impl Iterator<Item = &Section> {
        let sections: &[Section] = match self {
            Image::Pe(pe) => &pe.sections,
            Image::Elf(elf) => &elf.sections,
            Image::MachO(macho) => &macho.sections,
            Image::Other(_) => &[],
        };
        sections.iter().filter(|s| matches!(s.name.as_str(), ".data" | "__data"))
    }

    /// The file was compiled ahead of time by NativeAOT: it has that compiler's sections, or exports
    /// `DotNetRuntimeDebugHeader`. A hint: neither is documented.
    ///
    /// # Errors
    /// Errors of the source.
    pub fn is_native_aot(&self, source: &mut dyn Source) -> io::Result<bool> {
        self.native_aot_in(&mut View::new(source)?)
    }

    fn native_aot_in(&self, view: &mut View<'_>) -> io::Result<bool> {
        const SECTIONS: [&str; 3] = [".managed", "hydrated", "__managedcode"];
        const EXPORT: &[u8] = b"DotNetRuntimeDebugHeader\0";
        let (sections, names) = match self {
            Image::Pe(pe) if pe.clr.is_none() => (&pe.sections, pe.export_table.clone()),
            Image::Elf(elf) => (&elf.sections, elf.sections.iter().find(|s| s.name == ".dynstr").cloned()),
            _ => return Ok(false),
        };
        if sections.iter().any(|s| SECTIONS.contains(&s.name.as_str())) {
            return Ok(true);
        }
        let Some(names) = names else { return Ok(false) };
        let bytes = view.section(&names)?;
        Ok(memchr::memmem::find(&bytes, EXPORT).is_some())
    }
}

/// What one look at a file tells.
#[derive(Debug, Clone)]
pub(crate) struct Examined {
    pub(crate) image: Image,
    /// The version of an assembly.
    pub(crate) version: Option<AssemblyVersion>,
    /// For an executable that is an apphost, what the SDK wrote into it.
    pub(crate) apphost: Option<AppHost>,
    /// An executable was compiled by NativeAOT.
    pub(crate) native_aot: bool,
}

impl Examined {
    /// Reads all of it, the start of the file once. `stem` is the name without `.exe` of what may be an executable.
    pub(crate) fn read(source: &mut dyn Source, stem: Option<&str>) -> io::Result<Examined> {
        let mut view = View::new(source)?;
        let image = Image::of_view(&mut view)?;
        let version = image.version_in(&mut view)?;
        let mut examined = Examined { image, version, apphost: None, native_aot: false };
        if let Some(stem) = stem {
            examined.apphost = AppHost::of_view(&mut view, &examined.image, stem)?;
            examined.native_aot = examined.apphost.is_none() && examined.image.native_aot_in(&mut view)?;
        }
        Ok(examined)
    }
}

fn other(head: &[u8]) -> NotAnImage {
    let text = head.strip_prefix(crate::text::BOM).unwrap_or(head).trim_ascii_start();
    let starts = |with: &str| text.get(..with.len()).is_some_and(|t| t.eq_ignore_ascii_case(with.as_bytes()));
    if starts("version https://git-lfs") {
        NotAnImage::GitLfsPointer
    } else if starts("<!doctype html") || starts("<html") || starts("<?xml") {
        NotAnImage::Html
    } else if head.iter().all(|b| *b == 0) {
        NotAnImage::Empty
    } else {
        NotAnImage::Unknown
    }
}

/// The fields of a header. `None` past its end.
pub(crate) fn field<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at.checked_add(N)?)?.try_into().ok()
}

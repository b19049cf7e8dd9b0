//! The bundle in a single-file app: a list of files, appended to the apphost.
//!
//! dotnet/runtime `bundle/header.h`, `bundle/file_entry.cpp`, `Microsoft.NET.HostModel/Bundle/Manifest.cs`.

use super::{Source, field};
use std::io;

/// A list of more files is refused.
const MAX_FILES: i32 = 100_000;
/// More bytes of the list are not read.
const MAX_MANIFEST: usize = 16 << 20;

/// The list of files in a single-file app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// The version of the format: 1 for .NET Core 3.x, 2 for .NET 5, 6 for .NET 6 and later.
    pub version: (u32, u32),
    /// The name of the folder that files are unpacked to.
    pub id: String,
    /// The files.
    pub files: Vec<BundleFile>,
    /// All files are unpacked at start, as .NET Core 3.x did.
    pub unpacks_all: bool,
}

/// A file in a single-file app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BundleFile {
    /// The path, with `/`.
    pub path: String,
    /// The kind.
    pub kind: BundleFileKind,
    /// Where it lies in the executable.
    pub offset: u64,
    /// Its size.
    pub size: u64,
    /// Its size in the executable, when it is compressed.
    pub compressed_size: Option<u64>,
}

/// The kind of a file in a single-file app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BundleFileKind {
    /// Unpacked when needed.
    Unknown,
    /// A managed assembly, used in place.
    Assembly,
    /// A native library, unpacked.
    Native,
    /// `<App>.deps.json`, used in place.
    DepsJson,
    /// `<App>.runtimeconfig.json`, used in place.
    RuntimeConfigJson,
    /// Debug symbols.
    Symbols,
}

/// A bundle that the host refuses with 0x8000809f, or that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// The executable cannot be read.
    #[error("the executable cannot be read: {0}")]
    Io(#[from] io::Error),
    /// The list of files ends too early or has impossible numbers: the file was cut or changed.
    #[error("the list of files in the executable is damaged")]
    Damaged,
    /// The file that was asked for is compressed, or larger than asked for.
    #[error("the file '{0}' in the executable is compressed or too large")]
    NotReadable(String),
}

impl Bundle {
    /// Reads the list of files; `header` is [`AppHost::bundle`](super::AppHost::bundle).
    ///
    /// # Errors
    /// [`BundleError`], when the list is damaged or the source fails.
    pub fn read(source: &mut dyn Source, header: u64) -> Result<Bundle, BundleError> {
        let left = source.size().saturating_sub(header).min(MAX_MANIFEST as u64);
        let mut bytes = vec![0; usize::try_from(left).unwrap_or(0)];
        let count = source.read_at(header, &mut bytes)?;
        bytes.truncate(count);
        manifest(&bytes).ok_or(BundleError::Damaged)
    }

    /// The first file of that kind.
    pub fn file(&self, kind: BundleFileKind) -> Option<&BundleFile> {
        self.files.iter().find(|f| f.kind == kind)
    }
}

impl BundleFile {
    /// Reads a file that is not compressed and has at most `max` bytes.
    ///
    /// # Errors
    /// [`BundleError`], when it is compressed, larger, or not whole.
    pub fn read(&self, source: &mut dyn Source, max: usize) -> Result<Vec<u8>, BundleError> {
        let size = usize::try_from(self.size).ok().filter(|s| *s <= max && self.compressed_size.is_none());
        let size = size.ok_or_else(|| BundleError::NotReadable(self.path.clone()))?;
        let mut bytes = vec![0; size];
        let count = source.read_at(self.offset, &mut bytes)?;
        if count < size { Err(BundleError::Damaged) } else { Ok(bytes) }
    }
}

/// `None` when it is damaged.
fn manifest(bytes: &[u8]) -> Option<Bundle> {
    let mut at = Cursor { bytes, at: 0 };
    let version = (at.u32()?, at.u32()?);
    let count = i32::from_le_bytes(at.take()?);
    if !(1..=MAX_FILES).contains(&count) || !matches!(version.0, 1..=99) {
        return None;
    }
    let id = at.text()?;
    let mut unpacks_all = version.0 == 1;
    if version.0 >= 2 {
        // Places of deps.json and runtimeconfig.json; the files are listed too.
        at.take::<32>()?;
        unpacks_all = u64::from_le_bytes(at.take()?) & 1 != 0;
    }
    let files = (0..count).map(|_| at.file(version.0)).collect::<Option<Vec<_>>>()?;
    Some(Bundle { version, id, files, unpacks_all })
}

struct Cursor<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl Cursor<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let taken = field(self.bytes, self.at)?;
        self.at += N;
        Some(taken)
    }

    fn u32(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    /// A size or an offset, which must not be negative.
    fn size(&mut self) -> Option<u64> {
        u64::try_from(i64::from_le_bytes(self.take()?)).ok()
    }

    /// A text with its length before it, 7 bits a byte, at most two bytes.
    fn text(&mut self) -> Option<String> {
        let [low] = self.take()?;
        let mut length = usize::from(low & 0x7F);
        if low & 0x80 != 0 {
            let [high] = self.take::<1>()?;
            length |= usize::from(high & 0x7F) << 7;
            if high & 0x80 != 0 {
                return None;
            }
        }
        let text = self.bytes.get(self.at..self.at.checked_add(length)?)?;
        self.at += length;
        String::from_utf8(text.to_vec()).ok()
    }

    fn file(&mut self, major: u32) -> Option<BundleFile> {
        let (offset, size) = (self.size()?, self.size()?);
        let compressed = if major >= 6 { self.size()? } else { 0 };
        let kind = match self.take()? {
            [0] => BundleFileKind::Unknown,
            [1] => BundleFileKind::Assembly,
            [2] => BundleFileKind::Native,
            [3] => BundleFileKind::DepsJson,
            [4] => BundleFileKind::RuntimeConfigJson,
            [5] => BundleFileKind::Symbols,
            _ => return None,
        };
        let path = self.text()?;
        let compressed_size = (compressed != 0).then_some(compressed);
        (offset > 0).then_some(BundleFile { path, kind, offset, size, compressed_size })
    }
}
